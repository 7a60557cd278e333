//! The `[deliver]` section.

use serde::{Deserialize, Serialize};

/// What `[deliver]` holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliverConfig {}
