//! The situation as it is, for any other renderer.

use super::RenderError;
use super::discreet::discreet;
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// The situation as indented JSON, without what may not be given away; its `schema` key is the version of the form.
pub fn json(situation: &Situation, registry: &Registry) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(&discreet(situation, registry))?)
}
