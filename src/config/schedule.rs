//! The `[schedule]` section.

use serde::{Deserialize, Serialize};

use super::span::Span;

/// When things happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScheduleConfig {
    /// How late a missed closing is still made up for; older ones are merged into the next window.
    pub grace: Span,
    /// How often we look for sources that are due between closings; each closing gathers by itself beforehand.
    pub gather_every: Span,
    /// How long a worker may hold a piece of work before another takes over.
    pub lease: Span,
}

impl Default for ScheduleConfig {
    fn default() -> Self {
        Self {
            grace: Span::seconds(6 * 3600),
            gather_every: Span::seconds(5 * 60),
            lease: Span::seconds(10 * 60),
        }
    }
}
