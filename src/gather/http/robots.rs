//! robots.txt (RFC 9309), remembered for each origin, and between runs for a day.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use texting_robots::Robot;
use url::Url;

use super::error::FetchError;
use crate::model::source::RobotsFile;

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

/// The robots.txt of the origins asked so far, and of those whose robots.txt an earlier run read. One gatherer lives for
/// one run, so that none gets stale.
#[derive(Debug, Default)]
pub(super) struct RobotsCache(Mutex<HashMap<String, Known>>);

/// What is known of an origin.
#[derive(Debug)]
enum Known {
    /// What an earlier run read.
    Kept(RobotsFile),
    /// The rules that an earlier run read.
    KeptRules(Arc<Rules>),
    /// The rules that this run read, and their text until it is taken.
    Read(Arc<Rules>, Option<RobotsFile>),
}

impl RobotsCache {
    /// Takes note of what an earlier run read.
    pub(super) fn keep(&self, files: Vec<RobotsFile>) {
        let mut known = self.known();
        for file in files {
            known.entry(file.origin.clone()).or_insert(Known::Kept(file));
        }
    }

    /// The rules of the origin of `url`, if they were read. What an earlier run read counts only where it lets `url` be
    /// read: an outlet that has changed its mind is not to wait for a day.
    pub(super) fn get(&self, agent: &str, origin: &str, url: &Url) -> Option<Arc<Rules>> {
        let mut known = self.known();
        let of_origin = known.get_mut(origin)?;
        if let Known::Kept(file) = of_origin {
            let rules = Rules::of(agent, file.status, file.text.as_bytes());
            *of_origin = Known::KeptRules(Arc::new(rules));
        }
        match of_origin {
            Known::KeptRules(rules) => Some(rules).filter(|rules| rules.check(url).is_ok()),
            Known::Read(rules, _) => Some(rules),
            Known::Kept(_) => None,
        }
        .cloned()
    }

    /// Remembers the rules of an origin, and their text for later runs.
    pub(super) fn put(&self, origin: String, rules: Rules, file: Option<RobotsFile>) -> Arc<Rules> {
        let rules = Arc::new(rules);
        self.known().insert(origin, Known::Read(Arc::clone(&rules), file));
        rules
    }

    /// The robots.txt of `origin` that this run read, once.
    pub(super) fn take(&self, origin: &str) -> Option<RobotsFile> {
        match self.known().get_mut(origin)? {
            Known::Read(_, file) => file.take(),
            Known::Kept(_) | Known::KeptRules(_) => None,
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn file(text: &str) -> RobotsFile {
        RobotsFile {
            origin: "https://outlet.example".to_owned(),
            read_at: jiff::Timestamp::UNIX_EPOCH,
            status: 200,
            text: text.to_owned(),
        }
    }

    #[test]
    fn what_an_earlier_run_read_counts_where_it_lets_the_address_be_read() {
        let cache = RobotsCache::default();
        cache.keep(vec![file("User-agent: *\nDisallow: /private\n")]);
        let get = |path: &str| {
            let url = Url::parse(&format!("https://outlet.example{path}")).unwrap();
            cache.get("sitrep", "https://outlet.example", &url).is_some()
        };
        assert!(get("/news") && !get("/private") && get("/news"));
        assert_eq!(cache.take("https://outlet.example"), None);
        let read = file("User-agent: *\nDisallow: /other\n");
        let rules = Rules::of("sitrep", read.status, read.text.as_bytes());
        cache.put(read.origin.clone(), rules, Some(read.clone()));
        // What this run read stands, a no too, and nothing that was kept takes its place.
        cache.keep(vec![file("")]);
        assert!(get("/private") && get("/other"));
        assert_eq!(cache.take("https://outlet.example"), Some(read));
        assert_eq!(cache.take("https://outlet.example"), None);
    }
}
