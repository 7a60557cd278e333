//! Long texts are read in parts: time and memory then grow with the length of a text, not with its square.
//!
//! Inside a part every happening is held against every other and every name against its neighbours; what a part says
//! is not joined with what another says. A report is one part; only books, logs and dumps have several.

use std::ops::Range;

use super::Extractor;
use super::work::Work;
use crate::model::claim::Field;
use crate::model::document::{Document, Reading};

/// The longest text that is read as one, in bytes: some ten times a report of an agency.
const LONGEST: usize = 24 << 10;

/// The longest headline, in bytes: what is longer is a text that stands in the wrong field.
const LONGEST_HEADLINE: usize = 1 << 10;

/// The headline as far as it is read.
pub(super) fn headline(title: &str) -> &str {
    &title[..title.floor_char_boundary(LONGEST_HEADLINE)]
}

/// Whether a text is read in one go.
pub(super) fn is_short(text: &str) -> bool {
    text.len() <= LONGEST
}

/// The parts of a text: all of it, in order, cut between paragraphs where there are any, else between lines, sentences
/// or words.
fn parts(text: &str) -> Vec<Range<usize>> {
    let (mut out, mut start) = (Vec::new(), 0);
    while !is_short(&text[start..]) {
        let limit = text.floor_char_boundary(start + LONGEST);
        let end = cut(text, start, limit);
        out.push(start..end);
        start = end;
    }
    out.push(start..text.len());
    out
}

/// Where a part that begins at `start` ends, in the second half of what it may hold.
fn cut(text: &str, start: usize, limit: usize) -> usize {
    let half = text.floor_char_boundary(start + LONGEST / 2);
    let after = |mark: &str| text[half..limit].rfind(mark).map(|at| half + at + mark.len());
    ["\n\n", "\n", ". ", " "].into_iter().find_map(after).unwrap_or(limit)
}

/// Reads a long text part by part; offsets are those of the whole text.
pub(super) fn read(
    extractor: &Extractor,
    doc: &Document,
    whole: Reading,
    mentions: bool,
) -> Reading {
    let mut whole = whole;
    for range in parts(&doc.text) {
        let first = range.start == 0;
        let part = Document {
            text: doc.text[range.clone()].to_owned(),
            title: doc.title.clone().filter(|_| first),
            ..without_text(doc)
        };
        let mut read =
            Work::new(extractor, &part, whole.published).run(whole.language.clone(), mentions);
        shift(&mut read, range.start);
        whole.claims.append(&mut read.claims);
        whole.mentions.append(&mut read.mentions);
        whole.dropped.append(&mut read.dropped);
    }
    whole
}

fn without_text(doc: &Document) -> Document {
    Document {
        doc_id: String::new(),
        text: String::new(),
        title: None,
        published: doc.published,
        source: doc.source.clone(),
        url: None,
        lang: None,
        calls: doc.calls.clone(),
        aligned_with: doc.aligned_with.clone(),
        theatres: doc.theatres.clone(),
    }
}

/// Moves what was read of a part to where the part stands in the text.
fn shift(read: &mut Reading, by: usize) {
    let evidence = read.claims.iter_mut().flat_map(|claim| &mut claim.evidence);
    for evidence in evidence.filter(|evidence| evidence.field == Field::Text) {
        evidence.start += by;
        evidence.end += by;
    }
    for mention in &mut read.mentions {
        mention.start += by;
        mention.end += by;
    }
    for dropped in read.dropped.iter_mut().filter(|dropped| dropped.field == Field::Text) {
        dropped.start += by;
        dropped.end += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_the_text_and_are_cut_between_paragraphs() {
        let text = "A paragraph of words.\n\n".repeat(4_000);
        let parts = parts(&text);
        assert!(parts.len() > 3);
        assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, text.len()));
        for pair in parts.windows(2) {
            assert_eq!(pair[0].end, pair[1].start);
            assert!(text[..pair[0].end].ends_with("\n\n"));
        }
    }

    #[test]
    fn a_text_without_any_break_is_cut_between_letters() {
        let text = "ß".repeat(3 * LONGEST);
        assert!(parts(&text).iter().all(|part| text.get(part.clone()).is_some()));
    }
}
