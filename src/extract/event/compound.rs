//! Who stands in front of a deed noun: "the rebel mortar attack", "the mayor's murder", "Qalat car bombings".

use super::clause::Clause;
use super::entity::{Entity, What};
use super::roles::Roles;
use crate::extract::language::{Armed, Class, Family};
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Np;
use crate::extract::parse::count::is_number_word;
use crate::extract::parse::tag::is_violent;

/// Names and classes before the head: "ISIS attack", "a rebel mortar attack", "army's shelling".
pub(super) fn inside(
    clause: &Clause<'_, '_>,
    at: usize,
    np: &Np,
    family: Family,
    roles: &mut Roles,
) {
    let Some(entity) = clause.entity(at) else { return };
    if !entity.factions.is_empty() && !is_setting(clause, np, entity) {
        let named =
            clause.parsed.named_within(np.first, np.last).find(|named| named.faction.is_some());
        let (first, last) =
            named.map_or((entity.first, entity.last), |named| (named.first, named.last));
        let demonym = named.is_some_and(|named| named.kind == AliasKind::Demonym);
        roles.initiators.push(Entity {
            what: What::Force,
            first,
            last,
            named: !demonym,
            class: None,
            count: None,
            ..entity.clone()
        });
        return;
    }
    if matches!(family, Family::Kill | Family::Abduct | Family::Arrest | Family::Sexual)
        && victim_before(clause, np, entity, roles)
    {
        return;
    }
    for token in np.first..np.head {
        let word = clause.parsed.norm(token);
        // "government airstrikes"
        let ruler = clause.lexicon.rulers.has(word) && token + 1 == np.head && is_violent(family);
        let state = Class { armed: Some(Armed::State), office: false, one: false, doer: false };
        let known = clause.lexicon.people.word(word).copied();
        let Some(class) = known.or(ruler.then_some(state)) else { continue };
        let possessive = clause.parsed.norm(token + 1) == "'s";
        // "terrorist attack", "terrorist bombings", "criminal attack" say what sort of deed it was, not who did it
        let sort = matches!(clause.parsed.norm(token), "terrorist" | "criminal")
            && matches!(family, Family::Assault | Family::Blast | Family::Suicide | Family::Kill)
            && token + 1 == np.head;
        // "a major offensive": a rank alone before a deed is another word, or says whom it was done to
        let rank = class.one && class.armed == Some(Armed::State);
        if class.armed.is_some() && !sort && !rank || possessive {
            let what = if class.armed.is_some() { What::Force } else { What::Civilians };
            roles.initiators.push(Entity {
                what,
                first: token,
                last: token + 1,
                head: token,
                class: Some(Class { one: false, ..class }),
                count: None,
                named: false,
                ..entity.clone()
            });
            return;
        }
    }
}

/// "the mayor's murder", "Haddad's abduction": the possessor is the victim.
fn victim_before(clause: &Clause<'_, '_>, np: &Np, entity: &Entity, roles: &mut Roles) -> bool {
    let Some(mark) = (np.first..np.head).find(|at| matches!(clause.parsed.norm(*at), "'s" | "'"))
    else {
        return false;
    };
    let Some(head) = mark.checked_sub(1).filter(|head| *head >= np.first) else { return false };
    let class = clause.lexicon.people.word(clause.parsed.norm(head)).copied();
    let name = clause
        .parsed
        .tokens
        .get(head)
        .is_some_and(|token| token.caps != crate::extract::parse::token::Caps::None);
    let what = match class {
        Some(class) if class.armed.is_some() => What::Force,
        Some(class) if class.office => What::Person,
        Some(_) => What::Civilians,
        None if name => What::Name,
        None => return false,
    };
    let first = (np.first..=head)
        .rev()
        .take_while(|at| {
            !matches!(clause.parsed.norm(*at), "the" | "a" | "an")
                && !is_number_word(clause.parsed.norm(*at))
        })
        .last()
        .unwrap_or(head);
    roles.targets.push(Entity {
        what,
        first,
        last: head + 1,
        head,
        class,
        count: None,
        named: false,
        factions: Vec::new(),
        ..entity.clone()
    });
    true
}

/// The bare name of a state before a deed says where ("Qalat car bombings") unless the deed is a state's own kind.
fn is_setting(clause: &Clause<'_, '_>, np: &Np, entity: &Entity) -> bool {
    let named = clause.parsed.named_within(np.first, np.last).find(|named| named.faction.is_some());
    let bare = named.is_some_and(|named| {
        named.kind == AliasKind::Name
            && clause.parsed.place_at(named.first).is_some_and(|spot| {
                clause.parsed.spots[spot].place.precision
                    == crate::model::place::PlacePrecision::Country
                    && named.last == clause.parsed.spots[spot].last
            })
    });
    let possessive = named.is_some_and(|named| clause.parsed.norm(named.last) == "'s");
    bare && !possessive && entity.factions.len() == 1
}
