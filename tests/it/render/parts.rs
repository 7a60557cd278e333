//! Reading a rendered digest as its reader's client does: visible text, links, event ids, numerals, sections.

use std::collections::BTreeSet;

use regex::Regex;

/// The text that a reader of the HTML part sees, and the preheader.
pub(super) fn visible(html: &str) -> String {
    let head = Regex::new(r"(?s)<head>.*?</head>|<!--.*?-->").unwrap();
    let tags = Regex::new(r"<[^>]*>").unwrap();
    let text = head.replace_all(html, " ");
    let text = tags.replace_all(&text, "\u{1}");
    // Inline tags do not part words; line ends in the source do.
    let text = text.replace('\u{1}', "");
    let entities = [
        ("&#34;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&quot;", "\""),
    ];
    entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
}

/// Every address that the HTML part links to.
pub(super) fn links(html: &str) -> BTreeSet<String> {
    let href = Regex::new(r#"href="([^"]*)""#).unwrap();
    href.captures_iter(html)
        .map(|found| found[1].replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

/// Every address in the text part.
pub(super) fn addresses(text: &str) -> BTreeSet<String> {
    let address = Regex::new(r"https?://\S+").unwrap();
    address.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// Every event id that is printed.
pub(super) fn event_ids(text: &str) -> BTreeSet<String> {
    let id = Regex::new(r"#[a-z2-7]{6}\b").unwrap();
    id.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// Every numeral outside addresses.
pub(super) fn numerals(text: &str) -> BTreeSet<String> {
    let address = Regex::new(r"https?://\S+|#[a-z2-7]{6}\b").unwrap();
    let numeral = Regex::new(r"\d[\d,.:–]*\d|\d").unwrap();
    let text = address.replace_all(text, " ");
    numeral.find_iter(&text).map(|found| found.as_str().to_owned()).collect()
}

/// The section ids of the HTML part, in order.
pub(super) fn html_sections(html: &str) -> Vec<String> {
    let id = Regex::new(r#"data-sec="([a-z]+)""#).unwrap();
    id.captures_iter(html).map(|found| found[1].to_owned()).collect()
}

/// The section ids that the headings of the text part stand for, in order.
pub(super) fn text_sections(text: &str) -> Vec<&'static str> {
    let heading = Regex::new(r"(?m)^== (.*) ==$").unwrap();
    let id = |found: regex::Captures<'_>| match &found[1] {
        "KEY POINTS" => "takeaways",
        "AT A GLANCE" => "figures",
        "BY FACTION" => "factions",
        "WHO IS ACTIVE WHERE" => "matrix",
        "SINCE YOUR LAST ISSUE" => "changes",
        "MOVEMENT AND ACCESS" => "access",
        "TRUCES AND TALKS" => "talks",
        "BY REGION" | "EVENTS BY FACTION" => "events",
        "DENIED AND DISPUTED" => "disputed",
        "EARLIER, REPORTED NOW" => "earlier",
        "CORRECTIONS" => "corrections",
        "HOW TO READ THIS" => "method",
        other => panic!("`{other}` is no heading of the briefing"),
    };
    heading.captures_iter(text).map(id).collect()
}

/// One section of the HTML part.
pub(super) fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let start =
        html.find(&format!("data-sec=\"{id}\"")).unwrap_or_else(|| panic!("no section `{id}`"));
    let rest = &html[start + 1..];
    &rest[..rest.find("data-sec=").unwrap_or(rest.len())]
}

/// Words between spaces that hold a letter or digit; an address is none.
pub(super) fn words(text: &str) -> usize {
    let is_word = |word: &&str| !word.contains("://") && word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(is_word).count()
}

/// Everything in `text` that a pattern matches: its first group, or all of it.
pub(super) fn found(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let whole = |found: regex::Captures<'_>| {
        found.get(1).or(found.get(0)).map(|hit| hit.as_str().to_owned())
    };
    pattern.captures_iter(text).filter_map(whole).collect()
}
