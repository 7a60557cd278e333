//! Regular expressions that are part of the program.

use regex::Regex;

/// Compiles a pattern of ours; a wrong one matches nothing, and the test beside its use fails.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}
