//! The pipeline over a database of a test's own, a fixed clock and a scripted web site.

use std::sync::Arc;

use sitrep::app;
use sitrep::config::Config;
use sitrep::config::edition::EditionConfig;
use sitrep::config::span::Span;
use sitrep::model::FixedClock;
use sitrep::model::source::Source;
use sitrep::pipeline::Pipeline;
use tempfile::TempDir;

use super::samples::at;
use super::website::Website;

/// A pipeline with everything that it needs.
pub(crate) struct Newsdesk {
    pub pipeline: Pipeline,
    pub clock: Arc<FixedClock>,
    _dir: TempDir,
}

impl Newsdesk {
    /// A desk at `now` that reads `sources`, all of whose hosts are `site`, and closes one edition a day.
    pub(crate) async fn open(site: &Website, now: &str, sources: Vec<Source>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config { folder: dir.path().to_owned(), ..Config::default() };
        config.sources.files.clear();
        "sqlite:sitrep.db".clone_into(&mut config.database.url);
        config.gather.hosts = sources.iter().map(|source| (host(source), site.address())).collect();
        config.gather.host_delay = 0;
        config.gather.retries = 0;
        config.gather.total_timeout = Span::seconds(2);
        config.gather.idle_timeout = Span::seconds(1);
        let edition =
            EditionConfig { closes: vec!["05:30 UTC".to_owned()], ..EditionConfig::default() };
        config.edition.insert("daily".to_owned(), edition);
        let clock = Arc::new(FixedClock::new(at(now)));
        let mut pipeline = app::pipeline(config, clock.clone()).await.unwrap();
        pipeline.file_sources = sources;
        Self { pipeline, clock, _dir: dir }
    }

    /// Moves the clock on.
    pub(crate) fn after_minutes(&self, minutes: i64) {
        self.clock.advance(minutes * 60);
    }
}

fn host(source: &Source) -> String {
    url::Url::parse(&source.url).unwrap().host_str().unwrap().to_owned()
}

/// A source at `url`.
pub(crate) fn source(id: &str, url: &str) -> Source {
    serde_json::from_value(serde_json::json!({ "id": id, "name": id, "url": url })).unwrap()
}
