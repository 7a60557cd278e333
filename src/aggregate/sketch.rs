//! A cluster in a few numbers: most of those that a claim is compared with are told apart by these alone.

use super::family::likeness;
use super::kin::Marks;
use super::landmark::{MANY, SEVERAL, killed};
use super::nearness::Outline;
use super::profile::Profile;
use crate::model::kind::SubType;

/// It only says that something did not happen.
const DENIAL: u8 = 1;
/// Only parties, or texts that carry a contradiction, tell it.
const CONTESTED: u8 = 2;

/// What decides most often that a claim does not belong to a cluster. Less than 64 bytes, because those of a busy district
/// are looked at one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketch {
    /// All of its sides together.
    marks: Marks,
    /// Bits of the sentences it rests on.
    quotes: u64,
    /// Bits of its figures.
    figures: u32,
    site: Option<Outline>,
    /// [`DENIAL`] and [`CONTESTED`].
    flags: u8,
    /// How many sides, 255 at most.
    sides: u8,
    kind: SubType,
    /// The most dead that it tells of, 255 at most.
    dead: u8,
}

impl Sketch {
    /// Draws a claim or cluster.
    pub(super) fn of(profile: &Profile<'_>) -> Self {
        let mut marks = Marks::default();
        profile.sides.iter().for_each(|side| marks.add(side.line.marks()));
        let figures = profile.figures.iter();
        let dead = killed(profile).max().unwrap_or(0);
        Self {
            site: profile.site.map(|site| site.outline()),
            marks,
            figures: half(bits(figures.map(|(measure, n)| u64::from(*n) * 4 + *measure as u64))),
            quotes: bits(profile.quotes.iter().copied()),
            flags: (u8::from(profile.denial) * DENIAL) | (u8::from(profile.contested) * CONTESTED),
            sides: u8::try_from(profile.sides.len()).unwrap_or(u8::MAX),
            kind: profile.kind,
            dead: u8::try_from(dead).unwrap_or(u8::MAX),
        }
    }

    /// Whether the cluster can hold a claim, as its sketch and its sides tell: never false where the two fit.
    ///
    /// Claims that are alike fit by a common sentence, at one spot, by two parties in common, by one and equal figures or a
    /// denial; others by a landmark.
    pub(super) fn may_hold(&self, claim: &Self, profile: &Profile<'_>) -> bool {
        let figures = self.figures & claim.figures != 0;
        let told = figures || (self.flags ^ claim.flags) & DENIAL != 0;
        let alike = told || profile.is_talks() || likeness(self.kind, claim.kind) > 0;
        self.is_landmark_of(claim, figures)
            || alike
                && (self.quotes & claim.quotes != 0
                    || self.shares(profile, told)
                    || (self.may_agree(claim, profile) && self.is_spot_of(claim)))
    }

    fn is_landmark_of(&self, claim: &Self, figures: bool) -> bool {
        let dead = u32::from(self.dead.min(claim.dead));
        let rare = match self.kind {
            SubType::ChemicalWeapon => true,
            SubType::SuicideBomb => dead >= SEVERAL,
            _ => false,
        };
        (rare && self.kind == claim.kind) || dead >= MANY || (figures && dead >= SEVERAL)
    }

    /// Whether both parties of the claim can be kin of the cluster's, or one where that is `enough`. Talks are told by
    /// one party in common.
    fn shares(&self, claim: &Profile<'_>, enough: bool) -> bool {
        let enough = enough || claim.is_talks();
        let kin = claim.sides.iter().filter(|side| self.marks.meet(side.line.marks()));
        let least = if enough { 1 } else { 2 };
        (enough || self.sides > 1) && kin.take(least).count() == least
    }

    /// Whether their sides can be no conflict: where both name sides, more than two in all, one is in common, unless each
    /// blames another.
    fn may_agree(&self, claim: &Self, profile: &Profile<'_>) -> bool {
        let few =
            self.sides == 0 || claim.sides == 0 || self.sides.saturating_add(claim.sides) <= 2;
        few || (self.flags | claim.flags) & CONTESTED != 0
            || profile.sides.iter().any(|side| self.marks.meet(side.line.marks()))
    }

    fn is_spot_of(&self, claim: &Self) -> bool {
        let both = self.site.as_ref().zip(claim.site.as_ref());
        both.is_some_and(|(a, b)| a.may_be_spot(b))
    }
}

/// As many of the bits as half of them hold, each of two that fall together.
#[expect(clippy::cast_possible_truncation, reason = "the upper half is laid upon the lower")]
fn half(bits: u64) -> u32 {
    (bits | bits >> 32) as u32
}

fn bits(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, |all, key| all | 1 << (super::fold::spread(key) >> 58))
}
