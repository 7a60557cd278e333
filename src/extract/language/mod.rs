//! What is particular to a language: its words, from data, and how they are inflected. One module per language.

pub mod english;
mod inflect;
mod lexicon;

pub use lexicon::{
    Armed, Class, Closed, DeedWord, Effect, Family, Form, Lexicon, Means, Rule, Saying, VerbWord,
};
