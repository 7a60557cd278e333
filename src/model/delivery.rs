//! One message to one subscriber, from queued to accounted for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::{DeliveryId, SubscriberId};

/// Why a message is sent; a row is unique by kind, reference and subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// A digest; the reference is the digest's id.
    Digest,
    /// A request to confirm a subscription.
    Confirmation,
    /// A link to the preferences.
    Preferences,
    /// A correction of something sent.
    Correction,
    /// A message to the operator.
    Alert,
}

/// Where a message stands (D-30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its time.
    Queued,
    /// Handed to the transport; committed before the first byte goes out.
    Sending,
    /// The server took it.
    Accepted,
    /// Refused for now; waits for the next try.
    Deferred,
    /// Refused for good.
    Failed,
    /// Not sent: the subscriber is suppressed.
    Suppressed,
    /// Not sent: too late.
    Expired,
    /// Nobody can tell whether the server took it.
    Unknown,
}

impl DeliveryState {
    /// Whether nothing more will happen to it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Accepted | Self::Failed | Self::Suppressed | Self::Expired)
    }
}

/// A row of the outbox: everything that determines the bytes is in it or in the digest it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// A time-ordered id.
    pub id: DeliveryId,
    /// Why it is sent.
    pub kind: DeliveryKind,
    /// What it sends: the digest's id.
    pub reference: String,
    /// To whom.
    pub subscriber: SubscriberId,
    /// Where it stands.
    pub state: DeliveryState,
    /// Without angle brackets; the same on every try.
    pub message_id: String,
    /// The `Date` header; the same on every try.
    pub dated: Timestamp,
    /// Not before this.
    pub due_at: Timestamp,
    /// Not after this.
    pub expires_at: Timestamp,
    /// Tries so far.
    pub attempts: u32,
    /// The server's last words.
    pub reply: Option<String>,
}

/// How far a try got before it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendPhase {
    /// Before the message could have been taken: connect, TLS, AUTH, MAIL, RCPT.
    BeforeData,
    /// After DATA began.
    Data,
}

/// What one try came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendOutcome {
    /// Taken; the server's reply.
    Accepted(String),
    /// Refused for now.
    Deferred(String),
    /// Refused for good.
    Failed(String),
    /// The connection was lost after DATA began, or the phase is not known.
    Unknown(String),
}
