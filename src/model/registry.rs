//! All packs together: factions by id, who belongs to whom, what counts under what.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::faction::{Faction, FactionKind};
use super::id::{FactionId, RegionId};
use super::pack::{GenericWords, Pack, PackHead, PackPlace, Region};

/// The merged content of the packs in use. A later pack wins over an earlier one, so local packs come last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Registry {
    heads: Vec<PackHead>,
    factions: BTreeMap<FactionId, Faction>,
    generics: Vec<GenericWords>,
    places: Vec<PackPlace>,
    regions: Vec<Region>,
    clashes: Vec<String>,
    words: HashSet<String>,
    /// By display name the first faction that bears it.
    named: HashMap<String, FactionId>,
}

impl Registry {
    /// Merges the packs in order; identical rows merge silently, different ones with one id are kept in `clashes`.
    pub fn merge(packs: impl IntoIterator<Item = Pack>) -> Self {
        let mut all = Self::default();
        for pack in packs {
            all.add(pack);
        }
        all.index();
        all
    }

    /// The same with one more pack, which wins over the others.
    #[must_use]
    pub fn with_pack(&self, pack: Pack) -> Self {
        let mut all = self.clone();
        all.add(pack);
        all.index();
        all
    }

    /// The same with these entries as they were at another time; regions and packs' heads are those of that time alone.
    #[must_use]
    pub fn with(&self, factions: &[Faction], regions: &[Region], heads: &[PackHead]) -> Self {
        let mut then = self.clone();
        then.factions.extend(factions.iter().map(|faction| (faction.id.clone(), faction.clone())));
        (then.regions, then.heads) = (regions.to_vec(), heads.to_vec());
        then.index();
        then
    }

    fn index(&mut self) {
        self.words = self.name_words();
        self.named.clear();
        for faction in self.factions.values() {
            self.named.entry(faction.name.clone()).or_insert_with(|| faction.id.clone());
        }
    }

    /// The faction with this display name.
    pub fn named(&self, name: &str) -> Option<&Faction> {
        self.named.get(name).and_then(|id| self.faction(id))
    }

    /// Every word of a name of a faction, outlet or place, in lower case.
    fn name_words(&self) -> HashSet<String> {
        let factions = self.factions.values().flat_map(|faction| {
            let former = faction.former.iter().flat_map(|it| it.aliases.iter().chain([&it.name]));
            let other = faction.aliases.iter().chain(&faction.short).chain(&faction.outlets);
            other.chain(&faction.demonyms).chain(former).chain([&faction.name])
        });
        let places = self.places.iter().flat_map(|place| {
            place.aliases.iter().chain(&place.admin1).chain(&place.admin2).chain([&place.name])
        });
        let words = factions.chain(places).flat_map(|name| name.split_whitespace());
        words.map(str::to_lowercase).collect()
    }

    /// Whether a word, in lower case, stands in a name of a faction, outlet or place.
    pub fn knows_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    fn add(&mut self, pack: Pack) {
        for faction in pack.factions {
            self.add_faction(&pack.pack.id, faction);
        }
        for region in pack.regions {
            self.regions.retain(|known| known.id != region.id);
            self.regions.push(region);
        }
        self.heads.retain(|known| known.id != pack.pack.id);
        self.heads.push(pack.pack);
        self.generics.extend(pack.generics);
        self.places.extend(pack.places);
    }

    fn add_faction(&mut self, pack: &str, faction: Faction) {
        if let Some(known) = self.factions.get(&faction.id)
            && *known != faction
        {
            let id = &faction.id;
            self.clashes
                .push(format!("faction `{id}` of pack `{pack}` replaces a different entry"));
        }
        self.factions.insert(faction.id.clone(), faction);
    }

    /// The packs' heads, in order.
    pub fn packs(&self) -> &[PackHead] {
        &self.heads
    }

    /// All factions, by id.
    pub fn factions(&self) -> impl Iterator<Item = &Faction> {
        self.factions.values()
    }

    /// One faction.
    pub fn faction(&self, id: &FactionId) -> Option<&Faction> {
        self.factions.get(id)
    }

    /// The theatre-wide words.
    pub fn generics(&self) -> &[GenericWords] {
        &self.generics
    }

    /// The places of the packs.
    pub fn places(&self) -> &[PackPlace] {
        &self.places
    }

    /// The regions of the packs.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// One region.
    pub fn region(&self, id: &RegionId) -> Option<&Region> {
        self.regions.iter().find(|region| region.id == *id)
    }

    /// What was said twice and differently: a warning at run time, an error in `check --strict`.
    pub fn clashes(&self) -> &[String] {
        &self.clashes
    }

