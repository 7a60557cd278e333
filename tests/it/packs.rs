//! The built-in packs against each other and against the gazetteer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sitrep::config::packs::builtin;
use sitrep::extract::gazetteer::{PlaceKind, Places};
use sitrep::extract::parse::token::tokens;
use sitrep::model::faction::Faction;
use sitrep::model::pack::Pack;
use sitrep::model::registry::Registry;
use sitrep::model::text::fold::{is_article, plain};

/// Whether the gazetteer has a division of this kind with exactly these names.
fn knows(places: &Places, kind: PlaceKind, country: &str, admin1: &str, admin2: &str) -> bool {
    let name = if kind == PlaceKind::Admin2 { admin2 } else { admin1 };
    places.lookup(name).iter().any(|found| {
        let same = found.admin1 == admin1 && (kind == PlaceKind::Admin1 || found.admin2 == admin2);
        found.kind == kind && found.country == country && found.name == name && same
    })
}

/// The areas of all regions, as their parts.
fn areas(packs: &[Pack]) -> BTreeSet<Vec<&str>> {
    let regions = packs.iter().flat_map(|pack| &pack.regions);
    regions.flat_map(|region| &region.includes).map(|area| area.split('/').collect()).collect()
}

/// The divisions that packs' places name themselves: country, first and second order.
fn divisions(packs: &[Pack]) -> BTreeSet<(&str, &str, Option<&str>)> {
    let mut all = BTreeSet::new();
    for place in packs.iter().flat_map(|pack| &pack.places) {
        if let Some(admin1) = &place.admin1 {
            all.insert((place.country.as_str(), admin1.as_str(), place.admin2.as_deref()));
        }
    }
    all
}

#[test]
fn every_area_of_a_region_is_a_division_that_places_lie_in() {
    let (packs, places) = (builtin().unwrap(), Places::new(&[]).unwrap());
    let own = divisions(&packs);
    for area in areas(&packs) {
        let found = match area[..] {
            [country] => country.len() == 2,
            [country, one] => knows(&places, PlaceKind::Admin1, country, one, ""),
            [country, one, two] => {
                knows(&places, PlaceKind::Admin2, country, one, two)
                    || own.contains(&(country, one, Some(two)))
            }
            _ => false,
        };
        assert!(found, "no division `{}`", area.join("/"));
    }
}

#[test]
fn the_places_of_packs_lie_in_divisions_that_the_gazetteer_names_the_same() {
    let (packs, places) = (builtin().unwrap(), Places::new(&[]).unwrap());
    for (country, admin1, _) in divisions(&packs) {
        let found = knows(&places, PlaceKind::Admin1, country, admin1, "");
        assert!(found, "the gazetteer has no division `{country}/{admin1}`");
    }
}

/// A name as texts are searched for it: folded, any article alike, no leading "the".
fn folded(name: &str) -> String {
    let name = plain(name);
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let words = name.split(' ').map(|word| if is_article(word) { "al" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// The names that mean a faction in any text.
fn names(faction: &Faction) -> BTreeSet<String> {
    let guarded: BTreeSet<_> = faction.ambiguous_aliases.iter().map(|name| folded(name)).collect();
    let former =
        faction.former.iter().flat_map(|old| std::iter::once(&old.name).chain(&old.aliases));
    let all = std::iter::once(&faction.name).chain(&faction.short).chain(&faction.aliases);
    all.chain(former).map(|name| folded(name)).filter(|name| !guarded.contains(name)).collect()
}

/// Whether two factions exist on one day, but for the day on which one follows the other.
fn overlap(a: &Faction, b: &Faction) -> bool {
    let since = |faction: &Faction| faction.since.unwrap_or(Date::MIN);
    let until = |faction: &Faction| faction.until.unwrap_or(Date::MAX);
    since(a).max(since(b)) < until(a).min(until(b))
}

#[test]
fn no_name_belongs_to_two_factions_of_one_day() {
    let registry = Registry::merge(builtin().unwrap());
    let mut holders: BTreeMap<String, Vec<&Faction>> = BTreeMap::new();
    for faction in registry.factions() {
        for name in names(faction) {
            let others = holders.entry(name.clone()).or_default();
            let other = others.iter().find(|other| overlap(other, faction));
            assert!(other.is_none(), "`{name}`: `{}`, `{}`", faction.id, other.unwrap().id);
            others.push(faction);
        }
    }
}

#[test]
fn every_ambiguous_alias_has_context_words_that_texts_can_meet() {
    let registry = Registry::merge(builtin().unwrap());
    for faction in registry.factions() {
        let guarded = !faction.ambiguous_aliases.is_empty();
        assert_eq!(guarded, !faction.context.is_empty(), "context of `{}`", faction.id);
        for word in &faction.context {
            let cut = tokens(word);
            let met = cut.len() == 1 && cut[0].norm == word.to_lowercase();
            assert!(met, "`{word}` of `{}` is no single plain word", faction.id);
        }
    }
}

#[test]
fn no_name_of_a_faction_or_its_outlets_is_empty() {
    let registry = Registry::merge(builtin().unwrap());
    for faction in registry.factions() {
        let lists = [&faction.aliases, &faction.ambiguous_aliases, &faction.outlets];
        let all =
            std::iter::once(&faction.name).chain(&faction.short).chain(lists.into_iter().flatten());
        for name in all {
            assert!(!plain(name).is_empty(), "an empty name in `{}`", faction.id);
        }
    }
}
