//! Word classes: a closed-class tagger with suffix rules; the deed lexicon wins over both.

use super::count;
use super::token::{Caps, Shape, Token};
use crate::extract::language::{Closed, Family, Form, Lexicon, VerbWord};

/// The class of a token in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A determiner.
    Det,
    /// A number.
    Num,
    /// An adjective.
    Adj,
    /// A noun.
    Noun,
    /// A name.
    Name,
    /// A verb.
    Verb,
    /// A helping verb: be, have, do, a modal.
    Aux,
    /// A preposition.
    Prep,
    /// "to".
    To,
    /// A conjunction.
    Conj,
    /// A subordinator.
    Sub,
    /// A relative pronoun.
    Rel,
    /// A pronoun.
    Pron,
    /// A negation.
    Neg,
    /// An adverb.
    Adv,
    /// The possessive mark.
    Poss,
    /// A punctuation mark.
    Mark,
}

/// A tagged token.
#[derive(Debug, Clone)]
pub struct Word<'a> {
    /// Its class.
    pub tag: Tag,
    /// Its verb reading, where the class is a verb.
    pub verb: Option<&'a VerbWord>,
    /// How many tokens the verb phrase takes ("blew up").
    pub verb_length: usize,
}

/// Tags the tokens of one sentence. `named` tells which tokens belong to a recognised name, `dated` which to a date.
pub fn tag<'a>(
    lexicon: &'a Lexicon,
    tokens: &[Token],
    named: &[bool],
    dated: &[bool],
) -> Vec<Word<'a>> {
    let mut tagger =
        Tagger { lexicon, tokens, named, dated, words: Vec::with_capacity(tokens.len()), skip: 0 };
    for at in 0..tokens.len() {
        let word = tagger.word(at);
        tagger.words.push(word);
    }
    tagger.words
}

pub(super) struct Tagger<'a, 'b> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) tokens: &'b [Token],
    pub(super) named: &'b [bool],
    pub(super) dated: &'b [bool],
    pub(super) words: Vec<Word<'a>>,
    /// Tokens of a verb phrase already taken.
    skip: usize,
}

const fn plain<'a>(tag: Tag) -> Word<'a> {
    Word { tag, verb: None, verb_length: 0 }
}

