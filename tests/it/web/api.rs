//! The API: every route, tokens and their scopes, requests that are sent again, pages, problems, and its description.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sitrep::model::access::{Program, Scope};
use sitrep::model::id::content_hash;
use sitrep::store::{api, outbox, staff, subscribers};

use crate::support::samples::{at, digest, subscriber};
use crate::support::webdesk::{Answer, POST, Webdesk};

const STRIKE: &str = "Convoy hit in Idlib\n\nRussian warplanes struck a convoy of Hayat Tahrir al-Sham in Idlib on Monday, killing four fighters, a monitor said.";

/// Gives a program a token with these scopes.
async fn token(desk: &Webdesk, name: &str, scopes: &[Scope]) -> String {
    let token = format!("token-of-{name}");
    let scopes: BTreeSet<Scope> = scopes.iter().copied().collect();
    let program = Program { name: name.to_owned(), scopes, created_at: at("2026-03-01T00:00Z") };
    assert!(api::put(&desk.pipeline.db, &program, &content_hash(&token)).await.unwrap());
    token
}

/// A site with two events and a program that may do everything.
async fn open() -> (Webdesk, String) {
    let desk = Webdesk::open().await;
    desk.article("one.txt", POST);
    desk.article("two.txt", STRIKE);
    desk.close().await;
    let token = token(&desk, "all", &Scope::ALL).await;
    (desk, token)
}

async fn ask(desk: &Webdesk, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
    ask_with(desk, token, method, path, body, &[]).await
}

async fn ask_with(
    desk: &Webdesk,
    token: &str,
    method: &str,
    path: &str,
    body: Option<Value>,
    more: &[(&str, &str)],
) -> Answer {
    let bearer = format!("Bearer {token}");
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend_from_slice(more);
    let text = body.map(|body| body.to_string()).unwrap_or_default();
    if !text.is_empty() {
        headers.push(("content-type", "application/json"));
    }
    desk.ask(method, &format!("/api/v1{path}"), &headers, &text).await
}

async fn get(desk: &Webdesk, token: &str, path: &str) -> Value {
    let answer = ask(desk, token, "GET", path, None).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/json", "{path}");
    serde_json::from_str(&answer.body).unwrap()
}

async fn post(desk: &Webdesk, token: &str, path: &str, body: Value) -> (u16, Value) {
    let answer = ask(desk, token, "POST", path, Some(body)).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

#[track_caller]
fn is_problem(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], status);
    assert!(problem["type"].is_string() && problem["title"].is_string());
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
}

#[tokio::test]
async fn s_8_nothing_is_shown_without_a_token_and_wrong_ones_are_counted() {
    let (desk, good) = open().await;
    for path in
        ["/sources", "/events", "/digests", "/editions", "/runs", "/subscribers", "/deliveries"]
    {
        let answer = desk.ask("GET", &format!("/api/v1{path}"), &[], "").await;
        is_problem(&answer, 401);
        assert_eq!(answer.headers["www-authenticate"], "Bearer", "{path}");
        is_problem(&ask(&desk, "wrong", "GET", path, None).await, 401);
    }
    let mut last = 401;
    for _ in 0..40 {
        last = ask(&desk, "wrong", "GET", "/sources", None).await.status;
    }
    assert_eq!(last, 429);
    get(&desk, &good, "/sources").await;
    assert!(api::remove(&desk.pipeline.db, "all").await.unwrap());
    desk.clock.advance(120);
    is_problem(&ask(&desk, &good, "GET", "/sources", None).await, 401);
}

