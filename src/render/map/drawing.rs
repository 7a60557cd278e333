//! A map as shapes in pixels, which the template sets as SVG.

use std::fmt::Write as _;

use super::frame::{Frame, HEIGHT, WIDTH};
use super::land::{Layer, Shape, shapes};
use super::marks::Mark;
use crate::model::country::common_name;
use crate::model::place::PlacePrecision;

/// Radius of a dot, of a district and of a region, in pixels: the two last tell only how little is known.
const RADII: (f64, f64, f64) = (5.0, 13.0, 26.0);
/// Height of a line of text.
const LINE: f64 = 14.0;
/// Height of the legend along the lower edge.
const LEGEND: f64 = 20.0;
/// Width of a letter, more or less.
const LETTER: f64 = 6.6;

/// What the template draws, from the bottom up.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Path of all land.
    pub(super) land: String,
    /// Path of the borders.
    pub(super) borders: String,
    /// Path of the borders that are disputed.
    pub(super) disputed: String,
    /// Names of countries.
    pub(super) countries: Vec<Text>,
    /// The events.
    pub(super) spots: Vec<Spot>,
    /// Their places' names, as far as there is room.
    pub(super) names: Vec<Text>,
}

/// A word on the map.
#[derive(Debug)]
pub(super) struct Text {
    /// Left end, or the middle of a country's name.
    pub(super) x: String,
    /// Base line.
    pub(super) y: String,
    /// The word.
    pub(super) word: String,
}

/// A place with events, as it is drawn.
#[derive(Debug)]
pub(super) struct Spot {
    /// Middle.
    pub(super) x: String,
    /// Middle.
    pub(super) y: String,
    /// Radius.
    pub(super) r: String,
    /// `dot`, `circle` or `hatched` (B-57).
    pub(super) form: &'static str,
    /// Nothing but events in brackets.
    pub(super) hollow: bool,
}

impl Drawing {
    /// Draws marks with what lies beneath them.
    pub(super) fn of(marks: &[Mark], frame: &Frame) -> Self {
        let seen: Vec<&Shape> = shapes().iter().filter(|shape| frame.shows(shape.bounds)).collect();
        let layer = |layer| seen.iter().filter(move |shape| shape.layer == layer).copied();
        let path = |of| layer(of).fold(String::new(), |path, shape| add(path, shape, frame));
        let (spots, boxes): (Vec<Spot>, Vec<Area>) =
            marks.iter().map(|mark| spot(mark, frame)).unzip();
        let mut taken = Taken(boxes);
        // the legend's strip
        taken.0.push(Area { left: 0.0, top: HEIGHT - LEGEND, right: WIDTH, bottom: HEIGHT });
        let names = marks.iter().filter_map(|mark| named(mark, frame, &mut taken)).collect();
        let countries = layer(Layer::Label).filter_map(|shape| labelled(shape, frame, &mut taken));
        Self {
            land: path(Layer::Land),
            borders: path(Layer::Border),
            disputed: path(Layer::Disputed),
            countries: countries.collect(),
            spots,
            names,
        }
    }
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// Adds a shape to a path, without points that lie within half a pixel of the one before.
fn add(mut path: String, shape: &Shape, frame: &Frame) -> String {
    let mut last = None;
    for point in &shape.points {
        let (x, y) = frame.at(*point);
        let near = |(a, b): (f64, f64)| (x - a).abs() < 0.5 && (y - b).abs() < 0.5;
        if last.is_some_and(near) {
            continue;
        }
        let command = if last.is_none() { 'M' } else { 'L' };
        // writing to a string cannot fail
        let _ = write!(path, "{command}{x:.1} {y:.1}");
        last = Some((x, y));
    }
    if shape.layer == Layer::Land {
        path.push('Z');
    }
    path
}

fn spot(mark: &Mark, frame: &Frame) -> (Spot, Area) {
    let (x, y) = frame.at(mark.point);
    let (r, form) = match mark.precision {
        PlacePrecision::Place => (RADII.0, "dot"),
        PlacePrecision::Admin2 => (RADII.1, "circle"),
        PlacePrecision::Admin1 | PlacePrecision::Country => (RADII.2, "hatched"),
    };
    let spot = Spot { x: number(x), y: number(y), r: number(r), form, hollow: mark.open == 0 };
    (spot, Area { left: x - r, top: y - r, right: x + r, bottom: y + r })
}

/// The name of a place beside its mark: right, left, above or beneath, wherever nothing else stands.
fn named(mark: &Mark, frame: &Frame, taken: &mut Taken) -> Option<Text> {
    let (x, y) = frame.at(mark.point);
    let r = match mark.precision {
        PlacePrecision::Place => RADII.0,
        _ => 0.0,
    };
    let text = match mark.open + mark.bracketed {
        1 => mark.name.clone(),
        several => format!("{} ({several})", mark.name),
    };
    let width = width(&text);
    let (beside, middle) = (r + 3.0, x - width / 2.0);
    let spots = [
        (x + beside, y + 4.0),
        (x - beside - width, y + 4.0),
        (middle, y - beside - 2.0),
        (middle, y + beside + LINE - 3.0),
    ];
    let room = spots.into_iter().find(|(x, y)| taken.take(Area::of_text(*x, *y, width)))?;
    Some(Text { x: number(room.0), y: number(room.1), word: text })
}

/// Our name of a country where its middle can be seen and nothing else stands.
fn labelled(shape: &Shape, frame: &Frame, taken: &mut Taken) -> Option<Text> {
    let (x, y) = frame.at(*shape.points.first()?);
    let text = common_name(shape.of).to_owned();
    let width = width(&text) * 1.15;
    let free = taken.take(Area::of_text(x - width / 2.0, y, width));
    free.then(|| Text { x: number(x), y: number(y), word: text })
}

fn width(text: &str) -> f64 {
    f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)) * LETTER
}

/// A part of the map, in pixels.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn of_text(left: f64, base: f64, width: f64) -> Self {
        Self { left, top: base - LINE + 3.0, right: left + width, bottom: base + 3.0 }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_inside(&self) -> bool {
        self.left >= 2.0
            && self.top >= 2.0
            && self.right <= WIDTH - 2.0
            && self.bottom <= HEIGHT - 2.0
    }
}

/// Where something stands already.
struct Taken(Vec<Area>);

impl Taken {
    /// Takes an area if it is free and inside the map.
    fn take(&mut self, area: Area) -> bool {
        let free = area.is_inside() && !self.0.iter().any(|taken| taken.meets(&area));
        if free {
            self.0.push(area);
        }
        free
    }
}
