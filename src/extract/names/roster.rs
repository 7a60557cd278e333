//! The factions of the packs, with their names and how they stand to one another.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use jiff::civil::Date;

use crate::extract::parse::sieve::Sieve;
use crate::extract::parse::token::{Caps, tokens, word_hash};
use crate::model::faction::{Faction, FactionKind};
use crate::model::id::FactionId;
use crate::model::registry::Registry;
use crate::model::text::fold;

/// What an alias is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AliasKind {
    /// A name.
    Name,
    /// A name that counts only near a context word.
    Ambiguous,
    /// A theatre-wide word for it.
    Generic,
    /// An adjective of a state.
    Demonym,
    /// An outlet's common noun for a party ("the terrorists").
    Called,
}

#[derive(Debug, Clone)]
pub(super) struct Alias {
    pub(super) words: Vec<String>,
    pub(super) faction: usize,
    pub(super) kind: AliasKind,
    /// All capitals, and so short that the same letters in lower case mean something else.
    pub(super) caps: bool,
    /// A country in whose context alone a theatre-wide word means this.
    pub(super) country: Option<String>,
    /// A theatre-wide word that names no one.
    pub(super) nobody: bool,
}

/// The names that begin with one word: hundreds where it is "al" or "army", so they are parted by their second.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    alone: Vec<Alias>,
    by_second: FxHashMap<String, Vec<Alias>>,
}

impl Aliases {
    fn row(&mut self, words: &[String]) -> &mut Vec<Alias> {
        match words.get(1) {
            Some(second) => self.by_second.entry(second.clone()).or_default(),
            None => &mut self.alone,
        }
    }

    /// The longest first, among those with the same words the one that was added first.
    fn sort(&mut self) {
        for row in self.by_second.values_mut() {
            row.sort_by_key(|alias| std::cmp::Reverse(alias.words.len()));
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Alias> {
        self.by_second.values().flatten().chain(&self.alone)
    }

    /// Those that may go on with the word `second`, and those of one word.
    pub(super) fn before<'a>(&'a self, second: Option<&str>) -> impl Iterator<Item = &'a Alias> {
        let singular = second.and_then(|word| word.strip_suffix('s'));
        let longer = [second, singular].into_iter().flatten();
        let rows: Vec<_> = longer.filter_map(|word| self.by_second.get(word)).collect();
        rows.into_iter().flatten().chain(&self.alone)
    }
}

/// A faction as extraction needs it.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its id.
    pub id: FactionId,
    /// Its display name.
    pub name: String,
    /// What it is.
    pub kind: FactionKind,
    /// Its home.
    pub country: Option<String>,
    /// Its parent.
    pub parent: Option<usize>,
    /// A state: it has demonyms.
    pub state: bool,
    /// Words that make an ambiguous alias this faction.
    pub(super) context: Vec<String>,
    /// Coalitions.
    pub member_of: Vec<usize>,
    /// First and last day of its existence.
    days: (Option<Date>, Option<Date>),
    /// The side that it is on.
    pub side: Option<String>,
}

/// All factions and their names.
#[derive(Debug, Default)]
pub struct Roster {
    pub(super) parties: Vec<Party>,
    by_id: BTreeMap<FactionId, usize>,
    pub(super) aliases: FxHashMap<String, Aliases>,
    /// The first words of the aliases.
    pub(super) firsts: Sieve,
    pub(super) folded: FxHashMap<String, Vec<(String, usize)>>,
    countries: FxHashMap<String, usize>,
    /// For each faction itself and what is above it: every pair of parties is held against it.
    above: Vec<Vec<usize>>,
}

pub(super) fn key_word(norm: &str) -> &str {
    if fold::is_article(norm) { "al" } else { norm }
}

impl Party {
    /// Whether it existed on the day; without a day, whether it exists still.
    pub fn lives_on(&self, day: Option<Date>) -> bool {
        let (since, until) = self.days;
        match day {
            Some(day) => {
                since.is_none_or(|since| since <= day) && until.is_none_or(|until| day <= until)
            }
            None => until.is_none(),
        }
    }
}

impl Roster {
    /// The factions of the registry.
    pub fn new(registry: &Registry) -> Self {
        let mut roster = Self::default();
        for faction in registry.factions() {
            roster.add_party(faction);
        }
        for (index, faction) in registry.factions().enumerate() {
            roster.link(index, faction);
            roster.add_names(index, faction);
        }
        roster.above = (0..roster.parties.len()).map(|index| roster.climb(index)).collect();
        for generic in registry.generics() {
            let faction = generic.faction.as_ref().and_then(|id| roster.by_id.get(id).copied());
            for word in &generic.words {
                let nobody = faction.is_none();
                roster.add_alias(
                    word,
                    faction.unwrap_or(0),
                    AliasKind::Generic,
                    generic.country.clone(),
                    nobody,
                );
            }
        }
        for rows in roster.aliases.values_mut() {
            rows.sort();
        }
        roster
    }

    fn add_party(&mut self, faction: &Faction) {
        let state = !faction.demonyms.is_empty();
        let index = self.parties.len();
        if state && let Some(country) = &faction.country {
            self.countries.insert(country.clone(), index);
        }
        self.by_id.insert(faction.id.clone(), index);
        self.parties.push(Party {
            id: faction.id.clone(),
            name: faction.name.clone(),
            kind: faction.kind,
            country: faction.country.clone(),
            parent: None,
            state,
            context: faction.context.iter().map(|word| word.to_lowercase()).collect(),
            member_of: Vec::new(),
            days: (faction.since, faction.until),
            side: faction.side.clone(),
        });
    }

