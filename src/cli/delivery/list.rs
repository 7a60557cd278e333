//! `sitrep delivery list`.

use clap::Args;
use serde::Serialize;

use super::word;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::model::delivery::DeliveryState;
use crate::model::id::DigestId;
use crate::store::outbox::{self, Accounting, Mailing};
use crate::store::{Db, digests};

/// What was mailed, the latest first, and where its messages stand
#[derive(Debug, Args)]
pub(crate) struct List {
    /// How many
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    mailing: Mailing,
    subject: Option<String>,
    by_state: std::collections::BTreeMap<DeliveryState, u32>,
    adds_up: bool,
}

impl List {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let db = app::database(&global.load()?).await?;
        let mut rows = Vec::new();
        for mailing in outbox::mailings(&db, self.limit).await? {
            rows.push(row(&db, mailing).await?);
        }
        match self.format {
            Format::Json => output::json(&rows)?,
            Format::Text => output::table(
                &["DUE", "ID", "SUBJECT", "MESSAGES", "STATES"],
                rows.iter().map(cells),
            )?,
        }
        if let Some(brake) = outbox::brake(&db).await? {
            output::note(format!("sending is stopped since {}: {}", brake.at, brake.why));
        }
        Ok(())
    }
}

async fn row(db: &Db, mailing: Mailing) -> anyhow::Result<Row> {
    let Accounting { by_state } = outbox::accounting(db, &mailing.reference).await?;
    let digest = digests::get(db, &DigestId::new(mailing.reference.as_str())).await?;
    let adds_up = by_state.values().sum::<u32>() == mailing.candidates;
    Ok(Row { subject: digest.map(|digest| digest.subject), by_state, adds_up, mailing })
}

fn cells(row: &Row) -> Vec<String> {
    let states: Vec<_> =
        row.by_state.iter().map(|(state, n)| format!("{n} {}", word(state))).collect();
    let states = states.join(", ");
    vec![
        row.mailing.due_at.strftime("%F %R").to_string(),
        row.mailing.reference.clone(),
        row.subject.clone().unwrap_or_default(),
        row.mailing.candidates.to_string(),
        if row.adds_up { states } else { format!("{states} (does not add up)") },
    ]
}
