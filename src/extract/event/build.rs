//! From raw candidates to candidates with parties, tolls, places and dates.

use super::candidate::{Candidate, Item, Party, Toll, party};
use super::clause::Clause;
use super::effects::Loss;
use super::entity::{Entity, What};
use super::segment::{self, Raw};
use crate::extract::language::{Armed, Effect, Family};
use crate::extract::names::Roster;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::{Parsed, Setting};
use crate::model::casualty::Figure;
use crate::model::claim::Field;
use crate::model::faction::FactionKind;

/// What the text has said so far, for what it does not say again.
#[derive(Debug, Default)]
pub struct Memory {
    /// The factions last named as actors, the latest last.
    pub factions: Vec<usize>,
    /// The faction that the last sentence was about: its first outside a prepositional phrase.
    pub subject: Option<usize>,
    /// When the last dated candidate happened.
    pub date: Option<crate::model::time::DateSpan>,
    /// Who began the last candidate.
    pub initiators: Vec<Party>,
    /// The parties of the last candidate.
    pub last: Vec<Party>,
    /// Places of the last candidate, with the paragraph.
    pub spots: Option<(usize, Vec<usize>)>,
}

/// Builds candidates of one text.
pub struct Builder<'b, 'a> {
    /// The text.
    pub parsed: &'b Parsed<'a>,
    /// What all texts of the document share.
    pub setting: &'b Setting<'a>,
}

/// A base, a camp, a checkpoint, a barracks: an armed party stands there.
fn is_post(parsed: &Parsed<'_>, entity: &Entity) -> bool {
    let military = (entity.first..entity.head).any(|at| {
        matches!(parsed.norm(at), "military" | "army" | "police" | "security" | "naval" | "air")
    });
    match &entity.what {
        What::Position | What::Area => {
            matches!(
                parsed.norm(entity.head),
                "base"
                    | "bases"
                    | "outpost"
                    | "outposts"
                    | "barracks"
                    | "garrison"
                    | "checkpoint"
                    | "checkpoints"
                    | "airbase"
            ) || military
                && matches!(
                    parsed.norm(entity.head),
                    "camp"
                        | "camps"
                        | "post"
                        | "posts"
                        | "position"
                        | "positions"
                        | "convoy"
                        | "patrol"
                        | "station"
                        | "center"
                        | "headquarters"
                )
        }
        What::Object(kind) => {
            kind == "checkpoint" || military && matches!(kind.as_str(), "camp" | "building")
        }
        _ => false,
    }
}

impl Builder<'_, '_> {
    fn roster(&self) -> &Roster {
        self.setting.roster
    }

