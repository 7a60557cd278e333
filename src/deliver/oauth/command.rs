//! A program that prints a token.

use std::process::Stdio;

use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;
use tokio::time::timeout;

use super::answer::{Answer, Granted, is_token, one_line};
use crate::deliver::http::PATIENCE;

/// The most that is read of what a program prints.
const LONGEST: u64 = 64 << 10;

/// Runs a program without a shell and takes the token that it prints. Its first line of complaint is told; what it
/// prints never is.
pub(super) async fn run(command: &[String]) -> Result<Granted, String> {
    let Some((program, arguments)) = command.split_first() else {
        return Err("`token_command` names no program".to_owned());
    };
    let ran = timeout(PATIENCE, output(program, arguments)).await;
    let (success, printed, complaint) = match ran {
        Ok(Ok(ran)) => ran,
        Ok(Err(error)) => {
            return Err(format!("`{program}` of `token_command` cannot be run: {error}"));
        }
        Err(_) => return Err(format!("`{program}` of `token_command` did not end in time")),
    };
    // whether a program whose output is read no further ends well is chance
    if printed.len() as u64 >= LONGEST {
        return Err(format!("`{program}` of `token_command` prints far more than a token"));
    }
    if !success {
        let said = Some(one_line(&complaint)).filter(|said| !said.is_empty());
        let said = said.map_or_else(|| " and says nothing".to_owned(), |said| format!(": {said}"));
        return Err(format!("`{program}` of `token_command` failed{said}"));
    }
    taken(&printed).map_err(|why| format!("`{program}` of `token_command`: {why}"))
}

fn taken(printed: &str) -> Result<Granted, String> {
    let printed = printed.trim();
    if let Ok(answer) = serde_json::from_str::<Answer>(printed) {
        return answer.granted();
    }
    if is_token(printed) {
        return Ok(Granted { token: SecretString::from(printed.to_owned()), lifetime: None });
    }
    Err("it prints no access token".to_owned())
}

async fn output(program: &str, arguments: &[String]) -> std::io::Result<(bool, String, String)> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let (printed, complaint) = (child.stdout.take(), child.stderr.take());
    let (printed, complaint) = tokio::join!(whole(printed), whole(complaint));
    Ok((child.wait().await?.success(), printed?, complaint?))
}

async fn whole(from: Option<impl AsyncRead + Unpin>) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        from.take(LONGEST).read_to_end(&mut bytes).await?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
