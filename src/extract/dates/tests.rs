//! What the reader of dates finds, on sentences of our own. The anchor is Friday, 26 June 2020.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{DateMention, dateline, find};
use crate::model::document::MentionKind;
use crate::model::time::DatePrecision;

const ANCHOR: Date = date(2020, 6, 26);

fn read(text: &str) -> Vec<DateMention> {
    find(text, Some(ANCHOR))
}

/// The dates of a text as "words = value".
fn dates(text: &str) -> Vec<String> {
    let dates = read(text).into_iter().filter(|found| found.kind == MentionKind::Date);
    dates.map(|found| format!("{} = {}", &text[found.start..found.end], found.value)).collect()
}

fn value(text: &str) -> String {
    read(text).first().map(|found| found.value.clone()).unwrap_or_default()
}

fn span(text: &str) -> (Date, Date) {
    let span = read(text).first().and_then(|found| found.span).expect("a span");
    (span.from, span.to)
}

#[test]
fn full_dates_are_read_in_every_usual_order() {
    for text in [
        "The town fell on 3 May 2019.",
        "The town fell on May 3, 2019.",
        "The town fell on Friday, May 3rd, 2019, at noon.",
        "The town fell on the 3rd of May 2019.",
        "The town fell on 2019-05-03.",
        "THE TOWN FELL ON 3 MAY 19.",
        "The town fell on 03.05.2019.",
        "Last updated at May 032019",
    ] {
        assert_eq!(value(text), "2019-05-03", "{text}");
    }
}

#[test]
fn figures_that_fit_both_ways_take_the_day_nearer_the_document() {
    assert_eq!(value("Issued 06/07/2020"), "2020-06-07");
    assert_eq!(value("Issued 07-06-2020"), "2020-06-07");
    assert_eq!(value("Issued 6/25/2020"), "2020-06-25");
}

#[test]
fn a_day_without_its_year_is_the_nearest_that_the_tense_allows() {
    assert_eq!(value("Rebels shelled the base on June 24."), "2020-06-24");
    assert_eq!(value("A convoy was hit on 28 December."), "2019-12-28");
    assert_eq!(value("Talks will open on 2 July."), "2020-07-02");
}

#[test]
fn a_weekday_is_the_latest_one_and_the_same_day_on_its_own_day() {
    assert_eq!(value("Gunmen stormed the post on Wednesday."), "2020-06-24");
    assert_eq!(value("The ministry said Friday that two died."), "2020-06-26");
    assert_eq!(value("The envoy will meet them on Monday."), "2020-06-29");
    assert_eq!(value("It followed a raid last Friday."), "2020-06-19");
    assert_eq!(value("The bridge was cut a week ago Sunday."), "2020-06-14");
}

#[test]
fn an_evening_of_a_day_is_that_day() {
    assert_eq!(dates("Shells landed late Thursday night."), ["late Thursday night = 2020-06-25"]);
    assert_eq!(dates("Fighting raged overnight Wednesday."), ["overnight Wednesday = 2020-06-24"]);
}

#[test]
fn parts_of_the_day_and_clock_times_are_times_with_their_day() {
    let found = read("A drone struck at 10:30 p.m. on Tuesday and again last night.");
    let got: Vec<_> = found.iter().map(|f| (f.kind, f.value.as_str())).collect();
    assert_eq!(
        got,
        [(MentionKind::Time, "2020-06-23T22:30"), (MentionKind::Time, "2020-06-25TNI")]
    );
    assert_eq!(span("Jets bombed the ridge overnight."), (date(2020, 6, 25), date(2020, 6, 26)));
}

#[test]
fn days_around_the_document_are_counted_from_it() {
    assert_eq!(value("The road reopened yesterday."), "2020-06-25");
    assert_eq!(value("It happened the day before yesterday."), "2020-06-24");
    assert_eq!(value("The post was lost three days ago."), "2020-06-23");
    assert_eq!(value("The siege began two weeks ago."), "2020-W24");
    assert_eq!(value("They left five months ago."), "2020-01");
    assert_eq!(value("The war began nearly nine years ago."), "2011");
}

