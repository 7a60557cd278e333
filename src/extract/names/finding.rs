//! Finding the factions of the roster in a text.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::roster::{Alias, AliasKind, Aliases, Roster, key_word};
use crate::extract::language::Masks;
use crate::extract::parse::token::{Caps, Shape, Token, word_hash};
use crate::model::text::fold;

/// How far from an ambiguous alias its context word may stand, in tokens.
const CONTEXT_REACH: usize = 60;

/// The longest alias that is looked up by its fold key, in tokens.
const LONGEST_FOLDED: usize = 5;

/// A faction found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// Index into the roster; none for a word that the pack says names no one.
    pub faction: Option<usize>,
    /// How it was named.
    pub kind: AliasKind,
    /// It is only a modifier of another word: "rebel-held".
    pub masked: bool,
}

/// A person by whose name the people of a party go, found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leader {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// The state that the person leads, or the party.
    pub party: usize,
    /// Those who fight for the person.
    pub forces: usize,
}

impl Roster {
    /// Every leader of a party in the tokens, in order.
    pub fn find_leaders(&self, tokens: &[Token]) -> Vec<Leader> {
        let (mut out, mut at) = (Vec::new(), 0);
        while at < tokens.len() {
            let found = self.leader(tokens, at);
            at = found.map_or(at + 1, |leader| leader.last);
            out.extend(found);
        }
        out
    }

    fn leader(&self, tokens: &[Token], first: usize) -> Option<Leader> {
        let token = &tokens[first];
        // the article of a name may be in lower case, the name may not
        let article = fold::is_article(&token.norm);
        if token.caps == Caps::None && !article {
            return None;
        }
        let word = key_word(&token.norm);
        let rows = [Some(word), word.strip_suffix('s')].into_iter().flatten();
        let mut rows = rows.filter_map(|word| self.leaders.get(word)).flatten();
        rows.find_map(|(words, party)| {
            let last = stands(tokens, first, words)?;
            let forces = if self.parties[*party].state {
                self.service(*party, false, false, false)
            } else {
                *party
            };
            let named = tokens[last - 1].caps != Caps::None;
            named.then_some(Leader { first, last, party: *party, forces })
        })
    }

    /// Every faction in the tokens, longest first at each place, not overlapping. `countries` are those of the
    /// document's context; `calls` are the outlet's own names.
    pub fn find(
        &self,
        text: &str,
        tokens: &[Token],
        countries: &[String],
        calls: &[(Vec<String>, usize)],
        day: Option<Date>,
    ) -> Vec<Named> {
        let (mut out, mut at) = (Vec::new(), 0);
        while at < tokens.len() {
            match self.at(text, tokens, at, countries, calls, day) {
                Some(named) => {
                    at = named.last;
                    out.push(named);
                }
                None => at += 1,
            }
        }
        out
    }

    fn at(
        &self,
        text: &str,
        tokens: &[Token],
        at: usize,
        countries: &[String],
        calls: &[(Vec<String>, usize)],
        day: Option<Date>,
    ) -> Option<Named> {
        let called = calls.iter().find(|(words, _)| stands(tokens, at, words).is_some());
        if let Some((words, faction)) = called {
            let last = at + words.len();
            // a capital that only opens the sentence makes no name
            let opens = at == 0 || tokens[at - 1].shape != Shape::Word;
            let common = tokens[at + usize::from(opens)..last.max(at + usize::from(opens))]
                .iter()
                .all(|token| token.caps == Caps::None);
            let kind = if common { AliasKind::Called } else { AliasKind::Name };
            return Some(Named { first: at, last, faction: Some(*faction), kind, masked: false });
        }
        self.exact(tokens, at, countries, day).or_else(|| self.folded_at(text, tokens, at))
    }

    fn exact(
        &self,
        tokens: &[Token],
        at: usize,
        countries: &[String],
        day: Option<Date>,
    ) -> Option<Named> {
        let token = &tokens[at];
        let first = key_word(&token.norm);
        let stripped =
            first.strip_suffix('s').filter(|stem| stem.len() >= 3 && token.caps != Caps::None);
        let hash = if fold::is_article(&token.norm) { word_hash(first) } else { token.hash };
        let second = tokens.get(at + 1).map(|next| key_word(&next.norm));
        let rows = [Some((first, hash)), stripped.map(|stem| (stem, word_hash(stem)))]
            .into_iter()
            .flatten()
            .filter(|(_, hash)| self.firsts.may_hold(*hash))
            .filter_map(|(word, _)| self.aliases.get(word))
            .flat_map(|aliases| aliases.before(second));
        let mut best: Option<(&Alias, usize)> = None;
        for alias in rows {
            let longer = best.is_none_or(|(known, _)| {
                let alive = (
                    self.parties[alias.faction].lives_on(day),
                    self.parties[known.faction].lives_on(day),
                );
                alias.words.len() > known.words.len()
                    || (alias.words.len() == known.words.len() && alive == (true, false))
            });
            if longer
                && let Some(last) = stands(tokens, at, &alias.words)
                && self.counts(alias, tokens, at, last, countries)
            {
                best = Some((alias, last));
            }
        }
        best.map(|(alias, last)| Named {
            first: at,
            last,
            faction: (!alias.nobody).then_some(alias.faction),
            kind: alias.kind,
            masked: false,
        })
    }

