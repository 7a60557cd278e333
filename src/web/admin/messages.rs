//! Messages with each try, for the pages that list some.

use super::{time, word};
use crate::model::delivery::{Delivery, DeliveryKind, DeliveryState};
use crate::model::id::DigestId;
use crate::model::staff::StaffRole;
use crate::store::outbox::Try;
use crate::store::{digests, outbox, subscribers};
use crate::web::WebError;
use crate::web::site::Site;
use crate::web::staff::Desk;

/// One message.
pub(super) struct MessageRow {
    pub(super) id: String,
    pub(super) due: String,
    pub(super) what: String,
    /// The whole address for those who administer only (S-12).
    pub(super) to: String,
    pub(super) state: String,
    /// What the server said, each time.
    pub(super) tries: Vec<String>,
    /// What would send it again.
    pub(super) action: Option<&'static str>,
}

/// The rows of several messages.
pub(super) async fn rows(
    site: &Site,
    desk: &Desk,
    deliveries: Vec<Delivery>,
) -> Result<Vec<MessageRow>, WebError> {
    let mut rows = Vec::new();
    for delivery in deliveries {
        rows.push(row(site, desk, delivery).await?);
    }
    Ok(rows)
}

async fn row(site: &Site, desk: &Desk, one: Delivery) -> Result<MessageRow, WebError> {
    let db = &site.pipeline.db;
    let reader = subscribers::get(db, one.subscriber).await?;
    let whole = desk.may(StaffRole::Admin);
    let to = reader.map(
        |reader| {
            if whole { reader.address.to_string() } else { reader.address.redacted() }
        },
    );
    let subject = digests::subject(db, &DigestId::new(one.reference.as_str())).await?;
    let action = match (one.state, one.kind) {
        (DeliveryState::Failed | DeliveryState::Expired, _) => Some("retry"),
        (DeliveryState::Accepted, DeliveryKind::Digest | DeliveryKind::Correction)
            if desk.may(StaffRole::Admin) =>
        {
            Some("resend")
        }
        _ => None,
    };
    Ok(MessageRow {
        due: time(one.due_at),
        what: subject.unwrap_or_else(|| word(one.kind)),
        to: to.unwrap_or_else(|| "erased".to_owned()),
        state: word(one.state),
        tries: outbox::tries(db, one.id).await?.iter().map(|it| told(it, desk)).collect(),
        id: one.id.to_string(),
        action,
    })
}

/// A server repeats the address in its words: those are shown to whom the address is.
fn told(one: &Try, desk: &Desk) -> String {
    let reply = if desk.may(StaffRole::Admin) { one.reply.clone() } else { redacted(&one.reply) };
    format!("{} {}: {reply}", one.at.strftime("%F %T"), word(one.class))
}

/// A text without the addresses in it.
fn redacted(text: &str) -> String {
    let hide = |part: &str| if part.contains('@') { "…".to_owned() } else { part.to_owned() };
    text.split(' ').map(hide).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_12_a_servers_words_show_no_address() {
        let said = redacted("550 5.1.1 <reader@example.org>: no such user");
        assert_eq!(said, "550 5.1.1 … no such user");
    }
}
