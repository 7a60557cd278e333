//! A digest as one message to one subscriber: the same input gives the same bytes.

use std::time::SystemTime;

use data_encoding::BASE64;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{
    Attachment, Mailbox, Message, MessageBuilder, MultiPart, MultiPartKind, SinglePart,
};

use super::DeliverError;
use super::dkim::{BodyHash, Signer};
use super::header::{HeaderText, raw, raw_list};
use super::token::{Purpose, Tokens};
use crate::config::deliver::DeliverConfig;
use crate::model::delivery::Delivery;
use crate::model::digest::{Digest, MAP_ID};
use crate::model::id::{DigestId, EditionId, SubscriberId, content_id};
use crate::model::subscriber::Address;

/// A message as it goes over the wire, with its envelope.
#[derive(Debug, Clone)]
pub struct Mail {
    /// From whom and to whom.
    pub envelope: Envelope,
    /// The message, lines ended by CR LF.
    pub bytes: Vec<u8>,
    /// Without angle brackets; names the file in a folder.
    pub message_id: String,
}

/// The list that a digest belongs to, for the `List-` headers.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The edition, or `on-demand`.
    pub list: EditionId,
    /// Its display name.
    pub title: String,
}

/// What all who get a digest share: encoded and hashed once.
#[derive(Debug, Clone)]
pub struct SharedBody {
    /// None for a letter, which belongs to no list.
    identity: Option<Identity>,
    subject: String,
    replies_to: Option<DigestId>,
    /// Content headers, an empty line and the parts.
    parts: String,
    hash: BodyHash,
}

impl SharedBody {
    /// What it takes of memory, more or less, in bytes.
    pub fn size(&self) -> usize {
        self.parts.len() + self.subject.len()
    }
}

/// Builds messages: text and HTML, with the headers of delivery.md section 3 that this installation can honour.
#[derive(Debug)]
pub struct Mailer {
    config: DeliverConfig,
    tokens: Tokens,
    signers: Vec<Signer>,
    site: Option<String>,
}

impl Mailer {
    /// A mailer of the configuration; without signers, messages are not signed.
    pub fn new(config: DeliverConfig, tokens: Tokens, signers: Vec<Signer>) -> Self {
        Self { config, tokens, signers, site: None }
    }

    /// With the public address of a web site, without a slash at its end, that takes one-click unsubscribes.
    #[must_use]
    pub fn with_site(self, site: Option<&str>) -> Self {
        Self { site: site.map(str::to_owned), ..self }
    }

    /// The tokens of the installation.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The `Message-ID` of a digest for a subscriber, without angle brackets: the same whenever it is made.
    ///
    /// Its stamp needs the installation's key, so nobody can tell from the header who got the message.
    pub fn message_id(&self, digest: &DigestId, to: &SubscriberId) -> String {
        let stamp = self.tokens.stamp(&["message", &to.to_string(), digest.as_str()]);
        format!("{digest}.{stamp}@{}", self.config.domain())
    }

    /// What all who get `digest` share.
    pub fn body(&self, identity: Identity, digest: &Digest) -> SharedBody {
        let map = digest.map.as_deref();
        let parts = parts(digest.id.as_str(), &digest.text, &digest.html, map);
        let replies_to = digest.replies_to.clone();
        SharedBody { replies_to, ..encoded(Some(identity), &digest.subject, &parts) }
    }

    /// A letter about a reader's own subscription: of no list, and from another address than digests (D-2). `reference`
    /// is that of its delivery.
    pub fn letter(&self, reference: &str, subject: &str, text: &str, html: &str) -> SharedBody {
        encoded(None, subject, &parts(reference, text, html, None))
    }

