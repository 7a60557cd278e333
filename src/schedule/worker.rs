//! The worker: takes a job that a schedule made, has it done, and keeps its lease meanwhile.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::model::Clock;
use crate::store::jobs::{self, Job, JobEnd};
use crate::store::{Db, StoreError};

/// Minutes before the next try, by tries so far; after the last of them the job is given up.
const BACKOFF_MINUTES: [i64; 4] = [1, 5, 15, 30];
/// How long a job belongs to a worker that gives no sign of life.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How often a worker gives one.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// Who does the work. Work must be such that doing it again does no harm: a worker may die between doing it and
/// saying so.
pub trait JobHandler: Sync {
    /// Does `job`. When `stop` is cancelled it should come to an early, orderly end.
    fn handle(
        &self,
        job: &Job,
        stop: &CancellationToken,
    ) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// What one step of a worker came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepOutcome {
    /// Nothing waits.
    Idle,
    /// It is done.
    Done(Job),
    /// It went wrong and is tried again later.
    Retry(Job),
    /// It went wrong too often.
    GaveUp(Job),
    /// Another worker took it over.
    Lost(Job),
}

/// A worker.
#[derive(Clone)]
pub struct Worker {
    db: Db,
    clock: Arc<dyn Clock>,
    name: String,
}

impl Worker {
    /// A worker with a name that no other process has.
    pub fn new(db: Db, clock: Arc<dyn Clock>, name: impl Into<String>) -> Self {
        Self { db, clock, name: name.into() }
    }

    /// Does what is due until `stop`, looking every `poll` when there is nothing. A job that runs is waited for.
    pub async fn run(&self, handler: &impl JobHandler, poll: Duration, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let rest = match self.step(handler, &stop).await {
                Ok(StepOutcome::Idle) => true,
                Ok(outcome) => {
                    tracing::info!(?outcome, "job ended");
                    false
                }
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "worker failed");
                    true
                }
            };
            if rest {
                let _ = tokio::time::timeout(poll, stop.cancelled()).await;
            }
        }
    }

    /// Does one job, if one is due.
    ///
    /// # Errors
    ///
    /// When the store cannot answer. What goes wrong in the job itself is recorded with it.
    pub async fn step(
        &self,
        handler: &impl JobHandler,
        stop: &CancellationToken,
    ) -> Result<StepOutcome, StoreError> {
        let now = self.clock.now();
        let Some(job) = jobs::claim(&self.db, &self.name, lease(now), now).await? else {
            return Ok(StepOutcome::Idle);
        };
        let end = if tries_left(&job) {
            match self.do_and_renew(&job, handler, stop).await {
                Some(result) => self.end_of(&job, result),
                None => return Ok(StepOutcome::Lost(job)),
            }
        } else {
            JobEnd::GaveUp { failure: "it never came to its end".to_owned() }
        };
        self.finish(job, end).await
    }

    async fn finish(&self, job: Job, end: JobEnd) -> Result<StepOutcome, StoreError> {
        let held = jobs::finish(&self.db, &job, &self.name, &end, self.clock.now()).await?;
        Ok(match end {
            _ if !held => StepOutcome::Lost(job),
            JobEnd::Done => StepOutcome::Done(job),
            JobEnd::Retry { .. } => StepOutcome::Retry(job),
            JobEnd::GaveUp { .. } => StepOutcome::GaveUp(job),
        })
    }

    /// None when another worker took the job over meanwhile.
    async fn do_and_renew(
        &self,
        job: &Job,
        handler: &impl JobHandler,
        stop: &CancellationToken,
    ) -> Option<anyhow::Result<()>> {
        let mut work = pin!(AssertUnwindSafe(handler.handle(job, stop)).catch_unwind());
        loop {
            match tokio::time::timeout(HEARTBEAT, &mut work).await {
                Ok(Ok(result)) => return Some(result),
                Ok(Err(_)) => return Some(Err(anyhow::anyhow!("it panicked"))),
                Err(_) if self.renewed(job).await => {}
                Err(_) => return None,
            }
        }
    }

    /// False when another worker has the job. A store that does not answer says nothing about that: the lease is
    /// several heartbeats long.
    async fn renewed(&self, job: &Job) -> bool {
        let renewed = jobs::renew(&self.db, job, &self.name, lease(self.clock.now())).await;
        renewed.unwrap_or_else(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "lease could not be renewed");
            true
        })
    }

    fn end_of(&self, job: &Job, result: anyhow::Result<()>) -> JobEnd {
        let Err(error) = result else { return JobEnd::Done };
        let failure = format!("{error:#}");
        tracing::error!(schedule = job.schedule, due_at = %job.due_at, failure, "job went wrong");
        match backoff(job) {
            Some(wait) => {
                let now = self.clock.now();
                JobEnd::Retry { not_before: now.saturating_add(wait).unwrap_or(now), failure }
            }
            None => JobEnd::GaveUp { failure },
        }
    }
}

fn lease(now: Timestamp) -> Timestamp {
    now.saturating_add(LEASE).unwrap_or(now)
}

/// False for a job that ended its worker each time it was begun.
fn tries_left(job: &Job) -> bool {
    usize::try_from(job.attempts).is_ok_and(|tries| tries <= BACKOFF_MINUTES.len() + 1)
}

fn backoff(job: &Job) -> Option<SignedDuration> {
    let tries = usize::try_from(job.attempts).ok()?;
    BACKOFF_MINUTES.get(tries.checked_sub(1)?).map(|minutes| SignedDuration::from_mins(*minutes))
}
