//! Which sources a run of gathering tries, and which of them in turn.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use url::Url;

use super::{Collector, PipelineError};
use crate::model::id::SourceId;
use crate::model::source::Source;
use crate::store::sources;

/// Which sources are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// All but those whose outlet asked us to wait.
    All,
    /// Those that fall due by their timetable.
    ByTimetable,
}

/// Until when sources are left alone.
pub(super) type Waits = BTreeMap<SourceId, Timestamp>;

impl Collector<'_> {
    /// All sources: those of files first, then those of the store.
    pub async fn sources(&self) -> Result<Vec<Source>, PipelineError> {
        let all = super::sources::all(self.db, self.file_sources).await?;
        Ok(all.into_iter().map(|(source, _)| source).collect())
    }

    /// The named sources, or all that are not paused and due; and until when those are to be left alone whose outlet asked
    /// us to wait.
    pub(super) async fn chosen(
        &self,
        only: &[SourceId],
        due: Due,
    ) -> Result<(Vec<Source>, Waits), PipelineError> {
        let all = self.sources().await?;
        let known: BTreeSet<_> = all.iter().map(|source| source.id.clone()).collect();
        if let Some(missing) = only.iter().find(|id| !known.contains(*id)) {
            return Err(PipelineError::UnknownSource(missing.to_string()));
        }
        if !only.is_empty() {
            let named = all.into_iter().filter(|source| only.contains(&source.id)).collect();
            return Ok((named, Waits::new()));
        }
        let states = sources::fetch_states(self.db).await?;
        let now = self.clock.now();
        let waits = |source: &Source| {
            let until = states.get(&source.id)?.not_before.filter(|until| *until > now);
            until.filter(|_| !source.paused).map(|until| (source.id.clone(), until))
        };
        let wanted = |source: &Source| {
            let state = states.get(&source.id);
            let time = state.and_then(|state| match due {
                Due::All => state.not_before,
                Due::ByTimetable => state.next_poll,
            });
            // Looking into a folder costs nobody anything.
            let is_web = source.url.starts_with("http");
            !source.paused && (!is_web || time.is_none_or(|time| time <= now))
        };
        let waits = all.iter().filter_map(waits).collect();
        Ok((all.into_iter().filter(wanted).collect(), waits))
    }
}

/// The sources by their host, each with its place; what is no web address stands by itself.
pub(super) fn by_host(sources: Vec<Source>) -> Vec<Vec<(usize, Source)>> {
    let mut hosts: Vec<Vec<(usize, Source)>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (place, source) in sources.into_iter().enumerate() {
        let host = Url::parse(&source.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let at = host.map_or(hosts.len(), |host| *places.entry(host).or_insert(hosts.len()));
        match hosts.get_mut(at) {
            Some(together) => together.push((place, source)),
            None => hosts.push(vec![(place, source)]),
        }
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_of_one_host_stand_together_and_keep_their_places() {
        let source = |url: &str| -> Source {
            serde_json::from_value(serde_json::json!({"id": url, "name": "A", "url": url})).unwrap()
        };
        let urls = [
            "https://a.example/1",
            "file:x",
            "https://b.example/",
            "https://a.example/2",
            "file:y",
        ];
        let hosts = by_host(urls.map(source).to_vec());
        let places: Vec<Vec<usize>> =
            hosts.iter().map(|host| host.iter().map(|(place, _)| *place).collect()).collect();
        assert_eq!(places, [vec![0, 3], vec![1], vec![2], vec![4]]);
    }
}
