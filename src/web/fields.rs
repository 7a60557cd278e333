//! The fields of a form or a query, several of one name among them.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use url::form_urlencoded;

use super::site::Site;
use super::{BODY, WebError};

/// The most fields that are read.
const MOST: usize = 2_000;

/// Fields, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// From a form's body or a query.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().take(MOST).collect())
    }

    /// From the query of a request's address.
    pub(super) fn of_query(query: Option<&str>) -> Self {
        Self::parse(query.unwrap_or_default().as_bytes())
    }

    /// Adds a field.
    pub(super) fn push(&mut self, name: String, value: String) {
        if self.0.len() < MOST {
            self.0.push((name, value));
        }
    }

    /// Puts a value in the place of every field of a name.
    pub(super) fn set(&mut self, name: &str, value: String) {
        self.0.retain(|(key, _)| key != name);
        self.push(name.to_owned(), value);
    }

    /// The first field of a name, trimmed; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All fields of a name that hold something.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.0.iter().filter(move |(key, _)| key == name);
        fields.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a box is ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// The query of a request.
#[derive(Debug, Clone, Default)]
pub(super) struct Query(pub(super) Fields);

impl axum::extract::FromRequestParts<Arc<Site>> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Site>) -> Result<Self, Self::Rejection> {
        Ok(Self(Fields::of_query(parts.uri.query())))
    }
}

impl FromRequest<Arc<Site>> for Fields {
    type Rejection = WebError;

    async fn from_request(request: Request, _: &Arc<Site>) -> Result<Self, WebError> {
        // Somewhat more is read than is taken, so that the sender is there for the answer.
        let body = to_bytes(request.into_body(), BODY * 8).await;
        let body = body.map_err(|_| WebError::Unreadable)?;
        if body.len() > BODY { Err(WebError::TooLarge) } else { Ok(Self::parse(&body)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_have_several_fields_of_a_name() {
        let fields = Fields::parse(b"faction=a&faction=&faction=b+c&at=06%3A30&quiet=");
        assert_eq!(fields.all("faction").collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(fields.text("at"), "06:30");
        assert!(!fields.has("quiet") && !fields.has("none"));
    }
}
