//! What binds browsers and keeps others out: headers, origins, sizes, times.

use sitrep::store::{subscribers, subscriptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::samples::{digest, subscriber, subscription};
use crate::support::webdesk::{WISH, Webdesk};

#[tokio::test]
async fn s_4_every_answer_binds_the_browser() {
    let desk = Webdesk::open().await;
    for path in [
        "/",
        "/subscribe",
        "/help",
        "/preferences",
        "/u/abc",
        "/confirm/abc",
        "/none",
        "/style.css",
        "/healthz",
    ] {
        let answer = desk.get(path).await;
        let csp = &answer.headers["content-security-policy"];
        for part in [
            "default-src 'none'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(csp.contains(part), "{path}: {csp}");
        }
        assert!(!csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
        assert!(answer.headers.contains_key("strict-transport-security"), "{path}");
        assert!(!answer.body.contains("<script") && !answer.body.contains(" style="), "{path}");
        assert!(!answer.body.contains("<style"), "{path}");
    }
}

#[tokio::test]
async fn s_7_what_looks_like_a_template_stays_as_it_is() {
    let desk = Webdesk::open().await;
    for text in ["{{7*7}}", "{% raw %}", "${7*7}", "%n", "<b>x</b>", "\"><script>"] {
        let fields = [&[("address", text)], &WISH[1..]].concat();
        let answer = desk.fill("/subscribe", "192.0.2.1", &fields).await;
        assert_eq!(answer.status, 422);
        assert!(!answer.body.contains("49") || !text.contains("7*7"), "{text}");
        assert!(!answer.body.contains("<script>") && !answer.body.contains("<b>x"), "{text}");
        let literal = text.contains(['<', '"']) || answer.body.contains(text);
        assert!(literal, "{text} in {}", answer.body);
    }
}

#[tokio::test]
async fn s_9_a_form_of_another_site_is_refused_everywhere_but_at_one_click() {
    let desk = Webdesk::open().await;
    let paths = [
        "/subscribe",
        "/confirm/abc",
        "/preferences",
        "/preferences/abc",
        "/preferences/abc/erase",
        "/preferences/abc/leave",
    ];
    for headers in [
        [("origin", "https://evil.example")].as_slice(),
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://sitrep.example")],
        &[("sec-fetch-site", "same-site")],
    ] {
        for path in paths {
            let answer = desk.post_with(path, headers, &[]).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
        }
        assert_eq!(desk.post_with("/u/abc", headers, &[]).await.status, 200, "{headers:?}");
    }
}

#[tokio::test]
async fn s_9_following_every_link_changes_nothing() {
    let desk = Webdesk::open().await;
    let who = subscriber("r@example.org");
    subscribers::add(&desk.pipeline.db, &who).await.unwrap();
    subscriptions::put(&desk.pipeline.db, &subscription(&who, "daily")).await.unwrap();
    desk.pipeline.enqueue_one(&digest("d1"), &who).await.unwrap();
    desk.fill("/preferences", "192.0.2.1", &[("address", "r@example.org")]).await;
    desk.join("new@example.org", "192.0.3.1").await;
    let mut waiting = vec![
        "/".to_owned(),
        desk.link("r@example.org", "/u/").await,
        desk.link("r@example.org", "/preferences/").await,
        desk.link("new@example.org", "/confirm/").await,
    ];
    let before = desk.state().await;
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) || seen.len() > 200 {
            continue;
        }
        let page = desk.get(&path).await;
        assert!(page.status < 500, "{path}");
        for part in page.body.split("href=\"/").skip(1).chain(page.body.split("action=\"/").skip(1))
        {
            waiting.push(format!("/{}", part.split('"').next().unwrap()));
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
    desk.site.settled().await;
    assert_eq!(desk.state().await, before);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let desk = Webdesk::open().await;
    let large = "x".repeat(100_000);
    let answer = desk.post("/subscribe", &[("address", large.as_str())]).await;
    assert_eq!(answer.status, 413);
    let head = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(40_000));
    let mut stream = tokio::net::TcpStream::connect(desk.address()).await.unwrap();
    let _ = stream.write_all(head.as_bytes()).await;
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    assert!(!reply.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&reply));
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let desk = Webdesk::with(|config| {
        config.web.timeout = sitrep::config::span::Span::seconds(1);
    })
    .await;
    let mut stream = tokio::net::TcpStream::connect(desk.address()).await.unwrap();
    let head = "POST /subscribe HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\naddress=";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut reply = vec![0; 12];
    stream.read_exact(&mut reply).await.unwrap();
    assert_eq!(reply, b"HTTP/1.1 503");
}

#[tokio::test]
async fn health_readiness_and_metrics_tell_the_operator_and_nobody_else() {
    let desk = Webdesk::open().await;
    assert_eq!(desk.get("/healthz").await.body, "ok\n");
    let ready: serde_json::Value = serde_json::from_str(&desk.get("/readyz").await.body).unwrap();
    assert_eq!(ready, serde_json::json!({"database": "ok", "mail": "ok"}));
    desk.join("a@example.org", "192.0.2.1").await;
    let metrics = desk.get("/metrics").await;
    assert!(metrics.body.contains("sitrep_subscribers{state=\"pending\"} 1"), "{}", metrics.body);
    assert!(metrics.body.contains("sitrep_deliveries{state=\"queued\"} 1"), "{}", metrics.body);
    assert!(
        metrics.body.contains("sitrep_http_requests_total{route=\"/healthz\",status=\"200\"} 1")
    );
    assert!(!metrics.body.contains("example.org"), "s_12: no address in metrics");
    let far = [("x-forwarded-for", "198.51.100.7")];
    assert_eq!(desk.ask("GET", "/metrics", &far, "").await.status, 403);
    assert_eq!(desk.ask("GET", "/readyz", &far, "").await.body, "ready\n");
}

#[tokio::test]
async fn s_12_error_pages_hold_no_address() {
    let desk = Webdesk::open().await;
    for path in ["/preferences/r@example.org", "/none/r@example.org", "/confirm/r@example.org"] {
        let answer = desk.get(path).await;
        assert!(answer.status >= 400 && !answer.body.contains("r@example.org"), "{path}");
    }
}

#[tokio::test]
async fn without_a_public_address_nobody_can_join_by_the_form() {
    let desk = Webdesk::with(|config| config.web.public_url.clear()).await;
    for path in ["/subscribe", "/preferences"] {
        assert_eq!(desk.get(path).await.status, 404, "{path}");
    }
    assert!(!desk.get("/").await.body.contains("/subscribe"));
    assert!(desk.dir().join("sitrep.db").exists());
}
