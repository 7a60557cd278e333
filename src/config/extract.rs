//! The `[extract]` section.

use serde::{Deserialize, Serialize};

/// What `[extract]` holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExtractConfig {}
