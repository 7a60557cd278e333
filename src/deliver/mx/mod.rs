//! Mail straight to the servers of its domains: found in the DNS, tried in order, a few connections to each domain.

mod dns;
mod lane;
mod link;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use lettre::transport::smtp::extension::ClientId;
use tokio::time::{Instant, timeout};

use super::DeliverError;
use super::message::Mail;
use super::smtp::{Dialogue, Sent};
use crate::config::deliver::MxConfig;
use crate::model::delivery::SendOutcome;
use crate::model::reply::{Way, noted};
use dns::{Dns, Servers};
use lane::{Lane, Lanes, provider};
use link::{Manner, NoLink};

/// After so many domains in a row that could not be reached it is this machine that has no way out.
const DOWN: u32 = 5;
/// What our own reports begin with where there is no connection, or no answer of the DNS.
const NO_WAY: [&str; 2] = ["451 4.4.1", "451 4.4.3"];
/// How long a message waits for a connection to its domain.
const TURN: Duration = Duration::from_secs(10);
/// Domains that are asked for in the DNS at the same time.
const ASKED_AT_ONCE: usize = 32;

/// The way to all domains; sessions share their connections.
#[derive(Clone)]
pub(super) struct Exchange(Arc<Inner>);

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("manner", &self.0.manner).finish_non_exhaustive()
    }
}

struct Inner {
    dns: Dns,
    manner: Manner,
    connections: usize,
    messages: u32,
    lanes: Lanes,
}

/// A connection, and what is known of it.
pub(super) struct Open {
    dialogue: Dialogue,
    /// The server's name.
    server: String,
    way: Way,
    /// Messages that it carried.
    carried: u32,
    /// When it was used last.
    used: Instant,
}

impl Exchange {
    pub(super) fn new(config: &MxConfig) -> Result<Self, DeliverError> {
        let hello = config.helo.clone().map_or_else(ClientId::default, ClientId::Domain);
        let (require_tls, patience) = (config.require_tls, config.timeout.duration());
        Ok(Self(Arc::new(Inner {
            dns: Dns::new(config)?,
            manner: Manner { hello, require_tls, patience },
            connections: config.connections,
            messages: config.messages,
            lanes: Lanes::new(config.connections),
        })))
    }

    /// The names under which domains are paced: that of a provider, or of the server that domains share; without those
    /// of which the DNS tells nothing.
    pub(super) async fn lanes(&self, domains: BTreeSet<String>) -> BTreeMap<String, String> {
        let ask = |domain: String| async {
            let servers = self.0.dns.servers(&domain).await.ok()?;
            Some((domain, lane_of(&servers)))
        };
        let asked = futures::stream::iter(domains).map(ask).buffer_unordered(ASKED_AT_ONCE);
        asked.collect::<Vec<_>>().await.into_iter().flatten().collect()
    }

    /// Connects to a server of `domain`, without sending.
    pub(super) async fn probe(&self, domain: &str) -> Result<String, String> {
        let words = |outcome: SendOutcome| match outcome {
            SendOutcome::Accepted(text)
            | SendOutcome::Deferred(text)
            | SendOutcome::Failed(text)
            | SendOutcome::Unknown(text) => text,
        };
        let servers = self.0.dns.servers(domain).await.map_err(words)?;
        match self.0.connect(domain, &servers).await {
            Ok(open) => {
                let said = format!("the mail server of `{domain}` takes us");
                let said = noted(&said, &open.server, open.way);
                open.close().await;
                Ok(said)
            }
            Err(outcome) => Err(words(outcome)),
        }
    }
}

impl Inner {
    /// The first server that takes a connection. One that cannot be reached, or has no time, is followed by the next.
    async fn connect(&self, domain: &str, servers: &Servers) -> Result<Open, SendOutcome> {
        let mut last = None;
        for (server, at) in self.dns.places(domain, servers).await? {
            match self.manner.connect(&server, at).await {
                Ok((dialogue, way)) => {
                    let used = Instant::now();
                    return Ok(Open { dialogue, server, way, carried: 0, used });
                }
                Err(NoLink::Refused(outcome)) => {
                    last = Some(told(outcome, &server, Way::TurnedAway));
                }
                Err(NoLink::Broken(why)) => {
                    last.get_or_insert(SendOutcome::Deferred(format!(
                        "451 4.4.1 no connection to `{server}`: {why}"
                    )));
                }
            }
        }
        Err(last.unwrap_or_else(|| SendOutcome::Deferred("451 4.4.1 no server".to_owned())))
    }
}

impl Open {
    /// Says goodbye.
    pub(super) async fn close(mut self) {
        self.dialogue.close().await;
    }
}

