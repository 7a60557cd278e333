//! Section 2: key points.

use super::outcome;
use super::section::{Body, SectionView};
use crate::render::desk::Desk;
use crate::render::sentence::{Shape, write};

/// The most key points.
const MOST: usize = 5;

/// The key points, with the day's outcome before them where it is not a normal one. An event that was read unsurely
/// is no key point (B-41).
pub(crate) fn takeaways(desk: &Desk<'_>) -> Option<SectionView> {
    let sure = desk.events(&desk.situation.key_points).filter(|event| event.sure);
    let lines = sure.take(MOST).map(|event| write(desk, event, Shape::Key)).collect();
    SectionView::new("takeaways", "Key points", Body::Points { note: outcome::note(desk), lines })
}