    fn link(&mut self, index: usize, faction: &Faction) {
        let parent = faction.parent.as_ref().and_then(|id| self.by_id.get(id).copied());
        let members: Vec<usize> = faction
            .member_of
            .iter()
            .filter_map(|member| self.by_id.get(&member.id).copied())
            .collect();
        if let Some(party) = self.parties.get_mut(index) {
            party.parent = parent;
            party.member_of = members;
        }
    }

    fn add_names(&mut self, index: usize, faction: &Faction) {
        let former = faction
            .former
            .iter()
            .flat_map(|former| std::iter::once(&former.name).chain(&former.aliases));
        let names = std::iter::once(&faction.name)
            .chain(&faction.short)
            .chain(&faction.aliases)
            .chain(former);
        for name in names {
            let ambiguous = faction.ambiguous_aliases.contains(name);
            let kind = if ambiguous { AliasKind::Ambiguous } else { AliasKind::Name };
            self.add_alias(name, index, kind, None, false);
        }
        for name in &faction.ambiguous_aliases {
            self.add_alias(name, index, AliasKind::Ambiguous, None, false);
        }
        for name in &faction.demonyms {
            self.add_alias(name, index, AliasKind::Demonym, None, false);
        }
    }

    fn add_alias(
        &mut self,
        name: &str,
        faction: usize,
        kind: AliasKind,
        country: Option<String>,
        nobody: bool,
    ) {
        let cut = tokens(name);
        let mut words: Vec<String> =
            cut.iter().map(|token| key_word(&token.norm).to_owned()).collect();
        if kind != AliasKind::Generic
            && words.first().is_some_and(|word| word == "the")
            && words.len() > 1
        {
            words.remove(0);
        }
        let Some(first) = words.first().cloned() else { return };
        let caps = cut.len() == 1 && cut[0].caps == Caps::All && cut[0].norm.len() <= 4;
        self.add_folded(name, faction, kind);
        self.firsts.add(word_hash(&first));
        let rows = self.aliases.entry(first).or_default().row(&words);
        if !rows.iter().any(|row| row.words == words && row.faction == faction) {
            rows.push(Alias { words, faction, kind, caps, country, nobody });
        }
    }

    fn add_folded(&mut self, name: &str, faction: usize, kind: AliasKind) {
        if kind != AliasKind::Name
            || !name.is_ascii()
            || name.len() < 6
            || name.chars().all(|c| c.is_ascii_uppercase())
        {
            return;
        }
        let key = fold::key(&fold::plain(name));
        if key.len() >= 4 {
            self.folded.entry(key).or_default().push((name.to_owned(), faction));
        }
    }

    /// One faction.
    pub fn party(&self, index: usize) -> &Party {
        &self.parties[index]
    }

    /// A faction by id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(&FactionId::new(id)).copied()
    }

    /// A faction by one of its names, alone.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        let wanted = fold::plain(name);
        let cut = tokens(name);
        let first = key_word(&cut.first()?.norm).to_owned();
        let rows =
            self.aliases.get(&first)?.all().filter(|alias| {
                alias.kind != AliasKind::Generic && alias.kind != AliasKind::Demonym
            });
        rows.into_iter()
            .find(|alias| {
                alias.words.join(" ") == wanted
                    || alias.words.len() == cut.len()
                        && alias
                            .words
                            .iter()
                            .zip(&cut)
                            .all(|(word, token)| *word == key_word(&token.norm))
            })
            .map(|alias| alias.faction)
    }

    /// The state of a country.
    pub fn state_of(&self, country: &str) -> Option<usize> {
        self.countries.get(country).copied()
    }

    /// The faction and what is above it: parents and coalitions.
    pub fn upward(&self, index: usize) -> &[usize] {
        self.above.get(index).map_or(&[], Vec::as_slice)
    }

    fn climb(&self, index: usize) -> Vec<usize> {
        let (mut seen, mut open) = (Vec::new(), vec![index]);
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            open.extend(self.parties[at].parent);
            open.extend(&self.parties[at].member_of);
        }
        seen
    }

    /// Whether one is the other or above it.
    pub fn related(&self, a: usize, b: usize) -> bool {
        a == b || self.upward(a).contains(&b) || self.upward(b).contains(&a)
    }

    /// Whether both are or belong to the same side: related, or with a common parent or coalition.
    pub fn same_side(&self, a: usize, b: usize) -> bool {
        if self.parties[a].side.is_some() && self.parties[a].side == self.parties[b].side {
            return true;
        }
        let up = self.upward(a);
        self.upward(b).iter().any(|above| up.contains(above))
    }

    /// The service of a state for a kind of force: a child whose name holds one of the words, else the state's forces.
    pub fn service(&self, state: usize, air: bool, navy: bool, police: bool) -> usize {
        let wanted: &[&str] = if air {
            &["air force", "aerospace", "air and"]
        } else if navy {
            &["navy", "naval"]
        } else if police {
            &["police", "security forces", "internal security"]
        } else {
            &[
                "army",
                "armed forces",
                "ground forces",
                "defense forces",
                "defence forces",
                "military",
            ]
        };
        let below = |party: &Party, index: usize| {
            index != state
                && party.kind == FactionKind::StateForces
                && self.upward(index).contains(&state)
        };
        let found = |words: &[&str]| {
            words.iter().find_map(|word| {
                self.parties
                    .iter()
                    .enumerate()
                    .find(|(index, party)| {
                        below(party, *index) && party.name.to_lowercase().contains(word)
                    })
                    .map(|(index, _)| index)
            })
        };
        found(wanted)
            .or_else(|| found(&["government forces", "armed forces", "army"]))
            .unwrap_or(state)
    }
}
