//! What the requests of single sources carry beside the usual, kept by origin, so that it never goes elsewhere.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::model::source::SourceRequest;

/// Headers that belong to the connection or to us; a source cannot set them.
const OURS: [&str; 8] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "upgrade",
    "te",
    "trailer",
    "accept-encoding",
];

/// The headers of each origin.
#[derive(Debug, Default)]
pub(super) struct OwnHeaders(Mutex<HashMap<String, HeaderMap>>);

impl OwnHeaders {
    /// Remembers what requests to the origin of `url` carry.
    ///
    /// # Errors
    /// What of it is no header, without its value.
    pub(super) fn put(&self, url: &Url, request: &SourceRequest) -> Result<(), String> {
        let headers = headers(request)?;
        let origin = url.origin().ascii_serialization();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(origin, headers);
        Ok(())
    }

    /// What requests to the origin of `url` carry.
    pub(super) fn of(&self, url: &Url) -> HeaderMap {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.is_empty() {
            return HeaderMap::new();
        }
        all.get(&url.origin().ascii_serialization()).cloned().unwrap_or_default()
    }
}

fn headers(request: &SourceRequest) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let parsed: HeaderName =
            name.parse().map_err(|_| format!("`request.headers`: `{name}` is no header name"))?;
        if OURS.contains(&parsed.as_str()) {
            return Err(format!("`request.headers`: `{name}` is not for a source to set"));
        }
        headers.insert(parsed, secret(value, &format!("request.headers.{name}"))?);
    }
    if let Some(cookie) = &request.cookie {
        headers.insert(COOKIE, secret(cookie, "request.cookie")?);
    }
    Ok(headers)
}

fn secret(value: &str, key: &str) -> Result<HeaderValue, String> {
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| format!("`{key}` has characters that no header may have"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: &str, value: &str) -> SourceRequest {
        let headers = [(name.to_owned(), value.to_owned())].into();
        SourceRequest { headers, ..SourceRequest::default() }
    }

    #[test]
    fn s_1_the_headers_of_a_source_are_those_of_its_origin_only() {
        let own = OwnHeaders::default();
        let url = |text: &str| Url::parse(text).unwrap();
        own.put(&url("https://a.example/feed"), &request("X-Key", "1")).unwrap();
        assert_eq!(own.of(&url("https://a.example/other")).len(), 1);
        for other in ["http://a.example/feed", "https://b.a.example/", "https://a.example:8443/"] {
            assert!(own.of(&url(other)).is_empty(), "{other}");
        }
    }

    #[test]
    fn s_6_what_is_no_header_is_refused_by_name_without_its_value() {
        for (name, value) in [("X Key", "1"), ("Host", "x"), ("X-Key", "hunter2\r\nX-Other: 1")] {
            let error = headers(&request(name, value)).unwrap_err();
            assert!(error.contains(name) && !error.contains("hunter2"), "{error}");
        }
    }
}
