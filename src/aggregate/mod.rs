//! From claims to events, and from events to the situation a digest tells. Pure: values in, values out.
//!
//! `duplicates` finds copies of one text, `cluster` makes events of the claims of many articles, `situation` computes
//! what one digest says of them.

pub mod cluster;
pub mod duplicates;
pub mod situation;
pub mod sums;
pub mod unresolved;

mod actors;
mod blocks;
mod changes;
mod facts;
mod family;
mod fold;
mod glance;
mod groups;
mod heard;
mod judged;
mod kin;
mod landmark;
mod matching;
mod matrix;
mod member;
mod nearness;
mod origins;
mod overrides;
mod part;
mod people;
mod profile;
mod rank;
mod reconcile;
mod references;
mod regions;
mod rows;
pub mod selection;
pub mod setting;
mod sides;
mod sketch;
mod support;
mod toll_row;
mod tolls;
mod trend;
mod truce;
mod voice;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;
