//! Text safety: what comes from outside becomes plain text without characters that hide or reorder it (S-4).

use unicode_segmentation::UnicodeSegmentation;

use crate::model::text::eight::words;

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
    let (mut gap, mut at) = (Gap::None, 0);
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let length = seen(rest);
        if length > 0 {
            if !out.is_empty() {
                out.push_str(gap.min(widest).mark());
            }
            out.push_str(rest.get(..length).unwrap_or(""));
            (gap, at) = (Gap::None, at + length);
        } else if let Some(c) = rest.chars().next() {
            let after_return =
                raw.as_bytes().get(..at).is_some_and(|before| before.ends_with(b"\r"));
            gap = widened(gap, c, after_return);
            at += c.len_utf8();
        }
    }
    out
}

/// The gap after one more character that is not seen.
fn widened(gap: Gap, c: char, after_return: bool) -> Gap {
    match c {
        '\n' if after_return => gap,
        '\n' | '\r' | '\u{2028}' | '\u{85}' => gap.broken(),
        '\u{2029}' => Gap::Paragraph,
        ' ' | '\t' => gap.max(Gap::Space),
        _ if is_hidden(c) => gap,
        _ => gap.max(Gap::Space),
    }
}

/// How long the text is from its beginning that stays as it is: what is seen, words parted by single spaces included.
fn seen(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let length = match byte {
            b' ' if at == 0 => 0,
            0..0x80 => words(bytes, at),
            _ => rest.get(at..).and_then(|rest| rest.chars().next()).map_or(0, length_seen),
        };
        if length == 0 {
            break;
        }
        at += length;
    }
    at
}

/// The length of a character; zero where it is not seen.
fn length_seen(c: char) -> usize {
    if is_hidden(c) || c.is_whitespace() { 0 } else { c.len_utf8() }
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

    #[test]
    fn what_is_not_seen_leaves_no_gap_and_line_breaks_are_counted_once() {
        for (raw, clean) in [
            ("a\u{200b}b c\u{200b} d", "ab c d"),
            (" \u{feff} x", "x"),
            ("x \u{200b}", "x"),
            ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
            ("a \n b\u{2029}c\u{85}d\u{2028}\u{2028}e", "a\nb\n\nc\nd\n\ne"),
            ("один  два\tтри", "один два три"),
            ("é\u{301} \u{1f600}", "é\u{301} \u{1f600}"),
        ] {
            assert_eq!(text(raw), clean, "{raw:?}");
            assert_eq!(line(raw), clean.replace("\n\n", " ").replace('\n', " "), "{raw:?}");
        }
    }
}
