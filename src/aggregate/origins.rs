//! Whose report an article really is: reposts and wire copies count for the one who wrote the text (B-40).

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

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
    pub(super) owner: Option<Arc<str>>,
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

/// The articles of the claims: whose each is, and which are copies of one text.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// By the position of a claim the number of its article: the oldest has the lowest.
    articles: Vec<usize>,
    /// By the number of an article its origin, and a number that all copies of its text share.
    origins: Vec<(Rc<Origin>, usize)>,
}

/// The article of a claim, with its source and fingerprint.
type Item<'a> = &'a ReportedClaim;

impl Origins {
    /// Finds the origins of all articles of the claims.
    pub(super) fn of(claims: &[ReportedClaim], kin: &Kin<'_>) -> Self {
        let (articles, items) = by_time(claims);
        let prints: Vec<&[u32]> = items.iter().map(|item| &*item.fingerprint).collect();
        let mut finder = Finder { owners: owners(&items), kin, found: FxHashMap::default() };
        let same = originals(&prints);
        let first = credited(&items, &same);
        let numbers = source_numbers(&items);
        let mut origins = Vec::with_capacity(items.len());
        for ((at, item), (first, text)) in items.iter().enumerate().zip(first.into_iter().zip(same))
        {
            let number = |at: usize| numbers.get(at).copied().unwrap_or(usize::MAX);
            let writer = items.get(first).unwrap_or(item);
            origins.push((finder.carried(&item.source, writer, (number(first), number(at))), text));
        }
        Self { articles, origins }
    }

    /// How many articles there are.
    pub(super) fn articles(&self) -> usize {
        self.origins.len()
    }

    /// The number of the article of the claim at `position`, its origin, and the number of its text.
    pub(super) fn of_claim(&self, position: usize) -> (usize, &Rc<Origin>, usize) {
        let article = self.articles[position];
        let (origin, text) = &self.origins[article];
        (article, origin, *text)
    }
}

/// When an article was reported: as its source dates it, but never after we saw it.
pub(super) fn reported_at(article: &ArticleHead) -> Timestamp {
    article.published.map_or(article.first_seen, |at| at.min(article.first_seen))
}

/// The number of each claim's article, and the articles by their numbers: oldest first, a text that its publisher wrote
/// before one that it reposts.
fn by_time(claims: &[ReportedClaim]) -> (Vec<usize>, Vec<Item<'_>>) {
    let mut known: FxHashMap<&ArticleId, usize> = FxHashMap::default();
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut met: Vec<usize> = Vec::with_capacity(claims.len());
    for claim in claims {
        let number = *known.entry(&claim.article.id).or_insert(items.len());
        match items.get_mut(number) {
            Some(known) => *known = claim,
            None => items.push(claim),
        }
        met.push(number);
    }
    let key = |item: &Item<'_>| {
        (item.source.republishes, reported_at(&item.article), item.article.first_seen)
    };
    let mut order: Vec<_> = items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    let id = |at: usize| items.get(at).map(|item| &item.article.id);
    order.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| id(*x).cmp(&id(*y))));
    let mut ranks = vec![0; items.len()];
    for (rank, (_, at)) in order.iter().enumerate() {
        ranks[*at] = rank;
    }
    let articles = met.into_iter().map(|number| ranks[number]).collect();
    (articles, order.into_iter().map(|(_, at)| items[at]).collect())
}

/// Sources as numbers: articles whose sources are described alike have one.
fn source_numbers(articles: &[Item<'_>]) -> Vec<usize> {
    let mut known: FxHashMap<&str, Vec<(&Arc<SourceProfile>, usize)>> = FxHashMap::default();
    let mut numbers = Vec::with_capacity(articles.len());
    for (at, source) in articles.iter().map(|item| &item.source).enumerate() {
        let alike = known.entry(source.id.as_str()).or_default();
        let found = alike.iter().find(|(other, _)| *other == source).map(|(_, number)| *number);
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
        if articles.get(at).is_some_and(|item| item.article.credit.is_some()) {
            credited.entry(*first).or_insert(at);
        }
    }
    originals.iter().map(|first| credited.get(first).copied().unwrap_or(*first)).collect()
}

/// Sources by id, name and owner.
fn owners<'a>(articles: &[Item<'a>]) -> BTreeMap<String, &'a SourceProfile> {
    let mut owners = BTreeMap::new();
    let sources: FxHashMap<&str, &SourceProfile> =
        articles.iter().map(|item| (item.source.id.as_str(), &*item.source)).collect();
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
        writer: Item<'a>,
        (by, carrier): (usize, usize),
    ) -> Rc<Origin> {
        let key = (by, carrier, writer.article.credit.as_deref());
        if let Some(known) = self.found.get(&key) {
            return Rc::clone(known);
        }
        let origin = Rc::new(self.carried_by(source, self.origin(&writer.article, &writer.source)));
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
            owner: (!source.republishes).then(|| source.owner.as_str().into()),
            name: source.name.clone(),
            known: !source.republishes && (source.aligned_with.is_some() || !voice.is_empty()),
            voice,
        }
    }

    /// An agency that is no source of ours.
    fn agency(&self, credit: &str) -> Origin {
        let voice = self.kin.outlet(credit).to_vec();
        let known = !voice.is_empty();
        let (owner, name) = (Some(fold(credit).into()), credit.to_owned());
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
