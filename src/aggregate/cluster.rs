//! Claims of different articles become events.

use std::collections::{BTreeSet, HashMap};

use super::blocks::Blocks;
use super::kin::Kin;
use super::matching::{fit, fit_again, is_same_text};
use super::member::Member;
use super::origins::Origins;
use super::overrides::Overrides;
use super::profile::Profile;
use super::reconcile::reconcile;
use super::truce;
use crate::model::decision::Decision;
use crate::model::event::{Event, ReportedClaim};
use crate::model::id::ArticleId;
use crate::model::registry::Registry;

/// The claims that tell one happening.
struct Cluster<'a> {
    profile: Profile<'a>,
    articles: BTreeSet<&'a ArticleId>,
    members: Vec<Member<'a>>,
}

/// The events that the claims report, in the order first seen. The order of the claims makes no difference; an
/// event's id follows from the claim first seen of it, so it stays when others join. Two claims of one article stay
/// two events, as whoever read the article has merged what belongs together, but for chemical weapons and one toll.
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
    let mut order: Vec<&ReportedClaim> = claims.iter().collect();
    order.sort_by(|a, b| (a.article.first_seen, &a.id).cmp(&(b.article.first_seen, &b.id)));
    order.dedup_by(|a, b| a.id == b.id);
    order
}

fn gather<'a>(
    members: impl Iterator<Item = Member<'a>>,
    overrides: &Overrides<'_>,
) -> Vec<Cluster<'a>> {
    let (mut clusters, mut blocks) = (Vec::new(), Blocks::default());
    let mut texts: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut homes: HashMap<usize, usize> = HashMap::new();
    for member in members {
        let copies = member.text.and_then(|text| texts.get(&text)).map_or(&[][..], Vec::as_slice);
        let found =
            || home(&clusters, &blocks, &member).or_else(|| copied(&clusters, copies, &member));
        let bond = overrides.bond(&member.reported.id);
        let home = match bond {
            None => found(),
            Some(bond) => {
                homes.get(&bond.group).copied().or_else(|| found().filter(|_| !bond.apart))
            }
        };
        if let Some(bond) = bond {
            homes.entry(bond.group).or_insert(home.unwrap_or(clusters.len()));
        }
        let told = texts.entry(member.text.unwrap_or(usize::MAX)).or_default();
        told.push(home.unwrap_or(clusters.len()));
        let found = home.and_then(|home| clusters.get_mut(home).map(|cluster| (home, cluster)));
        if let Some((home, cluster)) = found {
            if join(cluster, member) {
                blocks.insert(&cluster.profile, home);
            }
        } else {
            blocks.insert(&member.profile, clusters.len());
            clusters.push(alone(member));
        }
    }
    clusters
}

/// The cluster that fits best, the oldest of equals; one that has a claim of the same article only where that tells
/// the same again.
fn home(clusters: &[Cluster<'_>], blocks: &Blocks, member: &Member<'_>) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    for at in blocks.candidates(&member.profile) {
        let Some(cluster) = clusters.get(at) else { continue };
        let again = cluster.articles.contains(&member.reported.article.id);
        let fit = if again { fit_again } else { fit };
        if let Some(points) = fit(&cluster.profile, &member.profile)
            && best.is_none_or(|(most, _)| points > most)
        {
            best = Some((points, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The first cluster of another copy of the text that tells the same kind of happening and has no claim of this
/// article: a copy tells nothing else, even where it was read a little differently.
fn copied(clusters: &[Cluster<'_>], copies: &[usize], member: &Member<'_>) -> Option<usize> {
    copies.iter().copied().find(|at| {
        clusters.get(*at).is_some_and(|cluster| {
            !cluster.articles.contains(&member.reported.article.id)
                && is_same_text(&cluster.profile, &member.profile)
        })
    })
}

fn alone(member: Member<'_>) -> Cluster<'_> {
    Cluster {
        profile: member.profile.clone(),
        articles: BTreeSet::from([&member.reported.article.id]),
        members: vec![member],
    }
}

fn join<'a>(cluster: &mut Cluster<'a>, member: Member<'a>) -> bool {
    let moved = cluster.profile.take_up(&member.profile);
    cluster.articles.insert(&member.reported.article.id);
    cluster.members.push(member);
    moved
}
