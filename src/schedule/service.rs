//! The service: the ticker makes jobs, the worker does them through the pipeline, the outbox is drained.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{ClockGuard, Context, JobHandler, Planned, ScheduleError, Worker, keep, run_ticker};
use crate::model::closing::next_closing;
use crate::model::id::EditionId;
use crate::pipeline::{Pipeline, PipelineError};
use crate::store::jobs::{self, Job};
use crate::store::{Db, StoreError};

/// How often the outbox is looked at between closings.
const SEND_EVERY: Duration = Duration::from_secs(20);
/// How long a mailbox that could not be read is left alone.
const READ_AGAIN: Duration = Duration::from_mins(1);
/// How often a worker without work looks for some.
const POLL: Duration = Duration::from_secs(2);
/// A tick a minute: closing times are given to the minute.
const TICK_SECONDS: u32 = 60;

/// What a schedule's id begins with when its job closes an edition.
const CLOSE: &str = "close/";
/// What it begins with when its job gathers and closes an edition out of turn.
const RUN: &str = "run/";
/// What it begins with when its job gathers ahead of a closing, or between closings.
const GATHER: &str = "gather/";
/// The schedule that gathers between closings.
const BETWEEN: &str = "gather/all";

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// Makes jobs when they are due.
    pub scheduler: bool,
    /// Does jobs and sends mail.
    pub worker: bool,
}

/// Runs scheduler and worker until `stop`.
///
/// # Errors
///
/// When the schedules cannot be kept or the ticker does not start. What goes wrong in a job is recorded with it.
pub async fn serve(
    pipeline: Arc<Pipeline>,
    roles: Roles,
    stop: CancellationToken,
) -> Result<(), ScheduleError> {
    keep(&pipeline.db, &planned(&pipeline), pipeline.clock.now()).await?;
    let guard = Arc::new(ClockGuard::default());
    let context = Context {
        db: pipeline.db.clone(),
        clock: Arc::clone(&pipeline.clock),
        grace: pipeline.config.schedule.grace.signed(),
        guard: Arc::clone(&guard),
    };
    let desk = Desk { pipeline: Arc::clone(&pipeline), guard };
    let worker =
        Worker::new(pipeline.db.clone(), Arc::clone(&pipeline.clock), pipeline.worker.clone());
    let ticking = async {
        if roles.scheduler { run_ticker(context, TICK_SECONDS, stop.clone()).await } else { Ok(()) }
    };
    let working = async {
        if roles.worker {
            let (working, sending) =
                (worker.run(&desk, POLL, stop.clone()), desk.send_until(&stop));
            tokio::join!(working, sending, desk.read_until(&stop));
        }
    };
    tokio::join!(ticking, working).0
}

/// Makes the job that gathers, closes an edition and mails it, out of turn; a worker does it. Says whether it is new:
/// within a minute, one is enough.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn run_now(db: &Db, edition: &EditionId, now: Timestamp) -> Result<bool, StoreError> {
    let minute = SignedDuration::from_secs(now.as_second().rem_euclid(60));
    let due_at = Timestamp::from_second((now - minute).as_second()).unwrap_or(now);
    jobs::put(db, &format!("{RUN}{edition}"), due_at, now).await
}

/// For each edition one schedule that closes it and one that gathers ahead; and one that gathers in between.
fn planned(pipeline: &Pipeline) -> Vec<Planned> {
    let mut all = Vec::new();
    for (name, edition) in &pipeline.config.edition {
        let edition = edition.edition(name);
        if edition.closes.is_empty() {
            continue;
        }
        let plan = |prefix: &str, lead_seconds| Planned {
            id: format!("{prefix}{name}"),
            closings: edition.closes.clone(),
            lead_seconds,
        };
        all.push(plan(CLOSE, 0));
        all.push(plan(GATHER, edition.prepare_seconds));
    }
    all.push(between(pipeline));
    all
}

/// Gathering between closings, every so many whole minutes of the hour, or hours of the day.
fn between(pipeline: &Pipeline) -> Planned {
    let minutes = pipeline.config.schedule.gather_every.duration().as_secs() / 60;
    let closings = match minutes {
        0..=59 => format!("*/{} * * * * UTC", minutes.max(1)),
        _ => format!("7 */{} * * * UTC", (minutes / 60).clamp(1, 23)),
    };
    Planned { id: BETWEEN.to_owned(), closings: vec![closings], lead_seconds: 0 }
}

