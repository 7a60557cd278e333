//! Outlets and organisations that speak: whom they speak for, and what they are.

use rustc_hash::FxHashMap;

use serde::Deserialize;

use crate::extract::parse::table::Table;
use crate::extract::parse::token::{Caps, Token};
use crate::model::claim::SpeakerKind;
use crate::model::text::fold;

/// One outlet or organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is as a speaker.
    pub kind: SpeakerKind,
    /// It is media: a document may come from it.
    pub media: bool,
    /// Faction ids whose organ it is.
    pub speaks_for: Vec<String>,
    /// Faction ids to which it leans.
    pub leans_to: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    name: String,
    #[serde(default)]
    short: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    source_aliases: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    speaks_for: Vec<String>,
    #[serde(default)]
    aligned_with: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default, rename = "outlet")]
    outlets: Vec<Row>,
    #[serde(default, rename = "organisation")]
    organisations: Vec<Row>,
}

/// The known outlets and organisations that speak.
#[derive(Debug, Default)]
pub struct Outlets {
    rows: Vec<Outlet>,
    by_name: FxHashMap<String, usize>,
    names: Table<(usize, bool)>,
}

fn kind(row: &Row, media: bool) -> SpeakerKind {
    match row.kind.as_str() {
        "monitor" => SpeakerKind::Monitor,
        "un" => SpeakerKind::Un,
        "ngo" => SpeakerKind::Ngo,
        _ if !row.speaks_for.is_empty() => SpeakerKind::Party,
        "official" => SpeakerKind::Official,
        _ if media || row.kind == "media" => SpeakerKind::Media,
        _ => SpeakerKind::Official,
    }
}

impl Outlets {
    /// From the embedded lists; `party_media` are the media that packs name for their factions.
    pub fn new(
        lists: &[&str],
        party_media: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, toml::de::Error> {
        let mut outlets = Self::default();
        for list in lists {
            let file: File = toml::from_str(list)?;
            file.outlets.iter().for_each(|row| outlets.add(row, true));
            file.organisations.iter().for_each(|row| outlets.add(row, false));
        }
        for (name, faction) in party_media {
            outlets.add_party(name, faction);
        }
        Ok(outlets)
    }

    fn add_party(&mut self, name: String, faction: String) {
        let known = self.by_name.get(&fold::plain(&name)).copied();
        match known.and_then(|index| self.rows.get_mut(index)) {
            Some(row)
                if row.speaks_for.is_empty() && row.media && row.kind == SpeakerKind::Media =>
            {
                row.speaks_for.push(faction);
                row.kind = SpeakerKind::Party;
            }
            Some(_) => {}
            None => {
                let index = self.rows.len();
                self.by_name.insert(fold::plain(&name), index);
                self.name(&name, index);
                let id = fold::plain(&name);
                self.rows.push(Outlet {
                    id,
                    name,
                    kind: SpeakerKind::Party,
                    media: true,
                    speaks_for: vec![faction],
                    leans_to: Vec::new(),
                });
            }
        }
    }

    fn add(&mut self, row: &Row, media: bool) {
        let index = self.rows.len();
        let names = || std::iter::once(&row.name).chain(&row.short).chain(&row.aliases);
        for name in names().chain([&row.id]).chain(&row.source_aliases).chain(&row.domains) {
            self.by_name.entry(fold::plain(name)).or_insert(index);
        }
        for name in names() {
            self.name(name, index);
        }
        let kind = kind(row, media);
        self.rows.push(Outlet {
            id: row.id.clone(),
            name: row.name.clone(),
            kind,
            media,
            speaks_for: row.speaks_for.clone(),
            leans_to: row.aligned_with.clone(),
        });
    }

    /// A name of capitals stands in capitals in a text too.
    fn name(&mut self, name: &str, index: usize) {
        let plain = name.strip_prefix("the ").unwrap_or(name);
        let capitals = plain.len() <= 5 && plain.chars().all(|c| !c.is_lowercase());
        self.names.add(plain, (index, capitals));
    }

    /// The outlet of a document's `source`: by name, id or domain.
    pub fn of_source(&self, source: &str) -> Option<&Outlet> {
        let plain = fold::plain(source);
        let known = |name: &str| self.by_name.get(name).and_then(|index| self.rows.get(*index));
        known(&plain)
            .or_else(|| known(&format!("al {plain}")))
            .or_else(|| known(&plain.replace(' ', "")))
            .or_else(|| {
                let split = plain.strip_prefix("al")?;
                known(&format!("al {split}")).or_else(|| known(split))
            })
    }

    /// The outlet or organisation whose name begins at a token: its length and itself.
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &Outlet)> {
        let (length, (index, capitals)) = self.names.find(tokens, at)?;
        let token = tokens.get(at)?;
        let capital = |at: usize| tokens.get(at).is_some_and(|token| token.caps != Caps::None);
        let fits = if *capitals {
            token.caps == Caps::All
        } else if length == 2 && token.norm == "the" {
            // "The National", not "the National Resistance Front"
            capital(at + 1) && !capital(at + 2)
        } else {
            token.caps != Caps::None || length > 1
        };
        fits.then(|| self.rows.get(*index)).flatten().map(|row| (length, row))
    }
}
