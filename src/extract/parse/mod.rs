//! From characters to phrases: tokens, sentences, word classes, chunks, counts.

mod age;
pub mod chunk;
pub mod chunker;
pub mod count;
pub mod sentence;
pub(super) mod sieve;
pub mod table;
pub mod tag;
pub mod token;
mod verb;
