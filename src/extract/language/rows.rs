//! The rows of the data files of a language, as they are written.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::words::{Armed, Family, Means, Saying};
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
    pub(super) page: &'static str,
}

#[derive(Deserialize)]
pub(super) struct ClosedFile {
    pub(super) determiners: Vec<String>,
    pub(super) prepositions: Vec<String>,
    pub(super) conjunctions: Vec<String>,
    pub(super) subordinators: Vec<String>,
    pub(super) relatives: Vec<String>,
    pub(super) pronouns: Vec<String>,
    pub(super) be: Vec<String>,
    pub(super) have: Vec<String>,
    #[serde(rename = "do")]
    pub(super) do_: Vec<String>,
    pub(super) modals: Vec<String>,
    pub(super) negations: Vec<String>,
    pub(super) adverbs: Vec<String>,
    pub(super) adjectives: Vec<String>,
    pub(super) masks: Vec<String>,
    pub(super) masks_apart: Vec<String>,
    pub(super) prefixes: Vec<String>,
    pub(super) partitives: Vec<String>,
    pub(super) held_verbs: Vec<String>,
    pub(super) tied_verbs: Vec<String>,
    pub(super) leading: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) light_verbs: Vec<String>,
    pub(super) suffering_verbs: Vec<String>,
    pub(super) irregular: FxHashMap<String, [String; 2]>,
}

#[derive(Deserialize)]
pub(super) struct ClassRow {
    #[serde(rename = "name")]
    pub(super) _name: String,
    pub(super) armed: Option<Armed>,
    #[serde(default)]
    pub(super) office: bool,
    #[serde(default)]
    pub(super) doer: bool,
    pub(super) group: Vec<String>,
    pub(super) one: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct PeopleFile {
    pub(super) class: Vec<ClassRow>,
    pub(super) rulers: Words,
    pub(super) animals: Words,
    pub(super) aircraft: Words,
    pub(super) aircraft_makers: Words,
    pub(super) bands: Words,
    pub(super) weapons_as_doers: Words,
}

#[derive(Deserialize)]
pub(super) struct MaterielRow {
    pub(super) words: Vec<String>,
    pub(super) weapons: Vec<String>,
    pub(super) unmanned: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct ThingsFile {
    pub(super) materiel: MaterielRow,
    pub(super) objects: BTreeMap<String, Vec<String>>,
    pub(super) positions: Words,
    pub(super) areas: Words,
    pub(super) vague: Words,
    pub(super) ways: Words,
    pub(super) fates: FxHashMap<String, Fate>,
    pub(super) fate_nouns: FxHashMap<String, Fate>,
}

#[derive(Deserialize)]
pub(super) struct DeedRow {
    pub(super) family: Family,
    pub(super) verbs: Vec<String>,
    pub(super) nouns: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct EffectsRow {
    pub(super) mortal_verbs: Vec<String>,
    pub(super) killed_verbs: Vec<String>,
    pub(super) died_verbs: Vec<String>,
    pub(super) wounded_verbs: Vec<String>,
    pub(super) captured_verbs: Vec<String>,
    pub(super) killed_words: Vec<String>,
    pub(super) wounded_words: Vec<String>,
    pub(super) captured_words: Vec<String>,
    pub(super) killed_nouns: Vec<String>,
    pub(super) wounded_nouns: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) body: Vec<String>,
    pub(super) injuries: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct DeedsFile {
    pub(super) deed: Vec<DeedRow>,
    pub(super) effects: EffectsRow,
    pub(super) means: BTreeMap<Means, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct MentionsFile {
    pub(super) collectives: Words,
    pub(super) sites: Words,
    pub(super) compass: Words,
    pub(super) organisations: OrganisationsRow,
}

#[derive(Deserialize)]
pub(super) struct OrganisationsRow {
    pub(super) heads: Vec<String>,
    pub(super) armed: Vec<String>,
    pub(super) starts: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct SpeechFile {
    pub(super) verbs: FxHashMap<Saying, Vec<String>>,
    pub(super) speakers: BTreeMap<SpeakerKind, Vec<String>>,
    pub(super) reports: Words,
    pub(super) utterances: Words,
    pub(super) voices: VoicesRow,
    pub(super) offices: OfficesRow,
    pub(super) owners: Words,
    pub(super) denials: DenialsRow,
    pub(super) partisan: PartisanRow,
}

#[derive(Deserialize)]
pub(super) struct VoicesRow {
    pub(super) counts: Vec<String>,
    pub(super) police: Vec<String>,
    pub(super) services: Vec<String>,
    pub(super) local: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct PartisanRow {
    pub(super) own: Vec<String>,
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct OfficesRow {
    pub(super) words: Vec<String>,
    pub(super) healers: Vec<String>,
    pub(super) neutral: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct DenialsRow {
    pub(super) deniable: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) phrases: Vec<String>,
    pub(super) figures: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct RulesRow {
    pub(super) other_sense: Vec<String>,
    pub(super) disaster: Vec<String>,
    pub(super) accident: Vec<String>,
    pub(super) crime: Vec<String>,
    pub(super) sport: Vec<String>,
    pub(super) business: Vec<String>,
    pub(super) fiction: Vec<String>,
    pub(super) exercise: Vec<String>,
    pub(super) diplomacy: Vec<String>,
    pub(super) hypothetical: Vec<String>,
    pub(super) failed: Vec<String>,
    pub(super) background: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct FiltersFile {
    pub(super) rules: RulesRow,
    pub(super) separators: Words,
}
