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

struct Tagger<'a, 'b> {
    lexicon: &'a Lexicon,
    tokens: &'b [Token],
    named: &'b [bool],
    dated: &'b [bool],
    words: Vec<Word<'a>>,
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

    fn after_plural(&self, at: usize) -> bool {
        at > 0
            && self.tokens[at - 1].end == self.tokens[at].start
            && self.tokens[at - 1].norm.ends_with('s')
    }

    fn previous(&self) -> Option<Tag> {
        self.words.last().map(|word| word.tag)
    }

    fn norm(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.norm.as_str())
    }

    fn closed(&self, at: usize) -> Option<Tag> {
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
            "others" => return Some(Tag::Noun),
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
    fn in_all(&self, at: usize) -> bool {
        let start = if self.norm(at) == "in" { at } else { at.wrapping_sub(1) };
        let counted = count::count(self.tokens, start.wrapping_add(2)).is_some();
        self.norm(start) == "in" && matches!(self.norm(start + 1), "all" | "total") && counted
    }

    /// Whether the word is the last of its noun phrase.
    fn ends_phrase(&self, at: usize) -> bool {
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
        if norm.len() > 4 && norm.ends_with("ed") {
            let modifies =
                matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Num | Tag::Prep))
                    || self.tokens[at].hyphen;
            return if modifies && self.noun_follows(at) { Tag::Adj } else { Tag::Verb };
        }
        Tag::Noun
    }

    fn noun_follows(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let class = self.lexicon.closed(&next.norm);
        let closed = class.any(
            Closed::PREP
                .with(Closed::DET)
                .with(Closed::CONJ)
                .with(Closed::SUB)
                .with(Closed::PRON)
                .with(Closed::BE)
                .with(Closed::HAVE)
                .with(Closed::MODAL)
                .with(Closed::REL),
        ) || next.norm == "to";
        next.shape == Shape::Word && !closed && !self.dated.get(at + 1).copied().unwrap_or(false)
    }

    /// Whether a form that is in the verb table is a verb here.
    fn is_verb(&self, at: usize, length: usize, verb: &VerbWord) -> bool {
        let before = self.previous();
        let norm = self.norm(at);
        if self.tokens[at].hyphen || self.tokens.get(at + length).is_some_and(|next| next.hyphen) {
            return false;
        }
        let nounish = self.lexicon.deeds.word(norm).is_some()
            || self.lexicon.people.word(norm).is_some()
            || self.lexicon.means.word(norm).is_some()
            || self.lexicon.positions.has(norm)
            || self.lexicon.objects.word(norm).is_some();
        match verb.form {
            Form::Base => self.base_is_verb(at, length, verb, nounish),
            Form::Third => self.third_is_verb(at, length, nounish),
            Form::Ing => self.ing_is_verb(at, length, nounish),
            Form::Past => true,
            Form::Part | Form::Ed => {
                let modifies = matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss))
                    || (before == Some(Tag::Prep) && self.norm(at.wrapping_sub(1)) != "after");
                // "the wounded were taken"
                let people = before == Some(Tag::Det)
                    && self.norm(at.wrapping_sub(1)) == "the"
                    && self.lexicon.effect_of_word(norm).is_some();
                !(people || modifies && self.noun_follows(at + length - 1))
            }
        }
    }

    fn base_is_verb(&self, at: usize, length: usize, verb: &VerbWord, nounish: bool) -> bool {
        let after_helper = self
            .words
            .iter()
            .rev()
            .find(|word| !matches!(word.tag, Tag::Adv | Tag::Neg))
            .is_some_and(|word| word.tag == Tag::To)
            || self
                .words
                .iter()
                .enumerate()
                .rev()
                .find(|(_, word)| !matches!(word.tag, Tag::Adv | Tag::Neg))
                .is_some_and(|(index, word)| {
                    word.tag == Tag::Aux
                        && self.lexicon.closed(self.norm(index)).any(Closed::MODAL.with(Closed::DO))
                });
        if after_helper {
            return true;
        }
        let before = self.previous();
        if matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Num))
            && (nounish || verb.family.is_none())
        {
            return false;
        }
        let object = self.object_follows(at + length);
        let plural_before = at > 0
            && (self.norm(at - 1).ends_with('s')
                || self.lexicon.people.word(self.norm(at - 1)).is_some_and(|class| !class.one));
        match before {
            Some(Tag::Pron) => true,
            Some(Tag::Noun | Tag::Name)
                if !nounish && plural_before && at > 0 && !self.noun_follows(at + length - 1) =>
            {
                true
            }
            Some(Tag::Noun | Tag::Name) if nounish => {
                plural_before && object && self.no_finite_verb(at)
            }
            Some(Tag::Noun | Tag::Name | Tag::Conj | Tag::Rel) => {
                object && (plural_before || before != Some(Tag::Noun))
            }
            Some(Tag::Num) => object,
            None => object && !nounish,
            _ => false,
        }
    }

    fn third_is_verb(&self, at: usize, length: usize, nounish: bool) -> bool {
        let before = self.previous();
        if matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Num | Tag::Prep)) {
            return false;
        }
        if !nounish {
            return before.is_some();
        }
        let after = self.norm(at + length);
        let verb_after = self
            .lexicon
            .verbs()
            .find(self.tokens, at + length)
            .is_some_and(|(_, verb)| verb.form != Form::Ing);
        let singular = at > 0 && !self.norm(at - 1).ends_with('s');
        singular
            && matches!(before, Some(Tag::Name | Tag::Noun))
            && self.object_follows(at + length)
            && !verb_after
            && !matches!(after, "on" | "in" | "by" | "against")
            && self.no_finite_verb(at)
    }

    fn ing_is_verb(&self, at: usize, length: usize, nounish: bool) -> bool {
        let before = self.previous();
        if self.norm(at + length) == "of" {
            return false;
        }
        if nounish {
            let object = self.object_follows(at + length);
            // "accused of killing the priest": no noun has a determiner or a count behind it
            if before == Some(Tag::Prep) && self.determined(at + length) {
                return true;
            }
            return object
                && !matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Prep))
                && !self.norm(at + length).is_empty();
        }
        !matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss)) || self.object_follows(at + length)
    }

    /// Whether a determiner or a count begins here.
    fn determined(&self, at: usize) -> bool {
        self.lexicon.closed(self.norm(at)).any(Closed::DET)
            || count::count(self.tokens, at).is_some()
    }

    /// Whether what follows can begin an object.
    fn object_follows(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at) else { return false };
        if next.shape == Shape::Mark {
            return next.is("\"");
        }
        let class = self.lexicon.closed(&next.norm);
        class.any(Closed::DET.with(Closed::ADJ))
            || next.shape == Shape::Number
            || self.named.get(at).copied().unwrap_or(false)
            || count::count(self.tokens, at).is_some()
            || (next.caps != Caps::None
                && !class.any(Closed::PREP.with(Closed::SUB).with(Closed::CONJ)))
            || self.lexicon.people.word(&next.norm).is_some()
            || self.lexicon.objects.word(&next.norm).is_some()
            || self.lexicon.areas.has(&next.norm)
            || self.lexicon.positions.has(&next.norm)
            || self.lexicon.materiel.has(&next.norm)
    }

    fn no_finite_verb(&self, at: usize) -> bool {
        let finite = |word: &Word<'_>| {
            word.tag == Tag::Aux
                || word
                    .verb
                    .is_some_and(|verb| matches!(verb.form, Form::Past | Form::Ed | Form::Third))
        };
        let start = self
            .words
            .iter()
            .rposition(|word| matches!(word.tag, Tag::Sub | Tag::Rel))
            .map_or(0, |index| index + 1);
        let after = self.tokens[at + 1..]
            .iter()
            .take(6)
            .any(|token| self.lexicon.closed(&token.norm).any(Closed::BE.with(Closed::HAVE)));
        !self.words[start.min(at)..at].iter().any(finite) && !after
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
