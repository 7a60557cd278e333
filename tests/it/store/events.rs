//! Events: versions, windows, dates, and the short ids that mails print.

use jiff::civil::date;
use sitrep::model::event::{Event, Support};
use sitrep::model::id::EventId;
use sitrep::store::events::{self, Lookup};

use crate::support::samples::{at, event, window};
use crate::support::{TestDb, contract};

fn ids(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.id.as_str()).collect()
}

contract! {
    async fn an_event_that_changes_gets_a_version_and_one_that_does_not_keeps_its_own(test: &TestDb) {
        let first = event("abcdef1", date(2026, 3, 1), "2026-03-01T05:00Z");
        let changed = Event { support: Support::Independent(2), ..first.clone() };
        let now = at("2026-03-01T06:00Z");
        for (events, news) in [(&first, 1), (&first, 0), (&changed, 1)] {
            let upserted = events::upsert(&test.db, std::slice::from_ref(events), now).await;
            assert_eq!(upserted.unwrap(), news);
        }
        let versions = events::versions(&test.db, &first.id).await.unwrap();
        assert_eq!(versions, [(now, first), (now, changed)]);
    }

    async fn b_6_a_window_holds_what_was_first_seen_or_changed_in_it_and_not_its_end(test: &TestDb) {
        let day = date(2026, 2, 20);
        let early = event("a", day, "2026-03-01T05:29:59.999999Z");
        let inside = event("b", day, "2026-03-01T05:30Z");
        let late = event("c", day, "2026-03-02T05:30Z");
        let mut changed = event("d", day, "2026-02-20T00:00Z");
        changed.changed_at = at("2026-03-01T12:00Z");
        let all = [early, inside, late, changed];
        events::upsert(&test.db, &all, at("2026-03-02T06:00Z")).await.unwrap();
        let issue = window("2026-03-01T05:30Z", "2026-03-02T05:30Z");
        assert_eq!(ids(&events::in_window(&test.db, issue).await.unwrap()), ["d", "b"]);
        assert_eq!(ids(&events::first_seen_in(&test.db, issue).await.unwrap()), ["b"]);
    }

    async fn events_are_found_by_the_days_on_which_they_may_have_happened(test: &TestDb) {
        let seen = "2026-03-05T00:00Z";
        let mut week = event("week", date(2026, 2, 23), seen);
        week.date.as_mut().unwrap().to = date(2026, 3, 1);
        let mut undated = event("undated", date(2026, 3, 1), seen);
        undated.date = None;
        let all = [week, undated, event("day", date(2026, 3, 2), seen), event("old", date(2020, 1, 1), seen)];
        events::upsert(&test.db, &all, at(seen)).await.unwrap();
        let found = events::by_date(&test.db, date(2026, 3, 1), date(2026, 3, 2)).await.unwrap();
        assert_eq!(ids(&found), ["week", "day"]);
    }

    async fn an_event_is_found_by_the_letters_that_a_mail_prints(test: &TestDb) {
        let (day, seen) = (date(2026, 3, 1), "2026-03-01T05:00Z");
        let all = [event("abcdef1", day, seen), event("abcxyz2", day, seen)];
        events::upsert(&test.db, &all, at(seen)).await.unwrap();
        let find = async |prefix: &str| events::find(&test.db, prefix).await.unwrap();
        assert_eq!(find("ABCDEF").await, Lookup::One(Box::new(all[0].clone())));
        assert_eq!(find("abcdef1").await, Lookup::One(Box::new(all[0].clone())));
        assert_eq!(find("%").await, Lookup::Missing);
        let several = [EventId::new("abcdef1"), EventId::new("abcxyz2")].to_vec();
        assert_eq!(find("abc").await, Lookup::Ambiguous(several));
        assert!(events::remove(&test.db, &all[0].id).await.unwrap());
        assert_eq!(find("abcdef").await, Lookup::Missing);
        assert_eq!(events::versions(&test.db, &all[0].id).await.unwrap().len(), 1);
    }
}
