//! Whom a relative pronoun stands for: "the teacher and his son, who were".

use super::clause::Clause;
use super::entity::What;
use crate::extract::parse::chunk::Chunk;

impl Clause<'_, '_> {
    pub(super) fn before_relative(&self, rel: usize) -> Vec<usize> {
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
}
