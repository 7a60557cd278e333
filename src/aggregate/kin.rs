//! Who belongs to whom: the registry's answers, remembered for the length of one run.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::{fold, hash};
use crate::model::faction::{Faction, FactionKind};
use crate::model::id::FactionId;
use crate::model::registry::Registry;

/// A faction of the registry, or a group that only a text names, with everything above it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The registry's id, or one made of the name.
    pub(super) id: FactionId,
    /// What it counts under.
    pub(super) top: FactionId,
    /// Whether a pack knows it.
    pub(super) known: bool,
    /// Hashes of the id, of what it counts under, and of itself with everything above it: lines are compared for each
    /// pair of claims.
    own: u64,
    under: u64,
    up: Vec<u64>,
    /// What it has in common with its kin.
    marks: Marks,
}

/// Factions as sets of bits: two that are kin have marks in common, most others have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks {
    /// Each itself, and what it counts under.
    names: u64,
    /// The same, and all that stands above it.
    above: u64,
}

impl Marks {
    /// Whether some of these and some of those can be kin.
    pub(super) fn meet(self, other: Self) -> bool {
        (self.names & other.above) | (self.above & other.names) != 0
    }

    /// Those of both.
    pub(super) fn with(self, other: Self) -> Self {
        Self { names: self.names | other.names, above: self.above | other.above }
    }
}

impl Line {
    /// Whether the two are one, one stands above the other, or both count under the same.
    pub(super) fn is_kin(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || self.under == other.under
            || self.up.contains(&other.own)
            || other.up.contains(&self.own)
    }

    /// What it has in common with its kin.
    pub(super) fn marks(&self) -> Marks {
        self.marks
    }

    /// The hash of what it counts under.
    pub(super) fn under(&self) -> u64 {
        self.under
    }

    /// Whether this one stands above the other.
    pub(super) fn is_above(&self, other: &Self) -> bool {
        self.own != other.own && other.up.contains(&self.own)
    }

    /// Whether it is, belongs to or counts under `faction`.
    pub(super) fn is_under(&self, faction: &FactionId) -> bool {
        self.top == *faction || self.up.contains(&key(faction))
    }
}

fn key(id: &FactionId) -> u64 {
    hash(id.as_str().as_bytes())
}

type Days = FxHashMap<Option<Date>, Rc<Line>>;

/// The registry with what was asked of it.
#[derive(Debug)]
pub(super) struct Kin<'a> {
    registry: &'a Registry,
    lines: RefCell<FxHashMap<FactionId, Days>>,
    outlets: HashMap<String, Vec<FactionId>>,
    /// Names that are no outlet's, as texts write them: most speakers are none.
    no_outlets: RefCell<FxHashSet<String>>,
    forces: HashMap<FactionId, FactionId>,
    /// By the hash of a faction's id the number of its bit.
    bits: RefCell<FxHashMap<u64, u32>>,
}

impl<'a> Kin<'a> {
    /// Nothing asked yet.
    pub(super) fn new(registry: &'a Registry) -> Self {
        let mut outlets: HashMap<String, Vec<FactionId>> = HashMap::new();
        for faction in registry.factions() {
            for outlet in &faction.outlets {
                outlets.entry(fold(outlet)).or_default().push(faction.id.clone());
            }
        }
        let forces = forces(registry);
        Self {
            registry,
            lines: RefCell::default(),
            outlets,
            no_outlets: RefCell::default(),
            forces,
            bits: RefCell::default(),
        }
    }

