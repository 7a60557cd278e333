//! Identifiers: slugs that people write, digests of content, and time-ordered random ids.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Clock;

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; whoever reads it from outside has checked it.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
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
                Self(text.to_owned())
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
    /// An article version, derived from its source, address and text.
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
    /// The id of one version of an article: equal text at an equal address of a source is the same version.
    pub fn of(source: &SourceId, address: &str, content_hash: &str) -> Self {
        Self(content_id(&["article", source.as_str(), address, content_hash]))
    }
}

impl ClaimId {
    /// The id of the claim at `position` (from 0) among the claims of an article.
    pub fn of(article: &ArticleId, position: usize) -> Self {
        Self(content_id(&["claim", article.as_str(), &position.to_string()]))
    }
}

impl EventId {
    /// The id of the event first reported by `claim`.
    pub fn of(claim: &ClaimId) -> Self {
        Self(content_id(&["event", claim.as_str()]))
    }

    /// The six letters that a mail prints, enough to tell the events of an issue apart.
    pub fn short(&self) -> &str {
        self.0.get(..6).unwrap_or(&self.0)
    }
}

impl IssueId {
    /// The id of the issue of `edition` whose window runs from `from` to `to`, in microseconds of Unix time.
    pub fn of(edition: &EditionId, from: i64, to: i64) -> Self {
        Self(content_id(&["issue", edition.as_str(), &from.to_string(), &to.to_string()]))
    }
}

impl DigestId {
    /// The id of the digest of `reference` (an issue or an on-demand request) for one variant.
    pub fn of(reference: &str, variant: &str) -> Self {
        Self(content_id(&["digest", reference, variant]))
    }
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
    fn an_event_keeps_its_id_as_long_as_its_first_claim_is_the_same() {
        let article = ArticleId::new("a");
        assert_eq!(EventId::of(&ClaimId::of(&article, 0)), EventId::of(&ClaimId::of(&article, 0)));
        assert_ne!(EventId::of(&ClaimId::of(&article, 0)), EventId::of(&ClaimId::of(&article, 1)));
    }
}
