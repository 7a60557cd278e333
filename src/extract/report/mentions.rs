//! Mentions: the phrases that name a party, an organisation or a place, or stand for one.

use crate::extract::event::clause::Clause;
use crate::extract::event::entity::{self, Entity, What};
use crate::extract::language::Lexicon;
use crate::extract::names::Roster;
use crate::extract::names::roster::{AliasKind, Named};
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::parse::token::{Caps, Shape};
use crate::extract::reader::Parsed;
use crate::model::document::{Mention, MentionKind};
use crate::model::place::PlacePrecision;

/// Prepositions that make the name of a country a place.
const LOCATIVE: &[&str] = &["in", "into", "inside", "within", "across", "throughout", "from", "near", "around", "outside", "through", "at", "over", "toward", "towards", "of", "to", "on", "for", "beyond"];

/// Prepositions after which a country is a party.
const PARTNER: &[&str] = &["with", "by", "against", "between", "among"];

/// Pronouns for a group.
const GROUP_PRONOUNS: &[&str] = &["we", "us", "ourselves", "they"];

/// What a noun phrase refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refers {
    /// A party, an organisation, a group of people.
    Party,
    /// A place.
    Place,
    /// A single person: names inside belong to the person.
    Person,
    /// Something else: names inside are mentions of their own.
    Other,
}

/// Finds the mentions of one text.
pub struct Mentioner<'m, 'a> {
    /// The factions.
    pub roster: &'m Roster,
    /// The words.
    pub lexicon: &'m Lexicon,
    /// The text.
    pub parsed: &'m Parsed<'a>,
    /// Whether a word is an adjective or inhabitant of a country.
    pub demonym: &'m dyn Fn(&str) -> bool,
}

