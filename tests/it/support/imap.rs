//! A scripted IMAP server with one folder that is read and any number into which mail is moved. A [`Fault`] breaks a
//! command.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// How a command breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Nothing is answered any more.
    Hang,
    /// The connection is gone.
    Drop,
    /// This is said, after the command's tag.
    Say(&'static str),
    /// This is said without a tag, and the connection is gone.
    Last(&'static str),
    /// The same, and then line after line without end.
    Flood(&'static str),
}

/// The command that breaks, by what it begins with after its tag, and how often. `""` is the greeting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) at: &'static str,
    pub(crate) act: Act,
    pub(crate) times: usize,
}

/// A message in the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) text: String,
    pub(crate) flags: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) validity: u32,
    pub(crate) inbox: BTreeMap<u32, Kept>,
    pub(crate) folders: BTreeMap<String, Vec<Kept>>,
    pub(crate) abilities: &'static str,
    pub(crate) fault: Option<Fault>,
    pub(crate) commands: Vec<String>,
    /// The only access token that is taken.
    pub(crate) good: Option<String>,
    next: u32,
}

/// The server; it stops when it is dropped with its runtime.
#[derive(Debug, Clone)]
pub(crate) struct ScriptedImap {
    pub(crate) address: SocketAddr,
    pub(crate) state: Arc<Mutex<State>>,
}

impl ScriptedImap {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let state = State { validity: 7, abilities: "MOVE UIDPLUS", next: 1, ..State::default() };
        let state = Arc::new(Mutex::new(state));
        let server = Self { address: listener.local_addr().unwrap(), state: Arc::clone(&state) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Talk::new(stream, Arc::clone(&state)).run());
            }
        });
        server
    }

    /// Delivers a mail and gives its number.
    pub(crate) fn deliver(&self, text: &str) -> u32 {
        let mut state = self.state.lock().unwrap();
        let number = state.next;
        state.next += 3;
        let kept = Kept { text: text.replace('\n', "\r\n"), flags: Vec::new() };
        state.inbox.insert(number, kept);
        number
    }

    pub(crate) fn breaks(&self, at: &'static str, act: Act, times: usize) {
        self.state.lock().unwrap().fault = Some(Fault { at, act, times });
    }

    pub(crate) fn flags(&self, number: u32) -> Vec<String> {
        let state = self.state.lock().unwrap();
        state.inbox.get(&number).map_or_else(|| vec!["gone".to_owned()], |kept| kept.flags.clone())
    }

    /// How often a command that begins so was given.
    pub(crate) fn asked(&self, command: &str) -> usize {
        let state = self.state.lock().unwrap();
        state.commands.iter().filter(|seen| seen.starts_with(command)).count()
    }

    /// Numbers everything anew, as after a restore.
    pub(crate) fn renumber(&self) {
        let mut state = self.state.lock().unwrap();
        state.validity += 1;
        state.next = 1;
        let old = std::mem::take(&mut state.inbox);
        for kept in old.into_values() {
            let number = state.next;
            state.next += 1;
            state.inbox.insert(number, kept);
        }
    }
}

struct Talk {
    lines: BufReader<OwnedReadHalf>,
    out: OwnedWriteHalf,
    state: Arc<Mutex<State>>,
}

impl Talk {
    fn new(stream: TcpStream, state: Arc<Mutex<State>>) -> Self {
        let (read, out) = stream.into_split();
        Self { lines: BufReader::new(read), out, state }
    }

    async fn run(mut self) {
        if !self.is_broken("", "*").await {
            self.say("* OK scripted").await;
        }
        let mut line = String::new();
        loop {
            line.clear();
            if self.lines.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or(("*", ""));
            let (tag, command) = (tag.to_owned(), command.to_owned());
            self.state.lock().unwrap().commands.push(command.clone());
            if self.is_broken(&command, &tag).await {
                continue;
            }
            if command == "AUTHENTICATE XOAUTH2" {
                let end = self.sign_in().await;
                self.say(&format!("{tag} {end}")).await;
                continue;
            }
            for said in self.answer(&command) {
                self.say(&said).await;
            }
            self.say(&format!("{tag} {}", self.end(&command))).await;
            if command == "LOGOUT" {
                return;
            }
        }
    }

