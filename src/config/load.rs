//! Reading a file: errors with their line and the nearest known key, then the environment on top.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Config, ConfigError, environment, secret};

/// Reads `path`, lays `variables` (of the environment) over it, and checks the whole.
pub fn load(path: &Path, variables: &[(String, String)]) -> Result<Config, ConfigError> {
    let text = read(path)?;
    let _: Config = parse(path, &text)?;
    let table: toml::Table = parse(path, &text)?;
    let mut config: Config = environment::overlay(table, variables)?;
    path.parent().unwrap_or(Path::new("")).clone_into(&mut config.folder);
    config.gather.proxy = secret::resolve(
        "gather.proxy",
        config.gather.proxy.as_ref(),
        config.gather.proxy_file.as_ref(),
        &config.folder,
    )?;
    config.check()?;
    Ok(config)
}

impl Config {
    /// What types cannot say: values that must go together.
    fn check(&self) -> Result<(), ConfigError> {
        for (name, edition) in &self.edition {
            edition.check(name)?;
        }
        self.alert.check()?;
        self.deliver.check()
    }
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path)
        .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })
}

/// The text as `T`; an error names the line, and for an unknown key the nearest known one.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| explain(path, text, &error))
}

fn explain(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start);
    let line = 1 + text.get(..start).map_or(0, |before| before.matches('\n').count());
    let path = path.to_owned();
    match unknown_key(error.message()) {
        Some((key, known)) => {
            let hint = hint(&key, &known);
            ConfigError::UnknownKey { path, line, key, hint }
        }
        None => ConfigError::Invalid { path, line, message: error.message().to_owned() },
    }
}

/// serde words it "unknown field `a`, expected one of `b`, `c`".
fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut names = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    let key = names.next()?;
    Some((key, names.collect()))
}

fn hint(key: &str, known: &[String]) -> String {
    let nearest = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(key, name), name))
        .filter(|(distance, name)| *distance <= 2.max(name.len() / 3))
        .min();
    match nearest {
        Some((_, name)) => format!("; did you mean `{name}`?"),
        None => format!("; known here: {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_text(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sitrep.toml");
        std::fs::write(&path, text).unwrap();
        let variables: Vec<_> =
            variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        load(&path, &variables)
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_key() {
        let error = load_text(
            "[database]\nurl = \"sqlite:a.db\"\n\n[deliver]\nfrmo = \"a@b.example\"\n",
            &[],
        )
        .unwrap_err()
        .to_string();
        assert!(error.contains("line 5"), "{error}");
        assert!(error.contains("`frmo`; did you mean `from`?"), "{error}");
    }

    #[test]
    fn text_that_is_not_toml_is_named_with_its_line() {
        let error = load_text("[database\n", &[]).unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = load_text(
            "[database]\nurl = \"sqlite:a.db\"\n",
            &[("SITREP_DATABASE__URL", "sqlite:b.db"), ("OTHER", "x")],
        )
        .unwrap();
        assert_eq!(config.database.url, "sqlite:b.db");
    }

    #[test]
    fn an_unknown_variable_of_ours_is_refused_by_name() {
        let error = load_text("", &[("SITREP_DATABASE__ULR", "x")]).unwrap_err().to_string();
        assert!(error.contains("SITREP_DATABASE__ULR"), "{error}");
    }

    #[test]
    fn a_bad_closing_time_names_the_edition() {
        let error = load_text("[edition.daily]\ncloses = [\"25:30 Asia/Damascus\"]\n", &[])
            .unwrap_err()
            .to_string();
        assert!(error.contains("edition.daily.closes"), "{error}");
    }
}
