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
    articles: Vec<usize>,
    /// Its claims by their places in the order of all, ascending.
    members: Vec<usize>,
    /// An editor decided what belongs to it.
    bound: bool,
}

impl<'a> Cluster<'a> {
    fn begin(member: &Member<'a>, number: usize, bound: bool) -> Self {
        let (profile, article) = (member.profile.clone(), member.article);
        Self { profile, articles: vec![article], members: vec![number], bound }
    }

    /// Takes a claim in; whether it can now be found elsewhere too.
    fn join(&mut self, member: &Member<'a>, number: usize) -> bool {
        self.articles.push(member.article);
        self.members.push(number);
        self.profile.take_up(&member.profile)
    }
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
    let Gathering { members, clusters, .. } =
        gather(&in_order(&claims), &overrides, &origins, &kin);
    let told = |cluster: &Cluster<'_>| {
        let members = cluster.members.iter().filter_map(|at| members.get(*at));
        reconcile(&members.collect::<Vec<_>>(), &kin)
    };
    let mut events: Vec<Event> = clusters.iter().filter_map(told).collect();
    overrides.mark(&mut events);
    truce::settle(&mut events, &kin);
    events.sort_by(|a, b| (a.first_seen, &a.id).cmp(&(b.first_seen, &b.id)));
    events
}

/// By first sight, then id, with their positions; each claim once.
fn in_order(claims: &[ReportedClaim]) -> Vec<(usize, &ReportedClaim)> {
    let seen = |(at, claim): (usize, &ReportedClaim)| (claim.article.first_seen, at);
    let mut order: Vec<_> = claims.iter().enumerate().map(seen).collect();
    let id = |at: usize| &claims[at].id;
    order.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| id(*x).cmp(id(*y))));
    order.dedup_by(|(seen, a), (before, b)| seen == before && id(*a) == id(*b));
    order.into_iter().map(|(_, at)| (at, &claims[at])).collect()
}

fn gather<'a>(
    claims: &[(usize, &'a ReportedClaim)],
    overrides: &Overrides<'_>,
    origins: &Origins,
    kin: &Kin<'_>,
) -> Gathering<'a> {
    let mut gathering = Gathering::for_claims(claims.len(), origins.articles());
    for (position, claim) in claims {
        gathering.add(Member::new(*position, claim, origins, kin), overrides.bond(&claim.id));
    }
    gathering
}

/// Clusters in the making. One that was merged into an older one stays, empty, so that numbers keep their meaning.
struct Gathering<'a> {
    /// The claims, in the order first seen.
    members: Vec<Member<'a>>,
    clusters: Vec<Cluster<'a>>,
    blocks: Blocks,
    /// By the number of a text the clusters of its copies.
    texts: Chains,
    /// By the number of an article the clusters of its claims.
    told: Chains,
    /// By the number of a bond its cluster.
    homes: FxHashMap<usize, usize>,
    /// Into which older cluster one was merged.
    moved: FxHashMap<usize, usize>,
}

/// Numbers by a number, as links of one list: most have one alone.
struct Chains {
    /// By number its last link, counted from 1; 0 where there is none.
    last: Vec<usize>,
    /// What is linked, each with the link before it.
    links: Vec<(usize, usize)>,
}

impl Chains {
    fn for_numbers(count: usize) -> Self {
        Self { last: vec![0; count], links: Vec::with_capacity(count) }
    }

    fn push(&mut self, number: usize, linked: usize) {
        self.links.push((linked, self.last[number]));
        self.last[number] = self.links.len();
    }

    /// What is linked to a number, the newest first.
    fn of(&self, number: usize) -> impl Iterator<Item = usize> {
        let link = |at: usize| self.links.get(at.checked_sub(1)?);
        let links =
            std::iter::successors(link(self.last[number]), move |(_, before)| link(*before));
        links.map(|(linked, _)| *linked)
    }
}

impl<'a> Gathering<'a> {
    fn for_claims(claims: usize, articles: usize) -> Self {
        Self {
            members: Vec::with_capacity(claims),
            clusters: Vec::new(),
            blocks: Blocks::default(),
            texts: Chains::for_numbers(articles),
            told: Chains::for_numbers(articles),
            homes: FxHashMap::default(),
            moved: FxHashMap::default(),
        }
    }

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
        self.texts.push(member.text, at);
        self.told.push(member.article, at);
        let number = self.members.len();
        if let Some(cluster) = self.clusters.get_mut(at) {
            let moved = cluster.join(&member, number);
            cluster.bound |= bond.is_some();
            self.find_again(at, moved);
            self.bring_together(at, &fitting);
        } else {
            self.blocks.insert(&member.profile, at);
            self.clusters.push(Cluster::begin(&member, number, bond.is_some()));
        }
        self.members.push(member);
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
        let told = self.told.of(member.article).map(|at| self.now(at));
        candidates.extend(told);
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().filter_map(points).collect()
    }

    /// The first cluster of another copy of the text that tells the same kind of happening and has no claim of this
    /// article: a copy tells nothing else, even where it was read a little differently.
    fn copied(&self, member: &Member<'_>) -> Option<usize> {
        let copies = self.texts.of(member.text).map(|at| self.now(at));
        let fitting = copies.filter(|at| {
            self.clusters.get(*at).is_some_and(|cluster| {
                !cluster.articles.contains(&member.article)
                    && is_same_text(&cluster.profile, &member.profile)
            })
        });
        fitting.last()
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
        into.members.sort_unstable();
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
