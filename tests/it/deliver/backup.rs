//! Backups, and databases that are not where they were: nothing is mailed twice, nobody is revived.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::support::TestDb;
use crate::support::program::{fails, ok, sitrep};

const TO_FILES: &str = "[edition.daily]\ncloses = []\n[deliver]\nfrom = \"digest@example.org\"\n\
    unsubscribe_to = \"leave@example.org\"\n";
/// Nobody listens at this port.
const TO_NOWHERE: &str = "[deliver.smtp]\nhost = \"127.0.0.1\"\nport = 1\ntls = \"none\"\n";

fn configure(dir: &Path, more: &str) {
    fs::write(dir.join("config/sitrep.toml"), format!("{TO_FILES}{more}")).unwrap();
}

/// An installation with two readers of each issue.
fn desk(more: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    fs::write(dir.path().join("config/sources.toml"), "").unwrap();
    configure(dir.path(), more);
    for reader in ["a@example.net", "b@example.net"] {
        ok(dir.path(), &["subscriber", "add", reader, "--frequency", "each-issue"]);
    }
    dir
}

fn mails(dir: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dir.join("outbox")).map(|files| files.flatten().collect::<Vec<_>>());
    let mut files: Vec<_> = files.unwrap_or_default().iter().map(fs::DirEntry::path).collect();
    files.sort();
    files
}

/// Runs a statement that makes time pass.
fn tamper(dir: &Path, sql: &'static str) {
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    });
}

/// A reader writes to the address in their last mail's `List-Unsubscribe`.
fn leave(dir: &Path, mail: &Path) {
    let text = fs::read_to_string(mail).unwrap().replace("\r\n ", " ");
    let to = text
        .split_once("List-Unsubscribe: <mailto:")
        .unwrap()
        .1
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let mut reading = sitrep(dir, &["bounce", "read", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mail = format!("From: b@example.net\r\nTo: {to}\r\nSubject: unsubscribe\r\n\r\n");
    reading.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    assert!(reading.wait().unwrap().success());
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn s_12_a_backup_is_its_owners_alone_and_brings_everything_back() {
    let dir = desk("");
    ok(dir.path(), &["dkim", "generate"]);
    configure(dir.path(), "dkim = [{ selector = \"s1\", key_file = \"dkim-s1.pem\" }]\n");
    ok(dir.path(), &["run", "daily"]);
    let said = ok(dir.path(), &["backup", "saved"]);
    assert!(said.contains("sitrep.db"), "{said}");
    let saved = dir.path().join("saved");
    assert_eq!(mode(&saved), 0o700);
    for file in fs::read_dir(&saved).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    let again = fails(dir.path(), &["backup", "saved"]);
    assert!(again.contains("is not empty"), "{again}");

    let other = tempfile::tempdir().unwrap();
    ok(other.path(), &["restore", saved.to_str().unwrap()]);
    for name in ["sitrep.toml", "sources.toml", "token.key", "dkim-s1.pem"] {
        let read = |dir: &Path| fs::read(dir.join("config").join(name)).unwrap();
        assert_eq!(read(dir.path()), read(other.path()), "{name}");
    }
    assert_eq!(ok(dir.path(), &["subscriber", "list"]), ok(other.path(), &["subscriber", "list"]));
    assert_eq!(mode(&other.path().join("sitrep.db")), 0o600);

    let database = saved.join("database.sqlite");
    let mut bytes = fs::read(&database).unwrap();
    bytes[5_000] ^= 1;
    fs::write(&database, bytes).unwrap();
    let third = tempfile::tempdir().unwrap();
    let said = fails(third.path(), &["restore", saved.to_str().unwrap()]);
    assert!(said.contains("is not what was saved"), "{said}");
}

#[test]
fn d_34_a_restored_database_mails_nothing_twice_and_revives_nobody() {
    let dir = desk(TO_NOWHERE);
    let dir = dir.path();
    ok(dir, &["run", "daily"]);
    tamper(dir, "UPDATE outbox SET due_at = due_at - 600000000");
    ok(dir, &["backup", "saved"]);
    // After the backup both get their mail, and one of them leaves.
    configure(dir, "");
    ok(dir, &["deliver"]);
    let sent = mails(dir);
    assert_eq!(sent.len(), 2);
    leave(dir, sent.iter().find(|path| path.to_string_lossy().contains("b@")).unwrap());

    let refused = fails(dir, &["restore", "saved"]);
    assert!(refused.contains("--force"), "{refused}");
    ok(dir, &["restore", "saved", "--force"]);
    configure(dir, "");
    let said = fails(dir, &["deliver"]);
    assert!(said.contains("restored from a backup") && said.contains("sitrep db adopt"), "{said}");
    assert!(ok(dir, &["status"]).contains("nothing is sent"), "status says so too");
    let said = ok(dir, &["db", "adopt"]);
    assert!(said.contains("2 messages that were due are not sent"), "{said}");
    assert!(said.contains("1 readers who left"), "{said}");
    assert!(ok(dir, &["deliver"]).contains("nothing was due"));
    assert_eq!(mails(dir), sent, "nobody gets the issue twice");
    let said = ok(dir, &["run", "daily"]);
    assert!(said.contains("1 messages queued; 1 accepted"), "{said}");
    assert!(ok(dir, &["db", "adopt"]).contains("nothing is changed"));
}

#[test]
fn d_34_an_old_file_put_back_and_a_copy_elsewhere_send_nothing() {
    let dir = desk("");
    ok(dir.path(), &["status"]);
    tamper(dir.path(), "PRAGMA wal_checkpoint(TRUNCATE)");
    let database = dir.path().join("sitrep.db");
    let old = fs::read(&database).unwrap();
    ok(dir.path(), &["run", "daily"]);
    tamper(dir.path(), "PRAGMA wal_checkpoint(TRUNCATE)");

    let elsewhere = tempfile::tempdir().unwrap();
    let copied = std::process::Command::new("cp")
        .args(["-r", &format!("{}/.", dir.path().display()), "."])
        .current_dir(elsewhere.path())
        .status()
        .unwrap();
    assert!(copied.success());
    let said = fails(elsewhere.path(), &["run", "daily"]);
    assert!(said.contains("it comes from `"), "{said}");
    assert_eq!(mails(elsewhere.path()).len(), 2, "those that were copied");

    fs::write(&database, old).unwrap();
    for log in ["sitrep.db-wal", "sitrep.db-shm"] {
        let _ = fs::remove_file(dir.path().join(log));
    }
    let said = fails(dir.path(), &["run", "daily"]);
    assert!(said.contains("older state"), "{said}");
    assert_eq!(mails(dir.path()).len(), 2);
    ok(dir.path(), &["db", "adopt"]);
    ok(dir.path(), &["run", "daily"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d_34_a_backup_of_postgresql_comes_back_and_waits_for_its_adoption() {
    let Some(test) = TestDb::postgres().await else { return };
    let dir = desk(&format!("[database]\nurl = \"{}\"\n", test.url));
    let dir = dir.path();
    ok(dir, &["backup", "saved"]);
    ok(dir, &["subscriber", "remove", "a@example.net"]);
    ok(dir, &["restore", "saved", "--force"]);
    assert!(ok(dir, &["subscriber", "list"]).contains("a@example.net"));
    assert!(fails(dir, &["deliver"]).contains("restored from a backup"));
    // Who was taken off the list after the backup stays off it.
    let said = ok(dir, &["db", "adopt"]);
    assert!(said.contains("1 readers who left"), "{said}");
    let said = ok(dir, &["run", "daily"]);
    assert!(said.contains("1 messages queued; 1 accepted"), "{said}");
}
