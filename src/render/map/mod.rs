//! The locator map: where the events of a digest happened, each drawn as finely as its place is known (B-56, B-57).
//!
//! Shapes and names come with the program: no tile is loaded from anywhere, and a border is drawn as disputed where one
//! of the two sides does not accept it. The mail says everything without it.

mod drawing;
mod frame;
mod land;
mod marks;
mod picture;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use askama::Template;

use self::drawing::Drawing;
use self::frame::{Frame, HEIGHT, WIDTH};
use self::marks::{Mark, marks};
pub use self::picture::png;
use super::RenderError;
use crate::model::event::Event;
use crate::model::situation::Situation;

/// Places that the words beside a map name; the rest is counted.
const NAMED: usize = 12;

/// A map with the words that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The drawing, 600 by 300 pixels.
    pub svg: String,
    /// The same facts in words.
    pub words: String,
}

#[derive(Template)]
#[template(path = "svg/map.svg")]
struct Svg<'a> {
    drawing: &'a Drawing,
    words: &'a str,
    legend: bool,
}

/// The map of a digest's events; none where no event has a place that can be drawn.
pub fn map(situation: &Situation) -> Result<Option<Map>, RenderError> {
    let (marks, left_out) = marks(live(situation));
    let Some(frame) = Frame::around(marks.iter().map(|mark| mark.point)) else { return Ok(None) };
    let legend = situation.variant.language == "en";
    let words = words(&marks, left_out, &situation.title, legend);
    let drawing = Drawing::of(&marks, &frame);
    let svg = Svg { drawing: &drawing, words: &words, legend }.render()?;
    Ok(Some(Map { svg, words }))
}

/// What a digest tells as news, most important first.
fn live(situation: &Situation) -> impl Iterator<Item = &Event> {
    let earlier: BTreeSet<_> = situation.earlier.iter().collect();
    let events = situation.events().filter(move |event| !earlier.contains(&event.id));
    let mut events: Vec<&Event> = events.collect();
    events.sort_by(|a, b| (b.score, a.first_seen, &a.id).cmp(&(a.score, b.first_seen, &b.id)));
    events.into_iter()
}

/// Which places have how many events. In other languages than English names and numbers alone.
fn words(marks: &[Mark], left_out: usize, title: &str, english: bool) -> String {
    let named = marks.iter().take(NAMED).map(|mark| place(mark, english));
    let mut words = format!("{title}: {}", named.collect::<Vec<_>>().join("; "));
    if !english {
        return words;
    }
    words.insert_str(0, "Map of ");
    if marks.len() > NAMED {
        let _ = write!(words, "; {} more places", marks.len() - NAMED);
    }
    if left_out > 0 {
        let _ = write!(words, ". Not on the map: {left_out}");
    }
    words.push('.');
    words
}

fn place(mark: &Mark, english: bool) -> String {
    use crate::model::place::PlacePrecision::{Admin1, Admin2};
    let within = match mark.precision {
        Admin1 if english => ", somewhere in it",
        Admin2 if english => " district, somewhere in it",
        _ => "",
    };
    let count = match (mark.open, mark.bracketed) {
        (open, 0) => open.to_string(),
        (0, bracketed) => format!("({bracketed})"),
        (open, bracketed) => format!("{open} ({bracketed})"),
    };
    format!("{}{within} {count}", mark.name)
}
