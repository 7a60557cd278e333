//! A lane for each provider or shared server: so many connections at once, and those that wait for their next message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::Open;

/// How long a lane is left alone whose servers could not be reached.
const SHUT: Duration = Duration::from_mins(1);
/// Connections that wait, over all lanes; servers close them soon anyway.
const WAITING: usize = 32;

/// Providers by the names of their servers, under the name of their best known domain.
const PROVIDERS: &[(&str, &[&str])] = &[
    ("gmail.com", &["google.com", "googlemail.com"]),
    ("outlook.com", &["outlook.com", "hotmail.com", "mx.microsoft"]),
    ("yahoo.com", &["yahoodns.net"]),
    ("icloud.com", &["icloud.com"]),
];

/// The provider that a mail server belongs to.
pub(super) fn provider(server: &str) -> Option<&'static str> {
    let is_under = |end: &str| {
        server.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let found = PROVIDERS.iter().find(|(_, ends)| ends.iter().any(|end| is_under(end)));
    found.map(|(name, _)| *name)
}

/// All lanes of a process.
pub(super) struct Lanes {
    connections: usize,
    by_name: Mutex<HashMap<String, Arc<Lane>>>,
}

/// One lane.
pub(super) struct Lane {
    name: String,
    turns: Semaphore,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<Open>,
    shut: Option<(Instant, String)>,
}

impl Lanes {
    pub(super) fn new(connections: usize) -> Self {
        Self { connections, by_name: Mutex::default() }
    }

    pub(super) fn of(&self, name: &str) -> Arc<Lane> {
        let mut all = held(&self.by_name);
        let made = || {
            let (name, turns) = (name.to_owned(), Semaphore::new(self.connections));
            Arc::new(Lane { name, turns, state: Mutex::default() })
        };
        Arc::clone(all.entry(name.to_owned()).or_insert_with(made))
    }

    /// Lets a connection wait. Gives the one that has waited longest where there are too many.
    pub(super) fn put(&self, lane: &Lane, open: Open) -> Option<Open> {
        held(&lane.state).idle.push(open);
        let all: Vec<_> = held(&self.by_name).values().map(Arc::clone).collect();
        let waiting: usize = all.iter().map(|lane| held(&lane.state).idle.len()).sum();
        if waiting <= WAITING {
            return None;
        }
        let since = |lane: &Arc<Lane>| held(&lane.state).idle.first().map(|open| open.used);
        let oldest =
            all.iter().filter(|lane| since(lane).is_some()).min_by_key(|lane| since(lane))?;
        let mut state = held(&oldest.state);
        if state.idle.is_empty() { None } else { Some(state.idle.remove(0)) }
    }

    /// Takes out all connections that wait, and forgets lanes that nobody uses.
    pub(super) fn idle(&self) -> Vec<Open> {
        let mut all = held(&self.by_name);
        let idle = all.values().flat_map(|lane| std::mem::take(&mut held(&lane.state).idle));
        let idle = idle.collect();
        all.retain(|_, lane| Arc::strong_count(lane) > 1 || lane.shut().is_some());
        idle
    }
}

impl Lane {
    /// Waits for one of the connections.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.turns.acquire().await
    }

    /// A connection that waits, to one of `servers`; the one that was used last.
    pub(super) fn take(&self, servers: &[String]) -> Option<Open> {
        let mut state = held(&self.state);
        let at = state.idle.iter().rposition(|open| servers.contains(&open.server))?;
        Some(state.idle.remove(at))
    }

    /// Connections that wait, to other servers of the lane, beyond what may be open beside the ones in use.
    pub(super) fn surplus(&self, connections: usize) -> Vec<Open> {
        let in_use = connections.saturating_sub(self.turns.available_permits());
        let mut state = held(&self.state);
        let over = (state.idle.len() + in_use).saturating_sub(connections).min(state.idle.len());
        state.idle.drain(..over).collect()
    }

    /// Why nobody tries now.
    pub(super) fn shut(&self) -> Option<String> {
        let state = held(&self.state);
        let (until, why) = state.shut.as_ref()?;
        (*until > Instant::now()).then(|| why.clone())
    }

    /// Leaves the lane alone for a while: each message would wait for the same answer.
    pub(super) fn shut_for_now(&self, why: &str) {
        held(&self.state).shut = Some((Instant::now() + SHUT, why.to_owned()));
        tracing::debug!(lane = self.name, why, "left alone for a minute");
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_13_domains_of_one_provider_share_a_lane_by_the_names_of_their_servers() {
        for (server, name) in [
            ("gmail-smtp-in.l.google.com", Some("gmail.com")),
            ("aspmx.l.google.com", Some("gmail.com")),
            ("example-org.mail.protection.outlook.com", Some("outlook.com")),
            ("mta5.am0.yahoodns.net", Some("yahoo.com")),
            ("mx01.mail.icloud.com", Some("icloud.com")),
            ("mx.example.net", None),
            ("mx.notgoogle.com", None),
        ] {
            assert_eq!(provider(server), name, "{server}");
        }
    }
}
