//! The sides of an event once all of it has been read: whose "attackers", "militants" and "prisoners" were, and whose
//! the equipment was that was lost.

use super::join::merge_figures;
use super::merge::Event;
use crate::extract::event::candidate::{Candidate, Party, Toll, Whose};
use crate::extract::language::Armed;
use crate::extract::names::Roster;
use crate::model::casualty::Fate;
use crate::model::faction::FactionKind;

/// Gives the losses of each event to its parties where the text names them by a word only.
pub fn settle(roster: &Roster, events: &mut [Event]) {
    for event in events {
        let whole = &mut event.whole;
        let found: Vec<Option<Party>> = whole
            .tolls
            .iter()
            .map(|toll| {
                let wide = part(roster, whole, toll);
                wide.or_else(|| stranger(roster, whole, &toll.side))
                    .or_else(|| owner(roster, whole, toll))
            })
            .collect();
        for (toll, party) in whole.tolls.iter_mut().zip(found) {
            if let Some(party) = party {
                toll.side = Party { class: toll.side.class, carried: true, ..party };
                toll.unsaid = false;
            }
        }
        name_the_dead(&mut whole.tolls);
        unite(&mut whole.tolls);
        forget_words(roster, whole);
        own_the_downed(whole);
        let loser = sole(&whole.targets);
        for item in &mut whole.items {
            item.owner = item.owner.or(loser);
        }
    }
}

/// The one party attacked that a wider name means: "government fighters" where a militia of the government was hit.
fn part(roster: &Roster, whole: &Candidate, toll: &Toll) -> Option<Party> {
    let wide = toll.side.faction?;
    let acts = whole.initiators.iter().chain(&whole.participants).chain(&whole.targets);
    if acts.into_iter().any(|party| party.faction == Some(wide)) {
        return None;
    }
    one_side(&whole.targets, |party| {
        party.faction.is_some_and(|part| part != wide && roster.upward(part).contains(&wide))
    })
}

/// The army of another state that alone was hit, where "soldiers" were lost: the theatre's word for its own army means
/// the Turkish army's where a Turkish convoy was ambushed.
fn stranger(roster: &Roster, whole: &Candidate, side: &Party) -> Option<Party> {
    let home = side.faction.filter(|_| is_worded(side))?;
    let armed = side.class.and_then(|class| class.armed).filter(|armed| *armed == Armed::State);
    // who did it does not count: its own soldiers are not whom it killed
    let mut named =
        whole.participants.iter().chain(&whole.targets).filter(|party| !is_worded(party));
    if armed.is_none() || named.any(|party| party.faction.is_some_and(|f| roster.related(f, home)))
    {
        return None;
    }
    one_side(&whole.targets, |party| !is_worded(party) && fits(roster, armed, party))
}

/// Whether a party is told by a common noun only.
fn is_worded(party: &Party) -> bool {
    !party.name.contains(char::is_uppercase)
}

/// The party of the event that the losing side's word means.
fn owner(roster: &Roster, whole: &Candidate, toll: &Toll) -> Option<Party> {
    let class = toll.side.class;
    let armed = class.and_then(|class| class.armed);
    if toll.side.faction.is_some() || toll.side.named {
        return None;
    }
    // neither those who did it nor those who tell of it as of others'
    let tellers: Vec<usize> = toll
        .speakers
        .iter()
        .filter_map(|speaker| speaker.faction.as_ref())
        .filter_map(|id| roster.by_id(id.as_str()))
        .collect();
    let apart = |party: &Party, from: &[usize]| {
        party.faction.is_some_and(|faction| !from.iter().any(|own| roster.related(*own, faction)))
    };
    let such = |party: &Party| fits(roster, armed, party) && apart(party, &toll.doers);
    match toll.whose {
        Whose::Doers => {
            let strangers = |party: &Party| apart(party, &tellers);
            let all = one_side(&whole.initiators, strangers);
            all.or_else(|| one_side(&whole.targets, |party| such(party) && strangers(party)))
        }
        Whose::Aboard => one_side(&whole.targets, |_| true),
        Whose::Foes => one_side(&whole.targets, |party| apart(party, &toll.doers))
            .or_else(|| one_side(&whole.initiators, |party| apart(party, &toll.doers)))
            .filter(|_| !toll.doers.is_empty() || !whole.targets.is_empty()),
        Whose::Said if armed.is_some() => one_side(&whole.targets, such)
            .or_else(|| one_side(&whole.participants, such))
            .or_else(|| one_side(&whole.initiators, such).filter(|_| armed != Some(Armed::Any))),
        Whose::Said | Whose::Mixed | Whose::Folk => None,
    }
}