impl<'a> Mentioner<'_, 'a> {
    /// Every mention, in text order.
    pub fn all(&self) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut covered = vec![false; self.parsed.tokens.len()];
        for sentence in &self.parsed.sentences {
            let clause = Clause { parsed: self.parsed, sentence, lexicon: self.lexicon };
            self.phrases(&clause, &mut covered, &mut out);
            self.words(&clause, &mut out);
        }
        self.names(&covered, &mut out);
        out.extend(self.parsed.dates.iter().map(|date| Mention {
            kind: date.kind,
            start: date.start,
            end: date.end,
            text: self.parsed.text.get(date.start..date.end).unwrap_or("").to_owned(),
            value: Some(date.value.clone()),
        }));
        out.sort_by_key(|mention| (mention.start, mention.end));
        out
    }

    fn push(&self, kind: MentionKind, first: usize, last: usize, value: Option<String>, out: &mut Vec<Mention>) {
        let ends = self.parsed.tokens.get(first).zip(self.parsed.tokens.get(last.saturating_sub(1)));
        let text = self.parsed.slice(first, last);
        if let Some((start, end)) = ends.map(|(first, last)| (first.start, last.end)).filter(|_| !text.is_empty()) {
            out.push(Mention { kind, start, end, text: text.to_owned(), value });
        }
    }

    /// The noun phrases that refer to a party or a place, whole.
    fn phrases(&self, clause: &Clause<'_, '_>, covered: &mut [bool], out: &mut Vec<Mention>) {
        let mut at = 0;
        while at < clause.sentence.chunks.len() {
            let end = self.phrase(clause, at, covered, out);
            at = end.max(at + 1);
        }
    }

    /// Emits the phrase at `at`, if it is one; the chunk after it.
    fn phrase(&self, clause: &Clause<'_, '_>, at: usize, covered: &mut [bool], out: &mut Vec<Mention>) -> usize {
        let Some((np, entity)) = clause.np(at).zip(clause.entity(at)) else { return at + 1 };
        let refers = self.refers(clause, at, np, entity);
        if refers == Refers::Other {
            return at + 1;
        }
        let first = self.first(np);
        let end = self.end(clause, at, refers);
        let last = clause.np(end).map_or(np.last, |last| self.trimmed(last));
        covered.get_mut(np.first..last).into_iter().flatten().for_each(|token| *token = true);
        match refers {
            Refers::Party => {
                let faction = entity.factions.first().map(|faction| self.roster.party(*faction).id.to_string());
                let kind = if faction.is_some() { MentionKind::Faction } else { MentionKind::Organisation };
                self.push(kind, first, last, faction.or_else(|| self.own_name(first, last)), out);
            }
            Refers::Place => self.push(MentionKind::Place, first, last, self.place_name(first, last), out),
            _ => {}
        }
        end + 1
    }

    /// A phrase without the quotation mark or possessive that ends it.
    fn trimmed(&self, np: &Np) -> usize {
        let mut last = np.last;
        while last > np.first + 1 && self.parsed.tokens.get(last - 1).is_some_and(|token| token.shape == Shape::Mark && !token.is(".")) {
            last -= 1;
        }
        last
    }

    /// Where a phrase begins: a count that stands before it is left out.
    fn first(&self, np: &Np) -> usize {
        let after = np.count.as_ref().filter(|count| count.first == np.first && count.last <= np.head).map(|count| count.last);
        let mut first = after.unwrap_or(np.first);
        while first < np.head && (self.parsed.tokens[first].shape == Shape::Mark || matches!(self.parsed.norm(first), "of" | "more" | "other" if after.is_some())) {
            first += 1;
        }
        first
    }

    /// The last chunk of the phrase: "of" phrases and the country after a comma belong to it.
    fn end(&self, clause: &Clause<'_, '_>, at: usize, refers: Refers) -> usize {
        let mut end = at;
        while let Some(next) = clause.of(end).filter(|next| self.belongs(clause, *next, refers)) {
            end = next;
        }
        let comma = matches!(clause.chunk(end + 1), Some(Chunk::Comma(_)));
        let container = clause.np(end + 2).is_some_and(|np| self.parsed.place_at(np.first).is_some_and(|spot| self.parsed.spots[spot].contains && np.last - np.first <= 3));
        if refers == Refers::Place && comma && container { end + 2 } else { end }
    }

    /// Whether the phrase after "of" is part of the name: a name itself, or a definite group or place.
    fn belongs(&self, clause: &Clause<'_, '_>, at: usize, refers: Refers) -> bool {
        let (Some(np), Some(entity)) = (clause.np(at), clause.entity(at)) else { return false };
        let inner = self.refers(clause, at, np, entity);
        let capital = self.parsed.tokens[np.head].caps != Caps::None;
        match refers {
            Refers::Party => inner != Refers::Person && (capital || inner == Refers::Party || inner == Refers::Place),
            Refers::Place => inner == Refers::Place || capital && inner != Refers::Person,
            _ => capital,
        }
    }

    /// What the phrase refers to.
    fn refers(&self, clause: &Clause<'_, '_>, at: usize, np: &Np, entity: &Entity) -> Refers {
        let head = self.parsed.norm(np.head);
        if entity.what == What::Pronoun || np.last == np.first + 1 && GROUP_PRONOUNS.contains(&head) {
            return if GROUP_PRONOUNS.contains(&head) { Refers::Party } else { Refers::Other };
        }
        if self.is_person(np) {
            return Refers::Person;
        }
        if let Some(refers) = self.country(clause, at, np) {
            return refers;
        }
        let inside = |phrases: &crate::extract::parse::table::Phrases| (np.first..=np.head).any(|at| phrases.find(&self.parsed.tokens, at).is_some_and(|(length, ())| at + length == np.head + 1));
        let proper = self.parsed.named_at(np.head).is_some_and(|named| named.kind != AliasKind::Demonym && named.last > np.head) || self.parsed.organisation_at(np.head);
        if proper {
            return Refers::Party;
        }
        if self.inhabitants(np) {
            return Refers::Party;
        }
        let located = self.parsed.place_at(np.head).is_some_and(|spot| self.parsed.spots[spot].location && self.parsed.tokens[np.head].caps != Caps::None);
        if located || inside(&self.lexicon.sites) {
            return Refers::Place;
        }
        let group = self.lexicon.people.word(head).is_some_and(|class| !class.one);
        let acronym = self.parsed.tokens[np.head].caps == Caps::All && self.is_acronym(np);
        if group || acronym || inside(&self.lexicon.collectives) {
            return Refers::Party;
        }
        Refers::Other
    }

    /// A single person: a word for one, or a title before a name.
    fn is_person(&self, np: &Np) -> bool {
        let one = |at: usize| self.lexicon.people.word(self.parsed.norm(at)).is_some_and(|class| class.one) && !self.lexicon.collectives.has(self.parsed.norm(at));
        let titled = (np.first..np.head).any(|at| (one(at) || is_title(self.parsed.norm(at))) && self.parsed.tokens[at].caps == Caps::First && self.parsed.tokens[at + 1].caps != Caps::None) && self.parsed.named_at(np.head).is_none() && !self.parsed.organisation_at(np.head);
        one(np.head) || titled
    }

    /// A state or country: a party where it acts, a place where something lies in it.
    fn country(&self, clause: &Clause<'_, '_>, at: usize, np: &Np) -> Option<Refers> {
        let spot = self.parsed.place_at(np.head).map(|spot| &self.parsed.spots[spot]).filter(|spot| spot.place.canonical.is_some() && spot.place.precision == PlacePrecision::Country);
        let state = self.parsed.named_at(np.head).and_then(|named| named.faction).is_some_and(|faction| self.roster.party(faction).state);
        if spot.is_none() && !state {
            return None;
        }
        let modified = spot.is_some_and(|spot| spot.first > np.first && matches!(self.parsed.norm(spot.first - 1), "northern" | "southern" | "eastern" | "western" | "central" | "northeastern" | "northwestern" | "southeastern" | "southwestern" | "northeast" | "northwest"));
        if modified {
            return Some(Refers::Place);
        }
        let mut before = at;
        while before >= 2 && matches!(clause.chunk(before - 1), Some(Chunk::Conj(_) | Chunk::Comma(_))) && clause.np(before - 2).is_some_and(|np| self.parsed.place_at(np.head).is_some()) {
            before -= 2;
        }
        let preposition = before.checked_sub(1).filter(|at| matches!(clause.chunk(*at), Some(Chunk::Prep(_)))).map(|at| clause.word(at));
        let initials = self.parsed.tokens[np.head].caps == Caps::All;
        Some(match preposition {
            Some(word) if PARTNER.contains(&word) => Refers::Party,
            Some("in" | "into" | "inside" | "across" | "within") => Refers::Place,
            Some(word) if LOCATIVE.contains(&word) && !initials => Refers::Place,
            Some(_) => Refers::Party,
            None if clause.predicate(at).is_some() || initials => Refers::Party,
            None if self.parsed.tokens.get(np.head + 1).is_some_and(|next| next.is("'s")) => Refers::Party,
            None => Refers::Place,
        })
    }

    /// "Qalatis", "the Qalati": the people of a country.
    fn inhabitants(&self, np: &Np) -> bool {
        let token = &self.parsed.tokens[np.head];
        token.caps == Caps::First && token.norm.ends_with('s') && (self.demonym)(&token.norm) || token.caps == Caps::First && np.definite && np.head + 1 == np.last && np.last - np.first == 2 && (self.demonym)(&token.norm)
    }

    /// Initials that are no thing of war and no place.
    fn is_acronym(&self, np: &Np) -> bool {
        let token = &self.parsed.tokens[np.head];
        let letters = token.norm.len();
        let thing = self.lexicon.materiel.has(&token.norm) || self.lexicon.means.word(&token.norm).is_some() || self.lexicon.deeds.word(&token.norm).is_some();
        let shouted = np.first > 0 && self.parsed.tokens[np.first - 1].caps == Caps::All;
        token.shape == Shape::Word && (2..=7).contains(&letters) && !thing && !shouted
    }

    /// The name that the phrase carries, where it is that of an organisation in no pack.
    fn own_name(&self, first: usize, last: usize) -> Option<String> {
        let range = self.parsed.organisations.iter().find(|range| range.start >= first && range.end <= last)?;
        Some(self.parsed.slice(range.start, range.end).to_owned())
    }

    fn place_name(&self, first: usize, last: usize) -> Option<String> {
        let spot = self.parsed.place_in(first, last)?;
        self.parsed.spots.get(spot)?.place.canonical.clone()
    }

    /// Names in no phrase of their own: before a deed, in brackets.
    fn names(&self, covered: &[bool], out: &mut Vec<Mention>) {
        let free = |first: usize, last: usize| !covered.get(first..last).is_some_and(|tokens| tokens.contains(&true));
        for named in self.parsed.named.iter().filter(|named| free(named.first, named.last)) {
            if let Some(faction) = named.faction.filter(|_| self.stands_alone(named)) {
                self.push(MentionKind::Faction, self.with_article(named.first, named.last), named.last, Some(self.roster.party(faction).id.to_string()), out);
            }
        }
        for range in self.parsed.organisations.iter().filter(|range| free(range.start, range.end)) {
            self.push(MentionKind::Organisation, self.with_article(range.start, range.end), range.end, Some(self.parsed.slice(range.start, range.end).to_owned()), out);
        }
        for spot in self.parsed.spots.iter().filter(|spot| spot.first < spot.last && free(spot.first, spot.last)) {
            let named = self.parsed.named_at(spot.first).is_some_and(|named| named.last - named.first >= spot.last - spot.first && named.faction.is_some() && self.stands_alone(named));
            if !named {
                self.push(MentionKind::Place, self.with_article(spot.first, spot.last), spot.last, spot.place.canonical.clone(), out);
            }
        }
    }

    /// Adjectives of states and names that only say against whom something is.
    fn stands_alone(&self, named: &Named) -> bool {
        let adjective = named.kind == AliasKind::Demonym && (self.demonym)(self.parsed.norm(named.last - 1));
        let against = named.first > 0 && self.parsed.tokens[named.first].hyphen && matches!(self.parsed.norm(named.first - 1), "anti" | "pro" | "counter" | "non");
        !adjective && !against
    }

    /// The article belongs to a name that owns something ("the ISF's"), not to one before a noun ("the SDF advance").
    fn with_article(&self, first: usize, last: usize) -> usize {
        let owns = self.parsed.tokens.get(last).is_some_and(|next| next.is("'s") || next.is("'"));
        let article = first > 0 && self.parsed.norm(first - 1) == "the";
        if owns && article { first - 1 } else { first }
    }

    /// Numbers and deeds.
    fn words(&self, clause: &Clause<'_, '_>, out: &mut Vec<Mention>) {
        for (chunk, entity) in clause.sentence.chunks.iter().zip(&clause.sentence.entities) {
            match chunk {
                Chunk::Np(np) => {
                    if let Some(count) = &np.count {
                        self.push(MentionKind::Number, count.first, count.last, count.figure.min.map(|min| min.to_string()), out);
                    }
                    if entity.as_ref().is_some_and(|entity| matches!(entity.what, What::Deed(_))) {
                        self.push(MentionKind::Trigger, np.head, np.head + 1, None, out);
                    }
                }
                Chunk::Vg(vg) => {
                    if let Some(verb) = vg.verb.filter(|verb| verb.family.is_some() || self.lexicon.effect_of_verb(&verb.lemma).is_some()) {
                        self.push(MentionKind::Trigger, vg.head, vg.head + 1, Some(verb.lemma.clone()), out);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Short titles before the name of a person.
fn is_title(norm: &str) -> bool {
    matches!(norm, "mr" | "mrs" | "ms" | "dr" | "gen" | "lt" | "maj" | "col" | "brig" | "sgt" | "capt" | "cmdr" | "adm" | "prof" | "sheikh" | "sir" | "lord" | "dame")
}
