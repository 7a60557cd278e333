//! The fields of a longer form: each with its name, what stands in it, and what is wrong with it beside it.

use crate::web::choice::Choice;
use crate::web::fields::Fields;

/// What is wrong with a form, by the field that it is wrong in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wrong(Vec<(String, String)>);

impl Wrong {
    /// One thing wrong with one field.
    pub(super) fn one(field: &str, told: impl Into<String>) -> Self {
        let mut wrong = Self::default();
        wrong.add(field, told);
        wrong
    }

    /// Notes what is wrong with a field.
    pub(super) fn add(&mut self, field: &str, told: impl Into<String>) {
        self.0.push((field.to_owned(), told.into()));
    }

    /// The value; where there is none, what is wrong with its field is noted.
    pub(super) fn take<T>(&mut self, field: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|told| self.add(field, told)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field; empty where nothing is.
    fn of(&self, field: &str) -> String {
        let of_field = self.0.iter().filter(|(name, _)| name == field);
        of_field.map(|(_, told)| told.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Everything, for the top of the page.
    pub(super) fn all(&self) -> Vec<String> {
        self.0.iter().map(|(_, told)| told.clone()).collect()
    }
}

/// One field.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) value: String,
    /// The longest value, in characters.
    pub(super) most: usize,
    pub(super) choices: Vec<Choice>,
    pub(super) wrong: String,
}

/// A form that is being made, from what was sent or is stored.
pub(super) struct Filled<'a> {
    pub(super) fields: &'a Fields,
    pub(super) wrong: &'a Wrong,
}

impl Filled<'_> {
    /// A line, or an area, of at most `most` characters.
    pub(super) fn text(&self, name: &'static str, label: &'static str, most: usize) -> Field {
        let value = self.fields.text(name).to_owned();
        Field { name, label, value, most, choices: Vec::new(), wrong: self.wrong.of(name) }
    }

    /// Several to choose one of.
    pub(super) fn pick(
        &self,
        name: &'static str,
        label: &'static str,
        all: &[(&str, &str)],
    ) -> Field {
        let choices = crate::web::choice::chosen(all, self.fields.text(name));
        Field { choices, ..self.text(name, label, 0) }
    }
}

/// At most so many characters, or what to say.
pub(super) fn within(text: &str, most: usize) -> Result<&str, String> {
    if text.chars().count() > most {
        return Err(format!("At most {most} characters."));
    }
    Ok(text)
}

/// A text that is there.
pub(super) fn given(text: &str, most: usize, what: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err(format!("Write {what}."));
    }
    within(text, most).map(str::to_owned)
}

/// A text that may be missing.
pub(super) fn maybe(text: &str, most: usize) -> Result<Option<String>, String> {
    let text = within(text, most)?;
    Ok(Some(text).filter(|text| !text.is_empty()).map(str::to_owned))
}

/// A short name for commands and addresses.
pub(super) fn slug(text: &str) -> Result<String, String> {
    if crate::web::choice::is_slug(text) {
        return Ok(text.to_owned());
    }
    Err("The id is of small letters, digits and dashes, at most 60.".to_owned())
}
