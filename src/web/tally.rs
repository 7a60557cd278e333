//! How many requests there were, and how long they took: in memory, since the start of the process.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Requests by route and status.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<BTreeMap<(String, u16), Count>>);

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    requests: u64,
    took: Duration,
}

impl Tally {
    /// Counts one request.
    pub(super) fn add(&self, route: &str, status: u16, took: Duration) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((route.to_owned(), status)).or_default();
        count.requests += 1;
        count.took += took;
    }

    /// Writes the counts in Prometheus' text format.
    pub(super) fn write(&self, out: &mut String) {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.push_str("# TYPE sitrep_http_requests_total counter\n");
        for ((route, status), count) in counts.iter() {
            let labels = format!("{{route=\"{route}\",status=\"{status}\"}}");
            let _ = writeln!(out, "sitrep_http_requests_total{labels} {}", count.requests);
        }
        out.push_str("# TYPE sitrep_http_request_seconds_total counter\n");
        for ((route, status), count) in counts.iter() {
            let labels = format!("{{route=\"{route}\",status=\"{status}\"}}");
            let took = count.took.as_secs_f64();
            let _ = writeln!(out, "sitrep_http_request_seconds_total{labels} {took:.6}");
        }
    }
}
