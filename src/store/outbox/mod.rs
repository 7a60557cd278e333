//! The outbox: one row per message to one subscriber, from queued to accounted for (D-30 to D-34).
//!
//! A row is committed as *sending* before the first byte goes out and as settled afterwards, so that a kill at any
//! point loses nobody. A worker holds rows by lease: a queued or deferred row with a lease that runs is claimed.

mod account;
mod brake;
mod claim;
mod ledger;
mod many;
mod pace;
mod queue;
mod recover;
mod row;
mod settle;

pub use account::{Accounting, accounting, recipients, waiting};
pub use brake::{Brake, Harm, brake, harm, put_brake, release_brake};
pub use claim::{ClaimedBatch, Outgoing, claim_due, mark_sending};
pub use ledger::{Mailing, Try, candidates, mailings, of_subscriber, prune, tries};
pub use pace::{Pace, paces, pause, postpone, reserve};
pub(super) use queue::enqueue_in;
pub use queue::{enqueue, get, of_reference, page, page_of, resend, retry};
pub use recover::{Recovered, recover};
pub use settle::{Settled, Turn, bounced, settle, take_turns, withdraw};
