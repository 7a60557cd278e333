//! The seal of a form that anybody may send: it was shown by us, a few seconds and no more than five minutes ago, and
//! the field that only a program fills in is empty (S-11).

use jiff::{SignedDuration, Timestamp};

use super::fields::Fields;
use super::site::Site;
use crate::deliver::token::Purpose;
use crate::model::id::FormId;

/// No person fills in a form faster.
const QUICKEST: SignedDuration = SignedDuration::from_secs(3);
/// The field that people do not see.
const HONEYPOT: &str = "website";

/// What becomes of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// It counts.
    Good,
    /// A program filled it in: it is answered like a good one, and nothing happens.
    Machine,
    /// It was shown too long ago, or just now: a person sends it again.
    Again,
}

impl Site {
    /// A seal for a form that is shown now.
    pub(super) fn seal(&self) -> String {
        let id = FormId::next(&*self.pipeline.clock);
        self.tokens().make(Purpose::Form, id.0, self.now())
    }

    /// Judges the seal of a form that was sent.
    pub(super) fn judge(&self, fields: &Fields) -> Seal {
        if fields.has(HONEYPOT) {
            return Seal::Machine;
        }
        let now = self.now();
        let id = self.tokens().check(Purpose::Form, fields.text("seal"), now);
        let shown = id.and_then(|id| id.get_timestamp()).and_then(|at| {
            let (seconds, nanos) = at.to_unix();
            Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()
        });
        match shown {
            Some(shown) if now.duration_since(shown) >= QUICKEST => Seal::Good,
            _ => Seal::Again,
        }
    }
}

/// What is said to somebody who should send a form again.
pub(super) const AGAIN: &str = "This form was open for longer than five minutes, or sent within three seconds. \
    Nothing is lost: press the button once more.";
