//! Access tokens: had by a program or from a token address, kept, had anew, and what is said where one is refused.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use secrecy::SecretString;
use sitrep::config::deliver::{Auth, DeliverConfig, ImapConfig, OauthConfig, Tls};
use sitrep::config::span::Span;
use sitrep::deliver::{Mailbox, Session, Transport};
use sitrep::model::delivery::SendOutcome;

use super::mail;
use crate::support::imap::ScriptedImap;
use crate::support::program;
use crate::support::smtp::{Act, Fault, ScriptedSmtp, Stage};
use crate::support::website::{Reply, Website};

const USER: &str = "digest@example.org";

async fn server() -> ScriptedSmtp {
    ScriptedSmtp::with(Fault { offers: &["AUTH XOAUTH2 PLAIN"], ..Fault::default() }).await
}

fn config(server: &ScriptedSmtp, oauth: OauthConfig) -> DeliverConfig {
    let mut config = super::config(server);
    config.smtp.auth = Auth::Xoauth2;
    config.smtp.username = Some(USER.to_owned());
    config.smtp.oauth = oauth;
    config
}

/// A program that prints `token-1`, `token-2` and so on.
fn counting(dir: &Path, end: &str) -> OauthConfig {
    let count = dir.join("count");
    let script = format!(
        "n=$(cat {count} 2>/dev/null || echo 0); n=$((n + 1)); echo $n >{count}; {end}",
        count = count.display()
    );
    command(&script)
}

fn command(script: &str) -> OauthConfig {
    let token_command = ["/bin/sh", "-c", script].map(str::to_owned).to_vec();
    OauthConfig { token_command, ..OauthConfig::default() }
}

fn endpoint(site: &Website) -> OauthConfig {
    OauthConfig {
        token_url: Some(format!("http://{}/token", site.address())),
        client_id: Some("sitrep&co".to_owned()),
        client_secret: Some(SecretString::from("hush".to_owned())),
        refresh_token: Some(SecretString::from("refresh-1".to_owned())),
        scope: Some("https://mail.example.org/".to_owned()),
        ..OauthConfig::default()
    }
}

fn granted(token: &str, seconds: u32) -> Reply {
    Reply::json(format!(
        r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{seconds}}}"#
    ))
}

async fn send(session: &mut Session, config: &DeliverConfig) -> SendOutcome {
    session.send(&mail(config, "ok@example.net", "Hello.")).await
}

fn transport(config: &DeliverConfig, dir: &Path) -> Transport {
    Transport::new(config, dir, None).unwrap()
}

