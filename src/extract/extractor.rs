//! The extractor: built once, then reads documents.

use jiff::civil::Date;

use super::dates;
use super::event::build::Builder;
use super::event::candidate::{Candidate, Party};
use super::event::clause::{self, Clause};
use super::event::entity::{self, What};
use super::event::segment;
use super::filter;
use super::gazetteer::{GazetteerError, PlaceMention, Places};
use super::language::{self, Family, Lexicon, Rule};
use super::names::Roster;
use super::names::outlet::Outlets;
use super::parse::token::tokens;
use super::reader::{Parsed, Setting, Spot};
use super::report::claim::Writer;
use super::report::mentions::Mentioner;
use super::report::merge::{Event, Merger, actors};
use super::report::status::Origin;
use super::speech::{Ear, Voice};
use crate::model::claim::{Claim, Denial, DenialScope, Field, Speaker, SpeakerKind};
use crate::model::document::{Document, Dropped, Reading};
use crate::model::kind::SubType;
use crate::model::pack::{Pack, PackHead};
use crate::model::place::PlacePrecision;
use crate::model::registry::Registry;
use crate::model::text::language::detect;
use crate::model::time::DateSpan;

const OUTLETS: &str = include_str!("../../config/lexicon/outlets.toml");
const ORGANISATIONS: &str = include_str!("../../config/lexicon/organisations.toml");

