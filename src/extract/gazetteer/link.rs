//! How the place names of a text hang together: lists that share a frame, and places named with what they lie in.

use super::candidate::{Candidate, Match, PlaceKind};
use super::lexicon::Lexicon;
use super::mention::{MentionRole, PlaceMention};
use super::reading::Reading;
use super::token::{Gap, Token};

/// Carries frames along lists and finds containers.
pub(super) fn link(reading: &Reading<'_, '_>, mentions: &mut [PlaceMention<'_>]) {
    for at in 1..mentions.len() {
        let goes_on = mentions
            .get(at + 1)
            .is_some_and(|next| Between::of(reading, mentions[at].end, next.start).listed());
        let (before, rest) = mentions.split_at_mut(at);
        let (Some(last), Some(this)) = (before.last_mut(), rest.first_mut()) else { continue };
        match Between::of(reading, last.end, this.start) {
            Between::Owner if contains(last, this) => {
                last.container = true;
                this.within = Some(at - 1);
            }
            between if lies_in(last, this, between) && !(goes_on && may_be_next(this, between)) => {
                last.within = Some(at);
                this.container = true;
            }
            between if between.listed() => share(last, this),
            _ => {}
        }
    }
}

/// What stands between two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// Anything else.
    Other,
    /// "and", "or", with or without commas.
    And,
    /// Only a comma.
    Comma,
    /// "in", "of", with or without a comma.
    Preposition,
    /// "'s", with or without adjectives.
    Owner,
}

impl Between {
    /// Reads what stands between two offsets.
    pub(super) fn of(reading: &Reading<'_, '_>, from: usize, to: usize) -> Self {
        let tokens = &reading.tokens;
        let start = tokens.partition_point(|token| token.start < from);
        let end = tokens.partition_point(|token| token.start < to);
        let broken = |token: &Token<'_>| matches!(token.gap, Gap::Stop | Gap::Break);
        if tokens[start..=end.min(tokens.len() - 1)].iter().any(broken) {
            return Self::Other;
        }
        let words: Vec<_> = tokens[start..end].iter().map(|token| &*token.lower).collect();
        let comma = reading.text[from..to].contains(',');
        let owned = start > 0 && tokens[start - 1].possessive;
        Self::of_words(reading.lexicon, &words, comma, owned)
    }

    fn of_words(lexicon: &Lexicon, words: &[&str], comma: bool, owned: bool) -> Self {
        let type_word = |word: &&str| lexicon.type_word(word).is_some();
        let filler = |word: &&str| {
            lexicon.adjective(word)
                || type_word(word)
                || *word == "of"
                || lexicon.direction(word).is_some()
        };
        let demonym = |word: &&str| filler(word) || lexicon.demonym(word).is_some();
        let preposition =
            words.iter().position(|word| matches!(*word, "in" | "of" | "inside" | "within"));
        let joined = words.iter().any(|word| matches!(*word, "and" | "or"));
        let all_filler = words.iter().all(|word| filler(word) || matches!(*word, "and" | "or"));
        match preposition {
            _ if owned => {
                if comma || joined || !all_filler {
                    Self::Other
                } else {
                    Self::Owner
                }
            }
            _ if joined => {
                if all_filler {
                    Self::And
                } else {
                    Self::Other
                }
            }
            Some(at)
                if words[..at].iter().all(type_word) && words[at + 1..].iter().all(demonym) =>
            {
                Self::Preposition
            }
            _ if comma && all_filler => Self::Comma,
            _ => Self::Other,
        }
    }

    /// Whether the names may be two of a list.
    pub(super) fn listed(self) -> bool {
        matches!(self, Self::And | Self::Comma)
    }
}

/// Whether a name after a comma may be the next of a list rather than where the last lies: towns have namesakes
/// among divisions.
fn may_be_next(this: &PlaceMention<'_>, between: Between) -> bool {
    let town = |best: &Candidate<'_>| !best.is_area();
    between == Between::Comma && this.typed.is_none() && this.candidates.first().is_none_or(town)
}

/// Gives the next name of a list the frame of the one before.
fn share(last: &PlaceMention<'_>, this: &mut PlaceMention<'_>) {
    let open = this.role == MentionRole::Bare && last.role == MentionRole::Framed;
    let country = this.candidates.first().is_some_and(|best| best.kind == PlaceKind::Country);
    let before = last.candidates.first().is_some_and(|best| best.kind == PlaceKind::Country);
    if open && country == before {
        this.role = MentionRole::Framed;
        this.relation.clone_from(&last.relation);
        this.typed = this.typed.or(last.typed);
    }
}

/// Whether the second name says where the first lies.
fn lies_in(inner: &PlaceMention<'_>, outer: &PlaceMention<'_>, between: Between) -> bool {
    let frames = matches!(inner.role, MentionRole::Framed | MentionRole::Bare);
    let area = matches!(
        outer.typed,
        Some(PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region | PlaceKind::Country)
    ) || outer.relation == "countryside of"
        || outer.candidates.first().is_some_and(|best| best.kind == PlaceKind::Country);
    match () {
        () if !frames || inner.start >= outer.start => false,
        () if between == Between::Preposition => {
            inner.candidates.is_empty() || consistent(inner, outer) || overruled(inner, outer)
        }
        () if between == Between::Comma && inner.candidates.is_empty() => area,
        () if between == Between::Comma => consistent(inner, outer),
        () => false,
    }
}

/// Whether the first name must mean another place than those we know: "the Khalidiya quarter of Aleppo", where only
/// Homs is known to have one.
fn overruled(inner: &PlaceMention<'_>, outer: &PlaceMention<'_>) -> bool {
    const LARGE: u64 = 50_000;
    let place = matches!(inner.relation.as_str(), "in" | "near" | "around" | "on" | "outside" | "");
    let small = inner.candidates.iter().all(|place| {
        matches!(place.matched, Match::Folded(_)) || (place.population < LARGE && !place.is_area())
    });
    let large =
        outer.candidates.first().is_some_and(|area| area.is_area() || area.population >= LARGE);
    place && small && large
}

/// "Syria's Idlib", "Idlib's Ariha".
fn contains(outer: &PlaceMention<'_>, inner: &PlaceMention<'_>) -> bool {
    inner.candidates.is_empty() || consistent(inner, outer) || overruled(inner, outer)
}

/// Whether some meaning of the first lies in some meaning of the second.
fn consistent(inner: &PlaceMention<'_>, outer: &PlaceMention<'_>) -> bool {
    outer.candidates.iter().any(|area| inner.candidates.iter().any(|place| place_in(place, area)))
}

/// Whether a place lies in an area, by the divisions written with it. A town stands for its division where the two
/// share a name.
pub(super) fn place_in(place: &Candidate<'_>, area: &Candidate<'_>) -> bool {
    let same = place.name == area.name && place.kind == area.kind;
    if same || place.country != area.country || place.kind == PlaceKind::Country {
        return false;
    }
    match area.kind {
        PlaceKind::Country => true,
        PlaceKind::Region if area.admin1.is_empty() => true,
        PlaceKind::Region => place.admin1 == area.admin1,
        PlaceKind::Admin2 => {
            place.kind != PlaceKind::Admin1
                && place.admin1 == area.admin1
                && place.admin2 == area.admin2
        }
        PlaceKind::Admin1 => {
            place.kind != PlaceKind::Admin1
                && place.admin1 == area.admin1
                && place.name != area.name
        }
        _ => {
            place.admin2 == area.name
                || (place.kind == PlaceKind::Site && place.admin1 == area.admin1)
        }
    }
}