fn deferred(outcome: SendOutcome) -> String {
    match outcome {
        SendOutcome::Deferred(why) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_token_of_a_program_is_kept_for_all_connections() {
    let (server, dir) = (server().await, tempfile::tempdir().unwrap());
    server.takes_token("token-1");
    let config = config(&server, counting(dir.path(), "echo token-$n"));
    let transport = transport(&config, dir.path());
    for _ in 0..3 {
        let mut session = transport.session();
        assert!(matches!(send(&mut session, &config).await, SendOutcome::Accepted(_)));
        session.close().await;
    }
    assert_eq!(server.offered(), vec![format!("{USER} token-1"); 3]);
}

#[tokio::test]
async fn a_kept_token_that_was_called_back_is_replaced_on_the_same_connection() {
    let (server, dir) = (server().await, tempfile::tempdir().unwrap());
    server.takes_token("token-1");
    let config = config(&server, counting(dir.path(), "echo token-$n"));
    let transport = transport(&config, dir.path());
    assert!(matches!(send(&mut transport.session(), &config).await, SendOutcome::Accepted(_)));
    server.takes_token("token-2");
    assert!(matches!(send(&mut transport.session(), &config).await, SendOutcome::Accepted(_)));
    let offered: Vec<_> = ["1", "1", "2"].map(|n| format!("{USER} token-{n}")).to_vec();
    assert_eq!((server.offered(), server.connections()), (offered, 2));
}

#[tokio::test]
async fn a_fresh_token_that_is_refused_is_told_with_the_servers_reason_and_no_mail_goes_out() {
    let (server, dir) = (server().await, tempfile::tempdir().unwrap());
    server.takes_token("another");
    let config = config(&server, counting(dir.path(), "echo token-$n"));
    let why = deferred(send(&mut transport(&config, dir.path()).session(), &config).await);
    let place = server.address;
    assert_eq!(
        why,
        format!(
            "`{place}`: it refuses the access token of `{USER}` (535 5.7.8 Username and Password not accepted; status 400): \
             sign in as `{USER}` with the scope `https://mail.google.com/`"
        )
    );
    assert_eq!((server.offered().len(), server.received().len()), (1, 0));
}

#[tokio::test]
async fn a_server_without_time_for_a_token_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let (at, act) = (Stage::Auth, Act::Say("454 4.7.0 temporary failure"));
    let server = ScriptedSmtp::with(Fault { at, act, times: 1, ..Fault::default() }).await;
    server.takes_token("token-1");
    let config = config(&server, counting(dir.path(), "echo token-$n"));
    let transport = transport(&config, dir.path());
    assert!(deferred(send(&mut transport.session(), &config).await).contains("temporary failure"));
    assert!(matches!(send(&mut transport.session(), &config).await, SendOutcome::Accepted(_)));
}

#[tokio::test]
async fn a_program_that_gives_no_token_is_told_by_its_complaint_and_never_by_what_it_prints() {
    let (server, dir) = (server().await, tempfile::tempdir().unwrap());
    for (script, told) in [
        ("echo se cret; exit 3", "failed and says nothing"),
        ("echo 'not signed in' >&2; echo secret; exit 1", "failed: not signed in"),
        ("echo se cret", "it prints no access token"),
        ("true", "it prints no access token"),
        ("head -c 100000 /dev/zero | tr '\\0' a", "prints far more than a token"),
        (
            "echo '{\"error\":\"invalid_grant\"}'",
            "invalid_grant; the refresh token is no longer good",
        ),
    ] {
        let config = config(&server, command(script));
        let why = deferred(send(&mut transport(&config, dir.path()).session(), &config).await);
        assert!(why.contains(told) && why.contains("`/bin/sh` of `token_command`"), "{why}");
        assert!(!why.contains("cret"), "{why}");
    }
    let mut oauth = command("");
    oauth.token_command = vec!["/no/such/program".to_owned()];
    let config = config(&server, oauth);
    let why = deferred(send(&mut transport(&config, dir.path()).session(), &config).await);
    assert!(why.contains("`/no/such/program` of `token_command` cannot be run"), "{why}");
    assert_eq!(server.offered(), [""; 0]);
}

#[tokio::test]
async fn a_token_address_is_asked_with_what_it_wants_and_again_when_the_token_runs_out() {
    let (server, site) = (server().await, Website::start().await);
    let dir = tempfile::tempdir().unwrap();
    server.takes_token("t");
    site.on("/token", granted("t", 3_600));
    let config = config(&server, endpoint(&site));
    let transport = transport(&config, dir.path());
    for _ in 0..2 {
        assert!(matches!(send(&mut transport.session(), &config).await, SendOutcome::Accepted(_)));
    }
    let seen = site.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        seen[0].body,
        "grant_type=refresh_token&refresh_token=refresh-1&client_id=sitrep%26co&client_secret=hush\
         &scope=https%3A%2F%2Fmail.example.org%2F"
    );
    // One that is as good as over is had anew each time.
    let site = Website::start().await;
    site.on("/token", granted("t", 30));
    let config = self::config(&server, endpoint(&site));
    let transport = self::transport(&config, dir.path());
    for _ in 0..2 {
        assert!(matches!(send(&mut transport.session(), &config).await, SendOutcome::Accepted(_)));
    }
    assert_eq!(site.seen().len(), 2);
}

