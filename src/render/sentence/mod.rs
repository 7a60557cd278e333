//! Sentences, written from the fields of an event and never from the free text of a source (1.5 of the briefing).

mod agreement;
mod body;
mod casualties;
mod date;
mod denial;
pub(crate) mod grammar;
mod headline;
mod line;
mod marks;
mod materiel;
mod names;
mod objects;
mod place;
mod quote;
mod refs;
mod reported;
mod speaker;
mod verb;

pub(crate) use agreement::{parties, state, title as agreement_title};
pub(crate) use body::body;
pub(crate) use casualties::{count, from_side, noun as side_noun, shown};
pub(crate) use date::{day, days, span};
pub(crate) use headline::headline;
pub(crate) use line::{Line, Shape, short_name, write};
pub(crate) use marks::{Mark, disputes as dispute_marks};
pub(crate) use materiel::items;
pub(crate) use names::{display_name, sided_name};
pub(crate) use place::{Detail, at_place, known_name, place, region, sheltered as is_sheltered};
pub(crate) use quote::{MOST_WORDS as QUOTE_WORDS, quote};
pub(crate) use refs::{Ref, refs};
pub(crate) use speaker::{one_side, says};
pub(crate) use verb::verb;
