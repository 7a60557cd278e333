//! The web site as `sitrep serve` serves it: on loopback, over a pipeline with real stores, mail to a folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use sitrep::app;
use sitrep::config::Config;
use sitrep::config::edition::EditionConfig;
use sitrep::model::staff::{Staff, StaffRole};
use sitrep::model::subscriber::{Frequency, Subscriber, Subscription};
use sitrep::model::{Clock as _, FixedClock};
use sitrep::pipeline::Pipeline;
use sitrep::store::{staff, subscribers, subscriptions};
use sitrep::web::{self, Site};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::newsdesk::source;
use super::samples::{at, subscriber, subscription};

/// The public address of the site.
pub(crate) const SITE: &str = "https://sitrep.example";

/// The password of everybody who is hired.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// An article that tells one event.
pub(crate) const POST: &str = "Militants raid post\n\nIslamic State militants attacked a Syrian Army post near Palmyra on Monday, killing three soldiers, the Syrian Observatory for Human Rights said.";

/// A site that listens; it ends with the test.
pub(crate) struct Webdesk {
    pub pipeline: Arc<Pipeline>,
    pub clock: Arc<FixedClock>,
    pub site: Arc<Site>,
    address: String,
    stop: CancellationToken,
    dir: TempDir,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    /// The value of a field of a form on the page.
    pub(crate) fn field(&self, name: &str) -> String {
        let (_, after) = self.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        after.split('"').next().unwrap().to_owned()
    }
}

impl Webdesk {
    /// A site at noon of a Monday, with one edition, that believes what loopback says of who asks.
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with a changed configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config { folder: dir.path().to_owned(), ..Config::default() };
        config.sources.files.clear();
        "sqlite:sitrep.db".clone_into(&mut config.database.url);
        config.deliver.folder = PathBuf::from("outbox");
        "digest@sitrep.example".clone_into(&mut config.deliver.from);
        config.deliver.suppressions = PathBuf::from("suppressions.log");
        SITE.clone_into(&mut config.web.public_url);
        let edition = EditionConfig {
            title: Some("Syria Daily".to_owned()),
            closes: vec!["05:30 UTC".to_owned()],
            ..EditionConfig::default()
        };
        config.edition.insert("daily".to_owned(), edition);
        change(&mut config);
        let clock = Arc::new(FixedClock::new(at("2026-03-02T12:00Z")));
        let mut pipeline = app::pipeline(config, clock.clone()).await.unwrap();
        let articles = dir.path().join("articles");
        std::fs::create_dir(&articles).unwrap();
        pipeline.file_sources = vec![source("desk", &format!("file:{}", articles.display()))];
        let pipeline = Arc::new(pipeline);
        let site = Site::new(Arc::clone(&pipeline)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let stop = CancellationToken::new();
        tokio::spawn(web::serve(Arc::clone(&site), listener, stop.clone()));
        Self { pipeline, clock, site, address, stop, dir }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// A page as a browser asks for it.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("accept", "text/html")], "").await
    }

