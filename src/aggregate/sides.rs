//! Who takes part, compared between claims.

use std::rc::Rc;

use jiff::civil::Date;

use super::kin::{Kin, Line};
use crate::model::actor::{Actor, ActorKind, Role};

/// A named side of a claim.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// What it does.
    pub(super) role: Role,
    /// Who it is.
    pub(super) line: Rc<Line>,
}

impl Side {
    /// The named sides of a claim; gunmen, civilians and other generic groups agree with anyone.
    pub(super) fn all(actors: &[Actor], day: Option<Date>, kin: &Kin<'_>) -> Vec<Self> {
        let named = actors.iter().filter(|actor| is_named(actor));
        named
            .map(|actor| Self {
                role: actor.role,
                line: kin.actor(actor.faction.as_ref(), &actor.name, day),
            })
            .collect()
    }
}

/// Whether an actor is somebody in particular.
pub(super) fn is_named(actor: &Actor) -> bool {
    actor.faction.is_some() || (!actor.generic && actor.kind == ActorKind::Organisation)
}

/// How the sides of two claims agree, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Accord {
    /// Different parties.
    Conflict,
    /// Nothing speaks against it: one of them names nobody there.
    Open,
    /// One party in common.
    Shared,
    /// Two parties in common.
    Full,
}

/// Compares the sides of two claims. `swappable`: in a clash either side may be told as the attacker.
pub(super) fn accord(a: &[Side], b: &[Side], swappable: bool) -> Accord {
    let at_odds = |role| role_at_odds(a, b, role, swappable);
    if at_odds(Role::Initiator) || at_odds(Role::Target) {
        return Accord::Conflict;
    }
    match (shared(a, b).min(shared(b, a)), a.len() + b.len()) {
        (0, all) if all > 2 && !a.is_empty() && !b.is_empty() => Accord::Conflict,
        (0, _) => Accord::Open,
        (1, _) => Accord::Shared,
        _ => Accord::Full,
    }
}

/// Both name somebody in this role, and none of the one has a part in the other.
fn role_at_odds(a: &[Side], b: &[Side], role: Role, swappable: bool) -> bool {
    let fits = |side: &Side| side.role == role || side.role == Role::Participant || swappable;
    let in_role = |sides: &[Side]| sides.iter().any(|side| side.role == role);
    let met = a
        .iter()
        .filter(|side| side.role == role)
        .any(|side| b.iter().any(|other| fits(other) && side.line.is_kin(&other.line)));
    in_role(a) && in_role(b) && !met
}

/// How many different parties of `a` have kin in `b`: none, one, or two and more.
fn shared(a: &[Side], b: &[Side]) -> usize {
    let has_kin = |side: &&Side| b.iter().any(|other| other.line.is_kin(&side.line));
    let Some(first) = a.iter().find(has_kin) else { return 0 };
    let second = a.iter().filter(|side| !side.line.is_kin(&first.line)).any(|side| has_kin(&side));
    1 + usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::fake::registry;

    fn sides(kin: &Kin<'_>, sides: &[(&str, Role)]) -> Vec<Side> {
        sides
            .iter()
            .map(|(id, role)| Side { role: *role, line: kin.line(&(*id).into(), None) })
            .collect()
    }

    #[test]
    fn a_service_and_its_government_are_one_party() {
        let registry = registry();
        let kin = Kin::new(&registry);
        let a = sides(&kin, &[("reds", Role::Initiator), ("north-army", Role::Target)]);
        let b = sides(&kin, &[("reds", Role::Initiator), ("north-forces", Role::Target)]);
        assert_eq!(accord(&a, &b, false), Accord::Full);
    }

    #[test]
    fn different_attackers_are_a_conflict_unless_a_clash_is_told_from_both_sides() {
        let registry = registry();
        let kin = Kin::new(&registry);
        let a = sides(&kin, &[("reds", Role::Initiator), ("blues", Role::Target)]);
        let b = sides(&kin, &[("blues", Role::Initiator), ("reds", Role::Target)]);
        assert_eq!(accord(&a, &b, false), Accord::Conflict);
        assert_eq!(accord(&a, &b, true), Accord::Full);
    }
}
