//! Which language a text is in.
//!
//! English is told by its own small words, which no other language has so many of; only where they are rare is the
//! text compared with other languages. A text of several languages counts as English if a third of it is.

use whatlang::{Lang, Script};

use super::eight::Eight;

/// The fewest letters from which a guess is made.
const FEWEST_LETTERS: usize = 40;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 16 << 10;

/// From this share of English small words, in hundredths of all words, a text is English. English news has 15 to 25,
/// other languages with Latin letters under 2.
const ENGLISH: usize = 6;

/// A text of so many letters without one English small word is not English, whatever it is.
const SURELY_FOREIGN: usize = 1_000;

/// The code of a language that is not English and not known.
pub const UNKNOWN: &str = "und";

/// Words that are frequent in English reports and written so in no other language.
const WORDS: [&str; 34] = [
    "by", "the", "and", "its", "who", "that", "with", "from", "were", "been", "they", "this",
    "have", "said", "will", "near", "into", "than", "their", "which", "after", "would", "while",
    "other", "about", "killed", "people", "forces", "attack", "between", "against", "wounded",
    "injured", "soldiers",
];

/// One more, which is longer than a number holds.
const CIVILIANS: (usize, u64) = (9, packed("civilian"));

/// The words, each at its slot: which one a word might be is found without a branch.
const TABLE: [u64; 128] = table();

/// Gives each of the words a slot of its own.
const SPREAD: u64 = 0xf3b3_7f32_8702_66c5;

const fn slot(packed: u64) -> usize {
    (packed.wrapping_mul(SPREAD) >> 57) as usize
}

const fn table() -> [u64; 128] {
    let (mut table, mut at) = ([0; 128], 0);
    while at < WORDS.len() {
        let packed = packed(WORDS[at]);
        assert!(table[slot(packed)] == 0, "two words have one slot");
        table[slot(packed)] = packed;
        at += 1;
    }
    table
}

/// The letters of a word in a number, as [`Eight::word`] gives them; of a longer word the first eight.
const fn packed(word: &str) -> u64 {
    let (bytes, mut at, mut packed) = (word.as_bytes(), 0, 0);
    while at < bytes.len() && at < 8 {
        packed |= (bytes[at] as u64) << (8 * at);
        at += 1;
    }
    packed
}

/// The ISO 639 code of the text's language (of two letters where there is one, else of three; `und` where it is only
/// known that it is not English), or none where the text is too short or the guess unreliable.
/// A script that English never uses decides at once.
///
/// ```
/// use sitrep::model::text::language::detect;
/// assert_eq!(detect("Two villages were shelled on Thursday, and the road to the town stayed closed."), Some("en"));
/// assert_eq!(detect("Deux villages ont été bombardés jeudi, et la route de la ville reste fermée."), Some("fr"));
/// assert_eq!(detect("Idlib"), None);
/// ```
pub fn detect(text: &str) -> Option<&'static str> {
    let text = &text[..text.floor_char_boundary(SAMPLE)];
    let third = Count::of(&text[..text.ceil_char_boundary(text.len().div_ceil(3))]);
    if third.letters >= FEWEST_LETTERS && third.is_wholly_english() {
        return Some("en");
    }
    let all = Count::of(text);
    if all.letters < FEWEST_LETTERS {
        return None;
    }
    if all.is_english() || all.is_third_english(text) {
        return Some("en");
    }
    let info = whatlang::detect(text);
    let sure = info.filter(|info| info.is_reliable() || info.script() != Script::Latin);
    match sure {
        Some(info) => Some(code(info.lang())),
        None if !all.is_latin() || (all.hits == 0 && all.letters >= SURELY_FOREIGN) => {
            Some(UNKNOWN)
        }
        None => None,
    }
}

/// The language that a tag says: `en-GB` is `en`, as is `eng`; none where the tag says no language.
pub fn primary(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let shaped =
        matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    match first.as_str() {
        "und" | "mul" | "zxx" | "mis" => None,
        "eng" => Some("en".to_owned()),
        _ => Some(first).filter(|_| shaped),
    }
}

