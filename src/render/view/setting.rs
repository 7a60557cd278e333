//! What a template itself says, and which way its lines run.

use crate::render::tongue::Tongue;

/// The setting of a digest in its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// ISO 639-1 code.
    pub(crate) lang: String,
    /// `ltr` or `rtl`.
    pub(crate) dir: &'static str,
    /// The side where lines begin.
    pub(crate) align: &'static str,
    /// The other side.
    pub(crate) far: &'static str,
    /// The heading of the matrix's first column.
    pub(crate) faction: String,
    /// The heading of section 13.
    pub(crate) method: String,
    /// What is said of rows that were cut, with `{n}`.
    pub(crate) more_rows: String,
    /// What is said of factions that were cut, with `{n}`.
    pub(crate) more_factions: String,
}

impl Setting {
    /// That of English.
    pub(crate) fn english() -> Self {
        Self {
            lang: "en".to_owned(),
            dir: "ltr",
            align: "left",
            far: "right",
            faction: "Faction".to_owned(),
            method: "How to read this".to_owned(),
            more_rows: "{n} more rows left out.".to_owned(),
            more_factions: "{n} more factions are in the events below.".to_owned(),
        }
    }

    /// That of another language.
    pub(crate) fn of(tongue: &Tongue, lang: &str) -> Self {
        let (align, far) = if tongue.is_rtl() { ("right", "left") } else { ("left", "right") };
        let word = |key| tongue.word(key).to_owned();
        Self {
            lang: lang.to_owned(),
            dir: tongue.dir(),
            align,
            far,
            faction: word("faction"),
            method: word("method"),
            more_rows: word("more_rows"),
            more_factions: word("more_factions"),
        }
    }

    /// Whether lines begin at the right.
    pub(crate) fn is_rtl(&self) -> bool {
        self.dir == "rtl"
    }
}
