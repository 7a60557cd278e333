//! Spans of time as people write them: `30s`, `15m`, `6h`, `2d`.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A span of time, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(Duration);

impl Span {
    /// So many seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// For timers.
    pub fn duration(self) -> Duration {
        self.0
    }

    /// For arithmetic with instants.
    pub fn signed(self) -> SignedDuration {
        SignedDuration::try_from(self.0).unwrap_or(SignedDuration::MAX)
    }
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let days = text.strip_suffix('d').and_then(|days| days.trim().parse::<u64>().ok());
        let span = match days {
            Some(days) => Some(Duration::from_secs(days.saturating_mul(86_400))),
            None => text.parse::<SignedDuration>().ok().and_then(|span| span.try_into().ok()),
        };
        span.map(Self)
            .ok_or_else(|| format!("`{text}` is no span of time; write `30s`, `15m`, `6h` or `2d`"))
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        format!("{}s", span.0.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (text, seconds) in
            [("30s", 30), ("15m", 900), ("6h", 21_600), ("2d", 172_800), ("1h30m", 5_400)]
        {
            assert_eq!(Span::try_from(text.to_owned()), Ok(Span::seconds(seconds)), "{text}");
        }
    }

    #[test]
    fn a_span_that_is_none_is_named_with_a_pattern_to_follow() {
        let error = Span::try_from("soon".to_owned()).unwrap_err();
        assert!(error.contains("`soon`") && error.contains("`15m`"));
    }
}