    fn counts(
        &self,
        alias: &Alias,
        tokens: &[Token],
        first: usize,
        last: usize,
        countries: &[String],
    ) -> bool {
        let plural =
            tokens[first].norm.len() > alias.words[0].len() && tokens[first].caps == Caps::First;
        if alias.caps && tokens[first].caps != Caps::All && !plural {
            return false;
        }
        if alias.words.len() == 1 && tokens[first].caps == Caps::None && first > 0 {
            let before = &tokens[first - 1];
            let modified = before.shape == Shape::Word
                && (before.caps == Caps::All
                    || (before.caps == Caps::First && first > 1 && tokens[first - 2].norm != "."))
                || before.hyphen;
            if modified || self.is_abroad(alias, &before.norm) {
                return false;
            }
        }
        match alias.kind {
            AliasKind::Name | AliasKind::Called => {
                // "the new Qalati army" is not the New Qalati Army
                let common = alias.capital
                    && tokens[first].caps == Caps::None
                    && tokens[first + 1..last].iter().any(|token| token.caps != Caps::None);
                !common && (alias.words.len() > 1 || tokens[first].caps != Caps::None)
            }
            AliasKind::Demonym => true,
            AliasKind::Generic => {
                alias.country.as_ref().is_none_or(|country| countries.first() == Some(country))
            }
            AliasKind::Ambiguous => {
                let window = &tokens
                    [first.saturating_sub(CONTEXT_REACH)..(last + CONTEXT_REACH).min(tokens.len())];
                let context = &self.parties[alias.faction].context;
                let home = self.parties[alias.faction]
                    .country
                    .as_ref()
                    .is_some_and(|country| countries.first() == Some(country));
                let near = window.iter().any(|token| context.contains(&token.norm));
                near || (home && (context.is_empty() || alias.words.len() > 1))
            }
        }
    }

    /// "Qalati rebels": a theatre's word for a party after the demonym of another country.
    fn is_abroad(&self, alias: &Alias, before: &str) -> bool {
        let home = &self.parties[alias.faction].country;
        alias.kind == AliasKind::Generic
            && self.aliases.get(before).into_iter().flat_map(Aliases::all).any(|other| {
                other.kind == AliasKind::Demonym
                    && other.words.len() == 1
                    && self.parties[other.faction].country != *home
            })
    }

    fn folded_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Named> {
        let token = &tokens[at];
        let capital = token.caps != Caps::None
            || (fold::is_article(&token.norm)
                && tokens.get(at + 1).is_some_and(|next| next.hyphen));
        // "The Interior Ministry" sounds like "Thai Interior Ministry" and is none
        if !capital || token.norm.len() < 2 || token.is("the") {
            return None;
        }
        (1..=LONGEST_FOLDED).rev().find_map(|length| {
            let end = tokens.get(at + length - 1)?;
            if end.caps == Caps::None && !end.hyphen
                || tokens[at..at + length]
                    .iter()
                    .any(|token| token.dotted || !token.norm.starts_with(char::is_alphabetic))
            {
                return None;
            }
            let slice = text.get(token.start..end.end)?;
            let rows = self.folded.get(&fold::key(&fold::plain(slice)))?;
            let (_, faction) = rows.iter().find(|(name, _)| fold::alike(slice, name))?;
            Some(Named {
                first: at,
                last: at + length,
                faction: Some(*faction),
                kind: AliasKind::Name,
                masked: false,
            })
        })
    }
}

/// Marks the names that are only modifiers of another word: "rebel-held", "pro-rebel".
pub fn mask(named: &mut [Named], tokens: &[Token], masks: &Masks) {
    for name in named {
        let next = tokens.get(name.last);
        let after = next.is_some_and(|next| next.hyphen && masks.after.has(&next.norm));
        let apart = name.kind != AliasKind::Name
            && next.is_some_and(|next| masks.apart.has(&next.norm))
            && tokens.get(name.last + 1).is_some_and(|next| {
                // "a truce with the rebels held for a day"
                next.shape == Shape::Word
                    && !matches!(
                        next.norm.as_str(),
                        "for"
                            | "until"
                            | "on"
                            | "in"
                            | "into"
                            | "at"
                            | "since"
                            | "after"
                            | "by"
                            | "a"
                            | "the"
                            | "its"
                            | "firm"
                    )
            });
        let before = name.first > 0
            && tokens[name.first].hyphen
            && masks.before.has(&tokens[name.first - 1].norm);
        name.masked = after || apart || before;
    }
}

/// "Terrorists" after "the Northern Front terrorist organisation": an outlet's word for its opponents means the party that
/// the text has named with that word, and not the one that the outlet's table has for it.
pub fn follow_labels(named: &mut [Named], tokens: &[Token], people: impl Fn(&str) -> bool) {
    let mut labels: FxHashMap<&str, usize> = FxHashMap::default();
    for name in named {
        let Some(faction) = name.faction else { continue };
        if name.kind == AliasKind::Called {
            let word = tokens[name.last - 1].norm.as_str();
            let label = word.strip_suffix('s').filter(|_| people(word));
            name.faction = label.and_then(|label| labels.get(label).copied()).or(Some(faction));
            continue;
        }
        let next = tokens.get(name.last).map(|token| token.norm.as_str());
        labels.extend(next.filter(|_| name.kind == AliasKind::Name).map(|word| (word, faction)));
    }
}

/// Where the words end if they stand at `at`; the last may carry an "s".
fn stands(tokens: &[Token], at: usize, words: &[String]) -> Option<usize> {
    let there = tokens.get(at..at + words.len())?;
    let last = words.len() - 1;
    let same = there.iter().zip(words).enumerate().all(|(index, (token, word))| {
        let key = key_word(&token.norm);
        key == word
            || (index == last
                && key.strip_suffix('s') == Some(word)
                && token.caps != Caps::None
                && word.len() >= 3)
    });
    same.then_some(at + words.len())
}
