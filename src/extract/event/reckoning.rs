//! Reckonings: "put the dead at 41 and the wounded at 110", "put the army's losses at four dead and six wounded".

use super::clause::Clause;
use super::effects::Loss;
use super::entity::{Entity, What};
use crate::extract::language::{Class, Effect};
use crate::extract::parse::chunk::{Chunk, Np};

/// How many chunks a reckoning may span.
const REACH: usize = 18;

/// Verbs that give a number to what they name.
pub(super) const GIVES: &[&str] = &["put", "give", "estimate", "set", "place", "list"];

/// What a reckoning is of, as far as it has been read.
#[derive(Default)]
struct Subject {
    effect: Option<Effect>,
    whom: Option<Entity>,
    losses: bool,
}

/// Reads the losses that a verb such as "put" gives a number to.
pub(super) fn read(clause: &Clause<'_, '_>, verb: usize, out: &mut Vec<Loss>) {
    if !GIVES.contains(&clause.lemma(verb)) || clause.vg(verb).is_some_and(|vg| vg.negated) {
        return;
    }
    let mut subject = Subject::default();
    let mut at = verb + 1;
    while at < verb + REACH {
        match clause.chunk(at) {
            Some(Chunk::Np(np)) => subject.learn(clause, at, np),
            Some(Chunk::Vg(vg)) if vg.bare => {
                let effect = clause.lexicon.effect_of_word(clause.parsed.norm(vg.head));
                subject.effect = effect.or(subject.effect);
            }
            Some(Chunk::Prep(_)) if matches!(clause.word(at), "at" | "as") => {
                if clause.np(at + 1).is_some_and(|np| np.count.is_some()) {
                    let list = clause.list(at + 1);
                    let end = list.last().copied().unwrap_or(at + 1);
                    for np in list {
                        subject.count(clause, np, verb, out);
                    }
                    at = end;
                }
            }
            Some(Chunk::Prep(_) | Chunk::Conj(_) | Chunk::Adv(_) | Chunk::Comma(_)) => {}
            _ => return,
        }
        at += 1;
    }
}

impl Subject {
    /// What a noun phrase before the number says of whom is counted.
    fn learn(&mut self, clause: &Clause<'_, '_>, at: usize, np: &Np) {
        let lexicon = clause.lexicon;
        let said = (np.first..np.last).find_map(|token| {
            let word = clause.parsed.norm(token);
            lexicon.effect_of_word(word).or_else(|| lexicon.effect_of_noun(word))
        });
        self.effect = said.or(self.effect);
        self.losses |= matches!(clause.parsed.norm(np.head), "losses" | "casualties");
        let Some(entity) = clause.entity(at) else { return };
        let owner = clause.parsed.named_within(np.first, np.last).find_map(|named| named.faction);
        if let Some(owner) = owner.filter(|_| self.losses) {
            let factions = vec![owner];
            self.whom = Some(Entity { what: What::Force, factions, class: None, ..entity.clone() });
        } else if let Some((token, class)) = self.owner_word(clause, np) {
            // "the army's losses", "the attackers' casualties"
            self.whom = Some(Entity {
                what: What::Force,
                class: Some(class),
                first: token,
                last: token + 1,
                head: token,
                definite: true,
                ..entity.clone()
            });
        } else if matches!(entity.what, What::Force | What::Civilians) && entity.class.is_some() {
            self.whom = Some(entity.clone());
        }
    }

    /// The word for fighters in a phrase for losses.
    fn owner_word(&self, clause: &Clause<'_, '_>, np: &Np) -> Option<(usize, Class)> {
        (np.first..np.head).filter(|_| self.losses).find_map(|token| {
            let class = clause.lexicon.people.word(clause.parsed.norm(token)).copied()?;
            class.armed.map(|_| (token, class))
        })
    }

    /// The loss that a counted phrase after "at" makes.
    fn count(&self, clause: &Clause<'_, '_>, at: usize, verb: usize, out: &mut Vec<Loss>) {
        let (Some(np), Some(entity)) = (clause.np(at), clause.entity(at)) else { return };
        let own = (np.first..np.last)
            .find_map(|token| clause.lexicon.effect_of_word(clause.parsed.norm(token)));
        let Some(effect) = own.or(self.effect) else { return };
        let count = entity.count.clone();
        let people = match &self.whom {
            Some(whom) => Entity { count: count.clone(), ..whom.clone() },
            None => Entity { what: What::Other, ..entity.clone() },
        };
        let total = self.whom.is_none();
        out.push(Loss { figure: count, total, ..Loss::new(effect, people, at, verb) });
    }
}
