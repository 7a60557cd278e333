//! Reads what a noun phrase stands for.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::phrase;
use crate::extract::language::{Armed, Class, Closed, Family, Lexicon};
use crate::extract::names::Named;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::reader::{Parsed, Setting};
use crate::model::casualty::Figure;
use crate::model::place::PlacePrecision;

/// Reads noun phrases.
pub struct Reader<'a, 'p> {
    /// The words of the language.
    pub lexicon: &'a Lexicon,
    /// The text.
    pub parsed: &'p Parsed<'a>,
    /// The state forces that an owner's demonym means here: (state, air, navy, police) to a faction.
    pub service: &'p dyn Fn(usize, bool, bool, bool) -> usize,
    /// The text tells of suicide bombers: in it "bombers" are no aircraft.
    pub suicide: bool,
}

impl Reader<'_, '_> {
    pub(super) fn norm(&self, at: usize) -> &str {
        self.parsed.tokens.get(at).map_or("", |token| token.norm.as_str())
    }

    /// What the phrase stands for.
    pub fn entity(&self, np: &Np) -> Entity {
        let first = self.name_start(np);
        let mut entity = Entity {
            what: What::Other,
            factions: Vec::new(),
            first,
            last: np.head + 1,
            head: np.head,
            count: np.count.as_ref().map(|count| count.figure.clone()),
            ordinal: np.count.as_ref().is_some_and(|count| count.ordinal),
            class: None,
            air: false,
            named: false,
            definite: np.definite,
            place: self.parsed.place_in(np.first, np.last),
        };
        self.sort(np, &mut entity);
        self.owner(np, &mut entity);
        imply_one(&mut entity);
        if entity.count.is_none() && self.norm(np.head) == "couple" {
            entity.count = Some(Figure::exact(2));
        }
        entity
    }

    /// The name begins after determiner, count and "suspected".
    fn name_start(&self, np: &Np) -> usize {
        let mut at = np.count.as_ref().map_or(np.first, |count| count.last);
        while at < np.head
            && (self.lexicon.closed(self.norm(at)).any(Closed::DET)
                || self.lexicon.leading.has(self.norm(at))
                || self.norm(at) == "\"")
        {
            at += 1;
        }
        at
    }

    fn sort(&self, np: &Np, entity: &mut Entity) {
        let (lexicon, tokens) = (self.lexicon, &self.parsed.tokens);
        let head = np.head;
        let head_word = self.norm(head);
        if np.last == np.first + 1
            && lexicon.closed(head_word).any(crate::extract::language::Closed::PRON)
        {
            entity.what = What::Pronoun;
            return;
        }
        let proper = self.parsed.named_at(head).is_some_and(|named| {
            named.kind == AliasKind::Name
                && named.last - named.first > 1
                && self.deed_is_name(np, named)
        });
        if let Some(family) =
            self.deed_at_head(np).filter(|_| !proper && !self.parsed.organisation_at(head))
        {
            entity.what = What::Deed(family);
            return;
        }
        if is_bomber(head_word) && self.is_plane(np) {
            (entity.what, entity.air) = (What::Materiel, true);
            return;
        }
        if let Some(class) = self.people(np).or_else(|| self.the_group(np)) {
            let armed = if self.are_own(np) { Some(Armed::Any) } else { class.armed };
            let armed = armed.filter(|_| !self.is_former(np));
            let class = Class { armed, ..class };
            entity.class = Some(class);
            // "the Qalat Defence Brigade", unlike "the brigade"
            entity.named = self.parsed.organisation_at(head)
                && self.parsed.tokens[head].caps == crate::extract::parse::token::Caps::First;
            entity.what = match class {
                Class { armed: Some(_), .. } => What::Force,
                Class { office: true, one: true, .. } => What::Person,
                _ => What::Civilians,
            };
            return;
        }
        if self.part_of_a_country(np) {
            entity.what = What::Area;
            return;
        }
        if self.parsed.named_at(head).is_some_and(|named| named.kind != AliasKind::Demonym) {
            entity.what = What::Force;
            entity.named = true;
            return;
        }
        if self.suicide && is_bomber(head_word) {
            entity.what = What::Force;
            entity.class = lexicon.people.word("gunmen").copied();
        } else if lexicon.aircraft.has(head_word) || self.is_aircraft_type(head) {
            (entity.what, entity.air) = (What::Materiel, true);
        } else if self.ends_at(&lexicon.materiel, np) {
            entity.what = What::Materiel;
        } else if let Some(kind) = self.object_at_head(np) {
            entity.what = What::Object(kind);
        } else if lexicon.positions.has(head_word) {
            entity.what = What::Position;
        } else if self.parsed.place_at(head).is_some() || lexicon.areas.has(head_word) {
            entity.what = What::Area;
        } else if self.parsed.organisation_at(head) {
            entity.what = if self.parsed.is_body(head) { What::Body } else { What::Force };
            entity.named = true;
        } else if np.last == np.first + 1
            && self.starts_sentence(head)
            && !self.parsed.is_proper(head_word)
        {
            entity.what = What::Other;
        } else if tokens
            .get(head)
            .is_some_and(|token| token.caps != crate::extract::parse::token::Caps::None)
        {
            entity.what = What::Name;
        }
    }

