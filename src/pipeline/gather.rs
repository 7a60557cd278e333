//! Gathering: every source is tried, each outcome is kept, and one bad source ends nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use futures::StreamExt as _;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::choice::{Due, by_host};
use super::shelf::StoredShelf;
use super::{Pipeline, PipelineError};
use crate::gather::{Gatherer, SourceReport, poll};
use crate::model::article::{Article, FoundArticle};
use crate::model::id::SourceId;
use crate::model::notice::{Notice, NoticeKind};
use crate::model::source::{FetchOutcome, FetchState, Source};
use crate::store::source_days::{self, Volume};
use crate::store::sources::Tried;
use crate::store::{articles, issues, sources};

/// By how many of the last days it is known what is usual of a source.
const USUAL_DAYS: i64 = 28;

/// What one source gave.
#[derive(Debug, Clone)]
pub struct Gathering {
    /// Which source.
    pub source: SourceId,
    /// Its display name.
    pub name: String,
    /// How it ended.
    pub outcome: FetchOutcome,
    /// One line: what went wrong and what to do, or what was left out.
    pub message: Option<String>,
    /// What was left out or read worse than it should be, one line each.
    pub skipped: Vec<String>,
    /// Articles that were not known before, and other versions of known ones.
    pub new: u32,
    /// Articles found.
    pub found: u32,
}

/// What a run of gathering gave.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// What each source gave that was tried, in their order.
    pub sources: Vec<Gathering>,
    /// By how much the servers were ahead of our clock; none where none answered.
    pub clock_off: Option<SignedDuration>,
}

/// One run of gathering.
struct Run<'a> {
    gatherer: &'a Gatherer,
    /// What is older is kept and not mailed, on a first run and in a backfill.
    cutoff: Timestamp,
    backfill: bool,
    usual: BTreeMap<SourceId, Volume>,
    states: BTreeMap<SourceId, FetchState>,
    /// What is still to be remembered.
    waiting: Mutex<Vec<Waiting>>,
    /// Held by whoever remembers it. What others bring meanwhile is remembered together next: each transaction waits
    /// for the disk.
    writing: tokio::sync::Mutex<()>,
    done: Mutex<Vec<(usize, Gathering)>>,
}

/// What a try of a source left that is not in the store yet.
struct Waiting {
    /// Its place among the sources of the run.
    place: usize,
    gathering: Gathering,
    articles: Vec<Article>,
    tried: Tried,
}

impl Pipeline {
    /// Tries the named sources, or all that are not paused but for those whose outlet asked us to wait, and keeps what
    /// they give.
    pub async fn gather(&self, only: &[SourceId]) -> Result<Gathered, PipelineError> {
        let chosen = self.chosen(only, Due::All).await?;
        self.run(chosen, None).await
    }

    /// Tries the sources that are due by their timetable: busy ones often, quiet and failing ones seldom.
    pub async fn gather_due(&self) -> Result<Gathered, PipelineError> {
        let chosen = self.chosen(&[], Due::ByTimetable).await?;
        self.run(chosen, None).await
    }

    /// Reads the archives of the named sources, or of all, back to `since`. What is older than the windows that are
    /// open is kept and read, and never mailed.
    pub async fn backfill(
        &self,
        only: &[SourceId],
        since: Timestamp,
    ) -> Result<Gathered, PipelineError> {
        let chosen = self.chosen(only, Due::All).await?;
        self.run(chosen, Some(since)).await
    }

