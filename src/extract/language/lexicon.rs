//! The words of a language, by what they do in a report.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::inflect;
use crate::extract::parse::table::{Phrases, Table};
use crate::model::casualty::Fate;
use crate::model::claim::SpeakerKind;

/// The texts of the data files of one language.
pub(super) struct Sources {
    pub(super) closed: &'static str,
    pub(super) people: &'static str,
    pub(super) things: &'static str,
    pub(super) deeds: &'static str,
    pub(super) speech: &'static str,
    pub(super) filters: &'static str,
    pub(super) mentions: &'static str,
}

/// Closed word classes, as a set of bits: a word may be of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Closed(u16);

impl Closed {
    /// Determiners.
    pub const DET: Self = Self(1);
    /// Prepositions.
    pub const PREP: Self = Self(2);
    /// Conjunctions.
    pub const CONJ: Self = Self(4);
    /// Subordinators.
    pub const SUB: Self = Self(8);
    /// Relative pronouns.
    pub const REL: Self = Self(16);
    /// Pronouns.
    pub const PRON: Self = Self(32);
    /// Forms of "be".
    pub const BE: Self = Self(64);
    /// Forms of "have".
    pub const HAVE: Self = Self(128);
    /// Forms of "do".
    pub const DO: Self = Self(256);
    /// Modals.
    pub const MODAL: Self = Self(512);
    /// Negations.
    pub const NEG: Self = Self(1024);
    /// Adverbs.
    pub const ADV: Self = Self(2048);
    /// Adjectives.
    pub const ADJ: Self = Self(4096);

    /// Whether it has any of the bits of `other`.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The lemma itself.
    Base,
    /// Third person present.
    Third,
    /// Participle or gerund in -ing.
    Ing,
    /// Past that is no participle.
    Past,
    /// Past participle that is no past.
    Part,
    /// Past and participle alike.
    Ed,
}

/// A verb form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbWord {
    /// Its lemma; with its particle where it has one.
    pub lemma: String,
    /// Its form.
    pub form: Form,
    /// The family of deeds it makes.
    pub family: Option<Family>,
}

/// The families of deeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Attacks, raids, offensives of no stated means.
    Assault,
    /// Fighting of two sides.
    Clash,
    /// Strikes from the air.
    Air,
    /// Shelling: artillery, rockets, missiles.
    Shell,
    /// Bombs and mines.
    Blast,
    /// Suicide bombs.
    Suicide,
    /// Grenades.
    Grenade,
    /// Chemical weapons.
    Chemical,
    /// Killings.
    Kill,
    /// Abductions.
    Abduct,
    /// Sexual violence.
    Sexual,
    /// Ground taken.
    Seize,
    /// Arrests.
    Arrest,
    /// Protests.
    Protest,
    /// Riots and mobs.
    Riot,
    /// Property destroyed or taken.
    Loot,
    /// Truces and agreements.
    Agree,
    /// Weapons found, defused, shot down.
    Weapons,
    /// Bases set up.
    Base,
    /// Withdrawals.
    Withdraw,
    /// Deployments, defections, mergers, surrenders.
    Change,
    /// People who flee, mass graves.
    Displace,
    /// Roads, crossings, checkpoints, aid.
    Access,
}

/// A deed noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeedWord {
    /// Its family.
    pub family: Family,
}

/// What decides the type where the deed itself is general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Chemical weapons.
    Chemical,
    /// Suicide bombs.
    Suicide,
    /// Strikes from the air.
    Air,
    /// Grenades.
    Grenade,
    /// Bombs, mines, explosives.
    Ied,
    /// Shelling: artillery, rockets, missiles.
    Shell,
}

/// Whether people of a class fight, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Armed {
    /// A state's forces.
    State,
    /// Fighters of no state.
    Rebel,
    /// Either.
    Any,
}

/// A class of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// None for people who do not fight.
    pub armed: Option<Armed>,
    /// Holders of an office: persons of note.
    pub office: bool,
    /// The word means a single person.
    pub one: bool,
    /// Attackers named by the deed alone ("gunmen").
    pub doer: bool,
}

