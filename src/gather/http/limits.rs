//! One request at a time to each host, with a pause between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use tokio::time::{Instant, sleep_until};

/// A host's turns: who holds the lock may ask, and its value is the earliest time for the next request.
type Host = Arc<Turn<Option<Instant>>>;

/// How many hosts are remembered before those without a request under way are forgotten.
const REMEMBERED: usize = 4096;

/// Takes turns at hosts.
#[derive(Debug, Default)]
pub struct HostLimits {
    hosts: Mutex<HashMap<String, Host>>,
}

/// The right to ask a host; given back when dropped.
#[derive(Debug)]
pub struct Permit {
    next: OwnedMutexGuard<Option<Instant>>,
    pause: Duration,
}

impl HostLimits {
    /// Waits until it is our turn at `host`; the next turn comes no sooner than `pause` after this one ends.
    pub async fn turn(&self, host: &str, pause: Duration) -> Permit {
        let next = self.host(host).lock_owned().await;
        if let Some(earliest) = *next {
            sleep_until(earliest).await;
        }
        Permit { next, pause }
    }

    fn host(&self, name: &str) -> Host {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= REMEMBERED {
            hosts.retain(|_, host| Arc::strong_count(host) > 1);
        }
        Arc::clone(hosts.entry(name.to_owned()).or_default())
    }
}

impl Permit {
    /// Makes the pause after this turn no shorter than `pause`.
    pub fn pause_at_least(&mut self, pause: Duration) {
        self.pause = self.pause.max(pause);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.next = Some(Instant::now() + self.pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_is_asked_by_one_at_a_time_and_hosts_do_not_wait_for_each_other() {
        let limits = Arc::new(HostLimits::default());
        let held = limits.turn("a.example", Duration::ZERO).await;
        let other = Arc::clone(&limits);
        let waiting = tokio::spawn(async move { other.turn("a.example", Duration::ZERO).await });
        drop(limits.turn("b.example", Duration::ZERO).await);
        assert!(!waiting.is_finished());
        drop(held);
        assert!(waiting.await.is_ok());
    }
}
