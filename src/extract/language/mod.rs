//! What is particular to a language: its words, from data, and how they are inflected. One module per language.

pub mod english;
mod files;
mod inflect;
mod lexicon;
mod rows;
mod words;

pub use lexicon::{Lexicon, Masks, Organisations, Page};
pub use words::{
    Armed, Class, Closed, DeedWord, Effect, Family, Form, Means, Rule, Saying, VerbWord,
};
