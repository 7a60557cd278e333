//! What a noun phrase refers to: a party, a place, a person or something else.

use super::mentions::Mentioner;
use crate::extract::event::clause::Clause;
use crate::extract::event::entity::{Entity, What};
use crate::extract::language::Closed;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::parse::table::Phrases;
use crate::extract::parse::token::{Caps, Shape};
use crate::model::place::PlacePrecision;

/// What a noun phrase refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refers {
    /// A party, an organisation, a group of people.
    Party,
    /// A place.
    Place,
    /// A single person: names inside belong to the person.
    Person,
    /// Something else: names inside are mentions of their own.
    Other,
}

/// Prepositions that make the name of a country a place.
const LOCATIVE: &[&str] = &[
    "in",
    "into",
    "inside",
    "within",
    "across",
    "throughout",
    "from",
    "near",
    "around",
    "outside",
    "through",
    "at",
    "over",
    "toward",
    "towards",
    "of",
    "to",
    "on",
    "for",
    "beyond",
];

/// Prepositions after which a country is a party.
const PARTNER: &[&str] = &["with", "by", "against", "between", "among"];

/// Pronouns for a group.
const GROUP_PRONOUNS: &[&str] = &["we", "us", "ourselves", "they", "themselves"];

impl Mentioner<'_, '_> {
    /// What the phrase refers to.
    pub(super) fn refers(
        &self,
        clause: &Clause<'_, '_>,
        at: usize,
        np: &Np,
        entity: &Entity,
    ) -> Refers {
        let head = self.parsed.norm(np.head);
        if self.is_pronoun(np) {
            return Refers::Party;
        }
        if entity.what == What::Pronoun {
            return Refers::Other;
        }
        if self.is_person(np)
            || self.parsed.norm(np.first) == "operation"
                && self.parsed.tokens[np.first].caps != Caps::None
        {
            return Refers::Person;
        }
        if self.describes(clause, at, np) {
            return Refers::Other;
        }
        if let Some(refers) = self.country(clause, at, np) {
            return refers;
        }
        let inside = |phrases: &Phrases| {
            (np.first..=np.head).any(|at| {
                phrases
                    .find(&self.parsed.tokens, at)
                    .is_some_and(|(length, ())| at + length == np.head + 1)
            })
        };
        let proper = self
            .parsed
            .named_at(np.head)
            .is_some_and(|named| named.kind != AliasKind::Demonym && named.last > np.head)
            || self.parsed.organisation_at(np.head);
        if proper {
            return Refers::Party;
        }
        if self.inhabitants(np) {
            return Refers::Party;
        }
        let caps = self.parsed.tokens[np.head].caps;
        let located =
            self.parsed.place_at(np.head).map(|spot| &self.parsed.spots[spot]).is_some_and(
                |spot| {
                    spot.location && caps != Caps::None
                        || caps == Caps::All && spot.place.canonical.is_some()
                },
            );
        if located && self.surname(np) {
            return Refers::Person;
        }
        if located || inside(&self.lexicon.sites) {
            return Refers::Place;
        }
        let group =
            self.lexicon.people.word(head).is_some_and(|class| !class.one) && head != "security";
        let initials = if self.parsed.tokens[np.head].shape == Shape::Number {
            np.head.saturating_sub(1).max(np.first)
        } else {
            np.head
        };
        let acronym = self.parsed.tokens[initials].caps == Caps::All && self.is_acronym(initials);
        if group || acronym || inside(&self.lexicon.collectives) {
            return Refers::Party;
        }
        Refers::Other
    }

    /// A phrase without a name that only says what something is: "is a town", "as soldiers", ", a city"; or a bare "place".
    fn describes(&self, clause: &Clause<'_, '_>, at: usize, np: &Np) -> bool {
        let named = (np.first..np.last).any(|at| {
            self.parsed.tokens[at].caps != Caps::None
                && (at > np.first
                    || self.parsed.place_at(at).is_some()
                    || self.parsed.named_at(at).is_some())
        });
        let indefinite = matches!(self.parsed.norm(np.first), "a" | "an");
        let bare = np.last == np.first + 1
            && self.parsed.tokens[np.first].caps == Caps::None
            && self.lexicon.sites.has(self.parsed.norm(np.head))
            && !self.parsed.norm(np.head).ends_with('s');
        let said = match at.checked_sub(1).and_then(|before| clause.chunk(before)) {
            Some(Chunk::Vg(vg)) => vg.copula && indefinite,
            Some(Chunk::Prep(_)) => clause.word(at - 1) == "as",
            Some(Chunk::Comma(_)) => indefinite,
            _ => false,
        };
        !named && (said || bare)
    }

    /// A place name right after a capitalised word that is no name of its own: the surname of a person.
    fn surname(&self, np: &Np) -> bool {
        let Some(spot) = self.parsed.place_at(np.head).map(|spot| self.parsed.spots[spot].first)
        else {
            return false;
        };
        let Some(before) = spot.checked_sub(1).filter(|_| !self.parsed.tokens[spot].hyphen) else {
            return false;
        };
        let token = &self.parsed.tokens[before];
        let known = self.parsed.named_at(before).is_some()
            || self.parsed.place_at(before).is_some()
            || self.parsed.organisation_at(before)
            || (self.demonym)(&token.norm)
            || self.belongs_before(before);
        let word = self.lexicon.closed(&token.norm) != Closed::default()
            || self.lexicon.sites.has(&token.norm)
            || self.lexicon.collectives.has(&token.norm)
            || self.lexicon.verbs().word(&token.norm).is_some()
            || self.lexicon.people.word(&token.norm).is_some();
        token.caps == Caps::First
            && token.shape == Shape::Word
            && !known
            && !word
            && !self.parsed.spots[self.parsed.place_at(np.head).unwrap_or(0)].framed
    }

