//! One writer for all connections of a run: what waits when it is free shares one write to disk (D-30).

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::model::Clock;
use crate::model::delivery::DeliveryState;
use crate::store::outbox::{self, Turn};
use crate::store::{Db, StoreError};

/// Turns that share one transaction at most.
const TOGETHER: usize = 64;

type Waiting = (Turn, oneshot::Sender<Option<DeliveryState>>);

/// Writes turns until nobody has one any more.
pub(super) struct Committer(mpsc::Receiver<Waiting>);

/// A connection's way to the committer.
#[derive(Clone)]
pub(super) struct Turns(mpsc::Sender<Waiting>);

/// A committer and the way to it.
pub(super) fn committer() -> (Committer, Turns) {
    let (send, receive) = mpsc::channel(TOGETHER);
    (Committer(receive), Turns(send))
}

impl Committer {
    /// Runs until the last [`Turns`] is gone. An error ends it, and every connection with it.
    pub(super) async fn run(mut self, db: &Db, clock: &Arc<dyn Clock>) -> Result<(), StoreError> {
        let mut waiting = Vec::with_capacity(TOGETHER);
        while self.0.recv_many(&mut waiting, TOGETHER).await > 0 {
            let (turns, answers): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
            let states = outbox::take_turns(db, &turns, clock.now()).await?;
            for (answer, state) in answers.into_iter().zip(states) {
                // A connection that is gone does not send either.
                let _ = answer.send(state);
            }
        }
        Ok(())
    }
}

impl Turns {
    /// Has a turn written and gives the state of the message that is next; none too when the committer has ended.
    pub(super) async fn take(&self, turn: Turn) -> Option<DeliveryState> {
        let (send, receive) = oneshot::channel();
        self.0.send((turn, send)).await.ok()?;
        receive.await.ok().flatten()
    }
}
