//! Header values that cannot break out of their line (S-6).

use lettre::message::header::{HeaderName, HeaderValue};

use super::DeliverError;

/// The longest text that we put into a header, in characters.
const LONGEST: usize = 200;

/// A text without line ends and NUL, of at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeaderText(String);

impl HeaderText {
    /// Takes `text` for the header `name`, or says why not.
    pub(super) fn new(name: &'static str, text: impl Into<String>) -> Result<Self, DeliverError> {
        let text = text.into();
        let why = if text.contains(['\r', '\n', '\0']) {
            "it holds a line end or NUL"
        } else if text.chars().count() > LONGEST {
            "it is longer than 200 characters"
        } else {
            return Ok(Self(text));
        };
        Err(DeliverError::Header { name, text: text.escape_debug().to_string(), why })
    }

    /// The text.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// A raw header of ours.
pub(super) fn raw(
    name: &'static str,
    text: impl Into<String>,
) -> Result<HeaderValue, DeliverError> {
    let text = HeaderText::new(name, text)?.into_string();
    Ok(HeaderValue::new(HeaderName::new_from_ascii_str(name), text))
}

/// A raw header of ours that lists several things, each a text of its own.
pub(super) fn raw_list(name: &'static str, items: &[String]) -> Result<HeaderValue, DeliverError> {
    let checked = items.iter().map(|item| Ok(HeaderText::new(name, item.as_str())?.into_string()));
    let items = checked.collect::<Result<Vec<_>, DeliverError>>()?;
    Ok(HeaderValue::new(HeaderName::new_from_ascii_str(name), items.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_6_a_line_end_in_a_header_is_refused_and_shown_escaped() {
        for text in ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\0b"] {
            let error = HeaderText::new("Subject", text).unwrap_err().to_string();
            assert!(error.contains("line end or NUL") && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn s_6_a_header_of_over_200_characters_is_refused() {
        assert!(HeaderText::new("Subject", "x".repeat(201)).is_err());
        assert!(HeaderText::new("Subject", "é".repeat(200)).is_ok());
    }
}
