//! A place name in a text.

use super::candidate::{Candidate, PlaceKind};

/// What a name stands for in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionRole {
    /// A place in a locative frame: "in X", "the town of X", "X governorate", or a list that goes on with X.
    Framed,
    /// A name without a frame: subject, object. A place if a town, hardly if a country.
    Bare,
    /// The place that the report was filed from. Its country says something, the place itself nothing.
    Dateline,
    /// Part of an organisation's or person's name: "X University". No place.
    Institution,
    /// A government called by its capital: "Damascus said". No place.
    Metonym,
    /// Part of an adjective: "X-backed". No place.
    Modifier,
}

/// A place name in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention<'a> {
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end. The type word of a facility belongs to the name ("Tabqa dam"), of a town not.
    pub end: usize,
    /// The slice itself.
    pub text: String,
    /// How the event lies to it: `in`, `near`, `south of`, `countryside of`, `from` …; empty without a frame.
    pub relation: String,
    /// What it stands for.
    pub role: MentionRole,
    /// What a type word says it is: "the town of X", "X governorate".
    pub typed: Option<PlaceKind>,
    /// What it may mean, best first by the name alone. Empty for an unknown name in a locative frame.
    pub candidates: Vec<Candidate<'a>>,
    /// The index of the mention that says where it lies: "X, in Y's northern countryside".
    pub within: Option<usize>,
    /// Whether it only says where another mention lies.
    pub container: bool,
}

impl PlaceMention<'_> {
    /// Whether an event can be placed there by this mention: framed, or a bare name of something smaller than a
    /// country; not where somebody merely comes from or goes to.
    pub fn is_location(&self) -> bool {
        let country = self.candidates.first().is_some_and(|best| best.kind == PlaceKind::Country);
        let away = matches!(self.relation.as_str(), "to" | "from" | "towards" | "via");
        let remote = country
            && !matches!(self.relation.as_str(), "in" | "near" | "around" | "countryside of");
        match self.role {
            MentionRole::Framed => !away && !remote,
            MentionRole::Bare => !country && !self.candidates.is_empty(),
            _ => false,
        }
    }

    /// Whether the gazetteer or a pack knows the name.
    pub fn is_known(&self) -> bool {
        !self.candidates.is_empty()
    }
}
