//! The `[edition.NAME]` sections.

use serde::{Deserialize, Serialize};

use super::ConfigError;
use super::span::Span;
use crate::model::closing::Closing;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::EditionId;
use crate::model::issue::Edition;

/// A named product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditionConfig {
    /// The display name in masthead and subject; left out, the edition's name.
    pub title: Option<String>,
    /// When it closes: `HH:MM Zone`, or five cron fields and a zone. Each closing makes one issue.
    pub closes: Vec<String>,
    /// How long before a closing gathering starts.
    pub prepare: Span,
    /// What it is about; empty lists do not restrict.
    pub filter: Filter,
    /// How events are grouped unless the reader chose.
    pub lead: Grouping,
    /// The template set under `templates/mail/`.
    pub look: String,
}

impl Default for EditionConfig {
    fn default() -> Self {
        Self {
            title: None,
            closes: Vec::new(),
            prepare: Span::seconds(30 * 60),
            filter: Filter::default(),
            lead: Grouping::Region,
            look: "default".to_owned(),
        }
    }
}

impl EditionConfig {
    /// The edition under its name.
    pub fn edition(&self, name: &str) -> Edition {
        Edition {
            id: EditionId::new(name),
            title: self.title.clone().unwrap_or_else(|| name.to_owned()),
            closes: self.closes.clone(),
            prepare_seconds: i64::try_from(self.prepare.duration().as_secs()).unwrap_or(i64::MAX),
            filter: self.filter.clone(),
            lead: self.lead,
            look: self.look.clone(),
        }
    }

    /// Refuses a closing time that is none.
    pub(super) fn check(&self, name: &str) -> Result<(), ConfigError> {
        for closes in &self.closes {
            closes.parse::<Closing>().map_err(|error| ConfigError::Inconsistent {
                key: format!("edition.{name}.closes"),
                message: error.to_string(),
            })?;
        }
        Ok(())
    }
}
