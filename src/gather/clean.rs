//! Text safety: what comes from outside becomes plain text without characters that hide or reorder it (S-4).

use unicode_segmentation::UnicodeSegmentation;

/// The longest title kept, in graphemes (S-4).
const LONGEST_TITLE: usize = 200;

/// A title: one line, cut at 200 graphemes.
pub fn title(raw: &str) -> String {
    let line = line(raw);
    // No grapheme is shorter than a byte.
    if line.len() <= LONGEST_TITLE {
        return line;
    }
    match line.grapheme_indices(true).nth(LONGEST_TITLE) {
        Some((end, _)) => line.get(..end).unwrap_or(&line).trim_end().to_owned(),
        None => line,
    }
}

/// One line: unwanted characters gone, every run of white space one space.
pub fn line(raw: &str) -> String {
    visible(raw, Gap::Space)
}

/// A text: unwanted characters gone, lines trimmed, paragraphs parted by exactly one blank line.
pub fn text(raw: &str) -> String {
    visible(raw, Gap::Paragraph)
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

impl Gap {
    /// The gap with a line break more.
    fn broken(self) -> Self {
        if self < Self::Line { Self::Line } else { Self::Paragraph }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Space => " ",
            Self::Line => "\n",
            Self::Paragraph => "\n\n",
        }
    }
}

/// The text without what is not seen (controls but for white space, bidi controls, zero-width characters, tags), with
/// gaps of at most `widest` between words and none at its ends.
fn visible(raw: &str, widest: Gap) -> String {
    let mut out = String::with_capacity(raw.len());
    let (mut gap, mut word, mut before) = (Gap::None, None, ' ');
    for (at, c) in raw.char_indices() {
        let after = match c {
            '!'..='~' => None,
            ' ' | '\t' => Some(gap.max(Gap::Space)),
            '\n' if before == '\r' => Some(gap),
            '\n' | '\r' | '\u{2028}' | '\u{85}' => Some(gap.broken()),
            '\u{2029}' => Some(Gap::Paragraph),
            _ if is_hidden(c) => Some(gap),
            _ if c.is_whitespace() => Some(gap.max(Gap::Space)),
            _ => None,
        };
        before = c;
        match (after, word) {
            (None, None) => {
                if !out.is_empty() {
                    out.push_str(gap.min(widest).mark());
                }
                (gap, word) = (Gap::None, Some(at));
            }
            (Some(after), Some(from)) => {
                out.push_str(raw.get(from..at).unwrap_or(""));
                (gap, word) = (after, None);
            }
            (Some(after), None) => gap = after,
            (None, Some(_)) => {}
        }
    }
    out.push_str(word.and_then(|from| raw.get(from..)).unwrap_or(""));
    out
}

/// Whether a character is a control, a bidi control or takes no room on the line.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_4_bidi_controls_zero_width_and_control_characters_are_stripped() {
        let raw = "sa\u{202e}fe\u{2066} \u{200b}t\u{1b}ext\u{9d}\u{feff}\u{0}";
        assert_eq!(text(raw), "safe text");
        assert_eq!(title(raw), "safe text");
    }

    #[test]
    fn s_4_a_title_is_one_line_of_at_most_200_graphemes() {
        let long = "e\u{301}".repeat(500);
        assert_eq!(title(&long).graphemes(true).count(), 200);
        assert_eq!(title("Two\r\nlines\u{2028}here"), "Two lines here");
    }

    #[test]
    fn paragraphs_are_parted_by_exactly_one_blank_line() {
        assert_eq!(text("  one \r\n\r\n\n\n two\u{a0}words\nthree  "), "one\n\ntwo words\nthree");
    }
}