/// Why an extractor could not be built: the embedded data are broken.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The gazetteer.
    #[error("the embedded gazetteer cannot be read")]
    Gazetteer(#[from] GazetteerError),
    /// The list of outlets.
    #[error("the embedded list of outlets cannot be read")]
    Outlets(#[source] toml::de::Error),
    /// The words of a language.
    #[error("the embedded words of `{0}` cannot be read")]
    Lexicon(&'static str),
}

/// Reads documents. Build it once; share it between threads.
#[derive(Debug)]
pub struct Extractor {
    lexicon: Lexicon,
    roster: Roster,
    outlets: Outlets,
    places: Places,
    theatres: Vec<PackHead>,
}

impl Extractor {
    /// The extractor for the packs of the registry, over the embedded gazetteer and lexicon.
    pub fn new(registry: &Registry) -> Result<Self, ExtractError> {
        let countries: Vec<String> =
            registry.packs().iter().flat_map(|head| head.countries.iter().cloned()).collect();
        let head = PackHead { id: "all".to_owned(), name: "All".to_owned(), countries };
        let places = Pack {
            pack: head,
            factions: Vec::new(),
            generics: Vec::new(),
            places: registry.places().to_vec(),
            regions: Vec::new(),
        };
        let media = registry.factions().flat_map(|faction| {
            faction.outlets.iter().map(|outlet| (outlet.clone(), faction.id.to_string()))
        });
        Ok(Self {
            lexicon: language::english::lexicon().ok_or(ExtractError::Lexicon("en"))?,
            roster: Roster::new(registry),
            outlets: Outlets::new(&[OUTLETS, ORGANISATIONS], media)
                .map_err(ExtractError::Outlets)?,
            places: Places::new(&[places])?,
            theatres: registry.packs().to_vec(),
        })
    }

    /// The places that the extractor knows.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Everything that the document says. Never fails: what cannot be read is kept unread, with the reason.
    pub fn read(&self, doc: &Document) -> Reading {
        let language = doc.lang.clone().or_else(|| detect(&doc.text).map(str::to_owned));
        let published = doc.published.or_else(|| dates::dateline(&doc.text));
        if let Some(language) = language.as_deref().filter(|language| {
            !language.eq_ignore_ascii_case("en") && !language.to_lowercase().starts_with("en-")
        }) {
            let unread = Some(format!("the text is in `{language}`; only English is read"));
            return Reading {
                published,
                language: Some(language.to_owned()),
                unread,
                ..Reading::default()
            };
        }
        Work::new(self, doc, published).run(language)
    }
}

/// The reading of one document.
struct Work<'a, 'd> {
    extractor: &'a Extractor,
    doc: &'d Document,
    published: Option<Date>,
    dropped: Vec<Dropped>,
}

type Spots = Vec<(usize, usize, Spot)>;

impl<'a, 'd> Work<'a, 'd>
where
    'a: 'd,
{
    fn new(extractor: &'a Extractor, doc: &'d Document, published: Option<Date>) -> Self {
        Self { extractor, doc, published, dropped: Vec::new() }
    }

    fn run(mut self, language: Option<String>) -> Reading {
        let title = self.doc.title.as_deref().filter(|title| !title.trim().is_empty());
        let (title_spots, spots, countries) = self.spots(title);
        let setting = self.setting(countries);
        let mut body = Parsed::new(&setting, Field::Text, &self.doc.text, spots);
        let mut head = title.map(|title| Parsed::new(&setting, Field::Title, title, title_spots));
        entities(&setting, &mut body);
        if let Some(head) = &mut head {
            entities(&setting, head);
        }
        let origin = self.origin();
        let ear = Ear { roster: &self.extractor.roster, outlets: &self.extractor.outlets };
        let mut denials = Vec::new();
        let mut candidates = Vec::new();
        if let Some(head) = &head {
            self.candidates(&setting, head, &ear, &mut candidates, &mut denials);
        }
        self.candidates(&setting, &body, &ear, &mut candidates, &mut denials);
        let merger = Merger { roster: &self.extractor.roster, title: head.as_ref(), body: &body };
        let mut events = merger.merge(candidates);
        self.contradict(&mut events, denials);
        let mut events = self.keep(events, &body, head.as_ref());
        settle(&mut events, &body, head.as_ref(), &setting.countries);
        let undated = self.published.map(DateSpan::day);
        let writer = Writer {
            roster: &self.extractor.roster,
            title: head.as_ref(),
            body: &body,
            origin: &origin,
            undated,
        };
        let claims: Vec<Claim> = order(events).iter().map(|event| writer.claim(event)).collect();
        let demonym = |word: &str| self.extractor.places.demonym(word).is_some();
        let mentions = Mentioner {
            roster: &self.extractor.roster,
            lexicon: &self.extractor.lexicon,
            parsed: &body,
            demonym: &demonym,
        }
        .all();
        Reading {
            published: self.published,
            language,
            claims,
            mentions,
            dropped: self.dropped,
            unread: None,
        }
    }

    /// The places of title and body, and the countries of the document, the most named first.
    fn spots(&self, title: Option<&str>) -> (Spots, Spots, Vec<String>) {
        let places = &self.extractor.places;
        let text = self.doc.text.as_str();
        let head = title.map(|title| places.mentions(title)).unwrap_or_default();
        let body = places.mentions(text);
        let texts: Vec<&str> = title.into_iter().chain([text]).collect();
        let context = places.context(&texts).with_theatres(&self.theatre_countries());
        let split = head.len();
        // links between mentions are indices into their own text
        let shifted = body.into_iter().map(|mut mention| {
            mention.within = mention.within.map(|index| index + split);
            mention
        });
        let all: Vec<PlaceMention<'_>> = head.into_iter().chain(shifted).collect();
        let choices = places.resolve(&all, &context);
        let mut tally: std::collections::BTreeMap<String, usize> =
            std::collections::BTreeMap::new();
        let mut spots: Spots = Vec::new();
        for (mention, choice) in all.iter().zip(&choices) {
            let mut place = choice.claim_place(mention);
            place.name = place.name.split_whitespace().collect::<Vec<_>>().join(" ");
            let telling = matches!(
                mention.role,
                super::gazetteer::MentionRole::Framed | super::gazetteer::MentionRole::Dateline
            ) || place.precision == PlacePrecision::Country;
            if let Some(country) = place.country.as_ref().filter(|_| telling) {
                *tally.entry(country.clone()).or_default() += 1;
            }
            let framed = mention.role == super::gazetteer::MentionRole::Framed;
            let spot = Spot {
                first: 0,
                last: 0,
                location: mention.is_location(),
                framed,
                broad: false,
                contains: mention.container,
                place,
            };
            spots.push((mention.start, mention.end, spot));
        }
        for word in texts
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
            .filter(|word| word.starts_with(char::is_uppercase))
        {
            if let Some(country) = places.demonym(word) {
                *tally.entry(country.to_owned()).or_default() += 1;
            }
        }
        trust(&mut spots, &tally);
        let mut countries: Vec<(String, usize)> = tally.into_iter().collect();
        countries.sort_by_key(|(country, count)| (std::cmp::Reverse(*count), country.clone()));
        let body = spots.split_off(split);
        (spots, body, countries.into_iter().map(|(country, _)| country).collect())
    }

    fn theatre_countries(&self) -> Vec<String> {
        let wanted = |head: &&PackHead| self.doc.theatres.contains(&head.id);
        self.extractor
            .theatres
            .iter()
            .filter(wanted)
            .flat_map(|head| head.countries.iter().cloned())
            .collect()
    }

    fn setting(&self, countries: Vec<String>) -> Setting<'a> {
        let roster = &self.extractor.roster;
        let calls = self.doc.calls.iter().filter_map(|(words, id)| {
            let words: Vec<String> = tokens(words).into_iter().map(|token| token.norm).collect();
            let faction = roster.by_id(id)?;
            (!words.is_empty()).then_some((words, faction))
        });
        Setting {
            lexicon: &self.extractor.lexicon,
            roster,
            outlets: &self.extractor.outlets,
            countries,
            day: self.published,
            calls: calls.collect(),
        }
    }

    /// Whom the outlet speaks for.
    fn origin(&self) -> Origin {
        let roster = &self.extractor.roster;
        let outlet =
            self.doc.source.as_deref().and_then(|source| self.extractor.outlets.of_source(source));
        let own = self.doc.aligned_with.iter().filter_map(|id| roster.by_id(id));
        let known = outlet
            .iter()
            .flat_map(|outlet| outlet.speaks_for.iter().chain(&outlet.leans_to))
            .filter_map(|id| roster.by_id(id));
        let named = self
            .doc
            .source
            .as_deref()
            .filter(|_| outlet.is_none())
            .and_then(|source| roster.by_name(source));
        let factions: Vec<usize> = own.chain(known).chain(named).collect();
        let organ = outlet.filter(|outlet| outlet.media && !outlet.speaks_for.is_empty());
        let speaker = organ.map(|outlet| Speaker {
            name: outlet.name.clone(),
            faction: outlet
                .speaks_for
                .first()
                .and_then(|id| roster.by_id(id))
                .map(|faction| roster.party(faction).id.clone()),
            kind: SpeakerKind::Party,
        });
        Origin { factions, speaker }
    }

    /// The candidates of one text, in order; denials are kept apart.
    fn candidates(
        &mut self,
        setting: &Setting<'a>,
        parsed: &Parsed<'d>,
        ear: &Ear<'_>,
        out: &mut Vec<Candidate>,
        denials: &mut Vec<Contradiction>,
    ) {
        let builder = Builder { parsed, setting };
        let mut memory = super::event::build::Memory::default();
        let mut voices: Vec<Voice> = Vec::new();
        let mut strayed: Option<(usize, Rule)> = None;
        for (index, sentence) in parsed.sentences.iter().enumerate() {
            let clause = Clause { parsed, sentence, lexicon: setting.lexicon };
            let speech = ear.hear(&clause, &voices);
            let tokens = &parsed.tokens[sentence.range.clone()];
            let topic = filter::sentence(setting.lexicon, tokens);
            let background = filter::is_background(setting.lexicon, tokens);
            for raw in segment::raw(&clause) {
                builder.remember(&clause, raw.chunks.start, &mut memory);
                let mut candidate =
                    builder.candidate(&clause, &raw, index, &speech.chunks, &memory);
                candidate.speakers =
                    speech.speakers.iter().map(|voice| voice.speaker.clone()).collect();
                candidate.accused = speech.accuses;
                if (background || is_war_total(&candidate)) && !candidate.own_date {
                    candidate.drop = candidate.drop.or(Some(Rule::Background));
                }
                let near =
                    strayed.filter(|(sentence, _)| index - sentence <= 2).map(|(_, rule)| rule);
                let rule = off_topic(&candidate, topic, near);
                if let Some(rule) = rule {
                    strayed = Some((index, rule));
                    candidate.drop = candidate.drop.or(Some(rule));
                }
                if !speech.denials.is_empty()
                    || candidate.drop == Some(Rule::Failed) && !speech.speakers.is_empty()
                {
                    denials.push(Contradiction::of(&candidate, &speech));
                    if !speech.denials.is_empty() {
                        continue;
                    }
                }
                candidate.drop =
                    candidate.drop.or_else(|| self.old(&candidate)).or_else(|| bare(&candidate));
                self.shift(&mut candidate, out);
                date_from(&mut candidate, &mut memory);
                builder.carry(&mut candidate, &mut memory);
                self.admit(parsed, candidate, out);
            }
            if !speech.denials.is_empty()
                && !denials.iter().any(|denial| denial.sentence == (parsed.field, index))
            {
                denials.push(Contradiction {
                    sentence: (parsed.field, index),
                    voices: speech.denials.clone(),
                    actors: Vec::new(),
                    explicit: true,
                });
            }
            builder.remember(&clause, usize::MAX, &mut memory);
            builder.conclude(&clause, &mut memory);
            if !speech.speakers.is_empty() {
                voices = speech.speakers;
            }
        }
    }

    /// "two days after": dated from the event that the sentence began with.
    fn shift(&self, candidate: &mut Candidate, out: &[Candidate]) {
        let Some(days) = candidate.offset.filter(|_| !candidate.own_date) else { return };
        let main = out
            .last()
            .filter(|main| main.sentence == candidate.sentence && main.field == candidate.field)
            .and_then(|main| main.date);
        let anchor = main.or(self.published.map(DateSpan::day));
        let moved = anchor.and_then(|span| {
            let step = jiff::ToSpan::days(days);
            Some(DateSpan {
                from: span.from.checked_add(step).ok()?,
                to: span.to.checked_add(step).ok()?,
                precision: span.precision,
            })
        });
        (candidate.date, candidate.own_date) = (moved, moved.is_some());
    }

    fn admit(&mut self, parsed: &Parsed<'_>, candidate: Candidate, out: &mut Vec<Candidate>) {
        match candidate.drop {
            None => out.push(candidate),
            Some(rule) => self.drop_it(parsed, &candidate, rule),
        }
    }

    fn drop_it(&mut self, parsed: &Parsed<'_>, candidate: &Candidate, rule: Rule) {
        let (first, last) = candidate.tokens;
        let Some((start, end)) = parsed
            .tokens
            .get(first)
            .zip(last.checked_sub(1).and_then(|last| parsed.tokens.get(last)))
            .map(|(first, last)| (first.start, last.end))
        else {
            return;
        };
        let text = parsed.text.get(start..end).unwrap_or("").to_owned();
        self.dropped.push(Dropped {
            field: candidate.field,
            start,
            end,
            text,
            rule: filter::name(rule).to_owned(),
        });
    }

    /// History: dated long before the report.
    fn old(&self, candidate: &Candidate) -> Option<Rule> {
        let (day, span) = (self.doc.published?, candidate.date?);
        let limit = day.checked_sub(jiff::ToSpan::days(OLD_DAYS)).ok()?;
        let ahead = span.from > day;
        if ahead {
            return Some(Rule::Hypothetical);
        }
        (span.to < limit).then_some(Rule::Background)
    }

    /// Attaches denials to the events they contradict.
    fn contradict(&self, events: &mut [Event], denials: Vec<Contradiction>) {
        let roster = &self.extractor.roster;
        for denial in denials {
            let speaks = |event: &Event| {
                let all: Vec<usize> = if denial.explicit {
                    event
                        .whole
                        .initiators
                        .iter()
                        .chain(&event.whole.participants)
                        .filter_map(|party| party.faction)
                        .collect()
                } else {
                    actors(&event.whole).filter_map(|party| party.faction).collect()
                };
                let accused = all.into_iter();
                let deniers: Vec<usize> = denial
                    .voices
                    .iter()
                    .flat_map(|voice| voice.factions.iter().copied())
                    .chain(denial.actors.iter().copied())
                    .collect();
                accused
                    .into_iter()
                    .any(|actor| deniers.iter().any(|denier| roster.same_side(actor, *denier)))
            };
            let violent = |event: &Event| super::report::merge::is_contestable(event.kind);
            let open = |event: &Event| {
                denial.explicit
                    && violent(event)
                    && !event.whole.initiators.iter().any(|party| party.faction.is_some())
                    && event.whole.participants.is_empty()
            };
            let index = events
                .iter()
                .rposition(|event| violent(event) && speaks(event))
                .or_else(|| events.iter().position(open));
            if let Some(event) = index.and_then(|index| events.get_mut(index)) {
                accuse(event, &denial);
                let scope = if denial.explicit {
                    DenialScope::Perpetrator
                } else {
                    DenialScope::Occurrence
                };
                event.whole.denials.extend(
                    denial.voices.iter().map(|voice| Denial { by: voice.speaker.clone(), scope }),
                );
            }
        }
    }

    /// Events that say enough to be one.
    fn keep(
        &mut self,
        events: Vec<Event>,
        body: &Parsed<'_>,
        title: Option<&Parsed<'_>>,
    ) -> Vec<Event> {
        let conflict = events.iter().any(|event| !event.whole.effects_only);
        let mut out = Vec::new();
        for event in events {
            if says_enough(&event, conflict) {
                out.push(event);
            } else {
                let parsed =
                    if event.whole.field == Field::Title { title.unwrap_or(body) } else { body };
                self.drop_it(parsed, &event.whole, Rule::Bare);
            }
        }
        out
    }
}

fn is_known_fine(spot: &Spot) -> bool {
    spot.place.canonical.is_some() && spot.place.precision != PlacePrecision::Country
}

/// What is dated longer ago than this is history.
const OLD_DAYS: i64 = 45;

/// A contradiction in the text.
struct Contradiction {
    sentence: (Field, usize),
    voices: Vec<Voice>,
    actors: Vec<usize>,
    explicit: bool,
}

impl Contradiction {
    fn of(candidate: &Candidate, speech: &super::speech::Speech) -> Self {
        let explicit = !speech.denials.is_empty();
        let voices = if explicit { speech.denials.clone() } else { speech.speakers.clone() };
        let actors = if explicit {
            Vec::new()
        } else {
            actors(candidate).filter_map(|party| party.faction).collect()
        };
        Self { sentence: (candidate.field, candidate.sentence), voices, actors, explicit }
    }
}

/// Nothing but a word: no party, no loss, no thing.
fn bare(candidate: &Candidate) -> Option<Rule> {
    let empty = actors(candidate).next().is_none()
        && candidate.tolls.is_empty()
        && candidate.items.is_empty()
        && candidate.objects.is_empty()
        && !candidate.own_place;
    (candidate.effects_only && candidate.tolls.is_empty() && candidate.items.is_empty()
        || empty
            && candidate.families.iter().all(|family| {
                !matches!(
                    family,
                    Family::Blast
                        | Family::Suicide
                        | Family::Protest
                        | Family::Riot
                        | Family::Grenade
                        | Family::Agree
                        | Family::Displace
                        | Family::Chemical
                        | Family::Air
                        | Family::Shell
                )
            }))
    .then_some(Rule::Bare)
}

fn says_enough(event: &Event, conflict: bool) -> bool {
    let whole = &event.whole;
    let parties = actors(whole).count();
    let counted = whole.tolls.iter().any(|toll| {
        [&toll.killed, &toll.wounded, &toll.captured]
            .into_iter()
            .flatten()
            .any(|figure| figure.min.is_some())
    });
    let located = event.spots.iter().any(|spot| spot.place.precision != PlacePrecision::Country);
    match event.kind {
        _ if whole.effects_only => counted && conflict && (located || parties > 0),
        SubType::ArmedClash => parties > 0 || counted,
        SubType::Attack => {
            parties > 0
                && (counted
                    || located
                    || !whole.objects.is_empty()
                    || whole.targets.iter().any(|party| party.named || party.one))
        }
        SubType::Agreement => parties > 0 || located,
        SubType::ChangeToGroupActivity => parties > 0,
        _ => {
            parties > 0
                || counted
                || located
                || (!event.spots.is_empty() && !whole.definite)
                || !whole.objects.is_empty()
                || !whole.items.is_empty()
        }
    }
}

/// The headline's event first, then in text order.
fn order(mut events: Vec<Event>) -> Vec<Event> {
    let first = |event: &Event| {
        event
            .places_said
            .iter()
            .filter(|(field, ..)| *field == Field::Text)
            .map(|(_, first, _)| *first)
            .min()
            .unwrap_or(0)
    };
    events.sort_by_key(|event| (!event.headline, first(event)));
    events
}

/// A bare name is a place only in a country that the document names otherwise: elsewhere it is somebody's name.
fn trust(spots: &mut Spots, tally: &std::collections::BTreeMap<String, usize>) {
    let most = tally.values().copied().max().unwrap_or(0);
    for (_, _, spot) in spots.iter_mut().filter(|(_, _, spot)| !spot.framed) {
        let count = spot
            .place
            .country
            .as_ref()
            .and_then(|country| tally.get(country))
            .copied()
            .unwrap_or(0);
        spot.location &= count * 3 >= most && count > 0;
    }
}

/// Reads what each noun phrase stands for, and joins "of" phrases.
fn entities(setting: &Setting<'_>, parsed: &mut Parsed<'_>) {
    let roster = setting.roster;
    let service = |state, air, navy, police| roster.service(state, air, navy, police);
    let mut all = Vec::with_capacity(parsed.sentences.len());
    {
        let reader = entity::Reader { lexicon: setting.lexicon, parsed, service: &service };
        for sentence in &parsed.sentences {
            let mut entities: Vec<_> = sentence
                .chunks
                .iter()
                .map(|chunk| match chunk {
                    super::parse::chunk::Chunk::Np(np) => Some(reader.entity(np)),
                    _ => None,
                })
                .collect();
            let clause = Clause { parsed, sentence, lexicon: setting.lexicon };
            clause::join(&mut entities, &clause);
            all.push(entities);
        }
    }
    for (sentence, entities) in parsed.sentences.iter_mut().zip(all) {
        sentence.entities = entities;
    }
}

/// What is not dated happened when the happening told before it did.
fn date_from(candidate: &mut Candidate, memory: &mut super::event::build::Memory) {
    if candidate.drop.is_some() {
        return;
    }
    match candidate.date {
        Some(span) => memory.date = Some(span),
        None => candidate.date = memory.date,
    }
}

/// Disasters, accidents, crime, sport: what has no armed party in it and speaks of such things.
fn off_topic(candidate: &Candidate, topic: Option<Rule>, near: Option<Rule>) -> Option<Rule> {
    let armed = actors(candidate).any(Party::is_armed);
    let hard = candidate.families.iter().any(|family| {
        matches!(
            family,
            Family::Suicide
                | Family::Chemical
                | Family::Clash
                | Family::Protest
                | Family::Riot
                | Family::Agree
                | Family::Grenade
                | Family::Sexual
                | Family::Air
                | Family::Shell
                | Family::Loot
                | Family::Seize
        )
    });
    match topic {
        Some(Rule::Crime | Rule::Fiction)
            if !candidate.families.iter().any(|family| {
                matches!(family, Family::Suicide | Family::Protest | Family::Riot)
            }) =>
        {
            topic
        }
        Some(Rule::Diplomacy) => topic.filter(|_| {
            candidate.losses.is_empty()
                && matches!(
                    candidate.families.first(),
                    Some(
                        Family::Agree
                            | Family::Change
                            | Family::Withdraw
                            | Family::Assault
                            | Family::Arrest
                    )
                )
        }),
        Some(rule) if !armed && !hard => Some(rule),
        _ => near.filter(|_| candidate.effects_only && !armed),
    }
}

/// Who denies having done what nobody else is named for is the accused.
fn accuse(event: &mut Event, denial: &Contradiction) {
    let nobody = !event.whole.initiators.iter().any(|party| party.faction.is_some())
        && event.whole.participants.is_empty();
    let Some(voice) = denial
        .voices
        .iter()
        .find(|voice| !voice.factions.is_empty())
        .filter(|_| nobody && denial.explicit)
    else {
        return;
    };
    let party = Party {
        faction: voice.factions.first().copied(),
        name: voice.speaker.name.clone(),
        what: What::Force,
        class: None,
        air: false,
        named: true,
        one: false,
        carried: true,
    };
    event.whole.initiators = vec![party];
}

/// A place named in the sentences beside this one.
fn nearby(body: &Parsed<'_>, sentence: usize) -> Option<Spot> {
    let range = |index: usize| body.sentences.get(index).map(|sentence| sentence.range.clone());
    [sentence.checked_sub(1), Some(sentence + 1)].into_iter().flatten().filter_map(range).find_map(
        |range| {
            body.spots
                .iter()
                .find(|spot| range.contains(&spot.first) && spot.location && is_known_fine(spot))
                .cloned()
        },
    )
}

/// So many dead are the total of a war, not what one happening without a date of its own cost.
const WAR: u32 = 1000;

/// Whether a candidate counts the dead of a whole war.
fn is_war_total(candidate: &Candidate) -> bool {
    let many = |figure: &crate::model::casualty::Figure| figure.min.is_some_and(|min| min >= WAR);
    candidate.tolls.iter().any(|toll| toll.killed.as_ref().is_some_and(many))
}

/// What a place in the document's own country is worth in mentions of places elsewhere.
const HOME: usize = 1000;

/// An event without a place of its own lies where the document is set: its most named place.
fn settle(
    events: &mut [Event],
    body: &Parsed<'_>,
    title: Option<&Parsed<'_>>,
    countries: &[String],
) {
    let mut tally: std::collections::BTreeMap<String, (usize, usize)> =
        std::collections::BTreeMap::new();
    let all: Vec<&Spot> =
        title.iter().flat_map(|title| title.spots.iter()).chain(&body.spots).collect();
    for (index, spot) in
        all.iter().enumerate().filter(|(_, spot)| spot.location && is_known_fine(spot))
    {
        let name = spot.place.canonical.clone().unwrap_or_default();
        let row = tally.entry(name).or_insert((0, index));
        row.0 += if spot.framed { 2 } else { 1 };
        // a place in the country that the text is about, before namesakes elsewhere
        if row.0 < HOME && spot.place.country.as_ref() == countries.first() {
            row.0 += HOME;
        }
    }
    let Some((_, (_, index))) =
        tally.iter().max_by_key(|(_, (count, index))| (*count, std::cmp::Reverse(*index)))
    else {
        return;
    };
    let main = all[*index].clone();
    for event in events {
        if !event.spots.iter().any(|spot| spot.place.precision != PlacePrecision::Country) {
            let near = event.sentences.iter().find_map(|sentence| nearby(body, *sentence));
            event.spots.insert(0, near.unwrap_or_else(|| main.clone()));
        }
    }
}
