//! Schedules, the jobs that they make, and leases.

use sitrep::store::jobs::{self, Job, JobEnd};
use sitrep::store::schedules::{self, Schedule, Step};
use sitrep::store::{Db, leases};

use crate::support::samples::at;
use crate::support::{TestDb, contract};

const DUE: &str = "2026-03-01T02:30Z";
const NEXT: &str = "2026-03-02T02:30Z";

fn schedule() -> Schedule {
    Schedule {
        id: "close/daily".to_owned(),
        closings: vec!["05:30 Asia/Damascus".to_owned()],
        lead_seconds: 0,
        next_due_at: at(DUE),
        last_due_at: None,
    }
}

fn step() -> Step {
    Step { fire: Some(at(DUE)), next_due_at: at(NEXT) }
}

async fn claim(db: &Db, worker: &str, now: &str, until: &str) -> Option<Job> {
    jobs::claim(db, worker, at(until), at(now)).await.unwrap()
}

async fn fired(db: &Db) {
    schedules::put(db, &schedule()).await.unwrap();
    assert!(schedules::fire(db, &schedule(), step(), at(DUE)).await.unwrap());
}

contract! {
    async fn d_34_of_two_machines_that_fire_a_schedule_one_does(test: &TestDb) {
        schedules::put(&test.db, &schedule()).await.unwrap();
        let (other, schedule) = (test.another().await, schedule());
        let (one, two) = tokio::join!(
            schedules::fire(&test.db, &schedule, step(), at(DUE)),
            schedules::fire(&other, &schedule, step(), at(DUE)),
        );
        assert!(one.unwrap() ^ two.unwrap());
        assert_eq!(sitrep::store::status::status(&test.db).await.unwrap().open_jobs, 1);
        let stored = schedules::list(&test.db).await.unwrap().remove(0);
        assert_eq!((stored.next_due_at, stored.last_due_at), (at(NEXT), Some(at(DUE))));
        assert_eq!(schedules::due(&test.db, at(DUE)).await.unwrap(), []);
    }

    async fn a_schedule_keeps_its_place_unless_its_times_change(test: &TestDb) {
        schedules::put(&test.db, &schedule()).await.unwrap();
        let later = Schedule { next_due_at: at(NEXT), ..schedule() };
        schedules::put(&test.db, &later).await.unwrap();
        assert_eq!(schedules::due(&test.db, at(DUE)).await.unwrap(), [schedule()]);
        let moved = Schedule { closings: vec!["06:30 Asia/Damascus".to_owned()], ..later };
        schedules::put(&test.db, &moved).await.unwrap();
        assert_eq!(schedules::list(&test.db).await.unwrap(), [moved]);
        assert!(schedules::remove(&test.db, "close/daily").await.unwrap());
        assert_eq!(schedules::list(&test.db).await.unwrap(), []);
    }

    async fn what_was_missed_for_too_long_is_passed_over_without_a_job(test: &TestDb) {
        schedules::put(&test.db, &schedule()).await.unwrap();
        let over = Step { fire: None, ..step() };
        assert!(schedules::fire(&test.db, &schedule(), over, at(DUE)).await.unwrap());
        assert_eq!(claim(&test.db, "one", NEXT, NEXT).await, None);
        assert_eq!(schedules::list(&test.db).await.unwrap()[0].last_due_at, None);
    }

    async fn a_job_is_done_by_one_worker_at_a_time(test: &TestDb) {
        fired(&test.db).await;
        let job = claim(&test.db, "one", DUE, "2026-03-01T02:40Z").await.unwrap();
        assert_eq!((job.due_at, job.attempts), (at(DUE), 1));
        assert_eq!(claim(&test.db, "two", "2026-03-01T02:39Z", NEXT).await, None);
        assert!(jobs::renew(&test.db, &job, "one", at("2026-03-01T02:50Z")).await.unwrap());
        assert_eq!(claim(&test.db, "two", "2026-03-01T02:49Z", NEXT).await, None);
        let taken = claim(&test.db, "two", "2026-03-01T02:50Z", NEXT).await.unwrap();
        assert_eq!(taken.attempts, 2);
        assert!(!jobs::renew(&test.db, &job, "one", at(NEXT)).await.unwrap());
        assert!(!jobs::finish(&test.db, &job, "one", &JobEnd::Done, at(NEXT)).await.unwrap());
        assert!(jobs::finish(&test.db, &taken, "two", &JobEnd::Done, at(NEXT)).await.unwrap());
        assert_eq!(claim(&test.db, "one", "2026-03-09T00:00Z", NEXT).await, None);
    }

    async fn a_job_that_went_wrong_waits_before_it_is_tried_again(test: &TestDb) {
        fired(&test.db).await;
        let job = claim(&test.db, "one", DUE, NEXT).await.unwrap();
        let retry = |failure: &str| JobEnd::Retry {
            not_before: at("2026-03-01T02:35Z"),
            failure: failure.to_owned(),
        };
        jobs::finish(&test.db, &job, "one", &retry("no network"), at(DUE)).await.unwrap();
        assert_eq!(claim(&test.db, "one", "2026-03-01T02:34Z", NEXT).await, None);
        let again = claim(&test.db, "one", "2026-03-01T02:35Z", NEXT).await.unwrap();
        let given_up = JobEnd::GaveUp { failure: "no network".to_owned() };
        assert!(jobs::finish(&test.db, &again, "one", &given_up, at(NEXT)).await.unwrap());
        assert_eq!(claim(&test.db, "one", "2026-03-09T00:00Z", NEXT).await, None);
    }

    async fn a_lease_has_one_holder_and_runs_out(test: &TestDb) {
        let take = async |holder: &str, now: &str, until: &str| {
            leases::take(&test.db, "source/wire", holder, at(until), at(now)).await.unwrap()
        };
        assert!(take("one", "2026-03-01T00:00Z", "2026-03-01T00:10Z").await);
        assert!(!take("two", "2026-03-01T00:09Z", "2026-03-01T00:20Z").await);
        assert!(take("one", "2026-03-01T00:09Z", "2026-03-01T00:15Z").await);
        assert!(take("two", "2026-03-01T00:15Z", "2026-03-01T00:30Z").await);
        let renew = async |holder: &str, now: &str| {
            leases::renew(&test.db, "source/wire", holder, at("2026-03-01T00:40Z"), at(now)).await.unwrap()
        };
        assert!(!renew("one", "2026-03-01T00:16Z").await);
        assert!(renew("two", "2026-03-01T00:16Z").await);
        assert!(!leases::release(&test.db, "source/wire", "one").await.unwrap());
        assert!(leases::release(&test.db, "source/wire", "two").await.unwrap());
        assert!(take("one", "2026-03-01T00:17Z", "2026-03-01T00:20Z").await);
    }

    async fn of_many_leases_those_are_taken_that_nobody_has_and_kept_and_given_back_together(test: &TestDb) {
        let names: Vec<String> = (0..50).map(|n| format!("gather/{n}")).collect();
        let take = async |holder: &str, some: &[String], now: &str, until: &str| {
            leases::take_all(&test.db, some, holder, at(until), at(now)).await.unwrap().len()
        };
        assert_eq!(take("one", &names[..30], "2026-03-01T00:00Z", "2026-03-01T00:10Z").await, 30);
        assert_eq!(take("two", &names, "2026-03-01T00:01Z", "2026-03-01T00:11Z").await, 20);
        assert_eq!(take("one", &names, "2026-03-01T00:02Z", "2026-03-01T00:12Z").await, 30);
        let (until, now) = (at("2026-03-01T00:30Z"), at("2026-03-01T00:03Z"));
        leases::renew_all(&test.db, "gather/", "two", until, now).await.unwrap();
        leases::renew_all(&test.db, "other/", "one", until, now).await.unwrap();
        // Those of the first have run out, those of the second not.
        assert_eq!(take("three", &names, "2026-03-01T00:13Z", "2026-03-01T00:20Z").await, 30);
        leases::release_all(&test.db, "gather/", "two").await.unwrap();
        assert_eq!(take("three", &names, "2026-03-01T00:14Z", "2026-03-01T00:20Z").await, 50);
    }
}