    /// The faction and everything above it: parents, and the coalitions it is a member of on `day`.
    pub fn upward(&self, id: &FactionId, day: Option<Date>) -> BTreeSet<FactionId> {
        let (mut seen, mut open) = (BTreeSet::new(), vec![id.clone()]);
        while let Some(id) = open.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let Some(faction) = self.faction(&id) else { continue };
            open.extend(faction.parent.clone());
            let member = faction.member_of.iter().filter(|member| member.holds_on(day));
            open.extend(member.map(|member| member.id.clone()));
        }
        seen
    }

    /// Whether `speaker` is a party to something that `actor` did: the same, or one above the other.
    pub fn is_party(&self, speaker: &FactionId, actor: &FactionId, day: Option<Date>) -> bool {
        self.upward(actor, day).contains(speaker) || self.upward(speaker, day).contains(actor)
    }

    /// What a faction counts under on `day` (B-20): its explicit roll-up, the coalition that it joined last,
    /// else its topmost parent; a state's services count under the state's government forces.
    pub fn rollup(&self, id: &FactionId, day: Option<Date>) -> FactionId {
        let mut at = id.clone();
        for _ in 0..8 {
            match self.step_up(&at, day) {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        at
    }

    fn step_up(&self, id: &FactionId, day: Option<Date>) -> Option<FactionId> {
        let faction = self.faction(id)?;
        if let Some(rollup) = &faction.rollup {
            return Some(rollup.clone());
        }
        let now = faction.member_of.iter().filter(|member| member.holds_on(day));
        if let Some(coalition) = now.max_by_key(|member| member.since) {
            return Some(coalition.id.clone());
        }
        faction.parent.clone().filter(|parent| self.counts_for_parts(parent))
    }

    /// A state itself is no fighting force: its forces roll up below it unless it has no forces entry.
    fn counts_for_parts(&self, id: &FactionId) -> bool {
        self.faction(id).is_some_and(|parent| {
            parent.kind != FactionKind::StateForces
                || parent.parent.is_some()
                || parent.demonyms.is_empty()
        })
    }

    /// The display name of a faction; its id where the registry does not know it.
    pub fn name<'a>(&'a self, id: &'a FactionId) -> &'a str {
        self.faction(id).map_or(id.as_str(), |faction| faction.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn registry() -> Registry {
        let text = r#"
            [pack]
            id = "t"
            name = "T"
            [[faction]]
            id = "ruritania"
            name = "Ruritania"
            kind = "state_forces"
            demonyms = ["Ruritanian"]
            [[faction]]
            id = "ruritanian-forces"
            name = "Ruritanian government forces"
            kind = "state_forces"
            parent = "ruritania"
            [[faction]]
            id = "ruritanian-air-force"
            name = "Ruritanian Air Force"
            kind = "state_forces"
            parent = "ruritanian-forces"
            [[faction]]
            id = "front"
            name = "Front"
            kind = "rebel"
            [[faction]]
            id = "league"
            name = "League"
            kind = "rebel"
            [[faction]]
            id = "band"
            name = "Band"
            kind = "rebel"
            former = [{ name = "Old Band", until = "2018-01-01" }]
            member_of = [{ id = "league", since = "2018-01-01", until = "2020-06-11" }, { id = "front", since = "2020-06-12" }, { id = "league", since = "2019-01-01" }]
        "#;
        Registry::merge([toml::from_str::<Pack>(text).unwrap()])
    }

    #[test]
    fn b_20_a_states_services_roll_up_to_its_government_forces() {
        let rollup = registry().rollup(&"ruritanian-air-force".into(), None);
        assert_eq!(rollup.as_str(), "ruritanian-forces");
    }

    #[test]
    fn b_20_a_member_rolls_up_to_the_coalition_that_it_joined_last_while_it_belongs_to_it() {
        let registry = registry();
        let on = |day| registry.rollup(&"band".into(), Some(day)).to_string();
        assert_eq!(on(date(2017, 6, 11)), "band");
        assert_eq!(on(date(2020, 6, 11)), "league");
        assert_eq!(on(date(2020, 6, 12)), "front");
    }

    #[test]
    fn a_ministry_is_a_party_to_what_its_air_force_does() {
        let registry = registry();
        assert!(registry.is_party(&"ruritania".into(), &"ruritanian-air-force".into(), None));
        assert!(!registry.is_party(&"front".into(), &"ruritanian-air-force".into(), None));
    }

    #[test]
    fn b_60_a_renamed_group_has_the_name_of_the_day() {
        let registry = registry();
        let band = registry.faction(&"band".into()).unwrap();
        assert_eq!(band.name_on(Some(date(2017, 5, 1))), "Old Band");
        assert_eq!(band.name_on(Some(date(2020, 5, 1))), "Band");
    }
}
