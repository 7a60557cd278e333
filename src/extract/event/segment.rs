//! Segments: the parts of a sentence that each say one happening.

use std::ops::Range;

use super::asides;
use super::clause::Clause;
use super::effects::{self, Loss};
use super::group::{self, Raw};
use super::things::{self, Thing};
use super::trigger::{self, Trigger};
use crate::extract::parse::chunk::{Chunk, Vg};
use crate::model::claim::Field;

/// A segment with what is in it.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    hard: bool,
    /// A semicolon parts it from what stands before.
    apart: bool,
    /// It says why something was done, or what a place is known for.
    pub(super) aside: bool,
    pub(super) triggers: Vec<Trigger>,
    pub(super) losses: Vec<Loss>,
    pub(super) things: Vec<Thing>,
}

/// Every candidate of a sentence.
pub fn raw(clause: &Clause<'_, '_>) -> Vec<Raw> {
    let triggers = trigger::triggers(clause);
    let (losses, things) = (effects::losses(clause), things::things(clause));
    if triggers.is_empty() && losses.is_empty() && things.is_empty() {
        return Vec::new();
    }
    let mut segments = cut(clause, &triggers);
    for segment in &mut segments {
        let inside = |chunk: usize| segment.range.contains(&chunk);
        segment.triggers =
            triggers.iter().filter(|trigger| inside(trigger.chunk)).cloned().collect();
        segment.losses = losses.iter().filter(|loss| inside(loss.trigger)).cloned().collect();
        segment.things = things.iter().filter(|thing| inside(thing.trigger)).cloned().collect();
    }
    join_effects(&mut segments);
    segments.into_iter().flat_map(|segment| group::build(clause, segment)).collect()
}

/// Cuts the chunks where another happening may begin.
fn cut(clause: &Clause<'_, '_>, triggers: &[Trigger]) -> Vec<Segment> {
    let (mut out, mut start, mut hard) = (Vec::new(), 0, false);
    let last = clause.sentence.chunks.len();
    let segment = |range: Range<usize>, hard: bool| Segment {
        apart: matches!(clause.word(range.start), ";" | "•"),
        aside: asides::begins(clause, range.start),
        range,
        hard,
        triggers: Vec::new(),
        losses: Vec::new(),
        things: Vec::new(),
    };
    for at in 1..last {
        let aside = asides::begins(clause, start) && asides::ends(clause, at);
        let kind = if aside { Some(true) } else { boundary(clause, at, triggers) };
        let Some(kind) = kind else { continue };
        let left = triggers.iter().any(|trigger| (start..at).contains(&trigger.chunk));
        if left || kind {
            out.push(segment(start..at, hard));
            (start, hard) = (at, kind);
        }
    }
    out.push(segment(start..last, hard));
    out
}

/// Whether a segment begins at the chunk; true inside means that the two are surely different happenings.
fn boundary(clause: &Clause<'_, '_>, at: usize, triggers: &[Trigger]) -> Option<bool> {
    let right = triggers.iter().any(|trigger| trigger.chunk > at && trigger.chunk < at + 16);
    if right && asides::begins(clause, at) {
        return Some(true);
    }
    match clause.chunk(at)? {
        Chunk::Mark(_) => matches!(clause.word(at), ";" | "•" | ":" | "-").then_some(true),
        Chunk::Sub(_) if right => {
            Some(matches!(clause.word(at), "while" | "whereas" | "because" | "although" | "though"))
        }
        // "before dawn", "since Monday": a time, not another happening
        Chunk::Prep(_) if matches!(clause.chunk(at + 1), Some(Chunk::Date(..))) => None,
        Chunk::Prep(_) if right => match clause.word(at) {
            "after" | "following" | "before" | "since" => Some(true),
            // "as rebels shelled Ariha" tells of the same happening
            "as" => {
                let told = |vg: &Vg<'_>| !vg.bare && !vg.infinitive;
                let verb = clause_after(clause, at).and_then(|verb| clause.vg(verb));
                verb.is_some_and(told).then_some(false)
            }
            _ => None,
        },
        // "…, but the army said": what another speaker says of it
        Chunk::Conj(_) if right && clause.word(at) == "but" && other_says(clause, at) => Some(true),
        Chunk::Adv(_) if right => {
            matches!(clause.word(at), "meanwhile" | "separately" | "elsewhere").then_some(true)
        }
        // a title lists happenings: "toll at 12 in A, protest in B"
        Chunk::Comma(_)
            if clause.parsed.field == Field::Title
                && triggers.iter().any(|trigger| trigger.chunk > at && trigger.chunk < at + 4) =>
        {
            Some(true)
        }
        Chunk::Conj(_) | Chunk::Comma(_) if right => {
            let verb = clause_after(clause, at).filter(|verb| clause.is_finite(*verb))?;
            let new_subject =
                clause.np(at + 1).is_some() && clause.subject(verb).contains(&(at + 1));
            let trigger =
                triggers.iter().any(|trigger| trigger.chunk == verb || trigger.chunk == at + 1);
            let counted = clause.np(at + 1).is_some_and(|np| np.count.is_some())
                && triggers.iter().any(|trigger| trigger.chunk == verb && trigger.effect);
            let placed = |range: Range<usize>| {
                range.filter_map(|chunk| clause.chunk(chunk)).any(|chunk| {
                    (chunk.first()..chunk.last()).any(|token| {
                        clause.parsed.place_at(token).is_some_and(|spot| {
                            clause.parsed.spots[spot].location && clause.parsed.is_fine(spot)
                        })
                    })
                })
            };
            let apart = counted && placed(at.saturating_sub(8)..at) && placed(at + 1..at + 10);
            (new_subject && trigger && (!counted || apart)).then_some(apart)
        }
        _ => None,
    }
}