/// Whether a party has such people: soldiers are a state's, militants are not.
fn fits(roster: &Roster, armed: Option<Armed>, party: &Party) -> bool {
    let Some(faction) = party.faction else { return false };
    let state = roster.party(faction).kind == FactionKind::StateForces;
    match armed {
        Some(Armed::State) => state,
        Some(Armed::Rebel) => !state,
        Some(Armed::Any) => true,
        None => false,
    }
}

/// The party of a list that alone is known and fits.
fn one_side(list: &[Party], fits: impl Fn(&Party) -> bool) -> Option<Party> {
    let mut known = list.iter().filter(|party| party.faction.is_some() && fits(party));
    match (known.next(), known.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

/// The faction that alone stands in a list.
fn sole(list: &[Party]) -> Option<usize> {
    one_side(list, |_| true).and_then(|party| party.faction)
}

/// "Nearly all of the dead were policemen" gives no figure but says whose the one given before is.
fn name_the_dead(tolls: &mut Vec<Toll>) {
    let empty =
        |toll: &Toll| toll.killed.is_none() && toll.wounded.is_none() && toll.captured.is_none();
    let said = tolls.iter().find(|toll| empty(toll) && !toll.unsaid).map(|toll| toll.side.clone());
    let mut open = tolls.iter_mut().filter(|toll| toll.unsaid && !empty(toll));
    if let (Some(side), Some(toll), None) = (said, open.next(), open.next()) {
        (toll.side, toll.unsaid) = (side, false);
    }
    // a count of fighters and others together holds those whom the text also names without a number
    let together = tolls.iter().any(|toll| toll.whose == Whose::Mixed);
    let counted = |toll: &Toll| {
        let figures = [&toll.killed, &toll.wounded, &toll.captured];
        figures.into_iter().flatten().any(|figure| figure.min.is_some())
    };
    tolls
        .retain(|toll| !empty(toll) && (!together || counted(toll) || toll.side.faction.is_some()));
}

/// Losses that turned out to be of one side become one row.
fn unite(tolls: &mut Vec<Toll>) {
    let mut out: Vec<Toll> = Vec::new();
    for toll in tolls.drain(..) {
        let same = |known: &&mut Toll| {
            known.side.faction.is_some() && known.side.faction == toll.side.faction
        };
        match out.iter_mut().find(same) {
            Some(known) => merge_figures(known, toll, false),
            None => out.push(toll),
        }
    }
    *tolls = out;
}

/// "a plane" that was shot down is its owner's, where the text says elsewhere whose it was.
fn own_the_downed(whole: &mut Candidate) {
    let mut downed = whole.items.iter().filter(|item| item.thing.fate == Fate::Downed);
    let Some(owner) = downed.find_map(|item| item.owner) else { return };
    for target in &mut whole.targets {
        if target.air && target.faction.is_none() {
            target.faction = Some(owner);
        }
    }
}

/// A word for fighters among the targets says no more than the party that it means.
fn forget_words(roster: &Roster, whole: &mut Candidate) {
    let known: Vec<Party> = whole.targets.iter().chain(&whole.participants).cloned().collect();
    let below = |party: &Party| {
        known.iter().any(|other| match (party.faction, other.faction) {
            (Some(wide), Some(part)) => part != wide && roster.upward(part).contains(&wide),
            _ => false,
        })
    };
    let strangers: Vec<bool> =
        whole.targets.iter().map(|party| stranger(roster, whole, party).is_some()).collect();
    let mut strangers = strangers.into_iter();
    whole.targets.retain(|party| {
        let elsewhere = strangers.next().unwrap_or_default();
        let worded = is_worded(party) && party.faction.is_some();
        !worded || !below(party) && !elsewhere
    });
    whole.targets.retain(|party| {
        let armed = party.class.and_then(|class| class.armed).filter(|_| !party.named);
        party.faction.is_some()
            || armed.is_none()
            || !known.iter().any(|other| fits(roster, armed, other))
    });
}
