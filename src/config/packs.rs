//! Packs: the built-in ones, and a user's files.

use std::path::{Path, PathBuf};

use crate::model::pack::Pack;

/// The built-in packs, as they lie in `config/packs`.
const BUILTIN: &[(&str, &str)] = &[
    ("states", include_str!("../../config/packs/states.toml")),
    ("syria", include_str!("../../config/packs/syria.toml")),
    ("iraq", include_str!("../../config/packs/iraq.toml")),
];

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file cannot be read.
    #[error("cannot read the pack `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is no pack.
    #[error("`{name}`, line {line}: {message}; see the packs that come with the program")]
    Malformed {
        /// The file or built-in pack.
        name: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there, the key named.
        message: String,
    },
}

/// The built-in packs. A broken one is left out; a test refuses that.
pub fn builtin() -> Vec<Pack> {
    BUILTIN.iter().filter_map(|(name, text)| parse(name, text).ok()).collect()
}

/// A user's pack.
///
/// # Errors
///
/// [`PackError`] if the file cannot be read or is no pack; the message names file, line and key.
pub fn load(path: &Path) -> Result<Pack, PackError> {
    let text = std::fs::read_to_string(path).map_err(|source| PackError::Unreadable { path: path.to_owned(), source })?;
    parse(&path.display().to_string(), &text)
}

/// Reads a pack from its text; `name` is what messages call it.
///
/// # Errors
///
/// [`PackError::Malformed`] if it is none.
pub fn parse(name: &str, text: &str) -> Result<Pack, PackError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        PackError::Malformed { name: name.to_owned(), line, message: error.message().to_owned() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pack_can_be_read() {
        assert_eq!(builtin().len(), BUILTIN.len());
    }

    #[test]
    fn a_bad_pack_is_refused_with_its_line_and_key() {
        let error = parse("my.toml", "[pack]\nid = \"x\"\nname = \"X\"\ncolour = \"red\"\n").unwrap_err().to_string();
        assert!(error.contains("my.toml") && error.contains("line 4") && error.contains("colour"), "{error}");
    }
}
