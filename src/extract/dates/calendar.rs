//! Reckoning with days, weeks, months and years that never fails: what lies outside the calendar stays where it is.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// More days than the calendar has between its ends on one side.
const MOST_DAYS: i32 = 7_000_000;

/// `date` moved by so many days.
pub(super) fn days(date: Date, by: i32) -> Date {
    // jiff panics on spans longer than its calendar
    let by = i64::from(by.clamp(-MOST_DAYS, MOST_DAYS));
    date.checked_add(by.days()).unwrap_or(date)
}

/// The Monday of the week of `date`.
pub(super) fn monday(date: Date) -> Date {
    days(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

/// The year and month so many months after that of `date`.
pub(super) fn months(date: Date, by: i32) -> (i16, i8) {
    let count = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + by;
    let year = i16::try_from(count.div_euclid(12)).unwrap_or(date.year());
    let month = i8::try_from(count.rem_euclid(12) + 1).unwrap_or(1);
    (year, month)
}

/// The first and last day of `count` months from `month` of `year` on.
pub(super) fn month_span(year: i16, month: i8, count: i32) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    let (year, month) = months(first, count);
    Some((first, days(Date::new(year, month, 1).ok()?, -1)))
}

/// The first and last day of `count` years from `year` on.
pub(super) fn year_span(year: i16, count: i16) -> Option<(Date, Date)> {
    let last = year.checked_add(count - 1)?;
    Some((Date::new(year, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

/// The last `weekday` on or before `date`.
pub(super) fn on_or_before(date: Date, weekday: Weekday) -> Date {
    let back = date.weekday().since(weekday);
    days(date, -i32::from(back))
}

/// The first `weekday` on or after `date`.
pub(super) fn on_or_after(date: Date, weekday: Weekday) -> Date {
    let ahead = weekday.since(date.weekday());
    days(date, i32::from(ahead))
}

/// The number of the quarter of `date`, from one.
pub(super) fn quarter(date: Date) -> i8 {
    (date.month() - 1) / 3 + 1
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_cross_the_turn_of_the_year() {
        assert_eq!(months(date(2020, 1, 31), -1), (2019, 12));
        assert_eq!(months(date(2020, 11, 5), 3), (2021, 2));
    }

    #[test]
    fn the_same_weekday_is_the_same_day() {
        let friday = date(2020, 6, 26);
        assert_eq!(on_or_before(friday, Weekday::Friday), friday);
        assert_eq!(on_or_before(friday, Weekday::Saturday), date(2020, 6, 20));
        assert_eq!(on_or_after(friday, Weekday::Monday), date(2020, 6, 29));
    }
}
