//! The `[look]` section.

use serde::{Deserialize, Serialize};

/// What `[look]` holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LookConfig {}
