//! One file for each page.

pub(super) mod archive;
pub(super) mod assets;
pub(super) mod confirm;
pub(super) mod event;
pub(super) mod feeds;
pub(super) mod front;
pub(super) mod help;
pub(super) mod leave;
pub(super) mod link;
pub(super) mod method;
pub(super) mod ondemand;
pub(super) mod preferences;
pub(super) mod search;
pub(super) mod session;
pub(super) mod subscribe;
