//! Eight bytes of a text looked at together: a text that is all ASCII goes by in an eighth of the steps.

/// The lowest bit of each byte.
const LOW: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = LOW << 7;

/// Eight bytes in their order, the first the lowest; after the end of a text zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Eight(u64);

impl Eight {
    /// The eight bytes from `at` on.
    pub(crate) fn of(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        let full = rest.first_chunk::<8>().copied();
        Self(u64::from_le_bytes(full.unwrap_or_else(|| padded(rest))))
    }

    /// How many letters of ASCII it begins with.
    pub(crate) fn letters(self) -> usize {
        let folded = (self.0 | (LOW * 0x20)) & !HIGH;
        let from_a = folded + LOW * u64::from(0x80 - b'a');
        let after_z = folded + LOW * u64::from(0x7f - b'z');
        leading(from_a & !after_z & !self.0 & HIGH)
    }

    /// The first `letters` of it, which are letters of ASCII, in lower case.
    pub(crate) fn word(self, letters: usize) -> u64 {
        let others = 64 - 8 * u32::try_from(letters).unwrap_or(8).min(8);
        (self.0 | (LOW * 0x20)) & u64::MAX.checked_shr(others).unwrap_or(0)
    }

    /// How many bytes it begins with of words of visible ASCII parted by single spaces. The last one is no space, the
    /// first may be one.
    pub(crate) fn words(self) -> usize {
        let low = self.0 & !HIGH;
        let printable = (low + LOW * 0x60) & !(low + LOW) & !self.0 & HIGH;
        let space = printable & !((low ^ (LOW * 0x20)) + LOW * 0x7f);
        let length = leading(printable & !(space & space >> 8));
        let ends_in_space = length > 0 && space >> (8 * length - 1) & 1 == 1;
        length - usize::from(ends_in_space)
    }
}

/// How many bytes at once are looked at for words.
const BLOCK: usize = 32;

/// How many bytes there are at least, from `at` on, of words of visible ASCII parted by single spaces. The last one is
/// no space, the first may be one.
pub(crate) fn words(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut length = 0;
    while let Some((these, next)) =
        rest.get(length..length + BLOCK).zip(rest.get(length + 1..length + 1 + BLOCK))
    {
        // Without a branch for each byte, so that all are compared together.
        let ends = |(byte, next): (&u8, &u8)| {
            let parted = *byte == b' ' && matches!(next, b'!'..=b'~');
            u8::from(!(matches!(byte, b'!'..=b'~') || parted))
        };
        if these.iter().zip(next).map(ends).fold(0, |any, one| any | one) != 0 {
            break;
        }
        length += BLOCK;
    }
    let spaced = length > 0 && rest.get(length - 1) == Some(&b' ');
    if spaced { length - 1 } else { length + Eight::of(rest, length).words() }
}

fn padded(rest: &[u8]) -> [u8; 8] {
    let mut eight = [0; 8];
    for (place, byte) in eight.iter_mut().zip(rest) {
        *place = *byte;
    }
    eight
}

/// How many bytes there are before the first whose highest bit is not set.
fn leading(marked: u64) -> usize {
    (!marked & HIGH).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eight(text: &str) -> Eight {
        Eight::of(text.as_bytes(), 0)
    }

    #[test]
    fn letters_are_those_of_ascii_and_no_other_byte() {
        for byte in 0..=u8::MAX {
            let bytes = [b'a', byte, b'Z', b'-'];
            let letters = if byte.is_ascii_alphabetic() { 3 } else { 1 };
            assert_eq!(Eight::of(&bytes, 0).letters(), letters, "{byte}");
        }
        assert_eq!((eight("").letters(), eight("azAZazAZaz").letters()), (0, 8));
    }

    #[test]
    fn a_word_is_its_letters_in_lower_case() {
        assert_eq!(eight("The road").word(3), u64::from(b't') | 0x68 << 8 | 0x65 << 16);
        assert_eq!(eight("SOLDIERS").word(8), eight("soldiersx").word(8));
        assert_eq!(eight("x").word(0), 0);
    }

    #[test]
    fn words_are_as_long_whether_looked_at_in_blocks_or_not() {
        let text =
            "Two villages were shelled on Thursday, and the road to the town stayed closed. "
                .repeat(2);
        for odd in ["\n", "  ", "é", " é", "\u{7f}", " \n", "\u{0}"] {
            for at in 0..text.len() {
                let (before, after) = text.split_at(at);
                let text = format!("{before}{odd}{after}");
                let whole = before.trim_end().len();
                let (mut length, mut step) = (0, 1);
                while step > 0 {
                    step = words(text.as_bytes(), length);
                    length += step;
                }
                assert_eq!(length, whole, "{text:?}");
            }
        }
        assert_eq!(words(b"", 0), 0);
    }

    #[test]
    fn words_end_where_a_text_is_not_plain() {
        for (text, length) in [
            ("abc defg", 8),
            ("abc def g", 7),
            ("abc def ", 7),
            ("abc  def", 3),
            (" ab", 3),
            ("  ab", 0),
            (" ", 0),
            ("", 0),
            ("ab\n", 2),
            ("ab \n", 2),
            ("ab é", 2),
            ("a\u{7f}b", 1),
            ("~!~!~!~ ", 7),
        ] {
            assert_eq!(eight(text).words(), length, "{text:?}");
        }
        for byte in 0..=u8::MAX {
            let plain = matches!(byte, b'!'..=b'~');
            assert_eq!(Eight::of(&[byte], 0).words(), usize::from(plain), "{byte}");
        }
    }
}
