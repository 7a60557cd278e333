//! Counts: numbers in words and digits, bounds, vague words.

use super::token::{Shape, Token};
use crate::extract::dates::number;
use crate::model::casualty::Figure;

/// A count that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// What it says.
    pub figure: Figure,
    /// It adds to the ones named before ("a third one", "another").
    pub ordinal: bool,
}

/// Words before a number that bound it below.
const AT_LEAST: &[&[&str]] = &[
    &["at", "least"],
    &["more", "than"],
    &["over"],
    &["no", "fewer", "than"],
    &["no", "less", "than"],
    &["not", "less", "than"],
    &["upwards", "of"],
    &["a", "minimum", "of"],
    &["minimum"],
    &["as", "many", "as"],
    &["exceeding"],
];
/// Words before a number that say it is rough.
const ABOUT: &[&[&str]] = &[
    &["about"],
    &["around"],
    &["some"],
    &["approximately"],
    &["nearly"],
    &["almost"],
    &["roughly"],
    &["an", "estimated"],
    &["estimated"],
    &["close", "to"],
];
/// Words before a number that bound it above.
const AT_MOST: &[&[&str]] =
    &[&["up", "to"], &["fewer", "than"], &["less", "than"], &["a", "maximum", "of"]];

/// Vague words, with the bounds that ACLED codes from them: tens as 10, dozens as 12, hundreds as 100.
const VAGUE: &[(&str, u32)] = &[
    ("dozens", 12),
    ("scores", 20),
    ("tens", 10),
    ("hundreds", 100),
    ("thousands", 1000),
    ("several", 2),
    ("many", 2),
    ("numerous", 2),
    ("multiple", 2),
    ("various", 2),
];

/// Whether the word is a number word by itself.
pub fn is_number_word(word: &str) -> bool {
    number(word).is_some() || matches!(word, "hundred" | "thousand" | "million" | "dozen")
}

fn digits(token: &Token) -> Option<u32> {
    if token.shape != Shape::Number {
        return None;
    }
    let plain: String = token.norm.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().filter(|value| *value < 100_000_000)
}

fn is(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    words
        .iter()
        .enumerate()
        .all(|(offset, word)| tokens.get(at + offset).is_some_and(|token| token.norm == *word))
}

fn prefix(tokens: &[Token], at: usize, lists: &[&[&str]]) -> usize {
    lists.iter().filter(|words| is(tokens, at, words)).map(|words| words.len()).max().unwrap_or(0)
}

/// A plain number at `at`: digits or words; its value and length.
fn plain(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    below(tokens, at, u32::MAX)
}

/// A plain number in which no "hundred", "thousand" or "million" is as large as `limit`: what follows a larger one.
fn below(tokens: &[Token], at: usize, limit: u32) -> Option<(u32, usize)> {
    let token = tokens.get(at)?;
    if let Some(value) = digits(token) {
        return scaled(tokens, at + 1, (value, 1), limit);
    }
    let value = number(&token.norm);
    if let Some(value) = value {
        let unit = tokens
            .get(at + 1)
            .filter(|_| value >= 20)
            .and_then(|next| number(&next.norm))
            .filter(|unit| (1..10).contains(unit));
        let (value, used) = unit.map_or((value, 1), |unit| (value + unit, 2));
        return scaled(tokens, at + used, (value, used), limit);
    }
    let alone = |token: &Token| match token.norm.as_str() {
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "dozen" => Some(12),
        _ => None,
    };
    match token.norm.as_str() {
        "a" | "an" => tokens.get(at + 1).and_then(alone).map(|value| (value, 2)),
        _ => alone(token).map(|value| (value, 1)),
    }
}

