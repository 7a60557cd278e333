//! Colours, and whether they can be read: contrast by WCAG 2.1, section 1.4.3.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What the text stands on in light mode.
pub const PAPER_LIGHT: Colour = Colour(0xfd, 0xfc, 0xfa);

/// What the text stands on in dark mode.
pub const PAPER_DARK: Colour = Colour(0x1b, 0x1f, 0x24);

/// The least contrast of text against its background (H-5).
const LEAST_CONTRAST: f64 = 4.5;

/// A colour of three bytes: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub u8, pub u8, pub u8);

/// Why a colour cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadColour {
    /// Not six hexadecimal digits.
    #[error("`{0}` is not a colour; write it as `#rrggbb`")]
    Form(String),
    /// Too close to the paper.
    #[error(
        "`{colour}` has a contrast of {contrast} against the paper; choose a darker colour, 4.5 or more"
    )]
    Pale {
        /// The colour.
        colour: String,
        /// What was computed.
        contrast: String,
    },
}

impl Colour {
    /// The contrast ratio to another colour, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// A tenth of the way to white.
    fn lighter(self) -> Self {
        let up = |byte: u8| byte.saturating_add((255 - byte).div_ceil(10));
        Self(up(self.0), up(self.1), up(self.2))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl TryFrom<String> for Colour {
    type Error = BadColour;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let byte = |at: usize| {
            let digits =
                text.get(at..at + 2).filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
            digits.and_then(|two| u8::from_str_radix(two, 16).ok())
        };
        match (text.starts_with('#') && text.len() == 7, byte(1), byte(3), byte(5)) {
            (true, Some(red), Some(green), Some(blue)) => Ok(Self(red, green, blue)),
            _ => Err(BadColour::Form(text)),
        }
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

/// A colour that can be read on the paper; its dark-mode twin is derived, so that it can be read there too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Colour", into = "Colour")]
pub struct Accent(Colour);

impl Accent {
    /// The colour in light mode.
    pub fn light(self) -> Colour {
        self.0
    }

    /// The colour in dark mode: lightened until its contrast suffices.
    pub fn dark(self) -> Colour {
        let mut colour = self.0;
        while colour.contrast(PAPER_DARK) < LEAST_CONTRAST + 2.0 {
            colour = colour.lighter();
        }
        colour
    }
}

impl Default for Accent {
    fn default() -> Self {
        Self(Colour(0x17, 0x4e, 0x6b))
    }
}

impl TryFrom<Colour> for Accent {
    type Error = BadColour;

    fn try_from(colour: Colour) -> Result<Self, Self::Error> {
        let contrast = colour.contrast(PAPER_LIGHT);
        if contrast >= LEAST_CONTRAST {
            return Ok(Self(colour));
        }
        Err(BadColour::Pale { colour: colour.to_string(), contrast: format!("{contrast:.1}") })
    }
}

impl From<Accent> for Colour {
    fn from(accent: Accent) -> Self {
        accent.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        let ratio = Colour(0, 0, 0).contrast(Colour(255, 255, 255));
        assert!((ratio - 21.0).abs() < 0.01, "{ratio}");
    }

    #[test]
    fn h_5_every_accent_is_readable_in_dark_mode_too() {
        for colour in [Colour(0, 0, 0), Colour(0x7a, 0, 0), Accent::default().light()] {
            let accent = Accent::try_from(colour).unwrap();
            assert!(accent.dark().contrast(PAPER_DARK) >= LEAST_CONTRAST);
        }
    }

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        for text in ["red", "#12345", "#12345g", "#+1+1+1", "#1é345"] {
            assert!(Colour::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