#[test]
fn distances_from_the_text_are_counted_from_what_it_spoke_of() {
    let text = "On 2 June a mine went off. Two days later, another did; the next day a third.";
    assert_eq!(
        dates(text),
        ["2 June = 2020-06-02", "Two days later = 2020-06-04", "the next day = 2020-06-05"]
    );
    assert_eq!(
        dates("In 2012 they split. A year earlier, they had met.")[1],
        "A year earlier = 2011"
    );
}

#[test]
fn weeks_months_and_years_of_the_document_have_their_values() {
    assert_eq!(value("They clashed earlier this week."), "2020-W26");
    assert_eq!(value("The pact was signed last month."), "2020-05");
    assert_eq!(value("Polls are due early next year."), "2021");
    assert_eq!(value("Raids went on over the weekend."), "2020-W25-WE");
}

#[test]
fn a_running_period_ends_with_the_document() {
    assert_eq!(span("They clashed earlier this week."), (date(2020, 6, 22), ANCHOR));
    assert_eq!(span("Shelling in the past 48 hours killed six."), (date(2020, 6, 24), ANCHOR));
}

#[test]
fn months_seasons_quarters_and_halves_are_read() {
    assert_eq!(value("The town changed hands in March."), "2020-03");
    assert_eq!(value("The town changed hands in October."), "2019-10");
    assert_eq!(value("Since mid-April 2018 it was calm."), "2018-04");
    assert_eq!(value("The front collapsed last autumn."), "2019-FA");
    assert_eq!(value("It began in the summer of 2014."), "2014-SU");
    assert_eq!(value("Output fell in the third quarter of 2019."), "2019-Q3");
    assert_eq!(value("Deaths rose in the first half of 2018."), "2018-H1");
}

#[test]
fn a_figure_of_a_year_ago_is_that_of_the_same_quarter() {
    let text = "Sales grew in the second quarter of 2019 from a year earlier.";
    assert_eq!(dates(text)[1], "a year earlier = 2018-Q2");
}

#[test]
fn years_decades_and_centuries_are_read_and_counts_are_not() {
    assert_eq!(value("The group, founded in 2013, split."), "2013");
    assert_eq!(dates("In the late 1990s and the eighties")[0], "the late 1990s = 199");
    assert_eq!(value("A fort of the 12th century was hit."), "11");
    for text in [
        "Some 2000 people fled.",
        "About 1,950 troops left.",
        "They fired 2016 rounds.",
        "Flight MH2014 landed.",
        "It paid $2000 a head.",
        "A 2000-year-old temple was hit.",
        "Guns fired between 1710 and 1850 GMT.",
    ] {
        assert!(dates(text).is_empty(), "{text}: {:?}", dates(text));
    }
}

#[test]
fn words_that_are_months_only_sometimes_need_their_company() {
    for text in ["They may attack.", "Protesters march to the square.", "Mr. Jan Novak spoke."] {
        assert!(read(text).is_empty(), "{text}");
    }
    assert_eq!(value("It ended in May."), "2020-05");
}

#[test]
fn both_ends_of_a_range_cover_its_days() {
    let days = (date(2020, 6, 24), date(2020, 6, 25));
    for text in [
        "Strikes on 24-25 June killed ten.",
        "On June 24 and June 25, jets struck.",
        "On June 24 and 25, jets struck.",
        "Between 24 and 25 June jets struck.",
        "Fighting from Wednesday to Thursday killed ten.",
    ] {
        let found = read(text);
        assert_eq!(found.len(), 2, "{text}");
        for mention in &found {
            let span = mention.span.expect("a span");
            assert_eq!((span.from, span.to), days, "{text}");
        }
    }
    assert_eq!(
        span("From Monday to Thursday they fought."),
        (date(2020, 6, 22), date(2020, 6, 25))
    );
}

#[test]
fn a_count_after_a_day_is_no_second_day() {
    assert_eq!(dates("On June 24 and 25 people died."), ["June 24 = 2020-06-24"]);
}