/// What a text is made of.
#[derive(Default)]
struct Count {
    letters: usize,
    latin: usize,
    words: usize,
    hits: usize,
}

impl Count {
    fn of(text: &str) -> Self {
        let (mut count, mut word, mut at) = (Self::default(), Word::default(), 0);
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let eight = Eight::of(bytes, at);
            let letters = eight.letters();
            word.take_some(eight, letters);
            at += letters;
            let Some(byte) = bytes.get(at).filter(|_| letters < 8) else { continue };
            let beyond = if byte.is_ascii() { None } else { text[at..].chars().next() };
            match beyond {
                Some(c) if c.is_alphabetic() => word.take(c),
                _ => count.take(&mut word),
            }
            at += beyond.map_or(1, char::len_utf8);
        }
        count.take(&mut word);
        count
    }

    /// Counts a word that has ended, and begins the next.
    fn take(&mut self, word: &mut Word) {
        if word.letters == 0 {
            return;
        }
        self.letters += word.letters;
        if !word.foreign {
            self.latin += word.letters;
            self.words += 1;
            self.hits += usize::from(word.is_english());
        }
        *word = Word::default();
    }

    /// Whether nearly all letters are Latin.
    fn is_latin(&self) -> bool {
        self.latin * 5 >= self.letters * 4
    }

    fn is_english(&self) -> bool {
        self.is_latin() && self.hits > 0 && self.hits * 100 >= self.words * ENGLISH
    }

    /// Whether nothing of another language can stand between: as many small words as English news has at the least.
    fn is_wholly_english(&self) -> bool {
        self.is_english() && self.hits * 100 >= self.words * 2 * ENGLISH
    }

    /// Whether the lines in English have a third of the letters, as in a text with its translation.
    fn is_third_english(&self, text: &str) -> bool {
        let english = text.lines().map(Self::of).filter(Self::is_english);
        let letters: usize = english.map(|line| line.letters).sum();
        letters >= FEWEST_LETTERS && letters * 3 >= self.letters
    }
}

/// A word while its letters come.
#[derive(Default)]
struct Word {
    letters: usize,
    /// Its first letters.
    packed: u64,
    /// It holds letters that are not Latin …
    foreign: bool,
    /// … or that English has not.
    marked: bool,
}

impl Word {
    /// Takes the letters of ASCII that `eight` begins with.
    fn take_some(&mut self, eight: Eight, letters: usize) {
        if self.letters == 0 {
            self.packed = eight.word(letters);
        }
        self.letters += letters;
    }

    /// Takes a letter beyond ASCII.
    fn take(&mut self, letter: char) {
        self.letters += 1;
        self.foreign |= !is_latin(letter);
        self.marked = true;
    }

    fn is_english(&self) -> bool {
        let short = self.letters <= 8 && TABLE[slot(self.packed)] == self.packed;
        !self.marked && (short || (self.letters, self.packed) == CIVILIANS)
    }
}

