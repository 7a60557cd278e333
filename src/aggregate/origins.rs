//! Whose report an article really is: reposts and wire copies count for the one who wrote the text (B-40).

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

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
    /// Whom the originator, and the outlet that carries the text, speak for or lean to.
    pub(super) voice: Vec<FactionId>,
    /// Whether the originator's alignment is known.
    pub(super) known: bool,
}

/// The origin of each article.
#[derive(Debug, Default)]
pub(super) struct Origins {
    origins: HashMap<ArticleId, Origin>,
    texts: HashMap<ArticleId, usize>,
}

type Item<'a> = (&'a ArticleHead, &'a SourceProfile);

impl Origins {
    /// Finds the origins of all articles of the claims.
    pub(super) fn of(claims: &[ReportedClaim], kin: &Kin<'_>) -> Self {
        let articles = by_time(claims);
        let prints: Vec<&[u32]> =
            articles.iter().map(|(article, _)| article.fingerprint.as_slice()).collect();
        let finder = Finder { owners: owners(&articles), kin };
        let same = originals(&prints);
        let first = credited(&articles, &same);
        let ids = articles.iter().map(|(article, _)| article.id.clone());
        let texts = ids.zip(same).collect();
        let origins = articles.iter().zip(first).map(|((article, source), first)| {
            let origin = articles.get(first).map_or_else(
                || finder.origin(article, source),
                |(head, owner)| finder.origin(head, owner),
            );
            (article.id.clone(), finder.carried_by(source, origin))
        });
        Self { origins: origins.collect(), texts }
    }

    /// The origin of an article.
    pub(super) fn get(&self, article: &ArticleId) -> Option<&Origin> {
        self.origins.get(article)
    }

    /// A number that all copies of one text share.
    pub(super) fn text(&self, article: &ArticleId) -> Option<usize> {
        self.texts.get(article).copied()
    }
}

/// When an article was reported: as its source dates it, but never after we saw it.
pub(super) fn reported_at(article: &ArticleHead) -> Timestamp {
    article.published.map_or(article.first_seen, |at| at.min(article.first_seen))
}

/// The articles, oldest first; a text that its publisher wrote before one that it reposts.
fn by_time(claims: &[ReportedClaim]) -> Vec<Item<'_>> {
    let articles: BTreeMap<&ArticleId, Item<'_>> =
        claims.iter().map(|claim| (&claim.article.id, (&claim.article, &claim.source))).collect();
    let mut articles: Vec<Item<'_>> = articles.into_values().collect();
    articles.sort_by_key(|(article, source)| {
        (source.republishes, reported_at(article), article.first_seen, &article.id)
    });
    articles
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
    let sources: BTreeMap<_, _> =
        articles.iter().map(|(_, source)| (source.id.as_str(), *source)).collect();
    for source in sources.into_values().filter(|source| !source.republishes) {
        for name in [source.id.as_str(), &source.name, &source.owner] {
            owners.entry(fold(name)).or_insert(source);
        }
    }
    owners
}

struct Finder<'a> {
    owners: BTreeMap<String, &'a SourceProfile>,
    kin: &'a Kin<'a>,
}

impl Finder<'_> {
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
        Origin { owner: Some(fold(credit)), name: credit.to_owned(), voice, known }
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
