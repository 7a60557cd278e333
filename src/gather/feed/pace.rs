//! How often a feed says that it changes: `ttl` of RSS 2, and the syndication module of RSS 1.

use std::time::Duration;

/// What a feed says of its pace.
#[derive(Debug, Default)]
pub(super) struct Pace {
    ttl: Option<Duration>,
    period: Option<Duration>,
    frequency: Option<u32>,
}

impl Pace {
    /// `ttl`, in minutes.
    pub(super) fn ttl(&mut self, text: &str) {
        let minutes = text.parse::<u64>().ok().filter(|minutes| *minutes > 0);
        self.ttl = minutes.map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
    }

    /// `sy:updatePeriod`.
    pub(super) fn period(&mut self, text: &str) {
        let hours = match text.to_ascii_lowercase().as_str() {
            "hourly" => 1,
            "daily" => 24,
            "weekly" => 7 * 24,
            "monthly" => 30 * 24,
            "yearly" => 365 * 24,
            _ => return,
        };
        self.period = Some(Duration::from_hours(hours));
    }

    /// `sy:updateFrequency`: so many times in a period.
    pub(super) fn frequency(&mut self, text: &str) {
        self.frequency = text.parse().ok().filter(|times| *times > 0);
    }

    /// The time between two changes; none where the feed does not say.
    pub(super) fn between(&self) -> Option<Duration> {
        let period = self.period.map(|period| period / self.frequency.unwrap_or(1));
        self.ttl.or(period)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    fn minutes(channel: &str) -> Option<u64> {
        let feed = format!(
            "<rss xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel>{channel}</channel></rss>"
        );
        read(feed.as_bytes(), None, None).unwrap().ttl.map(|ttl| ttl.as_secs() / 60)
    }

    #[test]
    fn a_feed_says_how_often_it_changes() {
        assert_eq!(minutes("<ttl>60</ttl>"), Some(60));
        let twice =
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>";
        assert_eq!(minutes(twice), Some(12 * 60));
        assert_eq!(minutes("<ttl>often</ttl><sy:updatePeriod>now</sy:updatePeriod>"), None);
        assert_eq!(minutes("<ttl>0</ttl>"), None);
    }
}