/// Who does the jobs.
struct Desk {
    pipeline: Arc<Pipeline>,
    guard: Arc<ClockGuard>,
}

impl JobHandler for Desk {
    async fn handle(&self, job: &Job, _stop: &CancellationToken) -> anyhow::Result<()> {
        let schedule = job.schedule.as_str();
        match (schedule.strip_prefix(CLOSE), schedule.strip_prefix(RUN)) {
            (Some(name), _) => self.close(name, job).await,
            (_, Some(name)) => self.run(name, job).await,
            _ => self.gather(job).await,
        }
    }
}

impl Desk {
    /// Ahead of a closing everything is gathered; in between, what is due by its timetable.
    async fn gather(&self, job: &Job) -> anyhow::Result<()> {
        self.pipeline.forget_unconfirmed().await?;
        let gathered = if job.schedule == BETWEEN {
            let gathered = self.pipeline.keep_up().await?;
            self.make_up().await?;
            gathered
        } else {
            self.pipeline.prepare().await?.0
        };
        self.guard.observe(gathered.clock_off.as_slice());
        Ok(())
    }

    /// Gathers, and makes the job that closes: that one may be done again without closing twice.
    async fn run(&self, name: &str, job: &Job) -> anyhow::Result<()> {
        self.gather(job).await?;
        let now = self.pipeline.clock.now();
        jobs::put(&self.pipeline.db, &format!("{CLOSE}{name}"), now, now).await?;
        Ok(())
    }

    /// Where an edition closed without data, the full issue follows as soon as there are some.
    async fn make_up(&self) -> anyhow::Result<()> {
        for name in self.pipeline.config.edition.keys() {
            let edition = self.pipeline.edition(name)?;
            if let Some(run) = self.pipeline.make_up(&edition).await? {
                tracing::info!(edition = name, queued = run.queued(), "data arrived late");
            }
        }
        Ok(())
    }

    /// Closes for the instant of the job, however late it runs, from what was gathered before.
    async fn close(&self, name: &str, job: &Job) -> anyhow::Result<()> {
        let edition = self.pipeline.edition(name)?;
        let next = next_closing(&edition.closes, job.due_at)?;
        let run = self.pipeline.close_and_queue(&edition, job.due_at, next).await?;
        tracing::info!(
            edition = name,
            closed = run.issue.is_some(),
            queued = run.queued(),
            "edition closed"
        );
        self.send().await;
        self.pipeline.forget_old().await?;
        Ok(())
    }

    async fn send_until(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            log("what came back could not be read", self.pipeline.read_inbox().await);
            let settled = self.pipeline.settle_overdue().await;
            log("issues that editors had time for could not be settled", settled);
            self.send().await;
            log("the state of things could not be looked at", self.pipeline.watch().await);
            log("the operator could not be told", self.pipeline.tell().await);
            let _ = tokio::time::timeout(SEND_EVERY, stop.cancelled()).await;
        }
    }

    /// Beside the sending: a server that hangs holds up no mail.
    async fn read_until(&self, stop: &CancellationToken) {
        if self.pipeline.mailbox.is_none() {
            return;
        }
        while !stop.is_cancelled() {
            let read = tokio::select! {
                read = self.pipeline.read_mailbox() => read,
                // What is not marked by then is known by its hash.
                () = stop.cancelled() => return,
            };
            let pause = if read.is_ok() { SEND_EVERY } else { READ_AGAIN };
            log("the mailbox could not be read", read);
            let _ = tokio::time::timeout(pause, stop.cancelled()).await;
        }
    }

    /// What cannot be sent now stays in the outbox, and the closing that queued it is done all the same.
    async fn send(&self) {
        log("outbox could not be drained", self.pipeline.send_due().await);
    }
}

fn log<T>(what: &'static str, result: Result<T, PipelineError>) {
    if let Err(error) = result {
        tracing::error!(error = &error as &dyn std::error::Error, "{what}");
    }
}
