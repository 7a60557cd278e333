//! What a noun phrase stands for.

use crate::extract::language::{Class, Family};
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