    /// "two Su-34 bombers", "strategic bombers", unlike "the bombers".
    fn is_plane(&self, np: &Np) -> bool {
        (np.first..np.head).any(|at| {
            self.is_aircraft_type(at)
                || matches!(
                    self.norm(at),
                    "strategic" | "fighter" | "jet" | "long-range" | "stealth" | "nuclear" | "dive"
                )
        })
    }

    /// "Su-25", "MiG-29", "Ka-52", "F-16": a type of aircraft by its maker's letters and a number.
    fn is_aircraft_type(&self, head: usize) -> bool {
        let whole = self.norm(head);
        let (maker, number) = match whole.split_once('-') {
            Some(parts) => parts,
            None if head > 0 && self.parsed.tokens[head].hyphen => {
                (self.norm(head - 1), whole.trim_start_matches('-'))
            }
            None => return false,
        };
        self.lexicon.aircraft_makers.has(maker) && number.starts_with(|c: char| c.is_ascii_digit())
    }

    /// "southern Qalat": a state that a point of the compass narrows down is where something happens, not who does it.
    pub(super) fn part_of_a_country(&self, np: &Np) -> bool {
        let spot = self.parsed.place_at(np.head).and_then(|spot| self.parsed.spots.get(spot));
        spot.is_some_and(|spot| {
            spot.place.precision == PlacePrecision::Country
                && spot.first > np.first
                && self.lexicon.compass.has(self.norm(spot.first - 1))
                && self.parsed.tokens[spot.first - 1].caps
                    == crate::extract::parse::token::Caps::None
        })
    }

    /// "a former army officer", "two retired soldiers": no combatants any more.
    fn is_former(&self, np: &Np) -> bool {
        (np.first..np.head).any(|at| matches!(self.norm(at), "former" | "retired" | "ex"))
    }

    /// "its own men", "our members": people of a party.
    fn are_own(&self, np: &Np) -> bool {
        let men = matches!(self.norm(np.head), "men" | "members" | "boys");
        let whose = self.norm(np.first);
        men && (matches!(whose, "its" | "our")
            || whose == "their" && self.norm(np.first + 1) == "own")
    }

    /// "the group", "the movement": a party named before.
    fn the_group(&self, np: &Np) -> Option<Class> {
        let group =
            matches!(self.norm(np.head), "group" | "movement" | "organisation" | "organization");
        let bare = self.norm(np.first) == "the" && np.head == np.first + 1;
        let class = Class { armed: Some(Armed::Any), office: false, one: false, doer: false };
        (group && bare && np.last == np.head + 1).then_some(class)
    }

