//! Contradictions: who denies what (1.6 of the briefing).

use super::grammar::is_plural;
use super::speaker::{says, speaker_name};
use crate::model::claim::DenialScope;
use crate::model::event::{Dispute, Event};
use crate::render::desk::Desk;

/// `local sources say it did not happen`, for the first denial of the event itself or of a part in it.
pub(crate) fn denial(desk: &Desk<'_>, event: &Event) -> Option<String> {
    let occurrence = event.denials.iter().find(|(_, scope)| *scope == DenialScope::Occurrence);
    let part = event.denials.iter().find(|(_, scope)| *scope == DenialScope::Perpetrator);
    match occurrence.or(part) {
        Some((by, scope)) => Some(worded(&speaker_name(desk, by), *scope)),
        None => event.disputes.iter().find_map(marked),
    }
}

fn worded(by: &str, scope: DenialScope) -> String {
    let what = match scope {
        DenialScope::Occurrence => "it did not happen",
        DenialScope::Perpetrator if is_plural(by) => "they took no part",
        DenialScope::Perpetrator => "it took no part",
        DenialScope::Figures => "the figures are others",
    };
    format!("{} {what}", says(by))
}

fn marked(dispute: &Dispute) -> Option<String> {
    match dispute {
        Dispute::OccurrenceDenied { by } => Some(worded(by, DenialScope::Occurrence)),
        Dispute::PartDenied { by } => Some(worded(by, DenialScope::Perpetrator)),
        Dispute::FiguresDiffer => None,
    }
}
