//! Which sections a digest has, and in what order.

use serde::{Deserialize, Serialize};

/// A section that a look may move or leave out: 3 to 11 of the briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionName {
    /// At a glance.
    Figures,
    /// By faction.
    Factions,
    /// Who is active where.
    Matrix,
    /// Since your last issue.
    Changes,
    /// Movement and access.
    Access,
    /// Truces and talks.
    Talks,
    /// The events themselves.
    Events,
    /// Denied and disputed.
    Disputed,
    /// Earlier, reported now.
    Earlier,
}

/// A list of sections, each named once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<SectionName>", into = "Vec<SectionName>")]
pub struct Sections(Vec<SectionName>);

/// A section stands twice in the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("section `{0:?}` is named twice; name each section once")]
pub struct RepeatedSection(SectionName);

impl Sections {
    /// The names in order.
    pub fn names(&self) -> &[SectionName] {
        &self.0
    }
}

impl Default for Sections {
    fn default() -> Self {
        use SectionName::{
            Access, Changes, Disputed, Earlier, Events, Factions, Figures, Matrix, Talks,
        };
        Self(vec![Figures, Factions, Matrix, Changes, Access, Talks, Events, Disputed, Earlier])
    }
}

impl TryFrom<Vec<SectionName>> for Sections {
    type Error = RepeatedSection;

    fn try_from(names: Vec<SectionName>) -> Result<Self, Self::Error> {
        let repeated = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
        match repeated {
            Some((_, name)) => Err(RepeatedSection(*name)),
            None => Ok(Self(names)),
        }
    }
}

impl From<Sections> for Vec<SectionName> {
    fn from(sections: Sections) -> Self {
        sections.0
    }
}
