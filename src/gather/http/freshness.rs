//! For how long an answer stays fresh, and when we may come again: what the outlet's headers say.

use std::time::Duration;

use jiff::Timestamp;

use super::body::header;

/// The longest that is believed of `Retry-After`: what is longer is a mistake of the server.
const LONGEST_RETRY: Duration = Duration::from_hours(7 * 24);

/// For how long an answer says that it need not be asked for again (RFC 9111: `max-age` before `Expires`).
pub(super) fn fresh_for(response: &reqwest::Response) -> Option<Duration> {
    let control = header(response, "cache-control").unwrap_or_default();
    let (date, expires) = (header(response, "date"), header(response, "expires"));
    freshness(&control, date.as_deref(), expires.as_deref())
}

fn freshness(control: &str, date: Option<&str>, expires: Option<&str>) -> Option<Duration> {
    let control = control.to_ascii_lowercase();
    let mut directives = control.split(',').map(str::trim);
    if directives.clone().any(|one| matches!(one, "no-cache" | "no-store" | "must-revalidate")) {
        return None;
    }
    let age = directives.find_map(|one| one.strip_prefix("max-age="));
    if let Some(age) = age {
        return age
            .trim_matches('"')
            .parse()
            .ok()
            .map(Duration::from_secs)
            .filter(|d| !d.is_zero());
    }
    let (date, expires) = (instant(date?)?, instant(expires?)?);
    expires.duration_since(date).try_into().ok().filter(|fresh: &Duration| !fresh.is_zero())
}

/// How long we are asked to wait, given in seconds or as a date, which counts from `now`, the server's clock before
/// ours.
pub(super) fn retry_after(response: &reqwest::Response, now: Timestamp) -> Option<Duration> {
    let now = header(response, "date").and_then(|date| instant(&date)).unwrap_or(now);
    wait_of(header(response, "retry-after")?.trim(), now)
}

fn wait_of(text: &str, now: Timestamp) -> Option<Duration> {
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => instant(text)?.duration_since(now).try_into().ok()?,
    };
    Some(wait.min(LONGEST_RETRY))
}

/// The instant of an HTTP date.
pub(super) fn instant(date: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(date).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: Option<&str> = Some("Fri, 26 Jun 2020 08:00:00 GMT");
    const LATER: Option<&str> = Some("Fri, 26 Jun 2020 08:10:00 GMT");

    #[test]
    fn max_age_goes_before_expires_and_no_cache_before_both() {
        let seconds = |control, expires| freshness(control, DATE, expires).map(|f| f.as_secs());
        assert_eq!(seconds("public, max-age=300", LATER), Some(300));
        assert_eq!(seconds("", LATER), Some(600));
        assert_eq!(seconds("no-cache, max-age=300", LATER), None);
        assert_eq!(seconds("max-age=0", LATER), None);
        assert_eq!(seconds("max-age=soon", None), None);
        assert_eq!(seconds("", DATE), None);
    }

    #[test]
    fn a_wait_is_read_in_seconds_and_as_a_date_and_capped() {
        let now = instant(DATE.unwrap()).unwrap();
        let wait = |text| wait_of(text, now).map(|wait| wait.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait(LATER.unwrap()), Some(600));
        assert_eq!(wait("99999999999"), Some(7 * 86_400));
        assert_eq!(wait("Fri, 26 Jun 2020 07:00:00 GMT"), None);
        assert_eq!(wait("tomorrow"), None);
    }
}