    /// A form as a browser sends it from our own page.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, &[("origin", SITE)], form).await
    }

    /// A form with other headers.
    pub(crate) async fn post_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        form: &[(&str, &str)],
    ) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let kind = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
        self.ask("POST", path, &[&kind, headers].concat(), &body).await
    }

    /// Any request.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "content-length: {}\r\nconnection: close\r\n\r\n", body.len());
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // A server that refuses a body need not read it.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        answer(&String::from_utf8(bytes).unwrap())
    }

    /// Lets somebody sign in to edit.
    pub(crate) async fn hire(&self, name: &str, role: StaffRole) {
        let one = Staff { name: name.to_owned(), role, created_at: at("2026-03-01T00:00Z") };
        let hash = web::password::hash(PASSWORD).unwrap();
        staff::put(&self.pipeline.db, &one, &hash).await.unwrap();
    }

    /// A subscriber of the one edition, who gets each issue when it closes.
    pub(crate) async fn reader(&self, address: &str) -> Subscriber {
        let who = subscriber(address);
        subscribers::add(&self.pipeline.db, &who).await.unwrap();
        let frequency = Frequency::EachIssue;
        let wanted = Subscription { frequency, ..subscription(&who, "daily") };
        subscriptions::put(&self.pipeline.db, &wanted).await.unwrap();
        who
    }

    /// An article in the folder that the one source reads.
    pub(crate) fn article(&self, name: &str, text: &str) {
        let path = self.dir.path().join("articles").join(name);
        std::fs::write(&path, text).unwrap();
        let written = self.clock.now() - jiff::SignedDuration::from_hours(1);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(written.into()).unwrap();
    }

    /// Gathers what is in the folder and closes an issue now. Gives its id.
    pub(crate) async fn close(&self) -> String {
        self.pipeline.prepare().await.unwrap();
        let edition = self.pipeline.edition("daily").unwrap();
        self.clock.advance(60);
        let run = self.pipeline.close_and_queue(&edition, self.clock.now(), None).await.unwrap();
        run.issue.unwrap().id.to_string()
    }

    /// Fills in the form at `path` with `fields`, as somebody on a network of their own does who takes five seconds.
    pub(crate) async fn fill(&self, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
        let seal = self.get(path).await.field("seal");
        self.clock.advance(5);
        let form = [fields, &[("seal", seal.as_str())]].concat();
        let answer =
            self.post_with(path, &[("origin", SITE), ("x-forwarded-for", from)], &form).await;
        self.site.settled().await;
        answer
    }

    /// Asks to join with an address.
    pub(crate) async fn join(&self, address: &str, from: &str) -> Answer {
        self.fill("/subscribe", from, &[&[("address", address)], WISH].concat()).await
    }

    /// Sends what is due and gives every mail that went out so far, as text with folds undone.
    pub(crate) async fn mails(&self) -> Vec<String> {
        self.pipeline.send_due().await.unwrap();
        let Ok(files) = std::fs::read_dir(self.dir.path().join("outbox")) else {
            return Vec::new();
        };
        let mut mails: Vec<String> = files
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .map(|mail| mail.replace("\r\n ", " ").replace("=\r\n", "").replace("=3D", "="))
            .collect();
        mails.sort();
        mails
    }

    /// The path of the link in the one mail to `to` that begins with `path`, the latest where there are several.
    pub(crate) async fn link(&self, to: &str, path: &str) -> String {
        let mails = self.mails().await;
        let theirs = mails.iter().filter(|mail| mail.contains(&format!("To: {to}\r\n")));
        let links = theirs.filter_map(|mail| mail.split_once(&format!("{SITE}{path}")));
        let mut links: Vec<String> = links
            .map(|(_, after)| {
                let token = after.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
                format!("{path}{token}")
            })
            .collect();
        links.sort();
        links.pop().unwrap_or_else(|| panic!("no link to {path} for {to} in {mails:?}"))
    }

    /// Everything in the tables that say something of readers.
    pub(crate) async fn state(&self) -> Vec<String> {
        let url = format!("sqlite:{}", self.dir.path().join("sitrep.db").display());
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let mut rows = Vec::new();
        for sql in [
            "SELECT id || address || state || coalesce(confirmed_at, '') FROM subscriber",
            "SELECT id || body FROM subscription",
            "SELECT id || state || reference FROM outbox",
            "SELECT mark || why FROM suppression",
            "SELECT key || at || times FROM limited_use",
        ] {
            let found: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&pool).await.unwrap();
            rows.extend(found.into_iter().map(|(row,)| row));
        }
        rows.sort();
        rows
    }

    /// The time there.
    pub(crate) fn site_now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// The folder of the installation.
    pub(crate) fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }
}

impl Drop for Webdesk {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// What the form of a subscription holds when it is sent.
pub(crate) const WISH: &[(&str, &str)] = &[
    ("edition", "daily"),
    ("language", "en"),
    ("zone", "Asia/Damascus"),
    ("at", "06:30"),
    ("frequency", "daily"),
    ("grouping", ""),
];

fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Answer { status, headers, body: body.to_owned() }
}