    /// The candidate of a raw one.
    pub fn candidate(
        &self,
        clause: &Clause<'_, '_>,
        raw: &Raw,
        sentence: usize,
        silent: &[usize],
        memory: &Memory,
    ) -> Candidate {
        let first = clause.chunk(raw.chunks.start).map_or(0, Chunk::first);
        let last = raw
            .chunks
            .end
            .checked_sub(1)
            .and_then(|at| clause.chunk(at))
            .map_or(first, Chunk::last);
        let main =
            raw.triggers.iter().find(|trigger| !trigger.effect).or_else(|| raw.triggers.first());
        let families: Vec<Family> = main
            .iter()
            .map(|trigger| trigger.family)
            .chain(raw.triggers.iter().map(|trigger| trigger.family))
            .collect();
        let definite = main.is_some_and(|trigger| {
            !trigger.verbal && clause.np(trigger.chunk).is_some_and(|np| np.definite)
        });
        let previous = raw.chunks.clone().take(4).any(|at| {
            clause.np(at).is_some_and(|np| {
                clause.parsed.norm(np.head) == "one"
                    && matches!(
                        clause.parsed.norm(np.head.saturating_sub(1)),
                        "previous" | "earlier" | "other" | "second" | "latest" | "last"
                    )
                    || matches!(clause.parsed.norm(np.first), "another")
                        && np.count.as_ref().is_none_or(|count| np.head >= count.last)
                        && clause
                            .entity(at)
                            .is_some_and(|entity| matches!(entity.what, What::Deed(_)))
            })
        });
        let another = previous
            || main.is_some_and(|trigger| {
                !trigger.verbal
                    && clause.np(trigger.chunk).is_some_and(|np| {
                        (np.first..np.head).any(|at| {
                            matches!(
                                self.parsed.norm(at),
                                "another"
                                    | "second"
                                    | "separate"
                                    | "similar"
                                    | "previous"
                                    | "earlier"
                                    | "other"
                            )
                        })
                    })
            });
        let mut candidate = Candidate {
            field: self.parsed.field,
            sentence,
            paragraph: clause.sentence.paragraph,
            tokens: (first, last),
            trigger: main.map_or(first, |trigger| trigger.token),
            families,
            means: raw.means.clone(),
            initiators: self.parties(&raw.roles.initiators, silent, clause, memory),
            targets: self.parties(&raw.roles.targets, silent, clause, memory),
            participants: self.parties(&raw.roles.participants, silent, clause, memory),
            losses: raw.losses.clone(),
            tolls: Vec::new(),
            items: Vec::new(),
            objects: self.objects(raw),
            spots: Vec::new(),
            own_place: false,
            date: None,
            own_date: false,
            offset: self.offset(first),
            area: raw.roles.targets.iter().any(|entity| entity.what == What::Area),
            post: raw.roles.targets.iter().any(|entity| is_post(self.parsed, entity)),
            definite,
            another,
            effects_only: raw.effects_only,
            phase: segment::phase(raw),
            speakers: Vec::new(),
            denials: Vec::new(),
            accused: false,
            suspected: false,
            drop: raw.drop,
            sub_hint: self.hints(clause, first, last),
        };
        if candidate.families.first() == Some(&Family::Seize) {
            candidate.sub_hint =
                self.hints(clause, clause.sentence.range.start, clause.sentence.range.end);
        }
        share(&mut candidate);
        self.tolls(&mut candidate, memory);
        self.items(&mut candidate, raw);
        self.places(&mut candidate, clause);
        self.date(&mut candidate, clause);
        candidate
    }

    /// Remembers the parties named before a chunk, for pronouns and unnamed groups.
    pub fn remember(&self, clause: &Clause<'_, '_>, until: usize, memory: &mut Memory) {
        let start = clause.sentence.range.start;
        let end = clause.chunk(until).map_or(clause.sentence.range.end, Chunk::first);
        for named in self.parsed.named_within(start, end) {
            let place = self
                .parsed
                .place_at(named.first)
                .is_some_and(|index| self.parsed.spots[index].framed);
            let usable = named.kind != AliasKind::Demonym
                && !place
                && !super::entity::is_masked(self.parsed, named)
                && named.last <= end;
            if let Some(faction) = named.faction.filter(|_| usable)
                && memory.factions.last() != Some(&faction)
            {
                memory.factions.push(faction);
            }
        }
    }

    /// Remembers whom a sentence was about.
    pub fn conclude(&self, clause: &Clause<'_, '_>, memory: &mut Memory) {
        let about = (0..clause.sentence.chunks.len()).find_map(|at| {
            let free = at == 0 || !matches!(clause.chunk(at - 1), Some(Chunk::Prep(_)));
            let entity = clause.entity(at).filter(|entity| {
                free && !matches!(entity.what, What::Area | What::Deed(_) | What::Object(_))
            })?;
            entity.factions.first().copied().filter(|faction| !self.roster().party(*faction).state)
        });
        memory.subject = about.or(memory.subject);
    }

    /// What a candidate does not say and the one before it did: its place in the same paragraph, the two sides.
    pub fn carry(&self, candidate: &mut Candidate, memory: &mut Memory) {
        if candidate.spots.is_empty()
            && let Some((paragraph, spots)) = &memory.spots
            && *paragraph == candidate.paragraph
        {
            candidate.spots.clone_from(spots);
        }
        if candidate.drop.is_some() {
            return;
        }
        if !candidate.spots.is_empty() {
            memory.spots = Some((candidate.paragraph, candidate.spots.clone()));
        }
        if candidate.another && candidate.initiators.is_empty() && candidate.participants.is_empty()
        {
            candidate.initiators = memory
                .initiators
                .iter()
                .map(|party| Party { carried: true, ..party.clone() })
                .collect();
        }
        if !candidate.initiators.is_empty() {
            memory.initiators.clone_from(&candidate.initiators);
        }
        let symmetric = matches!(candidate.families.first(), Some(Family::Agree | Family::Clash));
        if symmetric && candidate.participants.is_empty() && !memory.last.is_empty() {
            candidate.participants =
                memory.last.iter().map(|party| Party { carried: true, ..party.clone() }).collect();
        }
        let parties: Vec<Party> = candidate
            .initiators
            .iter()
            .chain(&candidate.targets)
            .chain(&candidate.participants)
            .filter(|party| party.faction.is_some())
            .cloned()
            .collect();
        if parties.len() > 1 {
            memory.last = parties;
        }
    }

