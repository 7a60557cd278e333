//! How much of one text is in another.

use std::collections::HashSet;

/// Characters in a shingle: long enough to be rare by chance, short enough for Chinese and Japanese.
const WIDTH: usize = 10;

/// The runs of ten letters or digits of a text, in lower case, without what parts them.
pub(super) struct Shingles(HashSet<u64>);

impl Shingles {
    /// The shingles of a text; a text shorter than one shingle is one.
    pub(super) fn of(text: &str) -> Self {
        let letters: Vec<char> =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let width = WIDTH.min(letters.len().max(1));
        Self(letters.windows(width).map(hash).collect())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Which share of these is in `other`, from 0 to 1; 0 for an empty text.
    #[expect(clippy::cast_precision_loss, reason = "counts of characters of one page")]
    pub(super) fn share_in(&self, other: &Self) -> f64 {
        let common = self.0.iter().filter(|s| other.0.contains(s)).count();
        if self.0.is_empty() { 0.0 } else { common as f64 / self.0.len() as f64 }
    }
}

/// FNV-1a over the characters.
fn hash(letters: &[char]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3)
    })
}
