//! The ticker: the one job of tokio-cron-scheduler, and the step that it calls.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler};
use tokio_util::sync::CancellationToken;

use super::ScheduleError;
use super::guard::{ClockGuard, ClockVerdict};
use super::step::step;
use crate::model::Clock;
use crate::model::closing::Timetable;
use crate::store::schedules::{self, Schedule};
use crate::store::{Db, StoreError};

/// What a tick works with.
#[derive(Clone)]
pub struct Context {
    /// Where the schedules are.
    pub db: Db,
    /// What the time is.
    pub clock: Arc<dyn Clock>,
    /// How late a closing may be made good.
    pub grace: SignedDuration,
    /// Whether the time can be trusted.
    pub guard: Arc<ClockGuard>,
}

/// What a tick did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TickReport {
    /// Schedules that fired here, each with the instant for which its job is.
    pub fired: Vec<(String, Timestamp)>,
    /// Schedules whose due time was too long ago; their next closing covers it.
    pub passed_over: Vec<String>,
    /// Schedules that cannot be read, and why.
    pub broken: Vec<(String, String)>,
    /// What was thought of the clock. At [`ClockVerdict::Stop`] nothing was done.
    pub clock: ClockVerdict,
}

/// Fires what is due. Any number of machines may tick at once: each due time fires on one of them.
pub async fn tick(context: &Context) -> Result<TickReport, StoreError> {
    let clock = context.guard.verdict();
    let mut report = TickReport { clock, ..TickReport::default() };
    if matches!(clock, ClockVerdict::Stop(_)) {
        return Ok(report);
    }
    let now = context.clock.now();
    for schedule in schedules::due(&context.db, now).await? {
        advance(context, &schedule, now, &mut report).await?;
    }
    Ok(report)
}

async fn advance(
    context: &Context,
    schedule: &Schedule,
    now: Timestamp,
    report: &mut TickReport,
) -> Result<(), StoreError> {
    let step = match Timetable::parse(&schedule.closings, schedule.lead_seconds) {
        Ok(table) => step(&table, schedule.next_due_at, now, context.grace),
        Err(error) => {
            report.broken.push((schedule.id.clone(), error.to_string()));
            return Ok(());
        }
    };
    let Some(step) = step else {
        report.broken.push((schedule.id.clone(), "it is never due again".to_owned()));
        return Ok(());
    };
    if schedules::fire(&context.db, schedule, step, now).await? {
        match step.fire {
            Some(due_at) => report.fired.push((schedule.id.clone(), due_at)),
            None => report.passed_over.push(schedule.id.clone()),
        }
    }
    Ok(())
}

/// Ticks at once, so that what was missed is made good, and then every `seconds` (60, or less in tests) until `stop`.
///
/// # Errors
///
/// When the ticker does not start. A tick that fails is logged, and the next one tries again.
pub async fn run_ticker(
    context: Context,
    seconds: u32,
    stop: CancellationToken,
) -> Result<(), ScheduleError> {
    tick_and_log(&context).await;
    let mut scheduler = JobScheduler::new().await?;
    scheduler.add(ticking_job(context, seconds)?).await?;
    scheduler.start().await?;
    stop.cancelled().await;
    Ok(scheduler.shutdown().await?)
}

fn ticking_job(context: Context, seconds: u32) -> Result<Job, ScheduleError> {
    let pattern = match seconds {
        1..60 => format!("*/{seconds} * * * * *"),
        _ => "0 * * * * *".to_owned(),
    };
    // The scheduler starts a run while the last one still runs; then this one has nothing to do.
    let running = Arc::new(Mutex::new(()));
    let run = move |_, _| -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        let (context, running) = (context.clone(), Arc::clone(&running));
        Box::pin(async move {
            if let Ok(_alone) = running.try_lock() {
                tick_and_log(&context).await;
            }
        })
    };
    Ok(Job::new_async(pattern, run)?)
}

async fn tick_and_log(context: &Context) {
    match tick(context).await {
        Ok(report) => log(&report),
        Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "tick failed"),
    }
}

fn log(report: &TickReport) {
    for (schedule, due_at) in &report.fired {
        tracing::info!(schedule, %due_at, "schedule fired");
    }
    for schedule in &report.passed_over {
        tracing::warn!(schedule, "due time was missed for too long; the next closing covers it");
    }
    for (schedule, why) in &report.broken {
        tracing::error!(schedule, why, "schedule cannot be followed");
    }
    match report.clock {
        ClockVerdict::Fine => {}
        ClockVerdict::Alert(off) => tracing::warn!(%off, "the machine's clock is off"),
        ClockVerdict::Stop(off) => {
            tracing::error!(%off, "the machine's clock is off by more than an hour; nothing fires");
        }
    }
}
