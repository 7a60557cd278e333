//! A cluster in a few numbers: most of those that a claim is compared with are told apart by these alone.

use super::kin::Marks;
use super::landmark::{MANY, SEVERAL, killed};
use super::nearness::Outline;
use super::profile::Profile;
use crate::model::kind::SubType;

/// What decides most often that a claim does not belong to a cluster. Small, because those of a busy district are looked
/// at one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketch {
    site: Option<Outline>,
    /// All of its sides together.
    marks: Marks,
    /// Bits of its figures.
    figures: u64,
    /// Bits of the sentences it rests on.
    quotes: u64,
    denial: bool,
    /// Two sides or more.
    sided: bool,
    /// The kind of deed, where it is a rare one: chemical weapons, a suicide bombing that killed several.
    rare: Option<SubType>,
    /// The most dead that it tells of.
    dead: u32,
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
            figures: bits(figures.map(|(measure, n)| u64::from(*n) * 4 + *measure as u64)),
            quotes: bits(profile.quotes.iter().copied()),
            denial: profile.denial,
            sided: profile.sides.len() > 1,
            rare: match profile.kind {
                SubType::SuicideBomb if dead < SEVERAL => None,
                kind @ (SubType::ChemicalWeapon | SubType::SuicideBomb) => Some(kind),
                _ => None,
            },
            dead,
        }
    }

    /// Whether the cluster can hold a claim, as its sketch and its sides tell: never false where the two fit.
    ///
    /// Claims fit by a common sentence, at one spot, by two parties in common, by one and equal figures or a denial, or
    /// by a landmark.
    pub(super) fn may_hold(&self, claim: &Self, profile: &Profile<'_>) -> bool {
        let alike = self.figures & claim.figures != 0;
        let dead = self.dead.min(claim.dead);
        self.quotes & claim.quotes != 0
            || self.shares(profile, alike || self.denial != claim.denial)
            || (self.rare.is_some() && self.rare == claim.rare)
            || dead >= MANY
            || (alike && dead >= SEVERAL)
            || self.is_spot_of(claim)
    }

    /// Whether both parties of the claim can be kin of the cluster's, or one where that is `enough`. Talks are told by
    /// one party in common.
    fn shares(&self, claim: &Profile<'_>, enough: bool) -> bool {
        let enough = enough || claim.is_talks();
        let kin = claim.sides.iter().filter(|side| self.marks.meet(side.line.marks()));
        let least = if enough { 1 } else { 2 };
        (enough || self.sided) && kin.take(least).count() == least
    }

    fn is_spot_of(&self, claim: &Self) -> bool {
        let both = self.site.as_ref().zip(claim.site.as_ref());
        both.is_some_and(|(a, b)| a.may_be_spot(b))
    }
}

fn bits(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, |all, key| all | 1 << (super::fold::spread(key) >> 58))
}
