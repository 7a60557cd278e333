//! `sitrep status`: one screen.

use clap::Args;

use super::global::Global;
use super::output;
use crate::app;
use crate::model::closing::next_closing;
use crate::model::{Clock as _, SystemClock};
use crate::store::status;

/// Last and next issues, sources, articles, queue
#[derive(Debug, Args)]
pub(crate) struct Status {}

impl Status {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let status = status::status(&db).await?;
        output::line(format!("database   {}", db.place()))?;
        for (name, edition) in &config.edition {
            let edition = edition.edition(name);
            let last = status.last_closes.get(&edition.id);
            let last = last.map_or_else(|| "never".to_owned(), ToString::to_string);
            let next = next_closing(&edition.closes, SystemClock.now())?;
            let next = next.map_or_else(|| "no closing time".to_owned(), |at| at.to_string());
            output::line(format!("edition    {name}: last closed {last}, next {next}"))?;
        }
        counts(&status)
    }
}

fn counts(status: &status::Status) -> anyhow::Result<()> {
    let joined = |parts: Vec<String>| {
        if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
    };
    let articles = status.articles.iter().map(|(state, n)| format!("{n} {state}")).collect();
    let people = status.subscribers.iter().map(|(state, n)| format!("{n} {state}")).collect();
    let word = |state| serde_json::to_string(state).unwrap_or_default().replace('"', "");
    let mail = status.outbox.iter().map(|(state, n)| format!("{n} {}", word(state))).collect();
    output::line(format!("articles   {}", joined(articles)))?;
    output::line(format!("events     {}", status.events))?;
    output::line(format!("readers    {}", joined(people)))?;
    output::line(format!("outbox     {}", joined(mail)))?;
    output::line(format!("open jobs  {}", status.open_jobs))
}
