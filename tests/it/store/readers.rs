//! Subscribers and what they want.

use sitrep::model::id::{EditionId, IssueId};
use sitrep::model::subscriber::{Frequency, Subscriber, SubscriberState, Subscription};
use sitrep::store::subscribers::{Added, Imported};
use sitrep::store::subscriptions::LastIssue;
use sitrep::store::{subscribers, subscriptions};

use crate::support::samples::{at, subscriber, subscription};
use crate::support::{TestDb, contract};

const NOW: &str = "2026-03-02T00:00Z";

contract! {
    async fn an_address_is_added_once(test: &TestDb) {
        let (first, again) = (subscriber("a@example.org"), subscriber("a@EXAMPLE.org"));
        assert_eq!(subscribers::add(&test.db, &first).await.unwrap(), Added::New);
        let second = subscribers::add(&test.db, &again).await.unwrap();
        assert_eq!(second, Added::Existing(first.clone()));
        assert_eq!(subscribers::find(&test.db, &again.address).await.unwrap(), Some(first.clone()));
        assert_eq!(subscribers::get(&test.db, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(subscribers::list(&test.db).await.unwrap(), [first]);
    }

    async fn d_16_a_suppressed_address_cannot_be_added_again_even_after_its_removal(test: &TestDb) {
        let gone = subscriber("a@example.org");
        subscribers::add(&test.db, &gone).await.unwrap();
        let suppress = async || {
            subscribers::suppress(&test.db, &gone.address, "complained", at(NOW)).await.unwrap()
        };
        assert!(suppress().await);
        assert!(!suppress().await);
        subscribers::remove(&test.db, &gone.address).await.unwrap();
        let again = subscribers::add(&test.db, &subscriber("a@example.org")).await.unwrap();
        assert_eq!(again, Added::Suppressed);
        let kept = subscribers::find(&test.db, &gone.address).await.unwrap();
        assert_eq!(kept, Some(Subscriber { state: SubscriberState::Suppressed, ..gone }));
    }

    async fn a_removed_subscriber_takes_their_subscriptions_along(test: &TestDb) {
        let reader = subscriber("a@example.org");
        subscribers::add(&test.db, &reader).await.unwrap();
        subscriptions::put(&test.db, &subscription(&reader, "daily")).await.unwrap();
        assert!(subscribers::remove(&test.db, &reader.address).await.unwrap());
        assert!(!subscribers::remove(&test.db, &reader.address).await.unwrap());
        assert_eq!(subscribers::list(&test.db).await.unwrap(), []);
        assert_eq!(subscriptions::of(&test.db, reader.id).await.unwrap(), []);
    }

    async fn importing_a_list_twice_changes_nothing(test: &TestDb) {
        let left = subscriber("left@example.org");
        subscribers::add(&test.db, &left).await.unwrap();
        subscribers::suppress(&test.db, &left.address, "left", at(NOW)).await.unwrap();
        let rows = ["a@example.org", "left@example.org", "b@example.org"].map(|address| {
            let reader = subscriber(address);
            (reader.clone(), subscription(&reader, "daily"))
        });
        let first = subscribers::import(&test.db, &rows).await.unwrap();
        assert_eq!(first, Imported { added: 2, existing: 0, suppressed: 1 });
        let second = subscribers::import(&test.db, &rows).await.unwrap();
        assert_eq!(second, Imported { added: 0, existing: 2, suppressed: 1 });
        let wanted = subscriptions::for_edition(&test.db, &EditionId::new("daily")).await.unwrap();
        assert_eq!(wanted.len(), 2);
    }

    async fn an_edition_lists_what_active_readers_want_of_it(test: &TestDb) {
        let (reader, left) = (subscriber("a@example.org"), subscriber("b@example.org"));
        for person in [&reader, &left] {
            subscribers::add(&test.db, person).await.unwrap();
            subscriptions::put(&test.db, &subscription(person, "daily")).await.unwrap();
        }
        subscribers::suppress(&test.db, &left.address, "left", at(NOW)).await.unwrap();
        let wanted = subscriptions::of(&test.db, reader.id).await.unwrap().remove(0);
        let weekly = Subscription { frequency: Frequency::Weekly, ..wanted };
        subscriptions::put(&test.db, &weekly).await.unwrap();
        let listed = subscriptions::for_edition(&test.db, &EditionId::new("daily")).await.unwrap();
        assert_eq!(listed, [(weekly.clone(), reader)]);
        assert!(subscriptions::remove(&test.db, weekly.id).await.unwrap());
        let none = subscriptions::for_edition(&test.db, &EditionId::new("daily")).await.unwrap();
        assert_eq!(none, []);
    }

    async fn the_last_issue_of_a_subscription_never_goes_back(test: &TestDb) {
        let reader = subscriber("a@example.org");
        subscribers::add(&test.db, &reader).await.unwrap();
        let wanted = subscription(&reader, "daily");
        subscriptions::put(&test.db, &wanted).await.unwrap();
        assert_eq!(subscriptions::last(&test.db, wanted.id).await.unwrap(), None);
        let last = |issue: &str, until| LastIssue { issue: IssueId::new(issue), until: at(until) };
        let new = last("new", "2026-03-02T05:30Z");
        subscriptions::put_last(&test.db, wanted.id, &new).await.unwrap();
        let old = last("old", "2026-03-01T05:30Z");
        subscriptions::put_last(&test.db, wanted.id, &old).await.unwrap();
        subscriptions::put(&test.db, &wanted).await.unwrap();
        assert_eq!(subscriptions::last(&test.db, wanted.id).await.unwrap(), Some(new));
    }
}
