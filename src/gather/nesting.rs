//! HTML made to take a parser down: told before it is parsed.
//!
//! The parsing rules of HTML take time in the square of the depth, and copy every open formatting element into every
//! paragraph. Real pages are 20 to 60 levels deep.

use std::collections::HashMap;

/// How many `<` a document may hold; the largest real pages have some 50,000.
const MOST_MARKS: usize = 300_000;

/// How deep elements may nest.
const DEEPEST: usize = 1000;

/// The most copies of formatting elements that parsing may make.
const MOST_COPIES: usize = 2_000_000;

/// The most elements of drawings, which alone may end in `/>`.
const MOST_FOREIGN: usize = 20_000;

/// Elements that have no content, or whose end tag is optional: open ones are not nested.
const FLAT: [&str; 26] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
    "optgroup",
];

/// Formatting elements (HTML, 13.2.4.3), which parsers open again in each paragraph until they are ended.
const FORMATTING: [&str; 12] =
    ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// How far up an end tag is matched to an open element.
const MATCHED_WITHIN: usize = 64;

/// The longest tag looked at, in bytes.
const LONGEST_TAG: usize = 500;

/// Whether parsing a document would cost far more than its size.
pub(super) fn is_hostile(html: &str) -> bool {
    let mut count = Count::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        count.tag(rest);
        if count.marks > MOST_MARKS || count.open.len() > DEEPEST || count.foreign > MOST_FOREIGN {
            return true;
        }
    }
    count.most_formatting.saturating_mul(count.marks) > MOST_COPIES
}

#[derive(Default)]
struct Count {
    marks: usize,
    open: Vec<String>,
    formatting: HashMap<String, usize>,
    most_formatting: usize,
    foreign: usize,
    in_drawing: bool,
}

impl Count {
    /// Counts the tag that begins after a `<`.
    fn tag(&mut self, after: &str) {
        self.marks += 1;
        let end_tag = after.starts_with('/');
        let name = name_of(after.trim_start_matches('/'));
        if name.is_empty() || FLAT.contains(&name.as_str()) {
            return;
        }
        if matches!(name.as_str(), "svg" | "math") {
            self.in_drawing = !end_tag;
        }
        match (end_tag, FORMATTING.contains(&name.as_str())) {
            (true, true) => self.end_formatting(&name),
            (true, false) => self.end(&name),
            (false, true) => self.begin_formatting(name),
            (false, false) if self.in_drawing && closes_itself(after) => self.foreign += 1,
            (false, false) => self.open.push(name),
        }
    }

    /// An end tag ends the nearest open element of its name and all within; a stray one ends nothing.
    fn end(&mut self, name: &str) {
        let from = self.open.len().saturating_sub(MATCHED_WITHIN);
        let near = self.open.get(from..).unwrap_or_default();
        if let Some(place) = near.iter().rposition(|open| open == name) {
            self.open.truncate(from + place);
        }
    }

    /// An open formatting element outlives the elements it stands in.
    fn begin_formatting(&mut self, name: String) {
        *self.formatting.entry(name.clone()).or_default() += 1;
        self.most_formatting = self.most_formatting.max(self.formatting.values().sum());
        self.open.push(name);
    }

    fn end_formatting(&mut self, name: &str) {
        if let Some(count) = self.formatting.get_mut(name) {
            *count = count.saturating_sub(1);
        }
        let from = self.open.len().saturating_sub(MATCHED_WITHIN);
        let near = self.open.get(from..).unwrap_or_default();
        if let Some(place) = near.iter().rposition(|open| open == name) {
            self.open.remove(from + place);
        }
    }
}

/// The name of a tag, in lower case; empty where no tag begins.
fn name_of(text: &str) -> String {
    let end = text.bytes().take(20).take_while(u8::is_ascii_alphanumeric).count();
    text.get(..end)
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .unwrap_or("")
        .to_ascii_lowercase()
}

fn closes_itself(after: &str) -> bool {
    after.bytes().take(LONGEST_TAG).take_while(|b| *b != b'>').last() == Some(b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_2_deep_and_copying_markup_is_told_before_it_is_parsed() {
        assert!(is_hostile(&"<div>".repeat(100_000)));
        assert!(is_hostile(&"<x/>".repeat(100_000)));
        assert!(is_hostile(&"<div></x>".repeat(50_000)));
        assert!(is_hostile(&format!("<svg>{}", "<x ".repeat(90_000))));
        let fonts: String =
            (0..900).map(|n| ["<font size=", &n.to_string(), ">"].concat()).collect();
        assert!(is_hostile(&format!("<p>{fonts}{}", "<p>x".repeat(50_000))));
        let outliving = fonts.replace('<', "<div><").replace('>', "></div>");
        assert!(is_hostile(&format!("{outliving}{}", "<p>x".repeat(50_000))));
        assert!(is_hostile(&"<br>".repeat(MOST_MARKS + 1)));
    }

    #[test]
    fn large_ordinary_pages_are_parsed() {
        let page =
            "<div><ul><li><a href=x>Link</a><svg><path d=1 /></svg><p>Text <b>bold</b></ul></div>";
        assert!(!is_hostile(&page.repeat(1000)));
        assert!(!is_hostile(&"<p>Paragraph <i>one</i>, 1 < 2".repeat(20_000)));
    }
}
