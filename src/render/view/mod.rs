//! The one view from which both parts of a digest are written.

mod access;
mod changes;
mod corrections;
mod events;
mod factions;
mod figures;
mod foreign;
mod masthead;
mod matrix;
mod method;
mod outcome;
mod section;
mod setting;
mod sources;
mod takeaways;
mod talks;
mod whole;

pub(crate) use changes::Item;
pub(crate) use corrections::{corrections, word as correction_word};
pub(crate) use events::GroupView;
pub(crate) use foreign::{
    corrections as foreign_corrections, preheader as foreign_preheader, subject as foreign_subject,
};
pub(crate) use masthead::Masthead;
pub(crate) use matrix::MatrixView;
pub(crate) use outcome::read_of_all;
pub(crate) use section::{Body, SectionView};
pub(crate) use setting::Setting;
pub(crate) use sources::SourceView;
pub(crate) use whole::View;
