//! A section: its id, its heading and what stands in it.

use super::changes::Item;
use super::events::GroupView;
use super::factions::FactionView;
use super::figures::Fact;
use super::matrix::MatrixView;
use crate::render::sentence::Line;

/// A section of the digest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SectionView {
    /// The id in `data-sec`.
    pub(crate) id: &'static str,
    /// The heading.
    pub(crate) heading: String,
    /// The content.
    pub(crate) body: Body,
}

/// What stands in a section.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    /// Key points with a sentence before them on quiet and partial days.
    Points {
        /// The sentence before; empty on a normal day.
        note: Vec<String>,
        /// The points.
        lines: Vec<Line>,
    },
    /// Label and value.
    Facts(Vec<Fact>),
    /// Factions.
    Factions {
        /// One entry each.
        rows: Vec<FactionView>,
        /// A sentence after them; empty for none.
        note: String,
    },
    /// The table.
    Matrix(MatrixView),
    /// Short items with event ids and references.
    Items(Vec<Item>),
    /// Groups of events.
    Groups(Vec<GroupView>),
    /// Event lines.
    Lines(Vec<Line>),
}

impl SectionView {
    /// A section, or none where there is nothing to say.
    pub(crate) fn new(id: &'static str, heading: impl Into<String>, body: Body) -> Option<Self> {
        (!body.is_empty()).then(|| Self { id, heading: heading.into(), body })
    }
}

impl Body {
    fn is_empty(&self) -> bool {
        match self {
            Self::Points { note, lines } => note.is_empty() && lines.is_empty(),
            Self::Facts(facts) => facts.is_empty(),
            Self::Factions { rows, .. } => rows.is_empty(),
            Self::Matrix(matrix) => matrix.rows.is_empty(),
            Self::Items(items) => items.is_empty(),
            Self::Groups(groups) => groups.is_empty(),
            Self::Lines(lines) => lines.is_empty(),
        }
    }
}
