//! Claims of different articles become events.

use rustc_hash::FxHashMap;

use super::blocks::Blocks;
use super::kin::Kin;
use super::matching::{fit, fit_again, is_same_text};
use super::member::Member;
use super::origins::Origins;
use super::overrides::{Bond, Overrides};
use super::profile::Profile;
use super::reconcile::reconcile;
use super::truce;
use crate::model::decision::Decision;
use crate::model::event::{Event, ReportedClaim};
use crate::model::registry::Registry;

/// The claims that tell one happening.
struct Cluster<'a> {
    profile: Profile<'a>,
    /// Numbers of the articles that have a claim in it.
    articles: Vec<u64>,
    members: Vec<Member<'a>>,
    /// An editor decided what belongs to it.
    bound: bool,
}

/// The events that the claims report, in the order first seen. The order of the claims makes no difference; an event's
/// id follows from the claim first seen of it, so it stays when others join. A report that belongs to two events shows
/// that they are one. Two claims of one article stay two events, as whoever read the article has merged what belongs
/// together, but for chemical weapons and one toll.
pub fn events(claims: &[ReportedClaim], registry: &Registry) -> Vec<Event> {
    decided(claims, &[], registry)
}

/// The same, with what editors decided, in the order of their decisions.
pub fn decided(
    claims: &[ReportedClaim],
    decisions: &[Decision],
    registry: &Registry,
) -> Vec<Event> {
    let overrides = Overrides::of(decisions, claims);
    let claims = overrides.amended(claims, registry);
    let kin = Kin::new(registry);
    let origins = Origins::of(&claims, &kin);
    let members = in_order(&claims).into_iter().map(|claim| Member::new(claim, &origins, &kin));
    let clusters = gather(members, &overrides);
    let mut events: Vec<Event> =
        clusters.iter().filter_map(|cluster| reconcile(&cluster.members, &kin)).collect();
    overrides.mark(&mut events);
    truce::settle(&mut events, &kin);
    events.sort_by(|a, b| (a.first_seen, &a.id).cmp(&(b.first_seen, &b.id)));
    events
}

/// By first sight, then id; each claim once.
fn in_order(claims: &[ReportedClaim]) -> Vec<&ReportedClaim> {
    let mut order: Vec<_> = claims.iter().map(|claim| (claim.article.first_seen, claim)).collect();
    order.sort_by(|(a, x), (b, y)| (a, &x.id).cmp(&(b, &y.id)));
    order.dedup_by(|(seen, a), (before, b)| seen == before && a.id == b.id);
    order.into_iter().map(|(_, claim)| claim).collect()
}

fn gather<'a>(
    members: impl Iterator<Item = Member<'a>>,
    overrides: &Overrides<'_>,
) -> Vec<Cluster<'a>> {
    let mut gathering = Gathering::default();
    for member in members {
        let bond = overrides.bond(&member.reported.id);
        gathering.add(member, bond);
    }
    gathering.clusters
}

/// Clusters in the making. One that was merged into an older one stays, empty, so that numbers keep their meaning.
#[derive(Default)]
struct Gathering<'a> {
    clusters: Vec<Cluster<'a>>,
    blocks: Blocks,
    /// By the number of a text the clusters of its copies.
    texts: FxHashMap<usize, Vec<usize>>,
    /// By the number of an article the clusters of its claims.
    told: FxHashMap<u64, Vec<usize>>,
    /// By the number of a bond its cluster.
    homes: FxHashMap<usize, usize>,
    /// Into which older cluster one was merged.
    moved: FxHashMap<usize, usize>,
}

impl<'a> Gathering<'a> {
    /// Takes a claim in: where an editor bound it, else where it fits best.
    fn add(&mut self, member: Member<'a>, bond: Option<Bond>) {
        let fitting = self.fitting(&member);
        let found = best(&fitting).or_else(|| self.copied(&member));
        let home = match bond {
            None => found,
            Some(bond) => {
                let bound = self.homes.get(&bond.group).map(|home| self.now(*home));
                bound.or_else(|| found.filter(|_| !bond.apart))
            }
        };
        let at = home.unwrap_or(self.clusters.len());
        if let Some(bond) = bond {
            self.homes.entry(bond.group).or_insert(at);
        }
        self.texts.entry(member.text.unwrap_or(usize::MAX)).or_default().push(at);
        self.told.entry(member.article).or_default().push(at);
        match self.clusters.get_mut(at) {
            Some(cluster) => {
                let moved = join(cluster, member);
                cluster.bound |= bond.is_some();
                self.find_again(at, moved);
                self.bring_together(at, &fitting);
            }
            None => self.begin(member, bond.is_some()),
        }
    }

