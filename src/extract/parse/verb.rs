//! Whether a word that can be a verb is one where it stands.

use super::count;
use super::tag::{Tag, Tagger, Word};
use super::token::{Caps, Shape};
use crate::extract::language::{Closed, Form, VerbWord};

/// Verbs of saying whose base form is no noun.
const SAYS: &[&str] = &[
    "accuse", "admit", "allege", "announce", "believe", "confirm", "declare", "deny", "insist",
    "say", "tell", "warn",
];

impl Tagger<'_, '_> {
    pub(super) fn noun_follows(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        // "the occupied West Bank": the first word of a name, whatever it means alone
        if next.caps != Caps::None && self.named.get(at + 1).copied().unwrap_or(false) {
            return true;
        }
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
    pub(super) fn is_verb(&self, at: usize, length: usize, verb: &VerbWord) -> bool {
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
                    || self.graded(at)
                    || self.second_past()
                    || self.counted_people(at + length)
                    || (before == Some(Tag::Prep) && self.norm(at.wrapping_sub(1)) != "after");
                // "12 dead and wounded": a noun, unless a count of its own follows
                let fallen = before == Some(Tag::Conj)
                    && at >= 2
                    && matches!(self.norm(at - 2), "dead" | "killed")
                    && self.lexicon.effect_of_word(norm).is_some()
                    && count::count(self.tokens, at + length).is_none();
                if fallen {
                    return false;
                }
                // "the wounded were taken"
                let people = before == Some(Tag::Det)
                    && self.norm(at.wrapping_sub(1)) == "the"
                    && self.lexicon.effect_of_word(norm).is_some();
                !(people || modifies && self.noun_follows(at + length - 1))
            }
        }
    }

    /// "by heavily armed men", "the newly appointed governor": an adverb before a participle inside a noun phrase.
    fn graded(&self, at: usize) -> bool {
        let adverb = self.previous() == Some(Tag::Adv) && self.norm(at - 1).ends_with("ly");
        let before = at.checked_sub(2).and_then(|at| self.words.get(at)).map(|word| word.tag);
        adverb && matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Num | Tag::Prep))
    }

    /// "of two kidnapped men": a count after a preposition begins a noun phrase, which a word for people ends.
    fn counted_people(&self, next: usize) -> bool {
        let before = self.words.len().checked_sub(2).map(|at| self.words[at].tag);
        self.previous() == Some(Tag::Num)
            && matches!(before, Some(Tag::Prep | Tag::Det))
            && self.lexicon.people.word(self.norm(next)).is_some()
    }

    /// "released kidnapped people": right after a past verb, the next past form belongs to the noun behind it.
    fn second_past(&self) -> bool {
        let verb = self.words.last().and_then(|word| word.verb);
        verb.is_some_and(|verb| {
            matches!(verb.form, Form::Ed | Form::Past) && self.lexicon.saying(&verb.lemma).is_none()
        })
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
        // "activists say airstrikes by A killed 20": no noun that stands before "airstrikes"
        if SAYS.contains(&self.norm(at)) && matches!(before, Some(Tag::Noun | Tag::Name)) {
            return true;
        }
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
        // "with gunshot wounds"
        let hurt = self.norm(at) == "wounds"
            && matches!(
                self.norm(at.wrapping_sub(1)),
                "gunshot" | "bullet" | "shrapnel" | "stab" | "knife" | "head" | "chest"
            );
        if !nounish {
            return before.is_some() && !hurt;
        }
        let after = self.norm(at + length);
        let verb_after = self
            .lexicon
            .verbs()
            .find(self.tokens, at + length)
            .is_some_and(|(_, verb)| verb.form != Form::Ing);
        let singular = at > 0 && !self.norm(at - 1).ends_with('s');
        // "in fresh strikes": a preposition leads to a noun
        let led =
            at > 1 && self.words[at - 2].tag == Tag::Prep && self.tokens[at - 1].caps == Caps::None;
        singular
            && !led
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
            // "killing and injuring a number of them"
            let joined = matches!(self.norm(at + length), "and" | "or")
                && self.lexicon.verbs().find(self.tokens, at + length + 1).is_some_and(
                    |(more, verb)| {
                        verb.form == Form::Ing && self.object_follows(at + length + 1 + more)
                    },
                );
            let object = object || joined;
            return object
                && !matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Prep))
                && !self.norm(at + length).is_empty();
        }
        !matches!(before, Some(Tag::Det | Tag::Adj | Tag::Poss)) || self.object_follows(at + length)
    }

    /// Whether a determiner or a count begins here.
    pub(super) fn determined(&self, at: usize) -> bool {
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
