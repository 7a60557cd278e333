//! Everything is logged that can be, and neither a secret nor an address shows (S-12, S-13).

use std::fs;
use std::path::Path;

use crate::support::imap::ScriptedImap;
use crate::support::program::{ok, sitrep};
use crate::support::smtp::{Fault, ScriptedSmtp};
use crate::support::website::{Reply, Website};

/// Each stands in one place of the configuration or the database only.
const SECRETS: [&str; 10] = [
    "pass-Zq81",
    "hook-Zq82",
    "beat-Zq83",
    "locala-zq84",
    "localb-zq85",
    "proxypw-Zq86",
    "token-Zq87",
    "client-Zq88",
    "refresh-Zq89",
    "localc-zq90",
];

/// What is logged at the finest level, by us and by every library, of one command.
fn logged(dir: &Path, args: &[&str]) -> String {
    let output = sitrep(dir, args).env("SITREP_LOG__LEVEL", "trace").output().unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s_13_a_run_at_the_finest_level_logs_no_secret_and_no_address() {
    let offers: &[&str] = &["PIPELINING", "AUTH PLAIN LOGIN"];
    let server = ScriptedSmtp::with(Fault { offers, ..Fault::default() }).await;
    let site = Website::start().await;
    site.on("/hook-Zq82", Reply::status(204)).on("/beat-Zq83", Reply::status(200));
    let granted = r#"{"access_token":"token-Zq87","expires_in":3600}"#;
    site.on("/token", Reply::json(granted));
    let mailbox = ScriptedImap::start().await;
    mailbox.state.lock().unwrap().good = Some("token-Zq87".to_owned());
    mailbox.deliver("From: localc-zq90@example.net\nTo: bounce@example.org\n\nlocalc-zq90\n");
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    ok(dir, &["init"]);
    let (smtp, web, imap) = (server.address.port(), site.address(), mailbox.address.port());
    let config = format!(
        "[edition.daily]\ncloses = []\n[deliver]\nfrom = \"digest@example.org\"\n\
         unsubscribe_to = \"leave@example.org\"\nbounce_to = \"bounce@example.org\"\n\
         [deliver.smtp]\nhost = \"127.0.0.1\"\nport = {smtp}\ntls = \"none\"\nusername = \"sitrep\"\n\
         password = \"pass-Zq81\"\n[alert]\nwebhook = \"http://{web}/hook-Zq82\"\n\
         heartbeat_url = \"http://{web}/beat-Zq83\"\ndisk_free = 999999999999\n\
         [deliver.imap]\nhost = \"127.0.0.1\"\nport = {imap}\ntls = \"none\"\nauth = \"xoauth2\"\n\
         username = \"bounce@example.org\"\n[deliver.imap.oauth]\ntoken_url = \"http://{web}/token\"\n\
         client_id = \"sitrep\"\nclient_secret = \"client-Zq88\"\nrefresh_token = \"refresh-Zq89\"\n\
         [gather]\nproxy = \"http://u:proxypw-Zq86@127.0.0.1:1\"\n"
    );
    fs::write(dir.join("config/sitrep.toml"), config).unwrap();
    fs::write(dir.join("config/sources.toml"), "").unwrap();
    ok(dir, &["dkim", "generate"]);
    let mut log = String::new();
    for reader in ["locala-zq84@example.net", "r550+localb-zq85@example.net"] {
        log += &logged(dir, &["subscriber", "add", reader, "--frequency", "each-issue"]);
    }
    log += &logged(dir, &["run", "daily"]);
    log += &logged(dir, &["check"]);
    log += &logged(dir, &["status"]);
    log += &logged(dir, &["bounce", "read"]);
    log += &logged(dir, &["backup", "saved"]);
    assert_eq!(server.received().len(), 1, "one was taken, one refused");
    assert_eq!(mailbox.asked("UID FETCH"), 1, "the mailbox was read");
    assert_eq!(site.paths().len(), 3, "the webhook, the heartbeat and the token");
    assert!(log.contains("mail accepted") && log.len() > 10_000, "it did log: {} bytes", log.len());
    let token = fs::read_to_string(dir.join("config/token.key")).unwrap();
    let key = fs::read_to_string(dir.join("config/dkim-s1.pem")).unwrap();
    let key = key.lines().nth(1).unwrap();
    let mut hidden = SECRETS.to_vec();
    hidden.extend([token.trim(), key]);
    for secret in hidden {
        let shown = log.lines().find(|line| line.contains(secret));
        assert_eq!(shown, None, "`{secret}` is in the log");
    }
    let mail = &server.received()[0].text;
    let leave = mail.split_once("leave+").unwrap().1.split('@').next().unwrap();
    assert!(!log.contains(leave), "the token to leave is in the log");
}