/// One stream of messages to whatever domain each is for.
pub(super) struct MxSession {
    exchange: Exchange,
    /// Domains in a row that could not be reached.
    failed: u32,
}

impl MxSession {
    pub(super) fn new(exchange: Exchange) -> Self {
        Self { exchange, failed: 0 }
    }

    /// Whether no domain can be reached.
    pub(super) fn is_down(&self) -> bool {
        self.failed >= DOWN
    }

    /// Sends one message and says what came of it, with the server and whether the way to it was encrypted.
    pub(super) async fn send(&mut self, mail: &Mail) -> SendOutcome {
        let domain = mail.envelope.to().first().map_or("", |to| to.domain()).to_ascii_lowercase();
        let inner = Arc::clone(&self.exchange.0);
        let servers = match inner.dns.servers(&domain).await {
            Ok(servers) => servers,
            Err(outcome) => return self.counted(outcome),
        };
        let lane = inner.lanes.of(&lane_of(&servers));
        if let Some(why) = lane.shut() {
            return SendOutcome::Deferred(why);
        }
        let Ok(Ok(_turn)) = timeout(TURN, lane.turn()).await else {
            let why = "451 4.4.5 the connections to its servers are all in use";
            return SendOutcome::Deferred(why.to_owned());
        };
        self.send_in(&inner, &lane, &domain, &servers, mail).await
    }

    async fn send_in(
        &mut self,
        inner: &Inner,
        lane: &Lane,
        domain: &str,
        servers: &Servers,
        mail: &Mail,
    ) -> SendOutcome {
        let patience = inner.manner.patience;
        // One that turns out to be gone before the message began is no try.
        while let Some(mut open) = lane.take(&servers.names) {
            if !open.dialogue.refresh(patience).await {
                continue;
            }
            let sent = open.dialogue.deliver(mail, patience).await;
            if let Sent::Outcome(outcome) = sent
                && !Sent::is_idle(&outcome)
            {
                return inner.kept(lane, open, outcome).await;
            }
        }
        for open in lane.surplus(inner.connections) {
            open.close().await;
        }
        let mut open = match inner.connect(domain, servers).await {
            Ok(open) => open,
            Err(outcome) => {
                if let SendOutcome::Deferred(why) = &outcome {
                    lane.shut_for_now(why);
                }
                return self.counted(outcome);
            }
        };
        self.failed = 0;
        let outcome = match open.dialogue.deliver(mail, patience).await {
            Sent::Outcome(outcome) => outcome,
            Sent::Gone(why) => SendOutcome::Deferred(format!("451 4.4.2 {why}")),
        };
        inner.kept(lane, open, outcome).await
    }

    /// Counts what speaks for this machine having no way out: no connection, no answer of the DNS.
    fn counted(&mut self, outcome: SendOutcome) -> SendOutcome {
        if let SendOutcome::Deferred(why) = &outcome {
            self.failed += u32::from(NO_WAY.iter().any(|code| why.starts_with(code)));
        }
        outcome
    }

    /// Connects to a server of `domain`, without sending.
    pub(super) async fn probe(&self, domain: &str) -> Result<String, String> {
        self.exchange.probe(domain).await
    }

    /// Closes the connections that nobody uses.
    pub(super) async fn close(&mut self) {
        for open in self.exchange.0.lanes.idle() {
            open.close().await;
        }
    }
}

impl Inner {
    /// Keeps a connection for the next message to its domain, or ends it when it has carried its share.
    async fn kept(&self, lane: &Lane, mut open: Open, outcome: SendOutcome) -> SendOutcome {
        let outcome = told(outcome, &open.server, open.way);
        open.carried += 1;
        open.used = Instant::now();
        if open.dialogue.is_usable() && open.carried < self.messages {
            if let Some(over) = self.lanes.put(lane, open) {
                over.close().await;
            }
        } else {
            open.close().await;
        }
        outcome
    }
}

/// The name under which a domain is paced.
fn lane_of(servers: &Servers) -> String {
    provider(&servers.first).map_or_else(|| servers.first.clone(), str::to_owned)
}

/// The outcome with the server that it comes from.
fn told(outcome: SendOutcome, server: &str, way: Way) -> SendOutcome {
    let with = |text: String| noted(&text, server, way);
    match outcome {
        SendOutcome::Accepted(text) => SendOutcome::Accepted(with(text)),
        SendOutcome::Deferred(text) => SendOutcome::Deferred(with(text)),
        SendOutcome::Failed(text) => SendOutcome::Failed(with(text)),
        SendOutcome::Unknown(text) => SendOutcome::Unknown(with(text)),
    }
}
