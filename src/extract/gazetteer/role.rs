//! What a known name stands for in its sentence.

use super::candidate::{Candidate, PlaceKind};
use super::known::Found;
use super::left::{Left, Sign};
use super::mention::MentionRole;
use super::reading::Reading;
use super::right::{Follow, Right};
use super::token::Gap;

/// A place of this size says where a document is set even as part of an organisation's name.
pub(super) const WELL_KNOWN: u64 = 100_000;

/// The role of a known name; none if it is only a part of somebody's name.
pub(super) fn role(
    reading: &Reading<'_, '_>,
    found: &Found<'_>,
    left: &Left,
    right: &Right,
) -> Option<MentionRole> {
    let best = &found.candidates[0];
    let role = match () {
        () if reading.in_dateline(found.last) => MentionRole::Dateline,
        () if right.follow == Follow::Modifier || prefixed(reading, found.first) => {
            MentionRole::Modifier
        }
        () if in_name(reading, left, right) => MentionRole::Institution,
        () if best.capital && governs(reading, found, left, right) => MentionRole::Metonym,
        () if left.framed() || right.type_word => MentionRole::Framed,
        () => MentionRole::Bare,
    };
    telling(role, best).then_some(role)
}

/// Whether the name is part of an organisation's or a person's.
fn in_name(reading: &Reading<'_, '_>, left: &Left, right: &Right) -> bool {
    let framed = left.framed() || right.type_word;
    let longer = right.follow == Follow::GoesOn && reading.mixed() && !left.framed();
    left.sign == Sign::Institution
        || right.follow == Follow::Institution
        || longer
        || (left.sign == Sign::Person && !framed)
}

/// Whether a capital is a government: "Damascus said", "backed by Damascus".
fn governs(reading: &Reading<'_, '_>, found: &Found<'_>, left: &Left, right: &Right) -> bool {
    let before = found.first.checked_sub(1).map(|at| &*reading.tokens[at].lower);
    let joined = reading.tokens[found.first].joined();
    let by = joined && before.is_some_and(|word| reading.lexicon.before_government(word));
    let framed = left.framed() || right.type_word;
    !framed && (by || right.follow == Follow::Saying)
}

/// "pro-X", "anti-X".
fn prefixed(reading: &Reading<'_, '_>, first: usize) -> bool {
    let before = first.checked_sub(1).map(|at| &*reading.tokens[at].lower);
    let prefix = matches!(
        before,
        Some("pro" | "anti" | "non" | "ex" | "post" | "pre" | "trans" | "inter" | "intra")
    );
    prefix && reading.tokens[first].gap == Gap::Hyphen
}

/// Whether a name says where a document is set though it is no place there.
fn telling(role: MentionRole, best: &Candidate<'_>) -> bool {
    let place = matches!(role, MentionRole::Framed | MentionRole::Bare | MentionRole::Dateline);
    place || best.population >= WELL_KNOWN || best.pack || best.kind == PlaceKind::Country
}
