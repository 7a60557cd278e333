//! How a lexicon is filled from the data files of a language.

use rustc_hash::FxHashMap;

use super::inflect;
use super::lexicon::{Denials, Lexicon, Masks, Organisations, Voices};
use super::rows::{
    ClosedFile, DeedsFile, FiltersFile, MentionsFile, PeopleFile, Sources, SpeechFile, ThingsFile,
};
use super::words::{Class, Closed, DeedWord, Effect, Family, Rule, VerbWord};
use crate::extract::parse::table::Phrases;

impl Lexicon {
    /// Reads the data files.
    pub(super) fn read(sources: &Sources) -> Result<Self, toml::de::Error> {
        let mut lexicon = Self::default();
        let closed: ClosedFile = toml::from_str(sources.closed)?;
        let deeds: DeedsFile = toml::from_str(sources.deeds)?;
        let things: ThingsFile = toml::from_str(sources.things)?;
        lexicon.add_verbs(&closed, &deeds);
        for verb in things.fates.keys() {
            lexicon.add_verb(verb, None, &closed.irregular);
        }
        lexicon.add_closed(closed);
        lexicon.add_deeds(deeds);
        lexicon.add_people(toml::from_str(sources.people)?);
        lexicon.add_things(things);
        lexicon.add_speech(toml::from_str(sources.speech)?);
        lexicon.add_filters(toml::from_str(sources.filters)?);
        let mentions: MentionsFile = toml::from_str(sources.mentions)?;
        lexicon.collectives = Phrases::of(&mentions.collectives.words);
        lexicon.sites = Phrases::of(&mentions.sites.words);
        lexicon.compass = Phrases::of(&mentions.compass.words);
        lexicon.organisations = Organisations {
            heads: Phrases::of(&mentions.organisations.heads),
            armed: Phrases::of(&mentions.organisations.armed),
            starts: Phrases::of(&mentions.organisations.starts),
        };
        lexicon.page = toml::from_str(sources.page)?;
        Ok(lexicon)
    }

    fn add_closed(&mut self, file: ClosedFile) {
        let lists = [
            (file.determiners, Closed::DET),
            (file.prepositions, Closed::PREP),
            (file.conjunctions, Closed::CONJ),
            (file.subordinators, Closed::SUB),
            (file.relatives, Closed::REL),
            (file.pronouns, Closed::PRON),
            (file.be, Closed::BE),
            (file.have, Closed::HAVE),
            (file.do_, Closed::DO),
            (file.modals, Closed::MODAL),
            (file.negations, Closed::NEG),
            (file.adverbs, Closed::ADV),
            (file.adjectives, Closed::ADJ),
        ];
        for (words, bit) in lists {
            for word in words {
                let known = self.closed.entry(word).or_default();
                *known = known.with(bit);
            }
        }
        self.masks = Masks {
            after: Phrases::of(&file.masks),
            apart: Phrases::of(&file.masks_apart),
            before: Phrases::of(&file.prefixes),
        };
        self.partitives = Phrases::of(&file.partitives);
        self.held = Phrases::of(&file.held_verbs);
        self.tied = Phrases::of(&file.tied_verbs);
        self.leading = Phrases::of(&file.leading);
        self.light = Phrases::of(&file.light_verbs);
        self.suffering = Phrases::of(&file.suffering_verbs);
    }

    /// Deed verbs first, so that they win over the plain ones.
    fn add_verbs(&mut self, closed: &ClosedFile, deeds: &DeedsFile) {
        for row in &deeds.deed {
            for verb in &row.verbs {
                self.add_verb(verb, Some(row.family), &closed.irregular);
            }
        }
        let effects = &deeds.effects;
        let more = [
            &effects.killed_verbs,
            &effects.died_verbs,
            &effects.wounded_verbs,
            &effects.captured_verbs,
        ];
        let speech = closed.light_verbs.iter().chain(&closed.suffering_verbs);
        for verb in closed.verbs.iter().chain(more.into_iter().flatten()).chain(speech) {
            self.add_verb(verb, None, &closed.irregular);
        }
    }

    fn add_verb(
        &mut self,
        verb: &str,
        family: Option<Family>,
        irregular: &FxHashMap<String, [String; 2]>,
    ) {
        let (head, rest) = verb.split_once(' ').map_or((verb, ""), |(head, rest)| (head, rest));
        for (form, kind) in inflect::forms(head, irregular.get(head)) {
            let phrase = format!("{form} {rest}");
            self.verbs.add(&phrase, VerbWord { lemma: verb.to_owned(), form: kind, family });
        }
    }

