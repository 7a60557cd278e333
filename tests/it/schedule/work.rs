//! Workers: a job is done once, tried again when it goes wrong, and given up at last.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use sitrep::model::{Clock as _, FixedClock};
use sitrep::schedule::{JobHandler, StepOutcome, Worker};
use sitrep::store::jobs::{self, Job};
use sitrep::store::schedules::{self, Schedule, Step};
use sitrep::store::{Db, status};
use tokio_util::sync::CancellationToken;

use crate::support::samples::at;
use crate::support::{TestDb, contract};

const DUE: &str = "2026-03-01T02:30Z";

/// Counts what it does, then ends as it is told.
struct Handler {
    done: AtomicU32,
    end: fn() -> anyhow::Result<()>,
}

impl Handler {
    fn new(end: fn() -> anyhow::Result<()>) -> Self {
        Self { done: AtomicU32::new(0), end }
    }

    fn done(&self) -> u32 {
        self.done.load(Ordering::SeqCst)
    }
}

impl JobHandler for Handler {
    async fn handle(&self, job: &Job, _stop: &CancellationToken) -> anyhow::Result<()> {
        assert_eq!((job.schedule.as_str(), job.due_at), ("close/daily", at(DUE)));
        self.done.fetch_add(1, Ordering::SeqCst);
        (self.end)()
    }
}

/// Works on while its lease runs out and another worker takes the job.
struct Slow {
    db: Db,
    clock: Arc<FixedClock>,
}

impl JobHandler for Slow {
    async fn handle(&self, _job: &Job, _stop: &CancellationToken) -> anyhow::Result<()> {
        self.clock.advance(600);
        let now = self.clock.now();
        let taken = jobs::claim(&self.db, "two", now + SignedDuration::from_mins(5), now).await?;
        anyhow::ensure!(taken.is_some(), "the lease has run out");
        Ok(())
    }
}

#[expect(clippy::panic, reason = "what a worker must survive")]
fn panics() -> anyhow::Result<()> {
    panic!("on purpose")
}

async fn fired(db: &Db) {
    let schedule = Schedule {
        id: "close/daily".to_owned(),
        closings: vec!["05:30 Asia/Damascus".to_owned()],
        lead_seconds: 0,
        next_due_at: at(DUE),
        last_due_at: None,
    };
    schedules::put(db, &schedule).await.unwrap();
    let step = Step { fire: Some(at(DUE)), next_due_at: at("2026-03-02T02:30Z") };
    assert!(schedules::fire(db, &schedule, step, at(DUE)).await.unwrap());
}

fn worker(db: Db, clock: &Arc<FixedClock>, name: &str) -> Worker {
    Worker::new(db, clock.clone(), name)
}

contract! {
    async fn two_workers_do_a_job_once(test: &TestDb) {
        fired(&test.db).await;
        let clock = Arc::new(FixedClock::new(at(DUE)));
        let (handler, stop) = (Handler::new(|| Ok(())), CancellationToken::new());
        let one = worker(test.db.clone(), &clock, "one");
        let two = worker(test.another().await, &clock, "two");
        let (first, second) =
            tokio::join!(one.step(&handler, &stop), two.step(&handler, &stop));
        let outcomes = [first.unwrap(), second.unwrap()];
        assert!(outcomes.contains(&StepOutcome::Idle), "{outcomes:?}");
        assert_eq!(handler.done(), 1);
        assert_eq!(status::status(&test.db).await.unwrap().open_jobs, 0);
    }

    async fn a_job_that_fails_or_panics_is_tried_again_later_and_given_up_at_last(test: &TestDb) {
        fired(&test.db).await;
        let clock = Arc::new(FixedClock::new(at(DUE)));
        let worker = worker(test.db.clone(), &clock, "one");
        let stop = CancellationToken::new();
        let ends: [fn() -> anyhow::Result<()>; 2] =
            [|| Err(anyhow::anyhow!("no network")), panics];
        for n in 0..5_usize {
            let handler = Handler::new(ends[n % 2]);
            let outcome = worker.step(&handler, &stop).await.unwrap();
            assert_eq!(matches!(outcome, StepOutcome::Retry(_)), n < 4, "{n}: {outcome:?}");
            assert_eq!(worker.step(&handler, &stop).await.unwrap(), StepOutcome::Idle);
            clock.advance(1800);
        }
        assert_eq!(status::status(&test.db).await.unwrap().open_jobs, 0);
    }

    async fn a_worker_that_is_slower_than_its_lease_does_not_end_anothers_job(test: &TestDb) {
        fired(&test.db).await;
        let clock = Arc::new(FixedClock::new(at(DUE)));
        let slow = Slow { db: test.another().await, clock: clock.clone() };
        let worker = worker(test.db.clone(), &clock, "one");
        let outcome = worker.step(&slow, &CancellationToken::new()).await.unwrap();
        assert!(matches!(outcome, StepOutcome::Lost(_)), "{outcome:?}");
        assert_eq!(status::status(&test.db).await.unwrap().open_jobs, 1);
    }

    async fn a_job_whose_workers_die_is_taken_over_and_given_up_at_last(test: &TestDb) {
        fired(&test.db).await;
        let clock = Arc::new(FixedClock::new(at(DUE)));
        for _ in 0..5 {
            let until = clock.now();
            assert!(jobs::claim(&test.db, "dead", until, until).await.unwrap().is_some());
        }
        let handler = Handler::new(|| Ok(()));
        let worker = worker(test.db.clone(), &clock, "one");
        let outcome = worker.step(&handler, &CancellationToken::new()).await.unwrap();
        assert!(matches!(outcome, StepOutcome::GaveUp(_)), "{outcome:?}");
        assert_eq!(handler.done(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_worker_does_what_is_due_and_stops_when_told() {
    let test = TestDb::sqlite().await;
    fired(&test.db).await;
    let clock = Arc::new(FixedClock::new(at(DUE)));
    let (handler, stop) = (Handler::new(|| Ok(())), CancellationToken::new());
    let worker = worker(test.db.clone(), &clock, "one");
    let done = async {
        while status::status(&test.db).await.unwrap().open_jobs > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.cancel();
    };
    let running = worker.run(&handler, Duration::from_millis(50), stop.clone());
    let both = async { tokio::join!(running, done) };
    tokio::time::timeout(Duration::from_secs(20), both).await.unwrap();
    assert_eq!(handler.done(), 1);
}
