//! What a page puts around a report: captions, credits, "read more", requests to share, headlines of other reports. It is
//! blanked before the text is read, so that offsets stay.

use std::ops::Range;

use super::language::Page;
use crate::model::claim::Field;
use crate::model::document::Dropped;

/// The name of the rule, as `explain` prints it.
const RULE: &str = "page_furniture";

/// The most lines that are headlines of other reports under one heading.
const MOST_HEADLINES: usize = 12;

/// The longest caption, in bytes.
const LONGEST_CAPTION: usize = 480;

/// The longest pointer to another report without a colon, in words.
const LONGEST_POINTER: usize = 12;

/// The longest name of a photographer, in bytes.
const LONGEST_NAME: usize = 40;

/// A text without its furniture.
pub(super) struct Cleared {
    /// The text, as long as it was.
    pub(super) text: String,
    /// What was blanked.
    pub(super) dropped: Vec<Dropped>,
}

/// The text with blanks for what is no part of the report; none where all of it is.
pub(super) fn clear(text: &str, page: &Page) -> Option<Cleared> {
    let found = ranges(text, page);
    if found.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for byte in found.iter().flat_map(Range::clone) {
        if bytes[byte] != b'\n' {
            bytes[byte] = b' ';
        }
    }
    let dropped = |range: &Range<usize>| Dropped {
        field: Field::Text,
        start: range.start,
        end: range.end,
        text: text[range.clone()].to_owned(),
        rule: RULE.to_owned(),
    };
    let text = String::from_utf8(bytes).ok()?;
    Some(Cleared { text, dropped: found.iter().map(dropped).collect() })
}

fn ranges(text: &str, page: &Page) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut headlines = 0;
    let lines = lines(text);
    for line in &lines {
        let words = &text[line.clone()];
        if headlines > 0 && !ends_like_a_sentence(words) {
            headlines -= 1;
            out.push(line.clone());
        } else if is_heading(words, page) {
            headlines = MOST_HEADLINES;
            out.push(line.clone());
        } else if lines.len() > 1 && is_caption(words, page) {
            headlines = 0;
            out.push(line.clone());
        } else {
            headlines = 0;
            let own = sentences(text, line.clone());
            out.extend(own.filter_map(|range| {
                let words = &text[range.clone()];
                let caption = || is_caption(words, page).then_some(words.len());
                let length = opened(words, page).or_else(caption)?;
                Some(range.start..range.start + length)
            }));
        }
    }
    out
}

/// The lines of a text that have words, without the blanks and list marks around them.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let words =
            line.trim_start_matches(|c: char| c.is_whitespace() || "•*-–—|>#▪■►".contains(c));
        let first = start + line.len() - words.len();
        let last = first + words.trim_end().len();
        if first < last {
            out.push(first..last);
        }
        start += line.len();
    }
    out
}

/// The sentences of a line, as far as their marks tell.
fn sentences(text: &str, line: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = line.start;
    std::iter::from_fn(move || {
        start += text[start..line.end].len() - text[start..line.end].trim_start().len();
        if start >= line.end {
            return None;
        }
        let rest = &text[start..line.end];
        let mark = rest.char_indices().find(|(at, c)| {
            let after = rest[at + c.len_utf8()..].chars().next();
            matches!(c, '.' | '!' | '?') && after.is_none_or(char::is_whitespace)
        });
        let end = start + mark.map_or(rest.len(), |(at, c)| at + c.len_utf8());
        let range = start..end;
        start = end;
        Some(range)
    })
}

fn begins(words: &str, opener: &str) -> bool {
    words.get(..opener.len()).is_some_and(|head| head.eq_ignore_ascii_case(opener))
        && (!opener.ends_with(char::is_alphanumeric)
            || !words[opener.len()..].starts_with(char::is_alphanumeric))
}

/// How much of a sentence is furniture, if it begins so: all of it, what stands in its brackets, or, where a text has
/// lost its marks and goes on behind the opener, the opener alone.
fn opened(words: &str, page: &Page) -> Option<usize> {
    let opener = page.openers.iter().find(|opener| begins(words, opener))?;
    let closing = match words.chars().next() {
        Some('(') => words.find(')'),
        Some('[') => words.find(']'),
        _ => None,
    };
    let short = words.split_whitespace().count() <= LONGEST_POINTER;
    Some(match closing {
        Some(end) => end + 1,
        None if short || opener.ends_with(':') => words.len(),
        None => opener.len(),
    })
}

fn is_heading(words: &str, page: &Page) -> bool {
    let bare = words.trim_end_matches([':', '…', '.', ' ']);
    page.headings.iter().any(|heading| bare.eq_ignore_ascii_case(heading))
}

/// "… a street in Ariha, June 24. REUTERS/Samir Haddad": it ends in an agency and a photographer.
fn is_caption(words: &str, page: &Page) -> bool {
    if words.len() > LONGEST_CAPTION {
        return false;
    }
    let from = words.ceil_char_boundary(words.len().saturating_sub(LONGEST_NAME + 12));
    let tail = words[from..].to_ascii_lowercase();
    let ends = |credit: &String| {
        tail.rfind(credit.as_str()).is_some_and(|at| {
            let (before, after) = (&tail[..at], &tail[at + credit.len()..]);
            let whole = credit.starts_with('/') || !before.ends_with(char::is_alphanumeric);
            let whole =
                whole && (credit.ends_with('/') || !after.starts_with(char::is_alphanumeric));
            let name = after.trim_end_matches([')', ']', '.', ' ']);
            whole && name.len() <= LONGEST_NAME && name.split_whitespace().count() <= 4
        })
    };
    page.credits.iter().any(ends)
}

fn ends_like_a_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::language::english;

    fn left(text: &str) -> String {
        let lexicon = english::lexicon().unwrap();
        let cleared = clear(text, &lexicon.page).map_or(text.to_owned(), |cleared| cleared.text);
        assert_eq!(cleared.len(), text.len());
        cleared.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn captions_credits_and_pointers_are_no_text() {
        assert_eq!(
            left("Read more: Rebels shell Saraqib. A bus left. Share this on X"),
            "A bus left."
        );
        let text = "A street in Ariha, June 24. REUTERS/Samir Haddad\nA bus left Ariha.";
        assert_eq!(left(text), "A bus left Ariha.");
        assert_eq!(left("A bus left. (Photo: Samir Haddad/AFP)"), "A bus left.");
    }

    #[test]
    fn headlines_under_a_heading_go_until_the_text_goes_on() {
        let text =
            "A bus left.\nRelated stories:\nJets bomb a market\nGunmen kill two\nIt was full.";
        assert_eq!(left(text), "A bus left. It was full.");
    }

    #[test]
    fn a_report_that_names_an_agency_or_a_picture_stays() {
        let text = "Two people were killed, Reuters said. Photos showed a burnt car.";
        assert_eq!(left(text), text);
    }
}
