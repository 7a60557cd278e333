//! Redirects: where they lead and whether we follow (S-1).

use reqwest::Response;
use reqwest::header::LOCATION;
use url::Url;

use super::error::FetchError;
use super::guard::Guard;
use crate::gather::links;

/// Where an answer redirects to, if we may follow.
pub(super) fn target(
    guard: &Guard,
    response: &Response,
    url: &Url,
    first: &Url,
) -> Result<Option<Url>, FetchError> {
    let status = response.status().as_u16();
    let location =
        response.headers().get(LOCATION).and_then(|l| std::str::from_utf8(l.as_bytes()).ok());
    let Some(location) = location.filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) else {
        return Ok(None);
    };
    let permanent = matches!(status, 301 | 308);
    let no =
        |why| FetchError::Redirect { url: location.chars().take(200).collect(), why, permanent };
    let next = url.join(location).map_err(|_| no("it is no address"))?;
    if url.scheme() == "https" && next.scheme() == "http" {
        return Err(no("it leads from https to http"));
    }
    match guard.check(&next, Some(first)) {
        Ok(()) => Ok(Some(next)),
        // The outlet's word "for good" counts for nothing where it points to what is not public.
        Err(FetchError::Forbidden { why, .. }) => {
            Err(FetchError::Redirect { url: links::shown(next.as_str()), why, permanent: false })
        }
        Err(other) => Err(other),
    }
}

/// The address as it is sent: credentials go into a header, and only to their own host.
pub(super) fn without_credentials(url: &Url) -> Url {
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(url: &str, location: &str) -> Result<Option<Url>, FetchError> {
        let answer = axum::http::Response::builder().status(302).header("location", location);
        let url = Url::parse(url).unwrap();
        target(&Guard::default(), &answer.body("").unwrap().into(), &url, &url)
    }

    #[test]
    fn s_1_no_redirect_leads_from_https_to_http() {
        let error = from("https://outlet.example/feed", "http://outlet.example/feed").unwrap_err();
        assert!(error.to_string().contains("from https to http"), "{error}");
        for (here, there) in [
            ("http://outlet.example/feed", "https://outlet.example/feed"),
            ("https://outlet.example/feed", "/news"),
            ("https://outlet.example/feed", "https://www.outlet.example/feed"),
        ] {
            assert!(from(here, there).unwrap().is_some(), "{here} to {there}");
        }
    }

    #[test]
    fn s_1_a_redirect_to_what_is_no_web_address_is_not_followed() {
        for there in
            ["file:///etc/passwd", "gopher://outlet.example/", "http://", "data:text/html,x"]
        {
            assert!(from("https://outlet.example/feed", there).is_err(), "{there}");
        }
    }
}
