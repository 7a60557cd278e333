//! robots.txt (RFC 9309), remembered for each origin.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use texting_robots::Robot;
use url::Url;

use super::error::FetchError;

/// How much of a robots.txt is read, in bytes: RFC 9309 (2.5) asks for at least 500 KiB.
pub(super) const ROBOTS_LIMIT: u64 = 512 << 10;

/// The longest pause between requests that a robots.txt may ask of us.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What a robots.txt says.
#[derive(Debug)]
pub(super) enum Rules {
    /// There is none: everything may be read.
    None,
    /// Its rules for us.
    Some(Box<Robot>),
    /// It could not be read.
    Broken(u16),
}

impl Rules {
    /// The rules of an answer: 4xx means that there are none, 5xx that nothing may be read.
    pub(super) fn of(agent: &str, status: u16, body: &[u8]) -> Self {
        match status {
            200..=299 => {
                Robot::new(agent, body).map_or(Self::None, |robot| Self::Some(Box::new(robot)))
            }
            500..=599 => Self::Broken(status),
            _ => Self::None,
        }
    }

    /// Whether an address may be read.
    ///
    /// # Errors
    /// Where it may not.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
        match self {
            Self::Some(robot) if !robot.allowed(url.as_str()) => Err(FetchError::Robots),
            Self::Broken(status) => Err(FetchError::RobotsBroken { status: *status }),
            _ => Ok(()),
        }
    }

    /// The pause between requests that it asks for.
    pub(super) fn pause(&self) -> Duration {
        let Self::Some(robot) = self else { return Duration::ZERO };
        let seconds = robot.delay.filter(|s| s.is_finite() && *s > 0.0).unwrap_or(0.0);
        Duration::try_from_secs_f32(seconds).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE)
    }
}

/// The robots.txt of the origins asked so far; one gatherer lives for one run, so they are never stale.
#[derive(Debug, Default)]
pub(super) struct RobotsCache(Mutex<HashMap<String, Arc<Rules>>>);

impl RobotsCache {
    /// The rules of an origin, if they were read.
    pub(super) fn get(&self, origin: &str) -> Option<Arc<Rules>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()
    }

    /// Remembers the rules of an origin.
    pub(super) fn put(&self, origin: String, rules: Rules) -> Arc<Rules> {
        let rules = Arc::new(rules);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(origin, Arc::clone(&rules));
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"User-agent: *\nDisallow: /private\nCrawl-delay: 60\n\nUser-agent: sitrep\nDisallow: /no\n";

    fn allowed(rules: &Rules, path: &str) -> bool {
        rules.check(&Url::parse(&format!("https://outlet.example{path}")).unwrap()).is_ok()
    }

    #[test]
    fn the_rules_for_our_name_go_before_those_for_all() {
        let ours = Rules::of("sitrep", 200, TEXT);
        assert!(allowed(&ours, "/private") && !allowed(&ours, "/no/x"));
        let others = Rules::of("other", 200, TEXT);
        assert!(!allowed(&others, "/private") && others.pause() == LONGEST_PAUSE);
    }

    #[test]
    fn none_means_yes_and_broken_means_no() {
        assert!(allowed(&Rules::of("sitrep", 404, b""), "/x"));
        assert!(!allowed(&Rules::of("sitrep", 503, b""), "/x"));
    }
}
