//! `sitrep delivery show`.

use anyhow::bail;
use clap::Args;
use serde::Serialize;

use super::word;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::model::delivery::Delivery;
use crate::model::subscriber::Address;
use crate::store::outbox::{self, Try};
use crate::store::{Db, subscribers};

/// The ledger of a digest, or of one reader: each message with each try and the server's words
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A digest's id, as `sitrep delivery list` prints it, or a reader's address
    what: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Row {
    address: Option<String>,
    #[serde(flatten)]
    delivery: Delivery,
    tries: Vec<Try>,
}

impl Show {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let db = app::database(&global.load()?).await?;
        let deliveries = self.deliveries(&db).await?;
        let mut rows = Vec::new();
        for delivery in deliveries {
            let reader = subscribers::get(&db, delivery.subscriber).await?;
            let tries = outbox::tries(&db, delivery.id).await?;
            rows.push(Row { address: reader.map(|r| r.address.to_string()), delivery, tries });
        }
        match self.format {
            Format::Json => output::json(&rows),
            Format::Text => output::table(&["ID", "TO", "STATE", "TRIES"], rows.iter().map(cells)),
        }
    }

    async fn deliveries(&self, db: &Db) -> anyhow::Result<Vec<Delivery>> {
        let Ok(address) = self.what.parse::<Address>() else {
            let found = outbox::of_reference(db, &self.what).await?;
            if found.is_empty() {
                bail!(
                    "nothing was mailed as `{}`; `sitrep delivery list` shows what was",
                    self.what
                );
            }
            return Ok(found);
        };
        match subscribers::find(db, &address).await? {
            Some(reader) => Ok(outbox::of_subscriber(db, &reader.id.to_string()).await?),
            None => bail!("`{address}` is no subscriber; `sitrep subscriber list` shows them"),
        }
    }
}

fn cells(row: &Row) -> Vec<String> {
    let told =
        |one: &Try| format!("{} {}: {}", one.at.strftime("%F %T"), word(one.class), one.reply);
    vec![
        row.delivery.id.to_string(),
        row.address.clone().unwrap_or_else(|| "erased".to_owned()),
        word(row.delivery.state),
        row.tries.iter().map(told).collect::<Vec<_>>().join("\n"),
    ]
}
