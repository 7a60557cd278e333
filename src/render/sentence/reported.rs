//! Figures and materiel with the one who says so, joined so that each speaker is named once.

use super::speaker::says;

/// A clause that somebody says; none where it is said from outside the fighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// The clause.
    pub(super) text: String,
    /// Its first figure alone, where it holds several: the dead are told before the injured.
    pub(super) brief: Option<String>,
    /// Who says it: a display name.
    pub(super) by: Option<String>,
}

impl Reported {
    /// Its first figure alone; none where it is the only one.
    pub(super) fn alone(&self) -> Option<Self> {
        let text = self.brief.clone()?;
        Some(Self { text, brief: None, by: self.by.clone() })
    }
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
