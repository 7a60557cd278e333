//! What a map shows beneath the events: land, borders, and where the name of a country has room.

use std::sync::LazyLock;

/// What a line of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// The outline of land: a ring.
    Land,
    /// A border between two countries.
    Border,
    /// A border that one of the two does not accept.
    Disputed,
    /// Where a country's name has most room.
    Label,
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is.
    pub(super) layer: Layer,
    /// The country of a label, by ISO 3166-1; the two sides of a border.
    pub(super) of: &'static str,
    /// Longitude and latitude in degrees.
    pub(super) points: Vec<(f64, f64)>,
    /// West, south, east, north.
    pub(super) bounds: [f64; 4],
}

/// Simplified outlines of Natural Earth; see `config/map/NOTICE`. The table is part of the program, so a test holds that
/// every line of it can be read.
static SHAPES: LazyLock<Vec<Shape>> =
    LazyLock::new(|| TABLE.lines().filter_map(Shape::parse).collect());

const TABLE: &str = include_str!("../../../config/map/lines.txt");

/// All of them.
pub(super) fn shapes() -> &'static [Shape] {
    &SHAPES
}

impl Shape {
    /// Reads `kind of x y dx dy …`, in hundredths of a degree, each point after the first as the step to it.
    fn parse(line: &'static str) -> Option<Self> {
        let mut words = line.split(' ');
        let layer = match words.next()? {
            "land" => Layer::Land,
            "border" => Layer::Border,
            "disputed" => Layer::Disputed,
            "label" => Layer::Label,
            _ => return None,
        };
        let of = words.next()?;
        let steps: Vec<i32> = words.map(str::parse).collect::<Result<_, _>>().ok()?;
        let (mut x, mut y) = (0, 0);
        let mut points = Vec::with_capacity(steps.len() / 2);
        for step in steps.chunks_exact(2) {
            (x, y) = (x + step.first()?, y + step.last()?);
            points.push((f64::from(x) / 100.0, f64::from(y) / 100.0));
        }
        let bounds = bounds(points.iter().copied())?;
        Some(Self { layer, of, points, bounds })
    }
}

/// West, south, east and north of points; none of no points.
pub(super) fn bounds(points: impl Iterator<Item = (f64, f64)>) -> Option<[f64; 4]> {
    points.fold(None, |all, (x, y)| {
        let [west, south, east, north] = all.unwrap_or([x, y, x, y]);
        Some([west.min(x), south.min(y), east.max(x), north.max(y)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_shape_on_earth() {
        assert_eq!(shapes().len(), TABLE.lines().count());
        let on_earth = |shape: &Shape| {
            let [west, south, east, north] = shape.bounds;
            west >= -180.01 && south >= -90.0 && east <= 180.01 && north <= 90.0
        };
        assert!(shapes().iter().all(on_earth));
    }

    #[test]
    fn b_56_borders_that_are_disputed_are_told_apart() {
        let disputed = |pair| {
            let of_pair = shapes().iter().filter(|shape| shape.of == pair);
            of_pair.map(|shape| shape.layer).collect::<Vec<_>>()
        };
        assert!(disputed("IL-SY").iter().all(|layer| *layer == Layer::Disputed));
        assert!(disputed("IQ-SY").iter().all(|layer| *layer == Layer::Border));
        let mixed = disputed("RU-UA");
        assert!(mixed.contains(&Layer::Disputed) && mixed.contains(&Layer::Border));
    }
}