    /// The message of `delivery`.
    pub fn mail(
        &self,
        body: &SharedBody,
        delivery: &Delivery,
        to: &Address,
    ) -> Result<Mail, DeliverError> {
        let subject = HeaderText::new("Subject", body.subject.as_str())?;
        let from = match &body.identity {
            Some(_) => self.config.from.clone(),
            None => self.config.letters_from(),
        };
        let builder = self
            .addressed(&from, delivery, to)?
            .subject(subject.into_string())
            .header(MIME_VERSION_1_0);
        let builder = match &body.identity {
            Some(identity) => self.list_headers(builder, identity, delivery)?,
            None => builder.raw_header(raw("Auto-Submitted", "auto-generated")?),
        };
        let builder = self.threaded(builder, body, delivery).envelope(self.envelope(delivery, to)?);
        let message = builder.body(String::new())?;
        let mut headers = message.headers().clone();
        headers.remove_raw("Content-Transfer-Encoding");
        let bytes = self.signed(&headers.to_string(), body, delivery)?;
        Ok(Mail {
            envelope: message.envelope().clone(),
            bytes,
            message_id: delivery.message_id.clone(),
        })
    }

    fn signed(
        &self,
        headers: &str,
        body: &SharedBody,
        delivery: &Delivery,
    ) -> Result<Vec<u8>, DeliverError> {
        let (content, parts) = body.parts.split_once("\r\n\r\n").unwrap_or((&body.parts, ""));
        let head = format!("{headers}{content}\r\n");
        let mut text = String::with_capacity(head.len() + parts.len() + 2_000);
        for signer in &self.signers {
            text.push_str(&signer.sign(&head, &body.hash, delivery.dated)?);
        }
        text.push_str(&head);
        text.push_str("\r\n");
        text.push_str(parts);
        Ok(text.into_bytes())
    }

    fn addressed(
        &self,
        from: &str,
        delivery: &Delivery,
        to: &Address,
    ) -> Result<MessageBuilder, DeliverError> {
        let config = &self.config;
        let name = HeaderText::new("From", config.from_name.as_str())?.into_string();
        let from = Mailbox::new(Some(name).filter(|name| !name.is_empty()), address(from)?);
        let builder = Message::builder()
            .from(from)
            .to(Mailbox::new(None, address(to.as_str())?))
            .date(SystemTime::from(delivery.dated))
            .message_id(Some(format!("<{}>", delivery.message_id)));
        match &config.reply_to {
            Some(reply_to) => Ok(builder.reply_to(Mailbox::new(None, address(reply_to)?))),
            None => Ok(builder),
        }
    }

    /// Bounces come back to an address that names the message (VERP).
    fn envelope(&self, delivery: &Delivery, to: &Address) -> Result<Envelope, DeliverError> {
        let from = match &self.config.bounce_to {
            Some(mailbox) => {
                let token = self.tokens.make(Purpose::Bounce, delivery.id.0, delivery.dated);
                address(&tagged(mailbox, &token))?
            }
            None => address(&self.config.from)?,
        };
        Ok(Envelope::new(Some(from), vec![address(to.as_str())?])?)
    }

    /// A notice of a correction is threaded to the message that it corrects.
    fn threaded(
        &self,
        builder: MessageBuilder,
        body: &SharedBody,
        delivery: &Delivery,
    ) -> MessageBuilder {
        let Some(original) = &body.replies_to else { return builder };
        let original = format!("<{}>", self.message_id(original, &delivery.subscriber));
        builder.in_reply_to(original.clone()).references(original)
    }

    /// RFC 2919 and 2369 for the list, RFC 3834 so that no auto-responder answers.
    fn list_headers(
        &self,
        builder: MessageBuilder,
        identity: &Identity,
        delivery: &Delivery,
    ) -> Result<MessageBuilder, DeliverError> {
        let (config, domain) = (&self.config, self.config.domain());
        let list = format!("{}.sitrep.{domain}", identity.list);
        let title = identity.title.replace(['<', '>', '"'], "");
        let owner = config.reply_to.as_ref().unwrap_or(&config.from);
        let mut headers = vec![
            raw("List-Id", format!("{title} <{list}>"))?,
            raw("List-Post", "NO")?,
            raw("List-Owner", format!("<mailto:{owner}>"))?,
            raw("Auto-Submitted", "auto-generated")?,
            raw("Precedence", "bulk")?,
            raw("X-Auto-Response-Suppress", "OOF, AutoReply")?,
            raw("Feedback-ID", format!("digest:{}:sitrep:{domain}", identity.list))?,
        ];
        headers.extend(self.leave_headers(delivery)?);
        Ok(headers.into_iter().fold(builder, MessageBuilder::raw_header))
    }

