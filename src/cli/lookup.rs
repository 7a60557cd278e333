//! `sitrep faction lookup` and `sitrep place lookup`: what a name means to us.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::global::Global;
use super::output;
use crate::app;
use crate::extract::Extractor;
use crate::extract::gazetteer::Candidate;
use crate::model::faction::Faction as Entry;
use crate::model::registry::Registry;
use crate::model::text::fold;

/// Look up factions
#[derive(Debug, Args)]
pub(crate) struct Faction {
    #[command(subcommand)]
    command: Lookup,
}

/// Look up places
#[derive(Debug, Args)]
pub(crate) struct Place {
    #[command(subcommand)]
    command: Lookup,
}

#[derive(Debug, Subcommand)]
enum Lookup {
    /// What a name means
    Lookup {
        /// The name, in any spelling
        #[arg(required = true)]
        name: Vec<String>,
    },
}

impl Lookup {
    fn name(self) -> String {
        let Self::Lookup { name } = self;
        name.join(" ")
    }
}

impl Faction {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let registry = app::registry(&global.load_or_default()?, &[])?;
        let name = self.command.name();
        let key = fold::key(&fold::plain(&name));
        let found: Vec<_> = registry.factions().filter(|one| is_called(one, &name, &key)).collect();
        if found.is_empty() {
            output::note(format!("no pack knows a faction called `{name}`"));
            return Ok(ExitCode::FAILURE);
        }
        let row = |one: &&Entry| row(one, &registry);
        output::table(&["ID", "NAME", "KIND", "COUNTS UNDER", "ALSO"], found.iter().map(row))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn is_called(faction: &Entry, name: &str, key: &str) -> bool {
    let former = faction
        .former
        .iter()
        .flat_map(|former| std::iter::once(&former.name).chain(&former.aliases));
    let names = [Some(&faction.name), faction.short.as_ref()].into_iter().flatten();
    let mut all = names.chain(&faction.aliases).chain(&faction.ambiguous_aliases).chain(former);
    faction.id.as_str() == name
        || all.any(|known| known == name || fold::key(&fold::plain(known)) == key)
}

fn row(faction: &Entry, registry: &Registry) -> Vec<String> {
    let under = registry.rollup(&faction.id, None);
    let also: Vec<_> = faction.aliases.iter().take(4).map(String::as_str).collect();
    let kind = format!("{:?}", faction.kind);
    vec![faction.id.to_string(), faction.name.clone(), kind, under.to_string(), also.join(", ")]
}

impl Place {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let registry = app::registry(&global.load_or_default()?, &[])?;
        let name = self.command.name();
        let extractor = Extractor::new(&registry)?;
        let found = extractor.places().lookup(&name);
        if found.is_empty() {
            output::note(format!("no gazetteer or pack knows a place called `{name}`"));
            return Ok(ExitCode::FAILURE);
        }
        output::table(
            &["NAME", "COUNTRY", "ADMIN1", "ADMIN2", "AT", "KIND"],
            found.iter().map(place_row),
        )?;
        Ok(ExitCode::SUCCESS)
    }
}

fn place_row(place: &Candidate<'_>) -> Vec<String> {
    let at = place.at.map(|(lat, lon)| format!("{lat:.4} {lon:.4}"));
    vec![
        place.name.to_owned(),
        place.country.to_owned(),
        place.admin1.to_owned(),
        place.admin2.to_owned(),
        at.unwrap_or_else(|| "no coordinates".to_owned()),
        format!("{:?}", place.kind).to_lowercase(),
    ]
}
