//! `sitrep source add`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use url::Url;

use super::shape::{Shape, word};
use super::show;
use crate::app;
use crate::cli::confirm::confirm;
use crate::cli::global::Global;
use crate::cli::output;
use crate::config::Config;
use crate::gather::feed::Feed;
use crate::gather::{Found, Gatherer, links, preset};
use crate::model::SystemClock;
use crate::model::id::SourceId;
use crate::model::source::Source;
use crate::pipeline::id_of;
use crate::store::{Db, sources};

/// How many entries are shown before asking.
const SHOWN: usize = 5;

/// Find out how an address or folder is read, show what it gives, ask, and add it to the database
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The address of an outlet or of its feed, or file: with a folder
    url: String,
    /// Add without asking
    #[arg(short, long)]
    yes: bool,
    /// Add as given, without looking at it first
    #[arg(long)]
    unchecked: bool,
    /// A short name for commands; left out, made from the address
    #[arg(long)]
    id: Option<String>,
    /// The display name; left out, the source's own title, else the id
    #[arg(long)]
    name: Option<String>,
    /// Who owns it: independence is counted by owner
    #[arg(long)]
    owner: Option<String>,
    /// media, monitor, un, ngo, official or witness
    #[arg(long, default_value = "media")]
    role: String,
    /// Factions or states it speaks for or leans to, separated by commas; `none` for no one; left out, unknown
    #[arg(long, value_delimiter = ',')]
    aligned_with: Option<Vec<String>>,
    /// It reposts others
    #[arg(long)]
    republishes: bool,
    /// The language it writes in, as an ISO 639-1 code
    #[arg(long)]
    language: Option<String>,
    /// Packs it reports on, separated by commas
    #[arg(long, value_delimiter = ',')]
    theatres: Vec<String>,
    #[command(flatten)]
    shape: Shape,
}

impl Add {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let config = global.load()?;
        let mut source = self.source()?;
        let db = app::database(&config).await?;
        let known = super::all(&config, &db).await?;
        refuse_known(&known, |other| other.id == source.id)?;
        warn_of_unknown_factions(&config, &db, std::slice::from_ref(&source)).await?;
        if !self.unchecked {
            let feed = self.look(&config, &mut source).await?;
            refuse_known(&known, |other| other.url == source.url)?;
            if self.name.is_none() && !feed.title.is_empty() {
                source.name.clone_from(&feed.title);
            }
            source.language = source.language.or(feed.language);
            if !self.yes && !confirm(&format!("Add it as `{}`?", source.id))? {
                output::note("nothing was added; --yes adds without asking");
                return Ok(ExitCode::FAILURE);
            }
        }
        sources::upsert(&db, &source).await?;
        output::line(format!("added `{}`; it is read with the next `sitrep gather`", source.id))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Finds out how it is read and shows what it would give.
    async fn look(&self, config: &Config, source: &mut Source) -> anyhow::Result<Feed> {
        let gatherer = Gatherer::new(&config.gather, Arc::new(SystemClock))?;
        if self.shape.is_said() || source.url.starts_with("file:") {
            let feed = gatherer.list(source).await.map_err(|why| anyhow!(why))?;
            show_listing(source, &feed)?;
            return Ok(feed);
        }
        let found = gatherer.discover(&source.url).await.map_err(|why| anyhow!(why))?;
        let (first, others) =
            found.split_first().ok_or_else(|| anyhow!("nothing was found at `{}`", self.url))?;
        first.apply(source);
        output::line(format!("found a {}: {}", show::word(first.kind), first.how))?;
        show_listing(source, &first.feed)?;
        others.iter().try_for_each(other)?;
        Ok(first.feed.clone())
    }

    fn source(&self) -> anyhow::Result<Source> {
        let url = address(&self.url)?;
        let id = self.id.clone().unwrap_or_else(|| id_of(&url));
        let none = |one: &String| one != "none";
        let mut source = Source {
            owner: self.owner.clone(),
            role: word(&self.role, "role", "media, monitor, un, ngo, official, witness")?,
            aligned_with: self
                .aligned_with
                .as_ref()
                .map(|all| all.iter().filter(|one| none(one)).cloned().collect()),
            republishes: self.republishes,
            language: self.language.clone(),
            theatres: self.theatres.clone(),
            ..Source::new(SourceId::new(id.as_str()), self.name.clone().unwrap_or(id), url)
        };
        self.shape.apply(&mut source)?;
        let told = source.preset.or_else(|| preset::of_address(&source.url));
        source.republishes |= told.is_some_and(preset::republishes);
        Ok(source)
    }
}

/// The address as it is read: `outlet.example` means https, an existing path or `file:` with a relative one that folder.
fn address(text: &str) -> anyhow::Result<Url> {
    let path = text.strip_prefix("file:").unwrap_or(text);
    let is_path = text.starts_with("file:") && !path.starts_with('/') || Path::new(text).exists();
    if is_path {
        let full = std::path::absolute(path).with_context(|| format!("`{text}`"))?;
        return Url::from_file_path(full).map_err(|()| anyhow!("`{text}` is no path"));
    }
    let bare = !text.contains(':') && text.contains('.') && !text.contains(char::is_whitespace);
    let full = if bare { format!("https://{text}") } else { text.to_owned() };
    let url: Url = match full.parse() {
        Ok(url) => url,
        Err(error) => bail!("`{text}` is not an address: {error}; write https://… or file:…"),
    };
    if !["https", "http", "file"].contains(&url.scheme()) {
        bail!("`{text}` cannot be read: only https:, http: and file: can");
    }
    Ok(url)
}

fn refuse_known(
    known: &[(Source, crate::model::source::SourceOrigin)],
    same: impl Fn(&Source) -> bool,
) -> anyhow::Result<()> {
    match known.iter().find(|(other, _)| same(other)) {
        None => Ok(()),
        Some((other, _)) => bail!(
            "there is a source `{}` already (`{}`); choose another with --id",
            other.id,
            links::shown(&other.url)
        ),
    }
}

/// A faction that no pack knows makes a party's outlet count as independent.
pub(super) async fn warn_of_unknown_factions(
    config: &Config,
    db: &Db,
    sources: &[Source],
) -> anyhow::Result<()> {
    let names_some = |source: &Source| {
        source.aligned_with.as_ref().is_some_and(|all| !all.is_empty()) || !source.calls.is_empty()
    };
    if sources.iter().any(names_some) {
        let registry = app::registry_of(config, &[], db).await?;
        for problem in app::unknown_factions(sources, &registry) {
            output::note(format!("warning: {problem}"));
        }
    }
    Ok(())
}

fn show_listing(source: &Source, feed: &Feed) -> anyhow::Result<()> {
    show::head(source, feed)?;
    feed.entries.iter().take(SHOWN).try_for_each(show::entry)?;
    if feed.entries.len() > SHOWN {
        output::line(format!("\n… and {} more", feed.entries.len() - SHOWN))?;
    }
    show::notes(&feed.notes)
}

fn other(found: &Found) -> anyhow::Result<()> {
    output::line(format!(
        "also: {} `{}` ({}, {} entries)",
        show::word(found.kind),
        found.url,
        found.how,
        found.feed.entries.len()
    ))
}
