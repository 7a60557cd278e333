//! Gathering: every source is tried, each outcome is kept, and one bad source ends nothing.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::{BoxFuture, OptionFuture};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::choice::{Due, Waits, by_host};
use super::shelf::{self, Inquiry, MOST_ASKED};
use super::tries::{MOST_WAITING, Run, States, Waiting};
use super::turns::{self, Host, ids};
use super::{Pipeline, PipelineError};
use crate::config::Config;
use crate::gather::Gatherer;
use crate::model::Clock;
use crate::model::id::SourceId;
use crate::model::source::{FetchOutcome, FetchState, RobotsFile, Source};
use crate::store::source_days::{self, Volume};
use crate::store::{Db, issues, robots, sources};

/// By how many of the last days it is known what is usual of a source.
const USUAL_DAYS: i64 = 28;

/// The hosts of a portion whose turn it is, with what is remembered of their sources.
type Portion = Result<Vec<(Host, States)>, PipelineError>;

/// How many hosts' turns are taken at a time.
const PORTION: usize = 128;

/// How often it is looked whether another process is done with a host.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The shortest time after which turns are held on to.
const LEAST: Duration = Duration::from_millis(300);

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
    /// Until when its outlet asks us to wait.
    pub wait_until: Option<Timestamp>,
}

/// What a run of gathering gave.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// What each source gave that was tried, in their order.
    pub sources: Vec<Gathering>,
    /// By how much the servers were ahead of our clock; none where none answered.
    pub clock_off: Option<SignedDuration>,
    /// Sources whose outlet asks us to wait, and until when.
    pub waits: BTreeMap<SourceId, Timestamp>,
    /// Sources that were left to another process, which reads them or their host now, or has since this run began.
    pub elsewhere: Vec<SourceId>,
}

/// What gathering needs: no packs, as nothing is read, and no way out for mail.
pub struct Collector<'a> {
    /// State.
    pub db: &'a Db,
    /// The configuration.
    pub config: &'a Arc<Config>,
    /// The time.
    pub clock: &'a Arc<dyn Clock>,
    /// Sources of configuration files; those added by command are in the store.
    pub file_sources: &'a [Source],
    /// The name under which this process holds leases.
    pub worker: &'a str,
}

impl Pipeline {
    /// [`Collector::gather`] with what the pipeline has.
    pub async fn gather(&self, only: &[SourceId]) -> Result<Gathered, PipelineError> {
        self.collector().gather(only).await
    }

    /// [`Collector::gather_due`] with what the pipeline has.
    pub async fn gather_due(&self) -> Result<Gathered, PipelineError> {
        self.collector().gather_due().await
    }

    /// [`Collector::backfill`] with what the pipeline has.
    pub async fn backfill(
        &self,
        only: &[SourceId],
        since: Timestamp,
    ) -> Result<Gathered, PipelineError> {
        self.collector().backfill(only, since).await
    }

    /// What of the pipeline gathers.
    pub fn collector(&self) -> Collector<'_> {
        Collector {
            db: &self.db,
            config: &self.config,
            clock: &self.clock,
            file_sources: &self.file_sources,
            worker: &self.worker,
        }
    }
}

