//! The situation as it is, for any other renderer.

use super::RenderError;
use crate::model::situation::Situation;

/// The situation as indented JSON; its `schema` key is the version of the form.
pub fn json(situation: &Situation) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(situation)?)
}
