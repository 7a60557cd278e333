//! How a tagged sentence is cut into chunks.

use super::age::age;
use super::chunk::{Chunk, Np, Vg};
use super::count::{self, Count};
use super::tag::{Tag, Word};
use super::token::{Caps, Shape, Token};
use crate::extract::language::{Closed, Form, Lexicon};

/// Cuts a tagged sentence into chunks. `offset` is the index of its first token in the document.
pub fn chunks<'a>(
    lexicon: &Lexicon,
    tokens: &[Token],
    words: &[Word<'a>],
    dated: &[bool],
    breaks: &[bool],
    offset: usize,
) -> Vec<Chunk<'a>> {
    let mut chunker =
        Chunker { lexicon, tokens, words, dated, breaks, offset, at: 0, out: Vec::new() };
    while chunker.at < tokens.len() {
        chunker.step();
    }
    chunker.out
}

struct Chunker<'a, 'b> {
    lexicon: &'b Lexicon,
    tokens: &'b [Token],
    words: &'b [Word<'a>],
    dated: &'b [bool],
    /// Where a noun phrase may not go on: another name, a speaker before a verb of saying.
    breaks: &'b [bool],
    offset: usize,
    at: usize,
    out: Vec<Chunk<'a>>,
}

impl<'a> Chunker<'a, '_> {
    fn tag(&self, at: usize) -> Option<Tag> {
        self.words.get(at).map(|word| word.tag)
    }

    fn single(&mut self, make: fn(usize) -> Chunk<'static>) {
        self.out.push(make(self.at + self.offset));
        self.at += 1;
    }

    fn step(&mut self) {
        if self.dated[self.at] {
            return self.date();
        }
        if let Some(last) = self.aside().or_else(|| self.age()) {
            self.out.push(Chunk::Aside(self.at + self.offset, last + self.offset));
            self.at = last;
            return;
        }
        let counted = count::count(self.tokens, self.at).or_else(|| self.after_determiner());
        if let Some(count) = counted.filter(|count| self.countable(count)) {
            return self.np(Some(count));
        }
        match self.words[self.at].tag {
            Tag::Det | Tag::Num | Tag::Adj | Tag::Noun | Tag::Name | Tag::Pron => self.np(None),
            Tag::Verb | Tag::Aux => self.vg(),
            Tag::To if self.verb_after_to() => self.vg(),
            Tag::Neg if matches!(self.tag(self.at + 1), Some(Tag::Verb | Tag::Aux)) => self.vg(),
            Tag::Prep | Tag::To => self.single(Chunk::Prep),
            Tag::Conj => self.single(Chunk::Conj),
            Tag::Sub => self.single(Chunk::Sub),
            Tag::Rel => self.single(Chunk::Rel),
            Tag::Adv | Tag::Neg | Tag::Poss => self.single(Chunk::Adv),
            Tag::Mark if self.tokens[self.at].is(",") => self.single(Chunk::Comma),
            Tag::Mark => self.single(Chunk::Mark),
        }
    }

    /// "all five people", "the 12 soldiers": the count after a determiner.
    fn after_determiner(&self) -> Option<Count> {
        let word = self.tokens[self.at].norm.as_str();
        let opens = matches!(word, "all" | "the" | "these" | "those" | "its" | "their" | "other");
        let counted = opens && matches!(self.tag(self.at + 1), Some(Tag::Num));
        if counted {
            count::count(self.tokens, self.at + 1).filter(|count| !count.ordinal)
        } else {
            None
        }
    }

    /// A count may not swallow a preposition that is one ("over the town").
    fn countable(&self, count: &Count) -> bool {
        !(count.first..count.last).any(|at| self.dated.get(at).copied().unwrap_or(false))
    }

    fn verb_after_to(&self) -> bool {
        let next = (self.at + 1..self.words.len()).find(|at| self.words[*at].tag != Tag::Adv);
        next.is_some_and(|at| {
            matches!(self.words[at].tag, Tag::Aux)
                || (self.words[at].tag == Tag::Verb
                    && self.words[at].verb.is_none_or(|verb| {
                        verb.form == Form::Base
                            || (verb.form == Form::Ed
                                && verb.lemma.starts_with(&self.tokens[at].norm))
                    }))
        })
    }

    /// The end of a short passage in brackets that begins here.
    fn aside(&self) -> Option<usize> {
        const LONGEST: usize = 14;
        let close = match self.tokens[self.at].norm.as_str() {
            "(" => ")",
            "[" => "]",
            _ => return None,
        };
        self.tokens[self.at..]
            .iter()
            .take(LONGEST)
            .position(|token| token.is(close))
            .map(|length| self.at + length + 1)
    }

    /// The end of the age that begins here.
    fn age(&self) -> Option<usize> {
        let last = age(self.tokens, self.at)?;
        (self.at..last).all(|at| !self.dated[at]).then_some(last)
    }

    fn date(&mut self) {
        let first = self.at;
        while self.at < self.tokens.len() && self.dated[self.at] {
            self.at += 1;
        }
        self.out.push(Chunk::Date(first + self.offset, self.at + self.offset));
    }

    fn np(&mut self, count: Option<Count>) {
        let first = self.at;
        let mut head = None;
        if let Some(count) = &count {
            self.at = count.last;
        }
        let start = self.at;
        while self.at < self.tokens.len()
            && (self.goes_on(first, start, head) || self.quoted(first, head))
        {
            let tag = self.words[self.at].tag;
            if matches!(tag, Tag::Noun | Tag::Name | Tag::Pron | Tag::Num)
                || (tag == Tag::Adj && head.is_none())
            {
                head = Some(self.at);
            }
            self.at += 1;
        }
        self.at = self.at.max(first + 1);
        let head = head.unwrap_or(self.at - 1);
        let lead = &self.tokens[first].norm;
        let definite = matches!(
            lead.as_str(),
            "the" | "this" | "that" | "these" | "those" | "its" | "their" | "his" | "her"
        );
        let shift = |count: Count| Count {
            first: count.first + self.offset,
            last: count.last + self.offset,
            ..count
        };
        let (offset, last) = (self.offset, self.at);
        self.out.push(Chunk::Np(Np {
            first: first + offset,
            last: last + offset,
            head: head + offset,
            count: count.map(shift),
            definite,
        }));
    }

    /// An opening quotation mark between a count or determiner and its noun.
    fn quoted(&self, first: usize, head: Option<usize>) -> bool {
        let noun = matches!(self.tag(self.at + 1), Some(Tag::Noun | Tag::Name | Tag::Adj));
        head.is_none() && self.at > first && self.tokens[self.at].is("\"") && noun
    }

    fn goes_on(&self, first: usize, start: usize, head: Option<usize>) -> bool {
        let at = self.at;
        if self.dated[at] || (at > first && self.breaks[at]) {
            return false;
        }
        if begun_age(self.tokens, at) && age(self.tokens, at).is_some() {
            return false;
        }
        if at > first && self.tokens[at - 1].is("others") {
            return false;
        }
        // "took 30 soldiers prisoner"
        let taken = matches!(self.tokens[at].norm.as_str(), "prisoner" | "captive" | "hostage");
        if taken && at > first && self.lexicon.people.word(&self.tokens[at - 1].norm).is_some() {
            return false;
        }
        let tag = self.words[at].tag;
        let begun = head.is_some();
        // "a claim the army denied": the article of the next phrase, whose name has it too
        let article = begun && self.tokens[at].norm == "the" && self.tokens[at].caps == Caps::None;
        if article && !self.lexicon.closed(&self.tokens[at - 1].norm).any(Closed::PREP) {
            return false;
        }
        if begun
            && at > start
            && count::count(self.tokens, at)
                .is_some_and(|count| count.first == at && !self.tokens[at].hyphen)
            && self.tokens[at].shape == Shape::Word
            && tag != Tag::Noun
            && tag != Tag::Name
        {
            return false;
        }
        match tag {
            Tag::Det => at == first || (!begun && at == start),
            Tag::Pron => at == first,
            Tag::Num => !begun || self.tokens[at].hyphen || self.words[at - 1].tag == Tag::Name,
            Tag::Adj | Tag::Noun | Tag::Name => self.words[first].tag != Tag::Pron,
            Tag::Poss => at > first,
            Tag::Adv => {
                !begun
                    && at > first
                    && matches!(
                        self.tokens[at].norm.as_str(),
                        "most" | "more" | "very" | "heavily" | "largely"
                    )
            }
            _ => false,
        }
    }

    fn vg(&mut self) {
        let first = self.at;
        let mut seen = Helpers::default();
        let mut main = None;
        while let Some(word) = self.words.get(self.at) {
            match word.tag {
                Tag::Aux if main.is_none() => seen.add(self.lexicon, &self.tokens[self.at].norm),
                Tag::To if self.at == first => seen.to = true,
                Tag::Neg => seen.not = true,
                Tag::Adv if self.adverb_inside(main) => {}
                Tag::Verb if main.is_none() => {
                    main = Some(self.at);
                    self.at += word.verb_length.max(1);
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        self.at = self.at.max(first + 1);
        let group = self.group(first, main, &seen);
        self.out.push(Chunk::Vg(group));
    }

    /// An adverb stands inside a verb group only where the verb is still to come.
    fn adverb_inside(&self, main: Option<usize>) -> bool {
        main.is_none()
            && (self.at + 1..self.words.len())
                .take(3)
                .find(|at| self.words[*at].tag != Tag::Adv)
                .is_some_and(|at| matches!(self.words[at].tag, Tag::Verb | Tag::Aux | Tag::Neg))
    }

    fn group(&self, first: usize, main: Option<usize>, seen: &Helpers) -> Vg<'a> {
        let verb = main.and_then(|at| self.words[at].verb);
        let participle =
            main.is_some() && verb.is_none_or(|verb| matches!(verb.form, Form::Ed | Form::Part));
        let ing = verb.is_some_and(|verb| verb.form == Form::Ing);
        Vg {
            first: first + self.offset,
            last: self.at + self.offset,
            head: main.unwrap_or(first) + self.offset,
            verb,
            passive: participle && seen.be,
            bare: !seen.any && !seen.to && (participle || ing),
            negated: seen.not,
            modal: seen.modal,
            infinitive: seen.to,
            perfect: seen.have,
            copula: main.is_none(),
        }
    }
}

/// "aged", where it can open an age.
fn begun_age(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| matches!(token.norm.as_str(), "aged" | "ages"))
}

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a helper that was seen")]
struct Helpers {
    be: bool,
    have: bool,
    modal: bool,
    not: bool,
    to: bool,
    any: bool,
}

impl Helpers {
    fn add(&mut self, lexicon: &Lexicon, norm: &str) {
        let class = lexicon.closed(norm);
        self.any = true;
        self.be |= class.any(Closed::BE);
        self.have |= class.any(Closed::HAVE);
        self.modal |= class.any(Closed::MODAL) && !matches!(norm, "can" | "could");
    }
}
