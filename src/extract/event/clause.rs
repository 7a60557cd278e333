//! Who stands where in a sentence: subjects, objects, prepositional phrases, lists.

use super::entity::{Entity, What};
use crate::extract::language::{Form, Lexicon, Saying};
use crate::extract::parse::chunk::{Chunk, Np, Vg};
use crate::extract::reader::{Parsed, Sentence};

/// How many chunks a phrase may lie from what it belongs to.
pub(super) const REACH: usize = 14;

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

    /// Whether a preposition stands at an index.
    pub fn is_prep(&self, at: usize) -> bool {
        matches!(self.chunk(at), Some(Chunk::Prep(_)))
    }

    pub(super) fn is_conj(&self, at: usize) -> bool {
        matches!(self.chunk(at), Some(Chunk::Conj(_)))
    }

    /// Whether a comma stands at an index.
    pub fn is_comma(&self, at: usize) -> bool {
        matches!(self.chunk(at), Some(Chunk::Comma(_)))
    }

    /// The lemma of the verb group at an index.
    pub fn lemma(&self, at: usize) -> &'s str {
        self.vg(at).and_then(|vg| vg.verb).map_or("", |verb| verb.lemma.as_str())
    }

    /// Whether a verb of saying stands at an index.
    pub fn says(&self, at: usize) -> bool {
        self.lexicon.saying(self.lemma(at)).is_some()
    }

    /// The noun phrase that an "of" after `at` leads to.
    pub fn of(&self, at: usize) -> Option<usize> {
        // "14 'terrorists' of the group"
        let at = at + usize::from(self.is_quote(at + 1) && self.word(at + 2) == "of");
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
            // "killed A and B, the mayor said": who says it is none of them
            let told = self.says(chain + 1) && (start..next).all(|between| self.is_comma(between));
            let clause = told || self.is_finite(chain + 1);
            // "A and B, a member of C": what B is
            let described = conjoined
                && (start..next).all(|between| self.is_comma(between))
                && self.of(next).is_some()
                && self.np(next).is_some_and(|np| matches!(self.parsed.norm(np.first), "a" | "an"));
            if !joined || clause || described || out.len() > 12 {
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

    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "--" | "–" | "—")
    }

    /// Whether a verb takes no object, so that its past without one is no passive.
    pub(super) fn happens(&self, verb: usize) -> bool {
        matches!(
            self.lemma(verb),
            "collapse" | "explode" | "occur" | "happen" | "erupt" | "die" | "expire" | "go off"
        )
    }

    pub(super) fn is_quote(&self, at: usize) -> bool {
        matches!(self.word(at), "\"" | "'" | "(" | ")" | "[" | "]")
    }

    /// The first phrase of the "of" chain that ends with the noun phrase at `end`.
    pub fn head_of_chain(&self, end: usize) -> Option<usize> {
        self.np(end)?;
        let mut first = end;
        while first >= 2 && self.word(first - 1) == "of" && self.np(first - 2).is_some() {
            first -= 2;
        }
        Some(first)
    }

    /// Whether the verb group at `at` is a predicate. "Shelled" may be a participle; with its object behind it, it is none.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        let past = |vg: &Vg<'_>| vg.verb.is_some_and(|verb| verb.form != Form::Ing);
        self.vg(at)
            .is_some_and(|vg| !vg.infinitive && (!vg.bare || past(vg) && self.np(at + 1).is_some()))
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
        // "set fire to the cars", "seized control of the town"
        let leads = match self.lemma(verb) {
            "set fire" => "to",
            lemma if lemma.ends_with(" control") => "of",
            _ => "",
        };
        at += usize::from(!leads.is_empty() && self.word(at) == leads);
        match self.np(at) {
            Some(_) if self.speaks_next(at) => Vec::new(),
            Some(_) => self.list(at),
            None => self.relative_object(verb),
        }
    }

    /// "causing a dozen wounded the Observatory told the agency": where a text has lost its commas, who says it is hurt by
    /// nobody.
    fn speaks_next(&self, at: usize) -> bool {
        let verb = self.chain_end(at) + 1;
        let told = self.says(verb)
            && self.vg(verb).is_some_and(|vg| {
                !vg.passive && !vg.infinitive && vg.verb.is_some_and(|verb| verb.form != Form::Ing)
            });
        told && self.np(at).is_some_and(|np| {
            (np.first..=np.head)
                .any(|token| self.lexicon.speakers.find(&self.parsed.tokens, token).is_some())
        })
    }

    /// "two engineers whom the rebels had kidnapped": the object that stands before its clause.
    fn relative_object(&self, verb: usize) -> Vec<usize> {
        let active = self.vg(verb).is_some_and(|vg| !vg.passive && !vg.copula && !vg.infinitive);
        let rel = verb.checked_sub(2).filter(|rel| {
            active
                && self.np(verb - 1).is_some()
                && matches!(self.chunk(*rel), Some(Chunk::Rel(_)))
                && matches!(self.word(*rel), "whom" | "which" | "that")
                && !self.is_prep(rel.saturating_sub(1))
        });
        rel.map_or_else(Vec::new, |rel| self.before_relative(rel))
    }

    /// The prepositional phrases that follow a chunk inside its clause: preposition and what it governs.
    pub fn phrases(&self, from: usize) -> Vec<(&'s str, Vec<usize>)> {
        let (mut out, mut at) = (Vec::new(), from + 1);
        let (stop, mut held) = (at + REACH, false);
        while at < stop {
            match self.chunk(at) {
                Some(Chunk::Prep(_)) => {
                    let mut word = self.word(at);
                    let mut next = at + 1;
                    while self.is_prep(next)
                        || self.is_quote(next)
                        || matches!(self.chunk(next), Some(Chunk::Adv(_) | Chunk::Aside(..)))
                    {
                        // "carried out by", "broke out between": the particle is the verb's
                        let particle = matches!(word, "out" | "up" | "off" | "down");
                        if particle && self.is_prep(next) {
                            word = self.word(next);
                        }
                        next += 1;
                    }
                    if self.np(next).is_none() {
                        at = next;
                        continue;
                    }
                    let list = self.list(next);
                    at = list.last().map_or(next, |last| self.chain_end(*last)) + 1;
                    // "near a village held by A": A holds the village and did nothing else
                    if word == "by" && held {
                        held = false;
                    } else {
                        out.push((word, list));
                    }
                }
                Some(Chunk::Vg(vg))
                    if vg.bare
                        && at > from + 1
                        && self.lexicon.saying(self.lemma(at)).is_none()
                        && vg.verb.is_none_or(|verb| verb.family.is_none()) =>
                {
                    held = self.np(at - 1).is_some()
                        && self.word(at + 1) == "by"
                        && vg.verb.is_some_and(|verb| verb.form != Form::Ing)
                        && !self.entity(at - 1).is_some_and(|entity| {
                            matches!(entity.what, What::Deed(_) | What::Materiel)
                        });
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
        let mut verbs = (end + 1..end + REACH)
            .take_while(|at| {
                !matches!(self.chunk(*at), Some(Chunk::Sub(_)) | None)
                    && (self.is_quote(*at) || !matches!(self.chunk(*at), Some(Chunk::Mark(_))))
            })
            .filter(|at| self.vg(*at).is_some());
        let first = verbs.next()?;
        if self.subject(first).contains(&np) {
            return Some(first);
        }
        // "the attack in which four people were killed was carried out by": over the relative clause
        let relative = (end + 1..first).any(|at| matches!(self.chunk(at), Some(Chunk::Rel(_))));
        let next = verbs.next().filter(|_| relative)?;
        let finite = self.vg(next).is_some_and(|vg| !vg.bare && !vg.infinitive);
        let joined = matches!(self.chunk(next - 1), Some(Chunk::Conj(_)));
        (finite && !joined).then_some(next)
    }
}
