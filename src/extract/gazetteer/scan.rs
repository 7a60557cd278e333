//! Finds the place names of a text: the longest known name at each word that can begin one, then what stands
//! round it, then unknown names in locative frames.

use std::ops::Range;

use super::candidate::{Candidate, Match, PlaceKind};
use super::frame::{Left, LeftReader, Right, is_calendar, right};
use super::index::{NameHash, SHORTEST_KEY};
use super::lexicon::{Doubt, Lexicon};
use super::mention::{MentionRole, PlaceMention};
use super::places::Places;
use super::token::{Case, Gap, Token, case_of, is_particle, tokens};

/// No name of the gazetteer that reports print has more words.
const MOST_WORDS: usize = 6;

/// A bare name in a text of capitals is a place from this size only, unless a pack knows it.
const LARGE: u64 = 50_000;

/// A place of this size keeps its name though the next word is a capital too.
const LARGER: u64 = 100_000;

/// A name found in the text: its first and last words and what it may mean.
struct Found<'a> {
    first: usize,
    last: usize,
    candidates: Vec<Candidate<'a>>,
}

/// The scanner of one text.
pub(super) struct Scanner<'a, 'r, 't> {
    places: &'a Places,
    lexicon: &'r Lexicon,
    text: &'t str,
    tokens: Vec<Token<'t>>,
    case: Case,
}

impl<'a, 'r, 't> Scanner<'a, 'r, 't> {
    pub(super) fn new(
        places: &'a Places,
        lexicon: &'r Lexicon,
        text: &'t str,
        taken: &[Range<usize>],
    ) -> Self {
        let mut tokens = tokens(text);
        let case = case_of(text, &tokens);
        take(&mut tokens, taken);
        Self { places, lexicon, text, tokens, case }
    }

