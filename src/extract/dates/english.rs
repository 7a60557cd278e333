//! The English words of time. Only lists: the patterns over them are in `grammar`.

use jiff::civil::Weekday;

use super::expr::Unit;

/// The month a word names, full or shortened.
pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" | "febr" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// The day of the week a word names, full or shortened.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" | "mon" => Weekday::Monday,
        "tuesday" | "tuesdays" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wednesdays" | "wed" => Weekday::Wednesday,
        "thursday" | "thursdays" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fridays" | "fri" => Weekday::Friday,
        "saturday" | "saturdays" | "sat" => Weekday::Saturday,
        "sunday" | "sundays" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// The unit of time a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "seconds" => Unit::Short('S'),
        "minute" | "minutes" => Unit::Short('M'),
        "hour" | "hours" => Unit::Short('H'),
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "weekend" | "weekends" => Unit::Weekend,
        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

/// A number word: up to nineteen, and the tens.
pub(in crate::extract) fn number(word: &str) -> Option<u32> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// An ordinal word up to thirty-first's parts and those centuries need.
pub(in crate::extract) fn ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "twenty-first" => 21,
        _ => return None,
    })
}

/// A count without a figure.
pub(super) fn is_vague(word: &str) -> bool {
    matches!(word, "several" | "few" | "many" | "some" | "couple" | "dozens" | "various")
}

/// The decade a plural names: "nineties" is 9.
pub(super) fn decade(word: &str) -> Option<i16> {
    const WORDS: [&str; 8] = [
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ];
    WORDS.iter().position(|w| *w == word).and_then(|at| i16::try_from(at + 2).ok())
}

/// A season: 0 spring, 1 summer, 2 autumn, 3 winter.
pub(super) fn season(word: &str) -> Option<i8> {
    Some(match word {
        "spring" => 0,
        "summer" => 1,
        "autumn" | "fall" => 2,
        "winter" => 3,
        _ => return None,
    })
}

/// The TIMEX3 code of a part of the day.
pub(super) fn day_part(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "dawn" | "daybreak" | "sunrise" => "TMO",
        "midday" | "noon" => "TMI",
        "afternoon" => "TAF",
        "evening" | "dusk" | "sunset" => "TEV",
        "night" | "midnight" | "nighttime" => "TNI",
        "daytime" => "TDT",
        _ => return None,
    })
}

/// Words that put what follows in the years to come.
pub(super) fn is_future_cue(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "shall"
            | "ll"
            | "plans"
            | "planned"
            | "planning"
            | "plan"
            | "scheduled"
            | "expected"
            | "expects"
            | "expect"
            | "due"
            | "slated"
            | "payable"
            | "upcoming"
            | "coming"
            | "forthcoming"
            | "hopes"
            | "intends"
            | "effective"
            | "ending"
            | "tomorrow"
            | "would"
            | "going"
            | "redeemable"
            | "expire"
            | "expires"
            | "begins"
            | "starts"
            | "proposed"
            | "likely"
            | "prepares"
            | "preparing"
            | "anticipates"
            | "anticipated"
    )
}

/// Past forms that do not end in "-ed"; "has" and "have" count for the perfect.
pub(super) fn is_past_form(word: &str) -> bool {
    matches!(
        word,
        "was"
            | "were"
            | "had"
            | "has"
            | "have"
            | "did"
            | "said"
            | "told"
            | "went"
            | "came"
            | "took"
            | "made"
            | "began"
            | "got"
            | "gave"
            | "left"
            | "found"
            | "held"
            | "hit"
            | "met"
            | "lost"
            | "won"
            | "sent"
            | "shot"
            | "struck"
            | "fell"
            | "rose"
            | "broke"
            | "brought"
            | "fought"
            | "saw"
            | "sold"
            | "bought"
            | "drove"
            | "flew"
            | "led"
            | "paid"
            | "ran"
            | "spoke"
            | "stood"
            | "threw"
            | "withdrew"
            | "wrote"
            | "become"
            | "became"
            | "seen"
            | "been"
            | "taken"
            | "since"
            | "blew"
            | "overran"
            | "retook"
            | "been's"
            | "put"
            | "cut"
            | "died"
            | "fled"
            | "grew"
            | "knew"
            | "known"
            | "laid"
            | "built"
            | "caught"
            | "chose"
            | "drew"
            | "felt"
            | "kept"
            | "sank"
            | "spent"
            | "swept"
            | "thought"
            | "understood"
            | "woke"
    )
}
