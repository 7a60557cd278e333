//! What outlets ask of programs, kept between runs.

use jiff::{SignedDuration, Timestamp};

/// How long a robots.txt counts that was read: RFC 9309 (2.4) says no longer than a day.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A robots.txt as it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsFile {
    /// Whose: scheme, host and port.
    pub origin: String,
    /// When.
    pub read_at: Timestamp,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What it says.
    pub text: String,
}

impl RobotsFile {
    /// What was read before this counts no longer.
    pub fn oldest(now: Timestamp) -> Timestamp {
        now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN)
    }
}
