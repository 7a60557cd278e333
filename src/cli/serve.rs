//! `sitrep serve`: scheduler and worker in one process.

use std::sync::Arc;

use clap::{Args, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::global::Global;
use super::output;
use crate::model::SystemClock;
use crate::schedule::Roles;
use crate::{app, schedule};

/// Gather, close editions and mail digests when they are due, until stopped
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// What this process does; several processes on one PostgreSQL share the work
    #[arg(long, value_enum, default_value_t)]
    role: Role,
}

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Role {
    /// Everything.
    #[default]
    All,
    /// Only makes jobs when they are due.
    Scheduler,
    /// Only does jobs and sends mail.
    Worker,
}

impl Serve {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = Arc::new(app::pipeline(global.load()?, Arc::new(SystemClock)).await?);
        if self.role != Role::Scheduler {
            // Now rather than at the first article: what is wrong with it is told at the start.
            pipeline.extractor()?;
        }
        let revived = pipeline.leaving.replay().await?;
        if revived > 0 {
            output::note(format!("{revived} readers who left are suppressed again"));
        }
        output::note(format!("serving from {}; stop with Ctrl-C", pipeline.db.place()));
        let roles =
            Roles { scheduler: self.role != Role::Worker, worker: self.role != Role::Scheduler };
        let stop = CancellationToken::new();
        let watch = tokio::spawn(stop_on_signal(stop.clone()));
        let served = Box::pin(schedule::serve(pipeline, roles, stop)).await;
        watch.abort();
        served?;
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