    /// Words of the clause that refine the type.
    fn hints(&self, clause: &Clause<'_, '_>, first: usize, last: usize) -> Vec<String> {
        let lemmas = (0..clause.sentence.chunks.len())
            .filter(|at| {
                clause
                    .chunk(*at)
                    .is_some_and(|chunk| chunk.first() >= first && chunk.last() <= last)
            })
            .map(|at| clause.lemma(at).to_owned())
            .filter(|lemma| !lemma.is_empty());
        let words = (first..last).map(|at| self.parsed.norm(at).to_owned());
        let pairs = (first..last.saturating_sub(1))
            .map(|at| format!("{} {}", self.parsed.norm(at), self.parsed.norm(at + 1)));
        lemmas.chain(words).chain(pairs).collect()
    }

    /// The parties of entities; those who only speak and places that are no party are left out.
    fn parties(
        &self,
        entities: &[Entity],
        silent: &[usize],
        clause: &Clause<'_, '_>,
        memory: &Memory,
    ) -> Vec<Party> {
        let mut out: Vec<Party> = Vec::new();
        for entity in entities {
            let spoken = silent.iter().any(|at| {
                clause.np(*at).is_some_and(|np| np.first <= entity.first && entity.first < np.last)
            });
            if spoken && entity.factions.is_empty() {
                continue;
            }
            for party in self.party(entity, memory) {
                if !out.iter().any(|known| same(known, &party)) {
                    out.push(party);
                }
            }
        }
        out
    }

    /// The parties that an entity stands for: its factions, or itself.
    pub fn party(&self, entity: &Entity, memory: &Memory) -> Vec<Party> {
        let name = self.parsed.slice(entity.first, entity.last.max(entity.first + 1));
        match entity.what {
            What::Pronoun => {
                return memory
                    .subject
                    .as_ref()
                    .or(memory.factions.last())
                    .map(|faction| Party {
                        carried: true,
                        what: What::Force,
                        ..party(entity, name, Some(*faction))
                    })
                    .into_iter()
                    .collect();
            }
            What::Area | What::Other | What::Deed(_) if entity.factions.is_empty() => {
                return Vec::new();
            }
            What::Area if entity.place.is_some() => return Vec::new(),
            What::Materiel | What::Object(_) | What::Position if entity.factions.is_empty() => {
                return if entity.air { vec![party(entity, name, None)] } else { Vec::new() };
            }
            _ => {}
        }
        if entity.factions.is_empty() {
            let faction = self.unnamed(entity, memory);
            return vec![Party { carried: faction.is_some(), ..party(entity, name, faction) }];
        }
        let many = entity.factions.len() > 1;
        entity
            .factions
            .iter()
            .map(|faction| {
                let own = self
                    .parsed
                    .named_within(entity.first.saturating_sub(1), entity.last + 12)
                    .find(|named| named.faction == Some(*faction))
                    .filter(|_| many)
                    .map(|named| self.parsed.slice(named.first, named.last));
                party(entity, own.unwrap_or(name), Some(*faction))
            })
            .collect()
    }

    /// Whom an unnamed group is: "the group", "the army" of the place, "its forces".
    fn unnamed(&self, entity: &Entity, memory: &Memory) -> Option<usize> {
        if entity.what != What::Force {
            return None;
        }
        let class = entity.class?;
        let possessive = entity
            .first
            .checked_sub(1)
            .is_some_and(|before| matches!(self.parsed.norm(before), "its" | "their" | "his"));
        let roster = self.roster();
        let state = |index: &usize| {
            roster.party(*index).kind == FactionKind::StateForces && !roster.party(*index).state
        };
        let recent = |test: &dyn Fn(&usize) -> bool| {
            memory.factions.iter().rev().take(6).find(|index| test(index)).copied()
        };
        if possessive {
            return memory.subject.or(memory.factions.last().copied());
        }
        match class.armed {
            Some(Armed::State) => recent(&state).or_else(|| self.national(entity)),
            Some(Armed::Rebel) if entity.definite && !class.doer => recent(&|index| !state(index)),
            Some(Armed::Any)
                if entity.definite
                    && matches!(
                        self.parsed.norm(entity.head),
                        "fighters"
                            | "forces"
                            | "units"
                            | "coalition"
                            | "militia"
                            | "members"
                            | "alliance"
                            | "faction"
                    ) =>
            {
                memory.factions.last().copied()
            }
            _ => None,
        }
    }

