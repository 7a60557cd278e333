//! `sitrep subscriber export`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::subscriber::Address;
use crate::pipeline::stored;
use crate::store::subscribers;

/// Everything that is stored of a reader, as JSON; without an address, of all
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The address
    address: Option<String>,
}

impl Export {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let db = app::database(&global.load()?).await?;
        let Some(address) = &self.address else {
            let mut all = Vec::new();
            for who in subscribers::list(&db).await? {
                all.push(stored(&db, &who).await?);
            }
            return output::json(&all);
        };
        let address: Address = address.parse()?;
        match subscribers::find(&db, &address).await? {
            Some(who) => output::json(&stored(&db, &who).await?),
            None => bail!("nothing is stored of `{address}`"),
        }
    }
}
