//! Closings make issues whose windows tile, and digests are stored once.

use std::sync::Arc;

use jiff::civil::date;
use sitrep::model::digest::{DayOutcome, Digest, Variant};
use sitrep::model::filter::{Filter, Grouping};
use sitrep::model::id::{DigestId, EditionId, IssueId};
use sitrep::model::issue::Issue;
use sitrep::store::issues::Closing;
use sitrep::store::{digests, issues};

use crate::support::samples::{at, event, frozen, window};
use crate::support::{TestDb, contract};

fn issue(from: &str, to: &str) -> Issue {
    Issue::new(EditionId::new("daily"), window(from, to), at(to))
}

fn digest(issue: &IssueId) -> Digest {
    let variant = Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "Asia/Damascus".to_owned(),
        brief: false,
    };
    Digest {
        id: DigestId::of(issue.as_str(), &variant.key()),
        replies_to: None,
        issue: Some(issue.clone()),
        variant,
        outcome: DayOutcome::Quiet,
        subject: "Quiet".to_owned(),
        html: "<p>Quiet</p>".to_owned(),
        text: "Quiet".to_owned(),
        map: Some("iVBORw0KGgo=".to_owned()),
        rendered_at: at("2026-03-02T05:31Z"),
    }
}

const D1: &str = "2026-03-01T05:30Z";
const D2: &str = "2026-03-02T05:30Z";
const D3: &str = "2026-03-03T05:30Z";

contract! {
    async fn b_6_an_issue_begins_where_the_last_one_ended_or_is_not_kept(test: &TestDb) {
        let daily = EditionId::new("daily");
        assert_eq!(issues::open_edition(&test.db, &daily, at(D1)).await.unwrap(), at(D1));
        assert_eq!(issues::open_edition(&test.db, &daily, at(D3)).await.unwrap(), at(D1));
        let (first, gap) = (issue(D1, D2), issue("2026-03-02T06:00Z", D3));
        let insert = async |issue: &Issue| {
            issues::insert(&test.db, issue, &frozen(issue.window)).await.unwrap()
        };
        assert_eq!(insert(&first).await, Closing::New);
        assert_eq!(insert(&first).await, Closing::Already);
        assert_eq!(insert(&gap).await, Closing::NotNext { last_close: at(D2) });
        assert_eq!(insert(&issue(D1, D3)).await, Closing::NotNext { last_close: at(D2) });
        assert_eq!(insert(&issue(D2, D3)).await, Closing::New);
        assert_eq!(issues::last(&test.db, &daily).await.unwrap(), Some(issue(D2, D3)));
        assert_eq!(issues::last_close(&test.db, &daily).await.unwrap(), Some(at(D3)));
    }

    async fn d_34_of_two_machines_that_close_an_edition_one_makes_the_issue(test: &TestDb) {
        issues::open_edition(&test.db, &EditionId::new("daily"), at(D1)).await.unwrap();
        let (other, issue) = (test.another().await, issue(D1, D2));
        let frozen = frozen(issue.window);
        let (one, two) = tokio::join!(
            issues::insert(&test.db, &issue, &frozen),
            issues::insert(&other, &issue, &frozen),
        );
        let mut closings = [one.unwrap(), two.unwrap()];
        closings.sort_by_key(|closing| *closing != Closing::New);
        assert_eq!(closings, [Closing::New, Closing::Already]);
    }

    async fn what_an_issue_was_computed_from_stays_as_it_was(test: &TestDb) {
        issues::open_edition(&test.db, &EditionId::new("daily"), at(D1)).await.unwrap();
        let issue = issue(D1, D2);
        let mut told = frozen(issue.window);
        told.events = vec![Arc::new(event("a", date(2026, 3, 1), D1))];
        issues::insert(&test.db, &issue, &told).await.unwrap();
        issues::insert(&test.db, &issue, &frozen(issue.window)).await.unwrap();
        assert_eq!(issues::frozen(&test.db, &issue.id).await.unwrap(), Some(told));
        assert_eq!(issues::get(&test.db, &issue.id).await.unwrap(), Some(issue));
        assert_eq!(issues::frozen(&test.db, &IssueId::new("none")).await.unwrap(), None);
    }

    async fn d_31_a_digest_that_is_stored_is_never_replaced(test: &TestDb) {
        issues::open_edition(&test.db, &EditionId::new("daily"), at(D1)).await.unwrap();
        let issue = issue(D1, D2);
        issues::insert(&test.db, &issue, &frozen(issue.window)).await.unwrap();
        let first = digest(&issue.id);
        let other = Digest { html: "<p>Other</p>".to_owned(), ..first.clone() };
        assert!(digests::insert(&test.db, &first).await.unwrap());
        assert!(!digests::insert(&test.db, &other).await.unwrap());
        assert_eq!(digests::get(&test.db, &first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(digests::of_issue(&test.db, &issue.id).await.unwrap(), [first]);
    }

    async fn b_59_a_notice_names_the_digest_that_it_corrects(test: &TestDb) {
        let first = digest(&IssueId::new("daily"));
        let notice = Digest {
            id: DigestId::new("notice"),
            issue: None,
            replies_to: Some(first.id.clone()),
            ..first
        };
        assert!(digests::insert(&test.db, &notice).await.unwrap());
        assert_eq!(digests::get(&test.db, &notice.id).await.unwrap(), Some(notice));
    }
}
