//! The words of a language, by what they do in a report.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::words::{Class, Closed, DeedWord, Effect, Means, Rule, Saying, VerbWord};
use crate::extract::parse::table::{Phrases, Table};
use crate::model::casualty::Fate;
use crate::model::claim::SpeakerKind;

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) closed: FxHashMap<String, Closed>,
    pub(super) verbs: Table<VerbWord>,
    /// What makes a name a modifier of another word.
    pub masks: Masks,
    /// Words before "of" that only measure or part what follows.
    pub partitives: Phrases,
    /// Verbs whose participle with "by" says whose a thing is.
    pub held: Phrases,
    /// Verbs whose participle with "to" or "with" says to whom people belong.
    pub tied: Phrases,
    /// Words before a name that are none of it, besides the determiners.
    pub leading: Phrases,
    /// Verbs that bring a deed noun with its doer.
    pub light: Phrases,
    /// Verbs whose subject suffers the deed noun.
    pub suffering: Phrases,
    /// Words for people.
    pub people: Table<Class>,
    /// Words for a state's rulers, whose deeds are those of its forces.
    pub rulers: Phrases,
    /// Words for beasts.
    pub animals: Phrases,
    /// Words for aircraft.
    pub aircraft: Phrases,
    /// The letters before the number of a type of aircraft: "Su-25".
    pub aircraft_makers: Phrases,
    /// Groups of people that are what the word before them says ("armed groups").
    pub bands: Phrases,
    /// Weapons that act for whoever fires them.
    pub weapons_as_doers: Phrases,
    /// Equipment.
    pub materiel: Phrases,
    /// Equipment that is weapons.
    pub weapons: Phrases,
    /// Equipment without people in it: a target that nobody owns is no party.
    pub unmanned: Phrases,
    /// Things by kind.
    pub objects: Table<String>,
    /// Words for where an armed party stands.
    pub positions: Phrases,
    /// Words that name no thing that could be hit.
    pub vague: Phrases,
    /// Words for a way.
    pub ways: Phrases,
    /// Words for areas.
    pub areas: Phrases,
    pub(super) fates: FxHashMap<String, Fate>,
    pub(super) fate_nouns: FxHashMap<String, Fate>,
    /// Deed nouns.
    pub deeds: Table<DeedWord>,
    pub(super) effect_verbs: FxHashMap<String, Effect>,
    /// Verbs that only people and beasts suffer.
    pub mortal: Phrases,
    /// Verbs of dying.
    pub died: Phrases,
    /// Ends to which people are brought ("burned to death").
    pub ends: Phrases,
    /// Parts of the body.
    pub body: Phrases,
    /// What the hurt have or are treated for.
    pub injuries: Phrases,
    pub(super) effect_words: Table<Effect>,
    pub(super) effect_nouns: Table<Effect>,
    /// Words for means.
    pub means: Table<Means>,
    pub(super) sayings: FxHashMap<String, Saying>,
    /// Words for who speaks.
    pub speakers: Table<SpeakerKind>,
    /// Nouns that carry a report.
    pub reports: Phrases,
    /// Sorts of speakers.
    pub voices: Voices,
    /// What somebody says or writes: "in a speech".
    pub utterances: Phrases,
    /// Offices and services of a state.
    pub offices: Phrases,
    /// Offices that speak for no side.
    pub neutral_offices: Phrases,
    /// Offices that treat the hurt and speak for no side, whoever runs them.
    pub healers: Phrases,
    /// Nouns that mean the party last spoken of where they own a speaker.
    pub owners: Phrases,
    /// How a report is contradicted.
    pub denials: Denials,
    /// How an outlet calls its own side.
    pub partisan_own: Phrases,
    /// How an outlet of a party calls the other side, and praises its own.
    pub partisan_other: Phrases,
    pub(super) rules: BTreeMap<Rule, Phrases>,
    /// Words after which another happening begins.
    pub separators: Phrases,
    /// Heads of phrases for bodies and groups of people.
    pub collectives: Phrases,
    /// Heads of phrases for places.
    pub sites: Phrases,
    /// Points of the compass in names of areas.
    pub compass: Phrases,
    /// Names of organisations by their shape.
    pub organisations: Organisations,
    /// What a page puts around a report.
    pub page: Page,
}