    fn add_people(&mut self, file: PeopleFile) {
        for row in file.class {
            let class = Class { armed: row.armed, office: row.office, one: false, doer: row.doer };
            for word in &row.group {
                self.people.add(word, class);
            }
            for word in &row.one {
                self.people.add(word, Class { one: true, ..class });
            }
        }
        self.rulers = Phrases::of(&file.rulers.words);
        self.animals = Phrases::of(&file.animals.words);
        self.aircraft = Phrases::of(&file.aircraft.words);
        self.aircraft_makers = Phrases::of(&file.aircraft_makers.words);
        self.bands = Phrases::of(&file.bands.words);
        self.weapons_as_doers = Phrases::of(&file.weapons_as_doers.words);
    }

    fn add_things(&mut self, file: ThingsFile) {
        self.materiel = Phrases::of(&file.materiel.words);
        self.weapons = Phrases::of(&file.materiel.weapons);
        self.unmanned = Phrases::of(&file.materiel.unmanned);
        for (kind, words) in file.objects {
            for word in words {
                self.objects.add(&word, kind.clone());
            }
        }
        self.positions = Phrases::of(&file.positions.words);
        self.areas = Phrases::of(&file.areas.words);
        self.vague = Phrases::of(&file.vague.words);
        self.ways = Phrases::of(&file.ways.words);
        self.fates = file.fates;
        self.fate_nouns = file.fate_nouns;
    }

    fn add_deeds(&mut self, file: DeedsFile) {
        for row in file.deed {
            for noun in row.nouns {
                self.deeds.add(&noun, DeedWord { family: row.family });
            }
        }
        let effects = file.effects;
        self.mortal = Phrases::of(&effects.mortal_verbs);
        self.died = Phrases::of(&effects.died_verbs);
        self.ends = Phrases::of(&effects.ends);
        self.body = Phrases::of(&effects.body);
        self.injuries = Phrases::of(&effects.injuries);
        let verbs = [
            (effects.killed_verbs, Effect::Killed),
            (effects.died_verbs, Effect::Killed),
            (effects.wounded_verbs, Effect::Wounded),
            (effects.captured_verbs, Effect::Captured),
        ];
        for (list, effect) in verbs {
            self.effect_verbs.extend(list.into_iter().map(|verb| (verb, effect)));
        }
        let words = [
            (effects.killed_words, Effect::Killed),
            (effects.wounded_words, Effect::Wounded),
            (effects.captured_words, Effect::Captured),
        ];
        for (list, effect) in words {
            for word in &list {
                self.effect_words.add(word, effect);
            }
        }
        let nouns =
            [(effects.killed_nouns, Effect::Killed), (effects.wounded_nouns, Effect::Wounded)];
        for (list, effect) in nouns {
            for word in &list {
                self.effect_nouns.add(word, effect);
            }
        }
        for (means, words) in file.means {
            for word in &words {
                self.means.add(word, means);
            }
        }
    }

    fn add_speech(&mut self, file: SpeechFile) {
        for (saying, verbs) in file.verbs {
            self.sayings.extend(verbs.into_iter().map(|verb| (verb, saying)));
        }
        for (kind, words) in file.speakers {
            for word in &words {
                self.speakers.add(word, kind);
            }
        }
        self.reports = Phrases::of(&file.reports.words);
        self.utterances = Phrases::of(&file.utterances.words);
        self.offices = Phrases::of(&file.offices.words);
        self.healers = Phrases::of(&file.offices.healers);
        self.neutral_offices =
            Phrases::of(file.offices.neutral.iter().chain(&file.offices.healers));
        self.owners = Phrases::of(&file.owners.words);
        self.partisan_own = Phrases::of(&file.partisan.own);
        self.partisan_other = Phrases::of(&file.partisan.other);
        self.voices = Voices {
            counts: Phrases::of(&file.voices.counts),
            police: Phrases::of(&file.voices.police),
            services: Phrases::of(&file.voices.services),
            local: Phrases::of(&file.voices.local),
        };
        self.denials = Denials {
            deniable: Phrases::of(&file.denials.deniable),
            words: Phrases::of(&file.denials.words),
            phrases: Phrases::of(&file.denials.phrases),
            figures: Phrases::of(&file.denials.figures),
        };
    }

    fn add_filters(&mut self, file: FiltersFile) {
        let rules = file.rules;
        let lists = [
            (Rule::OtherSense, rules.other_sense),
            (Rule::Disaster, rules.disaster),
            (Rule::Accident, rules.accident),
            (Rule::Crime, rules.crime),
            (Rule::Sport, rules.sport),
            (Rule::Business, rules.business),
            (Rule::Fiction, rules.fiction),
            (Rule::Exercise, rules.exercise),
            (Rule::Diplomacy, rules.diplomacy),
            (Rule::Hypothetical, rules.hypothetical),
            (Rule::Failed, rules.failed),
            (Rule::Background, rules.background),
        ];
        self.rules = lists.into_iter().map(|(rule, words)| (rule, Phrases::of(&words))).collect();
        self.separators = Phrases::of(&file.separators.words);
    }
}
