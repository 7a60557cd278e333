//! What editors decided, applied to claims before they become events and to the events that come of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::model::actor::{Actor, ActorKind, Role};
use crate::model::casualty::{Casualties, Figure};
use crate::model::claim::Claim;
use crate::model::decision::{Amendment, Anchor, Correction, Decision, Verdict};
use crate::model::event::{Event, Measure, ReportedClaim};
use crate::model::id::{ClaimId, FactionId};
use crate::model::kind::Kind;
use crate::model::registry::Registry;

/// Claims that an editor put together; `apart` from every other event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bond {
    /// Which claims: all that have this number.
    pub(super) group: usize,
    /// Whether the first of them begins an event of its own.
    pub(super) apart: bool,
}

/// Decisions with the claims that they are about now.
#[derive(Debug)]
pub(super) struct Overrides<'a> {
    bonds: HashMap<ClaimId, Bond>,
    amendments: HashMap<ClaimId, Vec<&'a Amendment>>,
    corrections: HashMap<ClaimId, Vec<Correction>>,
}

impl<'a> Overrides<'a> {
    /// Finds the claims that each decision is about; of two decisions that bind a claim the later one counts.
    pub(super) fn of(decisions: &'a [Decision], claims: &[ReportedClaim]) -> Self {
        let mut all =
            Self { bonds: HashMap::new(), amendments: HashMap::new(), corrections: HashMap::new() };
        if decisions.is_empty() {
            return all;
        }
        let claims = Claims::of(claims);
        for (number, decision) in decisions.iter().enumerate() {
            all.add(2 * number, decision, &claims);
        }
        all
    }

    fn add(&mut self, group: usize, decision: &'a Decision, claims: &Claims<'_>) {
        for claim in claims.find(decision.verdict.anchors()) {
            self.corrections.entry(claim).or_default().push(decision.into());
        }
        match &decision.verdict {
            Verdict::Retract { .. } => {}
            Verdict::Amend { claims: anchors, amendment } => {
                for claim in claims.find(anchors) {
                    self.amendments.entry(claim).or_default().push(amendment);
                }
            }
            Verdict::Merge { claims: anchors } => {
                self.bind(claims.find(anchors), Bond { group, apart: false });
            }
            Verdict::Split { apart, rest } => {
                self.bind(claims.find(apart), Bond { group, apart: true });
                self.bind(claims.find(rest), Bond { group: group + 1, apart: true });
            }
        }
    }

    fn bind(&mut self, claims: impl Iterator<Item = ClaimId>, bond: Bond) {
        self.bonds.extend(claims.map(|claim| (claim, bond)));
    }

    /// To which claims an editor bound this one.
    pub(super) fn bond(&self, claim: &ClaimId) -> Option<Bond> {
        self.bonds.get(claim).copied()
    }

    /// The claims as editors amended them.
    pub(super) fn amended<'c>(
        &self,
        claims: &'c [ReportedClaim],
        registry: &Registry,
    ) -> Cow<'c, [ReportedClaim]> {
        if self.amendments.is_empty() {
            return Cow::Borrowed(claims);
        }
        let mut claims = claims.to_vec();
        for reported in &mut claims {
            for amendment in self.amendments.get(&reported.id).into_iter().flatten() {
                amend(&mut reported.claim, amendment, registry);
            }
        }
        Cow::Owned(claims)
    }

    /// Writes to each event what was decided about its claims: that is a material change.
    pub(super) fn mark(&self, events: &mut [Event]) {
        if self.corrections.is_empty() {
            return;
        }
        for event in events {
            let made = event.reports.iter().filter_map(|it| self.corrections.get(&it.claim));
            let made: BTreeMap<_, _> = made.flatten().map(|one| (one.at, one.clone())).collect();
            event.corrections = made.into_values().collect();
            let last = event.corrections.last().map(|correction| correction.at);
            event.changed_at = event.changed_at.max(last.unwrap_or(event.changed_at));
        }
    }
}

/// Claims by article and address, to find anchors among them.
struct Claims<'a> {
    by_article: HashMap<&'a str, Vec<&'a ReportedClaim>>,
    by_url: HashMap<&'a str, Vec<&'a ReportedClaim>>,
}

impl<'a> Claims<'a> {
    fn of(claims: &'a [ReportedClaim]) -> Self {
        let (mut by_article, mut by_url) = (HashMap::new(), HashMap::new());
        for claim in claims {
            let article: &mut Vec<_> = by_article.entry(claim.article.id.as_str()).or_default();
            article.push(claim);
            let url: &mut Vec<_> = by_url.entry(claim.article.url.as_str()).or_default();
            url.push(claim);
        }
        Self { by_article, by_url }
    }

    /// The claims that are meant; an anchor whose sentences nothing rests on any more means none.
    fn find<'b>(
        &'b self,
        anchors: impl IntoIterator<Item = &'b Anchor> + 'b,
    ) -> impl Iterator<Item = ClaimId> + 'b {
        anchors.into_iter().filter_map(|anchor| {
            let article = self.by_article.get(anchor.article.as_str());
            let near = article.or_else(|| self.by_url.get(anchor.url.as_str()))?;
            let fitting = near.iter().filter_map(|claim| Some((anchor.fit(claim)?, &claim.id)));
            fitting.max().map(|(_, id)| id.clone())
        })
    }
}

fn amend(claim: &mut Claim, amendment: &Amendment, registry: &Registry) {
    if let Some(kind) = amendment.kind {
        claim.kind = Kind(kind);
    }
    claim.date = amendment.date.or(claim.date);
    if let Some(place) = &amendment.place {
        claim.places = vec![place.clone()];
    }
    cast(claim, Role::Initiator, &amendment.initiators, registry);
    cast(claim, Role::Target, &amendment.targets, registry);
    for amended in &amendment.figures {
        let concerned = |side: &&mut Casualties| {
            side.name == amended.side
                || side.faction.as_ref().is_some_and(|faction| faction.as_str() == amended.side)
        };
        for side in claim.casualties.iter_mut().filter(concerned) {
            let figure = figure_of(side, amended.measure);
            if figure.is_some() {
                *figure = Some(amended.figure.clone());
            }
        }
    }
}

/// Puts these factions in the place of those who have a role.
fn cast(claim: &mut Claim, role: Role, factions: &[FactionId], registry: &Registry) {
    if factions.is_empty() {
        return;
    }
    claim.actors.retain(|actor| {
        actor.role != role && !actor.faction.as_ref().is_some_and(|id| factions.contains(id))
    });
    claim.actors.extend(factions.iter().map(|id| Actor {
        faction: Some(id.clone()),
        canonical: Some(registry.name(id).to_owned()),
        name: registry.name(id).to_owned(),
        kind: ActorKind::Organisation,
        role,
        generic: false,
    }));
}

fn figure_of(side: &mut Casualties, measure: Measure) -> &mut Option<Figure> {
    match measure {
        Measure::Killed => &mut side.killed,
        Measure::Injured => &mut side.wounded,
        Measure::Captured => &mut side.captured,
    }
}
