//! Properties of closings and of the windows that they make, around changes of the clocks.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use sitrep::model::closing::{Closing, Timetable};
use sitrep::model::time::Window;
use sitrep::schedule::{DEFAULT_GRACE, step};

use crate::support::samples::at;

/// Zones, each with an instant shortly before its clocks change; Nepal's never do.
const CHANGES: [(&str, &str); 5] = [
    ("Europe/London", "2026-03-27T00:00Z"),
    ("Europe/London", "2026-10-23T00:00Z"),
    ("America/Sao_Paulo", "2018-11-02T00:00Z"),
    ("America/Sao_Paulo", "2018-02-16T00:00Z"),
    ("Asia/Kathmandu", "2026-03-27T00:00Z"),
];

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// What a schedule makes of ticks at these instants: the windows of its issues.
fn windows(table: &Timetable, start: Timestamp, ticks: &[Timestamp]) -> Vec<Window> {
    let (mut last, mut due) = (start, table.next_after(start).unwrap());
    let mut windows = Vec::new();
    for now in ticks.iter().copied().filter(|now| *now >= start) {
        if due > now {
            continue;
        }
        let step = step(table, due, now, DEFAULT_GRACE).unwrap();
        assert!(step.next_due_at > now && step.next_due_at > due);
        if let Some(to) = step.fire {
            assert!(to <= now && now.duration_since(to) <= DEFAULT_GRACE);
            windows.push(Window { from: last, to });
            last = to;
        }
        due = step.next_due_at;
    }
    windows
}

fn closings(table: &Timetable, start: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    std::iter::successors(table.next_after(start), |at| table.next_after(*at))
        .take_while(|at| *at <= until)
        .collect()
}

fn ticks(start: Timestamp, gaps: &[i64]) -> Vec<Timestamp> {
    let add = |at: &mut Timestamp, gap: &i64| {
        *at += minutes(*gap);
        Some(*at)
    };
    gaps.iter().scan(start, add).collect()
}

proptest! {
    #[test]
    fn b_6_a_time_of_day_closes_once_on_each_local_day(
        change in 0..CHANGES.len(), hour in 0..24_i8, minute in 0..60_i8,
    ) {
        let (zone, start) = CHANGES[change];
        let closing: Closing = format!("{hour}:{minute:02} {zone}").parse().unwrap();
        let zone = TimeZone::get(zone).unwrap();
        let mut at = closing.next_after(at(start)).unwrap();
        for _ in 0..6 {
            let next = closing.next_after(at).unwrap();
            let (today, tomorrow) = (zone.to_datetime(at).date(), zone.to_datetime(next).date());
            prop_assert_eq!(today.tomorrow().unwrap(), tomorrow);
            at = next;
        }
    }

    #[test]
    fn b_6_from_wherever_one_asks_the_next_closing_is_the_same(
        change in 0..CHANGES.len(), offset in 0..7200_i64, cron in prop::sample::select(vec![
            "30 1 * * *", "0 0 * * *", "*/20 * * * *", "15 */2 * * *", "0 1,2,3 * * *", "59 23 * * 1-5",
        ]),
    ) {
        let (zone, start) = CHANGES[change];
        let table = Timetable::parse(&[format!("{cron} {zone}")], 0).unwrap();
        let asked = at(start) + minutes(offset);
        let all = closings(&table, at(start), asked + minutes(6 * 1440));
        let expected = all.into_iter().find(|closing| *closing > asked);
        prop_assert_eq!(table.next_after(asked), expected);
    }

    #[test]
    fn b_6_windows_tile_over_changes_of_the_clocks_and_after_missed_days(
        change in 0..CHANGES.len(),
        gaps in prop::collection::vec(prop_oneof![8 => 1..30_i64, 1 => 300..5000_i64], 1..400),
        lead in prop::sample::select(vec![0_i64, 1800]),
        cron in prop::sample::select(vec![
            "30 1 * * *", "0 0 * * *", "*/20 * * * *", "0 1,2,3 * * *", "59 23 * * 1-5",
        ]),
    ) {
        let (zone, start) = CHANGES[change];
        let table = Timetable::parse(&[format!("{cron} {zone}")], lead).unwrap();
        let ticks = ticks(at(start), &gaps);
        let windows = windows(&table, at(start), &ticks);
        let all = closings(&table, at(start), *ticks.last().unwrap());
        for pair in windows.windows(2) {
            prop_assert_eq!(pair[0].to, pair[1].from);
        }
        for window in &windows {
            prop_assert!(window.from < window.to && all.contains(&window.to));
        }
    }

    #[test]
    fn b_6_when_nothing_is_missed_each_closing_makes_one_window(
        change in 0..CHANGES.len(), gaps in prop::collection::vec(1..10_i64, 600..900),
    ) {
        let (zone, start) = CHANGES[change];
        let table = Timetable::parse(&[format!("*/20 * * * * {zone}")], 0).unwrap();
        let ticks = ticks(at(start), &gaps);
        let made: Vec<_> = windows(&table, at(start), &ticks).iter().map(|w| w.to).collect();
        prop_assert_eq!(made, closings(&table, at(start), *ticks.last().unwrap()));
    }
}
