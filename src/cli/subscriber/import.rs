//! `sitrep subscriber import`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::add::Wish;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::SystemClock;
use crate::store::subscribers;

/// Add many subscribers who gave their consent: a file with one address a line; what is after the first comma
/// or semicolon of a line is left aside
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    wish: Wish,
}

impl Import {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        self.wish.check(&config, &db).await?;
        let path = self.file.display();
        let text =
            std::fs::read_to_string(&self.file).with_context(|| format!("cannot read `{path}`"))?;
        let (mut wanted, mut bad) = (Vec::new(), 0_u32);
        for (number, line) in text.lines().enumerate() {
            let address =
                line.split([',', ';']).next().unwrap_or_default().trim().trim_matches('"');
            if address.is_empty()
                || address.starts_with('#')
                || (number == 0 && !address.contains('@'))
            {
                continue;
            }
            match self.wish.for_address(address, &SystemClock) {
                Ok(pair) => wanted.push(pair),
                Err(error) => {
                    bad += 1;
                    output::note(format!("`{path}` line {}: {error:#}", number + 1));
                }
            }
        }
        let leaving = app::leaving(&config, &db)?;
        let known = leaving.suppressed().await?;
        let before = wanted.len();
        let mut free = wanted;
        free.retain(|(subscriber, _)| !known.contains(&leaving.mark(&subscriber.address)));
        let left = u32::try_from(before - free.len()).unwrap_or(u32::MAX);
        let done = subscribers::import(&db, &free).await?;
        output::line(format!(
            "{} added, {} known already, {} left earlier and passed over, {bad} not usable",
            done.added,
            done.existing,
            done.suppressed + left
        ))
    }
}
