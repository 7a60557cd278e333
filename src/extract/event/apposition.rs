//! Two phrases for one: the mayor and his name, an age or a short form after a name.

use super::clause::Clause;
use super::entity::What;
use crate::extract::parse::chunk::Chunk;
use crate::extract::parse::token::{Caps, Shape};

impl Clause<'_, '_> {
    /// The comma that opens "Haddad, 46,", "two men, 25 and 31," or "the Defence Front, DF,": ages or a short form between
    /// commas after a name, of which the phrase at `at` is the last.
    pub(super) fn age_from(&self, at: usize) -> Option<usize> {
        let alone = |at: usize| {
            let np = self.np(at)?;
            let token = self.parsed.tokens.get(np.first)?;
            Some((np, token)).filter(|(np, _)| np.last == np.first + 1)
        };
        let number = |at: usize| {
            alone(at).is_some_and(|(_, token)| token.shape == Shape::Number)
                || self
                    .np(at)
                    .is_some_and(|np| np.count.as_ref().is_some_and(|count| np.head < count.last))
        };
        let short = alone(at).is_some_and(|(_, token)| token.caps == Caps::All);
        let mut first = at;
        while number(at) && first >= 2 && self.is_conj(first - 1) && number(first - 2) {
            first -= 2;
        }
        let comma = first.checked_sub(1).filter(|comma| self.is_comma(*comma))?;
        let named = comma > 0 && self.np(comma - 1).is_some();
        ((number(at) || short) && named && self.is_comma(at + 1)).then_some(comma)
    }

    pub(super) fn by_names(&self, found: &[usize]) -> Vec<usize> {
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
    pub(super) fn by_name(&self, at: usize) -> usize {
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
}
