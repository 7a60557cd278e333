//! A program of this machine that takes a message on its standard input.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use super::message::Mail;
use crate::model::delivery::SendOutcome;

/// `sysexits.h`: a failure that will pass.
const EX_TEMPFAIL: i32 = 75;
/// `sysexits.h`: no such user, no such host.
const EX_NOUSER: i32 = 67;
const EX_NOHOST: i32 = 68;

/// The program, called once a message.
#[derive(Debug, Clone)]
pub(super) struct Sendmail {
    program: PathBuf,
    patience: Duration,
}

impl Sendmail {
    pub(super) fn new(program: &Path, patience: Duration) -> Self {
        Self { program: program.to_owned(), patience }
    }

    /// Which program it is.
    pub(super) fn program(&self) -> &Path {
        &self.program
    }

    /// Hands one message over. A program that dies without saying why may have taken it.
    pub(super) async fn send(&self, mail: &Mail) -> SendOutcome {
        let name = self.program.display();
        match timeout(self.patience, self.call(mail)).await {
            Err(_) => SendOutcome::Unknown(format!("`{name}` did not end in time")),
            Ok(Err(error)) => SendOutcome::Deferred(format!("`{name}` cannot be run: {error}")),
            Ok(Ok((Some(0), _))) => SendOutcome::Accepted(format!("250 `{name}` took it")),
            Ok(Ok((Some(EX_TEMPFAIL), said))) => SendOutcome::Deferred(format!("450 {said}")),
            Ok(Ok((Some(EX_NOUSER | EX_NOHOST), said))) => {
                SendOutcome::Failed(format!("550 5.1.1 {said}"))
            }
            Ok(Ok((Some(code), said))) => {
                SendOutcome::Failed(format!("500 `{name}` ended with {code}: {said}"))
            }
            Ok(Ok((None, said))) => SendOutcome::Unknown(format!("`{name}` was killed: {said}")),
        }
    }

    /// The exit code and the last words. Lines end as is usual on this machine, and a lone dot is text.
    async fn call(&self, mail: &Mail) -> std::io::Result<(Option<i32>, String)> {
        let from = mail.envelope.from().map(ToString::to_string).unwrap_or_default();
        let mut child = Command::new(&self.program)
            .args(["-i", "-f", &from, "--"])
            .args(mail.envelope.to().iter().map(ToString::to_string))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            let unix = String::from_utf8_lossy(&mail.bytes).replace("\r\n", "\n");
            input.write_all(unix.as_bytes()).await?;
        }
        let ended = child.wait_with_output().await?;
        let said = String::from_utf8_lossy(&ended.stderr);
        Ok((ended.status.code(), said.trim().chars().take(400).collect()))
    }
}
