//! Near-identical articles: copies of one wire must not count as several reports (B-40).

use std::collections::BTreeSet;

use super::fold::{hash, spread};

/// How many words make a shingle (B-40).
const SHINGLE: usize = 5;
/// How many of the smallest shingle hashes are kept. Texts with fewer shingles are compared exactly; for longer ones
/// the estimate has a standard error of 0.025 at a resemblance of 0.8.
const KEPT: usize = 256;
/// From which resemblance two texts are copies of one (B-40).
pub const COPY: f64 = 0.8;
/// Fewer shingles than this are no ground to call two texts copies: a line such as "More follows".
const FEWEST: usize = 8;

/// The fingerprint of a text: the smallest hashes of its 5-word shingles, ascending (a bottom-k sketch). Letter case
/// and punctuation do not matter. Empty for texts under five words.
pub fn fingerprint(text: &str) -> Vec<u32> {
    let words: Vec<u64> = words(text).collect();
    let shingles: BTreeSet<u32> = words.windows(SHINGLE).map(shingle).collect();
    shingles.into_iter().take(KEPT).collect()
}

fn words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| hash(word.to_lowercase().as_bytes()))
}

fn shingle(words: &[u64]) -> u32 {
    let mixed = words.iter().fold(0_u64, |all, word| spread(all.rotate_left(7) ^ word));
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// The estimated Jaccard resemblance of two texts by their fingerprints, 0 to 1.
pub fn resemblance(one: &[u32], other: &[u32]) -> f64 {
    let exact = one.len() < KEPT && other.len() < KEPT;
    let (union, shared) = overlap(one, other, if exact { usize::MAX } else { KEPT });
    if union == 0 { 0.0 } else { f64::from(shared) / f64::from(union) }
}

/// Of the smallest hashes of both, up to `limit`: how many there are, and how many both have.
fn overlap(mut one: &[u32], mut other: &[u32], limit: usize) -> (u32, u32) {
    let (mut union, mut shared) = (0_u32, 0_u32);
    while (union as usize) < limit {
        let low = match (one.first(), other.first()) {
            (Some(x), Some(y)) => *x.min(y),
            (Some(low), None) | (None, Some(low)) => *low,
            (None, None) => break,
        };
        let both = one.first() == other.first();
        one = one.strip_prefix(&[low]).unwrap_or(one);
        other = other.strip_prefix(&[low]).unwrap_or(other);
        (union, shared) = (union + 1, shared + u32::from(both));
    }
    (union, shared)
}

/// Whether two texts are copies of one.
pub fn is_copy(a: &[u32], b: &[u32]) -> bool {
    a.len().min(b.len()) >= FEWEST && resemblance(a, b) >= COPY
}

/// How many of the smallest hashes are looked up: copies share each of them with a chance of 0.8 or more.
const LOOKED_UP: usize = 8;
/// How many texts with one shingle are compared; more share it only where it is a page's furniture.
const COMPARED: usize = 32;

/// For each fingerprint the position of the first one of which it is a copy, its own where it is none.
/// Near-linear: texts are compared only where they share one of their smallest hashes.
pub fn originals(fingerprints: &[&[u32]]) -> Vec<usize> {
    let (shares, count) = shares(fingerprints);
    let mut shares = shares.as_slice();
    let mut seen: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut originals = Vec::with_capacity(fingerprints.len());
    for (at, print) in fingerprints.iter().enumerate() {
        let own = shares.iter().take_while(|(text, _)| *text == at).count();
        let (own, rest) = shares.split_at(own);
        shares = rest;
        let mut candidates: Vec<usize> =
            own.iter().filter_map(|(_, hash)| seen.get(*hash)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let is_original =
            |other: &usize| fingerprints.get(*other).is_some_and(|first| is_copy(first, print));
        let found = candidates.into_iter().find(is_original);
        if found.is_none() {
            let seen_with = |(_, hash): &(usize, usize)| (*hash, at);
            remember(&mut seen, own.iter().map(seen_with));
        }
        originals.push(found.unwrap_or(at));
    }
    originals
}

fn remember(seen: &mut [Vec<usize>], new: impl Iterator<Item = (usize, usize)>) {
    for (hash, text) in new {
        if let Some(texts) = seen.get_mut(hash).filter(|texts| texts.len() < COMPARED) {
            texts.push(text);
        }
    }
}

/// Each text with the number of each hash that it shares with another, by text, and how many such hashes there are. They
/// are sorted rather than looked up: nearly every hash has one text alone, and a table of all would be large.
fn shares(fingerprints: &[&[u32]]) -> (Vec<(usize, usize)>, usize) {
    let mut all: Vec<u64> = Vec::with_capacity(LOOKED_UP * fingerprints.len());
    for (text, print) in (0_u64..).zip(fingerprints) {
        all.extend(print.iter().take(LOOKED_UP).map(|hash| u64::from(*hash) << 32 | text));
    }
    all.sort_unstable();
    let shared = all.chunk_by(|a, b| a >> 32 == b >> 32).filter(|texts| texts.len() > 1);
    let (mut shares, mut count) = (Vec::new(), 0);
    for texts in shared {
        let text = |one: &u64| usize::try_from(*one & u64::from(u32::MAX)).unwrap_or(usize::MAX);
        shares.extend(texts.iter().map(|one| (text(one), count)));
        count += 1;
    }
    shares.sort_unstable();
    (shares, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: usize, words: usize) -> String {
        let word = |at: usize| spread((seed * 10_000 + at) as u64) % 900;
        (0..words).map(|at| format!("word{}", word(at))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_text_resembles_itself_whatever_its_case_and_punctuation() {
        let (a, b) = (
            fingerprint("One two, three four five six."),
            fingerprint("ONE two three FOUR five six"),
        );
        assert_eq!(a, b);
        assert!((resemblance(&a, &b) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn b_40_a_reprint_with_another_first_line_is_a_copy_and_another_text_is_none() {
        let wire = text(1, 400);
        let reprint = format!("By our own staff on the spot today {wire}");
        assert!(is_copy(&fingerprint(&wire), &fingerprint(&reprint)));
        assert!(!is_copy(&fingerprint(&wire), &fingerprint(&text(2, 400))));
    }

    #[test]
    fn b_40_the_estimate_for_long_texts_is_near_the_true_resemblance() {
        let (shared, own) = (text(3, 2_000), text(4, 1_000));
        let (a, b) = (fingerprint(&shared), fingerprint(&format!("{shared}{own}")));
        let estimate = resemblance(&a, &b);
        assert!((0.57..0.77).contains(&estimate), "{estimate}");
    }

    #[test]
    fn b_40_a_stub_of_a_few_words_is_no_copy_of_another() {
        let stub = fingerprint("More details follow on this page soon");
        assert!(!is_copy(&stub, &stub));
    }

    #[test]
    fn copies_are_found_among_many_texts() {
        let texts: Vec<String> = (0..200).map(|seed| text(seed % 150, 120)).collect();
        let prints: Vec<Vec<u32>> = texts.iter().map(|text| fingerprint(text)).collect();
        let prints: Vec<&[u32]> = prints.iter().map(Vec::as_slice).collect();
        let originals = originals(&prints);
        assert!((0..200).all(|at| originals[at] == at % 150));
    }
}
