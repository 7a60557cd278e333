//! The `[edition.NAME]` sections.

use serde::{Deserialize, Serialize};

use super::ConfigError;
use super::look::TemplateSet;
use super::span::Span;
use crate::model::closing::Closing;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::EditionId;
use crate::model::issue::Edition;
use crate::model::review::{ReviewRule, Unreviewed};
use crate::model::subscriber::Address;

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
    /// The template set under `templates/mail/`; left out, the one of `[look]`.
    pub look: Option<TemplateSet>,
    /// Whether editors see an issue before its readers do.
    pub review: ReviewMode,
    /// How long after a closing they have.
    pub review_for: Span,
    /// What becomes of an issue that nobody released or withheld in that time.
    pub if_unreviewed: Unreviewed,
    /// Who gets the draft by mail; each must be a subscriber.
    pub editors: Vec<String>,
}

/// Whether issues are held for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewMode {
    /// They go out when they close.
    #[default]
    None,
    /// Editors see the draft first.
    Hold,
}

impl Default for EditionConfig {
    fn default() -> Self {
        Self {
            title: None,
            closes: Vec::new(),
            prepare: Span::seconds(30 * 60),
            filter: Filter::default(),
            lead: Grouping::Region,
            look: None,
            review: ReviewMode::None,
            review_for: Span::seconds(30 * 60),
            if_unreviewed: Unreviewed::Send,
            editors: Vec::new(),
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
            review: (self.review == ReviewMode::Hold).then(|| self.rule()),
        }
    }

    fn rule(&self) -> ReviewRule {
        ReviewRule {
            seconds: i64::try_from(self.review_for.duration().as_secs()).unwrap_or(i64::MAX),
            unreviewed: self.if_unreviewed,
            editors: self.editors.clone(),
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
        for editor in &self.editors {
            editor.parse::<Address>().map_err(|error| ConfigError::Inconsistent {
                key: format!("edition.{name}.editors"),
                message: error.to_string(),
            })?;
        }
        Ok(())
    }
}