/// Latin letters with any marks, to the end of the extended blocks.
fn is_latin(c: char) -> bool {
    c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Ara => "ar",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Deu => "de",
        Lang::Tur => "tr",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Urd => "ur",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Amh => "am",
        Lang::Mya => "my",
        Lang::Cmn => "zh",
        Lang::Pol => "pl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Ell => "el",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Ind => "id",
        Lang::Aze => "az",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH_TEXT: &str =
        "Two villages were shelled on Thursday, and the road to the town stayed closed all day.";
    const ARABIC_TEXT: &str =
        "تعرضت قريتان للقصف يوم الخميس وبقي الطريق إلى البلدة مغلقا طوال اليوم";

    #[test]
    fn english_and_arabic_are_told_apart() {
        assert_eq!(detect(ENGLISH_TEXT), Some("en"));
        assert_eq!(detect(ARABIC_TEXT), Some("ar"));
    }

    #[test]
    fn languages_of_latin_letters_are_told_apart_from_english() {
        for (text, code) in [
            (
                "Des hommes armés ont tué trois soldats près de la ville jeudi soir, selon des habitants.",
                "fr",
            ),
            (
                "Hombres armados mataron a tres soldados cerca del pueblo el jueves, dijeron los vecinos de la zona.",
                "es",
            ),
            (
                "Bewaffnete haben am Donnerstag nahe der Stadt drei Soldaten getötet, sagten Bewohner des Ortes.",
                "de",
            ),
            (
                "Silahlı kişiler perşembe günü kasabanın yakınında üç askeri öldürdü, dedi bölge sakinleri.",
                "tr",
            ),
        ] {
            assert_eq!(detect(text), Some(code), "{text}");
        }
    }

    #[test]
    fn a_text_that_begins_in_english_and_goes_on_in_another_language_is_english() {
        let twice = format!("{ARABIC_TEXT} {ARABIC_TEXT}");
        assert_eq!(detect(&format!("{ENGLISH_TEXT} {ARABIC_TEXT}")), Some("en"));
        assert_eq!(detect(&format!("Reuters {twice}")), Some("ar"));
    }

    #[test]
    fn a_line_of_english_before_a_text_of_another_language_does_not_make_it_english() {
        let french = "Des hommes armés ont tué trois soldats près de la ville jeudi soir, selon des habitants. ";
        let text = format!("Three soldiers were killed near the town. {}", french.repeat(9));
        assert_eq!(detect(&text), Some("fr"));
    }

    #[test]
    fn a_few_letters_are_no_ground_for_a_guess() {
        assert_eq!(detect("Idlib"), None);
        assert_eq!(detect("Deux soldats tués à Alep"), None);
    }

    #[test]
    fn a_text_with_its_translation_is_read_and_one_with_a_quotation_is_not() {
        assert_eq!(detect(&format!("{ARABIC_TEXT}\n\n{ENGLISH_TEXT}")), Some("en"));
        let quoted = format!("{}The road is closed", format!("{ARABIC_TEXT}\n").repeat(4));
        assert_eq!(detect(&quoted), Some("ar"));
        let spoken = format!("{ENGLISH_TEXT} “تعرضت قريتان”, a resident said.");
        assert_eq!(detect(&spoken), Some("en"));
    }

    #[test]
    fn words_are_counted_whatever_stands_between_them_and_wherever_they_begin() {
        let of = |text: &str| {
            let count = Count::of(text);
            (count.letters, count.latin, count.words, count.hits)
        };
        for before in 0..9 {
            let text = format!("{}Civilians,the  Wounded—soldiery naïve\nby", "-".repeat(before));
            assert_eq!(of(&text), (34, 34, 6, 4), "{text}");
        }
        assert_eq!(of("theorganization and"), (18, 18, 2, 1));
        assert_eq!(of("villagers дорога theж Їthe the"), (26, 12, 2, 1));
        assert_eq!(of(""), (0, 0, 0, 0));
    }

    #[test]
    fn capitals_and_lists_of_losses_are_english() {
        assert_eq!(detect(&ENGLISH_TEXT.to_uppercase()), Some("en"));
        assert_eq!(
            detect("Aleppo: 3 killed, 2 wounded. Idlib: 4 killed. Hama: 1 wounded, 2 missing."),
            Some("en")
        );
    }

    #[test]
    fn a_script_that_nobody_here_knows_is_not_english() {
        assert_eq!(detect(&"ሓደ ".repeat(3)), None);
        assert!(detect(&"ᎣᏏᏲ ᏙᎯᏧ ".repeat(20)).is_some_and(|code| code != "en"));
    }

    #[test]
    fn the_tags_of_feeds_name_their_language() {
        for (tag, language) in [
            ("en-GB", Some("en")),
            ("eng", Some("en")),
            ("AR", Some("ar")),
            ("und", None),
            ("English", None),
            ("", None),
        ] {
            assert_eq!(primary(tag).as_deref(), language, "{tag}");
        }
    }
}
