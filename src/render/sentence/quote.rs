//! Quotations: byte-exact slices of the stored text, cut on word boundaries (B-27, B-28, B-67).

use unicode_segmentation::UnicodeSegmentation;

use crate::model::event::{Event, Report};
use crate::render::desk::Desk;
use crate::render::person;
use crate::render::wording::takes_no_side;

/// The most words of a quotation in a mail.
pub(crate) const MOST_WORDS: usize = 15;

/// The fewest words that are worth quoting.
const FEWEST_WORDS: usize = 6;

/// The fewest words of a sentence that is cut: fewer name somebody and say nothing.
const FEWEST_OF_MORE: usize = 8;

/// Words that no quotation ends with.
const LOOSE_ENDS: &[&str] = &[
    "a", "an", "the", "of", "on", "in", "at", "to", "and", "or", "by", "with", "from", "for",
    "near", "that", "which", "who", "its", "their", "his", "her", "as", "after", "before", "into",
    "over", "were", "was", "is", "are", "has", "have", "had", "but", "while", "when", "than",
    "two", "three", "several", "some", "killing", "injuring", "taking",
];

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// A slice of the text.
    pub(crate) text: String,
    /// ISO 639-1 code, where it is not the digest's.
    pub(crate) lang: String,
    /// `ltr` or `rtl`.
    pub(crate) dir: &'static str,
    foreign: bool,
}

impl Quote {
    /// Whether it is in another language than the digest's.
    pub(crate) fn foreign(&self) -> bool {
        self.foreign
    }
}

/// The first quotation of at most `most` words that takes no side and names no private person.
pub(crate) fn quote(desk: &Desk<'_>, event: &Event, most: usize) -> Option<Quote> {
    if most < FEWEST_WORDS {
        return None;
    }
    let most = most.min(MOST_WORDS);
    let party_first = event.reports.iter().filter(|report| report.by_party);
    let others = event.reports.iter().filter(|report| !report.by_party);
    party_first.chain(others).find_map(|report| of_report(desk, event, report, most))
}

fn of_report(desk: &Desk<'_>, event: &Event, report: &Report, most: usize) -> Option<Quote> {
    let tells = |whole: &str, slice: &str| {
        slice.len() + 2 >= whole.trim().len() || slice.unicode_words().count() >= FEWEST_OF_MORE
    };
    let slices = report.evidence.iter().flat_map(|evidence| {
        let parts = nameless(desk, event, &evidence.quote);
        parts.into_iter().map(|part| (evidence.quote.as_str(), cut(part, most)))
    });
    let mut telling = slices.filter(|(whole, slice)| tells(whole, slice) && may_stand(slice));
    let (_, text) = telling.next()?;
    let lang = report.article.language.clone().unwrap_or_else(|| "en".to_owned());
    let dir = if matches!(lang.as_str(), "ar" | "fa" | "he" | "ur") { "rtl" } else { "ltr" };
    let foreign = lang != desk.language();
    Some(Quote { text: text.to_owned(), lang, dir, foreign })
}

/// The parts of a text around the names of private persons (B-67).
fn nameless<'t>(desk: &Desk<'_>, event: &Event, text: &'t str) -> Vec<&'t str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for name in person::private(text, event, desk.registry) {
        parts.extend(text.get(start..name.start));
        start = name.end.max(start);
    }
    parts.extend(text.get(start..));
    parts.into_iter().map(|part| part.trim_start_matches(|c: char| !c.is_alphanumeric())).collect()
}

fn may_stand(slice: &str) -> bool {
    slice.unicode_words().count() >= FEWEST_WORDS
        && takes_no_side(slice)
        && !slice.contains(['“', '”', '\n', '['])
        && !has_address(slice)
}

/// An address in an article's sentence is never quoted: mail programs make it a link in our voice (S-5).
fn has_address(slice: &str) -> bool {
    let lower = slice.to_lowercase();
    ["://", "www.", "mailto:"].iter().any(|mark| lower.contains(mark))
        || slice.split_whitespace().any(|word| word.contains('@') && word.contains('.'))
}

/// The first `most` words, without the punctuation after them.
fn cut(text: &str, most: usize) -> &str {
    let text = text.trim();
    let end =
        if text.contains(char::is_whitespace) { spaced(text, most) } else { unspaced(text, most) };
    let slice = text.get(..end).unwrap_or(text);
    let slice =
        slice.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | ')' | '%'));
    match slice.rsplit_once(' ') {
        Some((rest, last)) if end < text.len() && LOOSE_ENDS.contains(&last) => {
            cut(text, rest.split_whitespace().count())
        }
        _ => slice,
    }
}

fn spaced(text: &str, most: usize) -> usize {
    let mut end = 0;
    for word in text.split_whitespace().take(most) {
        end += text[end..].find(word).unwrap_or(0) + word.len();
    }
    end
}

/// For scripts that set no spaces between words.
fn unspaced(text: &str, most: usize) -> usize {
    text.unicode_word_indices().take(most).last().map_or(0, |(at, word)| at + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_27_a_quotation_is_a_slice_that_ends_with_a_word() {
        let text = "Fighters shelled two villages, and the road closed; residents left.";
        assert_eq!(cut(text, 4), "Fighters shelled two villages");
        assert_eq!(cut(text, 40), text.trim_end_matches('.'));
        assert!(text.contains(cut(text, 7)));
    }
}
