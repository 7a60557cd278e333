//! The situation as it is, for any other renderer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::RenderError;
use super::discreet::discreet;
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// The situation as indented JSON, without what may not be given away; its `schema` key is the version of the form.
pub fn json(situation: &Situation, registry: &Registry) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(&discreet(situation, registry))?)
}

/// Something of ours as JSON text, to be kept.
pub fn text_of<T: Serialize>(value: &T) -> Result<String, RenderError> {
    Ok(serde_json::to_string(value)?)
}

/// What [`text_of`] wrote.
pub fn read_text<T: DeserializeOwned>(text: &str) -> Result<T, RenderError> {
    Ok(serde_json::from_str(text)?)
}