    /// A single person: a word for one, or a title before a name.
    fn is_person(&self, np: &Np) -> bool {
        let one = |at: usize| {
            self.lexicon.people.word(self.parsed.norm(at)).is_some_and(|class| class.one)
                && !self.lexicon.collectives.has(self.parsed.norm(at))
        };
        let titled = (np.first..np.head).any(|at| {
            (one(at) || is_title(self.parsed.norm(at)))
                && self.parsed.tokens[at].caps == Caps::First
                && self.parsed.tokens[at + 1].caps != Caps::None
        }) && self.parsed.named_at(np.head).is_none();
        one(np.head) || titled
    }

    /// A state or country: a party where it acts, a place where something lies in it.
    fn country(&self, clause: &Clause<'_, '_>, at: usize, np: &Np) -> Option<Refers> {
        let spot =
            self.parsed.place_at(np.head).map(|spot| &self.parsed.spots[spot]).filter(|spot| {
                spot.place.canonical.is_some() && spot.place.precision == PlacePrecision::Country
            });
        let token = &self.parsed.tokens[np.head];
        let state = self
            .parsed
            .named_at(np.head)
            .and_then(|named| named.faction)
            .is_some_and(|faction| self.roster.party(faction).state);
        let people = (self.demonym)(&token.norm) && token.caps == Caps::First;
        if spot.is_none() && !state || people {
            return None;
        }
        if spot.is_none() && token.caps != Caps::All {
            return Some(Refers::Party);
        }
        let modified = spot.is_some_and(|spot| {
            spot.first > np.first
                && matches!(
                    self.parsed.norm(spot.first - 1),
                    "northern"
                        | "southern"
                        | "eastern"
                        | "western"
                        | "central"
                        | "northeastern"
                        | "northwestern"
                        | "southeastern"
                        | "southwestern"
                        | "northeast"
                        | "northwest"
                )
        });
        if modified {
            return Some(Refers::Place);
        }
        let mut before = at;
        while before >= 2
            && matches!(clause.chunk(before - 1), Some(Chunk::Conj(_) | Chunk::Comma(_)))
            && clause.np(before - 2).is_some_and(|np| self.parsed.place_at(np.head).is_some())
        {
            before -= 2;
        }
        let preposition = before
            .checked_sub(1)
            .filter(|at| matches!(clause.chunk(*at), Some(Chunk::Prep(_))))
            .map(|at| clause.word(at));
        let initials = self.parsed.tokens[np.head].caps == Caps::All;
        Some(match preposition {
            Some(word) if PARTNER.contains(&word) => Refers::Party,
            Some("in" | "into" | "inside" | "across" | "within") => Refers::Place,
            Some(word) if LOCATIVE.contains(&word) && !initials => Refers::Place,
            Some(_) => Refers::Party,
            None if before + 4 <= at => Refers::Party,
            None if clause.predicate(at).is_some() || initials => Refers::Party,
            None if self.parsed.tokens.get(np.head + 1).is_some_and(|next| next.is("'s")) => {
                Refers::Party
            }
            None => Refers::Place,
        })
    }

    /// "Qalatis", "the Qalati": the people of a country.
    fn inhabitants(&self, np: &Np) -> bool {
        let token = &self.parsed.tokens[np.head];
        token.caps == Caps::First && token.norm.ends_with('s') && (self.demonym)(&token.norm)
            || token.caps == Caps::First
                && np.definite
                && np.head + 1 == np.last
                && np.last - np.first == 2
                && (self.demonym)(&token.norm)
    }

    /// Initials that are no thing of war and no place.
    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let token = &self.parsed.tokens[at];
        let letters = token.norm.len();
        let number = token.norm.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let thing = self.lexicon.materiel.has(&token.norm)
            || self.lexicon.means.word(&token.norm).is_some()
            || self.lexicon.deeds.word(&token.norm).is_some();
        let shouted = at > 0 && self.parsed.tokens[at - 1].caps == Caps::All;
        let word = self.lexicon.verbs().word(&token.norm).is_some()
            || self.lexicon.closed(&token.norm) != Closed::default();
        let initials = token.end - token.start > letters;
        token.shape == Shape::Word
            && (2..=7).contains(&letters)
            && !thing
            && !shouted
            && !number
            && !word
            && !initials
    }

    pub(super) fn is_pronoun(&self, np: &Np) -> bool {
        GROUP_PRONOUNS.contains(&self.parsed.norm(np.first))
            && (np.last == np.first + 1 || self.parsed.norm(np.first + 1).starts_with('\''))
    }
}

/// Short titles before the name of a person.
fn is_title(norm: &str) -> bool {
    matches!(
        norm,
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "gen"
            | "lt"
            | "maj"
            | "col"
            | "brig"
            | "sgt"
            | "capt"
            | "cmdr"
            | "adm"
            | "prof"
            | "sheikh"
            | "sir"
            | "lord"
            | "dame"
    )
}
