//! Whose report an article really is: reposts and wire copies count for the one who wrote the text (B-40).

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::duplicates::originals;
use super::fold::fold;
use super::kin::Kin;
use crate::model::event::{ArticleHead, ReportedClaim, SourceProfile};
use crate::model::id::{ArticleId, FactionId};

/// The originator of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The owner that its report counts for; none when the origin is unknown, which never adds an owner.
    pub(super) owner: Option<String>,
    /// The display name of who speaks in the text's own voice.
    pub(super) name: String,
    /// The words of that name, folded.
    pub(super) words: Vec<String>,
    /// Whom the originator, and the outlet that carries the text, speak for or lean to.
    pub(super) voice: Vec<FactionId>,
    /// Whether the originator's alignment is known.
    pub(super) known: bool,
}

/// The words of a name, folded.
pub(super) fn words(name: &str) -> Vec<String> {
    fold(name).split(' ').map(str::to_owned).collect()
}

/// The origin of each article, and a number that all copies of its text share.
#[derive(Debug, Default)]
pub(super) struct Origins<'a>(FxHashMap<&'a ArticleId, (Rc<Origin>, usize)>);

type Item<'a> = (&'a ArticleHead, &'a SourceProfile);

impl<'a> Origins<'a> {
    /// Finds the origins of all articles of the claims.
    pub(super) fn of(claims: &'a [ReportedClaim], kin: &Kin<'_>) -> Self {
        let articles = by_time(claims);
        let prints: Vec<&[u32]> =
            articles.iter().map(|(article, _)| article.fingerprint.as_slice()).collect();
        let mut finder = Finder { owners: owners(&articles), kin, found: FxHashMap::default() };
        let same = originals(&prints);
        let first = credited(&articles, &same);
        let numbers = source_numbers(&articles);
        let mut origins = FxHashMap::default();
        origins.reserve(articles.len());
        for (at, ((item, first), text)) in articles.iter().zip(first).zip(same).enumerate() {
            let number = |at: usize| numbers.get(at).copied().unwrap_or(usize::MAX);
            let (writer, numbers) = match articles.get(first) {
                Some(writer) => (writer, (number(first), number(at))),
                None => (item, (number(at), number(at))),
            };
            origins.insert(&item.0.id, (finder.carried(item.1, *writer, numbers), text));
        }
        Self(origins)
    }

    /// The origin of an article, with the number of its text.
    pub(super) fn get(&self, article: &ArticleId) -> Option<&(Rc<Origin>, usize)> {
        self.0.get(article)
    }
}

/// When an article was reported: as its source dates it, but never after we saw it.
pub(super) fn reported_at(article: &ArticleHead) -> Timestamp {
    article.published.map_or(article.first_seen, |at| at.min(article.first_seen))
}

