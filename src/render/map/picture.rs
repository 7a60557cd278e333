//! A map as a picture for mail.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::{HEIGHT, WIDTH};
use crate::render::RenderError;

/// The largest picture that goes into a mail, in bytes (B-56).
const MOST_BYTES: usize = 60_000;
/// Colours of a picture; a map has few, and shades between them where they meet.
const COLOURS: usize = 64;
/// Colours are told apart by so many bits of each channel.
const BITS: u32 = 5;

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
    let sharp = encoded(&drawn(&tree, 2)?)?;
    if sharp.len() <= MOST_BYTES { Ok(sharp) } else { encoded(&drawn(&tree, 1)?) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "both are a few hundred"
)]
fn drawn(tree: &Tree, times: u16) -> Result<Pixmap, RenderError> {
    let (width, height) = (WIDTH as u32 * u32::from(times), HEIGHT as u32 * u32::from(times));
    let mut pixels = Pixmap::new(width, height).ok_or(RenderError::Canvas)?;
    let scale = Transform::from_scale(f32::from(times), f32::from(times));
    resvg::render(tree, scale, &mut pixels.as_mut());
    Ok(pixels)
}

/// The pixels as PNG with a palette of their most frequent colours, each other pixel in the one nearest to its own.
fn encoded(pixels: &Pixmap) -> Result<Vec<u8>, RenderError> {
    let colours: Vec<usize> = pixels.pixels().iter().copied().map(colour).collect();
    let palette = palette(&colours);
    let nearest = nearest(&palette);
    let bytes: Vec<u8> =
        colours.iter().map(|colour| nearest.get(*colour).copied().unwrap_or(0)).collect();
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.iter().flat_map(|colour| channels(*colour)).collect::<Vec<u8>>());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(|_| RenderError::Canvas)?;
    writer.write_image_data(&bytes).map_err(|_| RenderError::Canvas)?;
    writer.finish().map_err(|_| RenderError::Canvas)?;
    Ok(out)
}

/// The colour of a pixel as a number.
fn colour(pixel: PremultipliedColorU8) -> usize {
    let coarse = |channel: u8| usize::from(channel >> (8 - BITS));
    coarse(pixel.red()) << (2 * BITS) | coarse(pixel.green()) << BITS | coarse(pixel.blue())
}

/// Red, green and blue of such a number.
fn channels(colour: usize) -> [u8; 3] {
    [2 * BITS, BITS, 0].map(|shift| {
        let coarse = (colour >> shift) & ((1 << BITS) - 1);
        u8::try_from(coarse << (8 - BITS) | coarse >> (2 * BITS - 8)).unwrap_or(u8::MAX)
    })
}

/// The most frequent colours.
fn palette(colours: &[usize]) -> Vec<usize> {
    let mut counts = vec![0_u32; 1 << (3 * BITS)];
    for colour in colours {
        if let Some(count) = counts.get_mut(*colour) {
            *count += 1;
        }
    }
    let mut found: Vec<(u32, usize)> =
        counts.into_iter().zip(0..).filter(|(count, _)| *count > 0).collect();
    found.sort_unstable_by_key(|(count, colour)| (Reverse(*count), *colour));
    found.into_iter().take(COLOURS).map(|(_, colour)| colour).collect()
}

/// For each colour there can be the place of the nearest one of the palette.
fn nearest(palette: &[usize]) -> Vec<u8> {
    let far = |a: usize, b: usize| -> u32 {
        let pairs = channels(a).into_iter().zip(channels(b));
        pairs.map(|(x, y)| u32::from(x.abs_diff(y)).pow(2)).sum()
    };
    let place = |colour: usize| {
        let best = palette.iter().zip(0_u8..).min_by_key(|(known, _)| far(**known, colour));
        best.map_or(0, |(_, place)| place)
    };
    (0..1 << (3 * BITS)).map(place).collect()
}
