//! Who stands where in a sentence: subjects, objects, prepositional phrases, lists.

use super::entity::Entity;
use crate::extract::language::{Family, Form, Lexicon, Saying};
use crate::extract::parse::chunk::{Chunk, Np, Vg};
use crate::extract::reader::{Parsed, Sentence};

/// How many chunks a phrase may lie from what it belongs to.
const REACH: usize = 14;

/// A sentence with the text that it stands in.
#[derive(Clone, Copy)]
pub struct Clause<'s, 'a> {
    /// The text.
    pub parsed: &'s Parsed<'a>,
    /// The sentence.
    pub sentence: &'s Sentence<'a>,
    /// The words of the language.
    pub lexicon: &'s Lexicon,
}

impl<'s, 'a> Clause<'s, 'a> {
    /// The chunk at an index.
    pub fn chunk(&self, at: usize) -> Option<&'s Chunk<'a>> {
        self.sentence.chunks.get(at)
    }

    /// The noun phrase at an index.
    pub fn np(&self, at: usize) -> Option<&'s Np> {
        match self.chunk(at) {
            Some(Chunk::Np(np)) => Some(np),
            _ => None,
        }
    }

    /// What the noun phrase at an index stands for.
    pub fn entity(&self, at: usize) -> Option<&'s Entity> {
        self.sentence.entities.get(at)?.as_ref()
    }

    /// The verb group at an index.
    pub fn vg(&self, at: usize) -> Option<&'s Vg<'a>> {
        match self.chunk(at) {
            Some(Chunk::Vg(vg)) => Some(vg),
            _ => None,
        }
    }

    /// The word of a preposition, conjunction or other small chunk.
    pub fn word(&self, at: usize) -> &'s str {
        match self.chunk(at) {
            Some(
                Chunk::Prep(token)
                | Chunk::Conj(token)
                | Chunk::Sub(token)
                | Chunk::Rel(token)
                | Chunk::Adv(token)
                | Chunk::Mark(token),
            ) => self.parsed.norm(*token),
            _ => "",
        }
    }

    fn is_prep(&self, at: usize) -> bool {
        matches!(self.chunk(at), Some(Chunk::Prep(_)))
    }

    fn is_conj(&self, at: usize) -> bool {
        matches!(self.chunk(at), Some(Chunk::Conj(_)))
    }

    fn is_comma(&self, at: usize) -> bool {
        matches!(self.chunk(at), Some(Chunk::Comma(_)))
    }

    /// The lemma of the verb group at an index.
    pub fn lemma(&self, at: usize) -> &'s str {
        self.vg(at).and_then(|vg| vg.verb).map_or("", |verb| verb.lemma.as_str())
    }

    fn says(&self, at: usize) -> bool {
        self.lexicon.saying(self.lemma(at)).is_some()
    }

    /// The noun phrase that an "of" after `at` leads to.
    pub fn of(&self, at: usize) -> Option<usize> {
        if self.word(at + 1) != "of" {
            return None;
        }
        // "of Wednesday's shelling"
        let dated =
            matches!(self.chunk(at + 2), Some(Chunk::Date(..))) && self.word(at + 3) == "'s";
        let inner = if dated { at + 4 } else { at + 2 };
        self.np(inner).is_some().then_some(inner)
    }

    /// The last chunk of a noun phrase with its "of" phrases.
    pub fn chain_end(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(next) = self.of(end) {
            end = next;
        }
        end
    }

    /// The noun phrases of the list that begins at `at`: "A, B and C".
    pub fn list(&self, at: usize) -> Vec<usize> {
        let mut out = vec![at];
        let mut end = self.chain_end(at);
        let mut conjoined = false;
        loop {
            let mut next = end + 1;
            while matches!(self.chunk(next), Some(Chunk::Aside(..))) {
                next += 1;
            }
            let start = next;
            while self.is_comma(next)
                || (self.is_conj(next) && matches!(self.word(next), "and" | "or" | "&" | "plus"))
                || (self.word(next) == "as" && self.word(next + 1) == "well")
            {
                next += 1;
            }
            let joined = next > start && self.np(next).is_some();
            let chain = self.chain_end(next);
            let clause = self.vg(chain + 1).is_some_and(|vg| !vg.bare && !vg.infinitive);
            if !joined || clause || out.len() > 12 {
                // commas alone make an apposition, not a list
                out.truncate(if conjoined { out.len() } else { 1 });
                return out;
            }
            conjoined |= (start..next).any(|between| !self.is_comma(between));
            out.push(next);
            end = chain;
        }
    }

    /// The noun phrases that are the subject of the verb group at `at`, as its form is written.
    pub fn subject(&self, at: usize) -> Vec<usize> {
        self.subject_from(at, 0)
    }

    fn subject_from(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > 4 || verb == 0 {
            return Vec::new();
        }
        let vg = self.vg(verb);
        let hangs = vg.is_some_and(|vg| {
            vg.infinitive || (vg.bare && vg.verb.is_some_and(|verb| verb.form == Form::Ing))
        });
        let (mut at, mut joined, mut steps) = (verb, false, 0);
        while at > 0 && steps < REACH {
            at -= 1;
            steps += 1;
            match &self.sentence.chunks[at] {
                Chunk::Adv(_) | Chunk::Date(..) | Chunk::Aside(..) => {}
                Chunk::Prep(_) if at + 1 != verb => {}
                Chunk::Comma(_) => joined |= at + 1 == verb,
                Chunk::Rel(_) => return self.before_relative(at),
                Chunk::Conj(_) => joined = true,
                Chunk::Prep(_) => {
                    return self.accused(at).unwrap_or_else(|| self.governing(at, depth));
                }
                Chunk::Sub(_) | Chunk::Mark(_) => {
                    if !self.is_quote(at) {
                        return Vec::new();
                    }
                }
                Chunk::Vg(before) => {
                    if self.says(at) && !before.bare && !joined && !hangs {
                        return Vec::new();
                    }
                    let reduced = before.bare
                        && before.verb.is_none_or(|verb| verb.form != Form::Ing)
                        && !joined
                        && !hangs;
                    if !reduced {
                        return self.subject_from(at, depth + 1);
                    }
                }
                Chunk::Np(_) => match self.candidate(at, verb, joined, hangs) {
                    Step::Found(found) => return found,
                    Step::Verb(other) => return self.subject_from(other, depth + 1),
                    Step::Back(to) => at = to,
                },
            }
        }
        Vec::new()
    }

    fn is_quote(&self, at: usize) -> bool {
        matches!(self.word(at), "\"" | "'" | "(" | ")" | "[" | "]")
    }

    /// Whether the noun phrase at `at` is the subject looked for, part of a phrase to skip, or another verb's object.
    fn candidate(&self, at: usize, verb: usize, joined: bool, hangs: bool) -> Step {
        if at == 0 {
            return if hangs { Step::Back(0) } else { Step::Found(vec![0]) };
        }
        if matches!(self.word(at - 1), "mostly" | "mainly" | "largely" | "predominantly") {
            return Step::Back(at - 1);
        }
        if let Some(before) = self.aside_before(at, verb) {
            return Step::Back(before);
        }
        let mut first = at;
        while first >= 2
            && (self.is_conj(first - 1)
                || (first < at
                    && self.is_comma(first - 1)
                    && !(first >= 3 && self.is_prep(first - 3))))
            && self.np(first - 2).is_some()
            && !joined
        {
            first -= 2;
            while first >= 2 && self.word(first - 1) == "of" && self.np(first - 2).is_some() {
                first -= 2;
            }
        }
        while first > 0 && self.one_by_one(first - 1, first) {
            first -= 1;
        }
        if first >= 2
            && self.word(first - 1) == "'s"
            && matches!(self.chunk(first - 2), Some(Chunk::Date(..)))
        {
            first -= 2;
        }
        if first == 0 {
            return Step::Found(self.list_upto(first, at));
        }
        if self.word(first - 1) == "of" && first >= 2 && self.np(first - 2).is_some() {
            return self.candidate(first - 2, verb, joined, hangs);
        }
        let even = self.vg(verb).and_then(|vg| vg.verb?.family).is_some_and(|family| {
            matches!(family, Family::Clash | Family::Protest | Family::Withdraw | Family::Agree)
        });
        if self.parts_of_the_same(first) {
            return Step::Back(first - 2);
        }
        if self.is_prep(first - 1) {
            let vg = self.vg(verb);
            let participle =
                vg.is_some_and(|vg| vg.bare && vg.verb.is_none_or(|verb| verb.form != Form::Ing));
            let reduced = at + 1 == verb && participle && !even && self.objects(verb).is_empty();
            let opens =
                matches!(self.word(first - 1), "after" | "before" | "since" | "as" | "until")
                    && vg.is_some_and(|vg| {
                        !vg.infinitive
                            && (!vg.bare || vg.verb.is_some_and(|verb| verb.form == Form::Ed))
                    });
            return if reduced || opens {
                Step::Found(self.list_upto(first, at))
            } else {
                Step::Back(first - 1)
            };
        }
        if self.vg(first - 1).is_some() && !self.says(first - 1) && (joined || hangs) {
            return Step::Verb(first - 1);
        }
        if hangs && !joined && verb > at + 1 {
            return Step::Back(first);
        }
        Step::Found(self.list_upto(first, at))
    }

    /// "three workers, two of them women, were killed", "three workers, two Indians and an Egyptian, were killed": the comma
    /// that opens the aside between the subject and its verb.
    fn aside_before(&self, at: usize, verb: usize) -> Option<usize> {
        let closed = self.is_comma(verb.checked_sub(1)?) && at < verb;
        let count = |at: usize| {
            let entity = self.entity(at)?;
            entity.count.as_ref()?.min
        };
        let (mut first, mut sum, mut of_them) = (at, 0, false);
        for _ in 0..6 {
            of_them |= matches!(self.word(first + 1), "of")
                && self.np(first + 2).is_some_and(|np| self.parsed.norm(np.head) == "them");
            sum += count(first).unwrap_or(1);
            let before = first.checked_sub(2)?;
            if self.is_comma(first - 1) && self.np(before).is_some() {
                let whole = count(before).is_some_and(|whole| whole == sum);
                return (closed && (whole || of_them)).then_some(first - 1);
            }
            let joined = self.is_conj(first - 1) || self.is_prep(first - 1);
            if !joined || self.np(before).is_none() {
                return None;
            }
            first = before;
        }
        None
    }

    /// "seven civilians, among them two children, were killed": the phrase after "them" is a part of the subject.
    pub(super) fn parts_of_the_same(&self, at: usize) -> bool {
        at > 1
            && matches!(self.word(at - 2), "among" | "amongst" | "including")
            && self.np(at - 1).is_some_and(|np| {
                matches!(self.parsed.norm(np.head), "them" | "whom" | "these" | "those")
            })
    }

    /// Two single people side by side, where a text has lost its commas: "a father a mother".
    fn one_by_one(&self, before: usize, at: usize) -> bool {
        let single = |at: usize| {
            self.entity(at).is_some_and(|entity| entity.class.is_some_and(|class| class.one))
        };
        single(before) && single(at)
    }

    fn list_upto(&self, first: usize, last: usize) -> Vec<usize> {
        let mut out = vec![first];
        let mut at = self.chain_end(first);
        while at < last {
            at += 1;
            if self.np(at).is_some() && self.word(at - 1) != "of" {
                out.push(at);
            }
        }
        out
    }

    fn before_relative(&self, rel: usize) -> Vec<usize> {
        let mut at = rel;
        while at > 0 && rel - at < 4 {
            at -= 1;
            if self.np(at).is_some() {
                let mut first = at;
                while first >= 2
                    && self.word(first - 1) == "of"
                    && self.np(first - 2).is_some()
                    && self.entity(first).is_none_or(|entity| !entity.can_act())
                {
                    first -= 2;
                }
                // "a teacher and his son, who were"
                let mut start = first;
                while start >= 2 && self.is_conj(start - 1) && self.np(start - 2).is_some() {
                    start -= 2;
                }
                return self.list_upto(start, first);
            }
        }
        Vec::new()
    }

    /// "accused A of killing": the doer is the object of the verb of accusing.
    fn accused(&self, prep: usize) -> Option<Vec<usize>> {
        let object = prep.checked_sub(1)?;
        let verb = object.checked_sub(1)?;
        let accuses = self.lexicon.saying(self.lemma(verb)) == Some(Saying::Accuse);
        (accuses && self.np(object).is_some()).then(|| vec![object])
    }

    /// The subject of the verb that governs a preposition with a gerund ("after killing").
    fn governing(&self, prep: usize, depth: usize) -> Vec<usize> {
        (0..prep)
            .rev()
            .take(REACH)
            .find(|at| self.vg(*at).is_some())
            .map_or_else(Vec::new, |verb| self.subject_from(verb, depth + 1))
    }

    /// The noun phrases right after a verb group.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        let mut at = verb + 1;
        while matches!(self.chunk(at), Some(Chunk::Adv(_) | Chunk::Date(..) | Chunk::Aside(..)))
            || self.is_quote(at)
            || self.is_prep(at) && matches!(self.chunk(at + 1), Some(Chunk::Date(..)))
        {
            at += 1;
        }
        if self.np(at).is_some() { self.list(at) } else { Vec::new() }
    }

    /// The prepositional phrases that follow a chunk inside its clause: preposition and what it governs.
    pub fn phrases(&self, from: usize) -> Vec<(&'s str, Vec<usize>)> {
        let (mut out, mut at) = (Vec::new(), from + 1);
        let stop = at + REACH;
        while at < stop {
            match self.chunk(at) {
                Some(Chunk::Prep(_)) => {
                    let word = self.word(at);
                    let mut next = at + 1;
                    while self.is_prep(next)
                        || self.is_quote(next)
                        || matches!(self.chunk(next), Some(Chunk::Adv(_) | Chunk::Aside(..)))
                    {
                        next += 1;
                    }
                    if self.np(next).is_none() {
                        at = next;
                        continue;
                    }
                    let list = self.list(next);
                    at = list.last().map_or(next, |last| self.chain_end(*last)) + 1;
                    out.push((word, list));
                }
                Some(Chunk::Vg(vg))
                    if vg.bare
                        && at > from + 1
                        && self.lexicon.saying(self.lemma(at)).is_none()
                        && vg.verb.is_none_or(|verb| verb.family.is_none()) =>
                {
                    at += 1;
                }
                Some(Chunk::Vg(_) | Chunk::Sub(_)) | None => break,
                Some(Chunk::Mark(_)) if !self.is_quote(at) => break,
                Some(_) => at += 1,
            }
        }
        out
    }

    /// The verb group that a noun phrase is the object of, through "of" chains and one preposition ("came under attack").
    pub fn governor(&self, np: usize) -> Option<(usize, &'s str)> {
        let mut at = np;
        let mut word = "";
        for _ in 0..6 {
            at = at.checked_sub(1)?;
            match &self.sentence.chunks[at] {
                Chunk::Vg(_) => return Some((at, word)),
                Chunk::Prep(_) if word.is_empty() || word == "of" => word = self.word(at),
                Chunk::Adv(_) | Chunk::Date(..) | Chunk::Aside(..) => {}
                Chunk::Np(_) if word == "of" => word = "",
                Chunk::Np(_)
                    if word == "for"
                        && at > 0
                        && self.lexicon.saying(self.lemma(at - 1)) == Some(Saying::Accuse) => {}
                Chunk::Conj(_) | Chunk::Comma(_)
                    if word.is_empty() && at > 0 && self.np(at - 1).is_some() =>
                {
                    at -= 1;
                }
                _ => return None,
            }
        }
        None
    }

    /// The verb group of which a noun phrase is the subject.
    pub fn predicate(&self, np: usize) -> Option<usize> {
        let end = self.chain_end(np);
        let found = (end + 1..end + REACH)
            .take_while(|at| {
                !matches!(self.chunk(*at), Some(Chunk::Sub(_)) | None)
                    && (self.is_quote(*at) || !matches!(self.chunk(*at), Some(Chunk::Mark(_))))
            })
            .find(|at| self.vg(*at).is_some())?;
        self.subject(found).contains(&np).then_some(found)
    }
}

enum Step {
    Found(Vec<usize>),
    Verb(usize),
    Back(usize),
}
