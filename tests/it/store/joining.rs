//! Who asked to join, and how often a thing may be done.

use jiff::SignedDuration;
use sitrep::model::subscriber::{Subscriber, SubscriberState};
use sitrep::store::limits::{self, Limit};
use sitrep::store::subscribers::Added;
use sitrep::store::{signups, subscribers, subscriptions};

use crate::support::samples::{at, subscriber, subscription};
use crate::support::{TestDb, contract};

fn asking(address: &str) -> Subscriber {
    Subscriber { state: SubscriberState::Pending, ..subscriber(address) }
}

contract! {
    async fn d_40_who_asked_waits_until_they_confirm_and_a_second_wish_takes_the_place_of_the_first(test: &TestDb) {
        let (first, again) = (asking("a@example.org"), asking("a@example.org"));
        let wish = subscription(&first, "daily");
        assert_eq!(signups::put(&test.db, &first, &wish).await.unwrap(), Some(first.clone()));
        let later = subscription(&again, "weekly");
        let kept = signups::put(&test.db, &again, &later).await.unwrap().unwrap();
        assert_eq!(kept.id, first.id, "links of the first letter stay good");
        let wanted = subscriptions::of(&test.db, first.id).await.unwrap();
        assert_eq!(wanted.len(), 1);
        assert_eq!(wanted[0].edition.as_str(), "weekly");
        let now = at("2026-03-02T00:00Z");
        assert_eq!(signups::consent(&test.db, first.id).await.unwrap(), (None, None));
        assert!(signups::confirm(&test.db, first.id, "web-1", now).await.unwrap());
        assert!(!signups::confirm(&test.db, first.id, "web-1", now).await.unwrap());
        let consent = signups::consent(&test.db, first.id).await.unwrap();
        assert_eq!(consent, (Some(now.as_microsecond()), Some("web-1".to_owned())));
        assert_eq!(signups::put(&test.db, &again, &later).await.unwrap(), None, "active already");
        assert!(subscribers::set_place(&test.db, first.id, "fr", "Europe/Paris").await.unwrap());
        let stored = subscribers::get(&test.db, first.id).await.unwrap().unwrap();
        assert_eq!((stored.language.as_str(), stored.zone.as_str()), ("fr", "Europe/Paris"));
    }

    async fn d_42_only_who_never_confirmed_is_forgotten(test: &TestDb) {
        let (asked, active) = (asking("a@example.org"), subscriber("b@example.org"));
        signups::put(&test.db, &asked, &subscription(&asked, "daily")).await.unwrap();
        subscribers::add(&test.db, &active).await.unwrap();
        assert_eq!(signups::forget(&test.db, asked.created_at).await.unwrap(), 0);
        assert_eq!(signups::forget(&test.db, at("2026-03-03T00:00Z")).await.unwrap(), 1);
        assert_eq!(subscribers::list(&test.db).await.unwrap(), [active]);
        assert_eq!(subscriptions::of(&test.db, asked.id).await.unwrap(), []);
    }

    async fn whom_an_operator_adds_takes_the_place_of_who_only_asked(test: &TestDb) {
        let asked = asking("a@example.org");
        signups::put(&test.db, &asked, &subscription(&asked, "daily")).await.unwrap();
        let added = subscriber("a@example.org");
        assert_eq!(subscribers::add(&test.db, &added).await.unwrap(), Added::New);
        assert_eq!(subscribers::list(&test.db).await.unwrap(), [added]);
    }

    async fn s_11_a_use_is_taken_of_all_limits_or_of_none(test: &TestDb) {
        let now = at("2026-03-02T00:00Z");
        let (one, two) = (Limit::hours("one", 1, 24), Limit::hours("two", 3, 1));
        let both = [one.clone(), two.clone()];
        assert!(limits::take(&test.db, &both, now).await.unwrap());
        assert!(!limits::take(&test.db, &both, now).await.unwrap());
        for _ in 0..2 {
            assert!(limits::take(&test.db, std::slice::from_ref(&two), now).await.unwrap());
        }
        assert!(!limits::is_free(&test.db, std::slice::from_ref(&two), now).await.unwrap());
        let hour_on = now + SignedDuration::from_hours(1);
        assert!(limits::take(&test.db, std::slice::from_ref(&two), hour_on).await.unwrap());
        assert!(!limits::take(&test.db, &both, hour_on).await.unwrap());
        limits::clear(&test.db, "one").await.unwrap();
        assert!(limits::take(&test.db, &both, hour_on).await.unwrap());
        assert_eq!(limits::forget(&test.db, hour_on).await.unwrap(), 1, "the key `two` at `now`");
    }

    async fn s_11_a_key_with_two_limits_is_counted_once_a_use(test: &TestDb) {
        let now = at("2026-03-02T00:00Z");
        let both = [Limit::hours("key", 1, 1), Limit::hours("key", 3, 100)];
        for hours in 0..3 {
            let later = now + SignedDuration::from_hours(2 * hours);
            assert!(limits::take(&test.db, &both, later).await.unwrap(), "{hours}");
            assert!(!limits::take(&test.db, &both, later).await.unwrap(), "{hours}");
        }
        let last = now + SignedDuration::from_hours(6);
        assert!(!limits::take(&test.db, &both, last).await.unwrap());
    }

    async fn s_11_of_many_at_once_no_more_than_the_limit_get_through(test: &TestDb) {
        let other = test.another().await;
        let limit = [Limit::hours("key", 5, 1)];
        let now = at("2026-03-02T00:00Z");
        let takes = (0..40).map(|n| limits::take(if n % 2 == 0 { &test.db } else { &other }, &limit, now));
        let taken = futures::future::join_all(takes).await;
        assert_eq!(taken.into_iter().filter(|taken| *taken.as_ref().unwrap()).count(), 5);
    }
}