/// The articles, oldest first; a text that its publisher wrote before one that it reposts.
fn by_time(claims: &[ReportedClaim]) -> Vec<Item<'_>> {
    let articles: FxHashMap<&ArticleId, Item<'_>> =
        claims.iter().map(|claim| (&claim.article.id, (&claim.article, &claim.source))).collect();
    let key = |(article, source): &Item<'_>| {
        (source.republishes, reported_at(article), article.first_seen)
    };
    let mut keyed: Vec<_> = articles.into_values().map(|item| (key(&item), item)).collect();
    keyed.sort_unstable_by(|(a, (x, _)), (b, (y, _))| (a, &x.id).cmp(&(b, &y.id)));
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// Sources as numbers: articles whose sources are described alike have one.
fn source_numbers(articles: &[Item<'_>]) -> Vec<usize> {
    let mut known: FxHashMap<&str, Vec<(&SourceProfile, usize)>> = FxHashMap::default();
    let mut numbers = Vec::with_capacity(articles.len());
    for (at, (_, source)) in articles.iter().enumerate() {
        let alike = known.entry(source.id.as_str()).or_default();
        let found = alike.iter().find(|(other, _)| *other == *source).map(|(_, number)| *number);
        numbers.push(found.unwrap_or(at));
        if found.is_none() {
            alike.push((source, at));
        }
    }
    numbers
}

/// For each article the one that stands for its origin: of its copies the first with a credit line, else the first.
fn credited(articles: &[Item<'_>], originals: &[usize]) -> Vec<usize> {
    let mut credited: HashMap<usize, usize> = HashMap::new();
    for (at, first) in originals.iter().enumerate() {
        if articles.get(at).is_some_and(|(article, _)| article.credit.is_some()) {
            credited.entry(*first).or_insert(at);
        }
    }
    originals.iter().map(|first| credited.get(first).copied().unwrap_or(*first)).collect()
}

/// Sources by id, name and owner.
fn owners<'a>(articles: &[Item<'a>]) -> BTreeMap<String, &'a SourceProfile> {
    let mut owners = BTreeMap::new();
    let sources: FxHashMap<_, _> =
        articles.iter().map(|(_, source)| (source.id.as_str(), *source)).collect();
    let mut sources: Vec<&SourceProfile> = sources.into_values().collect();
    sources.sort_by_key(|source| &source.id);
    for source in sources.into_iter().filter(|source| !source.republishes) {
        for name in [source.id.as_str(), &source.name, &source.owner] {
            owners.entry(fold(name)).or_insert(source);
        }
    }
    owners
}

struct Finder<'a> {
    owners: BTreeMap<String, &'a SourceProfile>,
    kin: &'a Kin<'a>,
    /// By the numbers of the writer's source and of the one that carries it, and by credit line.
    found: FxHashMap<(usize, usize, Option<&'a str>), Rc<Origin>>,
}

impl<'a> Finder<'a> {
    /// The origin of a text of `writer` as `source` carries it; many articles have the same.
    fn carried(
        &mut self,
        source: &SourceProfile,
        (head, owner): Item<'a>,
        (by, carrier): (usize, usize),
    ) -> Rc<Origin> {
        let key = (by, carrier, head.credit.as_deref());
        if let Some(known) = self.found.get(&key) {
            return Rc::clone(known);
        }
        let origin = Rc::new(self.carried_by(source, self.origin(head, owner)));
        self.found.insert(key, Rc::clone(&origin));
        origin
    }

    /// By credit line, else the source itself, else unknown for a repost.
    fn origin(&self, article: &ArticleHead, source: &SourceProfile) -> Origin {
        match article.credit.as_deref().filter(|credit| !credit.trim().is_empty()) {
            Some(credit) => match self.owners.get(&fold(credit)) {
                Some(agency) => self.own(agency),
                None => self.agency(credit),
            },
            None => self.own(source),
        }
    }

    fn own(&self, source: &SourceProfile) -> Origin {
        let voice = self.voice(source);
        Origin {
            words: words(&source.name),
            owner: (!source.republishes).then(|| source.owner.clone()),
            name: source.name.clone(),
            known: !source.republishes && (source.aligned_with.is_some() || !voice.is_empty()),
            voice,
        }
    }

    /// An agency that is no source of ours.
    fn agency(&self, credit: &str) -> Origin {
        let voice = self.kin.outlet(credit).to_vec();
        let known = !voice.is_empty();
        let (owner, name) = (Some(fold(credit)), credit.to_owned());
        Origin { owner, name, words: words(credit), voice, known }
    }

    /// What an outlet that speaks for somebody carries is that party's choice, whoever wrote it.
    fn carried_by(&self, source: &SourceProfile, mut origin: Origin) -> Origin {
        for faction in self.voice(source) {
            if !origin.voice.contains(&faction) {
                origin.voice.push(faction);
            }
        }
        origin
    }

    fn voice(&self, source: &SourceProfile) -> Vec<FactionId> {
        let mut voice = source.aligned_with.clone().unwrap_or_default();
        let outlets = [source.name.as_str(), source.id.as_str()];
        voice.extend(outlets.iter().flat_map(|name| self.kin.outlet(name)).cloned());
        voice
    }
}
