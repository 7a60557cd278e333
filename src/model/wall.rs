//! Wall-clock times to instants. A time that the clocks skip is the first instant after the gap; one that comes
//! twice is its first coming.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// The zone with an IANA name.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// The instant at which the clocks of `zone` show `wall`; none outside the years that can be told.
pub fn instant(zone: &TimeZone, wall: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(wall).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(wall).ok(),
        // Read by the clocks after the gap, a skipped time lies just before it.
        AmbiguousOffset::Gap { after, .. } => {
            let eve = after.to_timestamp(wall).ok()?;
            zone.following(eve).next().map(|change| change.timestamp())
        }
    }
}

/// What the clocks of `zone` show at `instant`.
pub fn wall(zone: &TimeZone, instant: Timestamp) -> DateTime {
    zone.to_offset(instant).to_datetime(instant)
}

/// The next change of the clocks of `zone` after `instant`.
pub fn next_change(zone: &TimeZone, instant: Timestamp) -> Option<Timestamp> {
    zone.following(instant).next().map(|change| change.timestamp())
}

/// Seconds of Unix time of a wall-clock time read as UTC: a straight line, for cron.
pub fn as_utc_seconds(wall: DateTime) -> Option<i64> {
    Offset::UTC.to_timestamp(wall).ok().map(floor_seconds)
}

/// The wall-clock time of such seconds.
pub fn from_utc_seconds(seconds: i64) -> Option<DateTime> {
    Timestamp::from_second(seconds).ok().map(|instant| Offset::UTC.to_datetime(instant))
}

fn floor_seconds(instant: Timestamp) -> i64 {
    let below = instant.subsec_nanosecond() < 0;
    instant.as_second() - i64::from(below)
}

/// A moment earlier, as finely as the store keeps time.
pub fn just_before(instant: Timestamp) -> Timestamp {
    instant.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(instant)
}
