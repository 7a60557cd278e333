//! Figures and materiel with the one who says so, joined so that each speaker is named once.

use super::speaker::says;

/// A clause that somebody says; none where it is said from outside the fighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// The clause.
    pub(super) text: String,
    /// Who says it: a display name.
    pub(super) by: Option<String>,
}

/// `2 A killed, B says; 1 tank captured, C says`: neighbours of one speaker share the attribution.
pub(super) fn sentence(clauses: &[&Reported]) -> String {
    let mut runs: Vec<(String, Option<&String>)> = Vec::new();
    for clause in clauses {
        match runs.last_mut() {
            Some((text, by)) if *by == clause.by.as_ref() => {
                text.push_str("; ");
                text.push_str(&clause.text);
            }
            _ => runs.push((clause.text.clone(), clause.by.as_ref())),
        }
    }
    let said = |(text, by): (String, Option<&String>)| match by {
        Some(by) => format!("{text}, {}", says(by)),
        None => text,
    };
    runs.into_iter().map(said).collect::<Vec<_>>().join("; ")
}
