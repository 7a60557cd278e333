//! The subject of a verb: over relative clauses, lists, participles and what stands between.

use super::clause::{Clause, REACH};
use super::entity::What;
use super::phrase;
use crate::extract::language::{Family, Form, Saying};
use crate::extract::parse::chunk::Chunk;

impl Clause<'_, '_> {
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
                Chunk::Np(_) => match self.age_from(at) {
                    Some(comma) => at = comma,
                    None => match self.candidate(at, verb, joined, hangs) {
                        Step::Found(found) => return self.by_names(&found),
                        Step::Verb(other) => return self.subject_from(other, depth + 1),
                        Step::Back(to) => at = to,
                    },
                },
            }
        }
        Vec::new()
    }

    /// The first phrase of the list "A, B and C" that ends at `at`.
    fn first_of_list(&self, at: usize) -> usize {
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
            && !self.ends_with_place(first - 2, first)
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
        first
    }

    /// "shelled Hama and government forces shelled Homs": a town that ends a clause is in no list with who begins the next.
    fn ends_with_place(&self, place: usize, next: usize) -> bool {
        self.is_area(place)
            && !self.is_area(next)
            && place > 0
            && (self.is_prep(place - 1) || self.vg(place - 1).is_some())
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
        if self.is_part_of_them(at) {
            return Step::Back(at - 3);
        }
        if let Some(comma) = self.among_them(at) {
            return Step::Back(comma);
        }
        if matches!(self.word(at - 1), "mostly" | "mainly" | "largely" | "predominantly") {
            return Step::Back(at - 1);
        }
        if let Some(before) = self.aside_before(at, verb) {
            return Step::Back(before);
        }
        let mut first = self.first_of_list(at);
        if self.is_supposed(first) {
            return Step::Back(first - 2);
        }
        let ruled = first > 0
            && (self.is_prep(first - 1) || self.vg(first - 1).is_some() && !self.says(first - 1));
        if self.is_part_of_them(first) {
            return Step::Back(first - 3);
        }
        if joined && !ruled {
            first = at;
        }
        if !joined && !hangs && ruled && self.vg(first - 1).is_some() {
            // "attacked the army and police arrested ten men": the list is the object of one verb and the subject of another
            first = at;
        }
        if self.is_part_of_them(first) {
            return Step::Back(first - 3);
        }
        if let Some(before) = self.serial(first).filter(|_| !joined) {
            // "the offices in A, B, and C were hit"
            if before > 0 && self.is_prep(before - 1) && self.word(before - 1) != "of" {
                return Step::Back(before - 1);
            }
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
        if let Some(other) = self.governor_of_list(first).filter(|_| joined) {
            return Step::Verb(other);
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
        // "troops backed by jets advanced": the jets belong to the participle
        let agent = self.word(first - 1) == "by"
            && first >= 3
            && self.np(first - 3).is_some()
            && self
                .vg(first - 2)
                .is_some_and(|vg| vg.bare && vg.verb.is_some_and(|verb| verb.form != Form::Ing))
            && matches!(
                self.lemma(first - 2),
                "back" | "support" | "lead" | "assist" | "accompany"
            );
        if agent {
            return Step::Back(first - 1);
        }
        if self.is_prep(first - 1) {
            let vg = self.vg(verb);
            let participle =
                vg.is_some_and(|vg| vg.bare && vg.verb.is_none_or(|verb| verb.form != Form::Ing));
            // "men on a motorcycle shot and killed him"
            let shares = self.is_conj(verb + 1)
                && self.vg(verb + 2).is_some_and(|vg| vg.bare)
                && !self.objects(verb + 2).is_empty();
            let speaks = self.says(verb) && self.is_seat(at);
            let apart = shares || even || speaks || self.happens(verb);
            let reduced = at + 1 == verb && participle && !apart && self.objects(verb).is_empty();
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
        if self.is_beside(first, verb) {
            return Step::Verb(first - 1);
        }
        if self.vg(first - 1).is_some() && !self.says(first - 1) && (joined || hangs) {
            return Step::Verb(first - 1);
        }
        if let Some(rel) = self.relative_of(first).filter(|_| !joined && !hangs)
            && self.vg(verb).is_some_and(|vg| !vg.bare)
        {
            return Step::Found(self.before_relative(rel));
        }
        let post = self.entity(at).is_some_and(|entity| entity.what == What::Position);
        if hangs && (!joined && verb > at + 1 || post) {
            return Step::Back(first);
        }
        Step::Found(self.list_upto(first, at))
    }

    /// "jets believed to be Syrian or Russian struck the town": what a verb of belief says the subject is.
    fn is_supposed(&self, at: usize) -> bool {
        let jets = at.checked_sub(3).filter(|jets| self.np(*jets).is_some());
        jets.is_some_and(|jets| phrase::believed(self, jets) == Some(at))
    }

    /// "21 people, most of them women and children,": the phrase after "them" only details the one before the comma.
    fn is_part_of_them(&self, at: usize) -> bool {
        at >= 4
            && self.word(at - 2) == "of"
            && self.is_comma(at - 4)
            && self.np(at - 1).is_some_and(|np| {
                matches!(self.parsed.norm(np.head), "them" | "whom" | "which" | "these")
            })
    }

    /// "men wearing uniforms killed two farmers": the object of a participle beside the subject, before a verb that has an
    /// object of its own.
    fn is_beside(&self, object: usize, verb: usize) -> bool {
        let Some(participle) = object.checked_sub(1) else { return false };
        let ing = self.vg(participle).is_some_and(|vg| {
            let unknown = || self.parsed.norm(vg.head).ends_with("ing");
            vg.bare && vg.verb.map_or_else(unknown, |verb| verb.form == Form::Ing)
        });
        let beside = participle > 0 && self.np(participle - 1).is_some();
        let has = |verb: usize| !self.objects(verb).is_empty();
        let finite = self.vg(verb).is_some_and(|vg| !vg.bare && !vg.infinitive)
            || has(verb)
            || self.is_conj(verb + 1) && self.vg(verb + 2).is_some() && has(verb + 2);
        let acts = self.entity(object).is_some_and(super::entity::Entity::can_act);
        ing && beside && finite && !acts
    }

    /// The relative pronoun of the clause that a noun phrase is the object in: "a guard who tried to stop them".
    fn relative_of(&self, object: usize) -> Option<usize> {
        let verb = object.checked_sub(1).filter(|verb| self.vg(*verb).is_some())?;
        let start =
            (verb.saturating_sub(2)..=verb).rev().take_while(|at| self.vg(*at).is_some()).last()?;
        start.checked_sub(1).filter(|at| matches!(self.chunk(*at), Some(Chunk::Rel(_))))
    }

    /// "a spokesman in Damascus said": a town says nothing and is not said, nor is a country where somebody is.
    fn is_seat(&self, at: usize) -> bool {
        let framed = |spot: usize| self.parsed.spots.get(spot).is_some_and(|spot| spot.framed);
        self.is_area(at)
            || self
                .entity(at)
                .is_some_and(|entity| entity.named && entity.place.is_some_and(framed))
    }

    fn is_area(&self, at: usize) -> bool {
        self.entity(at).is_some_and(|entity| entity.what == What::Area)
    }

    /// The comma before "women and children among them" that ends at `at`.
    fn among_them(&self, at: usize) -> Option<usize> {
        let them = self
            .np(at)
            .is_some_and(|np| matches!(self.parsed.norm(np.head), "them" | "whom" | "these"));
        let mut first = at
            .checked_sub(1)
            .filter(|among| them && matches!(self.word(*among), "among" | "amongst"))?;
        let among = first;
        while first > 0 && (self.np(first - 1).is_some() || self.is_conj(first - 1)) {
            first -= 1;
        }
        first.checked_sub(1).filter(|comma| first < among && self.is_comma(*comma))
    }

    /// "killing A and B and wounding": the verb whose objects end with the phrase at `last`, if they are several.
    fn governor_of_list(&self, last: usize) -> Option<usize> {
        let mut first = last;
        while first >= 2 && self.is_conj(first - 1) {
            let Some(before) = self.head_of_chain(first - 2) else { break };
            first = before;
        }
        let verb = first.checked_sub(1).filter(|_| first < last)?;
        self.vg(verb).filter(|vg| !vg.passive && !self.says(verb)).map(|_| verb)
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
        let free = first == 0 || self.vg(first - 1).is_none();
        (more && free).then_some(first)
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

    pub(super) fn list_upto(&self, first: usize, last: usize) -> Vec<usize> {
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
}

/// Where the search for a subject goes on.
enum Step {
    Found(Vec<usize>),
    Verb(usize),
    Back(usize),
}
