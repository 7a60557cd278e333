//! Identifiers: slugs that people write, digests of content, and time-ordered random ids.

use std::fmt;

use compact_str::CompactString;
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Clock;

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(CompactString);

        impl $name {
            /// Takes the text as it is; whoever reads it from outside has checked it.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(text.as_ref().into())
            }

            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
    )+};
}

text_id! {
    /// A source, as an editor named it.
    SourceId,
    /// A faction of a pack.
    FactionId,
    /// A region of a pack.
    RegionId,
    /// An edition of the configuration.
    EditionId,
    /// An article version, derived from when it was first seen, its source, address and text.
    ArticleId,
    /// A claim, derived from its article and its position there.
    ClaimId,
    /// An event, derived from the first claim that reported it.
    EventId,
    /// An issue, derived from its edition and window.
    IssueId,
    /// A digest, derived from its issue or request and its variant.
    DigestId,
}

macro_rules! random_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts by the clock's time.
            pub fn next(clock: &dyn Clock) -> Self {
                Self(time_ordered(clock))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

random_id! {
    /// A subscriber.
    SubscriberId,
    /// A subscription of a subscriber to an edition.
    SubscriptionId,
    /// A message to one subscriber.
    DeliveryId,
    /// A decision of an editor.
    DecisionId,
    /// A form that was shown; its time says when.
    FormId,
}

impl ArticleId {
    /// The id of one version of an article: equal text at an equal address of a source is the same version. Eight
    /// letters for when it was first seen come first: new ones are the last of an index, and so touch few of its pages,
    /// however many are known and however many come at once.
    pub fn of(source: &SourceId, address: &str, content_hash: &str, first_seen: Timestamp) -> Self {
        let content = content_id(&["article", source.as_str(), address, content_hash]);
        Self(time_letters(first_seen).chain(content.chars()).collect())
    }

    /// The id without its time: what the ids of claims rest on. Earlier versions put four letters for the day before
    /// it, the first ones nothing.
    fn content(&self) -> &str {
        let last = self.0.len().checked_sub(CONTENT_LETTERS);
        last.and_then(|from| self.0.get(from..)).unwrap_or(&self.0)
    }
}

impl ClaimId {
    /// The id of the claim at `position` (from 0) among the claims of an article.
    pub fn of(article: &ArticleId, position: usize) -> Self {
        Self(content_id(&["claim", article.content(), &position.to_string()]).into())
    }
}

impl EventId {
    /// The id of the event first reported by `claim`.
    pub fn of(claim: &ClaimId) -> Self {
        Self(content_id(&["event", claim.as_str()]).into())
    }

    /// The six letters that a mail prints, enough to tell the events of an issue apart.
    pub fn short(&self) -> &str {
        self.0.get(..6).unwrap_or(&self.0)
    }
}

impl IssueId {
    /// The id of the issue of `edition` whose window runs from `from` to `to`, in microseconds of Unix time.
    pub fn of(edition: &EditionId, from: i64, to: i64) -> Self {
        Self(content_id(&["issue", edition.as_str(), &from.to_string(), &to.to_string()]).into())
    }
}

impl DigestId {
    /// The id of the digest of `reference` (an issue or an on-demand request) for one variant.
    pub fn of(reference: &str, variant: &str) -> Self {
        Self(content_id(&["digest", reference, variant]).into())
    }
}

/// How many letters say when an article was first seen: with them and [`CONTENT_LETTERS`] an id takes no memory of its own.
const TIME_LETTERS: u32 = 8;

/// How many letters [`content_id`] has.
const CONTENT_LETTERS: usize = 16;

/// A time in steps of four milliseconds, which these letters hold until the year 2109. They are those of base 32 whose
/// order is that of the numbers (`base32hex` of RFC 4648).
fn time_letters(at: Timestamp) -> impl Iterator<Item = char> {
    let steps = at.as_millisecond().div_euclid(4);
    let digit = move |place: u32| u32::try_from(steps >> (5 * place) & 31).unwrap_or_default();
    (0..TIME_LETTERS).rev().filter_map(move |place| char::from_digit(digit(place), 32))
}

/// 80 bits of SHA-256 over the parts, as 16 lower-case base-32 letters.
pub fn content_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    BASE32_NOPAD.encode(digest.get(..10).unwrap_or(&digest)).to_lowercase()
}

/// SHA-256 of a text, in lower-case hexadecimal.
pub fn content_hash(text: &str) -> String {
    bytes_hash(text.as_bytes())
}

/// [`content_hash`] of the parts one after the other.
pub fn joined_hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn bytes_hash(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

fn time_ordered(clock: &dyn Clock) -> Uuid {
    let now = clock.now();
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_join_to_the_same_text_give_different_ids() {
        assert_ne!(content_id(&["ab", "c"]), content_id(&["a", "bc"]));
    }

    #[test]
    fn articles_stand_in_the_order_first_seen_and_their_claims_do_not_know_it() {
        let of = |url: &str, at: &str| {
            ArticleId::of(&SourceId::new("wire"), url, "hash", at.parse().unwrap())
        };
        let times = [
            "1970-01-01T00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00.004Z",
            "2026-03-01T00:00:01Z",
            "2026-11-30T23:59Z",
            "2100-01-01T00:00Z",
        ];
        assert!(times.map(|at| of("/1", at)).is_sorted(), "{:?}", times.map(|at| of("/1", at)));
        let (first, later) = (of("/1", times[1]), of("/1", times[5]));
        let other = of("/2", times[1]);
        assert_eq!((first.as_str().len(), &first.as_str()[..8]), (24, &other.as_str()[..8]));
        assert_eq!(of("/1", "1969-12-31T00:00Z").as_str().len(), 24);
        let of_day = ArticleId::new(format!("aubc{}", &first.as_str()[8..]));
        assert!(of_day < first, "earlier versions' ids come before");
        let bare = ArticleId::new(&first.as_str()[8..]);
        for known in [&later, &of_day, &bare] {
            assert_eq!(ClaimId::of(&first, 3), ClaimId::of(known, 3));
        }
        assert_ne!(ClaimId::of(&first, 3), ClaimId::of(&other, 3));
    }

    #[test]
    fn an_event_keeps_its_id_as_long_as_its_first_claim_is_the_same() {
        let article = ArticleId::new("a");
        assert_eq!(EventId::of(&ClaimId::of(&article, 0)), EventId::of(&ClaimId::of(&article, 0)));
        assert_ne!(EventId::of(&ClaimId::of(&article, 0)), EventId::of(&ClaimId::of(&article, 1)));
    }
}
