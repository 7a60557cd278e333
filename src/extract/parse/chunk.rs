//! Chunks: noun phrases, verb groups, and the small words between them.

use super::count::Count;
use crate::extract::language::VerbWord;

/// A noun phrase without what follows it.
#[derive(Debug, Clone)]
pub struct Np {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// Its head: the last noun or name.
    pub head: usize,
    /// The count at its start.
    pub count: Option<Count>,
    /// Begins with a definite determiner or a possessive.
    pub definite: bool,
}

/// A verb group.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of grammar")]
pub struct Vg<'a> {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// The main verb's token.
    pub head: usize,
    /// The main verb; none for a bare "be" or "have" and for unknown verbs.
    pub verb: Option<&'a VerbWord>,
    /// Be or get with a participle.
    pub passive: bool,
    /// A participle without a helper: active "killing", or reduced passive "killed in".
    pub bare: bool,
    /// "not", "never".
    pub negated: bool,
    /// A modal that leaves open whether it happens.
    pub modal: bool,
    /// After "to".
    pub infinitive: bool,
    /// A form of have before it.
    pub perfect: bool,
    /// Only a form of be or have.
    pub copula: bool,
}

/// What a chunk is.
#[derive(Debug, Clone)]
pub enum Chunk<'a> {
    /// A noun phrase.
    Np(Np),
    /// A verb group.
    Vg(Vg<'a>),
    /// A preposition.
    Prep(usize),
    /// A conjunction.
    Conj(usize),
    /// A subordinator.
    Sub(usize),
    /// A relative pronoun.
    Rel(usize),
    /// A date.
    Date(usize, usize),
    /// What stands in brackets, and ages.
    Aside(usize, usize),
    /// A comma.
    Comma(usize),
    /// A punctuation mark.
    Mark(usize),
    /// An adverb.
    Adv(usize),
}

impl Chunk<'_> {
    /// Its first token.
    pub fn first(&self) -> usize {
        match self {
            Self::Np(np) => np.first,
            Self::Vg(vg) => vg.first,
            Self::Prep(at)
            | Self::Conj(at)
            | Self::Sub(at)
            | Self::Rel(at)
            | Self::Date(at, _)
            | Self::Aside(at, _)
            | Self::Comma(at)
            | Self::Mark(at)
            | Self::Adv(at) => *at,
        }
    }

    /// The token after its last.
    pub fn last(&self) -> usize {
        match self {
            Self::Np(np) => np.last,
            Self::Vg(vg) => vg.last,
            Self::Date(_, last) | Self::Aside(_, last) => *last,
            other => other.first() + 1,
        }
    }
}