/// A rule that drops a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The word has another sense.
    OtherSense,
    /// Natural disasters.
    Disaster,
    /// Accidents.
    Accident,
    /// Crime.
    Crime,
    /// Sport.
    Sport,
    /// Business.
    Business,
    /// Films and books.
    Fiction,
    /// Drills.
    Exercise,
    /// Sanctions and expulsions.
    Diplomacy,
    /// Plans, threats, conditions.
    Hypothetical,
    /// Not carried out, or denied.
    Failed,
    /// A word without a deed.
    Bare,
    /// History.
    Background,
}

/// Kinds of effects on people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Dead.
    Killed,
    /// Hurt.
    Wounded,
    /// Taken.
    Captured,
}

/// How a verb of saying is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saying {
    /// Plainly.
    Say,
    /// With a doubt.
    Claim,
    /// An accusation.
    Accuse,
    /// A denial.
    Deny,
    /// A condemnation.
    Condemn,
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    closed: HashMap<String, Closed>,
    verbs: Table<VerbWord>,
    /// Verbs that bring a deed noun with its doer.
    pub light: Phrases,
    /// Verbs whose subject suffers the deed noun.
    pub suffering: Phrases,
    /// Words for people.
    pub people: Table<Class>,
    /// Words for aircraft.
    pub aircraft: Phrases,
    /// Weapons that act for whoever fires them.
    pub weapons_as_doers: Phrases,
    /// Equipment.
    pub materiel: Phrases,
    /// Equipment that is weapons.
    pub weapons: Phrases,
    /// Things by kind.
    pub objects: Table<String>,
    /// Words for where an armed party stands.
    pub positions: Phrases,
    /// Words for areas.
    pub areas: Phrases,
    fates: HashMap<String, Fate>,
    /// Deed nouns.
    pub deeds: Table<DeedWord>,
    effect_verbs: HashMap<String, Effect>,
    /// Verbs of dying.
    pub died: Phrases,
    effect_words: Table<Effect>,
    effect_nouns: Table<Effect>,
    /// Words for means.
    pub means: Table<Means>,
    sayings: HashMap<String, Saying>,
    /// Words for who speaks.
    pub speakers: Table<SpeakerKind>,
    /// Nouns that carry a report.
    pub reports: Phrases,
    rules: BTreeMap<Rule, Phrases>,
    /// Words after which another happening begins.
    pub separators: Phrases,
    /// Heads of phrases for bodies and groups of people.
    pub collectives: Phrases,
    /// Heads of phrases for places.
    pub sites: Phrases,
    /// Points of the compass in names of areas.
    pub compass: Phrases,
}

#[derive(Deserialize)]
struct ClosedFile {
    determiners: Vec<String>,
    prepositions: Vec<String>,
    conjunctions: Vec<String>,
    subordinators: Vec<String>,
    relatives: Vec<String>,
    pronouns: Vec<String>,
    be: Vec<String>,
    have: Vec<String>,
    #[serde(rename = "do")]
    do_: Vec<String>,
    modals: Vec<String>,
    negations: Vec<String>,
    adverbs: Vec<String>,
    adjectives: Vec<String>,
    verbs: Vec<String>,
    light_verbs: Vec<String>,
    suffering_verbs: Vec<String>,
    irregular: HashMap<String, [String; 2]>,
}