    /// The forces of the country that the document is about.
    fn national(&self, entity: &Entity) -> Option<usize> {
        let country = self.setting.countries.first()?;
        let state = self.roster().state_of(country)?;
        let word = self.parsed.norm(entity.head);
        let police = matches!(word, "police" | "policemen" | "policeman" | "officers" | "security");
        Some(self.roster().service(state, entity.air, false, police))
    }

    /// The side of each loss.
    fn tolls(&self, candidate: &mut Candidate, memory: &Memory) {
        for loss in candidate.losses.clone() {
            let (side, unsaid) = self.side(candidate, &loss, memory);
            let place = candidate
                .tolls
                .iter()
                .position(|toll| same(&toll.side, &side) && toll.unsaid == unsaid);
            let index = place.unwrap_or_else(|| {
                candidate.tolls.push(Toll {
                    side: side.clone(),
                    killed: None,
                    wounded: None,
                    captured: None,
                    unsaid,
                });
                candidate.tolls.len() - 1
            });
            let toll = &mut candidate.tolls[index];
            let slot = match loss.effect {
                Effect::Killed => &mut toll.killed,
                Effect::Wounded => &mut toll.wounded,
                Effect::Captured => &mut toll.captured,
            };
            *slot = sum(slot.take(), loss.figure.clone());
        }
    }

    fn side(&self, candidate: &Candidate, loss: &Loss, memory: &Memory) -> (Party, bool) {
        let entity = &loss.entity;
        if !entity.factions.is_empty()
            || entity.what == What::Civilians && entity.class.is_some() && !self.is_people(entity)
        {
            let parties = self.party(entity, memory);
            if let Some(party) = parties.into_iter().next() {
                return (party, false);
            }
        }
        if entity.what == What::Force
            && let Some(party) = self.matching(candidate, entity)
        {
            return (party, false);
        }
        let own = self.party(entity, memory).into_iter().next();
        match entity.what {
            What::Force | What::Person | What::Name => {
                let unsaid = false;
                (
                    own.unwrap_or_else(|| {
                        party(entity, self.parsed.slice(entity.first, entity.last), None)
                    }),
                    unsaid,
                )
            }
            _ => self.unsaid(candidate, entity),
        }
    }

    fn is_people(&self, entity: &Entity) -> bool {
        matches!(
            self.parsed.norm(entity.head),
            "people"
                | "persons"
                | "person"
                | "others"
                | "victims"
                | "casualties"
                | "fatalities"
                | "men"
                | "personnel"
                | "individuals"
                | "members"
                | "crew"
        )
    }

    /// "people", "12 dead": the armed target where it alone was hit; else people of whom nothing is said.
    fn unsaid(&self, candidate: &Candidate, entity: &Entity) -> (Party, bool) {
        let armed: Vec<&Party> = candidate
            .targets
            .iter()
            .filter(|party| party.is_armed() && party.faction.is_some())
            .collect();
        let civil = candidate.targets.iter().any(Party::is_civil);
        if let [only] = armed[..]
            && !civil
            && !self.is_people(entity)
        {
            return (only.clone(), false);
        }
        let name = self.parsed.slice(entity.first, entity.last);
        let class = entity.class;
        (Party { class, what: What::Civilians, faction: None, ..party(entity, name, None) }, true)
    }

    /// The actor of the candidate that "soldiers", "fighters", "militants" are.
    fn matching(&self, candidate: &Candidate, entity: &Entity) -> Option<Party> {
        let class = entity.class?;
        let roster = self.roster();
        let fits = |party: &&Party| {
            let Some(faction) = party.faction else { return false };
            let state = roster.party(faction).kind == FactionKind::StateForces;
            match class.armed {
                Some(Armed::State) => state,
                Some(Armed::Rebel) => !state,
                Some(Armed::Any) => true,
                None => false,
            }
        };
        let found =
            candidate.targets.iter().chain(&candidate.participants).find(fits).or_else(|| {
                candidate.initiators.iter().find(fits).filter(|_| class.armed != Some(Armed::Any))
            });
        found.cloned().map(|party| Party { class: Some(class), ..party })
    }