    /// "Qalati and Zubari warplanes": the demonym before "and" has the head of the phrase after it.
    pub fn share_heads(&self, chunks: &[Chunk<'_>], entities: &mut [Option<Entity>]) {
        for at in 0..chunks.len().saturating_sub(2) {
            let [Chunk::Np(np), Chunk::Conj(_), Chunk::Np(next)] = &chunks[at..at + 3] else {
                continue;
            };
            let demonym = |at: usize| {
                self.parsed.named_at(at).filter(|named| named.kind == AliasKind::Demonym)
            };
            let state = demonym(np.head).and_then(|named| named.faction);
            let Some(state) = state else { continue };
            if self.parsed.named_at(next.first).is_none_or(|named| named.faction.is_none()) {
                continue;
            }
            let Some(head) = entities[at + 2].clone().filter(|_| np.head <= np.first + 1) else {
                continue;
            };
            let (first, last) = (np.head, np.last);
            let mut shared = Entity { factions: Vec::new(), first, last, head: first, ..head };
            self.demonym(next, state, &mut shared);
            if !shared.factions.is_empty() {
                entities[at] = Some(shared);
            }
        }
    }

    /// "jets believed to be Qalati": of whom a demonym after a verb of belief says what they are.
    fn suppose(&self, clause: &Clause<'_, '_>, entities: &mut [Option<Entity>]) {
        for (at, entity) in entities.iter_mut().enumerate() {
            let Some(entity) = entity.as_mut().filter(|entity| entity.factions.is_empty()) else {
                continue;
            };
            let supposed = phrase::believed(clause, at).and_then(|at| clause.np(at));
            let demonym = |np: &Np| {
                let named = self.parsed.named_at(np.head)?;
                named.faction.filter(|_| named.kind == AliasKind::Demonym)
            };
            let state = supposed.and_then(demonym);
            if let (Some(np), Some(state)) = (clause.np(at), state) {
                self.demonym(np, state, entity);
            }
        }
    }

    fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || matches!(self.norm(at - 1), "." | "!" | "?" | "]" | ")" | "\"" | ":")
    }

    /// A deed word that is the last word of a name ("Front for Liberation"), not of "Qalati airstrikes".
    fn deed_is_name(&self, np: &Np, named: &Named) -> bool {
        named.last == np.head + 1
            && self.parsed.tokens[np.head].caps != crate::extract::parse::token::Caps::None
            && self.lexicon.means.word(self.norm(np.head)).is_none()
    }

    fn deed_at_head(&self, np: &Np) -> Option<Family> {
        (np.first..=np.head).find_map(|at| {
            self.lexicon
                .deeds
                .find(&self.parsed.tokens, at)
                .filter(|(length, _)| at + length == np.head + 1)
                .map(|(_, deed)| deed.family)
        })
    }

    fn ends_at(&self, table: &crate::extract::parse::table::Phrases, np: &Np) -> bool {
        (np.first..=np.head).any(|at| {
            table
                .find(&self.parsed.tokens, at)
                .is_some_and(|(length, ())| at + length == np.head + 1)
        })
    }

    fn object_at_head(&self, np: &Np) -> Option<String> {
        (np.first..=np.head).find_map(|at| {
            self.lexicon
                .objects
                .find(&self.parsed.tokens, at)
                .filter(|(length, _)| at + length == np.head + 1)
                .map(|(_, kind)| kind.clone())
        })
    }
}

fn is_bomber(word: &str) -> bool {
    matches!(word, "bomber" | "bombers")
}

/// Reads what each noun phrase stands for, and joins "of" phrases.
pub fn entities(setting: &Setting<'_>, parsed: &mut Parsed<'_>) {
    let roster = setting.roster;
    let service = |state, air, navy, police| roster.service(state, air, navy, police);
    let mut all = Vec::with_capacity(parsed.sentences.len());
    {
        let suicide =
            parsed.tokens.windows(2).any(|pair| pair[0].is("suicide") && is_bomber(&pair[1].norm));
        let reader = Reader { lexicon: setting.lexicon, parsed, service: &service, suicide };
        for sentence in &parsed.sentences {
            let mut entities: Vec<_> = sentence
                .chunks
                .iter()
                .map(|chunk| match chunk {
                    Chunk::Np(np) => Some(reader.entity(np)),
                    _ => None,
                })
                .collect();
            reader.share_heads(&sentence.chunks, &mut entities);
            let clause = Clause { parsed, sentence, lexicon: setting.lexicon };
            reader.suppose(&clause, &mut entities);
            phrase::join(&mut entities, &clause);
            all.push(entities);
        }
    }
    for (sentence, entities) in parsed.sentences.iter_mut().zip(all) {
        sentence.entities = entities;
    }
}

/// A single person without a count is one.
fn imply_one(entity: &mut Entity) {
    let single = entity.class.is_some_and(|class| class.one) || entity.what == What::Person;
    if entity.count.is_none() && single {
        entity.count = Some(Figure::exact(1));
    }
}
