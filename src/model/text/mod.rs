//! Text: what language it is in, and how names are folded to be compared.

pub mod fold;
pub mod language;
