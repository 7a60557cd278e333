//! Jitter: waits that differ a little, so that many who wait for the same thing do not come at once.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// A wait of three to five quarters of `wait`.
pub(super) fn around(wait: Duration) -> Duration {
    // Each state has random keys of its own, which is all the chance that is needed here.
    let chance = u32::try_from(RandomState::new().hash_one(()) % 1000).unwrap_or(500);
    wait.mul_f64(0.75 + f64::from(chance) / 2000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_differ_and_stay_near_what_was_asked_for() {
        let waits: Vec<_> = (0..50).map(|_| around(Duration::from_secs(100))).collect();
        assert!(waits.iter().all(|wait| (75..=125).contains(&wait.as_secs())));
        assert!(waits.iter().any(|wait| *wait != waits[0]));
        assert_eq!(around(Duration::ZERO), Duration::ZERO);
    }
}
