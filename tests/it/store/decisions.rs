//! What editors decided: kept once, in order, for ever.

use jiff::civil::date;
use sitrep::model::FixedClock;
use sitrep::model::decision::{Anchor, Decision, Verdict};
use sitrep::model::event::Event;
use sitrep::model::id::DecisionId;
use sitrep::model::situation::Frozen;
use sitrep::store::{decisions, issues};

use crate::support::samples::{at, event, frozen, window};
use crate::support::{TestDb, contract};

fn decision(about: &Event, when: &str, reason: &str) -> Decision {
    Decision {
        id: DecisionId::next(&FixedClock::new(at(when))),
        event: about.id.clone(),
        at: at(when),
        reason: reason.to_owned(),
        verdict: Verdict::Retract { claims: Anchor::all(about) },
    }
}

contract! {
    async fn decisions_are_kept_once_and_listed_in_the_order_in_which_they_were_made(test: &TestDb) {
        let about = event("abcdef1", date(2026, 3, 1), "2026-03-01T05:00Z");
        let second = decision(&about, "2026-03-03T05:00Z", "the outlet took it back");
        let first = decision(&about, "2026-03-02T05:00Z", "another place");
        for (decision, new) in [(&second, true), (&first, true), (&second, false)] {
            assert_eq!(decisions::insert(&test.db, decision).await.unwrap(), new);
        }
        assert_eq!(decisions::list(&test.db).await.unwrap(), [first, second]);
    }

    async fn earlier_issues_of_an_edition_are_given_newest_first(test: &TestDb) {
        use sitrep::model::id::EditionId;
        use sitrep::model::issue::Issue;
        let edition = EditionId::new("daily");
        let days = ["2026-03-01T05:00Z", "2026-03-02T05:00Z", "2026-03-03T05:00Z", "2026-03-04T05:00Z"];
        issues::open_edition(&test.db, &edition, at(days[0])).await.unwrap();
        for pair in days.windows(2) {
            let window = window(pair[0], pair[1]);
            let issue = Issue::new(edition.clone(), window, window.to);
            issues::insert(&test.db, &issue, &frozen(window)).await.unwrap();
        }
        let until = async |close: &str, most| {
            let found = issues::frozen_until(&test.db, &edition, at(close), most).await.unwrap();
            found.into_iter().map(|one: Frozen| one.window.to).collect::<Vec<_>>()
        };
        assert_eq!(until(days[2], 10).await, [at(days[2]), at(days[1])]);
        assert_eq!(until(days[3], 1).await, [at(days[3])]);
    }
}