    /// The registry itself.
    pub(super) fn registry(&self) -> &'a Registry {
        self.registry
    }

    /// A faction on `day`.
    pub(super) fn line(&self, id: &FactionId, day: Option<Date>) -> Rc<Line> {
        if let Some(line) = self.lines.borrow().get(id).and_then(|days| days.get(&day)) {
            return Rc::clone(line);
        }
        let top = self.registry.rollup(id, day);
        let top = self.forces.get(&top).cloned().unwrap_or(top);
        let (own, under) = (key(id), key(&top));
        let up: Vec<u64> = self.registry.upward(id, day).iter().map(key).collect();
        let names = self.bit(own) | self.bit(under);
        let above = up.iter().fold(names, |all, key| all | self.bit(*key));
        let (marks, known) = (Marks { names, above }, self.registry.faction(id).is_some());
        let line = Rc::new(Line { id: id.clone(), top, known, own, under, up, marks });
        self.lines.borrow_mut().entry(id.clone()).or_default().insert(day, Rc::clone(&line));
        line
    }

    /// Each faction's own bit, as long as there are no more than 64.
    fn bit(&self, key: u64) -> u64 {
        let mut bits = self.bits.borrow_mut();
        let next = u32::try_from(bits.len()).unwrap_or(0);
        1 << (*bits.entry(key).or_insert(next) % u64::BITS)
    }

    /// A group that no pack knows, by its name.
    pub(super) fn stranger(&self, name: &str) -> Rc<Line> {
        self.line(&FactionId::new(format!("name:{}", fold(name))), None)
    }

    /// An actor's line: by id, else by name.
    pub(super) fn actor(&self, id: Option<&FactionId>, name: &str, day: Option<Date>) -> Rc<Line> {
        id.map_or_else(|| self.stranger(name), |id| self.line(id, day))
    }

    /// Whom an outlet or agency of this name speaks for.
    pub(super) fn outlet(&self, name: &str) -> &[FactionId] {
        if self.no_outlets.borrow().contains(name) {
            return &[];
        }
        let Some(factions) = self.outlets.get(&fold(name)) else {
            self.no_outlets.borrow_mut().insert(name.to_owned());
            return &[];
        };
        factions
    }

    /// A faction's entry.
    pub(super) fn faction(&self, id: &FactionId) -> Option<&'a Faction> {
        self.registry.faction(id)
    }

    /// Whether it is a registered group of unarmed people.
    pub(super) fn is_civilian(&self, id: &FactionId) -> bool {
        self.faction(id).is_some_and(|faction| faction.kind == FactionKind::Civilians)
    }

    /// The display name of a faction on `day`; for one in no pack, `name`.
    pub(super) fn name_on(&self, id: Option<&FactionId>, name: &str, day: Option<Date>) -> String {
        let known = id.and_then(|id| self.faction(id));
        known.map_or(name, |faction| faction.name_on(day)).to_owned()
    }
}

/// The government forces of each state, of several entries below it the one under which most factions count: where a
/// text has the state itself attack, its forces do.
fn forces(registry: &Registry) -> HashMap<FactionId, FactionId> {
    let mut parts: BTreeMap<FactionId, usize> = BTreeMap::new();
    for faction in registry.factions() {
        *parts.entry(registry.rollup(&faction.id, None)).or_default() += 1;
    }
    let mut forces: HashMap<FactionId, (usize, FactionId)> = HashMap::new();
    for (id, parts) in parts {
        let Some(state) = state_of(registry, &id) else { continue };
        let known = forces.entry(state).or_insert_with(|| (parts, id.clone()));
        if parts > known.0 {
            *known = (parts, id);
        }
    }
    forces.into_iter().map(|(state, (_, id))| (state, id)).collect()
}

/// The state directly above an entry of state forces.
fn state_of(registry: &Registry, id: &FactionId) -> Option<FactionId> {
    let faction = registry.faction(id).filter(|it| it.kind == FactionKind::StateForces)?;
    let state = registry.faction(faction.parent.as_ref()?)?;
    (state.parent.is_none() && !state.demonyms.is_empty()).then(|| state.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::fake::registry;

    #[test]
    fn b_20_a_state_counts_under_its_government_forces() {
        let registry = registry();
        let kin = Kin::new(&registry);
        assert_eq!(kin.line(&"north".into(), None).top.as_str(), "north-forces");
        assert_eq!(kin.line(&"north-army".into(), None).top.as_str(), "north-forces");
    }
}