    /// Equipment with its owner, and objects.
    fn items(&self, candidate: &mut Candidate, raw: &Raw) {
        let targets: Vec<usize> =
            candidate.targets.iter().filter_map(|party| party.faction).collect();
        for thing in &raw.things {
            let owner = thing.entity.factions.first().or(targets.first()).copied();
            let name = self.item_name(&thing.entity);
            candidate.items.push(Item { thing: thing.clone(), owner, name });
        }
    }

    /// Objects among the targets: a school, an embassy.
    fn objects(&self, raw: &Raw) -> Vec<(Entity, String)> {
        let objects =
            raw.roles.targets.iter().filter(|entity| matches!(entity.what, What::Object(_)));
        objects.map(|entity| (entity.clone(), self.item_name(entity))).collect()
    }

    fn item_name(&self, entity: &Entity) -> String {
        self.parsed
            .slice(entity.first, entity.last)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The places in the clause that can be where it happened, else those of the sentence.
    fn places(&self, candidate: &mut Candidate, clause: &Clause<'_, '_>) {
        let (first, last) = candidate.tokens;
        let own = self.spots_in(first, last);
        candidate.own_place = !own.is_empty();
        candidate.spots = if own.is_empty() {
            self.spots_in(clause.sentence.range.start, clause.sentence.range.end)
        } else {
            own
        };
    }

    fn spots_in(&self, first: usize, last: usize) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.parsed.spots.len())
            .filter(|index| {
                let spot = &self.parsed.spots[*index];
                let party = self.parsed.named_at(spot.first).is_some_and(|named| {
                    named.kind != AliasKind::Generic
                        && named.last - named.first > spot.last - spot.first
                });
                first <= spot.first
                    && spot.first < last
                    && spot.location
                    && !spot.contains
                    && !party
            })
            .collect();
        let framed = found
            .iter()
            .any(|index| self.parsed.spots[*index].framed && self.parsed.is_fine(*index));
        if framed {
            found.retain(|index| self.parsed.spots[*index].framed || self.parsed.is_fine(*index));
        }
        found.sort_by_key(|index| (!self.parsed.is_fine(*index), *index));
        found
    }

    /// The date in the clause, else in the sentence.
    fn date(&self, candidate: &mut Candidate, clause: &Clause<'_, '_>) {
        let (first, last) = candidate.tokens;
        let own = self.date_in(first, last, candidate.trigger);
        candidate.own_date = own.is_some();
        let range = &clause.sentence.range;
        candidate.date = own.or_else(|| self.date_in(range.start, range.end, candidate.trigger));
    }

    /// The date nearest to the trigger; two days joined by "and" are a span.
    fn date_in(
        &self,
        first: usize,
        last: usize,
        trigger: usize,
    ) -> Option<crate::model::time::DateSpan> {
        let mut found: Vec<(usize, usize)> = (first..last)
            .filter_map(|at| self.parsed.date_at(at).map(|index| (at, index)))
            .collect();
        found.dedup_by_key(|(_, index)| *index);
        found.retain(|(at, index)| !self.is_since(*at) && self.tells_when(*at, *index));
        if found.len() > 1 {
            found.retain(|(at, _)| !self.is_when_said(*at));
        }
        found.retain(|(at, index)| {
            self.parsed.date_span(*index).is_some()
                && !(self.parsed.field == Field::Text && *at < 6 && self.dateline(*at))
        });
        let (_, nearest) = found.iter().min_by_key(|(at, _)| at.abs_diff(trigger)).copied()?;
        let span = self.parsed.date_span(nearest)?.span?;
        let pair = found.iter().map(|(_, index)| *index).find(|index| {
            (*index == nearest + 1 || *index + 1 == nearest)
                && self.joined(*index.min(&nearest), *index.max(&nearest))
        });
        let other = pair.and_then(|index| self.parsed.date_span(index)).and_then(|date| date.span);
        Some(other.map_or(span, |other| crate::model::time::DateSpan {
            from: span.from.min(other.from),
            to: span.to.max(other.to),
            precision: span.precision,
        }))
    }

    /// "two days after": how many days the clause that begins at a token lies before the one it follows.
    fn offset(&self, first: usize) -> Option<i64> {
        let word = self.parsed.norm(first);
        let back = match word {
            "after" | "following" => -1,
            "before" => 1,
            _ => return None,
        };
        let unit = first.checked_sub(1).map(|at| self.parsed.norm(at))?;
        let number = first.checked_sub(2).map_or("", |at| self.parsed.norm(at));
        let count = match number {
            "a" | "one" => 1,
            "two" | "2" => 2,
            "three" | "3" => 3,
            "four" | "4" => 4,
            "five" | "5" => 5,
            "six" | "6" => 6,
            _ => 0,
        };
        match unit {
            "day" | "days" if count > 0 => Some(back * count),
            "week" | "weeks" if count > 0 => Some(back * count * 7),
            "hours" | "hour" | "minutes" => Some(0),
            _ => None,
        }
    }

    /// Spans of months tell when only where the text says so ("in May", "last month").
    fn tells_when(&self, at: usize, index: usize) -> bool {
        let Some(span) = self.parsed.date_span(index).and_then(|date| date.span) else {
            return false;
        };
        let long = span.from.duration_until(span.to).as_hours() > 24 * 32;
        let month = span.precision == crate::model::time::DatePrecision::Month;
        let said = at > 0
            && matches!(self.parsed.norm(at - 1), "in" | "during" | "early" | "late" | "of")
            || matches!(self.parsed.norm(at), "last" | "this" | "early" | "late");
        !long && (!month || said)
    }

    /// "said on Thursday": when it was said.
    fn is_when_said(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|before| {
            let verb = self.setting.lexicon.verbs().find(&self.parsed.tokens, before);
            verb.is_some_and(|(_, verb)| self.setting.lexicon.saying(&verb.lemma).is_some())
        })
    }

    /// "since March": the beginning of a span, not the day.
    fn is_since(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at)
            .any(|before| matches!(self.parsed.norm(before), "since" | "until"))
    }

    fn joined(&self, first: usize, second: usize) -> bool {
        let (a, b) = (&self.parsed.dates[first], &self.parsed.dates[second]);
        self.parsed.text.get(a.end..b.start).is_some_and(|between| {
            matches!(between.trim(), "and" | "to" | "-" | "–" | "and on" | "through")
        })
    }

    /// A date at the very start of the text is the report's own.
    fn dateline(&self, at: usize) -> bool {
        at < 6
            && self.setting.day.is_some_and(|day| {
                self.parsed
                    .date_at(at)
                    .and_then(|index| self.parsed.date_span(index))
                    .and_then(|date| date.span)
                    .is_some_and(|span| span.from == day && span.to == day)
            })
    }
}

