//! A map as a picture for mail.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::{HEIGHT, WIDTH};
use crate::render::RenderError;

/// The largest picture that goes into a mail, in bytes (B-56).
const MOST_BYTES: usize = 60_000;

/// A part of `DejaVu Sans`; see `config/map/NOTICE`.
const FONT: &[u8] = include_bytes!("../../../config/map/DejaVuSans-part.ttf");

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// The picture of a drawing as PNG, as sharp as 60 kB allow: twice the size that it is shown in, else that size. The same
/// drawing gives the same bytes on every machine: no font of the system is used.
pub fn png(svg: &str) -> Result<Vec<u8>, RenderError> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let sharp = drawn(&tree, 2)?;
    if sharp.len() <= MOST_BYTES { Ok(sharp) } else { drawn(&tree, 1) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "both are a few hundred"
)]
fn drawn(tree: &Tree, times: u16) -> Result<Vec<u8>, RenderError> {
    let (width, height) = (WIDTH as u32 * u32::from(times), HEIGHT as u32 * u32::from(times));
    let mut pixels = Pixmap::new(width, height).ok_or(RenderError::Canvas)?;
    let scale = Transform::from_scale(f32::from(times), f32::from(times));
    resvg::render(tree, scale, &mut pixels.as_mut());
    pixels.encode_png().map_err(|_| RenderError::Canvas)
}
