//! How names are folded, so that "Deir Ezzour" finds "Dayr az Zawr".
//!
//! A name has three forms. [`plain`] differs from the text by what no reader would call another spelling: case,
//! marks, apostrophes, hyphens. [`key`] keeps the consonant classes and where vowels stand; names with one key
//! are candidates for each other. [`distance`] then says how far apart the two spellings sound, and [`alike`]
//! whether that is near enough. The classes follow the ways in which Arabic, Kurdish, Persian and Slavic names
//! are written in English reports.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

mod sound;

pub use sound::{Sounds, distance};

/// Names with fewer letters are never folded: too many words would meet them.
pub const FEWEST_LETTERS: usize = 4;

/// The largest distance, per sound of the longer name, at which two spellings pass for one name. Chosen on
/// spellings of conflict towns: wide enough for "Saraqeb" and "Sraqib", too narrow for "Raqqa" and "Riqqa".
const LARGEST_DISTANCE: f32 = 0.13;

/// Names of so few sounds must sound the same: "al-Bara" is not "Berea".
const SHORT: usize = 4;

const ARTICLES: &[&str] = &[
    "al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "ech", "at", "et", "ath", "az", "ez",
    "uz", "ad", "ed", "adh", "an", "en",
];

/// Whether a lower-case word is the Arabic article, in one of its assimilated forms.
pub fn is_article(word: &str) -> bool {
    matches!(word.len(), 2 | 3) && ARTICLES.contains(&word)
}

/// The name in lower case, without marks and apostrophes, its words parted by single spaces.
///
/// ```
/// use sitrep::model::text::fold::plain;
/// assert_eq!(plain("Ma‘arrat an-Nu‘mān"), "maarrat an numan");
/// ```
pub fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        push_plain(&mut out, name.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        let letters = name.nfkd().flat_map(char::to_lowercase);
        push_plain(&mut out, letters.filter(|c| !is_combining_mark(*c)));
    }
    out
}

/// Adds the letters and digits, with one space wherever others stood between them.
fn push_plain(out: &mut String, letters: impl Iterator<Item = char>) {
    let mut gap = false;
    for c in letters {
        if is_silent(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        push_letter(out, c);
    }
}

/// Apostrophes, ayn, hamza and soft signs of transliterations, and the Arabic tatweel.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | 'ʹ' | 'ʺ' | '′' | 'ـ' | '\u{200b}'
            ..='\u{200f}'
    )
}

fn push_letter(out: &mut String, c: char) {
    match c {
        'ı' => out.push('i'),
        'ə' => out.push('a'),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ة' => out.push('ه'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        'ٱ' => out.push('ا'),
        _ => out.push(c),
    }
}

/// The key of a [`plain`] name: articles dropped, consonants by class, one mark for any run of vowels, the last
/// vowels left out. Words of other scripts stay as they are.
///
/// ```
/// use sitrep::model::text::fold::{key, plain};
/// assert_eq!(key(&plain("Deir Ezzour")), key(&plain("Dayr az-Zawr")));
/// ```
pub fn key(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for word in plain.split(' ') {
        push_word_key(word, &mut out);
    }
    out
}

/// Appends the key of one word; an article has none.
pub fn push_word_key(word: &str, out: &mut String) {
    if is_article(word) {
        return;
    }
    if !word.is_ascii() {
        out.push_str(word);
        return;
    }
    sound::push_key(without_article(word), out);
}

/// A word without an article that is written in one with it: "ezzor" is "zor", "alzour" is "zour".
fn without_article(word: &str) -> &str {
    let bytes = word.as_bytes();
    let consonant = |at: usize| bytes.get(at).is_some_and(|b| !b"aeiouy".contains(b));
    let doubled = bytes.len() >= 5
        && b"aeu".contains(&bytes[0])
        && b"zsrndt".contains(&bytes[1])
        && bytes[1] == bytes[2];
    if doubled {
        return &word[2..];
    }
    let glued =
        bytes.len() >= 6 && (word.starts_with("al") || word.starts_with("el")) && consonant(2);
    if glued { &word[2..] } else { word }
}

/// Whether two plain names may be two spellings of one: both long enough, and near enough in sound.
///
/// ```
/// use sitrep::model::text::fold::alike;
/// assert!(alike("saraqeb", "saraqib"));
/// assert!(!alike("raqqa", "riqqa"));
/// assert!(!alike("hama", "homs"));
/// ```
pub fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (Sounds::of(a), Sounds::of(b));
    nearness(&a, &b).is_some()
}

/// The distance of two names if it is small enough to take them for one: 0 sounds the same.
pub fn nearness(a: &Sounds, b: &Sounds) -> Option<f32> {
    let longer = a.len().max(b.len());
    if a.letters().min(b.letters()) < FEWEST_LETTERS {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "names have a few dozen sounds at most")]
    let limit = if longer <= SHORT { LARGEST_DISTANCE } else { LARGEST_DISTANCE * longer as f32 };
    Some(distance(a, b)).filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_key(names: &[&str]) {
        let first = key(&plain(names[0]));
        for name in names {
            assert_eq!(key(&plain(name)), first, "{name}");
        }
    }

    #[test]
    fn spellings_of_one_arabic_name_share_a_key_and_sound_alike() {
        let families: &[&[&str]] = &[
            &[
                "Deir Ezzor",
                "Deir ez-Zor",
                "Dayr az Zawr",
                "Deir Ezzour",
                "Deir al-Zour",
                "Dayr uz-Zur",
            ],
            &["Jisr al-Shughur", "Jisr ash-Shughour", "Jisr ash Shughūr"],
            &["Saraqib", "Saraqeb", "Sarāqib"],
            &["al-Sukhna", "As Sukhnah", "Sukhneh"],
            &["Yacubiyeh", "Yaqubiyah", "al-Yaqoubiyah"],
            &["al-Mayadin", "Al Mayādīn", "Mayadeen"],
            &["Khan Sheikhoun", "Khān Shaykhūn", "Khan Sheikhun"],
        ];
        for names in families {
            one_key(names);
            for name in *names {
                assert!(alike(&plain(names[0]), &plain(name)), "{name}");
            }
        }
    }

    #[test]
    fn towns_with_near_names_stay_apart() {
        for (a, b) in [
            ("Hama", "Homs"),
            ("Raqqa", "Riqqa"),
            ("Azaz", "Izra"),
            ("Binnish", "Baniyas"),
            ("Mosul", "Masal"),
        ] {
            assert!(!alike(&plain(a), &plain(b)), "{a} {b}");
        }
    }

    #[test]
    fn short_names_are_never_folded() {
        assert!(!alike("ana", "ani"));
    }

    #[test]
    fn other_scripts_lose_their_marks_only() {
        assert_eq!(plain("حَلَب"), "حلب");
        assert_eq!(key("حلب"), "حلب");
        assert_eq!(plain("Артёмовськ"), "артемовськ");
    }
}
