//! `sitrep status`: one screen.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::global::Global;
use super::output;
use super::source::Health;
use crate::app;
use crate::config::Config;
use crate::model::closing::next_closing;
use crate::model::{Clock as _, SystemClock};
use crate::pipeline::free_space;
use crate::store::issues::Mailed;
use crate::store::{Db, issues, notices, outbox, reviews, sources, status};

/// Last and next issues, articles, queue, sources, and what is wrong
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
            if let Some(issue) = issues::last(&db, &edition.id).await? {
                let mailed = issues::mailed(&db, issue, SystemClock.now()).await?;
                output::line(format!("           {}", mailing(&mailed)))?;
            }
        }
        for review in reviews::held(&db).await? {
            let due = review.due_at;
            output::line(format!("held       {}: for review until {due}", review.edition))?;
        }
        counts(&status)?;
        let home = app::home(&app::database_url(&config)?);
        if let Some(free) = home.file().and_then(free_space) {
            output::line(format!("disk       {free} MiB free"))?;
        }
        sources(&config, &db).await?;
        if let Some(why) = home.away(&db, SystemClock.now()).await? {
            output::line(format!(
                "wrong      nothing is sent: {why}; see `sitrep db adopt --help`"
            ))?;
        }
        if let Some(brake) = outbox::brake(&db).await? {
            let since = brake.at.strftime("%F %R");
            output::line(format!(
                "wrong      sending is stopped since {since} UTC: {}",
                brake.why
            ))?;
        }
        for notice in notices::standing(&db).await? {
            let since = notice.at.strftime("%F %R");
            output::line(format!("wrong      {} (since {since} UTC)", notice.text))?;
        }
        Ok(())
    }
}

/// How many sources there are, and in which state.
async fn sources(config: &Config, db: &Db) -> anyhow::Result<()> {
    let mut all = config.file_sources()?;
    let stored = sources::list(db).await?;
    let in_files: BTreeSet<_> = all.iter().map(|source| source.id.clone()).collect();
    all.extend(stored.into_iter().filter(|source| !in_files.contains(&source.id)));
    let states = sources::fetch_states(db).await?;
    let mut by_health: BTreeMap<Health, usize> = BTreeMap::new();
    for source in &all {
        *by_health.entry(Health::of(source, states.get(&source.id))).or_default() += 1;
    }
    let parts: Vec<_> =
        by_health.iter().map(|(health, n)| format!("{n} {}", health.word())).collect();
    output::line(format!("sources    {}", joined(&parts)))
}

/// "3 messages: 2 accepted, 1 deferred", and whether they are accounted for.
fn mailing(mailed: &Mailed) -> String {
    let parts: Vec<_> =
        mailed.by_state.iter().map(|(state, n)| format!("{n} {}", word(state))).collect();
    let told = mailed.accounted_at.map_or_else(String::new, |at| {
        format!("; all accounted for since {}", at.strftime("%F %R UTC"))
    });
    format!("{} messages: {}{told}", mailed.candidates, joined(&parts))
}

/// A word of the model, as it is written in JSON.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap_or_default().replace('"', "")
}

/// "3 read, 1 broken", or "none".
fn joined(parts: &[String]) -> String {
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

fn counts(status: &status::Status) -> anyhow::Result<()> {
    let counted = |(state, n): (&String, &u32)| format!("{n} {state}");
    let articles: Vec<_> = status.articles.iter().map(counted).collect();
    let people: Vec<_> = status.subscribers.iter().map(counted).collect();
    let mail: Vec<_> =
        status.outbox.iter().map(|(state, n)| format!("{n} {}", word(state))).collect();
    output::line(format!("articles   {}", joined(&articles)))?;
    output::line(format!("events     {}", status.events))?;
    output::line(format!("readers    {}", joined(&people)))?;
    output::line(format!("outbox     {}", joined(&mail)))?;
    output::line(format!("open jobs  {}", status.open_jobs))
}
