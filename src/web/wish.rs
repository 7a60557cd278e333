//! The form of what a reader wants, read and shown again.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Time;

use super::choice::{Choice, FREQUENCIES, choice, chosen, groupings, languages, parsed};
use super::fields::Fields;
use super::site::Site;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::{EditionId, FactionId, RegionId};
use crate::model::registry::Registry;
use crate::model::subscriber::{Address, Frequency, Subscriber, Subscription};
use crate::pipeline::Wish;
use crate::render::LANGUAGES;

/// The version of the form that a reader confirms by; another wording of what they agree to is another version.
pub(super) const FORM: &str = "web-1";
/// The most factions or regions that one subscription names.
const MOST_NAMES: usize = 200;

/// Somebody who asks to join.
#[derive(Debug, Clone)]
pub(super) struct Joining {
    pub(super) address: Address,
    pub(super) wish: Wish,
}

/// The factions and regions of a theatre.
#[derive(Debug, Clone)]
pub(super) struct Theatre {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) factions: Vec<Choice>,
    pub(super) regions: Vec<Choice>,
}

impl Theatre {
    /// Whether something of it is chosen, so that its list is shown open.
    pub(super) fn has_chosen(&self) -> bool {
        self.factions.iter().chain(&self.regions).any(|choice| choice.on)
    }
}

/// The form as it is shown.
pub(super) struct WishForm {
    pub(super) editions: Vec<Choice>,
    pub(super) theatres: Vec<Choice>,
    /// Those whose factions and regions are listed.
    pub(super) listed: Vec<Theatre>,
    pub(super) languages: Vec<Choice>,
    pub(super) frequencies: Vec<Choice>,
    pub(super) groupings: Vec<Choice>,
    pub(super) at: String,
    pub(super) zone: String,
    pub(super) zones: &'static [String],
    pub(super) skip_quiet: bool,
}

/// The zones that are offered; any other that the data base knows may be written.
static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = jiff::tz::db().available().map(|name| name.to_string());
    let mut zones: Vec<String> =
        names.filter(|name| name.contains('/') && !name.starts_with("Etc/")).collect();
    zones.push("UTC".to_owned());
    zones.sort();
    zones.dedup();
    zones
});

/// What the fields of a form ask for.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    edition: String,
    theatres: Vec<String>,
    factions: Vec<String>,
    regions: Vec<String>,
    language: String,
    zone: String,
    at: String,
    frequency: String,
    grouping: String,
    skip_quiet: bool,
}

impl Asked {
    /// What a form that nobody filled in asks for.
    pub(super) fn at_first(site: &Site) -> Self {
        Self {
            edition: site.config().edition.keys().next().cloned().unwrap_or_default(),
            theatres: Vec::new(),
            factions: Vec::new(),
            regions: Vec::new(),
            language: "en".to_owned(),
            zone: "UTC".to_owned(),
            at: "06:30".to_owned(),
            frequency: "daily".to_owned(),
            grouping: String::new(),
            skip_quiet: false,
        }
    }

    /// What the form of another subscription of `who` asks for, before it is filled in.
    pub(super) fn at_first_of(site: &Site, who: &Subscriber, edition: &str) -> Self {
        Self {
            edition: edition.to_owned(),
            language: who.language.clone(),
            zone: who.zone.clone(),
            ..Self::at_first(site)
        }
    }

