//! `sitrep source add`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::id::SourceId;
use crate::model::source::{Source, SourceRequest, SourceRole};
use crate::store::sources;

/// Add a source to the database; `sitrep source try URL` shows first what it would give
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// https:, http: or file:
    url: String,
    /// A short name for commands; left out, made from the address
    #[arg(long)]
    id: Option<String>,
    /// The display name; left out, the id
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
    /// Packs it reports on, separated by commas
    #[arg(long, value_delimiter = ',')]
    theatres: Vec<String>,
}

impl Add {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let source = self.source()?;
        let db = app::database(&config).await?;
        let known = config.file_sources()?.into_iter().chain(sources::list(&db).await?);
        if let Some(other) = known.into_iter().find(|known| known.id == source.id) {
            bail!(
                "there is a source `{}` already (`{}`); choose another with --id",
                other.id,
                other.url
            );
        }
        sources::upsert(&db, &source).await?;
        output::line(format!("added `{}`; it is read with the next `sitrep gather`", source.id))
    }

    fn source(self) -> anyhow::Result<Source> {
        let url: url::Url = match self.url.parse() {
            Ok(url) => url,
            Err(error) => {
                bail!("`{}` is not an address: {error}; write https://… or file:…", self.url)
            }
        };
        if !["https", "http", "file"].contains(&url.scheme()) {
            bail!("`{}` cannot be read: only https:, http: and file: can", self.url);
        }
        let id = self.id.unwrap_or_else(|| slug(&url));
        Ok(Source {
            id: SourceId::new(id.as_str()),
            name: self.name.unwrap_or(id),
            url: url.to_string(),
            kind: None,
            owner: self.owner,
            role: role(&self.role)?,
            aligned_with: self
                .aligned_with
                .map(|all| all.into_iter().filter(|one| one != "none").collect()),
            republishes: self.republishes,
            language: None,
            theatres: self.theatres,
            calls: std::collections::BTreeMap::default(),
            paused: false,
            request: SourceRequest::default(),
            text_selector: None,
        })
    }
}

fn role(text: &str) -> anyhow::Result<SourceRole> {
    let role = serde_json::from_value(serde_json::Value::String(text.to_owned()));
    match role {
        Ok(role) => Ok(role),
        Err(_) => bail!("`{text}` is no role; known: media, monitor, un, ngo, official, witness"),
    }
}

/// The host without `www.` and its ending, or the last part of a path.
fn slug(url: &url::Url) -> String {
    let text = match url.host_str() {
        Some(host) => host
            .trim_start_matches("www.")
            .rsplit_once('.')
            .map_or(host, |(name, _)| name)
            .trim_start_matches("www."),
        None => url.path().trim_end_matches('/').rsplit('/').next().unwrap_or("files"),
    };
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    text.chars().map(plain).collect()
}
