//! The events on a map: one mark for each place, drawn as finely as the place is known (B-57).

use crate::model::event::Event;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::render::sentence::{is_sheltered, known_name};

/// A place with the events there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// Our name of it.
    pub(super) name: String,
    /// Longitude and latitude.
    pub(super) point: (f64, f64),
    /// How finely it is known.
    pub(super) precision: PlacePrecision,
    /// Events that count.
    pub(super) open: usize,
    /// Events in brackets.
    pub(super) bracketed: usize,
}

/// The marks of these events, in their order, and how many events have no place that can be drawn: none is told, it is
/// told no finer than the country, no gazetteer knows it, or it must not be shown (B-68).
pub(super) fn marks<'e>(events: impl Iterator<Item = &'e Event>) -> (Vec<Mark>, usize) {
    let (mut marks, mut left_out): (Vec<Mark>, usize) = (Vec::new(), 0);
    for event in events {
        let Some((place, point)) = drawable(event) else {
            left_out += 1;
            continue;
        };
        let name = known_name(place);
        let known = |mark: &Mark| mark.name == name && mark.precision == place.precision;
        let at = marks.iter().position(known).unwrap_or_else(|| {
            let (name, precision) = (name.to_owned(), place.precision);
            marks.push(Mark { name, point, precision, open: 0, bracketed: 0 });
            marks.len() - 1
        });
        let mark = &mut marks[at];
        if event.in_brackets() {
            mark.bracketed += 1;
        } else {
            mark.open += 1;
        }
    }
    (marks, left_out)
}

fn drawable(event: &Event) -> Option<(&ClaimPlace, (f64, f64))> {
    let place = event.places.first().filter(|_| !is_sheltered(event))?;
    let fine = place.precision < PlacePrecision::Country;
    place.lon.zip(place.lat).filter(|_| fine).map(|point| (place, point))
}
