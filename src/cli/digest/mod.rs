//! `sitrep digest`: the last issue of an edition, or any faction, region and span on demand.

pub(super) mod span;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use super::global::Global;
use super::{output, run};
use crate::app;
use crate::deliver::{Identity, digest_mail};
use crate::model::SystemClock;
use crate::model::digest::{Digest as Rendered, Variant};
use crate::model::filter::{Filter, FilterRole, Grouping};
use crate::model::id::{DigestId, EditionId, FactionId, RegionId};
use crate::model::situation::Situation;
use crate::model::subscriber::{Address, Subscriber};
use crate::pipeline::{Pipeline, Request};
use crate::render;
use crate::store::subscribers;

/// A digest of an edition's last issue, or on demand of any faction, region and span
#[derive(Debug, Args)]
pub(crate) struct Digest {
    /// The edition; without --since and --until, its last issue
    edition: Option<String>,
    /// Only events of this faction, in any role; more than once for several
    #[arg(long)]
    faction: Vec<String>,
    /// Only where the factions have this role
    #[arg(long, value_enum)]
    role: Option<Role>,
    /// Only this region: an id, CC or CC/Admin1; more than once for several
    #[arg(long)]
    region: Vec<String>,
    /// From when, by event date: 2026-11-01, 2026-11-01T12:00, 7d, last-month
    #[arg(long)]
    since: Option<String>,
    /// Until when; a date is inclusive
    #[arg(long)]
    until: Option<String>,
    /// The zone of these times and of the masthead
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// Short: as many events as a mail holds, not all
    #[arg(long)]
    brief: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = DigestFormat::Text)]
    format: DigestFormat,
    /// Where to write it; left out, standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// For whom: the address in --format eml, and of --send
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// Mail it to --to, who must be a subscriber
    #[arg(long, requires = "to")]
    send: bool,
}

/// How an actor takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    Initiator,
    Target,
    Speaker,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DigestFormat {
    Html,
    Text,
    Json,
    Eml,
}

impl Digest {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let situation = self.situation(&pipeline).await?;
        let digest = digest(&pipeline, &situation)?;
        if self.send {
            return self.mail(&pipeline, &digest).await;
        }
        let text = match self.format {
            DigestFormat::Html => digest.html,
            DigestFormat::Text => digest.text,
            DigestFormat::Json => render::json(&situation)?,
            DigestFormat::Eml => self.eml(&pipeline, &digest)?,
        };
        write(self.out.as_deref(), &text)
    }

    async fn situation(&self, pipeline: &Pipeline) -> anyhow::Result<Situation> {
        let edition = self.edition.as_deref().map(|name| pipeline.edition(name)).transpose()?;
        let mut filter = self.filter();
        if let Some(edition) = &edition {
            filter = edition.filter.narrowed(&filter);
        }
        let grouping = edition.as_ref().map_or(Grouping::Region, |edition| edition.lead);
        let variant = Variant {
            filter,
            grouping,
            language: "en".to_owned(),
            zone: self.zone.clone(),
            brief: self.brief,
        };
        if let (Some(edition), None, None) = (&edition, &self.since, &self.until) {
            let Some(situation) = pipeline.last_issue(edition, &variant).await? else {
                bail!(
                    "edition `{}` has not closed yet; run it with `sitrep run {0}`, or give --since",
                    edition.id
                );
            };
            return Ok(situation);
        }
        let zone = TimeZone::get(&self.zone)
            .with_context(|| format!("`{}` is no time zone", self.zone))?;
        let window = span::window(
            self.since.as_deref(),
            self.until.as_deref(),
            pipeline.clock.now(),
            &zone,
        )?;
        let title = edition.map(|edition| edition.title).unwrap_or_default();
        Ok(pipeline.answer(&Request { title, window, variant }).await?)
    }

    fn filter(&self) -> Filter {
        Filter {
            theatres: Vec::new(),
            factions: self.faction.iter().map(|id| FactionId::new(id.as_str())).collect(),
            role: self.role.map(|role| match role {
                Role::Initiator => FilterRole::Initiator,
                Role::Target => FilterRole::Target,
                Role::Speaker => FilterRole::Speaker,
            }),
            regions: self.region.iter().map(|id| RegionId::new(id.as_str())).collect(),
        }
    }

    fn address(&self) -> anyhow::Result<Address> {
        let Some(to) = &self.to else { bail!("name the recipient with --to") };
        Ok(to.parse()?)
    }

    fn eml(&self, pipeline: &Pipeline, digest: &Rendered) -> anyhow::Result<String> {
        let to = self.address()?;
        let subscriber = Subscriber::unknown(to.clone(), &*pipeline.clock);
        let delivery = pipeline.delivery(digest, &subscriber, pipeline.clock.now());
        let identity =
            Identity { list: EditionId::new("on-demand"), title: "On demand".to_owned() };
        let mail = digest_mail(&pipeline.config.deliver, &identity, digest, &delivery, &to)?;
        Ok(String::from_utf8_lossy(&mail.bytes).into_owned())
    }

    /// Through the outbox, like every other mail: one that is sent again goes out once.
    async fn mail(&self, pipeline: &Pipeline, digest: &Rendered) -> anyhow::Result<()> {
        let to = self.address()?;
        let Some(subscriber) = subscribers::find(&pipeline.db, &to).await? else {
            bail!("`{to}` is no subscriber; add them first with `sitrep subscriber add {to}`");
        };
        pipeline.enqueue_one(digest, &subscriber).await?;
        output::line(run::summary(&pipeline.send_due().await?))
    }
}

/// The situation rendered; its id is a digest of what it says, so that an equal answer is the same digest.
fn digest(pipeline: &Pipeline, situation: &Situation) -> anyhow::Result<Rendered> {
    let text = serde_json::to_string(situation)?;
    let id = DigestId::of(&crate::model::id::content_hash(&text), &situation.variant.key());
    Ok(pipeline.rendered(id, None, situation)?)
}

fn write(out: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match out {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
        }
        None => output::raw(text),
    }
}