    fn begin(&mut self, member: Member<'a>, bound: bool) {
        self.blocks.insert(&member.profile, self.clusters.len());
        self.clusters.push(Cluster {
            profile: member.profile.clone(),
            articles: vec![member.article],
            members: vec![member],
            bound,
        });
    }

    fn find_again(&mut self, at: usize, moved: bool) {
        let Some(cluster) = self.clusters.get(at) else { return };
        if moved {
            self.blocks.insert(&cluster.profile, at);
        } else {
            self.blocks.redraw(&cluster.profile, at);
        }
    }

    /// The clusters that a claim fits to, each with how well; one that has a claim of the same article only where that
    /// tells the same again.
    fn fitting(&mut self, member: &Member<'a>) -> Vec<(i32, usize)> {
        let mut candidates = self.blocks.candidates(&member.profile);
        let points = |at: usize| {
            let cluster = self.clusters.get(at).filter(|cluster| !cluster.members.is_empty())?;
            let again = cluster.articles.contains(&member.article);
            let fit = if again { fit_again } else { fit };
            Some((fit(&cluster.profile, &member.profile)?, at))
        };
        if let Some(told) = self.told.get(&member.article) {
            candidates.extend(told.iter().map(|at| self.now(*at)));
            candidates.sort_unstable();
            candidates.dedup();
        }
        candidates.into_iter().filter_map(points).collect()
    }

    /// The first cluster of another copy of the text that tells the same kind of happening and has no claim of this
    /// article: a copy tells nothing else, even where it was read a little differently.
    fn copied(&self, member: &Member<'_>) -> Option<usize> {
        let copies = member.text.and_then(|text| self.texts.get(&text)).into_iter().flatten();
        copies.map(|at| self.now(*at)).find(|at| {
            self.clusters.get(*at).is_some_and(|cluster| {
                !cluster.articles.contains(&member.article)
                    && is_same_text(&cluster.profile, &member.profile)
            })
        })
    }

    /// What a claim shows to be one: clusters that it fits to as well, and that with what it adds fit to its own.
    fn bring_together(&mut self, home: usize, fitting: &[(i32, usize)]) {
        let mut at = home;
        for (_, other) in fitting.iter().filter(|(_, other)| *other != home) {
            if self.are_one(at, *other) {
                let (older, younger) = (at.min(*other), at.max(*other));
                self.merge(older, younger);
                at = older;
            }
        }
    }

    fn are_one(&self, at: usize, other: usize) -> bool {
        let (Some(a), Some(b)) = (self.clusters.get(at), self.clusters.get(other)) else {
            return false;
        };
        let shared = a.articles.iter().any(|article| b.articles.contains(article));
        let fit = if shared { fit_again } else { fit };
        !a.bound && !b.bound && fit(&a.profile, &b.profile).is_some()
    }

    fn merge(&mut self, older: usize, younger: usize) {
        let Some(from) = self.clusters.get_mut(younger) else { return };
        let (members, profile) = (std::mem::take(&mut from.members), from.profile.clone());
        let articles = std::mem::take(&mut from.articles);
        let Some(into) = self.clusters.get_mut(older) else { return };
        let moved = into.profile.take_up(&profile);
        into.articles.extend(articles);
        into.members.extend(members);
        into.members.sort_by(|a, b| (a.seen(), &a.reported.id).cmp(&(b.seen(), &b.reported.id)));
        self.moved.insert(younger, older);
        self.find_again(older, moved);
    }

    /// Where a cluster's claims are now.
    fn now(&self, mut at: usize) -> usize {
        while let Some(older) = self.moved.get(&at) {
            at = *older;
        }
        at
    }
}

/// The cluster that fits best, the oldest of equals.
fn best(fitting: &[(i32, usize)]) -> Option<usize> {
    let best = fitting.iter().max_by_key(|(points, at)| (*points, std::cmp::Reverse(*at)));
    best.map(|(_, at)| *at)
}

fn join<'a>(cluster: &mut Cluster<'a>, member: Member<'a>) -> bool {
    let moved = cluster.profile.take_up(&member.profile);
    cluster.articles.push(member.article);
    cluster.members.push(member);
    moved
}
