//! `sitrep serve`: scheduler and worker in one process.

use std::sync::Arc;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::global::Global;
use super::output;
use crate::model::SystemClock;
use crate::{app, schedule};

/// Gather, close editions and mail digests when they are due, until stopped
#[derive(Debug, Args)]
pub(crate) struct Serve {}

impl Serve {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = Arc::new(app::pipeline(global.load()?, Arc::new(SystemClock)).await?);
        output::note(format!("serving from {}; stop with Ctrl-C", pipeline.db.place()));
        let stop = CancellationToken::new();
        tokio::spawn(stop_on_signal(stop.clone())).abort_handle();
        schedule::serve(pipeline, stop).await?;
        Ok(())
    }
}

/// Ctrl-C and SIGTERM end the service in order: what is being done is finished first.
async fn stop_on_signal(stop: CancellationToken) {
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    stop.cancel();
}
