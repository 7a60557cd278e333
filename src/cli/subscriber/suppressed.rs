//! `sitrep subscriber suppressed`.

use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::model::subscriber::Address;
use crate::model::{Clock as _, SystemClock};
use crate::store::{subscribers, suppressions};

/// Who is never mailed again, since when and why; or take an address off the list whose owner asks for it
#[derive(Debug, Args)]
pub(crate) struct Suppressed {
    /// The address to take off the list
    #[arg(long, value_name = "ADDRESS")]
    lift: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Suppressed {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let leaving = app::leaving(&config, &db)?;
        if let Some(address) = &self.lift {
            let address: Address = address.parse()?;
            let was = leaving.lift(&address, SystemClock.now()).await?;
            return output::line(format!(
                "`{address}` {}",
                if was { "can be mailed again" } else { "was not on the list" }
            ));
        }
        let tokens = app::tokens(&config)?;
        let known = subscribers::list(&db).await?;
        let known: std::collections::BTreeMap<_, _> =
            known.into_iter().map(|who| (tokens.mark(&who.address), who.address)).collect();
        let all = suppressions::list(&db).await?;
        match self.format {
            Format::Json => output::json(&all),
            Format::Text => output::table(
                &["ADDRESS", "SINCE", "WHY"],
                all.iter().map(|one| {
                    let address = known.get(&one.mark).map(ToString::to_string);
                    let short = one.mark.get(..12).unwrap_or_default();
                    let address = address.unwrap_or_else(|| format!("erased ({short})"));
                    vec![address, one.at.strftime("%F %R").to_string(), one.why.clone()]
                }),
            ),
        }
    }
}