impl<'a> Tagger<'a, '_> {
    fn word(&mut self, at: usize) -> Word<'a> {
        let token = &self.tokens[at];
        if self.skip > 0 {
            self.skip -= 1;
            return plain(Tag::Adv);
        }
        match token.shape {
            Shape::Mark if token.is("'s") || (token.is("'") && self.after_plural(at)) => {
                return plain(Tag::Poss);
            }
            Shape::Mark => return plain(Tag::Mark),
            Shape::Number => return plain(if self.dated[at] { Tag::Noun } else { Tag::Num }),
            Shape::Word => {}
        }
        if self.named[at] {
            return plain(Tag::Name);
        }
        if self.dated[at] {
            return plain(Tag::Noun);
        }
        self.closed(at).map_or_else(|| self.open(at), plain)
    }

    pub(super) fn after_plural(&self, at: usize) -> bool {
        at > 0
            && self.tokens[at - 1].end == self.tokens[at].start
            && self.tokens[at - 1].norm.ends_with('s')
    }

    pub(super) fn previous(&self) -> Option<Tag> {
        self.words.last().map(|word| word.tag)
    }

    pub(super) fn norm(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.norm.as_str())
    }

    pub(super) fn closed(&self, at: usize) -> Option<Tag> {
        let norm = self.norm(at);
        let class = self.lexicon.closed(norm);
        let next = self.norm(at + 1);
        match norm {
            "to" => return Some(Tag::To),
            "in" | "all" if self.in_all(at) => return Some(Tag::Adv),
            "may" | "march" | "will" if self.tokens[at].caps != Caps::None && at > 0 => {
                return Some(Tag::Name);
            }
            "that" => return Some(self.that(at)),
            "us" | "who" if self.tokens[at].caps == Caps::All => return Some(Tag::Name),
            "there" | "here" => return Some(Tag::Adv),
            // "troops loyal to A"
            "loyal" if next == "to" => return Some(Tag::Adv),
            "others" => return Some(Tag::Noun),
            // "the gas field", "a gas pipeline": a verb only where it can be nothing else
            "gas" | "gases" if !matches!(self.previous(), Some(Tag::To | Tag::Aux)) => {
                return Some(Tag::Noun);
            }
            // "soldiers and allied militiamen"
            "allied" if self.lexicon.people.word(next).is_some() => return Some(Tag::Adj),
            // "the so-called Army": with a hyphen or without
            "so" if next == "called" => return Some(Tag::Adj),
            "called" if at > 0 && self.norm(at - 1) == "so" => return Some(Tag::Adj),
            // "the only route", "the outside world"
            "only" | "outside" | "inside" | "nearby" | "then"
                if self.previous() == Some(Tag::Det)
                    && self.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Word)
                    && self.lexicon.closed(next) == Closed::default() =>
            {
                return Some(Tag::Adj);
            }
            "one" | "two" if !matches!(next, "of") => return Some(Tag::Num),
            _ => {}
        }
        if count::is_number_word(norm) {
            return Some(Tag::Num);
        }
        let table = [
            (Closed::MODAL, Tag::Aux),
            (Closed::BE.with(Closed::HAVE).with(Closed::DO), Tag::Aux),
            (Closed::REL, Tag::Rel),
            (Closed::DET, Tag::Det),
            (Closed::NEG, Tag::Neg),
            (Closed::CONJ, Tag::Conj),
        ];
        if let Some((_, tag)) = table.iter().find(|(bits, _)| class.any(*bits)) {
            return Some(*tag);
        }
        self.closed_by_place(at, class)
    }

    /// Prepositions and subordinators overlap: "after the attack", "after gunmen attacked".
    fn closed_by_place(&self, at: usize, class: Closed) -> Option<Tag> {
        let verb_after = self.lexicon.verbs().find(self.tokens, at).is_some();
        if class.any(Closed::SUB) {
            return Some(Tag::Sub);
        }
        if class.any(Closed::PREP) && self.tokens[at].hyphen {
            return Some(Tag::Noun);
        }
        if class.any(Closed::PREP) {
            let hyphened = self.tokens.get(at + 1).is_some_and(|next| next.hyphen);
            return if hyphened && !self.tokens[at].hyphen {
                Some(Tag::Adj)
            } else {
                Some(Tag::Prep)
            };
        }
        if class.any(Closed::PRON) {
            return Some(Tag::Pron);
        }
        if class.any(Closed::ADV) && !class.any(Closed::ADJ) && !verb_after {
            return Some(Tag::Adv);
        }
        if class.any(Closed::ADJ)
            && !verb_after
            && !self.lexicon.people.word(self.norm(at)).is_some_and(|_| self.ends_phrase(at))
        {
            return Some(Tag::Adj);
        }
        None
    }

    /// "in all", "in total" before a count.
    pub(super) fn in_all(&self, at: usize) -> bool {
        let start = if self.norm(at) == "in" { at } else { at.wrapping_sub(1) };
        let counted = count::count(self.tokens, start.wrapping_add(2)).is_some();
        self.norm(start) == "in" && matches!(self.norm(start + 1), "all" | "total") && counted
    }

    /// Whether the word is the last of its noun phrase.
    pub(super) fn ends_phrase(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let class = self.lexicon.closed(&next.norm);
        next.shape == Shape::Mark
            || class.any(
                Closed::PREP
                    .with(Closed::CONJ)
                    .with(Closed::BE)
                    .with(Closed::HAVE)
                    .with(Closed::SUB)
                    .with(Closed::REL)
                    .with(Closed::DET)
                    .with(Closed::MODAL),
            )
            || self
                .lexicon
                .verbs()
                .find(self.tokens, at + 1)
                .is_some_and(|(_, verb)| verb.form != Form::Base)
    }

    /// "that" begins a relative or reported clause unless a noun follows it.
    fn that(&self, at: usize) -> Tag {
        let next = self.norm(at + 1);
        let class = self.lexicon.closed(next);
        let verb = self
            .lexicon
            .verbs()
            .find(self.tokens, at + 1)
            .is_some_and(|(_, verb)| !matches!(verb.form, Form::Base | Form::Ing));
        if class.any(Closed::BE.with(Closed::HAVE).with(Closed::MODAL).with(Closed::DO)) || verb {
            return Tag::Rel;
        }
        let said = self.words.last().is_some_and(|word| word.tag == Tag::Verb);
        let starts = class.any(Closed::DET.with(Closed::PRON))
            || self
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.caps != Caps::None || next.shape == Shape::Number);
        if said || starts { Tag::Sub } else { Tag::Det }
    }

    fn open(&mut self, at: usize) -> Word<'a> {
        if let Some((length, verb)) = self.lexicon.verbs().find(self.tokens, at)
            && self.is_verb(at, length, verb)
        {
            self.skip = length - 1;
            return Word { tag: Tag::Verb, verb: Some(verb), verb_length: length };
        }
        let token = &self.tokens[at];
        let norm = token.norm.as_str();
        let known = self.lexicon.people.word(norm).is_some()
            || self.lexicon.deeds.word(norm).is_some()
            || self.lexicon.means.word(norm).is_some()
            || self.lexicon.objects.word(norm).is_some()
            || self.lexicon.areas.has(norm);
        if known {
            return plain(Tag::Noun);
        }
        if self.lexicon.verbs().find(self.tokens, at).is_some() {
            return plain(if self.noun_follows(at) { Tag::Adj } else { Tag::Noun });
        }
        if token.caps != Caps::None && at > 0 {
            return plain(Tag::Name);
        }
        plain(self.by_suffix(at, norm))
    }

    fn by_suffix(&self, at: usize, norm: &str) -> Tag {
        let before = self.previous();
        if norm.len() > 4 && norm.ends_with("ly") {
            return Tag::Adv;
        }
        // "three children herding goats"
        let people = at > 0 && self.lexicon.people.word(self.norm(at - 1)).is_some();
        if people && norm.len() > 5 && norm.ends_with("ing") && self.noun_follows(at) {
            return Tag::Verb;
        }
        if norm.len() > 4 && norm.ends_with("ed") {
            let modifies =
                matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Num | Tag::Prep))
                    || self.tokens[at].hyphen;
            return if modifies && self.noun_follows(at) { Tag::Adj } else { Tag::Verb };
        }
        Tag::Noun
    }
}

/// Whether a family's verbs are violent.
pub fn is_violent(family: Family) -> bool {
    use Family::{
        Abduct, Air, Assault, Blast, Chemical, Clash, Grenade, Kill, Sexual, Shell, Suicide,
    };
    matches!(
        family,
        Assault
            | Clash
            | Air
            | Shell
            | Blast
            | Suicide
            | Grenade
            | Chemical
            | Kill
            | Abduct
            | Sexual
    )
}
