//! The counter at which requests by forms are handed in: they are carried out beside the request, so that how long an
//! answer takes says nothing about an address (S-12).

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::wish::Joining;
use crate::model::subscriber::Address;
use crate::pipeline::{Pipeline, PipelineError};

/// How many may wait. Beyond that, whoever hands in waits too.
const WAITING: usize = 256;

/// What was handed in.
#[derive(Debug)]
enum Request {
    Join(Box<Joining>, String),
    Link(Address, String),
    /// Tells when everything before it is done.
    Tell(oneshot::Sender<()>),
}

/// The counter.
#[derive(Debug)]
pub(super) struct Counter(mpsc::Sender<Request>);

impl Counter {
    /// Opens it: its clerk works until the counter is gone.
    pub(super) fn open(pipeline: Arc<Pipeline>) -> Self {
        let (sender, mut requests) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            while let Some(request) = requests.recv().await {
                if let Err(error) = carry_out(&pipeline, request).await {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "what a form asked for was not carried out");
                }
            }
        });
        Self(sender)
    }

    /// Somebody on `network` asks to join.
    pub(super) async fn join(&self, joining: Joining, network: String) {
        let _ = self.0.send(Request::Join(Box::new(joining), network)).await;
    }

    /// Somebody on `network` asks for the link to the preferences of an address.
    pub(super) async fn link(&self, address: Address, network: String) {
        let _ = self.0.send(Request::Link(address, network)).await;
    }

    /// Waits until everything handed in so far is carried out.
    pub(super) async fn settled(&self) {
        let (tell, told) = oneshot::channel();
        if self.0.send(Request::Tell(tell)).await.is_ok() {
            let _ = told.await;
        }
    }
}

async fn carry_out(pipeline: &Pipeline, request: Request) -> Result<(), PipelineError> {
    match request {
        Request::Join(joining, network) => {
            pipeline.ask(&joining.address, &joining.wish, &network).await
        }
        Request::Link(address, network) => pipeline.ask_for_link(&address, &network).await,
        Request::Tell(tell) => {
            let _ = tell.send(());
            Ok(())
        }
    }
}
