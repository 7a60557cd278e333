//! What a noun phrase stands for.

use crate::extract::language::{Armed, Class, Family, Lexicon};
use crate::extract::names::Named;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::reader::Parsed;
use crate::model::casualty::Figure;

/// The sort of thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An armed party or its people.
    Force,
    /// People who do not fight.
    Civilians,
    /// A named or single person of note.
    Person,
    /// An organisation that does not fight: a ministry, an agency, an aid group.
    Body,
    /// A happening.
    Deed(Family),
    /// Equipment.
    Materiel,
    /// Nobody's materiel.
    Object(String),
    /// Where an armed party stands.
    Position,
    /// A town, a district: named or not.
    Area,
    /// he, they, it …
    Pronoun,
    /// A name of something unknown.
    Name,
    /// Anything else.
    Other,
}

/// What a noun phrase stands for.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that the phrase states")]
pub struct Entity {
    /// Its sort.
    pub what: What,
    /// Its faction, or its owner's.
    pub factions: Vec<usize>,
    /// First and last token of its name, without determiner and count.
    pub first: usize,
    /// The token after the last of the name.
    pub last: usize,
    /// The head.
    pub head: usize,
    /// The count before it.
    pub count: Option<Figure>,
    /// The count adds to one named before.
    pub ordinal: bool,
    /// Its class, if it is people.
    pub class: Option<Class>,
    /// Acts from the air.
    pub air: bool,
    /// A name that stands in the text, rather than a word for a class.
    pub named: bool,
    /// Begins with a definite determiner.
    pub definite: bool,
    /// The token of a place that is part of it.
    pub place: Option<usize>,
}

impl Entity {
    /// Whether it can do violence.
    pub fn can_act(&self) -> bool {
        matches!(self.what, What::Force | What::Person | What::Pronoun)
            || (self.what == What::Civilians && self.class.is_some())
            || self.air
    }

    /// Whether it is or belongs to an armed party.
    pub fn is_armed(&self) -> bool {
        self.what == What::Force || self.class.is_some_and(|class| class.armed.is_some())
    }
}

/// Second parts of compounds that make the name before them a modifier: "rebel-held", "Qalat-backed".
const MASKS: &[&str] = &[
    "held",
    "controlled",
    "backed",
    "led",
    "linked",
    "run",
    "occupied",
    "affiliated",
    "aligned",
    "dominated",
    "allied",
    "based",
    "funded",
    "supported",
    "ruled",
    "besieged",
    "brokered",
    "sponsored",
    "proposed",
    "made",
    "trained",
    "friendly",
    "owned",
    "majority",
    "born",
    "inspired",
    "administered",
    "imposed",
    "appointed",
    "style",
    "born",
    "bound",
];

/// Whether the name is only a modifier of another word.
pub fn is_masked(parsed: &Parsed<'_>, named: &Named) -> bool {
    let tokens = &parsed.tokens;
    let after = tokens
        .get(named.last)
        .is_some_and(|next| next.hyphen && MASKS.contains(&next.norm.as_str()));
    let spaced = tokens.get(named.last).is_some_and(|next| {
        matches!(
            next.norm.as_str(),
            "held" | "controlled" | "backed" | "led" | "occupied" | "besieged"
        )
    }) && tokens
        .get(named.last + 1)
        .is_some_and(|next| next.shape == super::super::parse::token::Shape::Word)
        && named.kind != AliasKind::Name;
    let before = named.first > 0
        && tokens[named.first].hyphen
        && matches!(
            tokens[named.first - 1].norm.as_str(),
            "pro" | "anti" | "ex" | "non" | "counter" | "us" | "joint"
        );
    after || spaced || before
}

/// Reads noun phrases.
pub struct Reader<'a, 'p> {
    /// The words of the language.
    pub lexicon: &'a Lexicon,
    /// The text.
    pub parsed: &'p Parsed<'a>,
    /// The state forces that an owner's demonym means here: (state, air, navy, police) to a faction.
    pub service: &'p dyn Fn(usize, bool, bool, bool) -> usize,
}

impl Reader<'_, '_> {
    fn norm(&self, at: usize) -> &str {
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
            && matches!(
                self.norm(at),
                "the"
                    | "a"
                    | "an"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "some"
                    | "any"
                    | "all"
                    | "both"
                    | "other"
                    | "another"
                    | "more"
                    | "suspected"
                    | "alleged"
                    | "presumed"
                    | "of"
                    | "several"
                    | "many"
                    | "so"
                    | "called"
                    | "\""
            )
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
        if let Some(class) = self.people(np).or_else(|| self.the_group(np)) {
            let armed = if self.are_own(np) { Some(Armed::Any) } else { class.armed };
            let class = Class { armed, ..class };
            entity.class = Some(class);
            entity.what = match class {
                Class { armed: Some(_), .. } => What::Force,
                Class { office: true, one: true, .. } => What::Person,
                _ => What::Civilians,
            };
            return;
        }
        if self.parsed.named_at(head).is_some_and(|named| named.kind != AliasKind::Demonym) {
            entity.what = What::Force;
            entity.named = true;
            return;
        }
        if lexicon.aircraft.has(head_word) {
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

    /// A word for people: the head, or one before a name in apposition ("commander Samir Haddad").
    fn people(&self, np: &Np) -> Option<Class> {
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
    fn band(&self, np: &Np) -> Option<Class> {
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
    fn owner(&self, np: &Np, entity: &mut Entity) {
        for named in self.parsed.named_within(np.first, np.last) {
            let Some(faction) = named.faction.filter(|_| !is_masked(self.parsed, named)) else {
                continue;
            };
            if named.kind == AliasKind::Demonym {
                let by_name = self.parsed.named_within(named.last, np.last).any(|other| {
                    other.kind == AliasKind::Name
                        && other.faction.is_some()
                        && !is_masked(self.parsed, other)
                });
                if by_name {
                    continue;
                }
                self.demonym(np, faction, entity);
            } else if !matches!(entity.what, What::Civilians | What::Pronoun) {
                entity.factions.push(faction);
                take_name(np, named, entity);
            }
        }
        entity.factions.dedup();
    }

    /// "Qalati warplanes", "Qalati troops": the service of the state; "Qalati rebels", "Qalati villagers" are not.
    fn demonym(&self, np: &Np, state: usize, entity: &mut Entity) {
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
        if rebel || civil {
            return;
        }
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

/// A single person without a count is one.
fn imply_one(entity: &mut Entity) {
    let single = entity.class.is_some_and(|class| class.one) || entity.what == What::Person;
    if entity.count.is_none() && single {
        entity.count = Some(Figure::exact(1));
    }
}

/// A name without a word of class is the phrase's name.
fn take_name(np: &Np, named: &Named, entity: &mut Entity) {
    if matches!(entity.what, What::Other | What::Name | What::Area) {
        (entity.what, entity.named) = (What::Force, true);
    }
    if np.head < named.last {
        (entity.first, entity.last) = (named.first, named.last);
        entity.named = true;
    }
}
