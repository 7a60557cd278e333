//! How the place names of a text hang together: lists that share a frame, and places named with what they lie in.

use super::candidate::{Candidate, PlaceKind};
use super::lexicon::Lexicon;
use super::mention::{MentionRole, PlaceMention};
use super::token::{Gap, Token};

/// Carries frames along lists and finds containers.
pub(super) fn link(
    text: &str,
    tokens: &[Token<'_>],
    lexicon: &Lexicon,
    mentions: &mut [PlaceMention<'_>],
) {
    for at in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let (Some(last), Some(this)) = (before.last_mut(), rest.first_mut()) else { continue };
        let between = Between::new(text, tokens, lexicon, last.end, this.start);
        if between.owner && contains(last, this) {
            last.container = true;
            this.within = Some(at - 1);
        } else if between.list && !lies_in(last, this, &between) {
            share(last, this);
        } else if lies_in(last, this, &between) {
            last.within = Some(at);
            this.container = true;
        }
    }
}

/// What stands between two names.
struct Between {
    /// Only commas, "and", "or".
    list: bool,
    /// Only a comma.
    comma: bool,
    /// "in", "of", with or without a comma.
    preposition: bool,
    /// "'s", with or without adjectives.
    owner: bool,
}

impl Between {
    fn new(text: &str, tokens: &[Token<'_>], lexicon: &Lexicon, from: usize, to: usize) -> Self {
        let start = tokens.partition_point(|token| token.start < from);
        let end = tokens.partition_point(|token| token.start < to);
        let words: Vec<_> = tokens[start..end].iter().map(|token| token.lower.as_str()).collect();
        let broken = tokens[start..=end.min(tokens.len() - 1)]
            .iter()
            .any(|token| matches!(token.gap, Gap::Stop | Gap::Break));
        let comma = text[from..to].contains(',');
        let owned = start > 0 && tokens[start - 1].possessive;
        let filler = |word: &str| {
            lexicon.adjective(word)
                || lexicon.type_word(word).is_some()
                || word == "of"
                || lexicon.direction(word).is_some()
        };
        let joins = |word: &str| matches!(word, "and" | "or") || filler(word);
        let joined = words.iter().any(|word| matches!(*word, "and" | "or"));
        let preposition =
            words.iter().position(|word| matches!(*word, "in" | "of" | "inside" | "within"));
        let types_before =
            |at: usize| words[..at].iter().all(|word| lexicon.type_word(word).is_some());
        Self {
            list: !broken && !owned && (comma || joined) && words.iter().all(|word| joins(word)),
            comma: !broken
                && !owned
                && comma
                && words.iter().all(|word| filler(word) && *word != "of"),
            preposition: !broken
                && !joined
                && preposition.is_some_and(|at| {
                    types_before(at)
                        && words[at + 1..]
                            .iter()
                            .all(|word| filler(word) || lexicon.demonym(word).is_some())
                }),
            owner: !broken && owned && !comma && words.iter().all(|word| filler(word)),
        }
    }
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
fn lies_in(inner: &PlaceMention<'_>, outer: &PlaceMention<'_>, between: &Between) -> bool {
    let frames = matches!(inner.role, MentionRole::Framed | MentionRole::Bare);
    let area = matches!(
        outer.typed,
        Some(PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region | PlaceKind::Country)
    ) || outer.relation == "countryside of"
        || outer.candidates.first().is_some_and(|best| best.kind == PlaceKind::Country);
    match () {
        () if !frames || inner.start >= outer.start => false,
        () if between.preposition => inner.candidates.is_empty() || consistent(inner, outer),
        () if between.comma && inner.candidates.is_empty() => area,
        () if between.comma => consistent(inner, outer),
        () => false,
    }
}

/// "Syria's Idlib", "Idlib's Ariha".
fn contains(outer: &PlaceMention<'_>, inner: &PlaceMention<'_>) -> bool {
    inner.candidates.is_empty() || consistent(inner, outer)
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
