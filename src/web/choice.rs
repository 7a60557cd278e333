//! Things to choose among in forms, and what they are called.

/// One of several things to choose.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) on: bool,
}

/// One of several things to choose.
pub(super) fn choice(value: &str, label: &str, on: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), on }
}

const LANGUAGE_NAMES: [(&str, &str); 6] = [
    ("en", "English"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("uk", "Українська"),
];

pub(super) const FREQUENCIES: [(&str, &str); 4] = [
    ("daily", "Every day"),
    ("weekdays", "Monday to Friday"),
    ("weekly", "On Monday, for the week"),
    ("each_issue", "With each issue, at once"),
];

const GROUPINGS: [(&str, &str); 3] =
    [("", "As the edition does"), ("region", "By region"), ("faction", "By faction")];

/// The languages of digests.
pub(super) fn languages(named: &str) -> Vec<Choice> {
    chosen(&LANGUAGE_NAMES, named)
}

/// How events are grouped.
pub(super) fn groupings(named: &str) -> Vec<Choice> {
    chosen(&GROUPINGS, named)
}

/// Each of several things, the one with `value` chosen.
pub(super) fn chosen(all: &[(&str, &str)], value: &str) -> Vec<Choice> {
    all.iter().map(|(word, label)| choice(word, label, *word == value)).collect()
}

/// Whether a text is fit for an id: small letters, digits and dashes, at most 60.
pub(super) fn is_slug(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=60).contains(&text.len()) && text.chars().all(is_letter)
}

/// A word of the model, as it is written in JSON.
pub(super) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::filter::Grouping;
    use crate::model::subscriber::Frequency;
    use crate::render::LANGUAGES;

    fn is_word<T: serde::de::DeserializeOwned>(text: &str) -> bool {
        serde_json::from_value::<T>(serde_json::Value::String(text.to_owned())).is_ok()
    }

    #[test]
    fn every_language_of_a_digest_has_a_name_in_the_form() {
        let named: Vec<&str> = LANGUAGE_NAMES.iter().map(|(code, _)| *code).collect();
        assert_eq!(named, LANGUAGES);
    }

    #[test]
    fn the_words_of_the_form_are_those_of_the_model() {
        assert!(FREQUENCIES.iter().all(|(word, _)| is_word::<Frequency>(word)));
        let mut groupings = GROUPINGS.iter().filter(|(word, _)| !word.is_empty());
        assert!(groupings.all(|(word, _)| is_word::<Grouping>(word)));
    }
}
