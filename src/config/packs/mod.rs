//! Packs: the built-in ones, and a user's files.

mod clashes;
pub mod local;

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::load::{parse, read};
use super::{Config, ConfigError};
use crate::model::pack::Pack;

pub use clashes::{Clash, clashes};

/// A pack with its file, so that what is wrong in it can be shown where it stands.
#[derive(Debug, Clone)]
pub struct PackFile {
    /// The file; `built-in/…` for what is compiled in.
    pub path: PathBuf,
    /// Its text.
    text: String,
    /// What it says.
    pub pack: Pack,
}

impl PackFile {
    fn parse(path: &Path, text: String) -> Result<Self, ConfigError> {
        let pack = parse(path, &text)?;
        Ok(Self { path: path.to_owned(), text, pack })
    }

    /// The line of a value in the entry whose `key` is `id`; the entry's own where the value is not found there.
    fn line(&self, key: &str, id: &str, value: &str) -> Option<usize> {
        let begins = |line: &str| {
            let rest = line.trim_start().strip_prefix(key).map(str::trim_start);
            let rest = rest.and_then(|rest| rest.strip_prefix('=')).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(&format!("\"{id}\"")))
        };
        let mut entry =
            self.text.lines().enumerate().skip_while(|(_, line)| !begins(line)).peekable();
        let first = entry.peek()?.0 + 1;
        let quoted = format!("\"{value}\"");
        let mut within =
            entry.enumerate().take_while(|(nth, (_, line))| *nth == 0 || !line.starts_with("[["));
        let found = within
            .find(|(_, (_, line))| line.contains(&quoted) || line.trim_start().starts_with(value));
        Some(found.map_or(first, |(_, (at, _))| at + 1))
    }
}

/// The built-in packs, compiled in.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/packs");

/// The pack that the others refer to: states, their forces, movements of several theatres. It is merged first.
const FIRST: &str = "states.toml";

/// The built-in packs, in the order in which they are merged.
pub fn builtin() -> Result<Vec<Pack>, ConfigError> {
    Ok(builtin_files()?.into_iter().map(|file| file.pack).collect())
}

/// The built-in packs with their files, in the order in which they are merged.
pub fn builtin_files() -> Result<Vec<PackFile>, ConfigError> {
    let mut files: Vec<_> = BUILT_IN.files().collect();
    files.sort_by_key(|file| (file.path() != Path::new(FIRST), file.path()));
    let pack = |file: &&include_dir::File<'_>| {
        let text = file.contents_utf8().unwrap_or_default();
        PackFile::parse(&Path::new("built-in").join(file.path()), text.to_owned())
    };
    files.par_iter().map(pack).collect()
}

/// The files of the built-in packs and those of the configuration, then `extra`, in the order in which they are merged.
pub fn files(config: &Config, extra: &[PathBuf]) -> Result<Vec<PackFile>, ConfigError> {
    let mut all = builtin_files()?;
    for path in &config.extract.packs {
        all.push(load(&config.resolve(path))?);
    }
    for path in extra {
        all.push(load(path)?);
    }
    Ok(all)
}

/// A user's pack; an error names file, line and key.
pub fn load(path: &Path) -> Result<PackFile, ConfigError> {
    PackFile::parse(path, read(path)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::registry::Registry;

    #[test]
    fn every_built_in_pack_can_be_read_and_no_two_clash() {
        let packs = builtin().unwrap();
        assert!(packs.len() >= 6);
        assert_eq!(packs[0].pack.id, "states");
        assert_eq!(Registry::merge(packs).clashes(), <&[String]>::default());
    }

    #[test]
    fn every_faction_that_a_pack_refers_to_exists() {
        let registry = Registry::merge(builtin().unwrap());
        for faction in registry.factions() {
            let members = faction.member_of.iter().map(|member| &member.id);
            let named = faction
                .parent
                .iter()
                .chain(&faction.rollup)
                .chain(&faction.successor)
                .chain(members);
            for id in named {
                assert!(registry.faction(id).is_some(), "`{}` refers to `{id}`", faction.id);
            }
        }
    }

    #[test]
    fn a_bad_pack_is_refused_with_its_line_and_key() {
        let text = "[pack]\nid = \"x\"\nname = \"X\"\ncolour = \"red\"\n";
        let error = parse::<Pack>(Path::new("my.toml"), text).unwrap_err().to_string();
        assert!(
            error.contains("my.toml") && error.contains("line 4") && error.contains("colour"),
            "{error}"
        );
    }
}
