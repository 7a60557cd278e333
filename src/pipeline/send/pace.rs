//! When a message may go to its domain, and when it is tried again.

use jiff::{SignedDuration, Timestamp};

use crate::store::outbox::Outgoing;

/// Stands for all domains together.
pub(super) const ALL: &str = "*";

/// Waits between tries, in minutes; after the last, hourly (delivery.md 4.1).
const BACKOFF_MINUTES: &[i64] = &[1, 5, 15, 30, 60, 120];

/// How long a domain that asked for it is left alone, by how often it asked (delivery.md 4.1).
const PAUSE_MINUTES: &[i64] = &[15, 60, 240];

/// The rate of a domain that asked for a pause where none is configured, in messages a minute; halved each time.
const AFTER_PAUSE: u32 = 60;

/// Domains behind which one provider stands with many names.
const PROVIDERS: &[(&str, &[&str])] = &[
    ("gmail.com", &["googlemail.com"]),
    (
        "outlook.com",
        &["hotmail.com", "live.com", "msn.com", "hotmail.co.uk", "hotmail.fr", "live.co.uk"],
    ),
    (
        "yahoo.com",
        &["ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "aol.com"],
    ),
    ("icloud.com", &["me.com", "mac.com"]),
];

/// The name under which a domain is paced: that of its provider.
pub(super) fn mail_domain(domain: &str) -> String {
    let owner = PROVIDERS.iter().find(|(_, names)| names.contains(&domain));
    owner.map_or(domain, |(name, _)| name).to_owned()
}

/// Whether a name is that of a provider.
pub(super) fn is_provider(name: &str) -> bool {
    PROVIDERS.iter().any(|(provider, _)| *provider == name)
}

/// The time between two messages at `rate` a minute, doubled with each pause; none where there is no limit.
pub(super) fn interval(rate: u32, pauses: u32) -> Option<SignedDuration> {
    let rate = if rate == 0 && pauses > 0 { AFTER_PAUSE } else { rate };
    let micros = 60_000_000_i64.checked_div(i64::from(rate))?;
    Some(SignedDuration::from_micros(micros << pauses.min(6)))
}

/// A quarter of a second early is on time: no run wakes up to the microsecond.
pub(super) fn admitted(slot: Timestamp, now: Timestamp) -> bool {
    slot.duration_since(now) <= SignedDuration::from_millis(250)
}

/// How long a domain is left alone that had asked for `before` pauses.
pub(super) fn pause(before: u32) -> SignedDuration {
    let step = usize::try_from(before).unwrap_or(usize::MAX).min(PAUSE_MINUTES.len() - 1);
    SignedDuration::from_mins(PAUSE_MINUTES.get(step).copied().unwrap_or(240))
}

/// The wait after this try, 20 % shorter or longer by the message's id, so that retries do not come in one burst.
pub(super) fn wait(outgoing: &Outgoing) -> SignedDuration {
    let tries = usize::try_from(outgoing.delivery.attempts).unwrap_or(usize::MAX);
    let seconds = BACKOFF_MINUTES.get(tries).copied().unwrap_or(60) * 60;
    let spread = i64::from(outgoing.delivery.id.0.as_bytes()[15]) * 40 / 255 - 20;
    SignedDuration::from_secs(seconds + seconds * spread / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_13_a_rate_is_halved_with_each_pause_and_providers_have_one_pace() {
        assert_eq!(interval(0, 0), None);
        assert_eq!(interval(60, 0), Some(SignedDuration::from_secs(1)));
        assert_eq!(interval(60, 2), Some(SignedDuration::from_secs(4)));
        assert_eq!(interval(0, 1), Some(SignedDuration::from_secs(2)));
        assert_eq!(mail_domain("googlemail.com"), "gmail.com");
        assert_eq!(mail_domain("example.org"), "example.org");
        let minutes: Vec<_> = (0..4).map(|n| pause(n).as_mins()).collect();
        assert_eq!(minutes, [15, 60, 240, 240]);
    }
}
