//! The `[gather]` section.

use serde::{Deserialize, Serialize};

/// What `[gather]` holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatherConfig {}
