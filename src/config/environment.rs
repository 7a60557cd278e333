//! The environment: `SITREP_SECTION__KEY` overrides a key of a file.

use serde::Deserialize as _;

use super::{Config, ConfigError};

/// What our variables begin with.
const PREFIX: &str = "SITREP_";

/// Variables of ours that are no configuration keys.
const NOT_KEYS: &[&str] = &["SITREP_CONFIG", "SITREP_LOG"];

/// All variables of the process that begin with our prefix.
pub fn variables() -> Vec<(String, String)> {
    let mut found: Vec<_> = std::env::vars().filter(|(name, _)| is_key(name)).collect();
    found.sort();
    found
}

fn is_key(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|rest| rest.contains("__")) && !NOT_KEYS.contains(&name)
}

/// Lays the variables over the table, one after the other, so that an error names its variable.
pub(super) fn overlay(
    mut table: toml::Table,
    variables: &[(String, String)],
) -> Result<Config, ConfigError> {
    let mut config = typed(table.clone(), "the file")?;
    for (name, value) in variables.iter().filter(|(name, _)| is_key(name)) {
        let keys = name[PREFIX.len()..].to_lowercase();
        let keys: Vec<&str> = keys.split("__").collect();
        insert(&mut table, &keys, parse_value(value))
            .map_err(|message| ConfigError::Environment { variable: name.clone(), message })?;
        config = typed(table.clone(), name)?;
    }
    Ok(config)
}

fn typed(table: toml::Table, variable: &str) -> Result<Config, ConfigError> {
    Config::deserialize(table).map_err(|error| ConfigError::Environment {
        variable: variable.to_owned(),
        message: error.message().to_owned(),
    })
}

fn insert(table: &mut toml::Table, keys: &[&str], value: toml::Value) -> Result<(), String> {
    match keys {
        [] => Ok(()),
        [key] => {
            table.insert((*key).to_owned(), value);
            Ok(())
        }
        [section, rest @ ..] => {
            let inner = table
                .entry(*section)
                .or_insert_with(|| toml::Value::Table(toml::Table::new()))
                .as_table_mut()
                .ok_or_else(|| format!("`{section}` is no section"))?;
            insert(inner, rest, value)
        }
    }
}

/// A value that is TOML by itself (a number, a list, true) is taken as such, anything else as text.
fn parse_value(text: &str) -> toml::Value {
    let parsed = format!("value = {text}").parse::<toml::Table>().ok();
    parsed
        .and_then(|mut table| table.remove("value"))
        .unwrap_or_else(|| toml::Value::String(text.to_owned()))
}
