//! Finds the longest known name at a word, and decides whether it can be trusted to be one.

use super::candidate::{Candidate, Match, PlaceKind};
use super::index::{NameHash, SHORTEST_KEY};
use super::left::Left;
use super::lexicon::Doubt;
use super::places::Places;
use super::reading::Reading;
use super::token::{Case, Gap, is_particle};

/// No name of the gazetteer that reports print has more words.
pub(super) const MOST_WORDS: usize = 6;

/// A bare name in a text of capitals is a place from this size only, unless a pack knows it.
const LARGE: u64 = 50_000;

/// A name found in the text: its first and last words and what it may mean.
pub(super) struct Found<'a> {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) candidates: Vec<Candidate<'a>>,
}

/// Looks words up.
pub(super) struct Finder<'a, 'r, 't> {
    pub(super) places: &'a Places,
    pub(super) reading: &'r Reading<'r, 't>,
}

impl<'a> Finder<'a, '_, '_> {
    /// Whether a name can begin with a word: with a capital, or with an article that a capital follows.
    pub(super) fn can_begin(&self, first: usize) -> bool {
        let token = &self.reading.tokens[first];
        let before_capital = || self.reading.before_capital(first);
        let hyphen = || self.reading.tokens[first + 1].gap == Gap::Hyphen;
        let spaced = matches!(&*token.lower, "al" | "el");
        let article = token.article() && before_capital() && (spaced || hyphen());
        let inner = !token.plain.is_empty() && token.text.contains(char::is_uppercase);
        let word = !token.article() && (inner || token.capital && token.text.len() > 1);
        let inside =
            first > 0 && token.gap == Gap::Hyphen && self.reading.tokens[first - 1].article();
        !token.taken && !inside && (article || word)
    }

    /// The longest known name that begins at a word.
    pub(super) fn find(&self, first: usize, left: &Left) -> Option<Found<'a>> {
        let lasts = self.lasts(first);
        let exact = lasts.iter().rev().find_map(|last| self.exact(first, *last, left));
        exact.or_else(|| lasts.iter().rev().find_map(|last| self.folded(first, *last, left)))
    }

    /// The words with which a name that begins at `first` may end.
    fn lasts(&self, first: usize) -> Vec<usize> {
        let mut lasts = Vec::with_capacity(MOST_WORDS);
        for last in first..(first + MOST_WORDS).min(self.reading.tokens.len()) {
            let token = &self.reading.tokens[last];
            // "Guatemala city" is no country
            let city = last > first && token.lower == "city";
            let part =
                token.capital || !token.plain.is_empty() || is_particle(&token.lower) || city;
            if !part || (last > first && !self.reading.goes_on(last)) {
                break;
            }
            let glued = last == first && !token.plain.is_empty() && !token.article();
            if token.capital || glued || city {
                lasts.push(last);
            }
        }
        lasts
    }

    fn exact(&self, first: usize, last: usize, left: &Left) -> Option<Found<'a>> {
        let hash = self.reading.plain_hash(first, last);
        let bare = (first < last && self.reading.tokens[first].article()).then_some(first + 1);
        let bare = bare.filter(|bare| self.places.may_know(self.reading.plain_hash(*bare, last)));
        if bare.is_none() && !self.places.may_know(hash) {
            return None;
        }
        let name = self.reading.plain(first, last);
        let mut candidates = self.places.exact(&name, hash);
        if candidates.is_empty()
            && let Some(bare) = bare
        {
            candidates = self.without_article(bare, last);
        }
        candidates.retain(|candidate| self.fits(candidate, first, last));
        if left.framed() && !candidates.is_empty() {
            candidates.extend(self.places.like_in_packs(&name));
        }
        let trusted =
            !candidates.is_empty() && self.trusted(&name, (first, last), left, &candidates);
        trusted.then_some(Found { first, last, candidates })
    }

    /// Names that are known without the article: as good as a name of the same sound.
    fn without_article(&self, first: usize, last: usize) -> Vec<Candidate<'a>> {
        let bare = self.reading.plain(first, last);
        let mut candidates = self.places.exact(&bare, NameHash::of(&bare));
        for candidate in &mut candidates {
            candidate.matched = Match::Folded(0.0);
        }
        candidates
    }

    /// Whether abbreviations stand as they are written: "US", not "us" nor "Us", and "SANA" is not Sana'a.
    fn fits(&self, candidate: &Candidate<'_>, first: usize, last: usize) -> bool {
        let token = &self.reading.tokens[first];
        if first != last
            || self.reading.in_dateline(last)
            || candidate.name.len() == token.text.len() && !token.upper()
        {
            return true;
        }
        let short = token.plain.len() <= 3 && candidate.kind == PlaceKind::Country;
        if short {
            return token.upper() && (self.reading.case != Case::Upper || token.text.contains('.'));
        }
        !(self.reading.mixed() && token.upper() && token.text.len() <= 5)
    }

    /// Whether a name in its frame is no ordinary word.
    fn trusted(
        &self,
        name: &str,
        words: (usize, usize),
        left: &Left,
        found: &[Candidate<'_>],
    ) -> bool {
        let upper = self.reading.case == Case::Upper;
        if found[0].kind == PlaceKind::Country && !upper {
            return true;
        }
        let typed = || left.type_word || self.reading.right(words.1).type_word;
        let packed = || found.iter().any(|place| place.pack);
        let large =
            || packed() || found.iter().any(|place| place.population >= LARGE || place.is_area());
        match self.reading.lexicon.doubt(name) {
            Doubt::NeedsType => typed(),
            Doubt::NeedsFrame if self.reading.mixed() => typed() || left.framed(),
            Doubt::NeedsFrame => typed() || packed(),
            Doubt::None if !name.is_ascii() => large(),
            Doubt::None if upper => left.framed() || large() || typed(),
            Doubt::None => words.0 != words.1 || packed() || !self.noun(name),
        }
    }

    /// Whether a word is an inhabitant's, a type word, an organisation's or a title.
    fn noun(&self, word: &str) -> bool {
        let lexicon = self.reading.lexicon;
        lexicon.demonym(word).is_some()
            || lexicon.type_word(word).is_some()
            || lexicon.institution(word)
            || lexicon.title(word)
    }

    /// A name known by its sound. Words of prose sound like many places, so it needs a frame or an article.
    fn folded(&self, first: usize, last: usize, left: &Left) -> Option<Found<'a>> {
        let tokens = &self.reading.tokens[first..=last];
        let article = tokens[0].article() && first < last && self.reading.case != Case::Upper;
        if !(left.framed() || article) {
            return None;
        }
        let name = self.reading.plain(first, last);
        let word = self.reading.is_word(&name)
            || (first == last && self.reading.also_lower(first))
            || tokens.iter().any(|token| self.reading.lexicon.institution(&token.lower));
        if word || !name.is_ascii() {
            return None;
        }
        let key: String = tokens.iter().map(|token| token.key.as_str()).collect();
        let long = key.len() >= SHORTEST_KEY;
        let candidates =
            if long { self.places.folded(&name, &key, NameHash::of(&key)) } else { Vec::new() };
        let near = |place: &Candidate<'_>| {
            left.framed() || matches!(place.matched, Match::Folded(d) if d < 0.05)
        };
        let candidates: Vec<_> = candidates.into_iter().filter(near).collect();
        (!candidates.is_empty()).then_some(Found { first, last, candidates })
    }
}
