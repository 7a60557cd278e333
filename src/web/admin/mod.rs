//! Pages for those who edit. What changes something is written down with who did it.

pub(super) mod audit;
pub(super) mod dashboard;
pub(super) mod deliveries;
pub(super) mod drafts;
pub(super) mod editions;
pub(super) mod events;
mod field;
pub(super) mod lists;
mod messages;
pub(super) mod names;
pub(super) mod pack;
pub(super) mod session;
pub(super) mod sources;
pub(super) mod subscribers;

use jiff::Timestamp;

use super::page::to;
use super::site::Site;
use super::staff::Desk;
use crate::model::staff::StaffRole;
use crate::render::wording;

/// What is around every page of those who edit.
pub(super) struct Frame {
    /// Who is signed in.
    pub(super) who: String,
    /// What they may.
    pub(super) role: &'static str,
    /// The seal of this page's forms.
    pub(super) csrf: String,
    /// Whether they may change anything.
    pub(super) edits: bool,
    /// Whether they may see who subscribes, and who did what.
    pub(super) administers: bool,
}

impl Frame {
    pub(super) fn new(site: &Site, desk: &Desk) -> Self {
        Self {
            who: desk.staff.name.clone(),
            role: desk.staff.role.word(),
            csrf: desk.csrf(site),
            edits: desk.may(StaffRole::Editor),
            administers: desk.may(StaffRole::Admin),
        }
    }
}

/// An instant as those who edit see it.
fn time(at: Timestamp) -> String {
    at.strftime("%F %R UTC").to_string()
}

/// A word of the model, as it is written in JSON.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap_or_default().replace('"', "")
}

/// Why a digest may not print a reason.
fn problems(reason: &str) -> Vec<String> {
    if reason.is_empty() {
        return vec!["Say why, in a few words: readers are told.".to_owned()];
    }
    let found = wording::violations(reason);
    let problem = |word: &str| {
        format!("A digest does not say `{word}` in its own voice; word the reason otherwise.")
    };
    found.iter().take(1).map(|violation| problem(&violation.word)).collect()
}
