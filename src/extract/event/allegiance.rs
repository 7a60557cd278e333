//! Which people a noun phrase names and whose they are: "Syrian army soldiers", "fighters of the group".

use super::entity::{Entity, What};
use super::reading::Reader;
use crate::extract::language::{Armed, Class, Family};
use crate::extract::names::Named;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Np;
use crate::model::place::PlacePrecision;

impl Reader<'_, '_> {
    /// A word for people: the head, or one before a name in apposition ("commander Samir Haddad").
    pub(super) fn people(&self, np: &Np) -> Option<Class> {
        let office = |at: usize| {
            self.norm(at) == "general"
                && at > np.first
                && matches!(
                    self.norm(at - 1),
                    "secretary" | "attorney" | "director" | "governor" | "consul"
                )
        };
        let at_head =
            self.lexicon.people.word(self.norm(np.head)).copied().filter(|_| !office(np.head));
        if at_head.is_some() {
            return at_head;
        }
        if let Some(class) = self.band(np) {
            return Some(class);
        }
        let capital = |at: usize| {
            self.parsed
                .tokens
                .get(at)
                .is_some_and(|token| token.caps != crate::extract::parse::token::Caps::None)
        };
        (np.first..np.head)
            .rev()
            .take_while(|at| capital(at + 1))
            .filter(|at| !office(*at))
            .find_map(|at| {
                self.lexicon.people.word(self.norm(at)).copied().filter(|class| class.one)
            })
    }

    /// "paramilitary groups", "armed gang": people of the sort that the word before the head names.
    pub(super) fn band(&self, np: &Np) -> Option<Class> {
        if !self.lexicon.bands.has(self.norm(np.head)) || self.parsed.named_at(np.head).is_some() {
            return None;
        }
        let armed = |at: usize| {
            let word = self.norm(at);
            let class = self.lexicon.people.word(word).copied();
            let rebels = class.filter(|class| class.armed == Some(Armed::Rebel));
            let marked = matches!(
                word,
                "armed" | "rightist" | "leftist" | "ultrarightist" | "outlawed" | "clandestine"
            );
            rebels.or_else(|| {
                let drugs = matches!(word, "trafficking" | "drug" | "drugs" | "narcotics");
                (marked || drugs).then(|| self.lexicon.people.word("gunmen").copied()).flatten()
            })
        };
        (np.first..np.head).rev().find_map(armed).map(|class| Class { one: false, ..class })
    }

    /// The factions named inside the phrase own what the head says.
    pub(super) fn owner(&self, np: &Np, entity: &mut Entity) {
        for named in self.parsed.named_within(np.first, np.last) {
            let Some(faction) = named.faction.filter(|_| !named.masked) else {
                continue;
            };
            if named.kind == AliasKind::Demonym {
                let by_name = self.parsed.named_within(named.last, np.last).any(|other| {
                    other.kind == AliasKind::Name && other.faction.is_some() && !other.masked
                });
                if by_name {
                    continue;
                }
                self.demonym(np, faction, entity);
            } else if (is_whole_name(np, named, entity)
                || !matches!(entity.what, What::Civilians | What::Pronoun | What::Area)
                || entity.what == What::Area && !self.part_of_a_country(np))
                && !self.says_where(np, named, entity)
            {
                entity.factions.push(faction);
                take_name(np, named, entity);
            }
        }
        entity.factions.dedup();
        let country = |named: &Named| self.says_where(np, named, entity);
        if entity.what == What::Name && self.parsed.named_within(np.first, np.last).any(country) {
            entity.what = What::Other;
        }
        if entity.factions.is_empty() {
            self.led(np, entity);
        }
    }

    /// "Qalat evacuees", "Qalat's villages": a country before a word for what is there only says where.
    fn says_where(&self, np: &Np, named: &Named, entity: &Entity) -> bool {
        let country = || {
            self.parsed.place_at(named.first).is_some_and(|spot| {
                let spot = &self.parsed.spots[spot];
                spot.place.precision == PlacePrecision::Country && spot.last == named.last
            })
        };
        let there = matches!(entity.what, What::Other | What::Area | What::Object(_) | What::Name);
        let body = self.lexicon.collectives.has(self.norm(np.head));
        there && !body && named.last <= np.head && country()
    }

    /// "Assads forces", "Putin's warplanes": the people and things of the party whose leader is named before the head.
    fn led(&self, np: &Np, entity: &mut Entity) {
        let owned =
            matches!(entity.what, What::Force | What::Materiel | What::Position | What::Deed(_));
        let leader = self.parsed.leader_in(np.first, np.head).filter(|_| owned);
        let Some(leader) = leader.filter(|leader| leader.first >= np.first) else { return };
        let soldiers = entity.class.is_some_and(|class| class.armed == Some(Armed::State));
        if leader.party == leader.forces && !soldiers && !entity.air {
            entity.factions.push(leader.party);
        } else {
            self.serve(np, leader.party, entity);
        }
    }

    /// "Qalati warplanes", "Qalati troops": the service of the state; "Qalati rebels", "Qalati villagers" are not.
    pub(super) fn demonym(&self, np: &Np, state: usize, entity: &mut Entity) {
        let rebel = (np.first..np.last).any(|at| {
            self.lexicon
                .people
                .word(self.norm(at))
                .is_some_and(|class| class.armed == Some(Armed::Rebel))
        });
        let civil = matches!(
            entity.what,
            What::Civilians
                | What::Person
                | What::Area
                | What::Other
                | What::Name
                | What::Pronoun
                | What::Object(_)
        );
        if !rebel && !civil {
            self.serve(np, state, entity);
        }
    }

    /// The service of a state that the words of a phrase mean.
    fn serve(&self, np: &Np, state: usize, entity: &mut Entity) {
        let has = |words: &[&str]| (np.first..np.last).any(|at| words.contains(&self.norm(at)));
        let air = entity.air
            || matches!(entity.what, What::Deed(Family::Air))
            || has(&[
                "air",
                "aerial",
                "warplanes",
                "warplane",
                "helicopters",
                "helicopter",
                "jets",
                "drone",
                "airstrikes",
                "airstrike",
                "pilot",
                "pilots",
            ]);
        let navy = has(&["navy", "naval", "warship", "gunboats"]);
        let police = has(&["police", "policemen", "security"]);
        entity.factions.push((self.service)(state, air, navy, police));
    }
}

/// People whom a name of several words calls a party: "Qalati settlers".
fn is_whole_name(np: &Np, named: &Named, entity: &Entity) -> bool {
    entity.what == What::Civilians
        && named.kind == AliasKind::Name
        && named.last == np.head + 1
        && named.last > named.first + 1
}

/// A name without a word of class is the phrase's name.
pub(super) fn take_name(np: &Np, named: &Named, entity: &mut Entity) {
    if matches!(entity.what, What::Other | What::Name | What::Area) {
        (entity.what, entity.named) = (What::Force, true);
    }
    if np.head < named.last {
        (entity.first, entity.last) = (named.first, named.last);
        entity.named = true;
    }
}
