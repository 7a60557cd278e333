//! A scripted SMTP server: what it does with a message depends on the recipient's local part.
//!
//! `r450` and `r550` are refused at RCPT, `greylist` only at the first try, `policy` gets 550 5.7.1 at RCPT,
//! `busy` gets 421 4.7.28 at RCPT, `split` gets its reply a byte at a time,
//! `full` gets 552 after the text, `close` gets 421 after the text, `dropdata` loses the connection while the text
//! is coming, `dropafter` after the text and before the reply, `hang` never gets a reply; all others are taken.

//!
//! A [`Fault`] breaks the dialogue at a stage, whoever is written to.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use data_encoding::BASE64;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// A message that the server took, or had whole when it dropped the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) text: String,
}

#[derive(Debug, Default)]
struct Seen {
    taken: Vec<Received>,
    greylisted: HashSet<String>,
    connections: usize,
    /// Connections that are open, and the most that were at once.
    open: (usize, usize),
    /// The names under which clients greeted.
    greetings: Vec<String>,
    /// The commands that began a message.
    begun: Vec<String>,
    faults: usize,
    /// The access tokens that were offered, in order.
    offered: Vec<String>,
    /// Those that are taken; without any, every sign-in is.
    good: Option<String>,
}

/// Where the dialogue breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Connect,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the first line of the text.
    Text,
    /// After the text.
    End,
}

/// How it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Nothing is answered any more.
    Hang,
    /// The connection is gone.
    Drop,
    /// This is said.
    Say(&'static str),
}

/// One fault, for so many times; what the server offers; and after which pause it closes an idle connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) at: Stage,
    pub(crate) act: Act,
    pub(crate) times: usize,
    pub(crate) offers: &'static [&'static str],
    pub(crate) idle: Option<Duration>,
}

impl Default for Fault {
    fn default() -> Self {
        let (at, act) = (Stage::Connect, Act::Drop);
        Self { at, act, times: 0, offers: &["PIPELINING", "8BITMIME"], idle: None }
    }
}

/// The server; it stops when it is dropped with its runtime.
#[derive(Debug, Clone)]
pub(crate) struct ScriptedSmtp {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl ScriptedSmtp {
    pub(crate) async fn start() -> Self {
        Self::with(Fault::default()).await
    }

    pub(crate) async fn with(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), seen: Arc::default() };
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.lock().unwrap().connections += 1;
                tokio::spawn(Talk::new(stream, Arc::clone(&seen), fault).run());
            }
        });
        server
    }

    /// The handle of a server that does not run.
    pub(crate) fn at(address: SocketAddr) -> Self {
        Self { address, seen: Arc::default() }
    }

    /// Everything whose text arrived whole, repeats included.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.seen.lock().unwrap().taken.clone()
    }

    /// From now on only this access token is taken.
    pub(crate) fn takes_token(&self, token: &str) {
        self.seen.lock().unwrap().good = Some(token.to_owned());
    }

    /// The access tokens that were offered, with the user, in order.
    pub(crate) fn offered(&self) -> Vec<String> {
        self.seen.lock().unwrap().offered.clone()
    }

    /// The most connections that were open at once.
    pub(crate) fn most(&self) -> usize {
        self.seen.lock().unwrap().open.1
    }

    /// The commands that began a message, in order.
    pub(crate) fn begun(&self) -> Vec<String> {
        self.seen.lock().unwrap().begun.clone()
    }

    /// The names under which clients greeted, in order.
    pub(crate) fn greetings(&self) -> Vec<String> {
        self.seen.lock().unwrap().greetings.clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }
}

/// `{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`, as Gmail says it.
const CHALLENGE: &str = "334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==";

/// A connection that is counted as open; it goes before the connection itself.
struct Counted(Arc<Mutex<Seen>>);