/// A speaker and a verb of saying after a conjunction.
fn other_says(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.np(at + 1).is_some()
        && (at + 2..at + 5)
            .find(|next| clause.vg(*next).is_some())
            .is_some_and(|verb| clause.says(verb) && clause.vg(verb).is_some_and(|vg| !vg.passive))
}

/// The verb of the clause that a noun phrase begins right after a chunk.
fn clause_after(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let verb = (at + 2..at + 9).find(|next| clause.vg(*next).is_some());
    verb.filter(|_| clause.np(at + 1).is_some())
}

/// Joins segments until each says one happening: what only says what befell people belongs to the deed beside it.
fn join_effects(segments: &mut Vec<Segment>) {
    while let Some((from, into)) =
        (0..segments.len()).find_map(|at| host(segments, at).map(|into| (at, into)))
    {
        let moved = segments.remove(from);
        let into = if into > from { into - 1 } else { into };
        let Some(host) = segments.get_mut(into) else { return };
        join(host, moved);
    }
}

fn join(host: &mut Segment, moved: Segment) {
    host.range = host.range.start.min(moved.range.start)..host.range.end.max(moved.range.end);
    host.triggers.extend(moved.triggers);
    host.losses.extend(moved.losses);
    host.things.extend(moved.things);
    host.triggers.sort_by_key(|trigger| trigger.chunk);
    host.losses.sort_by_key(|loss| loss.chunk);
}

/// The segment that the one at `at` belongs to, if it is not one of its own.
fn host(segments: &[Segment], at: usize) -> Option<usize> {
    let segment = &segments[at];
    let empty =
        segment.triggers.is_empty() && segment.losses.is_empty() && segment.things.is_empty();
    if segment.aside && !empty {
        return None;
    }
    let open = |other: &usize| !segments[*other].aside;
    let before = (0..at).rev().find(open);
    let after = (at + 1..segments.len()).find(open).filter(|next| empty || *next == at + 1);
    if empty {
        return before.or(after);
    }
    if !only_effects(segment) {
        return None;
    }
    let next = after.filter(|next| {
        let host = &segments[*next];
        has_cause(host) && host.losses.is_empty() && !host.apart
    });
    let previous = before.filter(|before| {
        let host = &segments[*before];
        has_cause(host) && (!segment.hard || host.losses.is_empty()) && !overlapping(host, segment)
    });
    next.or(previous)
}

fn overlapping(a: &Segment, b: &Segment) -> bool {
    a.losses.iter().any(|x| {
        b.losses.iter().any(|y| {
            x.effect == y.effect
                && x.entity.what == y.entity.what
                && x.figure != y.figure
                && x.figure.is_some()
                && y.figure.is_some()
        })
    })
}

fn only_effects(segment: &Segment) -> bool {
    !segment.losses.is_empty() && segment.triggers.iter().all(|trigger| trigger.effect)
}

fn has_cause(segment: &Segment) -> bool {
    segment.triggers.iter().any(|trigger| !trigger.effect)
}