#[derive(Deserialize)]
struct ClassRow {
    #[serde(rename = "name")]
    _name: String,
    armed: Option<Armed>,
    #[serde(default)]
    office: bool,
    #[serde(default)]
    doer: bool,
    group: Vec<String>,
    one: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct PeopleFile {
    class: Vec<ClassRow>,
    aircraft: Words,
    weapons_as_doers: Words,
}

#[derive(Deserialize)]
struct MaterielRow {
    words: Vec<String>,
    weapons: Vec<String>,
}

#[derive(Deserialize)]
struct ThingsFile {
    materiel: MaterielRow,
    objects: BTreeMap<String, Vec<String>>,
    positions: Words,
    areas: Words,
    fates: HashMap<String, Fate>,
}

#[derive(Deserialize)]
struct DeedRow {
    family: Family,
    verbs: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
struct EffectsRow {
    killed_verbs: Vec<String>,
    died_verbs: Vec<String>,
    wounded_verbs: Vec<String>,
    captured_verbs: Vec<String>,
    killed_words: Vec<String>,
    wounded_words: Vec<String>,
    captured_words: Vec<String>,
    killed_nouns: Vec<String>,
    wounded_nouns: Vec<String>,
}

#[derive(Deserialize)]
struct DeedsFile {
    deed: Vec<DeedRow>,
    effects: EffectsRow,
    means: BTreeMap<Means, Vec<String>>,
}

#[derive(Deserialize)]
struct MentionsFile {
    collectives: Words,
    sites: Words,
    compass: Words,
}

#[derive(Deserialize)]
struct SpeechFile {
    verbs: HashMap<Saying, Vec<String>>,
    speakers: BTreeMap<SpeakerKind, Vec<String>>,
    reports: Words,
}

impl std::hash::Hash for Saying {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self as u8).hash(state);
    }
}

#[derive(Deserialize)]
struct RulesRow {
    other_sense: Vec<String>,
    disaster: Vec<String>,
    accident: Vec<String>,
    crime: Vec<String>,
    sport: Vec<String>,
    business: Vec<String>,
    fiction: Vec<String>,
    exercise: Vec<String>,
    diplomacy: Vec<String>,
    hypothetical: Vec<String>,
    failed: Vec<String>,
    background: Vec<String>,
}

#[derive(Deserialize)]
struct FiltersFile {
    rules: RulesRow,
    separators: Words,
}

impl Lexicon {
    /// Reads the data files.
    pub(super) fn read(sources: &Sources) -> Result<Self, toml::de::Error> {
        let mut lexicon = Self::default();
        let closed: ClosedFile = toml::from_str(sources.closed)?;
        let deeds: DeedsFile = toml::from_str(sources.deeds)?;
        lexicon.add_verbs(&closed, &deeds);
        lexicon.add_closed(closed);
        lexicon.add_deeds(deeds);
        lexicon.add_people(toml::from_str(sources.people)?);
        lexicon.add_things(toml::from_str(sources.things)?);
        lexicon.add_speech(toml::from_str(sources.speech)?);
        lexicon.add_filters(toml::from_str(sources.filters)?);
        let mentions: MentionsFile = toml::from_str(sources.mentions)?;
        lexicon.collectives = Phrases::of(&mentions.collectives.words);
        lexicon.sites = Phrases::of(&mentions.sites.words);
        lexicon.compass = Phrases::of(&mentions.compass.words);
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
        irregular: &HashMap<String, [String; 2]>,
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
        self.aircraft = Phrases::of(&file.aircraft.words);
        self.weapons_as_doers = Phrases::of(&file.weapons_as_doers.words);
    }

    fn add_things(&mut self, file: ThingsFile) {
        self.materiel = Phrases::of(&file.materiel.words);
        self.weapons = Phrases::of(&file.materiel.weapons);
        for (kind, words) in file.objects {
            for word in words {
                self.objects.add(&word, kind.clone());
            }
        }
        self.positions = Phrases::of(&file.positions.words);
        self.areas = Phrases::of(&file.areas.words);
        self.fates = file.fates;
    }

    fn add_deeds(&mut self, file: DeedsFile) {
        for row in file.deed {
            for noun in row.nouns {
                self.deeds.add(&noun, DeedWord { family: row.family });
            }
        }
        let effects = file.effects;
        self.died = Phrases::of(&effects.died_verbs);
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

    /// The phrases of a rule.
    pub fn rule(&self, rule: Rule) -> Option<&Phrases> {
        self.rules.get(&rule)
    }
}
