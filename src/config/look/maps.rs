//! Where a digest has its locator map.

use serde::{Deserialize, Serialize};

/// Where the map of a digest's events is shown (B-56).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapUse {
    /// Nowhere.
    None,
    /// On the web site, as a drawing.
    #[default]
    Web,
    /// There, and in the mail as a picture that comes with it.
    Mail,
}
