//! When two names mean the same.

use unicode_normalization::UnicodeNormalization as _;

/// Words that say nothing about which thing is meant.
const EMPTY: &[&str] = &[
    "the",
    "a",
    "an",
    "al",
    "ar",
    "el",
    "of",
    "some",
    "their",
    "its",
    "his",
    "her",
    "several",
    "alleged",
    "suspected",
    "unidentified",
    "at",
    "least",
    "about",
    "two",
    "three",
    "four",
    "five",
    "governorate",
    "province",
    "oblast",
    "department",
    "district",
    "region",
    "state",
    "city",
    "town",
    "village",
];

/// Lower-case letters and digits without accents; apostrophes vanish, anything else parts words.
fn fold(name: &str) -> String {
    let bare = name.nfkd().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '\u{300}'..='\u{36f}'));
    bare.flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

/// The words of a name that carry it.
fn telling(name: &str) -> Vec<String> {
    let folded = fold(name);
    let all: Vec<&str> = folded.split_whitespace().collect();
    let tells = |word: &&&str| !EMPTY.contains(word) && !word.chars().all(|c| c.is_ascii_digit());
    let kept: Vec<&str> = all.iter().filter(tells).copied().collect();
    let used = if kept.is_empty() { all } else { kept };
    used.into_iter().map(str::to_owned).collect()
}

/// The same in the singular.
fn words(name: &str) -> Vec<String> {
    telling(name).iter().map(|word| singular(word)).collect()
}

fn singular(word: &str) -> String {
    match word {
        "men" => "man".to_owned(),
        _ if word.len() > 4 && word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

/// 1 for the same name, or the key's name with more before it; one half for names that share most of their words.
fn alike(key: &str, read: &str) -> f64 {
    let (key, read) = (words(key), words(read));
    if key.is_empty() || read.is_empty() {
        return 0.0;
    }
    let shared = key.iter().filter(|word| read.contains(word)).count();
    let all_of_key = shared == key.len();
    if all_of_key && key.last() == read.last() {
        return 1.0;
    }
    let union = key.len() + read.len() - shared;
    let most = all_of_key || shared == read.len() || 2 * shared >= union;
    if most { 0.5 } else { 0.0 }
}

/// How well the best of the read names fits the best of the key's.
pub(super) fn likeness(key: &[&str], read: &[&str]) -> f64 {
    let pairs = key.iter().flat_map(|name| read.iter().map(|other| alike(name, other)));
    pairs.fold(0.0, f64::max)
}

/// The same place by its telling words.
pub(super) fn same_place(key: &str, read: &str) -> bool {
    words(key) == words(read)
}

/// The same division in any of its usual spellings: Gezira and Al Jazirah, Daraa and Dar'a, Taiz and Taizz.
///
/// Only for names that stand for the same country's divisions: places have too many neighbours that sound alike.
pub(super) fn same_division(key: &str, read: &str) -> bool {
    let skeleton =
        |name: &str| telling(name).iter().map(|word| consonants(word)).collect::<Vec<_>>();
    skeleton(key) == skeleton(read)
}

/// A word's consonants without `h` and doubles, those that romanisations exchange as one; and its first letter if a vowel.
fn consonants(word: &str) -> String {
    let sounds = word.chars().enumerate().filter_map(|(at, letter)| match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => (at == 0).then_some('a'),
        'h' => None,
        'g' => Some('j'),
        'd' => Some('t'),
        'q' | 'c' => Some('k'),
        _ => Some(letter),
    });
    let mut sounds: Vec<char> = sounds.collect();
    sounds.dedup();
    sounds.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the degrees are constants")]
    fn names_are_alike_by_their_telling_words() {
        assert_eq!(alike("soldiers", "four soldiers"), 1.0);
        assert_eq!(alike("Syrian Army", "army"), 0.5);
        assert_eq!(alike("Hamas", "Hezbollah"), 0.0);
    }

    #[test]
    fn divisions_are_the_same_in_any_usual_spelling() {
        for (key, read) in
            [("Raqqa", "Ar-Raqqa"), ("Gezira", "Al Jazirah"), ("Zaporizhzhia", "Zaporizhia")]
        {
            assert!(same_division(key, read), "{key} {read}");
        }
        assert!(!same_division("Hama", "Homs") && !same_division("North Kivu", "South Kivu"));
    }
}
