//! Notices: what an editor is told once, when something turns for the worse and when it is well again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What has turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A source cannot be read any more.
    SourceBroke,
    /// It can be read again.
    SourceRecovered,
    /// Our clock differs from those of the servers that we fetch from.
    ClockOff,
    /// It agrees with them again.
    ClockRight,
    /// Mail does not go out as it should.
    DeliveryTrouble,
    /// It does again.
    DeliveryWell,
    /// An issue is not out in time.
    IssueLate,
    /// It is out.
    IssueOut,
    /// No new article has come for long.
    GatherStopped,
    /// Articles come again.
    GatherResumed,
    /// The relay does not take us.
    RelayBlocked,
    /// It does again.
    RelayOpen,
    /// Mail that comes back cannot be read.
    MailboxShut,
    /// It can be read again.
    MailboxOpen,
    /// Little space is left.
    DiskLow,
    /// There is space again.
    DiskFree,
}

impl NoticeKind {
    /// Whether it says that something is wrong.
    pub fn is_bad(self) -> bool {
        matches!(
            self,
            Self::SourceBroke
                | Self::ClockOff
                | Self::DeliveryTrouble
                | Self::IssueLate
                | Self::GatherStopped
                | Self::RelayBlocked
                | Self::MailboxShut
                | Self::DiskLow
        )
    }
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it is about: `source/ID`, `clock`, `delivery`, `delivery/ISSUE`, `accounting/DIGEST`, `issue/EDITION`,
    /// `gathering`, `relay`, `mailbox` or `disk`.
    pub subject: String,
    /// When it turned.
    pub at: Timestamp,
    /// Which way.
    pub kind: NoticeKind,
    /// One line for an editor: what is wrong and what to do.
    pub text: String,
    /// When an editor was told by mail or another way that reaches out; none while that is still to be done.
    pub told_at: Option<Timestamp>,
}

impl Notice {
    /// A turn that nobody was told of yet.
    pub fn new(subject: String, at: Timestamp, kind: NoticeKind, text: String) -> Self {
        Self { subject, at, kind, text, told_at: None }
    }
}