    /// A token that is not taken is answered with the reason, which wants an empty line.
    async fn sign_in(&mut self) -> &'static str {
        self.say("+ ").await;
        let mut line = String::new();
        self.lines.read_line(&mut line).await.unwrap();
        let sasl = String::from_utf8(BASE64.decode(line.trim().as_bytes()).unwrap()).unwrap();
        let good = {
            let mut state = self.state.lock().unwrap();
            state.commands.push(sasl.replace('\u{1}', " "));
            state.good.clone().unwrap_or_default()
        };
        if sasl == format!("user=bounce@example.org\u{1}auth=Bearer {good}\u{1}\u{1}") {
            return "OK signed in";
        }
        self.say("+ eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==").await;
        line.clear();
        self.lines.read_line(&mut line).await.unwrap();
        assert_eq!(line, "\r\n", "a challenge wants an empty answer");
        "NO AUTHENTICATE failed"
    }

    async fn say(&mut self, text: &str) {
        let _ = self.out.write_all(format!("{text}\r\n").as_bytes()).await;
    }

    async fn is_broken(&mut self, command: &str, tag: &str) -> bool {
        let act = {
            let mut state = self.state.lock().unwrap();
            match &mut state.fault {
                Some(fault) if fault.times > 0 && begins(command, fault.at) => {
                    fault.times -= 1;
                    fault.act
                }
                _ => return false,
            }
        };
        match act {
            Act::Hang => std::future::pending().await,
            Act::Drop => drop(self.out.shutdown().await),
            Act::Say(text) => self.say(&format!("{tag} {text}")).await,
            Act::Last(text) => {
                let _ = self.out.write_all(text.as_bytes()).await;
                let _ = self.out.shutdown().await;
            }
            Act::Flood(text) => while self.out.write_all(text.as_bytes()).await.is_ok() {},
        }
        if !matches!(act, Act::Say(_)) {
            // Whatever still comes is not answered.
            let mut rest = Vec::new();
            let _ = self.lines.read_to_end(&mut rest).await;
        }
        true
    }

    fn answer(&self, command: &str) -> Vec<String> {
        let mut state = self.state.lock().unwrap();
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            ["CAPABILITY"] => vec![format!("* CAPABILITY IMAP4rev1 {}", state.abilities)],
            ["SELECT", ..] => vec![
                format!("* {} EXISTS", state.inbox.len()),
                format!("* OK [UIDVALIDITY {}] valid", state.validity),
                format!("* OK [UIDNEXT {}] next", state.next),
            ],
            ["UID", "SEARCH", "UID", range] => {
                let first: u32 = range.trim_end_matches(":*").parse().unwrap();
                let last = state.inbox.keys().last().copied();
                let is_asked = |n: &&u32| **n >= first || Some(**n) == last;
                // The latest first: nothing says that the numbers come in order.
                let found = state.inbox.keys().rev().filter(is_asked);
                vec![found.fold("* SEARCH".to_owned(), |all, n| format!("{all} {n}"))]
            }
            ["UID", "FETCH", number, ..] => {
                let number: u32 = number.parse().unwrap();
                let Some(kept) = state.inbox.get(&number) else { return Vec::new() };
                let text = &kept.text[..kept.text.len().min(1 << 20)];
                vec![
                    "* 1 EXISTS".to_owned(),
                    format!("* 1 FETCH (UID {number} BODY[]<0> {{{}}}\r\n{text})", text.len()),
                ]
            }
            ["UID", "STORE", number, _, flag] => {
                let flag = flag.trim_matches(['(', ')']).to_owned();
                if let Some(kept) = state.inbox.get_mut(&number.parse().unwrap()) {
                    kept.flags.push(flag);
                }
                Vec::new()
            }
            ["UID", verb @ ("MOVE" | "COPY"), number, to] => {
                let (number, to) = (number.parse().unwrap(), to.trim_matches('"'));
                let Some(kept) = state.inbox.get(&number).cloned() else { return Vec::new() };
                if let Some(folder) = state.folders.get_mut(to) {
                    folder.push(kept);
                    if *verb == "MOVE" {
                        state.inbox.remove(&number);
                    }
                }
                Vec::new()
            }
            ["UID", "EXPUNGE", number] => {
                let number = number.parse().unwrap();
                let is_deleted = |kept: &Kept| kept.flags.iter().any(|flag| flag == "\\Deleted");
                if state.inbox.get(&number).is_some_and(is_deleted) {
                    state.inbox.remove(&number);
                }
                Vec::new()
            }
            ["CREATE", name] => {
                state.folders.entry(name.trim_matches('"').to_owned()).or_default();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn end(&self, command: &str) -> String {
        let state = self.state.lock().unwrap();
        let to = command.rsplit('"').nth(1).unwrap_or_default();
        let moves = command.starts_with("UID MOVE") || command.starts_with("UID COPY");
        if moves && !state.folders.contains_key(to) {
            return "NO [TRYCREATE] there is no such folder".to_owned();
        }
        "OK done".to_owned()
    }
}

fn begins(command: &str, at: &str) -> bool {
    if at.is_empty() { command.is_empty() } else { command.starts_with(at) }
}
