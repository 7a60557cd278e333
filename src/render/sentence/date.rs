//! Dates of events as a line begins with them.

use jiff::civil::Date;

use crate::model::time::{DatePrecision, DateSpan};

/// `26 Jun`; with the year where it is not `near`'s.
pub(crate) fn day(date: Date, near: Date) -> String {
    let form = if date.year() == near.year() { "%-d %b" } else { "%-d %b %Y" };
    date.strftime(form).to_string()
}

/// `25–26 Jun`, `30 Jun – 2 Jul`.
pub(crate) fn days(from: Date, to: Date, near: Date) -> String {
    if from == to {
        return day(to, near);
    }
    if (from.year(), from.month()) == (to.year(), to.month()) {
        return format!("{}–{}", from.day(), day(to, near));
    }
    format!("{} – {}", day(from, near), day(to, near))
}

/// The date of an event, as finely as its text gives it; `near` is the day of the digest.
pub(crate) fn span(date: Option<DateSpan>, near: Date) -> String {
    let Some(DateSpan { from, to, precision }) = date else { return "date not given".to_owned() };
    match precision {
        DatePrecision::Day => days(from, to, near),
        DatePrecision::Week => format!("about {}", days(from, to, near)),
        DatePrecision::Month => from.strftime("%b %Y").to_string(),
        DatePrecision::Year => from.strftime("%Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_span_names_month_and_year_only_where_they_differ() {
        let near = date(2020, 6, 27);
        assert_eq!(days(date(2020, 6, 25), date(2020, 6, 26), near), "25–26 Jun");
        assert_eq!(days(date(2020, 6, 30), date(2020, 7, 2), near), "30 Jun – 2 Jul");
        assert_eq!(day(date(2019, 12, 31), near), "31 Dec 2019");
    }

    #[test]
    fn a_coarse_date_does_not_pretend_to_a_day() {
        let june = DateSpan {
            from: date(2020, 6, 1),
            to: date(2020, 6, 30),
            precision: DatePrecision::Month,
        };
        assert_eq!(span(Some(june), date(2020, 7, 1)), "Jun 2020");
        assert_eq!(span(None, date(2020, 7, 1)), "date not given");
    }
}
