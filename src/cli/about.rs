//! `sitrep about`: version, data sources, licences.

use clap::Args;

use super::output::{self, Format};
use crate::config::packs;
use crate::model::pack::Pack;

/// The notice of the gazetteer's data, as it lies beside them.
const NOTICE: &str = include_str!("../../config/gazetteer/NOTICE");

/// The notice of the map's outlines and letters.
const MAP: &str = include_str!("../../config/map/NOTICE");

/// The licence of everything that was written for this project.
const OWN: &str = "MIT OR Apache-2.0";

/// Say the version, what data are compiled in and under which licences
#[derive(Debug, Args)]
pub(crate) struct About {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl About {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let packs = packs::builtin()?;
        let sum = |count: fn(&Pack) -> usize| packs.iter().map(count).sum::<usize>();
        let (factions, places) = (sum(|pack| pack.factions.len()), sum(|pack| pack.places.len()));
        let (version, count) = (env!("CARGO_PKG_VERSION"), packs.len());
        if self.format == Format::Json {
            return output::json(&serde_json::json!({
                "version": version,
                "packs": { "count": count, "factions": factions, "places": places, "licence": OWN },
                "gazetteer": { "source": "GeoNames", "licence": "CC BY 4.0", "notice": NOTICE },
                "map": { "source": "Natural Earth", "licence": "public domain", "notice": MAP },
            }));
        }
        output::line(format!(
            "sitrep {version}\n\nCode, packs, word lists and sample articles: {OWN}, at your option.\n\
             Packs: {count} with {factions} factions and {places} places.\n\n{NOTICE}\n{MAP}"
        ))
    }
}
