//! A sieve before a table of words: it tells at once of most words that they are not in the table.

/// Bits for each word: of words that are not in the table about one in sixteen falls through.
const BITS_A_WORD: usize = 16;

/// The hashes of a table's words, as bits (a Bloom filter of one hash). It may hold a word by mistake and never
/// misses one; the table behind it has the last word.
#[derive(Debug, Clone, Default)]
pub(in crate::extract) struct Sieve {
    hashes: Vec<u64>,
    bits: Vec<u64>,
}

impl Sieve {
    /// Adds the hash of a word.
    pub(in crate::extract) fn add(&mut self, hash: u64) {
        self.hashes.push(hash);
        if self.hashes.len() * BITS_A_WORD > self.bits.len() * 64 {
            self.bits =
                vec![0; (self.hashes.len() * BITS_A_WORD * 2).div_ceil(64).next_power_of_two()];
            for index in 0..self.hashes.len() {
                self.set(self.hashes[index]);
            }
        } else {
            self.set(hash);
        }
    }

    /// Whether the word with this hash may be in the table.
    pub(in crate::extract) fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    fn set(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << bit;
        }
    }

    /// Which word of bits, and which of its bits. The number of words is a power of two, or none.
    fn place(&self, hash: u64) -> (usize, u32) {
        let mask = self.bits.len().wrapping_sub(1) as u64;
        let word = usize::try_from(hash >> 6 & mask).unwrap_or(usize::MAX);
        (word, (hash & 63) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::parse::token::word_hash;

    #[test]
    fn every_word_that_was_added_is_held_and_few_others_are() {
        let mut sieve = Sieve::default();
        assert!(!sieve.may_hold(word_hash("shelled")));
        (0..3000).for_each(|number| sieve.add(word_hash(&format!("word{number}"))));
        assert!((0..3000).all(|number| sieve.may_hold(word_hash(&format!("word{number}")))));
        let held = (0..3000).filter(|n| sieve.may_hold(word_hash(&format!("other{n}")))).count();
        assert!(held < 300, "{held}");
    }
}
