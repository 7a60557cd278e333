//! What an editor writes about an event, read as an amendment: by command and on the site alike.

use jiff::civil::Date;
use thiserror::Error;

use super::{Pipeline, PipelineError};
use crate::extract::gazetteer::Candidate;
use crate::model::casualty::Figure;
use crate::model::decision::{AmendedFigure, Amendment};
use crate::model::event::{Event, Measure, SideFigure};
use crate::model::id::FactionId;
use crate::model::kind::SubType;
use crate::model::place::ClaimPlace;
use crate::model::time::DateSpan;

/// What is otherwise, as somebody wrote it; what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// What happened.
    pub kind: Option<SubType>,
    /// When: `2026-11-21`, or `2026-11-20..2026-11-21`.
    pub date: Option<String>,
    /// Where: a name of the gazetteer or of a pack, with its area where there are several: `Al Bab, SY/Aleppo`.
    pub place: Option<String>,
    /// Who began it, by faction id.
    pub initiators: Vec<String>,
    /// Whom it was done to, by faction id.
    pub targets: Vec<String>,
    /// The dead of a side that the texts give a figure for: `civilians=8`, `syrian-army=2-4`.
    pub killed: Vec<String>,
    /// The injured likewise.
    pub injured: Vec<String>,
}

/// Why something cannot be amended so.
#[derive(Debug, Error)]
pub enum AmendError {
    /// Nothing is otherwise.
    #[error("nothing to amend; say what is otherwise")]
    Nothing,
    /// A faction of no pack.
    #[error("no pack knows the faction `{0}`; try `sitrep faction lookup {0}`")]
    Faction(String),
    /// No date.
    #[error("`{0}` is no date; write 2026-11-21 or 2026-11-20..2026-11-21")]
    Date(String),
    /// A span that runs backwards.
    #[error("the date `{0}` ends before it begins")]
    Order(String),
    /// No figure.
    #[error("`{0}` is no figure of a side; write civilians=8 or syrian-army=2-4")]
    Figure(String),
    /// A side of which no text gives such a figure.
    #[error("no text gives a figure for `{side}`; sides that have one: {known}")]
    Side {
        /// What was written.
        side: String,
        /// Which there are.
        known: String,
    },
    /// A place that is not known.
    #[error("no gazetteer or pack knows `{0}`; try `sitrep place lookup {0}`")]
    Place(String),
    /// A name of several places.
    #[error(
        "several places are called `{name}`, in {first} and {second} for two; write \"{name}, {first}\""
    )]
    Places {
        /// The name.
        name: String,
        /// The area of one.
        first: String,
        /// The area of another.
        second: String,
    },
    /// The gazetteer could not be opened.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl Pipeline {
    /// What is to be amended of an event.
    ///
    /// # Errors
    ///
    /// The first of what is written that cannot be understood, with what to write instead.
    pub fn amendment(&self, event: &Event, changes: &Changes) -> Result<Amendment, AmendError> {
        let figure = |text: &String, measure| of_event(event, figure(text, measure)?);
        let killed = changes.killed.iter().map(|text| figure(text, Measure::Killed));
        let injured = changes.injured.iter().map(|text| figure(text, Measure::Injured));
        let amendment = Amendment {
            kind: changes.kind,
            date: changes.date.as_deref().map(span).transpose()?,
            place: changes.place.as_deref().map(|name| self.place_called(name)).transpose()?,
            initiators: self.factions_called(&changes.initiators)?,
            targets: self.factions_called(&changes.targets)?,
            figures: killed.chain(injured).collect::<Result<_, _>>()?,
        };
        if amendment == Amendment::default() { Err(AmendError::Nothing) } else { Ok(amendment) }
    }

    fn factions_called(&self, ids: &[String]) -> Result<Vec<FactionId>, AmendError> {
        let known = |text: &String| {
            let id = FactionId::new(text.as_str());
            let is_known = self.registry().faction(&id).is_some();
            if is_known { Ok(id) } else { Err(AmendError::Faction(text.clone())) }
        };
        ids.iter().map(known).collect()
    }

    /// The one place of that name, in an area where several have it.
    fn place_called(&self, text: &str) -> Result<ClaimPlace, AmendError> {
        let (name, area) = text.split_once(',').unwrap_or((text, ""));
        let (name, area) = (name.trim(), area.trim());
        let (country, admin1) = area.split_once('/').unwrap_or((area, ""));
        let extractor = self.extractor()?;
        let found = extractor.places().lookup(name);
        let within = |place: &&Candidate<'_>| {
            (country.is_empty() || place.country.eq_ignore_ascii_case(country))
                && (admin1.is_empty() || place.admin1.eq_ignore_ascii_case(admin1))
        };
        let area = |place: &Candidate<'_>| format!("{}/{}", place.country, place.admin1);
        match found.iter().filter(within).collect::<Vec<_>>().as_slice() {
            [] => Err(AmendError::Place(text.to_owned())),
            [one] => Ok(claimed(one, name)),
            [first, second, ..] => Err(AmendError::Places {
                name: name.to_owned(),
                first: area(first),
                second: area(second),
            }),
        }
    }
}

fn span(text: &str) -> Result<DateSpan, AmendError> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let day =
        |part: &str| part.trim().parse::<Date>().map_err(|_| AmendError::Date(text.to_owned()));
    let (from, to) = (day(from)?, day(to)?);
    if from > to {
        return Err(AmendError::Order(text.to_owned()));
    }
    Ok(DateSpan { from, ..DateSpan::day(to) })
}

fn figure(text: &str, measure: Measure) -> Result<AmendedFigure, AmendError> {
    let wrong = || AmendError::Figure(text.to_owned());
    let (side, count) = text.split_once('=').ok_or_else(wrong)?;
    let (low, high) = count.split_once('-').unwrap_or((count, count));
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| wrong());
    let (min, max) = (Some(number(low)?), Some(number(high)?));
    if min > max || side.trim().is_empty() {
        return Err(wrong());
    }
    let side = side.trim().to_owned();
    Ok(AmendedFigure { side, measure, figure: Figure { min, max, vague: None } })
}

/// The figure under the name by which claims know its side: what is amended of no side would change nothing.
fn of_event(event: &Event, amended: AmendedFigure) -> Result<AmendedFigure, AmendError> {
    let sides = event.figures.iter().filter(|figure| figure.measure == amended.measure);
    let id = |side: &SideFigure| side.faction.as_ref().map(|id| id.as_str().to_owned());
    let is_it = |side: &&SideFigure| {
        side.side.eq_ignore_ascii_case(&amended.side) || id(side).as_ref() == Some(&amended.side)
    };
    if let Some(side) = sides.clone().find(is_it) {
        return Ok(AmendedFigure {
            side: id(side).unwrap_or_else(|| side.side.clone()),
            ..amended
        });
    }
    let known: Vec<String> = sides.map(|side| format!("`{}`", side.side)).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(AmendError::Side { side: amended.side, known })
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
        for wrong in ["eight", "civilians=4-2", "=3"] {
            let error = figure(wrong, Measure::Killed).unwrap_err().to_string();
            assert!(error.contains("civilians=8"), "{wrong}: {error}");
        }
    }
}
