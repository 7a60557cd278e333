//! The files that `sitrep init` writes: the ones of `config/` that this program was built with.

/// `sitrep.toml`, every key commented with its default.
pub const SITREP: &str = include_str!("../../config/sitrep.toml");

/// `sources.toml`, with a commented example of each kind.
pub const SOURCES: &str = include_str!("../../config/sources.toml");

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::load::parse;
    use super::super::{Config, sources::SourcesFile};
    use super::*;

    /// The commented keys, uncommented: lines that begin with `#` and hold ` = ` or a `[section]`.
    fn uncommented(text: &str) -> String {
        let is_key = |line: &&str| line.starts_with('#') && !line.starts_with("# ");
        text.lines()
            .map(|line| if is_key(&line) { &line[1..] } else { line })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn the_starter_files_are_valid_as_they_are_and_with_every_key_uncommented() {
        for text in [SITREP.to_owned(), uncommented(SITREP)] {
            parse::<Config>(Path::new("sitrep.toml"), &text).unwrap();
        }
        for text in [SOURCES.to_owned(), uncommented(SOURCES)] {
            parse::<SourcesFile>(Path::new("sources.toml"), &text).unwrap();
        }
    }

    #[test]
    fn every_key_of_every_section_stands_in_the_starter_file() {
        let written: toml::Table = uncommented(SITREP).parse().unwrap();
        let defaults = toml::Table::try_from(Config::default()).unwrap();
        for (section, keys) in
            defaults.iter().filter_map(|(name, value)| Some((name, value.as_table()?)))
        {
            let Some(present) = written.get(section).and_then(toml::Value::as_table) else {
                panic!("section `{section}` is missing from the starter file");
            };
            for key in keys.keys() {
                assert!(
                    present.contains_key(key),
                    "`{section}.{key}` is missing from the starter file"
                );
            }
        }
    }
}
