//! Every golden digest as a signed message. `tests/checkers/signatures.py` checks what is written here with dkimpy.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sitrep::config::deliver::DeliverConfig;
use sitrep::deliver::dkim::{NewKey, Signer, generate};
use sitrep::deliver::token::Tokens;
use sitrep::deliver::{Identity, Mailer};
use sitrep::model::id::{DigestId, EditionId};
use sitrep::model::subscriber::Address;

use crate::support::samples::{delivery, digest, subscriber};

/// The goldens that have both parts: name, HTML, text.
fn goldens() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots");
    let body = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        text.splitn(3, "---\n").nth(2).unwrap_or_default().to_owned()
    };
    let mut all = Vec::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix("_html.snap") else { continue };
        let text = folder.join(format!("{name}_text.snap"));
        if text.is_file() {
            all.push((name.replace("it__render__", ""), body(&path), body(&text)));
        }
    }
    all.sort();
    all
}

fn config() -> DeliverConfig {
    DeliverConfig {
        from: "digest@example.org".to_owned(),
        reply_to: Some("desk@example.org".to_owned()),
        unsubscribe_to: Some("leave@example.org".to_owned()),
        bounce_to: Some("bounce@example.org".to_owned()),
        ..DeliverConfig::default()
    }
}

fn signers(folder: &Path) -> Vec<Signer> {
    let kinds = [(NewKey::Rsa, "r1"), (NewKey::Ed25519, "e1")];
    let open = |(kind, selector): (NewKey, &str)| {
        let path = folder.join(format!("{selector}.pem"));
        generate(kind, &path).unwrap();
        Signer::open("example.org", selector, &path).unwrap()
    };
    kinds.into_iter().map(open).collect()
}

/// An empty folder for what the checkers read.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn d_4_every_golden_message_is_signed_twice_with_each_header_once_and_the_same_bytes_again() {
    let (out, keys) = (fresh("signed"), tempfile::tempdir().unwrap());
    let signers = signers(keys.path());
    let mut records = String::new();
    for signer in &signers {
        let (name, record) = signer.record();
        writeln!(records, "{name}\t{record}").unwrap();
    }
    fs::write(out.join("dns.txt"), records).unwrap();
    let mailer = Mailer::new(config(), Tokens::from_key(&[7; 32]), signers);
    let to: Address = "reader@example.net".parse().unwrap();
    let goldens = goldens();
    assert!(goldens.len() >= 7, "{} goldens", goldens.len());
    for (name, html, text) in goldens {
        let mut digest = digest(&name);
        (digest.id, digest.html, digest.text) = (DigestId::new(name.as_str()), html, text);
        let identity = Identity { list: EditionId::new("daily"), title: "Daily".to_owned() };
        let body = mailer.body(identity, &digest);
        let row = delivery(&subscriber(to.as_str()), digest.id.as_str());
        let mail = mailer.mail(&body, &row, &to).unwrap();
        assert_eq!(mail.bytes, mailer.mail(&body, &row, &to).unwrap().bytes, "{name}");
        check_headers(&name, &String::from_utf8(mail.bytes.clone()).unwrap());
        fs::write(out.join(format!("{name}.eml")), mail.bytes).unwrap();
    }
}

#[test]
fn d_3_what_must_be_signed_is_signed_and_named_once_more_than_it_occurs() {
    let keys = tempfile::tempdir().unwrap();
    let mailer = Mailer::new(config(), Tokens::from_key(&[7; 32]), signers(keys.path()));
    let identity = Identity { list: EditionId::new("daily"), title: "Daily".to_owned() };
    let body = mailer.body(identity, &digest("d1"));
    let to: Address = "reader@example.net".parse().unwrap();
    let mail = mailer.mail(&body, &delivery(&subscriber(to.as_str()), "d1"), &to).unwrap();
    let text = String::from_utf8(mail.bytes).unwrap().replace("\r\n ", " ");
    let signatures: Vec<_> =
        text.lines().filter(|line| line.starts_with("DKIM-Signature:")).collect();
    assert_eq!(signatures.len(), 2);
    for signature in signatures {
        let names = signature.split_once(" h=").unwrap().1.split(';').next().unwrap();
        let names: Vec<_> = names.split(':').map(str::trim).collect();
        for name in [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "List-Id",
            "List-Unsubscribe",
        ] {
            let count = names.iter().filter(|one| **one == name).count();
            assert_eq!(count, 2, "{name} in {signature}");
        }
        // RFC 8058 wants it in `h=`; without a public address it is over-signed although it does not occur.
        assert!(names.contains(&"List-Unsubscribe-Post"), "{signature}");
    }
}

fn check_headers(name: &str, mail: &str) {
    let head = mail.split("\r\n\r\n").next().unwrap();
    for header in [
        "From",
        "To",
        "Date",
        "Message-ID",
        "Subject",
        "List-Id",
        "List-Unsubscribe",
        "MIME-Version",
    ] {
        let count = head.lines().filter(|line| line.starts_with(&format!("{header}:"))).count();
        assert_eq!(count, 1, "{name}: {header}");
    }
    assert_eq!(head.matches("DKIM-Signature:").count(), 2, "{name}");
    assert!(mail.split("\r\n").all(|line| line.len() <= 998), "{name}: RFC 5322, 2.1.1");
}

#[test]
fn h_1_a_whole_message_has_at_most_200_000_bytes() {
    let mailer = Mailer::new(config(), Tokens::from_key(&[7; 32]), Vec::new());
    let to: Address = "reader@example.net".parse().unwrap();
    for (name, html, text) in goldens() {
        let mut digest = digest(&name);
        (digest.html, digest.text) = (html, text);
        let identity = Identity { list: EditionId::new("daily"), title: "Daily".to_owned() };
        let row = delivery(&subscriber(to.as_str()), digest.id.as_str());
        let mail = mailer.mail(&mailer.body(identity, &digest), &row, &to).unwrap();
        assert!(mail.bytes.len() <= 200_000, "{name}: {}", mail.bytes.len());
    }
}

#[test]
fn d_5_a_key_is_never_overwritten_and_one_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.pem");
    generate(NewKey::Ed25519, &path).unwrap();
    assert!(generate(NewKey::Ed25519, &path).is_err(), "a key is never overwritten");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o640);
    fs::set_permissions(&path, open).unwrap();
    let error = Signer::open("example.org", "s1", &path).unwrap_err().to_string();
    assert!(error.contains("others can read it"), "{error}");
}
