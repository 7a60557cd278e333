//! Where a mention begins and ends: with its article, its modifiers and what belongs to its name.

use super::mentions::Mentioner;
use super::refers::Refers;
use crate::extract::event::clause::Clause;
use crate::extract::language::{Closed, Form};
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::parse::token::{Caps, Shape};
use crate::model::text::fold;

impl Mentioner<'_, '_> {
    /// Where a phrase ends that the chunker cut before a speaker: after "the" or the adjective of a state.
    pub(super) fn whole(&self, clause: &Clause<'_, '_>, at: usize) -> usize {
        let mut end = at;
        while let Some((np, next)) =
            clause.np(end).zip(clause.np(end + 1)).filter(|(np, next)| np.last == next.first)
        {
            let bare = self.lexicon.closed(self.parsed.norm(np.head)).any(Closed::DET)
                || (self.demonym)(self.parsed.norm(np.head))
                || self.parsed.norm(np.head) == "state";
            if !bare || self.lexicon.closed(self.parsed.norm(next.first)).any(Closed::DET) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Points of the compass, "central" and Arabic articles before a name are part of it.
    pub(super) fn widened(&self, first: usize, start: usize) -> usize {
        let mut first = first;
        while first > start
            && self.belongs_before(first - 1)
            && self.parsed.tokens[first].caps != Caps::None
            && self.parsed.place_at(first).is_some()
        {
            first -= 1;
        }
        first
    }

    pub(super) fn belongs_before(&self, at: usize) -> bool {
        let token = &self.parsed.tokens[at];
        let article =
            token.norm != "the" && fold::is_article(&token.norm) && token.caps == Caps::First;
        article || self.points(at) || self.lexicon.compass.has(&token.norm)
    }

    /// A capitalised point of the compass: "East" in the name of a region.
    pub(super) fn points(&self, at: usize) -> bool {
        self.parsed
            .tokens
            .get(at)
            .is_some_and(|token| token.caps == Caps::First && self.lexicon.compass.has(&token.norm))
    }

    /// A phrase without the quotation mark or possessive that ends it.
    pub(super) fn trimmed(&self, np: &Np) -> usize {
        let mut last = np.last;
        while last > np.first + 1
            && self
                .parsed
                .tokens
                .get(last - 1)
                .is_some_and(|token| token.shape == Shape::Mark && !token.is("."))
        {
            last -= 1;
        }
        last
    }

    /// Where a phrase begins: a count that stands before it is left out.
    pub(super) fn first(&self, np: &Np) -> usize {
        let after = np
            .count
            .as_ref()
            .filter(|count| count.first == np.first && count.last <= np.head)
            .map(|count| count.last);
        let mut first = after.unwrap_or(np.first);
        while first < np.head
            && (self.parsed.tokens[first].shape == Shape::Mark
                || matches!(self.parsed.norm(first), "of" | "more" | "other" if after.is_some())
                || self.leads(first))
        {
            first += 1;
        }
        first
    }

    /// A word that the chunker took into the phrase though it stands before it: "that", "both", a verb before a name.
    pub(super) fn leads(&self, at: usize) -> bool {
        let (token, next) = (&self.parsed.tokens[at], &self.parsed.tokens[at + 1]);
        let verb = self
            .lexicon
            .verbs()
            .word(&token.norm)
            .is_some_and(|verb| matches!(verb.form, Form::Base | Form::Third | Form::Ing));
        let after_to = at > 0 && self.parsed.norm(at - 1) == "to";
        let plain = token.caps == Caps::None
            && !self.lexicon.closed(&token.norm).any(Closed::DET.with(Closed::ADJ));
        matches!(token.norm.as_str(), "that" | "both")
            && (next.norm.ends_with('s') || next.caps != Caps::None)
            || plain && next.caps != Caps::None && !next.hyphen && (verb || after_to)
    }

    /// The last chunk of the phrase: "of" phrases and the country after a comma belong to it.
    pub(super) fn end(&self, clause: &Clause<'_, '_>, at: usize, refers: Refers) -> usize {
        let mut end = at;
        while let Some(next) = clause.of(end).filter(|next| self.belongs(clause, *next, refers)) {
            end = next;
        }
        let comma = matches!(clause.chunk(end + 1), Some(Chunk::Comma(_)));
        let container = clause.np(end + 2).is_some_and(|np| {
            self.parsed
                .place_at(np.first)
                .is_some_and(|spot| self.parsed.spots[spot].contains && np.last - np.first <= 3)
        });
        if refers == Refers::Place && comma && container { end + 2 } else { end }
    }

    /// Whether the phrase after "of" is part of the name: a name itself, or a definite group or place.
    pub(super) fn belongs(&self, clause: &Clause<'_, '_>, at: usize, refers: Refers) -> bool {
        let (Some(np), Some(entity)) = (clause.np(at), clause.entity(at)) else { return false };
        let inner = self.refers(clause, at, np, entity);
        let capital = self.parsed.tokens[np.head].caps != Caps::None;
        match refers {
            Refers::Party => {
                inner != Refers::Person
                    && (capital || inner == Refers::Party || inner == Refers::Place)
            }
            Refers::Place => inner == Refers::Place || capital && inner != Refers::Person,
            _ => capital,
        }
    }

    /// The article belongs to a name that owns something ("the ISF's"), not to one before a noun ("the SDF advance").
    pub(super) fn with_article(&self, first: usize, last: usize) -> usize {
        let owns = self.parsed.tokens.get(last).is_some_and(|next| next.is("'s") || next.is("'"));
        let article = first > 0 && self.parsed.norm(first - 1) == "the";
        if owns && article { first - 1 } else { first }
    }
}
