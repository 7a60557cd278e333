//! Turns at hosts: of several processes on one database, on one machine or many, one at a time asks a host.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Collector, PipelineError};
use crate::model::id::SourceId;
use crate::model::source::Source;
use crate::store::leases;

/// The sources of one host, each with its place among those of the run.
pub(super) type Host = Vec<(usize, Source)>;

/// What the names of our leases begin with.
const PREFIX: &str = "gather/";

/// The name of a host's lease; what is no web address stands by itself.
pub(super) fn name(host: &[(usize, Source)]) -> String {
    let Some((_, first)) = host.first() else { return PREFIX.to_owned() };
    let named = Url::parse(&first.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    format!("{PREFIX}{}", named.unwrap_or_else(|| format!("{}:", first.id)))
}

/// The ids of all sources of hosts.
pub(super) fn ids(hosts: &[Host]) -> Vec<SourceId> {
    hosts.iter().flatten().map(|(_, source)| source.id.clone()).collect()
}

impl Collector<'_> {
    /// The hosts whose turn it is now, and those at which another process is.
    pub(super) async fn take_turns(
        &self,
        hosts: Vec<Host>,
    ) -> Result<(Vec<Host>, Vec<Host>), PipelineError> {
        let names: Vec<String> = hosts.iter().map(|host| name(host)).collect();
        let now = self.clock.now();
        let taken =
            leases::take_all(self.db, &names, self.worker, self.turns_end(now), now).await?;
        Ok(hosts.into_iter().partition(|host| taken.contains(&name(host))))
    }

    /// Holds on to the turns that are under way.
    pub(super) async fn keep_turns(&self) -> Result<(), PipelineError> {
        let now = self.clock.now();
        Ok(leases::renew_all(self.db, PREFIX, self.worker, self.turns_end(now), now).await?)
    }

    /// Gives back the turns that are left, as after an error.
    pub(super) async fn end_turns(&self) -> Result<(), PipelineError> {
        Ok(leases::release_all(self.db, PREFIX, self.worker).await?)
    }

    fn turns_end(&self, now: Timestamp) -> Timestamp {
        let lease = SignedDuration::try_from(self.config.gather.lease.duration());
        now.saturating_add(lease.unwrap_or_default()).unwrap_or(Timestamp::MAX)
    }
}

/// Takes out of `hosts` the sources `tried`, and the hosts of which nothing is left.
pub(super) fn without(hosts: &mut Vec<Host>, tried: &HashSet<SourceId>) {
    for host in &mut *hosts {
        host.retain(|(_, source)| !tried.contains(&source.id));
    }
    hosts.retain(|host| !host.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_of_one_host_have_one_turn() {
        let host = |url: &str| vec![(0, Source::new(SourceId::new("s"), "S", url))];
        assert_eq!(name(&host("https://outlet.example/a")), "gather/outlet.example");
        assert_eq!(name(&host("http://outlet.example:80/b")), "gather/outlet.example");
        assert_eq!(name(&host("file:in")), "gather/s:");
    }
}
