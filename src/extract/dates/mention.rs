//! What the reader of dates hands on.

use crate::model::document::MentionKind;
use crate::model::time::DateSpan;

/// An expression of time found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// What it stands for, as a TIMEX3 value: `2020-06-25`, `2020-W26`, `1988-Q3`, `PAST_REF`, `P3D`.
    pub value: String,
    /// Date, duration or time of day.
    pub kind: MentionKind,
    /// The days it covers, both inclusive; `None` where the text and the anchor do not say.
    pub span: Option<DateSpan>,
    /// Whether what is dated so is history and not today's news.
    pub background: bool,
}