    /// The place names, in order, none over another.
    pub(super) fn run(&self) -> Vec<PlaceMention<'a>> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            at = match self.at(at) {
                Some((mention, last)) => {
                    mentions.push(mention);
                    last + 1
                }
                None => at + 1,
            };
        }
        super::link::link(self.text, &self.tokens, self.lexicon, &mut mentions);
        mentions
    }

    /// The mention that begins at a word, and its last word.
    fn at(&self, first: usize) -> Option<(PlaceMention<'a>, usize)> {
        if !self.can_begin(first) {
            return None;
        }
        let left = LeftReader {
            lexicon: self.lexicon,
            tokens: &self.tokens,
            mixed: self.case == Case::Mixed,
        }
        .read(first);
        let known = self.known(first, &left).map(|found| {
            let right = right(self.lexicon, &self.tokens, found.last, self.case == Case::Mixed);
            (found, right)
        });
        match known {
            Some((found, right)) if !self.part_of_longer(&found, &left, &right) => {
                self.mention(found, &left, &right)
            }
            _ => self.unknown(first, &left),
        }
    }

    fn can_begin(&self, first: usize) -> bool {
        let token = &self.tokens[first];
        let next_capital =
            || self.tokens.get(first + 1).is_some_and(|next| next.joined() && next.capital);
        let hyphen = || self.tokens.get(first + 1).is_some_and(|next| next.gap == Gap::Hyphen);
        let article = token.article()
            && next_capital()
            && (hyphen() || matches!(token.lower.as_str(), "al" | "el"));
        let begins = (token.capital && token.text.len() > 1)
            || article
            || (!token.plain.is_empty() && token.text.contains(char::is_uppercase));
        !token.taken && begins && !(token.capital && token.article() && !next_capital())
    }

    /// The longest known name that begins at a word.
    fn known(&self, first: usize, left: &Left) -> Option<Found<'a>> {
        let lasts = self.lasts(first);
        lasts
            .iter()
            .rev()
            .find_map(|last| self.exact(first, *last, left))
            .or_else(|| lasts.iter().rev().find_map(|last| self.folded(first, *last, left)))
    }

    /// The words with which a name that begins at `first` may end.
    fn lasts(&self, first: usize) -> Vec<usize> {
        let mut lasts = Vec::with_capacity(MOST_WORDS);
        for last in first..(first + MOST_WORDS).min(self.tokens.len()) {
            let token = &self.tokens[last];
            let goes_on = last == first
                || (!token.taken && token.joined() && !self.tokens[last - 1].possessive);
            if !goes_on
                || !(token.capital
                    || token.article()
                    || is_particle(&token.lower)
                    || !token.plain.is_empty())
            {
                break;
            }
            if token.capital || (last == first && !token.plain.is_empty() && !token.article()) {
                lasts.push(last);
            }
        }
        lasts
    }

    fn exact(&self, first: usize, last: usize, left: &Left) -> Option<Found<'a>> {
        let name = self.plain(first, last);
        let mut candidates = self.places.exact(&name, NameHash::of(&name));
        if candidates.is_empty() && self.tokens[first].article() && first < last {
            let bare = self.plain(first + 1, last);
            candidates = self.places.exact(&bare, NameHash::of(&bare));
            candidates.iter_mut().for_each(|candidate| candidate.matched = Match::Folded(0.0));
        }
        candidates.retain(|candidate| self.fits(candidate, first, last));
        if candidates.is_empty() || !self.trusted(&name, first, last, left, &candidates) {
            return None;
        }
        Some(Found { first, last, candidates })
    }

    /// Whether abbreviations stand as they are written: "US", not "us" nor "Us".
    fn fits(&self, candidate: &Candidate<'_>, first: usize, last: usize) -> bool {
        let token = &self.tokens[first];
        let short = first == last && token.plain.len() <= 3 && candidate.kind == PlaceKind::Country;
        let acronym =
            first == last && self.case == Case::Mixed && token.upper() && token.text.len() <= 5;
        if acronym && !short && !self.dateline(last) {
            return false;
        }
        !short
            || (token.upper() && (self.case != Case::Upper || token.text.contains('.')))
            || candidate.name.len() == token.text.len()
    }

    /// Whether a name says where a document is set though it is no place there.
    fn telling(role: MentionRole, best: &Candidate<'_>) -> bool {
        let place = matches!(role, MentionRole::Framed | MentionRole::Bare | MentionRole::Dateline);
        place || best.population >= LARGER || best.pack || best.kind == PlaceKind::Country
    }

    fn trusted(
        &self,
        name: &str,
        first: usize,
        last: usize,
        left: &Left,
        candidates: &[Candidate<'_>],
    ) -> bool {
        let typed = left.type_word
            || right(self.lexicon, &self.tokens, last, self.case == Case::Mixed).type_word;
        let country = candidates[0].kind == PlaceKind::Country && self.case != Case::Upper;
        let packed = candidates.iter().any(|candidate| candidate.pack);
        let large = packed
            || candidates
                .iter()
                .any(|candidate| candidate.population >= LARGE || candidate.is_area());
        match self.lexicon.doubt(name) {
            _ if country => true,
            Doubt::NeedsType => typed,
            Doubt::NeedsFrame if self.case == Case::Mixed => {
                typed || (left.framed() && !self.tokens[first].first())
            }
            Doubt::NeedsFrame => typed || packed,
            Doubt::None if !name.is_ascii() => large,
            Doubt::None if self.case == Case::Upper => typed || left.framed() || large,
            Doubt::None => first != last || self.lexicon.demonym(name).is_none(),
        }
    }

    /// A name known by its sound. Words of prose sound like many places, so it needs a frame or an article.
    fn folded(&self, first: usize, last: usize, left: &Left) -> Option<Found<'a>> {
        let article = self.tokens[first].article() && first < last;
        let name = self.plain(first, last);
        let words =
            self.tokens[first..=last].iter().all(|token| !self.lexicon.institution(&token.lower));
        let doubt =
            self.lexicon.doubt(&name) != Doubt::None || self.lexicon.demonym(&name).is_some();
        let word = first == last && self.also_lower(first);
        if !(left.framed() || article && self.case != Case::Upper)
            || doubt
            || word
            || !words
            || !name.is_ascii()
        {
            return None;
        }
        let key: String =
            self.tokens[first..=last].iter().map(|token| token.key.as_str()).collect();
        if key.len() < SHORTEST_KEY {
            return None;
        }
        let candidates = self.places.folded(&name, &key, NameHash::of(&key));
        (!candidates.is_empty()).then_some(Found { first, last, candidates })
    }

    /// Whether the text has the word in lower case too: then it is no name.
    fn also_lower(&self, at: usize) -> bool {
        self.tokens.iter().any(|token| !token.capital && token.lower == self.tokens[at].lower)
    }

    fn plain(&self, first: usize, last: usize) -> String {
        let words: Vec<_> =
            self.tokens[first..=last]
                .iter()
                .map(|token| {
                    if token.plain.is_empty() { token.lower.as_str() } else { token.plain.as_str() }
                })
                .collect();
        words.join(" ")
    }

    /// Whether a known small name is only the start of a longer one that is not known: "Khan" of "Khan Tuman".
    fn part_of_longer(&self, found: &Found<'_>, left: &Left, right: &Right) -> bool {
        let small = found.candidates.iter().all(|candidate| {
            candidate.population < LARGER && !candidate.is_area() && !candidate.pack
        });
        self.case == Case::Mixed && right.goes_on && small && left.framed()
    }

    fn mention(
        &self,
        found: Found<'a>,
        left: &Left,
        right: &Right,
    ) -> Option<(PlaceMention<'a>, usize)> {
        let role = self.role(&found, left, right)?;
        if !Self::telling(role, &found.candidates[0]) {
            return None;
        }
        let end_word = right.facility.filter(|_| role == MentionRole::Framed).unwrap_or(found.last);
        let (start, end) = (self.tokens[found.first].start, self.tokens[end_word].end);
        let mention = PlaceMention {
            start,
            end,
            text: self.text[start..end].to_owned(),
            relation: relation(left, right),
            role,
            typed: right.typed.or(left.typed),
            candidates: found.candidates,
            within: None,
            container: false,
        };
        Some((mention, end_word))
    }

    fn role(&self, found: &Found<'_>, left: &Left, right: &Right) -> Option<MentionRole> {
        let best = &found.candidates[0];
        let government = best.capital || best.kind == PlaceKind::Country;
        let before = found
            .first
            .checked_sub(1)
            .map(|at| &self.tokens[at])
            .filter(|_| self.tokens[found.first].joined());
        let by = before.is_some_and(|token| self.lexicon.before_government(&token.lower));
        let framed = left.framed() || right.type_word;
        Some(match () {
            () if self.dateline(found.last) => MentionRole::Dateline,
            () if right.modifier
                || before.is_some_and(|token| {
                    self.tokens[found.first].gap == Gap::Hyphen && is_prefix(&token.lower)
                }) =>
            {
                MentionRole::Modifier
            }
            () if left.institution
                || right.institution
                || (right.goes_on && self.case == Case::Mixed && !left.framed()) =>
            {
                MentionRole::Institution
            }
            () if left.person && !framed => MentionRole::Institution,
            () if government
                && by
                && !right.type_word
                && !left.type_word
                && left.relation.as_deref() != Some("in") =>
            {
                if best.capital
                    && matches!(
                        before.map(|token| token.lower.as_str()),
                        Some("by" | "with" | "against")
                    )
                {
                    MentionRole::Metonym
                } else if left.framed() {
                    MentionRole::Framed
                } else {
                    MentionRole::Bare
                }
            }
            () if best.capital && right.saying && !framed => MentionRole::Metonym,
            () if framed => MentionRole::Framed,
            () => MentionRole::Bare,
        })
    }

    /// Whether the name stands in the dateline: before a dash at the start, with nothing but commas, dates, agencies.
    fn dateline(&self, last: usize) -> bool {
        const LONGEST: usize = 120;
        let head = self.text.get(..floor(self.text, LONGEST)).unwrap_or(self.text);
        let dash = ["--", " - ", " – ", "—", "— "].iter().filter_map(|dash| head.find(dash)).min();
        let Some(dash) = dash.filter(|dash| self.tokens[last].end <= *dash) else { return false };
        let words: Vec<_> = self.tokens.iter().take_while(|token| token.end <= dash).collect();
        let plain_word = |token: &&Token<'_>| {
            !token.capital && !token.text.starts_with(|c: char| c.is_ascii_digit())
        };
        let few = words.len() <= 12
            && words.iter().copied().filter(|token| plain_word(token)).count() <= 1;
        few && (self.case == Case::Mixed
            || self.text[..dash].contains(['(', ','])
            || words.len() <= 2)
    }

    /// An unknown name in a locative frame.
    fn unknown(&self, first: usize, left: &Left) -> Option<(PlaceMention<'a>, usize)> {
        if self.case != Case::Mixed || left.institution || self.dateline(first) {
            return None;
        }
        let last = self.unknown_last(first)?;
        let right = right(self.lexicon, &self.tokens, last, true);
        let near = matches!(left.relation.as_deref(), Some("in" | "near" | "around" | "outside"));
        let typed = left.type_word || right.type_word;
        if !(typed || near) || right.institution || right.modifier || (!typed && right.saying) {
            return None;
        }
        let end_word = right.facility.unwrap_or(last);
        let (start, end) = (self.tokens[first].start, self.tokens[end_word].end);
        let mention = PlaceMention {
            start,
            end,
            text: self.text[start..end].to_owned(),
            relation: relation(left, &right),
            role: MentionRole::Framed,
            typed: right.typed.or(left.typed),
            candidates: Vec::new(),
            within: None,
            container: false,
        };
        Some((mention, end_word))
    }

    /// The last word of an unknown name, if its words may be a place's.
    fn unknown_last(&self, first: usize) -> Option<usize> {
        let mut last = first;
        for at in first + 1..(first + MOST_WORDS).min(self.tokens.len()) {
            let token = &self.tokens[at];
            let goes_on = !token.taken && token.joined() && !self.tokens[at - 1].possessive;
            let article = token.article()
                && self.tokens.get(at + 1).is_some_and(|next| next.joined() && next.capital);
            let another = article
                && !token.capital
                && self.tokens[first].article()
                && token.gap == Gap::Space;
            if another || !goes_on || !(self.may_be_place(token) && token.capital || article) {
                break;
            }
            if token.capital {
                last = at;
            }
        }
        let name = &self.tokens[first..=last];
        let letters: usize =
            name.iter().filter(|token| !token.article()).map(|token| token.text.len()).sum();
        let word = name.len() == 1 && (name[0].upper() || self.also_lower(first));
        (letters >= 3
            && !word
            && name.iter().all(|token| token.article() || self.may_be_place(token)))
        .then_some(last)
    }

    /// Whether a word is none that other names are made of.
    fn may_be_place(&self, token: &Token<'_>) -> bool {
        let word = token.lower.as_str();
        if matches!(word, "abu" | "umm" | "bin" | "ibn") {
            return true;
        }
        self.lexicon.doubt(word) != Doubt::NeedsType
            && self.lexicon.preposition(word).is_none()
            && !self.lexicon.institution(word)
            && !self.lexicon.title(word)
            && self.lexicon.demonym(word).is_none()
            && self.lexicon.type_word(word).is_none()
            && !is_calendar(word)
    }
}

/// Marks the words that belong to other names.
fn take(tokens: &mut [Token<'_>], taken: &[Range<usize>]) {
    for range in taken {
        let first = tokens.partition_point(|token| token.end <= range.start);
        tokens[first..]
            .iter_mut()
            .take_while(|token| token.start < range.end)
            .for_each(|token| token.taken = true);
    }
}

fn relation(left: &Left, right: &Right) -> String {
    match (&left.relation, &right.relation) {
        (Some(outer), Some(inner)) if outer == "in" => inner.clone(),
        (Some(outer), _) => outer.clone(),
        (None, Some(inner)) => inner.clone(),
        (None, None) if left.type_word || right.type_word => "in".to_owned(),
        (None, None) => String::new(),
    }
}

fn is_prefix(lower: &str) -> bool {
    matches!(lower, "pro" | "anti" | "non" | "ex" | "post" | "pre" | "trans" | "inter" | "intra")
}

/// The largest character boundary not above `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
