//! A cluster in a few numbers: most of those that a claim is compared with are told apart by these alone.

use super::family::likeness;
use super::kin::Marks;
use super::landmark::{MANY, SEVERAL, killed};
use super::nearness::Outline;
use super::profile::Profile;
use super::sides::Side;
use crate::model::actor::Role;
use crate::model::kind::{EventType, SubType};
use crate::model::time::DatePrecision;

/// It only says that something did not happen.
const DENIAL: u8 = 1;
/// Only parties, or texts that carry a contradiction, tell it.
const CONTESTED: u8 = 2;
/// It says who began it.
const INITIATOR: u8 = 4;
/// It says to whom it was done.
const TARGET: u8 = 8;
/// It is dated no finer than by the month.
const VAGUE: u8 = 16;

/// What decides most often that a claim does not belong to a cluster: one line of the processor's cache, because those of a
/// busy district are looked at one after the other.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Sketch {
    /// The number of the search that met it last: it is found in several places.
    pub(super) met: u32,
    /// Those who began it or took part, together.
    doing: Marks,
    /// Those to whom it was done, or who took part.
    done_to: Marks,
    /// Bits of the sentences it rests on.
    quotes: u64,
    /// Bits of its figures.
    figures: u32,
    site: Option<Outline>,
    /// [`DENIAL`], [`CONTESTED`], [`INITIATOR`], [`TARGET`] and [`VAGUE`].
    flags: u8,
    /// How many sides, 255 at most.
    sides: u8,
    kind: SubType,
    /// The most dead that it tells of, 255 at most.
    dead: u8,
}

const _: () = assert!(size_of::<Sketch>() == 64, "a cluster is looked at in one go");

impl Sketch {
    /// Draws a claim or cluster.
    pub(super) fn of(profile: &Profile<'_>) -> Self {
        let but = |role| {
            let sides = profile.sides.iter().filter(move |side| side.role != role);
            sides.fold(Marks::default(), |all, side| all.with(side.line.marks()))
        };
        let figures = profile.figures.iter();
        let dead = killed(profile).max().unwrap_or(0);
        Self {
            met: 0,
            site: profile.site.map(|site| site.outline()),
            doing: but(Role::Target),
            done_to: but(Role::Initiator),
            figures: half(bits(figures.map(|(measure, n)| u64::from(*n) * 4 + *measure as u64))),
            quotes: bits(profile.quotes.iter().copied()),
            flags: flags(profile),
            sides: u8::try_from(profile.sides.len()).unwrap_or(u8::MAX),
            kind: profile.kind,
            dead: u8::try_from(dead).unwrap_or(u8::MAX),
        }
    }

    /// Whether the cluster can hold a claim, as its sketch and its sides tell: never false where the two fit.
    ///
    /// Claims that are alike fit by a common sentence, at one spot, by two parties in common, by one and equal figures or a
    /// denial; others by a landmark. Where they name different parties in one role they fit only if each may blame another,
    /// by a common sentence or at one spot.
    pub(super) fn may_hold(&self, claim: &Self, profile: &Profile<'_>) -> bool {
        let figures = self.figures & claim.figures != 0;
        let told = figures || (self.flags ^ claim.flags) & DENIAL != 0;
        let alike = told || profile.is_talks() || likeness(self.kind, claim.kind) > 0;
        self.is_landmark_of(claim, figures) || (alike && self.may_fit(claim, profile, told))
    }

    fn may_fit(&self, claim: &Self, profile: &Profile<'_>, told: bool) -> bool {
        let near = self.quotes & claim.quotes != 0 || self.is_spot_of(claim);
        if near && (self.flags | claim.flags) & CONTESTED != 0 {
            return true;
        }
        (near || self.shares(profile, told)) && !self.is_at_odds(claim, profile)
    }

    fn is_landmark_of(&self, claim: &Self, figures: bool) -> bool {
        let dead = u32::from(self.dead.min(claim.dead));
        let rare = match self.kind {
            SubType::ChemicalWeapon => true,
            SubType::SuicideBomb => dead >= SEVERAL,
            _ => false,
        };
        (rare && self.kind == claim.kind)
            || dead >= MANY
            || (figures && dead >= SEVERAL && self.is_vaguely(claim))
    }

    /// Whether one of them tells the month alone, or no coordinates.
    fn is_vaguely(&self, claim: &Self) -> bool {
        let located = |sketch: &Self| sketch.site.as_ref().is_some_and(Outline::is_located);
        (self.flags | claim.flags) & VAGUE != 0 || !located(self) || !located(claim)
    }

    /// Whether both parties of the claim can be kin of the cluster's, or one where that is `enough`. Talks are told by
    /// one party in common.
    fn shares(&self, claim: &Profile<'_>, enough: bool) -> bool {
        let enough = enough || claim.is_talks();
        let kin = claim.sides.iter().filter(|side| self.sides_meet(side));
        let least = if enough { 1 } else { 2 };
        (enough || self.sides > 1) && kin.take(least).count() == least
    }

    fn sides_meet(&self, side: &Side) -> bool {
        self.doing.with(self.done_to).meet(side.line.marks())
    }

    /// Whether both name somebody in one role, and nobody in common, or more than two sides in all of which none is in
    /// common. In a clash, a denial and talks either side may be told in either role.
    fn is_at_odds(&self, claim: &Self, profile: &Profile<'_>) -> bool {
        let clash = |kind: SubType| kind.event_type() == EventType::Battles;
        let swappable = profile.is_talks()
            || (clash(self.kind) && clash(claim.kind))
            || (self.flags ^ claim.flags) & DENIAL != 0;
        let both = self.flags & claim.flags;
        let meets = |own: Marks, other: Role| {
            let mut fitting = profile.sides.iter().filter(|side| swappable || side.role != other);
            fitting.any(|side| own.meet(side.line.marks()))
        };
        let many = self.sides > 0 && claim.sides > 0 && self.sides.saturating_add(claim.sides) > 2;
        (many && !profile.sides.iter().any(|side| self.sides_meet(side)))
            || (both & INITIATOR != 0 && !meets(self.doing, Role::Target))
            || (both & TARGET != 0 && !meets(self.done_to, Role::Initiator))
    }

    fn is_spot_of(&self, claim: &Self) -> bool {
        let both = self.site.as_ref().zip(claim.site.as_ref());
        both.is_some_and(|(a, b)| a.may_be_spot(b))
    }
}

fn flags(profile: &Profile<'_>) -> u8 {
    let has = |role| profile.sides.iter().any(|side| side.role == role);
    let told = [
        (profile.denial, DENIAL),
        (profile.contested, CONTESTED),
        (has(Role::Initiator), INITIATOR),
        (has(Role::Target), TARGET),
        (profile.span.precision >= DatePrecision::Month, VAGUE),
    ];
    told.into_iter().filter(|(holds, _)| *holds).fold(0, |all, (_, flag)| all | flag)
}

/// As many of the bits as half of them hold, each of two that fall together.
#[expect(clippy::cast_possible_truncation, reason = "the upper half is laid upon the lower")]
fn half(bits: u64) -> u32 {
    (bits | bits >> 32) as u32
}

fn bits(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, |all, key| all | 1 << (super::fold::spread(key) >> 58))
}
