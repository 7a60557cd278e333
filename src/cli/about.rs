//! `sitrep about`: version, data sources, licences.

use clap::Args;

use super::output;

/// The notice of the gazetteer's data, as it lies beside them.
const NOTICE: &str = include_str!("../../config/gazetteer/NOTICE");

/// Say the version, what data are compiled in and under which licences
#[derive(Debug, Args)]
pub(crate) struct About {}

impl About {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let packs = crate::config::packs::builtin()?;
        let factions: usize = packs.iter().map(|pack| pack.factions.len()).sum();
        let places: usize = packs.iter().map(|pack| pack.places.len()).sum();
        output::line(format!("sitrep {}\n", env!("CARGO_PKG_VERSION")))?;
        output::line(
            "Code, packs, word lists and sample articles: MIT or Apache-2.0, at your option.",
        )?;
        output::line(format!(
            "Packs: {} with {factions} factions and {places} places, written for this project.\n",
            packs.len()
        ))?;
        output::line(NOTICE)
    }
}
