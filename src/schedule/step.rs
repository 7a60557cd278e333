//! What a schedule does at a tick: fire once for what is due, however much was missed.

use jiff::{SignedDuration, Timestamp};

use crate::model::closing::Timetable;
use crate::model::wall;
use crate::store::schedules::Step;

/// How late a closing may be made good: six hours (DESIGN section 8). What is older is left to the next closing,
/// whose window then covers it.
pub const DEFAULT_GRACE: SignedDuration = SignedDuration::from_hours(6);

/// The step of a schedule that is due at `due` and looked at `now`. Several instants that were missed are one firing,
/// for the last of them. None when it would never be due again.
pub fn step(
    table: &Timetable,
    due: Timestamp,
    now: Timestamp,
    grace: SignedDuration,
) -> Option<Step> {
    let oldest = now.saturating_sub(grace).unwrap_or(due);
    let mut next = if due < oldest { table.next_after(wall::just_before(oldest))? } else { due };
    let mut fire = None;
    while next <= now {
        fire = Some(next);
        next = table.next_after(next)?;
    }
    Some(Step { fire, next_due_at: next })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn daily(due: &str, now: &str) -> Step {
        let table = Timetable::parse(&["05:30 UTC".to_owned()], 0).unwrap();
        step(&table, at(due), at(now), DEFAULT_GRACE).unwrap()
    }

    #[test]
    fn a_closing_that_is_late_but_within_the_grace_fires_for_its_own_instant() {
        let step = daily("2026-03-01T05:30:00Z", "2026-03-01T11:30:00Z");
        assert_eq!(step.fire, Some(at("2026-03-01T05:30:00Z")));
        assert_eq!(step.next_due_at, at("2026-03-02T05:30:00Z"));
    }

    #[test]
    fn d_34_days_that_were_missed_fire_once() {
        let step = daily("2026-03-01T05:30:00Z", "2026-03-05T06:00:00Z");
        assert_eq!(step.fire, Some(at("2026-03-05T05:30:00Z")));
        assert_eq!(step.next_due_at, at("2026-03-06T05:30:00Z"));
    }

    #[test]
    fn what_is_older_than_the_grace_is_left_to_the_next_closing() {
        let step = daily("2026-03-01T05:30:00Z", "2026-03-01T11:30:01Z");
        assert_eq!(step.fire, None);
        assert_eq!(step.next_due_at, at("2026-03-02T05:30:00Z"));
    }
}