impl Counted {
    fn new(seen: &Arc<Mutex<Seen>>) -> Self {
        let mut inside = seen.lock().unwrap();
        inside.open.0 += 1;
        inside.open.1 = inside.open.1.max(inside.open.0);
        Self(Arc::clone(seen))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.lock().unwrap().open.0 -= 1;
    }
}

struct Talk {
    #[expect(dead_code, reason = "it counts while it is there")]
    counted: Counted,
    lines: tokio::io::Lines<BufReader<OwnedReadHalf>>,
    out: OwnedWriteHalf,
    seen: Arc<Mutex<Seen>>,
    fault: Fault,
    from: String,
    to: String,
    takes: bool,
    challenged: bool,
}

/// What the connection does next.
enum Next {
    Reply(&'static str),
    /// The same, a byte at a time.
    Split(&'static str),
    Text,
    Drop,
    Hang,
}

impl Talk {
    fn new(stream: TcpStream, seen: Arc<Mutex<Seen>>, fault: Fault) -> Self {
        let (read, out) = stream.into_split();
        let lines = BufReader::new(read).lines();
        let (from, to) = (String::new(), String::new());
        let counted = Counted::new(&seen);
        Self { counted, lines, out, seen, fault, from, to, takes: false, challenged: false }
    }

    async fn run(mut self) {
        let mut next =
            self.broken(Stage::Connect).unwrap_or(Next::Reply("220 scripted.example ESMTP"));
        loop {
            if matches!(next, Next::Text) {
                next = self.text().await;
            }
            match next {
                Next::Reply(text) => {
                    self.say(text).await;
                    // A server that says so closes.
                    if text.starts_with("421") {
                        return;
                    }
                }
                Next::Split(text) => self.spell(text).await,
                Next::Text | Next::Drop => return,
                Next::Hang => std::future::pending().await,
            }
            let Some(line) = self.line().await else { return };
            next = self.command(&line).await;
        }
    }

    /// The next command; an idle connection is closed with a word.
    async fn line(&mut self) -> Option<String> {
        let patience = self.fault.idle.unwrap_or(Duration::from_hours(1));
        let Ok(line) = tokio::time::timeout(patience, self.lines.next_line()).await else {
            self.say("421 4.4.2 idle too long").await;
            return None;
        };
        line.ok().flatten()
    }

    /// What happens at a stage instead of what should.
    fn broken(&self, at: Stage) -> Option<Next> {
        let mut seen = self.seen.lock().unwrap();
        if self.fault.at != at || seen.faults >= self.fault.times {
            return None;
        }
        seen.faults += 1;
        Some(match self.fault.act {
            Act::Hang => Next::Hang,
            Act::Drop => Next::Drop,
            Act::Say(text) => Next::Reply(text),
        })
    }

    async fn say(&mut self, text: &str) {
        let _ = self.out.write_all(format!("{text}\r\n").as_bytes()).await;
    }

    async fn spell(&mut self, text: &str) {
        for byte in format!("{text}\r\n").bytes() {
            let _ = self.out.write_all(&[byte]).await;
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    }

    async fn command(&mut self, line: &str) -> Next {
        if std::mem::take(&mut self.challenged) {
            assert_eq!(line, "", "a challenge wants an empty answer");
            return Next::Reply("535 5.7.8 Username and Password not accepted");
        }
        let upper = line.to_uppercase();
        let verb = upper.split([' ', ':']).next().unwrap_or_default();
        let stage = match verb {
            "EHLO" => Some(Stage::Ehlo),
            "STARTTLS" => Some(Stage::StartTls),
            "AUTH" => Some(Stage::Auth),
            "MAIL" => Some(Stage::Mail),
            "RCPT" => Some(Stage::Rcpt),
            "DATA" => Some(Stage::Data),
            _ => None,
        };
        if verb == "MAIL" {
            self.seen.lock().unwrap().begun.push(line.to_owned());
        }
        if verb == "EHLO" {
            self.seen.lock().unwrap().greetings.push(line.get(5..).unwrap_or_default().to_owned());
        }
        if verb == "RCPT" {
            self.to = address_of(line);
        }
        if let Some(broken) = stage.and_then(|stage| self.broken(stage)) {
            return broken;
        }
        match verb {
            "EHLO" => self.offer().await,
            "AUTH" => self.sign_in(line),
            "MAIL" => {
                self.from = address_of(line);
                Next::Reply("250 2.1.0 ok")
            }
            "RCPT" => {
                let reply = self.recipient();
                self.takes =
                    matches!(reply, Next::Reply(text) | Next::Split(text) if text.starts_with('2'));
                reply
            }
            "DATA" if !self.takes => Next::Reply("503 5.5.1 no valid recipients"),
            "DATA" => Next::Text,
            "QUIT" => Next::Drop,
            _ => Next::Reply("250 2.0.0 ok"),
        }
    }

    /// The answer to EHLO; its last line is said by the caller.
    async fn offer(&mut self) -> Next {
        self.say("250-scripted.example").await;
        for offer in self.fault.offers {
            self.say(&format!("250-{offer}")).await;
        }
        Next::Reply("250 SIZE 50000000")
    }

    fn sign_in(&mut self, line: &str) -> Next {
        let mut seen = self.seen.lock().unwrap();
        let Some(good) = seen.good.clone() else { return Next::Reply("235 2.7.0 signed in") };
        let sasl = line.strip_prefix("AUTH XOAUTH2 ").unwrap_or_default();
        let sasl = String::from_utf8(BASE64.decode(sasl.as_bytes()).unwrap()).unwrap();
        let parts: Vec<_> = sasl.split('\u{1}').collect();
        let [user, token, "", ""] = parts.as_slice() else { panic!("no XOAUTH2: {sasl:?}") };
        let (user, token) =
            (user.strip_prefix("user=").unwrap(), token.strip_prefix("auth=Bearer ").unwrap());
        seen.offered.push(format!("{user} {token}"));
        if token == good {
            return Next::Reply("235 2.7.0 signed in");
        }
        self.challenged = true;
        Next::Reply(CHALLENGE)
    }

    fn recipient(&self) -> Next {
        let first_time = || self.seen.lock().unwrap().greylisted.insert(self.to.clone());
        match self.local() {
            "r450" => Next::Reply("450 4.2.1 try later"),
            "r550" => Next::Reply("550 5.1.1 no such user"),
            "policy" => Next::Reply("550 5.7.1 policy"),
            "busy" => Next::Reply("421 4.7.28 too much from you"),
            "split" => Next::Split("250 2.1.5 ok"),
            "greylist" if first_time() => Next::Reply("451 4.7.1 greylisted"),
            _ => Next::Reply("250 2.1.5 ok"),
        }
    }

    fn local(&self) -> &str {
        self.to.split(['@', '+']).next().unwrap_or_default()
    }

    async fn text(&mut self) -> Next {
        self.say("354 go ahead").await;
        let mut text = String::new();
        while let Ok(Some(line)) = self.lines.next_line().await {
            if self.local() == "dropdata" {
                return Next::Drop;
            }
            if let Some(broken) = self.broken(Stage::Text) {
                return broken;
            }
            if line == "." {
                return self.taken(text);
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
        Next::Drop
    }

    fn taken(&self, text: String) -> Next {
        if let Some(broken) = self.broken(Stage::End) {
            return broken;
        }
        match self.local() {
            "full" => return Next::Reply("552 5.2.2 mailbox full"),
            "close" => return Next::Reply("421 4.3.2 closing"),
            _ => {}
        }
        let received = Received { from: self.from.clone(), to: self.to.clone(), text };
        self.seen.lock().unwrap().taken.push(received);
        match self.local() {
            "dropafter" => Next::Drop,
            "hang" => Next::Hang,
            _ => Next::Reply("250 2.0.0 taken"),
        }
    }
}

fn address_of(line: &str) -> String {
    let inside = line.split(['<', '>']).nth(1);
    inside.unwrap_or_default().to_owned()
}
