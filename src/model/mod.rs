//! Plain data that every stage shares. No input or output happens here, and nothing of ours is imported.

pub mod access;
pub mod actor;
pub mod agreement;
pub mod article;
pub mod casualty;
pub mod claim;
pub mod closing;
pub mod country;
pub mod decision;
pub mod delivery;
pub mod digest;
pub mod document;
pub mod event;
pub mod faction;
pub mod filter;
pub mod id;
pub mod issue;
pub mod kind;
pub mod network;
pub mod notice;
pub mod pack;
pub mod place;
pub mod registry;
pub mod reply;
pub mod review;
pub mod situation;
pub mod source;
pub mod staff;
pub mod subscriber;
pub mod terms;
pub mod text;
pub mod time;
pub mod toll;
pub mod turn;
pub mod wall;

pub use time::{Clock, FixedClock, SystemClock};