    /// How to leave: by one click where there is a site (RFC 8058), by mail where somebody reads that mailbox.
    fn leave_headers(&self, delivery: &Delivery) -> Result<Vec<HeaderValue>, DeliverError> {
        let (mut ways, mut headers) = (Vec::new(), Vec::new());
        let token = self.tokens.make(Purpose::Unsubscribe, delivery.subscriber.0, delivery.dated);
        if let Some(site) = &self.site {
            ways.push(format!("<{site}/u/{token}>"));
            headers.push(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
            headers.push(raw("List-Help", format!("<{site}/help>"))?);
            headers.push(raw("List-Archive", format!("<{site}/archive>"))?);
        }
        if let Some(mailbox) = &self.config.unsubscribe_to {
            ways.push(format!("<mailto:{}?subject=unsubscribe>", tagged(mailbox, &token)));
        }
        if !ways.is_empty() {
            headers.push(raw_list("List-Unsubscribe", &ways)?);
        }
        Ok(headers)
    }
}

/// `box@domain` as `box+token@domain`.
fn tagged(mailbox: &str, token: &str) -> String {
    match mailbox.rsplit_once('@') {
        Some((local, domain)) => format!("{local}+{token}@{domain}"),
        None => mailbox.to_owned(),
    }
}

/// Text and HTML, the HTML with its picture where it has one.
fn parts(reference: &str, text: &str, html: &str, map: Option<&str>) -> MultiPart {
    let page = part(ContentType::TEXT_HTML, html);
    let parts = multipart(MultiPartKind::Alternative, &["boundary", reference])
        .singlepart(part(ContentType::TEXT_PLAIN, text));
    match map.and_then(picture) {
        None => parts.singlepart(page),
        Some(picture) => {
            let related = multipart(MultiPartKind::Related, &["boundary", reference, "map"]);
            parts.multipart(related.singlepart(page).singlepart(picture))
        }
    }
}

/// lettre's own boundaries are random; this one is the digest's.
fn multipart(kind: MultiPartKind, of: &[&str]) -> MultiPart {
    MultiPart::builder().kind(kind).boundary(format!("sitrep-{}", content_id(of))).build()
}

/// The map, under the name by which the HTML part shows it; none of what is no picture.
fn picture(base64: &str) -> Option<SinglePart> {
    let png = BASE64.decode(base64.as_bytes()).ok()?;
    let kind = ContentType::parse("image/png").ok()?;
    Some(Attachment::new_inline_with_name(MAP_ID.to_owned(), "map.png".to_owned()).body(png, kind))
}

fn encoded(identity: Option<Identity>, subject: &str, parts: &MultiPart) -> SharedBody {
    let parts = String::from_utf8_lossy(&parts.formatted()).into_owned();
    let body = parts.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let hash = BodyHash::of(body.as_bytes());
    SharedBody { identity, subject: subject.to_owned(), replies_to: None, parts, hash }
}

fn part(kind: ContentType, body: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(body.to_owned())
}

pub(super) fn address(text: &str) -> Result<lettre::Address, DeliverError> {
    text.parse().map_err(|source| DeliverError::Address { address: redacted(text), source })
}

fn redacted(text: &str) -> String {
    text.parse::<Address>().map_or_else(|_| "an address".to_owned(), |address| address.redacted())
}

#[cfg(test)]
mod tests;
