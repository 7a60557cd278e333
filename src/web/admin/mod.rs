//! Pages for those who edit. What changes something is written down with who did it.

pub(super) mod audit;
pub(super) mod dashboard;
pub(super) mod events;
pub(super) mod session;
pub(super) mod sources;

use super::site::Site;
use super::staff::Desk;
use crate::model::staff::StaffRole;

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
    /// Whether they may see who did what.
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
