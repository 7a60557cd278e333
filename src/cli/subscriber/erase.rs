//! `sitrep subscriber erase`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::subscriber::Address;
use crate::model::{Clock as _, SystemClock};
use crate::store::subscribers;

/// Forget a reader: what is left is a mark by which the address is known again, so that it is never mailed
#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// The address
    address: String,
}

impl Erase {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let address: Address = self.address.parse()?;
        let config = global.load()?;
        let db = app::database(&config).await?;
        let Some(who) = subscribers::find(&db, &address).await? else {
            bail!("nothing is stored of `{address}`");
        };
        app::leaving(&config, &db)?.erase(&who, SystemClock.now()).await?;
        output::line(format!("`{address}` is forgotten and not mailed again"))
    }
}
