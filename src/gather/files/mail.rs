//! `.eml` files.

use mail_parser::{MessageParser, PartType};

use crate::gather::page::credit_line;
use crate::gather::reading::Reading;
use crate::gather::{clean, dates, html_text};

/// Reads a mail as an article: subject, date, sender and text.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, String> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or("this is no mail; save it as RFC 822 (.eml)")?;
    let text =
        message.text_bodies().chain(message.html_bodies()).find_map(|part| match &part.body {
            PartType::Text(text) => Some(clean::text(text)).filter(|t| !t.is_empty()),
            PartType::Html(html) => Some(html_text::html_to_text(html)).filter(|t| !t.is_empty()),
            _ => None,
        });
    let text = text.ok_or("the mail has no text")?;
    let sender = message.from().and_then(|from| from.first()).and_then(|from| from.name());
    Ok(Reading {
        title: clean::title(message.subject().unwrap_or("")),
        published: message.date().and_then(|date| dates::parse(&date.to_rfc3339())),
        author: sender.map(clean::title),
        credit: credit_line(&text, None),
        text,
        ..Reading::default()
    })
}
