//! Text: what language it is in, and how names are folded to be compared.

pub(crate) mod eight;
pub mod fold;
pub mod language;
