//! Builders for tests.

mod claims;
mod land;

pub(crate) use claims::{FakeClaim, claim, event, events, monitor, party};
pub(crate) use land::{june, noon, place, registry};
