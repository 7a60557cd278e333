//! What the reader remembers while it goes through a text.

use jiff::civil::Date;

use super::expr::Unit;
use super::timex::Timex;

/// The document's date, and what the text spoke of last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The document's date.
    pub(super) anchor: Option<Date>,
    /// The day or period spoken of last.
    pub(super) last: Option<Timex>,
    /// The business period spoken of last.
    pub(super) period: Option<Timex>,
}

impl Context {
    /// At the start of a text.
    pub(super) fn new(anchor: Option<Date>) -> Self {
        Self { anchor, last: None, period: None }
    }

    /// Remembers what was just read; a period that is only `compared` with leaves the one spoken of.
    pub(super) fn note(&mut self, timex: Timex, compared: bool) {
        if let Timex::Length(Some(2..), Unit::Month, _) = timex {
            self.period = self.anchor.map(|anchor| Timex::Year(anchor.year()));
        }
        let placed = !matches!(
            timex,
            Timex::Length(..) | Timex::Vague(_) | Timex::Near(..) | Timex::Unplaced
        );
        let quarter = matches!(timex, Timex::Quarter(..));
        if quarter && !compared {
            self.period = Some(timex);
        }
        if placed && !(quarter && compared) {
            self.last = Some(timex);
        }
    }

    /// The day to count from: the one spoken of last, else the document's.
    pub(super) fn base(&self) -> Option<Date> {
        self.last.and_then(|last| last.start()).or(self.anchor)
    }
}
