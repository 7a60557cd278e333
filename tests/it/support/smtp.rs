//! A scripted SMTP server: what it does with a message depends on the recipient's local part.
//!
//! `r450` and `r550` are refused at RCPT, `greylist` only at the first try, `policy` gets 550 5.7.1 at RCPT,
//! `busy` gets 421 4.7.28 at RCPT, `split` gets its reply a byte at a time,
//! `full` gets 552 after the text, `close` gets 421 after the text, `dropdata` loses the connection while the text
//! is coming, `dropafter` after the text and before the reply, `hang` never gets a reply; all others are taken.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

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
}

/// The server; it stops when it is dropped with its runtime.
#[derive(Debug, Clone)]
pub(crate) struct ScriptedSmtp {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl ScriptedSmtp {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), seen: Arc::default() };
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.lock().unwrap().connections += 1;
                tokio::spawn(Talk::new(stream, Arc::clone(&seen)).run());
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

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }
}

struct Talk {
    lines: tokio::io::Lines<BufReader<OwnedReadHalf>>,
    out: OwnedWriteHalf,
    seen: Arc<Mutex<Seen>>,
    from: String,
    to: String,
    takes: bool,
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
    fn new(stream: TcpStream, seen: Arc<Mutex<Seen>>) -> Self {
        let (read, out) = stream.into_split();
        let lines = BufReader::new(read).lines();
        Self { lines, out, seen, from: String::new(), to: String::new(), takes: false }
    }

    async fn run(mut self) {
        self.say("220 scripted.example ESMTP").await;
        while let Ok(Some(line)) = self.lines.next_line().await {
            match self.command(&line) {
                Next::Reply(text) => self.say(text).await,
                Next::Split(text) => self.spell(text).await,
                Next::Text => match self.text().await {
                    Next::Reply(text) => self.say(text).await,
                    Next::Hang => std::future::pending().await,
                    Next::Text | Next::Drop | Next::Split(_) => return,
                },
                Next::Drop => return,
                Next::Hang => std::future::pending().await,
            }
        }
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

    fn command(&mut self, line: &str) -> Next {
        let upper = line.to_uppercase();
        if upper.starts_with("EHLO") {
            return Next::Reply("250-scripted.example\r\n250-PIPELINING\r\n250 8BITMIME");
        }
        if upper.starts_with("MAIL FROM:") {
            self.from = address_of(line);
            return Next::Reply("250 2.1.0 ok");
        }
        if upper.starts_with("RCPT TO:") {
            self.to = address_of(line);
            let reply = self.recipient();
            self.takes =
                matches!(reply, Next::Reply(text) | Next::Split(text) if text.starts_with('2'));
            return reply;
        }
        match upper.as_str() {
            "DATA" if !self.takes => Next::Reply("503 5.5.1 no valid recipients"),
            "DATA" => Next::Text,
            "QUIT" => Next::Drop,
            _ => Next::Reply("250 2.0.0 ok"),
        }
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
            if line == "." {
                return self.taken(text);
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
        Next::Drop
    }

    fn taken(&self, text: String) -> Next {
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
