//! `sitrep event amend`.

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use jiff::civil::Date;

use super::hand::{self, Reason};
use crate::cli::global::Global;
use crate::cli::output;
use crate::extract::gazetteer::Candidate;
use crate::model::casualty::Figure;
use crate::model::decision::{AmendedFigure, Amendment};
use crate::model::event::Measure;
use crate::model::id::FactionId;
use crate::model::kind::SubType;
use crate::model::place::ClaimPlace;
use crate::model::time::DateSpan;
use crate::pipeline::Pipeline;

/// Say how an event is otherwise than it was read: it stays so when its articles are read again
#[derive(Debug, Args)]
pub(crate) struct Amend {
    /// The event
    id: String,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    changes: Changes,
}

/// What is otherwise.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// What happened, by sub-type: `armed_clash`
    #[arg(long = "type", value_name = "SUB_TYPE")]
    kind: Option<SubType>,
    /// When: 2026-11-21, or 2026-11-20..2026-11-21
    #[arg(long)]
    date: Option<String>,
    /// Where: a name of the gazetteer or of a pack, with its area where there are several: "Al Bab, SY/Aleppo"
    #[arg(long)]
    place: Option<String>,
    /// Who began it, by faction id; more than once for several
    #[arg(long, value_name = "FACTION")]
    initiator: Vec<String>,
    /// Whom it was done to, by faction id; more than once for several
    #[arg(long, value_name = "FACTION")]
    target: Vec<String>,
    /// The dead of a side that the texts give a figure for: civilians=8, syrian-army=2-4
    #[arg(long, value_name = "SIDE=N")]
    killed: Vec<String>,
    /// The injured likewise
    #[arg(long, value_name = "SIDE=N")]
    injured: Vec<String>,
}

impl Amend {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = hand::pipeline(global).await?;
        let event = super::find(&pipeline.db, &self.id).await?;
        let amendment = self.changes.amendment(&pipeline)?;
        pipeline.amend(&event, amendment, reason).await?;
        output::line(format!("`#{}` is amended", event.id.short()))
    }
}

impl Changes {
    /// What is to be amended.
    pub(crate) fn amendment(&self, pipeline: &Pipeline) -> anyhow::Result<Amendment> {
        let killed = self.killed.iter().map(|text| figure(text, Measure::Killed));
        let injured = self.injured.iter().map(|text| figure(text, Measure::Injured));
        let amendment = Amendment {
            kind: self.kind,
            date: self.date.as_deref().map(span).transpose()?,
            place: self.place.as_deref().map(|name| place(pipeline, name)).transpose()?,
            initiators: factions(pipeline, &self.initiator)?,
            targets: factions(pipeline, &self.target)?,
            figures: killed.chain(injured).collect::<Result<_, _>>()?,
        };
        ensure!(amendment != Amendment::default(), "nothing to amend; see --help for what can be");
        Ok(amendment)
    }
}

fn factions(pipeline: &Pipeline, ids: &[String]) -> anyhow::Result<Vec<FactionId>> {
    let known = |id: &String| {
        let id = FactionId::new(id.as_str());
        let faction = pipeline.registry.faction(&id);
        faction.with_context(|| {
            format!("no pack knows the faction `{id}`; try `sitrep faction lookup {id}`")
        })?;
        Ok(id)
    };
    ids.iter().map(known).collect()
}

fn span(text: &str) -> anyhow::Result<DateSpan> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let day = |text: &str| {
        let date = text.trim().parse::<Date>();
        date.with_context(|| {
            format!("`{text}` is no date; write 2026-11-21 or 2026-11-20..2026-11-21")
        })
    };
    let (from, to) = (day(from)?, day(to)?);
    ensure!(from <= to, "the date `{text}` ends before it begins");
    Ok(DateSpan { from, ..DateSpan::day(to) })
}

fn figure(text: &str, measure: Measure) -> anyhow::Result<AmendedFigure> {
    let wrong = || format!("`{text}` is no figure of a side; write civilians=8 or syrian-army=2-4");
    let (side, count) = text.split_once('=').with_context(wrong)?;
    let (low, high) = count.split_once('-').unwrap_or((count, count));
    let number = |text: &str| text.trim().parse::<u32>().with_context(wrong);
    let (min, max) = (Some(number(low)?), Some(number(high)?));
    Ok(AmendedFigure {
        side: side.trim().to_owned(),
        measure,
        figure: Figure { min, max, vague: None },
    })
}

/// The one place of that name, in an area where several have it.
fn place(pipeline: &Pipeline, text: &str) -> anyhow::Result<ClaimPlace> {
    let (name, area) = text.split_once(',').unwrap_or((text, ""));
    let (name, area) = (name.trim(), area.trim());
    let (country, admin1) = area.split_once('/').unwrap_or((area, ""));
    let extractor = pipeline.extractor()?;
    let found = extractor.places().lookup(name);
    let within = |place: &&Candidate<'_>| {
        (country.is_empty() || place.country.eq_ignore_ascii_case(country))
            && (admin1.is_empty() || place.admin1.eq_ignore_ascii_case(admin1))
    };
    match found.iter().filter(within).collect::<Vec<_>>().as_slice() {
        [] => bail!("no gazetteer or pack knows `{text}`; try `sitrep place lookup {name}`"),
        [one] => Ok(claimed(one, name)),
        [first, second, ..] => bail!(
            "several places are called `{name}`, in {}/{} and {}/{} for two; write \"{name}, {0}/{1}\"",
            first.country,
            first.admin1,
            second.country,
            second.admin1
        ),
    }
}

fn claimed(place: &Candidate<'_>, name: &str) -> ClaimPlace {
    let text = |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty());
    ClaimPlace {
        name: name.to_owned(),
        relation: "in".to_owned(),
        canonical: Some(place.name.to_owned()),
        country: text(place.country),
        admin1: text(place.admin1),
        admin2: text(place.admin2),
        lat: place.at.map(|(lat, _)| lat),
        lon: place.at.map(|(_, lon)| lon),
        precision: place.precision(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_and_figures_are_read_and_a_wrong_one_says_what_to_write() {
        let days = span("2026-11-20..2026-11-21").unwrap();
        assert_eq!((days.from, days.to), (date(2026, 11, 20), date(2026, 11, 21)));
        assert_eq!(span("2026-11-20").unwrap(), DateSpan::day(date(2026, 11, 20)));
        assert!(span("Friday").unwrap_err().to_string().contains("2026-11-21"));
        let dead = figure("syrian-army=2-4", Measure::Killed).unwrap();
        assert_eq!(
            (dead.side.as_str(), dead.figure.min, dead.figure.max),
            ("syrian-army", Some(2), Some(4))
        );
        assert!(figure("eight", Measure::Killed).unwrap_err().to_string().contains("civilians=8"));
    }
}
