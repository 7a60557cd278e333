//! `sitrep digest`: the last issue of an edition, or any faction, region and span on demand.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use super::global::Global;
use super::selection::Selection;
use super::{output, run, span};
use crate::app;
use crate::deliver::Identity;
use crate::model::SystemClock;
use crate::model::digest::{Digest as Rendered, MAP_ID, Variant};
use crate::model::filter::Grouping;
use crate::model::id::{DigestId, EditionId};
use crate::model::subscriber::{Address, Subscriber};
use crate::pipeline::{Pipeline, Request, Told};
use crate::render;
use crate::store::subscribers;

/// A digest of an edition's last issue, or on demand of any faction, region and span
#[derive(Debug, Args)]
pub(crate) struct Digest {
    /// The edition; without --since and --until, its last issue
    edition: Option<String>,
    #[command(flatten)]
    selection: Selection,
    /// In which language; other ones than English are told in lines without sentences
    #[arg(long, default_value = "en", value_parser = PossibleValuesParser::new(render::LANGUAGES))]
    language: String,
    /// Of an edition: the last issue that had closed by then instead of the last of all
    #[arg(long, value_name = "TIME", requires = "edition", conflicts_with_all = ["since", "until"])]
    closed: Option<String>,
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

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DigestFormat {
    Html,
    Text,
    Json,
    Eml,
    Md,
    Csv,
}

impl Digest {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let told = self.told(&pipeline).await?;
        let digest = digest(&pipeline, &told)?;
        let Told { situation, registry, look } = &told;
        if self.send {
            return self.mail(&pipeline, &digest).await;
        }
        let text = match self.format {
            DigestFormat::Html => page(digest),
            DigestFormat::Text => digest.text,
            DigestFormat::Json => render::json(situation, registry)?,
            DigestFormat::Eml => self.eml(&pipeline, &digest)?,
            DigestFormat::Md => render::markdown(situation, registry, look)?,
            DigestFormat::Csv => render::csv(situation, registry),
        };
        output::to_file(self.out.as_deref(), &text)
    }

    async fn told(&self, pipeline: &Pipeline) -> anyhow::Result<Told> {
        let edition = self.edition.as_deref().map(|name| pipeline.edition(name)).transpose()?;
        let mut filter = self.selection.filter();
        if let Some(edition) = &edition {
            filter = edition.filter.narrowed(&filter);
        }
        let grouping = edition.as_ref().map_or(Grouping::Region, |edition| edition.lead);
        let variant = Variant {
            filter,
            grouping,
            language: self.language.clone(),
            zone: self.selection.zone.clone(),
            brief: self.brief,
        };
        if let Some(edition) = edition.as_ref().filter(|_| !self.selection.has_span()) {
            let (now, zone) = (pipeline.clock.now(), &TimeZone::UTC);
            let closed = self.closed.as_ref().map(|text| span::instant(text, now, zone, true));
            let Some(told) = pipeline.issue(edition, closed.transpose()?, &variant).await? else {
                bail!(
                    "edition `{}` had not closed yet; run it with `sitrep run {0}`, or give --since",
                    edition.id
                );
            };
            return Ok(told);
        }
        let window = self.selection.window(pipeline.clock.now())?;
        let title = edition.as_ref().map(|edition| edition.title.clone()).unwrap_or_default();
        let answer = pipeline.answer(&Request { title, window, variant }).await?;
        Ok(pipeline.told_now(answer, edition.as_ref()))
    }

    fn address(&self) -> anyhow::Result<Address> {
        let Some(to) = &self.to else { bail!("name the recipient with --to") };
        Ok(to.parse()?)
    }

    fn eml(&self, pipeline: &Pipeline, digest: &Rendered) -> anyhow::Result<String> {
        let to = self.address()?;
        let subscriber = Subscriber::unknown(to.clone(), &*pipeline.clock);
        let delivery = pipeline.delivery(&digest.id, &subscriber, pipeline.clock.now());
        let identity =
            Identity { list: EditionId::new("on-demand"), title: "On demand".to_owned() };
        let body = pipeline.mailer.body(identity, digest);
        let mail = pipeline.mailer.mail(&body, &delivery, &to)?;
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

/// The HTML part as a file of its own: it holds the map's picture, which comes with the mail as a part.
fn page(digest: Rendered) -> String {
    match digest.map {
        None => digest.html,
        Some(map) => {
            let inside = format!("data:image/png;base64,{map}");
            digest.html.replace(&format!("cid:{MAP_ID}"), &inside)
        }
    }
}

/// The situation rendered; its id is a digest of what it says, so that an equal answer is the same digest.
fn digest(pipeline: &Pipeline, told: &Told) -> anyhow::Result<Rendered> {
    let text = serde_json::to_string(&told.situation)?;
    let variant = told.situation.variant.key();
    let id = DigestId::of(&crate::model::id::content_hash(&text), &variant);
    Ok(pipeline.rendered(id, None, told)?)
}
