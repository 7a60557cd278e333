//! Ticks: what is due fires once, on one of any number of machines, in a clock that can be trusted.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use sitrep::model::FixedClock;
use sitrep::schedule::{
    ClockGuard, ClockVerdict, Context, DEFAULT_GRACE, Planned, keep, run_ticker, tick,
};
use sitrep::store::{Db, schedules, status};
use tokio_util::sync::CancellationToken;

use crate::support::samples::at;
use crate::support::{TestDb, contract};

fn context(db: Db, now: &str) -> Context {
    let clock = Arc::new(FixedClock::new(at(now)));
    Context { db, clock, grace: DEFAULT_GRACE, guard: Arc::new(ClockGuard::default()) }
}

fn daily(time: &str) -> Planned {
    let closings = vec![format!("{time} Asia/Damascus")];
    Planned { id: "close/daily".to_owned(), closings, lead_seconds: 0 }
}

async fn planned(db: &Db) {
    keep(db, &[daily("05:30")], at("2026-03-01T00:00Z")).await.unwrap();
}

async fn open_jobs(db: &Db) -> u32 {
    status::status(db).await.unwrap().open_jobs
}

contract! {
    async fn d_34_of_two_machines_that_tick_one_fires(test: &TestDb) {
        planned(&test.db).await;
        let one = context(test.db.clone(), "2026-03-01T02:30:10Z");
        let two = context(test.another().await, "2026-03-01T02:30:11Z");
        let (first, second) = tokio::join!(tick(&one), tick(&two));
        let mut fired = first.unwrap().fired;
        fired.extend(second.unwrap().fired);
        assert_eq!(fired, [("close/daily".to_owned(), at("2026-03-01T02:30Z"))]);
        assert_eq!(tick(&one).await.unwrap().fired, []);
        assert_eq!(open_jobs(&test.db).await, 1);
    }

    async fn days_that_were_missed_become_one_job(test: &TestDb) {
        planned(&test.db).await;
        let report = tick(&context(test.db.clone(), "2026-03-04T05:00Z")).await.unwrap();
        assert_eq!(report.fired, [("close/daily".to_owned(), at("2026-03-04T02:30Z"))]);
        assert_eq!(open_jobs(&test.db).await, 1);
    }

    async fn what_was_missed_for_too_long_is_reported_and_left_to_the_next_closing(test: &TestDb) {
        planned(&test.db).await;
        let report = tick(&context(test.db.clone(), "2026-03-01T12:00Z")).await.unwrap();
        assert_eq!((report.fired, report.passed_over), (vec![], vec!["close/daily".to_owned()]));
        assert_eq!(open_jobs(&test.db).await, 0);
    }

    async fn nothing_fires_while_the_clock_is_off_by_more_than_an_hour(test: &TestDb) {
        planned(&test.db).await;
        let context = context(test.db.clone(), "2026-03-01T02:31Z");
        context.guard.observe(&[SignedDuration::from_hours(-2)]);
        let report = tick(&context).await.unwrap();
        assert!(matches!(report.clock, ClockVerdict::Stop(_)) && report.fired.is_empty());
        context.guard.observe(&[SignedDuration::from_mins(20)]);
        let report = tick(&context).await.unwrap();
        assert!(matches!(report.clock, ClockVerdict::Alert(_)));
        assert_eq!(report.fired.len(), 1);
    }

    async fn a_schedule_that_cannot_be_read_does_not_stop_the_others(test: &TestDb) {
        planned(&test.db).await;
        test.tamper("INSERT INTO schedule (id, closings, lead_seconds, next_due_at) \
            VALUES ('close/odd', '[\"05:30 Mars/Base\"]', 0, 0)").await;
        let report = tick(&context(test.db.clone(), "2026-03-01T02:31Z")).await.unwrap();
        assert_eq!(report.fired.len(), 1);
        assert_eq!(report.broken[0].0, "close/odd");
        assert!(report.broken[0].1.contains("`Mars/Base` is no time zone"));
    }

    async fn the_store_keeps_exactly_the_schedules_that_are_planned(test: &TestDb) {
        planned(&test.db).await;
        let weekly = Planned { id: "close/weekly".to_owned(), ..daily("06:00") };
        let later = at("2026-03-01T12:00Z");
        keep(&test.db, &[daily("05:30"), weekly.clone()], later).await.unwrap();
        let kept = schedules::list(&test.db).await.unwrap();
        assert_eq!(kept[0].next_due_at, at("2026-03-01T02:30Z"));
        assert_eq!(kept[1].next_due_at, at("2026-03-02T03:00Z"));
        keep(&test.db, &[weekly], later).await.unwrap();
        assert_eq!(schedules::list(&test.db).await.unwrap().len(), 1);
        assert!(keep(&test.db, &[daily("25:00")], later).await.is_err());
        assert_eq!(schedules::list(&test.db).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ticker_fires_what_falls_due_while_it_runs_and_stops_when_told() {
    let test = TestDb::sqlite().await;
    planned(&test.db).await;
    let clock = Arc::new(FixedClock::new(at("2026-03-01T02:29Z")));
    let context = Context { clock: clock.clone(), ..context(test.db.clone(), "2026-03-01T02:29Z") };
    let stop = CancellationToken::new();
    let running = tokio::spawn(run_ticker(context, 1, stop.clone()));
    clock.set(at("2026-03-01T02:30Z"));
    let fired = async {
        while open_jobs(&test.db).await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), fired).await.unwrap();
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(20), running).await.unwrap().unwrap().unwrap();
}
