//! Packs: the built-in ones, and a user's files.

use std::path::Path;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::ConfigError;
use super::load::{parse, read};
use crate::model::pack::Pack;

/// The built-in packs, compiled in.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/packs");

/// The pack that the others refer to: states, their forces, movements of several theatres. It is merged first.
const FIRST: &str = "states.toml";

/// The built-in packs, in the order in which they are merged.
pub fn builtin() -> Result<Vec<Pack>, ConfigError> {
    let mut files: Vec<_> = BUILT_IN.files().collect();
    files.sort_by_key(|file| (file.path() != Path::new(FIRST), file.path()));
    let pack = |file: &&include_dir::File<'_>| {
        parse(&Path::new("built-in").join(file.path()), file.contents_utf8().unwrap_or_default())
    };
    files.par_iter().map(pack).collect()
}

/// A user's pack; an error names file, line and key.
pub fn load(path: &Path) -> Result<Pack, ConfigError> {
    parse(path, &read(path)?)
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
