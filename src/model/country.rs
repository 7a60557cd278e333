//! Common English names of countries.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names by ISO 3166-1 alpha-2 code, the common one first; the table is part of the program, so a test holds that it
/// can be read.
static NAMES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../config/gazetteer/countries.toml")).unwrap_or_default()
});

/// The common English name of a country; its code where the table does not know it.
pub fn common_name(code: &str) -> &str {
    NAMES.get(code).and_then(|names| names.first()).map_or(code, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_its_common_name_and_an_unknown_code_stays() {
        assert_eq!(common_name("SY"), "Syria");
        assert_eq!(common_name("XX"), "XX");
    }
}
