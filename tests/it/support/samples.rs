//! Made-up values, each complete, so that a test only says what it is about.

use jiff::Timestamp;
use jiff::civil::{Date, time};
use sitrep::model::FixedClock;
use sitrep::model::article::{Article, FoundArticle};
use sitrep::model::claim::{Claim, Confidence, Evidence, Field, Status};
use sitrep::model::delivery::{Delivery, DeliveryKind, DeliveryState};
use sitrep::model::digest::{DayOutcome, Digest, Variant};
use sitrep::model::event::{Event, Support};
use sitrep::model::filter::{Filter, Grouping};
use sitrep::model::id::{
    DeliveryId, DigestId, EditionId, EventId, SourceId, SubscriberId, SubscriptionId,
};
use sitrep::model::kind::{Kind, SubType};
use sitrep::model::situation::{Coverage, Frozen};
use sitrep::model::subscriber::{Frequency, Subscriber, SubscriberState, Subscription};
use sitrep::model::time::{DateSpan, Window};

/// An instant, as `2026-03-01T05:30Z`.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A half-open span of instants.
pub(crate) fn window(from: &str, to: &str) -> Window {
    Window { from: at(from), to: at(to) }
}

/// An article of the source `wire`.
pub(crate) fn article(url: &str, text: &str, seen: &str) -> Article {
    let found = FoundArticle {
        url: url.to_owned(),
        title: "Shelling near the river".to_owned(),
        text: text.to_owned(),
        language: Some("en".to_owned()),
        ..FoundArticle::default()
    };
    Article::new(SourceId::new("wire"), found, at(seen), true)
}

/// A claim that rests on `quote`.
pub(crate) fn claim(quote: &str) -> Claim {
    let evidence =
        Evidence { field: Field::Text, start: 0, end: quote.len(), quote: quote.to_owned() };
    Claim {
        kind: Kind(SubType::ShellingArtilleryMissileAttack),
        date: None,
        places: Vec::new(),
        actors: Vec::new(),
        casualties: Vec::new(),
        materiel: Vec::new(),
        objects: Vec::new(),
        attribution: Vec::new(),
        denials: Vec::new(),
        status: Status::Asserted,
        phase: None,
        confidence: Confidence::High,
        evidence: vec![evidence],
    }
}

/// An event of one day, unchanged since it was first seen.
pub(crate) fn event(id: &str, day: Date, seen: &str) -> Event {
    Event {
        id: EventId::new(id),
        kind: Kind(SubType::ArmedClash),
        date: Some(DateSpan::day(day)),
        places: Vec::new(),
        actors: Vec::new(),
        figures: Vec::new(),
        materiel: Vec::new(),
        objects: Vec::new(),
        phase: None,
        reports: Vec::new(),
        denials: Vec::new(),
        support: Support::One,
        disputes: Vec::new(),
        sure: true,
        first_seen: at(seen),
        changed_at: at(seen),
        score: 1,
        corrections: Vec::new(),
    }
}

/// What an issue without events is computed from.
pub(crate) fn frozen(window: Window) -> Frozen {
    Frozen {
        title: "Daily".to_owned(),
        window,
        by_event_date: false,
        events: Vec::new(),
        previous: None,
        daily_counts: vec![3, 0, 2],
        coverage: Coverage::default(),
        next_close: None,
        silent: Vec::new(),
        corrected: Vec::new(),
        setting: None,
    }
}

/// An active reader in Damascus.
pub(crate) fn subscriber(address: &str) -> Subscriber {
    let now = at("2026-03-01T00:00Z");
    Subscriber {
        id: SubscriberId::next(&FixedClock::new(now)),
        address: address.parse().unwrap(),
        state: SubscriberState::Active,
        language: "en".to_owned(),
        zone: "Asia/Damascus".to_owned(),
        created_at: now,
    }
}

/// A daily subscription to an edition, for 07:00.
pub(crate) fn subscription(subscriber: &Subscriber, edition: &str) -> Subscription {
    Subscription {
        id: SubscriptionId::next(&FixedClock::new(subscriber.created_at)),
        subscriber: subscriber.id,
        edition: EditionId::new(edition),
        filter: Filter::default(),
        grouping: None,
        at: time(7, 0, 0, 0),
        frequency: Frequency::Daily,
        skip_quiet: false,
    }
}

/// A digest with an id of that name.
pub(crate) fn digest(id: &str) -> Digest {
    let variant = Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        brief: false,
    };
    Digest {
        id: DigestId::new(id),
        issue: None,
        replies_to: None,
        variant,
        outcome: DayOutcome::Normal,
        subject: "Sitrep 2 Mar: shelling near the river".to_owned(),
        html: "<p>Shelling near the river.</p>".to_owned(),
        text: "Shelling near the river.\n".to_owned(),
        map: None,
        rendered_at: at("2026-03-02T04:00Z"),
    }
}

/// A message that sends `reference`, due at 04:00 and good for twelve hours.
pub(crate) fn delivery(subscriber: &Subscriber, reference: &str) -> Delivery {
    let due_at = at("2026-03-02T04:00Z");
    Delivery {
        id: DeliveryId::next(&FixedClock::new(due_at)),
        kind: DeliveryKind::Digest,
        reference: reference.to_owned(),
        subscriber: subscriber.id,
        state: DeliveryState::Queued,
        message_id: format!("{reference}.{}@example.org", subscriber.id),
        dated: due_at,
        due_at,
        expires_at: at("2026-03-02T16:00Z"),
        attempts: 0,
        reply: None,
    }
}