    /// Tries each source, several hosts at the same time and those of one host in turn; gives them in their order.
    async fn run(
        &self,
        chosen: Vec<Source>,
        backfill: Option<Timestamp>,
    ) -> Result<Gathered, PipelineError> {
        let gatherer = match backfill {
            Some(since) => self.gatherer()?.back_to(since),
            None => self.gatherer()?,
        };
        let run = Run {
            gatherer: &gatherer,
            cutoff: self.oldest_open_window().await?,
            backfill: backfill.is_some(),
            usual: self.usual().await?,
            states: sources::fetch_states(&self.db).await?,
            waiting: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            done: Mutex::default(),
        };
        let mut running = futures::stream::iter(by_host(chosen))
            .map(|sources| self.gather_host(&run, sources))
            .buffer_unordered(self.config.gather.hosts_at_once.max(1));
        while let Some(gathered) = running.next().await {
            gathered?;
        }
        drop(running);
        self.settle(&run).await?;
        let clock_off = self.compare_clocks(&gatherer.clock_offsets()).await?;
        let mut done = run.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(place, _)| *place);
        let sources = done.into_iter().map(|(_, gathering)| gathering).collect();
        Ok(Gathered { sources, clock_off })
    }

    /// How much each source usually gives.
    async fn usual(&self) -> Result<BTreeMap<SourceId, Volume>, PipelineError> {
        let today = self.clock.now().to_zoned(TimeZone::UTC).date();
        let from = today.saturating_sub(jiff::Span::new().days(USUAL_DAYS));
        Ok(source_days::volumes(&self.db, from, today).await?)
    }

    async fn gather_host(
        &self,
        run: &Run<'_>,
        sources: Vec<(usize, Source)>,
    ) -> Result<(), PipelineError> {
        for (place, source) in sources {
            let left = self.gather_one(run, place, source).await?;
            run.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(left);
            self.settle(run).await?;
        }
        Ok(())
    }

    /// Remembers what tries left, unless somebody is at it, who will find it. What comes between the last look and
    /// the end of that is left to the next who calls.
    async fn settle(&self, run: &Run<'_>) -> Result<(), PipelineError> {
        let Ok(_writing) = run.writing.try_lock() else { return Ok(()) };
        loop {
            let left =
                std::mem::take(&mut *run.waiting.lock().unwrap_or_else(PoisonError::into_inner));
            if left.is_empty() {
                return Ok(());
            }
            self.remember(run, left).await?;
        }
    }

    /// Articles before the states: whoever is killed in between finds them known the next time.
    async fn remember(&self, run: &Run<'_>, mut left: Vec<Waiting>) -> Result<(), PipelineError> {
        let lists: Vec<&[Article]> = left.iter().map(|one| one.articles.as_slice()).collect();
        let all_new = articles::insert_lists(&self.db, &lists).await?;
        for (one, new) in left.iter_mut().zip(all_new) {
            one.gathering.new = new;
            // What a backfill brings is not usual.
            let usual = if run.backfill { 0 } else { new };
            one.tried.new = one.gathering.outcome.is_read().then_some(usual);
            log(&one.gathering);
        }
        let (done, tried): (Vec<_>, Vec<_>) =
            left.into_iter().map(|one| ((one.place, one.gathering), one.tried)).unzip();
        sources::settle(&self.db, &tried).await?;
        run.done.lock().unwrap_or_else(PoisonError::into_inner).extend(done);
        Ok(())
    }

    async fn gather_one(
        &self,
        run: &Run<'_>,
        place: usize,
        source: Source,
    ) -> Result<Waiting, PipelineError> {
        let state = run.states.get(&source.id).cloned().unwrap_or_default();
        let stored = StoredShelf::new(&self.db, &source.id);
        let mut report = run.gatherer.gather(&source, &state, &stored).await;
        stored.finish()?;
        let found = u32::try_from(report.articles.len()).unwrap_or(u32::MAX);
        let articles = self.articles(run, &source, &state, &mut report);
        let tried = self.tried(run, &source, &state, &mut report);
        let gathering = Gathering {
            source: source.id,
            name: source.name,
            outcome: report.outcome,
            message: Some(report.message).filter(|text| !text.is_empty()),
            skipped: report.skipped,
            new: 0,
            found,
        };
        Ok(Waiting { place, gathering, articles, tried })
    }

    /// On a source's first run, and in a backfill, what is older than the oldest open window is kept and read, and
    /// never mailed.
    fn articles(
        &self,
        run: &Run<'_>,
        source: &Source,
        state: &FetchState,
        report: &mut SourceReport,
    ) -> Vec<Article> {
        let now = self.clock.now();
        let quietly = run.backfill || state.last_read.is_none();
        let article = |found: FoundArticle| {
            let old = found.published.is_some_and(|published| published < run.cutoff);
            Article::new(source.id.clone(), found, now, !(quietly && old))
        };
        std::mem::take(&mut report.articles).into_iter().map(article).collect()
    }

    /// What to remember of a source: how it fared, when it is asked next, and what an editor is to be told of it.
    fn tried(
        &self,
        run: &Run<'_>,
        source: &Source,
        before: &FetchState,
        report: &mut SourceReport,
    ) -> Tried {
        let now = self.clock.now();
        let per_week = run.usual.get(&source.id).copied().and_then(Volume::per_week);
        let config = &self.config.gather;
        poll::plan(&mut report.state, &report.wishes, source, per_week, config, now);
        Tried {
            source: source.id.clone(),
            state: report.state.clone(),
            day: now.to_zoned(TimeZone::UTC).date(),
            new: None,
            notice: turn(source, before, &report.state, now),
        }
    }

    /// The start of the oldest window that is still open; a day ago where no edition has closed yet.
    async fn oldest_open_window(&self) -> Result<Timestamp, PipelineError> {
        let day_ago = self.clock.now() - SignedDuration::from_hours(24);
        let mut oldest = day_ago;
        for name in self.config.edition.keys() {
            let last = issues::last_close(&self.db, &name.as_str().into()).await?;
            oldest = oldest.min(last.unwrap_or(day_ago));
        }
        Ok(oldest)
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
