//! Who stands where in a sentence: subjects, objects, prepositional phrases, lists.

use super::entity::{Entity, What};
use crate::extract::language::{Family, Form, Lexicon, Saying};
use crate::extract::parse::chunk::{Chunk, Np, Vg};
use crate::extract::parse::token::Caps;
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
                if !conjoined {
                    out = vec![self.by_name(at)];
                }
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
                Chunk::Mark(_) if self.is_dash(at) && at + 1 == verb => {
                    // "the rebels - the last group in the north - started": over what stands between dashes
                    let opening = (at.saturating_sub(REACH)..at).rev().find(|at| self.is_dash(*at));
                    let Some(opening) = opening else { return Vec::new() };
                    at = opening;
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
                Chunk::Np(_) if self.is_age(at) => {}
                Chunk::Np(_) => match self.candidate(at, verb, joined, hangs) {
                    Step::Found(found) => return self.by_names(&found),
                    Step::Verb(other) => return self.subject_from(other, depth + 1),
                    Step::Back(to) => at = to,
                },
            }
        }
        Vec::new()
    }

    /// "Haddad, 46," and "the Defence Front, DF,": an age or a short form between commas after a name.
    fn is_age(&self, at: usize) -> bool {
        let number = self
            .np(at)
            .is_some_and(|np| np.count.as_ref().is_some_and(|count| np.head < count.last));
        let short = self.np(at).is_some_and(|np| {
            np.last == np.first + 1
                && self.parsed.tokens.get(np.first).is_some_and(|token| token.caps == Caps::All)
        });
        (number || short)
            && at >= 2
            && self.is_comma(at - 1)
            && self.is_comma(at + 1)
            && self.np(at - 2).is_some()
    }

    fn by_names(&self, found: &[usize]) -> Vec<usize> {
        match found[..] {
            [only] => {
                let named = self.by_name(only);
                self.members(only).filter(|_| named == only).unwrap_or_else(|| vec![named])
            }
            _ => self.without_appositions(found),
        }
    }

    /// "Samir Haddad and Nadia Asmar, members of the council,": the names stand before what they are.
    fn members(&self, at: usize) -> Option<Vec<usize>> {
        let several = self.entity(at).is_some_and(|entity| {
            entity.class.is_some_and(|class| !class.one)
                && entity.count.is_none()
                && entity.factions.is_empty()
                && !entity.definite
        });
        let last = at.checked_sub(2).filter(|_| several && self.is_comma(at - 1))?;
        let name = |at: usize| self.entity(at).is_some_and(|entity| entity.what == What::Name);
        let mut names = vec![last];
        let mut first = last;
        while first >= 2 && (self.is_conj(first - 1) || self.is_comma(first - 1)) && name(first - 2)
        {
            first -= 2;
            names.insert(0, first);
        }
        (names.len() > 1 && names.iter().all(|at| name(*at))).then_some(names)
    }

    /// A list without the offices and trades that stand beside their holders' names.
    fn without_appositions(&self, found: &[usize]) -> Vec<usize> {
        let name = |at: usize| self.entity(at).is_some_and(|entity| entity.what == What::Name);
        let called = |at: usize| {
            self.entity(at).is_some_and(|entity| {
                entity.class.is_some_and(|class| class.one && class.armed.is_none())
            })
        };
        let beside =
            |a: usize, b: usize| self.is_comma(self.chain_end(a) + 1) && self.chain_end(a) + 2 == b;
        let drop = |index: usize| {
            let at = found[index];
            let before = index.checked_sub(1).map(|index| found[index]);
            let after = found.get(index + 1).copied();
            called(at)
                && (before.is_some_and(|name_at| name(name_at) && beside(name_at, at))
                    || after.is_some_and(|name_at| name(name_at) && beside(at, name_at)))
        };
        (0..found.len()).filter(|index| !drop(*index)).map(|index| found[index]).collect()
    }

    /// The name of somebody called by his office or trade: "the mayor, Samir Haddad", "Samir Haddad, a farmer".
    fn by_name(&self, at: usize) -> usize {
        let called = self.entity(at).is_some_and(|entity| {
            let one = entity.class.is_some_and(|class| class.one && class.armed.is_none());
            one && !entity.named && matches!(entity.what, What::Person | What::Civilians)
        });
        let is_name = |at: usize| self.entity(at).is_some_and(|entity| entity.what == What::Name);
        let titled = self.np(at).is_some_and(|np| {
            self.parsed.tokens.get(np.head).is_some_and(|token| token.caps != Caps::None)
                && np.last - np.first > 1
                && self.lexicon.people.word(self.parsed.norm(np.head)).is_none()
        });
        if !called || titled {
            return at;
        }
        if at >= 2 && self.is_comma(at - 1) && is_name(at - 2) {
            // "the home of Samir Haddad, a judge," is about the home
            let whole = self.head_of_chain(at - 2).unwrap_or(at - 2);
            let thing = self.entity(whole).is_some_and(|entity| !entity.can_act());
            return if thing { whole } else { at - 2 };
        }
        let end = self.chain_end(at);
        let ends = |at: usize| {
            !matches!(self.chunk(at), Some(Chunk::Conj(_) | Chunk::Vg(_)))
                || self.vg(at).is_some_and(|vg| !vg.bare)
        };
        if self.is_comma(end + 1) && is_name(end + 2) && ends(self.chain_end(end + 2) + 1) {
            return end + 2;
        }
        at
    }

    fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "--" | "–" | "—")
    }

    /// Whether a verb takes no object, so that its past without one is no passive.
    fn happens(&self, verb: usize) -> bool {
        matches!(
            self.lemma(verb),
            "collapse" | "explode" | "occur" | "happen" | "erupt" | "die" | "expire" | "go off"
        )
    }

    fn is_quote(&self, at: usize) -> bool {
        matches!(self.word(at), "\"" | "'" | "(" | ")" | "[" | "]")
    }

    /// Whether the noun phrase at `at` is the subject looked for, part of a phrase to skip, or another verb's object.
    #[expect(clippy::too_many_lines, reason = "one list of rules, read from top to bottom")]
    fn candidate(&self, at: usize, verb: usize, joined: bool, hangs: bool) -> Step {
        if at == 0 {
            // "two people walking through the area": the participle hangs on the phrase right before it
            let beside = verb == 1 && self.vg(verb).is_some_and(|vg| !vg.infinitive);
            return if hangs && !beside { Step::Back(0) } else { Step::Found(vec![0]) };
        }
        // "six priests, five of them foreigners, were killed": a part of the subject
        let part = self.is_comma(at - 1)
            && self.word(at + 1) == "of"
            && self.np(at + 2).is_some_and(|np| {
                matches!(self.parsed.norm(np.head), "them" | "whom" | "which" | "these")
            });
        if part {
            return Step::Back(at);
        }
        let them = at >= 4
            && self.word(at - 2) == "of"
            && self.is_comma(at - 4)
            && self.np(at - 1).is_some_and(|np| {
                matches!(self.parsed.norm(np.head), "them" | "whom" | "which" | "these")
            });
        if them {
            return Step::Back(at - 3);
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
            && (self.np(first - 2).is_some()
                || matches!(self.chunk(first - 2), Some(Chunk::Aside(..)))
                    && first >= 3
                    && self.np(first - 3).is_some())
            && !joined
        {
            first -= 2;
            // "A (AB) and B"
            if matches!(self.chunk(first), Some(Chunk::Aside(..))) && first > 0 {
                first -= 1;
            }
            while first >= 2 && self.word(first - 1) == "of" && self.np(first - 2).is_some() {
                first -= 2;
            }
        }
        if let Some(before) = self.serial(first).filter(|_| !joined) {
            first = before;
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
            let reduced = at + 1 == verb
                && participle
                && !even
                && !self.happens(verb)
                && self.objects(verb).is_empty();
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

    /// The first phrase of "A, B, and C" whose last phrase is `last`.
    fn serial(&self, last: usize) -> Option<usize> {
        let before = last.checked_sub(3)?;
        let conjoined = self.is_conj(last - 1) && self.is_comma(last - 2);
        let mut first = self.head_of_chain(before).filter(|_| conjoined)?;
        let mut more = false;
        while first >= 2 && self.is_comma(first - 1) {
            let Some(next) = self.head_of_chain(first - 2) else { break };
            (first, more) = (next, true);
        }
        let free = first == 0 || !(self.vg(first - 1).is_some() || self.is_prep(first - 1));
        (more && free).then_some(first)
    }

    /// The first phrase of the "of" chain that ends with the noun phrase at `end`.
    fn head_of_chain(&self, end: usize) -> Option<usize> {
        self.np(end)?;
        let mut first = end;
        while first >= 2 && self.word(first - 1) == "of" && self.np(first - 2).is_some() {
            first -= 2;
        }
        Some(first)
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
        if matches!(self.word(rel), "who" | "whom")
            && let Some(person) = self.person_before(rel)
        {
            let name = |at: usize| self.entity(at).is_some_and(|entity| entity.what == What::Name);
            let many = self.chunk(rel + 1).is_some_and(|next| {
                matches!(self.parsed.norm(next.first()), "were" | "are" | "have")
            });
            let one = |at: usize| {
                self.entity(at).is_some_and(|entity| entity.class.is_some_and(|class| class.one))
            };
            // "a teacher and his son, who were"
            let two = |at: usize| name(at) || many && one(at);
            let pair = person >= 2 && self.is_conj(person - 1) && two(person) && two(person - 2);
            let found = if pair { vec![person - 2, person] } else { vec![person] };
            return self.by_names(&found);
        }
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

    /// The people that "who" stands for: what lies between is where they are from.
    fn person_before(&self, rel: usize) -> Option<usize> {
        let passed = |at: &usize| {
            matches!(
                self.chunk(*at),
                Some(
                    Chunk::Np(_)
                        | Chunk::Prep(_)
                        | Chunk::Comma(_)
                        | Chunk::Date(..)
                        | Chunk::Aside(..)
                )
            )
        };
        let people = |at: &usize| {
            self.entity(*at).is_some_and(|entity| {
                matches!(entity.what, What::Force | What::Civilians | What::Person | What::Name)
            })
        };
        let found = (rel.saturating_sub(8)..rel).rev().take_while(passed).find(people)?;
        let only = |at: &usize| {
            self.entity(*at).is_some_and(|entity| entity.what == What::Name)
                && self
                    .parsed
                    .place_in(
                        self.np(*at).map_or(0, |np| np.first),
                        self.np(*at).map_or(0, |np| np.last),
                    )
                    .is_some()
        };
        Some(found).filter(|at| !only(at))
    }

    /// "accused A of killing": the doer is the object of the verb of accusing.
    fn accused(&self, prep: usize) -> Option<Vec<usize>> {
        let end = prep.checked_sub(1)?;
        let mut first = self.head_of_chain(end)?;
        while first >= 2 && (self.is_conj(first - 1) || self.is_comma(first - 1)) {
            let Some(before) = self.head_of_chain(first - 2) else { break };
            first = before;
        }
        let verb = first.checked_sub(1)?;
        let accuses = self.lexicon.saying(self.lemma(verb)) == Some(Saying::Accuse);
        accuses.then(|| self.list_upto(first, end))
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
                Chunk::Np(np)
                    if word == "for"
                        && at > 0
                        && (self.lexicon.saying(self.lemma(at - 1)) == Some(Saying::Accuse)
                            || matches!(
                                self.parsed.norm(np.head),
                                "responsibility" | "credit"
                            )) => {}
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
