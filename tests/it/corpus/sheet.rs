//! What is counted, and the figures made of it.

use std::ops::AddAssign;

/// What a reading is marked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Event,
    Type,
    Date,
    Country,
    Admin1,
    Place,
    Actors,
    Killed,
    KilledSide,
    Wounded,
    WoundedSide,
    Captured,
    CapturedSide,
    Materiel,
    Status,
    Attribution,
}

impl Slot {
    pub(super) const ALL: [Self; 16] = [
        Self::Event,
        Self::Type,
        Self::Date,
        Self::Country,
        Self::Admin1,
        Self::Place,
        Self::Actors,
        Self::Killed,
        Self::KilledSide,
        Self::Wounded,
        Self::WoundedSide,
        Self::Captured,
        Self::CapturedSide,
        Self::Materiel,
        Self::Status,
        Self::Attribution,
    ];

    /// The slots that a digest prints: the total is made of them.
    const CORE: [Self; 10] = [
        Self::Type,
        Self::Date,
        Self::Admin1,
        Self::Place,
        Self::Actors,
        Self::KilledSide,
        Self::WoundedSide,
        Self::CapturedSide,
        Self::Materiel,
        Self::Status,
    ];
}

/// How many fills the key has, how many were read, and how much of them is right.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) keyed: f64,
    pub(super) read: f64,
    pub(super) right: f64,
}

impl Tally {
    /// The harmonic mean of precision and recall, in hundredths.
    pub(super) fn f1(self) -> f64 {
        let both = self.keyed + self.read;
        if both > 0.0 { 200.0 * self.right / both } else { 0.0 }
    }

    /// The right share of what the key has, in hundredths.
    pub(super) fn recall(self) -> f64 {
        if self.keyed > 0.0 { 100.0 * self.right / self.keyed } else { 0.0 }
    }

    /// The right share of what was read, in hundredths.
    pub(super) fn precision(self) -> f64 {
        if self.read > 0.0 { 100.0 * self.right / self.read } else { 0.0 }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.keyed += other.keyed;
        self.read += other.read;
        self.right += other.right;
    }
}

/// A tally for every slot.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sheet([Tally; Slot::ALL.len()]);

impl Sheet {
    pub(super) fn set(&mut self, slot: Slot, tally: Tally) {
        self.0[slot as usize] = tally;
    }

    pub(super) fn of(&self, slot: Slot) -> Tally {
        self.0[slot as usize]
    }

    /// The core slots together: every fill weighs the same.
    pub(super) fn core(&self) -> Tally {
        let mut sum = Tally::default();
        for slot in Slot::CORE {
            sum += self.of(slot);
        }
        sum
    }

    /// Of the dead that were counted right, those that lie with the right side.
    pub(super) fn right_side(&self) -> f64 {
        let counted = self.of(Slot::Killed).right;
        if counted > 0.0 { self.of(Slot::KilledSide).right / counted } else { 0.0 }
    }
}

impl AddAssign for Sheet {
    fn add_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, its)| *mine += its);
    }
}
