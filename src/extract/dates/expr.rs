//! What a phrase says before it is placed on the calendar.

use jiff::civil::Weekday;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Seconds, minutes, hours.
    Short(char),
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
    /// Tens of years.
    Decade,
    /// Hundreds of years.
    Century,
}

/// The year of a month, quarter or season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearOf {
    /// Not said: found from the anchor and the tense.
    Open,
    /// Said.
    Is(i16),
    /// So many years after the anchor's.
    Step(i16),
    /// The year before the one spoken of.
    Earlier,
}

/// "last", "this" and "next" before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rel {
    /// None of them.
    Open,
    /// The one before.
    Last,
    /// The present or coming one.
    This,
    /// The one after.
    Next,
    /// The one before the day spoken of last.
    Before,
    /// The one after the day spoken of last.
    After,
}

/// From where a distance is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From the document's date: "ago".
    Anchor,
    /// From what the text spoke of last: "earlier", "later".
    Last,
}

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expr {
    /// A day of a month.
    Day { year: YearOf, month: i8, day: i8 },
    /// Two figures that may be day and month or, `american`, month and day, then a year.
    Slashed { first: i8, second: i8, year: i16, american: bool },
    /// A month.
    Month { year: YearOf, month: i8, rel: Rel },
    /// A quarter by number.
    Quarter { year: YearOf, number: i8 },
    /// A half year by number.
    Half { year: YearOf, number: i8 },
    /// A season: 0 spring, 1 summer, 2 autumn, 3 winter.
    Season { year: YearOf, season: i8, rel: Rel },
    /// A year.
    Year(i16),
    /// A decade, by its first three digits.
    Decade(i16),
    /// A century, by its first two digits.
    Century(i16),
    /// A day of the week, so many weeks before the one that is meant.
    Weekday { weekday: Weekday, rel: Rel, back: i16 },
    /// A feast whose day the calendar fixes.
    Feast { feast: Feast, year: YearOf },
    /// So many days after the anchor.
    Offset(i32),
    /// So many units from somewhere; no figure for a vague count.
    Shift { count: Option<i32>, back: bool, unit: Unit, from: From },
    /// So many units from the one in which the anchor lies.
    Step { unit: Unit, by: i32 },
    /// So many units from the one spoken of last.
    StepLast { unit: Unit, by: i32 },
    /// A quarter that a business year defines, "the quarter ended".
    Fiscal,
    /// A period that the text compares with the one a year earlier.
    YearEarlier,
    /// The past, `-1`; the present, `0`; the future, `1`.
    Vague(i8),
    /// A duration that runs up to the anchor (`-1`), on from it (`1`) or anywhere (`0`).
    Length { count: Option<u32>, unit: Unit, toward: i8 },
    /// A part of the days from `from` to `to`, counted from the anchor.
    DayPart { from: i32, to: i32 },
    /// A clock time without its day.
    Bare,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// A part of the day, by its TIMEX3 code.
    Part(&'static str),
    /// Hour and minute.
    At(u32, u32),
}

/// A phrase found: its tokens and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// Its first token.
    pub(super) start: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// What it says.
    pub(super) expr: Expr,
    /// The time of day with it.
    pub(super) clock: Option<Clock>,
}

impl Match {
    /// A phrase without a time of day; `Some` for the convenience of rules.
    #[expect(clippy::unnecessary_wraps, reason = "rules end with it and give an option")]
    pub(super) fn found(start: usize, end: usize, expr: Expr) -> Option<Self> {
        Some(Self { start, end, expr, clock: None })
    }
}

/// A feast with a fixed place in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// 25 December.
    Christmas,
    /// 24 December.
    ChristmasEve,
    /// 1 January.
    NewYear,
    /// 31 December.
    NewYearsEve,
    /// The fourth Thursday of November.
    Thanksgiving,
}