/// Hundred, thousand, dozen after a number of so many tokens; "two hundred and fifty".
fn scaled(
    tokens: &[Token],
    at: usize,
    (value, used): (u32, usize),
    limit: u32,
) -> Option<(u32, usize)> {
    let factor = match tokens.get(at).map(|token| token.norm.as_str()) {
        Some("hundred") => 100,
        Some("thousand") => 1000,
        Some("million") => 1_000_000,
        Some("dozen") => 12,
        _ => return Some((value, used)),
    };
    if factor >= limit {
        return None;
    }
    let value = value.saturating_mul(factor);
    let skip = usize::from(is(tokens, at + 1, &["and"]));
    let more = (factor >= 100).then(|| below(tokens, at + 1 + skip, factor)).flatten();
    Some(match more.filter(|(more, _)| *more < factor) {
        Some((more, length)) => (value.saturating_add(more), used + 1 + skip + length),
        None => (value, used + 1),
    })
}

/// The count that begins at `at`.
pub fn count(tokens: &[Token], at: usize) -> Option<Count> {
    let (least, about, most) =
        (prefix(tokens, at, AT_LEAST), prefix(tokens, at, ABOUT), prefix(tokens, at, AT_MOST));
    let skip = least.max(about).max(most);
    if let Some(range) = range(tokens, at + skip) {
        return Some(Count { first: at, ..range });
    }
    if let Some((value, used)) =
        plain(tokens, at + skip).filter(|_| !is_other_number(tokens, at + skip))
    {
        let figure = if most == skip && skip > 0 {
            Figure { min: Some(value), max: Some(value), vague: None }
        } else if least == skip && skip > 0 {
            Figure::at_least(value)
        } else {
            Figure::exact(value)
        };
        return Some(Count { first: at, last: at + skip + used, figure, ordinal: false });
    }
    vague(tokens, at, skip).or_else(|| one_more(tokens, at))
}

/// "between 6 and 8", "6 to 8", "6-8".
fn range(tokens: &[Token], at: usize) -> Option<Count> {
    let between = usize::from(is(tokens, at, &["between"]) || is(tokens, at, &["from"]));
    let (low, used) = plain(tokens, at + between)?;
    let join = at + between + used;
    let joiner = tokens.get(join)?;
    let word = (between == 1 && joiner.norm == "and")
        || joiner.norm == "to"
        || (between == 0 && joiner.norm == "or");
    let next = if joiner.hyphen && digits(joiner).is_some() && between == 0 {
        join
    } else if word {
        join + 1
    } else {
        return None;
    };
    let (high, more) = plain(tokens, next)?;
    (low < high && high < low.saturating_mul(20).saturating_add(20)).then(|| Count {
        first: at,
        last: next + more,
        figure: Figure { min: Some(low), max: Some(high), vague: None },
        ordinal: false,
    })
}

/// "dozens of", "scores", "several", "two dozen" is plain.
fn vague(tokens: &[Token], at: usize, skip: usize) -> Option<Count> {
    let token = tokens.get(at + skip)?;
    let (word, floor) = *VAGUE.iter().find(|(word, _)| *word == token.norm)?;
    if is(tokens, at + skip + 1, &["of", "thousands"]) {
        let figure = Figure {
            min: Some(floor.saturating_mul(1000)),
            max: None,
            vague: Some(format!("{word} of thousands")),
        };
        return Some(Count { first: at, last: at + skip + 3, figure, ordinal: false });
    }
    let counted = floor >= 10;
    let figure = Figure { min: counted.then_some(floor), max: None, vague: Some(word.to_owned()) };
    Some(Count { first: at, last: at + skip + 1, figure, ordinal: false })
}

/// "a third one", "another", "a second soldier": one more than those named before.
fn one_more(tokens: &[Token], at: usize) -> Option<Count> {
    let token = tokens.get(at)?;
    let ordinal = |index: usize| {
        tokens.get(index).is_some_and(|token| {
            matches!(token.norm.as_str(), "second" | "third" | "fourth" | "fifth" | "sixth")
        })
    };
    let next_number =
        tokens.get(at + 1).and_then(|next| digits(next).or_else(|| number(&next.norm)));
    let one = Count { first: at, last: at + 1, figure: Figure::exact(1), ordinal: true };
    match token.norm.as_str() {
        "another" => match next_number.and_then(|_| plain(tokens, at + 1)) {
            Some((value, used)) => {
                Some(Count { last: at + 1 + used, figure: Figure::exact(value), ..one })
            }
            None => Some(one),
        },
        "a" | "the" if ordinal(at + 1) => Some(Count { last: at + 2, ..one }),
        _ => None,
    }
}