/// Whether two parties are one: the same faction, or the same name where none is known.
pub fn same(a: &Party, b: &Party) -> bool {
    match (a.faction, b.faction) {
        (Some(x), Some(y)) => x == y,
        (None, None) => {
            a.is_armed() == b.is_armed()
                && (a.name.eq_ignore_ascii_case(&b.name)
                    || (a.is_civil()
                        && b.is_civil()
                        && a.what == What::Civilians
                        && b.what == What::Civilians))
        }
        _ => false,
    }
}

/// Two counts of one clause add up.
pub fn sum(known: Option<Figure>, more: Option<Figure>) -> Option<Figure> {
    match (known, more) {
        (Some(a), Some(b)) => Some(Figure {
            min: match (a.min, b.min) {
                (Some(x), Some(y)) => Some(x.saturating_add(y)),
                (x, y) => x.or(y),
            },
            max: match (a.max, b.max) {
                (Some(x), Some(y)) => Some(x.saturating_add(y)),
                _ => None,
            },
            vague: a.vague.or(b.vague),
        }),
        (a, b) => a.or(b),
    }
}

/// In a clash of two the first named began it only where the text says so; one party alone is a participant.
fn share(candidate: &mut Candidate) {
    let clash = candidate.families.first() == Some(&Family::Clash)
        || candidate.families.first() == Some(&Family::Agree);
    if clash {
        let all: Vec<Party> = candidate
            .initiators
            .drain(..)
            .chain(candidate.targets.drain(..).filter(Party::is_armed))
            .collect();
        for party in all {
            if !candidate.participants.iter().any(|known| same(known, &party)) {
                candidate.participants.push(party);
            }
        }
    }
    let initiators = candidate.initiators.clone();
    candidate.targets.retain(|party| !initiators.iter().any(|known| same(known, party)));
}