#[test]
fn vague_times_refer_to_past_present_and_future() {
    assert_eq!(dates("He recently fled."), ["recently = PAST_REF"]);
    assert_eq!(dates("They now hold the hill."), ["now = PRESENT_REF"]);
    assert_eq!(dates("Nobody can tell the future."), ["the future = FUTURE_REF"]);
    assert!(dates("As soon as they came, he left.").is_empty());
}

#[test]
fn durations_are_no_dates_and_ages_are_neither() {
    let found = read("They held it for three days.");
    assert_eq!((found[0].kind, found[0].value.as_str()), (MentionKind::Duration, "P3D"));
    assert!(read("A five-year-old girl and a man, 30 years old, died.").is_empty());
}

#[test]
fn days_ago_without_a_figure_lie_within_the_last_week() {
    assert_eq!(value("It fell a few days ago."), "PAST_REF");
    assert_eq!(span("It fell a few days ago."), (date(2020, 6, 19), date(2020, 6, 24)));
}

#[test]
fn absurd_counts_are_survived() {
    assert!(read("It fell 99999999 weeks ago.").len() == 1);
}

#[test]
fn history_is_marked() {
    for text in [
        "In 2016 it burned.",
        "Since April they fight.",
        "Last year it burned.",
        "It burned years ago.",
    ] {
        assert!(read(text)[0].background, "{text}");
    }
    for text in ["It burned on Monday.", "It burned yesterday.", "It burned earlier this month."] {
        assert!(!read(text)[0].background, "{text}");
    }
}

#[test]
fn without_any_date_only_full_dates_are_placed() {
    let found = find("They met on Monday, and on 3 May 2019 too.", None);
    assert_eq!(found[0].span, None);
    assert_eq!(found[1].value, "2019-05-03");
}

#[test]
fn the_head_of_a_text_gives_its_date() {
    for (text, day) in [
        (" date 2020-06-26 Posted by the desk", date(2020, 6, 26)),
        ("Five killed in raid AFP Friday 2 May 2014 Five people", date(2014, 5, 2)),
        ("SAN SALVADOR, 14 FEB 89 (RADIO) -- [TEXT] THE ARMY", date(1989, 2, 14)),
        ("Posted on July 2 2016 by the desk", date(2016, 7, 2)),
        ("LONDON, June 26, 2020 (Desk) - Talks", date(2020, 6, 26)),
    ] {
        assert_eq!(dateline(text), Some(day), "{text}");
    }
    assert_eq!(dateline("The bridge, blown up on 3 May 2012, was rebuilt."), None);
}

#[test]
fn spans_say_how_fine_they_are() {
    let precision = |text: &str| read(text)[0].span.map(|span| span.precision);
    assert_eq!(precision("It fell on Monday."), Some(DatePrecision::Day));
    assert_eq!(precision("It fell last week."), Some(DatePrecision::Week));
    assert_eq!(precision("It fell in March."), Some(DatePrecision::Month));
    assert_eq!(precision("It fell in 2015."), Some(DatePrecision::Year));
}

const WORDS: [&str; 40] = [
    "on",
    "in",
    "the",
    "last",
    "next",
    "this",
    "May",
    "June",
    "Monday",
    "Friday",
    "31",
    "2020",
    "1990",
    "s",
    "'",
    "-",
    "/",
    ".",
    ",",
    ":",
    "ago",
    "earlier",
    "week",
    "year",
    "quarter",
    "third",
    "nineteen",
    "ninety",
    "a",
    "p.m.",
    "99999999",
    "weekend",
    "of",
    "and",
    "é",
    "\n\n",
    "century",
    "30",
    "Feb",
    "two thousand",
];

proptest! {
    #[test]
    fn any_words_give_ordered_mentions_on_character_borders(
        picks in prop::collection::vec(0..WORDS.len(), 0..40), gap in any::<bool>()
    ) {
        let words: Vec<_> = picks.into_iter().map(|at| WORDS[at]).collect();
        let text = words.join(if gap { " " } else { "" });
        let mut last = 0;
        for found in find(&text, Some(date(9999, 12, 31))) {
            prop_assert!(last <= found.start && found.start < found.end);
            prop_assert!(text.get(found.start..found.end).is_some());
            last = found.end;
        }
    }
}