/// Words after digits that make them a measure.
const UNITS: &[&str] = &[
    "km",
    "kilometers",
    "kilometres",
    "kilometer",
    "kilometre",
    "miles",
    "mile",
    "meters",
    "metres",
    "percent",
    "per",
    "%",
    "kg",
    "tons",
    "tonnes",
    "am",
    "pm",
    "hours",
    "hour",
    "minutes",
    "days",
    "day",
    "years",
    "year",
    "months",
    "weeks",
    "degrees",
    "mm",
    "local",
    "gmt",
    "dollars",
    "million",
    "billion",
    "th",
    "acres",
    "hectares",
    "feet",
    "pounds",
    "kilos",
    "year-old",
    "old",
];

/// Digits that are no count: years, clock times, ages, measures, ordinals, model names.
fn is_other_number(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let next = tokens.get(at + 1).map_or("", |token| token.norm.as_str());
    let glued = tokens.get(at + 1).is_some_and(|token| {
        token.hyphen
            && matches!(
                token.norm.as_str(),
                "year" | "day" | "hour" | "week" | "month" | "km" | "member" | "strong"
            )
    });
    let year = (1900..2100).contains(&digits(token).unwrap_or(0)) && !token.norm.contains(',');
    let before = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .map_or("", |token| token.norm.as_str());
    let named = token.hyphen && token.shape == Shape::Number;
    glued
        || UNITS.contains(&next)
        || (year
            && !tokens.get(at + 1).is_some_and(|next| {
                next.shape == Shape::Word
                    && ["people", "civilians", "soldiers", "fighters", "prisoners"]
                        .contains(&next.norm.as_str())
            }))
        || matches!(
            before,
            "$" | "€"
                | "£"
                | "aged"
                | "no"
                | "number"
                | "resolution"
                | "article"
                | "highway"
                | "route"
        )
        || next == ":" && tokens.get(at + 2).is_some_and(|token| token.shape == Shape::Number)
        || named
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn figure(text: &str) -> Option<Figure> {
        count(&tokens(text), 0).map(|count| count.figure)
    }

    #[test]
    fn counts_are_read_in_digits_words_ranges_and_bounds() {
        assert_eq!(figure("1,300 people"), Some(Figure::exact(1300)));
        assert_eq!(figure("twenty-two soldiers"), Some(Figure::exact(22)));
        assert_eq!(figure("two dozen men"), Some(Figure::exact(24)));
        assert_eq!(figure("at least 12 people"), Some(Figure::at_least(12)));
        assert_eq!(
            figure("between 6 and 8 fighters"),
            Some(Figure { min: Some(6), max: Some(8), vague: None })
        );
        assert_eq!(figure("two hundred and fifty men"), Some(Figure::exact(250)));
    }

    #[test]
    fn vague_words_keep_the_word_and_the_floor_of_the_codebook() {
        assert_eq!(
            figure("dozens of civilians"),
            Some(Figure { min: Some(12), max: None, vague: Some("dozens".into()) })
        );
        assert_eq!(figure("several people").and_then(|figure| figure.min), None);
    }

    #[test]
    fn years_ages_and_distances_are_no_counts() {
        assert_eq!(figure("2014 offensive"), None);
        assert_eq!(figure("20 km east"), None);
        assert_eq!(figure("5-year-old child"), None);
    }

    #[test]
    fn a_third_one_is_one_more() {
        assert_eq!(figure("a third one"), Some(Figure::exact(1)));
        assert_eq!(figure("another 40"), Some(Figure::exact(40)));
    }
}
