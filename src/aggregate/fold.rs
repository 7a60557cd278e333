//! Names and words made comparable.

use std::hash::Hasher;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case letters and digits without marks and apostrophes, words parted by one space.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return join(text.chars().filter(|c| !is_apostrophe(*c)));
    }
    join(text.nfkd().filter(|c| !is_combining_mark(*c) && !is_apostrophe(*c)))
}

fn join(letters: impl Iterator<Item = char>) -> String {
    let mut folded = String::with_capacity(letters.size_hint().1.unwrap_or(0));
    for c in letters {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | '`')
}

/// FNV-1a over bytes: the same on every machine and in every version, which a stored hash must be.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Spreads the bits of a hash evenly (the finaliser of `SplitMix64`).
pub(super) fn spread(hash: u64) -> u64 {
    let a = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    b ^ (b >> 31)
}

/// For maps whose keys are hashes already.
#[derive(Debug, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = spread(self.0 ^ hash(bytes));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_differ_in_marks_and_hyphens_fold_to_one() {
        assert_eq!(fold("Deir ez-Zor "), fold("deir ez zor"));
        assert_eq!(fold("Ma'arrat Miṣrīn"), "maarrat misrin");
    }
}
