//! The clock guard: whether the machine's clock agrees with the servers that we fetch from.

use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;

use crate::model::time::{CLOCK_ALERT, middle};

/// Over this, nothing fires.
const STOP: SignedDuration = SignedDuration::from_hours(1);

/// What to think of the machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockVerdict {
    /// It is right, or nobody has told us otherwise.
    #[default]
    Fine,
    /// It is so far behind the servers (ahead of them, when negative): tell an operator.
    Alert(SignedDuration),
    /// It is so far off that nothing may fire.
    Stop(SignedDuration),
}

/// Judges by what each server's `Date` was ahead of our clock. The middle one counts, so one server that is wrong
/// does not stop us.
pub fn judge(ahead: &[SignedDuration]) -> ClockVerdict {
    match middle(ahead) {
        Some(off) if off.abs() > STOP => ClockVerdict::Stop(off),
        Some(off) if off.abs() > CLOCK_ALERT => ClockVerdict::Alert(off),
        _ => ClockVerdict::Fine,
    }
}

/// The last verdict, shared between who fetches and who fires.
#[derive(Debug, Default)]
pub struct ClockGuard(Mutex<ClockVerdict>);

impl ClockGuard {
    /// Takes in the offsets of one round of fetches; a round without any changes nothing.
    pub fn observe(&self, ahead: &[SignedDuration]) {
        if !ahead.is_empty() {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = judge(ahead);
        }
    }

    /// The last verdict.
    pub fn verdict(&self) -> ClockVerdict {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(minutes: &[i64]) -> ClockVerdict {
        judge(&minutes.iter().map(|m| SignedDuration::from_mins(*m)).collect::<Vec<_>>())
    }

    #[test]
    fn over_ten_minutes_alerts_and_over_an_hour_stops_in_either_direction() {
        assert_eq!(minutes(&[]), ClockVerdict::Fine);
        assert_eq!(minutes(&[10]), ClockVerdict::Fine);
        assert_eq!(minutes(&[-11]), ClockVerdict::Alert(SignedDuration::from_mins(-11)));
        assert_eq!(minutes(&[61]), ClockVerdict::Stop(SignedDuration::from_mins(61)));
        assert_eq!(minutes(&[-600]), ClockVerdict::Stop(SignedDuration::from_mins(-600)));
    }

    #[test]
    fn one_server_that_is_wrong_does_not_stop_us() {
        assert_eq!(minutes(&[0, 5_000, 1]), ClockVerdict::Fine);
    }

    #[test]
    fn a_round_without_dates_leaves_the_verdict() {
        let guard = ClockGuard::default();
        guard.observe(&[SignedDuration::from_hours(2)]);
        guard.observe(&[]);
        assert!(matches!(guard.verdict(), ClockVerdict::Stop(_)));
    }
}
