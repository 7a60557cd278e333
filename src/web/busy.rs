//! Who has something made just now: one thing at a time for each reader (S-14).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::site::Site;
use crate::model::id::SubscriberId;

/// Readers for whom something is being made.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<Mutex<BTreeSet<SubscriberId>>>);

/// Held while it is being made.
#[derive(Debug)]
pub(super) struct Turn(Busy, SubscriberId);

impl Busy {
    /// The reader's turn; none while they have one.
    pub(super) fn take(&self, who: SubscriberId) -> Option<Turn> {
        let mut busy = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        busy.insert(who).then(|| Turn(self.clone(), who))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Self(Busy(busy), who) = self;
        busy.lock().unwrap_or_else(PoisonError::into_inner).remove(who);
    }
}

impl Site {
    /// The reader's turn to have something made; none while they have one.
    pub(super) fn busy(&self, who: SubscriberId) -> Option<Turn> {
        self.busy.take(who)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn s_14_a_reader_has_one_turn_at_a_time() {
        let (busy, who) = (Busy::default(), SubscriberId(Uuid::from_u128(1)));
        let turn = busy.take(who);
        assert!(turn.is_some() && busy.take(who).is_none());
        assert!(busy.take(SubscriberId(Uuid::from_u128(2))).is_some());
        drop(turn);
        assert!(busy.take(who).is_some());
    }
}
