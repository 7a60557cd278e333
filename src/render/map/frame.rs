//! Which part of the earth a map shows, and where on it a point lies.

use super::land::bounds;

/// Width of a map in pixels (B-56).
pub(super) const WIDTH: f64 = 600.0;
/// Its height.
pub(super) const HEIGHT: f64 = 300.0;
/// What is left free around the events, of width and height.
const MARGIN: f64 = 0.17;
/// No map shows less than so many degrees of latitude: around one village a reader must see where it lies.
const LEAST: f64 = 2.4;

/// A window on the earth. Degrees of longitude are shortened as they are in its middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    west: f64,
    north: f64,
    /// Pixels of a degree of longitude and of latitude.
    scale: (f64, f64),
}

impl Frame {
    /// The window around these points, longitude before latitude; none around no points.
    pub(super) fn around(points: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let [west, south, east, north] = bounds(points)?;
        let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
        let narrow = lat.to_radians().cos().max(0.2);
        let free = 1.0 - 2.0 * MARGIN;
        let across = WIDTH * free / ((east - west) * narrow);
        let up = (HEIGHT * free / (north - south)).min(HEIGHT / LEAST);
        let scale = across.min(up);
        let scale = (scale * narrow, scale);
        Some(Self { west: lon - WIDTH / 2.0 / scale.0, north: lat + HEIGHT / 2.0 / scale.1, scale })
    }

    /// Where a point lies, in pixels from the upper left corner.
    pub(super) fn at(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        ((lon - self.west) * self.scale.0, (self.north - lat) * self.scale.1)
    }

    /// Whether a part of these bounds can be seen.
    pub(super) fn shows(&self, [west, south, east, north]: [f64; 4]) -> bool {
        let (left, top) = self.at((west, north));
        let (right, bottom) = self.at((east, south));
        right >= 0.0 && left <= WIDTH && bottom >= 0.0 && top <= HEIGHT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_point_stands_in_the_middle_of_a_region() {
        let frame = Frame::around([(36.6, 35.8)].into_iter()).unwrap();
        let (x, y) = frame.at((36.6, 35.8));
        assert!((x - 300.0).abs() < 1e-6 && (y - 150.0).abs() < 1e-6);
        let (_, top) = frame.at((36.6, 37.0));
        assert!(top.abs() < 1e-6);
    }

    #[test]
    fn all_points_lie_inside_the_margin() {
        let points = [(36.2, 33.5), (40.9, 35.0), (41.2, 37.0)];
        let frame = Frame::around(points.into_iter()).unwrap();
        let inside =
            |(x, y): (f64, f64)| (100.0..=500.0).contains(&x) && (50.0..=250.0).contains(&y);
        assert!(points.into_iter().map(|point| frame.at(point)).all(inside));
    }
}
