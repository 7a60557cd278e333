//! `sitrep subscriber list`.

use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::model::subscriber::{Subscriber, Subscription};
use crate::store::{subscribers, subscriptions};

/// Every subscriber and what they want
#[derive(Debug, Args)]
pub(crate) struct List {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl List {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let db = app::database(&global.load()?).await?;
        let mut all = Vec::new();
        for subscriber in subscribers::list(&db).await? {
            let theirs = subscriptions::of(&db, subscriber.id).await?;
            all.push((subscriber, theirs));
        }
        match self.format {
            Format::Json => output::json(&all.iter().map(value).collect::<Vec<_>>()),
            Format::Text => output::table(
                &["ADDRESS", "STATE", "WANTS"],
                all.iter().map(|(subscriber, theirs)| row(subscriber, theirs)),
            ),
        }
    }
}

fn value((subscriber, theirs): &(Subscriber, Vec<Subscription>)) -> serde_json::Value {
    serde_json::json!({"subscriber": subscriber, "subscriptions": theirs})
}

fn row(subscriber: &Subscriber, theirs: &[Subscription]) -> Vec<String> {
    let state = format!("{:?}", subscriber.state).to_lowercase();
    let want = |one: &Subscription| {
        let mut words = vec![one.edition.to_string(), format!("by {} {}", one.at, subscriber.zone)];
        words.extend(one.filter.factions.iter().map(ToString::to_string));
        words.extend(one.filter.regions.iter().map(ToString::to_string));
        words.join(" ")
    };
    vec![
        subscriber.address.to_string(),
        state,
        theirs.iter().map(want).collect::<Vec<_>>().join("; "),
    ]
}
