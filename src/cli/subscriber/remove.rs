//! `sitrep subscriber remove`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::subscriber::Address;
use crate::model::{Clock as _, SystemClock};
use crate::store::subscribers;

/// Stop mailing somebody: for those who write that they want to leave. What waits in the outbox is not sent, and
/// the address is not added again by an import
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The address
    address: String,
}

impl Remove {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let address: Address = self.address.parse()?;
        let config = global.load()?;
        let db = app::database(&config).await?;
        let Some(who) = subscribers::find(&db, &address).await? else {
            bail!("`{address}` is no subscriber; `sitrep subscriber list` shows them");
        };
        app::leaving(&config, &db)?.suppress(&who, "asked to leave", SystemClock.now()).await?;
        output::line(format!("`{address}` is no longer mailed"))
    }
}
