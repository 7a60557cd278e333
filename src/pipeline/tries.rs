//! The tries of a run: from a source to what is kept of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::PipelineError;
use super::gather::{Gathering, locked};
use super::shelf::{Inquiry, StoredShelf};
use super::turns::{self, Host};
use crate::config::Config;
use crate::gather::{Gatherer, SourceReport, poll};
use crate::model::Clock;
use crate::model::article::{Article, FoundArticle};
use crate::model::id::SourceId;
use crate::model::notice::{Notice, NoticeKind};
use crate::model::source::{FetchState, Source};
use crate::store::source_days::Volume;
use crate::store::sources::{Lease, Tried};
use crate::store::{Db, articles, sources};

/// What is remembered of the sources of a host.
pub(super) type States = BTreeMap<SourceId, FetchState>;

/// How many sources' articles may wait to be written: as many as are read while the disk is waited for. Where reading is
/// faster than the disk, it waits.
pub(super) const MOST_WAITING: usize = 64;

/// How many sources' articles are written together.
const WRITTEN: usize = 128;

/// One run of gathering, as its tries share it.
pub(super) struct Run {
    pub(super) db: Db,
    pub(super) config: Arc<Config>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) worker: String,
    pub(super) gatherer: Gatherer,
    /// Where it is asked what is known.
    pub(super) inquiries: mpsc::Sender<Inquiry>,
    /// What is older is kept and not mailed, on a first run and in a backfill.
    pub(super) cutoff: Timestamp,
    pub(super) backfill: bool,
    pub(super) usual: BTreeMap<SourceId, Volume>,
    /// When it began: what another process has tried since is not tried again.
    pub(super) began: Timestamp,
    pub(super) elsewhere: Mutex<Vec<SourceId>>,
    pub(super) done: Mutex<Vec<(usize, Gathering)>>,
}

/// What a try of a source left that is not in the store yet.
pub(super) struct Waiting {
    /// Its place among the sources of the run.
    place: usize,
    gathering: Gathering,
    articles: Vec<Article>,
    tried: Tried,
}

impl Run {
    /// Notes sources that are left to another process.
    pub(super) fn left_elsewhere(&self, sources: impl IntoIterator<Item = SourceId>) {
        locked(&self.elsewhere).extend(sources);
    }

    /// Tries the sources of a host in turn; what each leaves goes to `left`.
    pub(super) async fn gather_host(
        self: Arc<Self>,
        left: mpsc::Sender<Waiting>,
        host: Host,
        mut states: States,
    ) {
        let (name, last) = (turns::name(&host), host.len());
        for (number, (place, source)) in (1..).zip(host) {
            let state = states.remove(&source.id).unwrap_or_default();
            let mut tried = self.gather_one(place, source, state).await;
            let lease = || Lease { name: name.clone(), holder: self.worker.clone() };
            tried.tried.lease = (number == last).then(lease);
            if left.send(tried).await.is_err() {
                // Writing has failed, which ends the run.
                return;
            }
        }
    }

    /// Remembers what tries leave, until none is left. What comes while it writes is written together next: each
    /// statement costs a way to the database and back.
    pub(super) async fn remember_all(
        &self,
        mut waiting: mpsc::Receiver<Waiting>,
    ) -> Result<(), PipelineError> {
        let mut some = Vec::with_capacity(WRITTEN);
        while waiting.recv_many(&mut some, WRITTEN).await > 0 {
            self.remember(std::mem::take(&mut some)).await?;
        }
        Ok(())
    }

    /// Articles before the states: whoever is killed in between finds them known the next time.
    async fn remember(&self, mut left: Vec<Waiting>) -> Result<(), PipelineError> {
        let lists = left.iter_mut().map(|one| std::mem::take(&mut one.articles)).collect();
        let all_new = articles::insert_lists(&self.db, lists).await?;
        for (one, new) in left.iter_mut().zip(all_new) {
            one.gathering.new = new;
            // What a backfill brings is not usual.
            let usual = if self.backfill { 0 } else { new };
            one.tried.new = one.gathering.outcome.is_read().then_some(usual);
            log(&one.gathering);
        }
        let (done, tried): (Vec<_>, Vec<_>) =
            left.into_iter().map(|one| ((one.place, one.gathering), one.tried)).unzip();
        sources::settle(&self.db, &tried).await?;
        locked(&self.done).extend(done);
        Ok(())
    }

    async fn gather_one(&self, place: usize, source: Source, state: FetchState) -> Waiting {
        let stored = StoredShelf::new(&source.id, &self.inquiries);
        let mut report = self.gatherer.gather(&source, &state, &stored).await;
        let found = u32::try_from(report.articles.len()).unwrap_or(u32::MAX);
        let articles = self.articles(&source, &state, &mut report);
        let tried = self.tried(&source, &state, &mut report);
        let gathering = Gathering {
            source: source.id,
            name: source.name,
            outcome: report.outcome,
            message: Some(report.message).filter(|text| !text.is_empty()),
            skipped: report.skipped,
            new: 0,
            found,
            wait_until: tried.state.not_before,
        };
        Waiting { place, gathering, articles, tried }
    }

    /// On a source's first run, and in a backfill, what is older than the oldest open window is kept and read, and
    /// never mailed.
    fn articles(
        &self,
        source: &Source,
        state: &FetchState,
        report: &mut SourceReport,
    ) -> Vec<Article> {
        let now = self.clock.now();
        let quietly = self.backfill || state.last_read.is_none();
        let article = |found: FoundArticle| {
            let old = found.published.is_some_and(|published| published < self.cutoff);
            Article::new(source.id.clone(), found, now, !(quietly && old))
        };
        std::mem::take(&mut report.articles).into_iter().map(article).collect()
    }

    /// What to remember of a source: how it fared, when it is asked next, and what an editor is to be told of it.
    fn tried(&self, source: &Source, before: &FetchState, report: &mut SourceReport) -> Tried {
        let now = self.clock.now();
        let per_week = self.usual.get(&source.id).copied().and_then(Volume::per_week);
        let config = &self.config.gather;
        poll::plan(&mut report.state, &report.wishes, source, per_week, config, now);
        Tried {
            source: source.id.clone(),
            state: report.state.clone(),
            day: now.to_zoned(TimeZone::UTC).date(),
            new: None,
            notice: turn(source, before, &report.state, now),
            robots: self.gatherer.take_robots(source),
            lease: None,
        }
    }
}

/// What an editor is to be told of a source that broke just now, or can be read again.
fn turn(
    source: &Source,
    before: &FetchState,
    after: &FetchState,
    now: Timestamp,
) -> Option<Notice> {
    let (kind, text) = match (before.broken_since, after.broken_since) {
        (None, Some(_)) => (NoticeKind::SourceBroke, after.message.clone().unwrap_or_default()),
        (Some(since), None) => {
            let since = since.strftime("%F %R");
            (
                NoticeKind::SourceRecovered,
                format!("`{}`: read again; broken since {since} UTC", source.id),
            )
        }
        _ => return None,
    };
    Some(Notice::new(format!("source/{}", source.id), now, kind, text))
}

fn log(gathering: &Gathering) {
    let Gathering { source, outcome, message, new, .. } = gathering;
    let message = message.as_deref().unwrap_or_default();
    if outcome.is_read() {
        tracing::info!(%source, ?outcome, new, "source read");
    } else {
        tracing::warn!(%source, ?outcome, message, "source failed");
    }
}