impl Collector<'_> {
    /// Tries the named sources, or all that are not paused but for those whose outlet asked us to wait, and keeps what
    /// they give. Where another process reads a host, its turn is waited for.
    pub async fn gather(&self, only: &[SourceId]) -> Result<Gathered, PipelineError> {
        let chosen = self.chosen(only, Due::All).await?;
        self.run(chosen, None, true).await
    }

    /// Tries the sources that are due by their timetable: busy ones often, quiet and failing ones seldom. What another
    /// process reads is left to it.
    pub async fn gather_due(&self) -> Result<Gathered, PipelineError> {
        let chosen = self.chosen(&[], Due::ByTimetable).await?;
        self.run(chosen, None, false).await
    }

    /// Reads the archives of the named sources, or of all, back to `since`. What is older than the windows that are
    /// open is kept and read, and never mailed.
    pub async fn backfill(
        &self,
        only: &[SourceId],
        since: Timestamp,
    ) -> Result<Gathered, PipelineError> {
        let chosen = self.chosen(only, Due::All).await?;
        self.run(chosen, Some(since), true).await
    }

    /// Tries each source, several hosts at the same time and those of one host in turn; gives them in their order.
    async fn run(
        &self,
        (chosen, mut waits): (Vec<Source>, Waits),
        backfill: Option<Timestamp>,
        wait: bool,
    ) -> Result<Gathered, PipelineError> {
        let (inquiries, asked) = mpsc::channel(MOST_ASKED);
        let run = Arc::new(self.new_run(backfill, inquiries).await?);
        let (left, waiting) = mpsc::channel(MOST_WAITING);
        let passes = self.passes(&run, left, by_host(chosen), wait);
        let ran = tokio::select! {
            Err(failed) = shelf::answer_all(self.db, asked) => Err(failed),
            ran = futures::future::try_join(passes, run.remember_all(waiting)) => ran,
        };
        self.end_turns().await?;
        ran?;
        let clock_off = self.compare_clocks(&run.gatherer.clock_offsets()).await?;
        let mut done = std::mem::take(&mut *locked(&run.done));
        done.sort_by_key(|(place, _)| *place);
        let sources: Vec<Gathering> = done.into_iter().map(|(_, gathering)| gathering).collect();
        for one in &sources {
            waits.remove(&one.source);
            waits.extend(one.wait_until.map(|until| (one.source.clone(), until)));
        }
        let elsewhere = std::mem::take(&mut *locked(&run.elsewhere));
        Ok(Gathered { sources, clock_off, waits, elsewhere })
    }

    async fn new_run(
        &self,
        backfill: Option<Timestamp>,
        inquiries: mpsc::Sender<Inquiry>,
    ) -> Result<Run, PipelineError> {
        let gatherer = Gatherer::new(&self.config.gather, Arc::clone(self.clock))?;
        let began = self.clock.now();
        robots::forget(self.db, RobotsFile::oldest(began)).await?;
        Ok(Run {
            db: self.db.clone(),
            config: Arc::clone(self.config),
            clock: Arc::clone(self.clock),
            worker: self.worker.to_owned(),
            gatherer: match backfill {
                Some(since) => gatherer.back_to(since),
                None => gatherer,
            },
            inquiries,
            cutoff: self.oldest_open_window().await?,
            backfill: backfill.is_some(),
            usual: self.usual().await?,
            began,
            elsewhere: Mutex::default(),
            done: Mutex::default(),
        })
    }

    /// Tries the hosts whose turn it is, and then, for as long as a lease lasts, looks whether the others are free.
    async fn passes(
        &self,
        run: &Arc<Run>,
        left: mpsc::Sender<Waiting>,
        mut hosts: Vec<Host>,
        wait: bool,
    ) -> Result<(), PipelineError> {
        let end = tokio::time::Instant::now() + self.config.gather.lease.duration() + LOOK_AGAIN;
        loop {
            hosts = self.pass(run, &left, hosts).await?;
            if hosts.is_empty() || !wait || tokio::time::Instant::now() >= end {
                break;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        run.left_elsewhere(ids(&hosts));
        Ok(())
    }

    /// Tries the hosts whose turn it is; gives the others.
    async fn pass(
        &self,
        run: &Arc<Run>,
        left: &mpsc::Sender<Waiting>,
        hosts: Vec<Host>,
    ) -> Result<Vec<Host>, PipelineError> {
        let held = Mutex::default();
        // side by side: what is under way may have the connection for which the other waits
        tokio::select! {
            passed = self.pass_those_free(run, left, hosts, &held) => passed?,
            beaten = self.beat() => beaten?,
        }
        Ok(held.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tries the hosts whose turn it is, on every core; the others are put into `held`.
    async fn pass_those_free(
        &self,
        run: &Arc<Run>,
        left: &mpsc::Sender<Waiting>,
        hosts: Vec<Host>,
        held: &Mutex<Vec<Host>>,
    ) -> Result<(), PipelineError> {
        let most = self.config.gather.hosts_at_once.max(1);
        let mut hosts = hosts.into_iter();
        let mut ready: VecDeque<(Host, States)> = VecDeque::new();
        let mut next: Option<BoxFuture<'_, Portion>> = None;
        let mut running = JoinSet::new();
        loop {
            while running.len() < most
                && let Some((host, states)) = ready.pop_front()
            {
                running.spawn(Arc::clone(run).gather_host(left.clone(), host, states));
            }
            // asked for one portion early: it waits in the store behind the articles that are written
            if ready.len() < PORTION && next.is_none() {
                let portion: Vec<Host> = hosts.by_ref().take(PORTION).collect();
                next = (!portion.is_empty()).then(|| self.portion(run, portion, held).boxed());
            }
            if running.is_empty() && next.is_none() {
                return Ok(());
            }
            tokio::select! {
                Some(portion) = OptionFuture::from(next.as_mut()), if next.is_some() => {
                    next = None;
                    ready.extend(portion?);
                }
                Some(tried) = running.join_next() => tried?,
            }
        }
    }

    /// Holds on to the turns, for as long as it is asked to.
    async fn beat(&self) -> Result<(), PipelineError> {
        let mut beat = tokio::time::interval(self.config.gather.lease.duration().max(LEAST) / 3);
        loop {
            beat.tick().await;
            self.keep_turns().await?;
        }
    }

    /// Takes the turns at a portion of the hosts, with what is remembered of their sources. What another process has
    /// tried since the run began is left out.
    async fn portion(&self, run: &Run, hosts: Vec<Host>, held: &Mutex<Vec<Host>>) -> Portion {
        let (mut ours, others) = self.take_turns(hosts).await?;
        locked(held).extend(others);
        let origins = ours.iter().flatten().filter_map(|(_, source)| source.origin());
        let oldest = RobotsFile::oldest(run.began);
        run.gatherer.keep_robots(robots::of(self.db, &origins.collect::<Vec<_>>(), oldest).await?);
        let mut states = sources::fetch_states_of(self.db, &ids(&ours)).await?;
        let since = |state: &FetchState| state.last_tried.is_some_and(|at| at > run.began);
        let tried = states.iter().filter(|(_, state)| since(state)).map(|(id, _)| id.clone());
        let tried: HashSet<SourceId> = tried.collect();
        turns::without(&mut ours, &tried);
        run.left_elsewhere(tried);
        let with_states = |host: Host| {
            let of_host = host.iter().filter_map(|(_, source)| states.remove_entry(&source.id));
            let of_host = of_host.collect();
            (host, of_host)
        };
        Ok(ours.into_iter().map(with_states).collect())
    }

    /// How much each source usually gives.
    async fn usual(&self) -> Result<BTreeMap<SourceId, Volume>, PipelineError> {
        let today = self.clock.now().to_zoned(TimeZone::UTC).date();
        let from = today.saturating_sub(jiff::Span::new().days(USUAL_DAYS));
        Ok(source_days::volumes(self.db, from, today).await?)
    }

    /// The start of the oldest window that is still open; a day ago where no edition has closed yet.
    async fn oldest_open_window(&self) -> Result<Timestamp, PipelineError> {
        let day_ago = self.clock.now() - SignedDuration::from_hours(24);
        let mut oldest = day_ago;
        for name in self.config.edition.keys() {
            let last = issues::last_close(self.db, &name.as_str().into()).await?;
            oldest = oldest.min(last.unwrap_or(day_ago));
        }
        Ok(oldest)
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