/// What a page puts around a report, in lower case.
#[derive(Debug, Default, Deserialize)]
pub struct Page {
    /// How captions, credits and pointers to other reports begin.
    pub openers: Vec<String>,
    /// Lines under which headlines of other reports stand.
    pub headings: Vec<String>,
    /// Agencies whose name ends a caption.
    pub credits: Vec<String>,
}

/// What makes a name a modifier of another word.
#[derive(Debug, Default)]
pub struct Masks {
    /// Second parts of compounds: "rebel-held".
    pub after: Phrases,
    /// Those of them that stand apart too: "rebel held".
    pub apart: Phrases,
    /// First parts: "pro-rebel".
    pub before: Phrases,
}

/// Sorts of speakers.
#[derive(Debug, Default)]
pub struct Voices {
    /// What they count by: "the monitor's tally".
    pub counts: Phrases,
    /// Police.
    pub police: Phrases,
    /// Words for services that are forces.
    pub services: Phrases,
    /// Those who speak of where they are.
    pub local: Phrases,
}

/// Words that names of organisations are made of.
#[derive(Debug, Default)]
pub struct Organisations {
    /// Last words.
    pub heads: Phrases,
    /// Words in the names of those that fight.
    pub armed: Phrases,
    /// First words of names that go on after "of" or stand before the name proper.
    pub starts: Phrases,
}

/// How a report is contradicted.
#[derive(Debug, Default)]
pub struct Denials {
    /// What can be denied besides a deed.
    pub deniable: Phrases,
    /// What it is called: "fabricated".
    pub words: Phrases,
    /// What the speaker says of himself: "nothing to do with".
    pub phrases: Phrases,
    /// What is contradicted where the numbers are.
    pub figures: Phrases,
}

impl Lexicon {
    /// The closed classes of a word.
    pub fn closed(&self, word: &str) -> Closed {
        self.closed.get(word).copied().unwrap_or_default()
    }

    /// The verb forms table.
    pub fn verbs(&self) -> &Table<VerbWord> {
        &self.verbs
    }

    /// What a verb does to its object.
    pub fn effect_of_verb(&self, lemma: &str) -> Option<Effect> {
        self.effect_verbs.get(lemma).copied()
    }

    /// What a word after a count says ("12 dead").
    pub fn effect_of_word(&self, word: &str) -> Option<Effect> {
        self.effect_words.word(word).copied()
    }

    /// What a noun before "of" says ("the killing of 8 troops").
    pub fn effect_of_noun(&self, word: &str) -> Option<Effect> {
        self.effect_nouns.word(word).copied()
    }

    /// How a verb of saying is meant.
    pub fn saying(&self, lemma: &str) -> Option<Saying> {
        self.sayings.get(lemma).copied()
    }

    /// What a verb does to a thing.
    pub fn fate(&self, lemma: &str) -> Option<Fate> {
        self.fates.get(lemma).copied()
    }

    /// Whether a lower-case word is one that clauses are built of or that names a deed, people or an area.
    pub fn is_common(&self, word: &str) -> bool {
        self.verbs.word(word).is_some()
            || self.closed(word) != Closed::default()
            || self.deeds.word(word).is_some()
            || self.people.word(word).is_some()
            || self.areas.has(word)
    }

    /// What a noun before "of" says of a thing.
    pub fn fate_of_noun(&self, word: &str) -> Option<Fate> {
        self.fate_nouns.get(word).copied()
    }

    /// The phrases of a rule.
    pub fn rule(&self, rule: Rule) -> Option<&Phrases> {
        self.rules.get(&rule)
    }
}