#[tokio::test]
async fn a_new_refresh_token_takes_the_place_of_the_old_one_on_disk_too() {
    let (server, site) = (server().await, Website::start().await);
    let dir = tempfile::tempdir().unwrap();
    server.takes_token("t");
    site.on(
        "/token",
        Reply::json(r#"{"access_token":"t","expires_in":1,"refresh_token":"refresh-2"}"#),
    );
    let file = dir.path().join("refresh");
    std::fs::write(&file, "refresh-1\n").unwrap();
    let oauth = OauthConfig {
        refresh_token: None,
        refresh_token_file: Some("refresh".into()),
        ..endpoint(&site)
    };
    let config = config(&server, oauth);
    let transport = transport(&config, dir.path());
    for _ in 0..2 {
        assert!(matches!(send(&mut transport.session(), &config).await, SendOutcome::Accepted(_)));
    }
    let bodies: Vec<_> = site.seen().into_iter().map(|seen| seen.body).collect();
    assert!(bodies[0].contains("refresh_token=refresh-1&"), "{bodies:?}");
    assert!(bodies[1].contains("refresh_token=refresh-2&"), "{bodies:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "refresh-2\n");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[tokio::test]
async fn a_client_without_a_refresh_token_asks_for_itself() {
    let (server, site) = (server().await, Website::start().await);
    server.takes_token("t");
    site.on("/token", granted("t", 3_600));
    let oauth = OauthConfig { refresh_token: None, scope: None, ..endpoint(&site) };
    let config = config(&server, oauth);
    let sent = send(&mut transport(&config, Path::new("")).session(), &config).await;
    assert!(matches!(sent, SendOutcome::Accepted(_)));
    let body = &site.seen()[0].body;
    assert_eq!(body, "grant_type=client_credentials&client_id=sitrep%26co&client_secret=hush");
}

#[tokio::test]
async fn what_a_token_address_refuses_is_told_with_what_to_do_and_without_a_secret() {
    let server = server().await;
    for (reply, told) in [
        (
            Reply::json(r#"{"error":"invalid_grant","error_description":"revoked"}"#),
            "gives no token: invalid_grant (revoked); the refresh token is no longer good: sign in anew and replace it",
        ),
        (Reply::json(r#"{"error":"invalid_client"}"#), "invalid_client; check the client's id"),
        (Reply::page("<html>nothing here</html>"), "answers 200 and no token; check `token_url`"),
        (Reply::status(404), "answers 404 and no token; check `token_url`"),
        (Reply::redirect(302, "http://127.0.0.1:1/"), "answers 302 and no token"),
        (Reply::endless(&[b' '; 8_192], std::time::Duration::ZERO), "answers 200 and no token"),
    ] {
        let site = Website::start().await;
        site.on("/token", reply);
        let config = config(&server, endpoint(&site));
        let why = deferred(send(&mut transport(&config, Path::new("")).session(), &config).await);
        assert!(why.contains(told) && why.contains("`127.0.0.1`"), "{told}: {why}");
        assert!(!why.contains("hush") && !why.contains("refresh-1"), "{why}");
    }
    assert_eq!(server.offered(), [""; 0]);
}

#[tokio::test]
async fn a_mailbox_is_opened_by_a_token_and_a_kept_one_replaced_once() {
    let (server, dir) = (ScriptedImap::start().await, tempfile::tempdir().unwrap());
    let config = ImapConfig {
        host: Some("127.0.0.1".to_owned()),
        port: Some(server.address.port()),
        tls: Tls::None,
        auth: Auth::Xoauth2,
        username: Some("bounce@example.org".to_owned()),
        oauth: counting(dir.path(), "echo token-$n"),
        timeout: Span::seconds(2),
        ..ImapConfig::default()
    };
    let mailbox = Mailbox::new(&config, dir.path(), None).unwrap().unwrap();
    let takes = |token: &str| server.state.lock().unwrap().good = Some(token.to_owned());
    takes("token-1");
    mailbox.probe().await.unwrap();
    takes("token-2");
    mailbox.probe().await.unwrap();
    assert_eq!(server.asked("user=bounce@example.org auth=Bearer token-"), 3);
    takes("none");
    let error = mailbox.probe().await.unwrap_err().to_string();
    assert!(
        error.contains("it refuses the access token of `bounce@example.org` (AUTHENTICATE failed; status 400): sign in as"),
        "{error}"
    );
    assert!(!error.contains("token-"), "{error}");
}

#[test]
fn tokens_that_cannot_work_are_refused_by_their_key() {
    let dir = tempfile::tempdir().unwrap();
    program::ok(dir.path(), &["init"]);
    let smtp = "host = \"smtp.example.org\"\nauth = \"xoauth2\"\n";
    let whole = format!("{smtp}username = \"u\"\n");
    let url = "token_url = \"https://login.example.org/token\"\n";
    for (lines, key) in [
        (smtp.to_owned(), "deliver.smtp.username"),
        (whole.clone(), "deliver.smtp.oauth.token_command"),
        (format!("{whole}password = \"p\"\n"), "deliver.smtp.password"),
        (format!("{whole}tls = \"none\"\n"), "deliver.smtp.tls"),
        (format!("{whole}[deliver.smtp.oauth]\n{url}token_command = [\"t\"]\n"), "not both"),
        (format!("{whole}[deliver.smtp.oauth]\n{url}"), "deliver.smtp.oauth.client_id"),
        (
            format!("{whole}[deliver.smtp.oauth]\n{url}client_id = \"c\"\n"),
            "deliver.smtp.oauth.refresh_token_file",
        ),
        (
            format!(
                "{whole}[deliver.smtp.oauth]\ntoken_url = \"http://login.example.org/\"\nclient_id = \"c\"\n"
            ),
            "deliver.smtp.oauth.token_url",
        ),
        (
            format!(
                "{whole}[deliver.smtp.oauth]\n{url}client_id = \"c\"\nrefresh_token_file = \"gone\"\n"
            ),
            "deliver.smtp.oauth.refresh_token",
        ),
        (
            "host = \"smtp.example.org\"\n[deliver.smtp.oauth]\ntoken_command = [\"t\"]\n"
                .to_owned(),
            "deliver.smtp.auth",
        ),
        ("host = \"h\"\nauth = \"oauth\"\n".to_owned(), "xoauth2"),
    ] {
        let text = format!("[edition.daily]\ncloses = []\n[deliver.smtp]\n{lines}");
        std::fs::write(dir.path().join("config/sitrep.toml"), text).unwrap();
        let said = program::run(dir.path(), &["check"]);
        let all = [said.stdout, said.stderr].concat();
        let all = String::from_utf8_lossy(&all);
        assert!(!said.status.success() && all.contains(key), "{lines}: {all}");
    }
}