#[tokio::test]
async fn a_token_may_what_its_scopes_say_and_no_more() {
    let (desk, _) = open().await;
    let reader = token(&desk, "reader", &[Scope::Read]).await;
    let editor = token(&desk, "editor", &[Scope::Edit]).await;
    for path in ["/subscribers", "/deliveries"] {
        is_problem(&ask(&desk, &reader, "GET", path, None).await, 403);
        is_problem(&ask(&desk, &editor, "GET", path, None).await, 403);
    }
    is_problem(&ask(&desk, &editor, "GET", "/events", None).await, 403);
    for (path, body) in [
        ("/sources", json!({"url": "https://a.example/feed"})),
        ("/runs", json!({"edition": "daily"})),
        ("/digests", json!({"from": "2026-03-01", "to": "2026-03-02"})),
        ("/events/abcdef/retract", json!({"reason": "x"})),
        ("/sources/desk/pause", json!({})),
    ] {
        is_problem(&ask(&desk, &reader, "POST", path, Some(body)).await, 403);
    }
    is_problem(&ask(&desk, &reader, "DELETE", "/sources/desk", None).await, 403);
    assert!(staff::deeds(&desk.pipeline.db, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn sources_are_listed_added_paused_resumed_and_removed() {
    let (desk, token) = open().await;
    let all = get(&desk, &token, "/sources").await;
    assert_eq!(
        (&all["items"][0]["id"], &all["items"][0]["in_file"]),
        (&json!("desk"), &json!(true))
    );
    let new = json!({"url": "https://user:secret@a.example/feed", "id": "a", "kind": "feed", "role": "monitor", "aligned_with": []});
    let (status, added) = post(&desk, &token, "/sources", new.clone()).await;
    assert_eq!((status, &added["url"]), (201, &json!("https://a.example/feed")), "s_13: {added}");
    assert_eq!(post(&desk, &token, "/sources", new).await.0, 409);
    for wrong in [
        json!({"url": "file:/etc/passwd"}),
        json!({"url": "https://b.example", "id": "B B"}),
        json!({"url": "https://b.example", "role": "friend"}),
        json!({"url": "https://b.example", "aligned_with": ["nobody-at-all"]}),
        json!({"url": "https://b.example", "secret": 1}),
        json!({}),
    ] {
        is_problem(&ask(&desk, &token, "POST", "/sources", Some(wrong)).await, 422);
    }
    assert_eq!(get(&desk, &token, "/sources/a").await["role"], "monitor");
    assert_eq!(post(&desk, &token, "/sources/a/pause", json!({})).await.1["paused"], true);
    assert_eq!(post(&desk, &token, "/sources/a/resume", json!({})).await.1["paused"], false);
    let first = get(&desk, &token, "/sources?limit=1").await;
    let next = first["next"].as_str().unwrap();
    let second = get(&desk, &token, &format!("/sources?limit=1&cursor={next}")).await;
    assert_eq!(
        (&first["items"][0]["id"], &second["items"][0]["id"]),
        (&json!("a"), &json!("desk"))
    );
    assert!(second["next"].is_null());
    is_problem(&ask(&desk, &token, "DELETE", "/sources/desk", None).await, 409);
    assert_eq!(ask(&desk, &token, "DELETE", "/sources/a", None).await.status, 204);
    is_problem(&ask(&desk, &token, "GET", "/sources/a", None).await, 404);
    is_problem(
        &ask(&desk, &token, "POST", "/sources/try", Some(json!({"url": "file:/x"}))).await,
        422,
    );
    let deeds = staff::deeds(&desk.pipeline.db, 10).await.unwrap();
    assert!(deeds.iter().all(|deed| deed.who == "api/all"));
    assert_eq!(deeds.len(), 4);
}

#[tokio::test]
async fn events_are_found_shown_and_decided_about() {
    let (desk, token) = open().await;
    let all = get(&desk, &token, "/events?limit=1").await;
    let next = all["next"].as_str().unwrap();
    let more = get(&desk, &token, &format!("/events?limit=1&cursor={next}")).await;
    assert_ne!(all["items"][0]["id"], more["items"][0]["id"]);
    let found = get(&desk, &token, "/events?q=palmyra").await;
    let event = &found["items"][0];
    assert_eq!(event["killed"], json!({"low": 3, "high": 3}), "{event}");
    assert_eq!(event["country"], "Syria");
    let id = event["id"].as_str().unwrap().to_owned();
    assert_eq!(get(&desk, &token, &format!("/events/{}", &id[..6])).await["id"], id.as_str());
    for missing in ["zzzzzz", "x", "a%20b"] {
        is_problem(&ask(&desk, &token, "GET", &format!("/events/{missing}"), None).await, 404);
    }
    is_problem(&ask(&desk, &token, "GET", "/events?faction=nobody", None).await, 422);
    is_problem(&ask(&desk, &token, "GET", "/events?limit=0", None).await, 422);
    let at = |what: &str| format!("/events/{id}/{what}");
    for (what, body) in [
        ("amend", json!({"reason": "x"})),
        ("amend", json!({"reason": "the regime lied", "date": "2026-03-01"})),
        ("merge", json!({"reason": "x", "other": id})),
        ("split", json!({"reason": "x", "source": "desk"})),
        ("retract", json!({"reason": " "})),
        ("retract", json!({})),
    ] {
        is_problem(&ask(&desk, &token, "POST", &at(what), Some(body)).await, 422);
    }
    let amend = json!({"reason": "the text says five", "killed": ["Syrian Army=5"]});
    let (status, made) = post(&desk, &token, &at("amend"), amend).await;
    assert_eq!((status, &made["what"]), (200, &json!("Amended")), "{made}");
    assert_eq!(get(&desk, &token, &format!("/events/{id}")).await["killed"]["low"], 5);
    let other = get(&desk, &token, "/events?q=idlib").await["items"][0]["id"].clone();
    let (status, _) =
        post(&desk, &token, &at("merge"), json!({"reason": "the same", "other": other})).await;
    assert_eq!(status, 200);
    let merged = get(&desk, &token, "/events?q=palmyra").await["items"][0]["id"].clone();
    let merged = merged.as_str().unwrap();
    let why = json!({"reason": "the monitor took it back", "notify": true});
    let (status, gone) = post(&desk, &token, &format!("/events/{merged}/retract"), why).await;
    assert_eq!((status, &gone["told"]), (200, &json!(0)), "{gone}");
}

#[tokio::test]
async fn digests_are_listed_read_and_made_on_demand() {
    let (desk, token) = open().await;
    let all = get(&desk, &token, "/digests?edition=daily").await;
    let id = all["items"][0]["id"].as_str().unwrap();
    let one = get(&desk, &token, &format!("/digests/{id}")).await;
    assert!(one["text"].as_str().unwrap().contains("Palmyra"), "{one}");
    assert!(one["situation"].is_object());
    assert!(
        get(&desk, &token, "/digests?edition=none").await["items"].as_array().unwrap().is_empty()
    );
    is_problem(&ask(&desk, &token, "GET", "/digests/none", None).await, 404);
    let days = json!({"from": "2026-03-01", "to": "2026-03-03", "factions": ["Islamic State"]});
    let made = ask(&desk, &token, "POST", "/digests", Some(days)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let place = made.headers["location"].strip_prefix("/api/v1").unwrap().to_owned();
    let again = get(&desk, &token, &place).await;
    let text = again["text"].as_str().unwrap();
    assert!(text.contains("Palmyra") && !text.contains("Idlib"), "{text}");
    for wrong in [
        json!({"from": "2026-03-03", "to": "2026-03-01"}),
        json!({"from": "2025-03-03", "to": "2026-03-01"}),
        json!({"from": "2026-03-01", "to": "2026-03-02", "language": "tlh"}),
        json!({"from": "2026-03-01", "to": "2026-03-02", "factions": ["nobody at all"]}),
        json!({"from": "2026-03-01", "to": "2026-03-02", "theatres": ["none"]}),
        json!({"from": "2026-03-01", "to": "2026-03-02", "zone": "Mars/Base"}),
        json!({"from": "2026-03-01", "to": "2026-03-02", "role": "friend"}),
        json!({"from": "2026-03-01", "to": "2026-03-02", "title": "a\nb"}),
        json!({"from": "9999-12-30", "to": "9999-12-31"}),
        json!([]),
    ] {
        is_problem(&ask(&desk, &token, "POST", "/digests", Some(wrong)).await, 422);
    }
}

#[tokio::test]
async fn editions_tell_their_closings_and_are_run_out_of_turn() {
    let (desk, token) = open().await;
    let all = get(&desk, &token, "/editions").await;
    assert_eq!(all["items"][0]["next"].as_array().unwrap().len(), 5);
    assert_eq!(get(&desk, &token, "/editions/daily").await["title"], "Syria Daily");
    is_problem(&ask(&desk, &token, "GET", "/editions/none", None).await, 404);
    let (status, run) = post(&desk, &token, "/runs", json!({"edition": "daily"})).await;
    assert_eq!((status, &run["state"]), (202, &json!("waiting")), "{run}");
    is_problem(&ask(&desk, &token, "POST", "/runs", Some(json!({"edition": "none"}))).await, 422);
    let id = run["id"].as_str().unwrap();
    assert_eq!(get(&desk, &token, &format!("/runs/{id}")).await["schedule"], "run/daily");
    assert_eq!(get(&desk, &token, "/runs").await["items"].as_array().unwrap().len(), 1);
    for missing in ["none", "aaaa", "me"] {
        is_problem(&ask(&desk, &token, "GET", &format!("/runs/{missing}"), None).await, 404);
    }
}

#[tokio::test]
async fn subscribers_are_added_found_suppressed_and_erased() {
    let (desk, token) = open().await;
    let new = json!({"address": "r@example.org", "edition": "daily", "zone": "Asia/Damascus", "at": "07:15"});
    let (status, added) = post(&desk, &token, "/subscribers", new.clone()).await;
    assert_eq!((status, &added["subscriptions"][0]["at"]), (201, &json!("07:15")), "{added}");
    assert_eq!(post(&desk, &token, "/subscribers", new.clone()).await.0, 409);
    for wrong in [
        json!({"address": "r", "edition": "daily"}),
        json!({"address": "s@example.org", "edition": "none"}),
        json!({"address": "s@example.org", "edition": "daily", "zone": "Mars/Base"}),
        json!({"address": "s@example.org", "edition": "daily", "at": "25:00"}),
        json!({"address": "s@example.org", "edition": "daily", "frequency": "hourly"}),
        json!({"address": "s@example.org", "edition": "daily", "factions": ["nobody-at-all"]}),
        json!({"address": "s@example.org", "edition": "daily", "language": "tlh"}),
    ] {
        is_problem(&ask(&desk, &token, "POST", "/subscribers", Some(wrong)).await, 422);
    }
    let id = added["id"].as_str().unwrap();
    assert_eq!(get(&desk, &token, &format!("/subscribers/{id}")).await["state"], "active");
    assert_eq!(get(&desk, &token, "/subscribers?q=R%40EX").await["items"][0]["id"], id);
    let (_, left) = post(&desk, &token, &format!("/subscribers/{id}/suppress"), json!({})).await;
    assert_eq!(left["state"], "suppressed");
    assert_eq!(post(&desk, &token, "/subscribers", new).await.0, 409);
    assert_eq!(ask(&desk, &token, "DELETE", &format!("/subscribers/{id}"), None).await.status, 204);
    for missing in [id, "none"] {
        is_problem(&ask(&desk, &token, "GET", &format!("/subscribers/{missing}"), None).await, 404);
        is_problem(
            &ask(&desk, &token, "DELETE", &format!("/subscribers/{missing}"), None).await,
            404,
        );
    }
    let deeds = staff::deeds(&desk.pipeline.db, 10).await.unwrap();
    assert!(deeds.iter().all(|deed| !format!("{deed:?}").contains('@')), "s_12: {deeds:?}");
}

#[tokio::test]
async fn deliveries_are_listed_with_their_tries() {
    let (desk, token) = open().await;
    let who = subscriber("r@example.org");
    subscribers::add(&desk.pipeline.db, &who).await.unwrap();
    for id in ["d1", "d2"] {
        desk.pipeline.enqueue_one(&digest(id), &who).await.unwrap();
    }
    desk.mails().await;
    let all = get(&desk, &token, "/deliveries?limit=1&state=accepted").await;
    let next = all["next"].as_str().unwrap();
    let more = get(&desk, &token, &format!("/deliveries?limit=1&cursor={next}")).await;
    assert_ne!(all["items"][0]["id"], more["items"][0]["id"]);
    let of_one = get(&desk, &token, "/deliveries?reference=d1").await;
    assert_eq!(of_one["items"].as_array().unwrap().len(), 1);
    let id = of_one["items"][0]["id"].as_str().unwrap();
    let one = get(&desk, &token, &format!("/deliveries/{id}")).await;
    assert_eq!(one["tries"].as_array().unwrap().len(), 1, "{one}");
    is_problem(&ask(&desk, &token, "POST", &format!("/deliveries/{id}/retry"), None).await, 409);
    is_problem(&ask(&desk, &token, "POST", "/deliveries/none/retry", None).await, 404);
    is_problem(&ask(&desk, &token, "GET", "/deliveries?state=lost", None).await, 422);
    is_problem(&ask(&desk, &token, "GET", "/deliveries?cursor=me", None).await, 422);
    assert_eq!(outbox::of_reference(&desk.pipeline.db, "d1").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_request_with_a_key_is_carried_out_once() {
    let (desk, token) = open().await;
    let other = self::token(&desk, "other", &Scope::ALL).await;
    let body = json!({"url": "https://a.example/feed", "id": "a"});
    let key = [("idempotency-key", "k-1")];
    let send = async |token: &str, body: &Value| {
        ask_with(&desk, token, "POST", "/sources", Some(body.clone()), &key).await
    };
    let first = send(&token, &body).await;
    let again = send(&token, &body).await;
    assert_eq!((first.status, &first.body), (201, &again.body));
    assert_eq!(again.status, 201);
    assert_eq!(first.headers["location"], again.headers["location"]);
    is_problem(&send(&token, &json!({"url": "https://b.example/feed"})).await, 422);
    is_problem(&send(&other, &body).await, 409);
    let wrong = [("idempotency-key", "")];
    is_problem(&ask_with(&desk, &token, "POST", "/sources", Some(body.clone()), &wrong).await, 422);
    desk.clock.advance(25 * 3600);
    is_problem(&send(&token, &body).await, 409);
    assert_eq!(staff::deeds(&desk.pipeline.db, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_no_request_of_the_api_is_a_problem() {
    let (desk, token) = open().await;
    is_problem(&ask(&desk, &token, "GET", "/none", None).await, 404);
    is_problem(&ask(&desk, &token, "PUT", "/sources", None).await, 405);
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    is_problem(&desk.ask("POST", "/api/v1/sources", &headers, "url=x").await, 415);
    let typed = [headers[0], ("content-type", "application/json")];
    is_problem(&desk.ask("POST", "/api/v1/sources", &typed, "{").await, 400);
    let large = format!("{{\"url\": \"{}\"}}", "x".repeat(100_000));
    is_problem(&desk.ask("POST", "/api/v1/sources", &typed, &large).await, 413);
    let evil = [typed[0], typed[1], ("origin", "https://evil.example")];
    let other =
        desk.ask("POST", "/api/v1/sources", &evil, "{\"url\": \"https://c.example\"}").await;
    assert_eq!(other.status, 201, "a token is no cookie: {}", other.body);
}

#[test]
fn the_api_is_described_in_openapi_3_1() {
    let text = sitrep::web::api::description();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(document["paths"].as_object().unwrap().len(), 23);
    let operations = document["paths"].as_object().unwrap().values();
    let names: Vec<_> = operations
        .flat_map(|path| path.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    let unlike: BTreeSet<_> = names.iter().collect();
    assert_eq!((names.len(), unlike.len()), (29, 29), "{names:?}");
    insta::assert_snapshot!("openapi", text);
}

#[tokio::test]
async fn every_operation_of_the_description_is_answered() {
    let (desk, token) = open().await;
    let described = desk.ask("GET", "/api/v1/openapi.json", &[], "").await;
    assert_eq!(described.body, sitrep::web::api::description());
    let document: Value = serde_json::from_str(&described.body).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            let place = path.replace("{id}", "nothing");
            let answer = ask(&desk, &token, &method, &place, Some(json!({}))).await;
            let known = [200, 404, 422].contains(&answer.status);
            assert!(known, "{method} {path}: {} {}", answer.status, answer.body);
        }
    }
}
