//! The agency's credit line: whose text an outlet prints.

use std::sync::LazyLock;

use regex::Regex;

use crate::gather::patterns::pattern;

/// Agencies as bylines and credit lines name them, and the name that is kept.
const AGENCIES: [(&str, &str); 30] = [
    ("Reuters", "Reuters"),
    ("Agence France-Presse", "AFP"),
    ("AFP", "AFP"),
    ("The Associated Press", "AP"),
    ("Associated Press", "AP"),
    ("AP", "AP"),
    ("dpa", "dpa"),
    ("EFE", "EFE"),
    ("ANSA", "ANSA"),
    ("TASS", "TASS"),
    ("Xinhua", "Xinhua"),
    ("Anadolu Agency", "Anadolu"),
    ("Anadolu", "Anadolu"),
    ("SANA", "SANA"),
    ("IRNA", "IRNA"),
    ("Interfax", "Interfax"),
    ("UPI", "UPI"),
    ("PA Media", "PA Media"),
    ("Kyodo", "Kyodo"),
    ("Kyodo News", "Kyodo"),
    ("Ukrinform", "Ukrinform"),
    ("RIA Novosti", "RIA Novosti"),
    ("WAFA", "WAFA"),
    ("Petra", "Petra"),
    ("APA", "APA"),
    ("PTI", "PTI"),
    ("ANI", "ANI"),
    ("Bloomberg", "Bloomberg"),
    ("Europa Press", "Europa Press"),
    ("Yonhap", "Yonhap"),
];

static DATELINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[^.\n]{0,60}\(([^()\n]{2,25})\)\s*[-–—:]"));
static LAST_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\(?(?:source|credit|via|with reporting by|with inputs from)s?[:\s]+|[-–—(\[]\s*)([^()\[\]\n]{2,40}?)[)\].]*$",
    )
});

/// The agency that a text is credited to: in the dateline, in the last lines, or as the whole byline.
pub fn credit_line(text: &str, author: Option<&str>) -> Option<String> {
    // The first bracket stands in the first sentence, or there is no dateline.
    let bracket = text.bytes().find(|byte| matches!(byte, b'(' | b'.' | b'\n')) == Some(b'(');
    let dateline = DATELINE.as_ref().filter(|_| bracket).and_then(|re| re.captures(text));
    let dateline = dateline.and_then(|found| found.get(1));
    let dateline = dateline.and_then(|m| agency(m.as_str()));
    let last = || text.lines().rev().filter(|l| !l.is_empty()).take(2).find_map(last_line);
    dateline.or_else(last).or_else(|| author.and_then(agency)).map(str::to_owned)
}

fn last_line(line: &str) -> Option<&'static str> {
    let found = LAST_LINE.as_ref()?.captures(line.trim())?;
    agency(found.get(1)?.as_str())
}

/// The agency that a name is, alone or as the first of a list ("AFP/Reuters").
fn agency(name: &str) -> Option<&'static str> {
    let whole = |name: &str| {
        AGENCIES.iter().find(|(written, _)| {
            written.eq_ignore_ascii_case(name)
                && (name.len() > 3 || name.chars().all(char::is_uppercase) || name == "dpa")
        })
    };
    let first = name.split(['/', ',', ';']).next().unwrap_or(name);
    whole(name.trim()).or_else(|| whole(first.trim())).map(|(_, kept)| *kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dateline_last_line_and_byline_name_the_agency() {
        let credit = |text: &str, author| credit_line(text, author);
        assert_eq!(
            credit("AMMAN, June 25 (Reuters) - Two soldiers died.", None).as_deref(),
            Some("Reuters")
        );
        assert_eq!(credit("Two soldiers died.\n\nSource: SANA", None).as_deref(), Some("SANA"));
        assert_eq!(credit("Two soldiers died.\n\n— AFP", None).as_deref(), Some("AFP"));
        assert_eq!(
            credit("Two soldiers died.", Some("The Associated Press")).as_deref(),
            Some("AP")
        );
        assert_eq!(
            credit("AMMAN (AFP/Reuters) — Two soldiers died.", None).as_deref(),
            Some("AFP")
        );
    }

    #[test]
    fn an_agency_that_the_text_only_quotes_is_no_credit() {
        assert_eq!(
            credit_line("Two soldiers died, Reuters reported on Thursday.", Some("Ann Lee")),
            None
        );
        assert_eq!(
            credit_line("Officials (the army) - and others.", Some("Staff, Reuters and AFP desk")),
            None
        );
        assert_eq!(credit_line("He took a nap (ap) - then left.", None), None);
    }
}
