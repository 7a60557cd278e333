//! Texts of our own, broken in every way that feeds, pages and people break them.

use std::ops::Range;
use std::path::Path;

use jiff::civil::{Date, date};
use serde_json::Value;
use sitrep::model::document::Document;

use super::random::Random;

const CORPUS: &str = include_str!("../../data/extract/corpus/corpus.jsonl");

/// What breaks readers: words that rules hang on, marks, numbers and dates out of range, invisible characters.
const SEEDS: &[&str] = &[
    " killed ",
    " by ",
    " by by ",
    " killed by ",
    " and ",
    ", ",
    " of ",
    " to ",
    " who ",
    " that ",
    " which said ",
    " he said ",
    " it denied it ",
    " the group said ",
    " the latter ",
    " the former ",
    " no ",
    " not ",
    " neither ",
    " between ",
    " from ",
    " near ",
    " in the village of ",
    " the villages of ",
    " north of ",
    " on Monday ",
    " 12 ",
    " 0 ",
    " 1,300 ",
    " 1,1,1,1 ",
    " 99999999999999999999 ",
    " -3 ",
    " 3.5.7 ",
    " 1/2/3/4 ",
    "%",
    "$",
    " hundred hundred ",
    " two thousand three hundred ",
    " a a a ",
    " dozens ",
    " between 9 and 3 ",
    " at least ",
    " including three ",
    " a third one ",
    " both ",
    " 30 February ",
    " 0000-00-00 ",
    " 9999-12-31 ",
    " 31 June 1 ",
    " 14 FEB 89 ",
    " in 2016 ",
    " two million years ago ",
    " 99999 days ago ",
    " next century ",
    " since ",
    " until ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "- ",
    "* ",
    "• ",
    "; ",
    ": ",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "«",
    "\"",
    "'",
    "’s",
    "'s ",
    "...",
    "…",
    "!",
    "?",
    "-",
    "–",
    "—",
    "/",
    "\\",
    "&amp;",
    "<b>",
    "al-",
    " al ",
    "Abu ",
    "St. ",
    "Gen. ",
    "U.S.",
    "U.N.-led",
    " RSF ",
    " SDF ",
    " AA ",
    " IS ",
    " Islamic State ",
    " Hayat Tahrir al-Sham ",
    " the Syrian Army ",
    " Aleppo",
    " Deir Ezzor",
    " Hama/Homs",
    "Aleppo's",
    " قتل ثلاثة في حلب ",
    " взрыв в Харькове ",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{301}",
    "\u{301}\u{316}\u{327}",
    "\u{202e}",
    "\0",
    "ß",
    "İ",
    "ﬁ",
    "ǅ",
    "ﷺ",
    "🇸🇾",
    "👨‍👩‍👧",
    "\u{10ffff}",
];

/// The longest text; longer ones come from the benches, which hold time against length.
const LONGEST: usize = 40_000;

/// Makes documents.
pub(super) struct Mutator {
    random: Random,
    texts: Vec<String>,
    titles: Vec<String>,
}

impl Mutator {
    pub(super) fn new(random: Random) -> Self {
        let rows: Vec<Value> =
            CORPUS.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let field = |name: &str| {
            rows.iter().filter_map(|row| row[name].as_str()).map(str::to_owned).collect()
        };
        let (mut texts, titles): (Vec<String>, Vec<String>) = (field("text"), field("title"));
        texts.extend(newsroom());
        assert!(texts.len() > 40, "our own articles are not found");
        Self { random, texts, titles }
    }

    /// One document: a text of ours, mutated up to a dozen times, with a headline and a date that may be broken too.
    pub(super) fn document(&mut self) -> Document {
        let mut text = self.random.of(&self.texts).clone();
        for _ in 0..=self.random.below(12) {
            text = self.mutated(text);
        }
        let mut title = self.random.of(&self.titles).clone();
        if self.random.once_in(3) {
            title = self.mutated(title);
        }
        Document {
            doc_id: "m".to_owned(),
            text,
            title: Some(title).filter(|_| !self.random.once_in(4)),
            published: self.published(),
            source: Some((*self.random.of(&["northline", "SANA", "Amaq", "", "the"])).to_owned()),
            lang: Some("en".to_owned()).filter(|_| self.random.once_in(2)),
            calls: self.calls(),
            ..Document::default()
        }
    }

    fn published(&mut self) -> Option<Date> {
        let usual =
            [Some(date(2020, 6, 26)), Some(date(2026, 2, 28)), Some(date(2024, 2, 29)), None];
        let odd = [
            Some(Date::MIN),
            Some(Date::MAX),
            Some(date(1, 1, 1)),
            Some(date(1970, 1, 1)),
            Some(date(0, 2, 29)),
        ];
        if self.random.once_in(8) { *self.random.of(&odd) } else { *self.random.of(&usual) }
    }

    fn calls(&mut self) -> Vec<(String, String)> {
        let words = *self.random.of(&["the terrorists", "", "our heroes", "the", "-"]);
        if self.random.once_in(4) {
            vec![(words.to_owned(), "syrian-army".to_owned())]
        } else {
            Vec::new()
        }
    }

    /// A range of the text between characters, of `longest` bytes at most.
    fn range(&mut self, text: &str, longest: usize) -> Range<usize> {
        let start = text.floor_char_boundary(self.random.below(text.len() + 1));
        let end =
            text.floor_char_boundary((start + self.random.below(longest + 1)).min(text.len()));
        start..end.max(start)
    }

    fn mutated(&mut self, mut text: String) -> String {
        let range = self.range(&text, 200);
        match self.random.below(13) {
            0 => text.replace_range(range, ""),
            1 => {
                let seed = *self.random.of(SEEDS);
                text.insert_str(range.start, seed);
            }
            2 => {
                let seed = (*self.random.of(SEEDS)).repeat(1 + self.random.below(40));
                text.insert_str(range.start, &seed);
            }
            3 => {
                let again = text[range.clone()].repeat(1 + self.random.below(30));
                text.insert_str(range.end, &again);
            }
            4 => text.replace_range(range.clone(), &text[range].to_uppercase()),
            5 => text.replace_range(range.clone(), &text[range].to_lowercase()),
            6 => {
                let other = self.random.of(&self.texts).clone();
                let from = self.range(&other, 600);
                text.insert_str(range.start, &other[from]);
            }
            7 => {
                let c = self.random.char();
                text.insert(range.start, c);
            }
            8 => text.replace_range(range.clone(), &text[range].replace(['.', ',', '\n', ';'], "")),
            9 => text.replace_range(range.clone(), &text[range].replace(' ', "")),
            10 => text.truncate(range.end),
            11 => text = shuffled(&text, &mut self.random),
            _ => {
                let end = text.split_off(range.start);
                text = end + &text;
            }
        }
        text.truncate(text.floor_char_boundary(LONGEST));
        text
    }
}

/// The words of the text in another order, here and there.
fn shuffled(text: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    for _ in 0..4 {
        let (a, b) = (random.below(words.len()), random.below(words.len()));
        words.swap(a, b);
    }
    words.join(" ")
}

/// The articles of the demonstration's newsroom.
fn newsroom() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/newsroom");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}
