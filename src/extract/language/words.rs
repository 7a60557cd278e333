//! What a word can be: its closed class, its form, the deed, effect, means or rule that it stands for.

use serde::Deserialize;

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

impl std::hash::Hash for Saying {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self as u8).hash(state);
    }
}
