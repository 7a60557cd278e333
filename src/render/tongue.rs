//! The words of digests in other languages than English (B-70), from data files.
//!
//! English is told in sentences; other languages in table-like lines with fixed words, until a native speaker has
//! signed a table of sentences for them. `{n}` and the like in a word are filled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::model::kind::SubType;
use crate::model::time::{DatePrecision, DateSpan};

/// Begins and ends a piece of text whose direction is its own: names and numerals in a text from right to left.
pub(crate) const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// One language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tongue {
    dir: Direction,
    /// From the one who did it to the one to whom it was done.
    pub(crate) arrow: String,
    comma: String,
    thousands: String,
    months: Vec<String>,
    words: BTreeMap<String, String>,
    kinds: BTreeMap<SubType, String>,
    relations: BTreeMap<String, String>,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    Ltr,
    Rtl,
}

macro_rules! tongues {
    ($($code:literal),+ $(,)?) => {
        /// The languages beside English; the files are part of the program, so a test holds that they can be read.
        static TONGUES: LazyLock<BTreeMap<&'static str, Tongue>> = LazyLock::new(|| {
            let texts = [$(($code, include_str!(concat!(
                "../../config/lexicon/languages/", $code, ".toml"
            )))),+];
            let read = |(code, text): (&'static str, &str)| Some((code, toml::from_str(text).ok()?));
            texts.into_iter().filter_map(read).collect()
        });

        /// The ISO 639-1 codes of the languages that a digest can be written in.
        pub const LANGUAGES: &[&str] = &["en", $($code),+];
    };
}

tongues!["ar", "es", "fr", "ru", "uk"];

/// The words of a language; none for English, and for one that there is no file for.
pub(crate) fn tongue(code: &str) -> Option<&'static Tongue> {
    TONGUES.get(code)
}

impl Tongue {
    /// `ltr` or `rtl`.
    pub(crate) fn dir(&self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// Whether lines begin at the right.
    pub(crate) fn is_rtl(&self) -> bool {
        self.dir == Direction::Rtl
    }

    /// A fixed word or phrase.
    pub(crate) fn word(&self, key: &'static str) -> &str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A phrase with its gaps filled in.
    pub(crate) fn fill(&self, key: &'static str, gaps: &[(&str, &str)]) -> String {
        gaps.iter().fold(self.word(key).to_owned(), |text, (gap, value)| {
            text.replace(&format!("{{{gap}}}"), value)
        })
    }

    /// What happened.
    pub(crate) fn kind(&self, kind: SubType) -> &str {
        self.kinds.get(&kind).map_or_else(|| kind.as_str(), String::as_str)
    }

    /// How something lies to a place; of one that has no word, that it is near.
    pub(crate) fn relation(&self, relation: &str) -> &str {
        let known = self.relations.get(relation).or_else(|| self.relations.get("near"));
        known.map_or("", String::as_str)
    }

    /// A name, or a number, as a piece of its own where the text runs from right to left.
    pub(crate) fn apart(&self, text: &str) -> String {
        let [from, to] = ISOLATE;
        if self.is_rtl() && !text.is_empty() {
            format!("{from}{text}{to}")
        } else {
            text.to_owned()
        }
    }

    /// The items with the language's comma between them.
    pub(crate) fn list(&self, items: &[String]) -> String {
        items.join(&self.comma)
    }

    /// A number with the language's mark between thousands.
    pub(crate) fn number(&self, n: u32) -> String {
        self.apart(&self.digits(n))
    }

    /// `8–12`, or `8` where both are the same.
    pub(crate) fn range(&self, low: u32, high: u32) -> String {
        if low >= high {
            return self.number(low);
        }
        self.apart(&format!("{}–{}", self.digits(low), self.digits(high)))
    }

    fn digits(&self, n: u32) -> String {
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
        out
    }

    /// `22 نوفمبر`; with the year where it is not `near`'s.
    pub(crate) fn day(&self, date: Date, near: Date) -> String {
        let day = self.apart(&date.day().to_string());
        let text = format!("{day} {}", self.month(date));
        if date.year() == near.year() {
            return text;
        }
        format!("{text} {}", self.apart(&date.year().to_string()))
    }

    /// A span of days.
    pub(crate) fn days(&self, from: Date, to: Date, near: Date) -> String {
        if from == to {
            return self.day(to, near);
        }
        if (from.year(), from.month()) == (to.year(), to.month()) {
            let days = self.apart(&format!("{}–{}", from.day(), to.day()));
            let year =
                if to.year() == near.year() { String::new() } else { format!(" {}", to.year()) };
            return format!("{days} {}{year}", self.month(to));
        }
        format!("{} – {}", self.day(from, near), self.day(to, near))
    }

    /// The date of an event, as finely as its text gives it.
    pub(crate) fn span(&self, date: Option<DateSpan>, near: Date) -> String {
        let Some(DateSpan { from, to, precision }) = date else {
            return self.word("date_unknown").to_owned();
        };
        let year = self.apart(&from.year().to_string());
        match precision {
            DatePrecision::Day => self.days(from, to, near),
            DatePrecision::Week => self.fill("about", &[("date", &self.days(from, to, near))]),
            DatePrecision::Month => format!("{} {year}", self.month(from)),
            DatePrecision::Year => year,
        }
    }

    fn month(&self, date: Date) -> &str {
        let at = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
        self.months.get(at).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn b_70_every_language_has_every_word_kind_and_month() {
        assert_eq!(TONGUES.len() + 1, LANGUAGES.len(), "a file cannot be read");
        let keys = |tongue: &Tongue| tongue.words.keys().cloned().collect::<BTreeSet<_>>();
        let arabic = keys(&TONGUES["ar"]);
        let gap = regex::Regex::new(r"\{[a-z]+\}").unwrap();
        let gaps = |text: &str| {
            gap.find_iter(text).map(|hit| hit.as_str().to_owned()).collect::<BTreeSet<_>>()
        };
        for (code, tongue) in TONGUES.iter() {
            assert_eq!(keys(tongue), arabic, "{code}");
            assert_eq!((tongue.kinds.len(), tongue.months.len()), (25, 12), "{code}");
            for (key, word) in &tongue.words {
                assert_eq!(gaps(word), gaps(&TONGUES["ar"].words[key]), "{code}: {key}");
                assert!(!word.is_empty(), "{code}: {key}");
            }
        }
    }

    #[test]
    fn b_70_dates_and_numbers_follow_the_language() {
        let near = date(2026, 11, 22);
        let day = |code: &str| TONGUES[code].day(date(2026, 11, 3), near);
        assert_eq!((day("fr").as_str(), day("ru").as_str()), ("3 nov.", "3 нояб."));
        assert_eq!(day("ar"), "\u{2068}3\u{2069} نوفمبر");
        let numbers = ["es", "fr"].map(|code| TONGUES[code].range(8, 1200));
        assert_eq!(numbers, ["8–1.200", "8–1\u{202f}200"]);
    }
}
