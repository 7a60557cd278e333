//! `sitrep serve`: scheduler, worker and web site in one process.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::global::Global;
use super::output;
use crate::model::SystemClock;
use crate::pipeline::Pipeline;
use crate::schedule::Roles;
use crate::web::{self, Site};
use crate::{app, schedule};

/// Gather, close editions and mail digests when they are due, and serve the web site, until stopped
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
    /// Only serves the web site.
    Web,
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
        let listener = self.listener(&pipeline).await?;
        let stop = CancellationToken::new();
        let watch = tokio::spawn(stop_on_signal(stop.clone()));
        let site = serve_site(Arc::clone(&pipeline), listener, stop.clone());
        let (site, served) = tokio::join!(site, Box::pin(self.work(pipeline, stop.clone())));
        watch.abort();
        site?;
        served
    }

    /// The listener of the web site, where this process serves one.
    async fn listener(&self, pipeline: &Pipeline) -> anyhow::Result<Option<TcpListener>> {
        let address = match (self.role, pipeline.config.web.listen) {
            (Role::Web, None) => bail!("set `web.listen` to the address that is to be served"),
            (Role::All | Role::Web, Some(address)) => address,
            _ => return Ok(None),
        };
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| format!("cannot listen on `{address}`"))?;
        output::note(format!("the web site listens on http://{}", listener.local_addr()?));
        Ok(Some(listener))
    }

    /// What is done beside the web site.
    async fn work(&self, pipeline: Arc<Pipeline>, stop: CancellationToken) -> anyhow::Result<()> {
        let roles = match self.role {
            Role::All => Roles { scheduler: true, worker: true },
            Role::Scheduler => Roles { scheduler: true, worker: false },
            Role::Worker => Roles { scheduler: false, worker: true },
            Role::Web => return Ok(()),
        };
        let served = Box::pin(schedule::serve(pipeline, roles, stop.clone())).await;
        // Where one part cannot go on, none does.
        stop.cancel();
        Ok(served?)
    }
}

async fn serve_site(
    pipeline: Arc<Pipeline>,
    listener: Option<TcpListener>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let Some(listener) = listener else { return Ok(()) };
    let given = pipeline.index_events().await?;
    if given > 0 {
        output::note(format!("{given} events can be found by their words now"));
    }
    web::serve(Site::new(pipeline)?, listener, stop).await;
    Ok(())
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