    /// What was sent.
    pub(super) fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        let all = |name: &str| fields.all(name).map(str::to_owned).collect();
        Self {
            edition: text("edition"),
            theatres: all("theatre"),
            factions: all("faction"),
            regions: all("region"),
            language: text("language"),
            zone: text("zone"),
            at: text("at"),
            frequency: text("frequency"),
            grouping: text("grouping"),
            skip_quiet: fields.has("skip_quiet"),
        }
    }

    /// What a subscription asks for.
    pub(super) fn stored(who: &Subscriber, wanted: &Subscription) -> Self {
        Self {
            edition: wanted.edition.to_string(),
            theatres: wanted.filter.theatres.clone(),
            factions: wanted.filter.factions.iter().map(ToString::to_string).collect(),
            regions: wanted.filter.regions.iter().map(ToString::to_string).collect(),
            language: who.language.clone(),
            zone: who.zone.clone(),
            at: wanted.at.strftime("%H:%M").to_string(),
            frequency: word(&wanted.frequency),
            grouping: wanted.grouping.as_ref().map(word).unwrap_or_default(),
            skip_quiet: wanted.skip_quiet,
        }
    }

    /// The wish, or what is wrong with it.
    pub(super) fn wish(&self, site: &Site) -> Result<Wish, Vec<String>> {
        let mut wrong = Vec::new();
        if !site.config().edition.contains_key(&self.edition) {
            wrong.push("Choose one of the editions.".to_owned());
        }
        if !LANGUAGES.contains(&self.language.as_str()) {
            wrong.push("Choose one of the languages.".to_owned());
        }
        if jiff::tz::TimeZone::get(&self.zone).is_err() {
            wrong.push("Write a time zone such as Asia/Damascus.".to_owned());
        }
        let at = self.at.parse::<Time>().ok();
        let frequency = parsed::<Frequency>(&self.frequency);
        let grouping = Some(self.grouping.as_str()).filter(|text| !text.is_empty());
        let grouped = grouping.map(parsed::<Grouping>);
        if at.is_none() {
            wrong.push("Write the time of day as 06:30.".to_owned());
        }
        if frequency.is_none() || grouped == Some(None) {
            wrong.push("Choose how often, and how events are grouped.".to_owned());
        }
        let filter = self.filter();
        if let Err(problem) = self.check(site, &filter) {
            wrong.push(problem);
        }
        match (at, frequency) {
            (Some(at), Some(frequency)) if wrong.is_empty() => Ok(Wish {
                language: self.language.clone(),
                zone: self.zone.clone(),
                edition: EditionId::new(self.edition.as_str()),
                filter,
                grouping: grouped.flatten(),
                at,
                frequency,
                skip_quiet: self.skip_quiet,
            }),
            _ => Err(wrong),
        }
    }

    fn filter(&self) -> Filter {
        Filter {
            theatres: self.theatres.clone(),
            factions: self.factions.iter().map(|id| FactionId::new(id.as_str())).collect(),
            regions: self.regions.iter().map(|id| RegionId::new(id.as_str())).collect(),
            ..Filter::default()
        }
    }

    fn check(&self, site: &Site, filter: &Filter) -> Result<(), String> {
        let registry = &site.pipeline.registry();
        if filter.factions.len() > MOST_NAMES || filter.regions.len() > MOST_NAMES {
            return Err(format!("Choose at most {MOST_NAMES} factions and regions."));
        }
        let known = |id: &String| registry.packs().iter().any(|pack| pack.id == *id);
        if !self.theatres.iter().all(known) {
            return Err("Choose among the theatres that are listed.".to_owned());
        }
        let checked = site.pipeline.check_names(filter);
        checked.map_err(|_| "Choose among the factions and regions that are listed.".to_owned())
    }

    /// The form, filled in with this. `listed`: theatres whose factions and regions are shown beside those that hold
    /// something chosen.
    pub(super) fn form(&self, site: &Site, listed: &[String]) -> WishForm {
        let registry = &site.pipeline.registry();
        let packs = registry.packs().iter().filter(|pack| !pack.countries.is_empty());
        let edition = site.config().edition.get(&self.edition);
        let own = edition.map(|edition| edition.edition(&self.edition).filter.theatres);
        let own: BTreeSet<String> = own.unwrap_or_default().into_iter().collect();
        let packs: Vec<_> = packs.filter(|pack| own.is_empty() || own.contains(&pack.id)).collect();
        let few = packs.len() <= 2;
        let all = packs.iter().map(|pack| self.theatre(registry, pack));
        let is_listed =
            |theatre: &Theatre| few || listed.contains(&theatre.id) || theatre.has_chosen();
        WishForm {
            editions: self.editions(site),
            theatres: packs
                .iter()
                .map(|pack| choice(&pack.id, &pack.name, self.theatres.contains(&pack.id)))
                .collect(),
            listed: all.filter(is_listed).collect(),
            languages: languages(&self.language),
            frequencies: chosen(&FREQUENCIES, &self.frequency),
            groupings: groupings(&self.grouping),
            at: self.at.clone(),
            zone: self.zone.clone(),
            zones: &ZONES,
            skip_quiet: self.skip_quiet,
        }
    }

    fn editions(&self, site: &Site) -> Vec<Choice> {
        let editions = site.config().edition.iter();
        editions
            .map(|(name, edition)| {
                choice(name, &edition.edition(name).title, *name == self.edition)
            })
            .collect()
    }

    fn theatre(&self, registry: &Registry, pack: &crate::model::pack::PackHead) -> Theatre {
        let inside = |country: &str| pack.countries.iter().any(|known| known == country);
        let factions = registry.factions().filter(|faction| {
            faction.country.as_deref().is_some_and(inside)
                || pack.belligerents.contains(&faction.id)
        });
        let mut factions: Vec<Choice> = factions
            .map(|faction| {
                let on = self.factions.iter().any(|id| id == faction.id.as_str());
                choice(faction.id.as_str(), &faction.name, on)
            })
            .collect();
        factions.sort_by_key(|faction| faction.label.to_lowercase());
        let regions = registry.regions().iter().filter(|region| {
            region.includes.iter().any(|area| inside(area.split('/').next().unwrap_or_default()))
        });
        let regions = regions
            .map(|region| {
                let on = self.regions.iter().any(|id| id == region.id.as_str());
                choice(region.id.as_str(), &region.name, on)
            })
            .collect();
        Theatre { id: pack.id.clone(), name: pack.name.clone(), factions, regions }
    }
}

/// A word of the model, as it is written in JSON.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('"', "")
}
