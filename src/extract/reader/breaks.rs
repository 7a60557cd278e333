//! Where sentences and their chunks begin and end.

use std::ops::Range;

use super::{Parsed, Sentence, Setting};
use crate::extract::language::Form;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;
use crate::extract::parse::chunker;
use crate::extract::parse::sentence::sentences;
use crate::extract::parse::tag;

impl<'a> Parsed<'a> {
    pub(super) fn cut(&mut self, setting: &Setting<'a>) {
        let mut paragraph = 0;
        for range in sentences(&self.tokens) {
            paragraph += usize::from(self.tokens[range.start].new_paragraph);
            let chunks = self.chunks(setting, &range);
            let entities = Vec::new();
            self.sentences.push(Sentence { range, chunks, entities, paragraph });
        }
    }

    fn chunks(&self, setting: &Setting<'a>, range: &Range<usize>) -> Vec<Chunk<'a>> {
        let tokens = &self.tokens[range.clone()];
        let named: Vec<bool> = range
            .clone()
            .map(|at| {
                self.named_of[at] > 0 || self.organisation_of[at] > 0 || self.proper_place(at)
            })
            .collect();
        let dated: Vec<bool> = range.clone().map(|at| self.date_of[at] > 0).collect();
        let words = tag::tag(setting.lexicon, tokens, &named, &dated);
        let breaks: Vec<bool> = range.clone().map(|at| self.breaks(setting, at, range)).collect();
        chunker::chunks(setting.lexicon, tokens, &words, &dated, &breaks, range.start)
    }

    fn proper_place(&self, at: usize) -> bool {
        self.spot_at_token(at).is_some_and(|spot| spot.place.canonical.is_some() || spot.framed)
            && self.tokens[at].caps != crate::extract::parse::token::Caps::None
    }

    /// Where a noun phrase may not go on.
    fn breaks(&self, setting: &Setting<'a>, at: usize, range: &Range<usize>) -> bool {
        if at == range.start {
            return false;
        }
        let name_begins = self.named_of[at] > 0 && self.named_of[at] != self.named_of[at - 1];
        let after_place = self.spot_of[at - 1] > 0 && self.spot_of[at] != self.spot_of[at - 1];
        let joined = self.tokens[at].hyphen;
        let framed = self.spot_at_token(at - 1).is_some_and(|spot| spot.framed && spot.location);
        if after_place
            && framed
            && !joined
            && setting.lexicon.people.word(&self.tokens[at].norm).is_some()
        {
            return true;
        }
        let word = self.norm(at - 1);
        let reported = matches!(word, "bulletin" | "statement" | "report" | "communique");
        if name_begins && !joined && (reported || setting.lexicon.areas.has(word)) {
            return true;
        }
        let determiner = |at: usize| {
            setting.lexicon.closed(self.norm(at)).any(crate::extract::language::Closed::DET)
        };
        if determiner(at - 1) {
            return false;
        }
        let speaker = self.speaker_begins(setting, at)
            || determiner(at) && self.speaker_begins(setting, at + 1);
        (speaker && !self.is_modified(setting, at) || after_place && name_begins) && !joined
    }

    /// Whether the words before a speaker are its own: "a rebel source", "the Qalati defence ministry", "state media".
    fn is_modified(&self, setting: &Setting<'a>, at: usize) -> bool {
        let lexicon = setting.lexicon;
        let article = |at: Option<usize>| at.is_some_and(|at| matches!(self.norm(at), "a" | "an"));
        for before in (at.saturating_sub(3)..at).rev() {
            let token = &self.tokens[before];
            // "the rebel-run health ministry"
            if token.hyphen && lexicon.masks.after.has(&token.norm) {
                return true;
            }
            let phrase = lexicon.speakers.find(&self.tokens, before);
            if phrase.is_some_and(|(length, _)| before + length > at) {
                return true;
            }
            if let Some(named) = self.named_at(before) {
                // "the Qalati army", when that is one name
                let lower = self.tokens[at].caps == crate::extract::parse::token::Caps::None;
                return lower && named.last > at
                    || named.kind == AliasKind::Demonym
                    || article(named.first.checked_sub(1));
            }
            let closed = lexicon.closed(&token.norm) != crate::extract::language::Closed::default();
            if closed || token.shape == crate::extract::parse::token::Shape::Mark {
                return true;
            }
            let determined = before > 0
                && lexicon.closed(self.norm(before - 1)).any(crate::extract::language::Closed::DET);
            let noun = token.caps == crate::extract::parse::token::Caps::None
                && token.shape == crate::extract::parse::token::Shape::Word
                && lexicon.people.word(&token.norm).is_none()
                && (determined || lexicon.verbs().word(&token.norm).is_none());
            if !noun || self.place_at(before).is_some() || self.date_at(before).is_some() {
                return article(before.checked_sub(1));
            }
        }
        false
    }

    /// Somebody who speaks, right before a verb of saying.
    fn speaker_begins(&self, setting: &Setting<'a>, at: usize) -> bool {
        let lexicon = setting.lexicon;
        let speaker = lexicon.speakers.find(&self.tokens, at).map(|(length, _)| length);
        let outlet = setting.outlets.at(&self.tokens, at).map(|(length, _)| length);
        let named = self
            .named_at(at)
            .filter(|named| named.first == at)
            .map(|named| named.last - named.first);
        [speaker, outlet, named].into_iter().flatten().any(|length| {
            let name = (at + length..at + length + 4)
                .take_while(|next| {
                    self.tokens
                        .get(*next)
                        .is_some_and(|token| token.caps != crate::extract::parse::token::Caps::None)
                })
                .count();
            let verb = lexicon.verbs().find(&self.tokens, at + length + name);
            verb.is_some_and(|(_, verb)| {
                matches!(verb.form, Form::Past | Form::Ed | Form::Third)
                    && lexicon.saying(&verb.lemma).is_some()
            })
        })
    }
}
