//! `sitrep admin`: who may edit on the web site, and which programs may use the API.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::{Args, Subcommand, ValueEnum};

use super::global::Global;
use super::output::{self, Format};
use crate::app;
use crate::model::access::{Program, Scope};
use crate::model::id::content_hash;
use crate::model::staff::{Staff, StaffRole};
use crate::model::{Clock as _, SystemClock};
use crate::store::{Db, api, staff};
use crate::web::password;

/// Who may edit on the web site, and which programs may use the API: add, list and remove them
#[derive(Debug, Args)]
pub(crate) struct Admin {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add somebody who signs in with a password, or give them a new password or role; their sessions end
    AddUser(AddUser),
    /// Everybody who may sign in
    ListUsers(ListUsers),
    /// Take somebody away; their sessions end
    RemoveUser(RemoveUser),
    /// Give a program a token for the API; it is printed once and kept as a hash only
    AddToken(AddToken),
    /// Every program that has a token
    ListTokens(ListUsers),
    /// Take a program's token away
    RemoveToken(RemoveUser),
}

#[derive(Debug, Args)]
struct AddUser {
    /// The name that they sign in with
    name: String,
    /// viewer sees, editor changes sources and events, admin sees who did what too
    #[arg(long, value_enum, default_value_t = Role::Editor)]
    role: Role,
    /// A file with the password in its first line; left out, it is read from standard input
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ListUsers {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct RemoveUser {
    /// The name
    name: String,
}

#[derive(Debug, Args)]
struct AddToken {
    /// What the program is called; the record of changes says so
    name: String,
    /// read: sources, events, digests, editions, runs; digests: have some made; edit: change sources and events, run
    /// editions; subscribers: see and change who subscribes, and what was mailed to whom. More than once for several
    #[arg(long = "scope", value_enum, required = true)]
    scopes: Vec<TokenScope>,
}

/// What a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TokenScope {
    Read,
    Digests,
    Edit,
    Subscribers,
}

impl From<TokenScope> for Scope {
    fn from(scope: TokenScope) -> Self {
        match scope {
            TokenScope::Read => Self::Read,
            TokenScope::Digests => Self::Digests,
            TokenScope::Edit => Self::Edit,
            TokenScope::Subscribers => Self::Subscribers,
        }
    }
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    Viewer,
    Editor,
    Admin,
}

impl From<Role> for StaffRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Viewer => Self::Viewer,
            Role::Editor => Self::Editor,
            Role::Admin => Self::Admin,
        }
    }
}

impl Admin {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let db = app::database(&global.load()?).await?;
        match self.command {
            Command::AddUser(command) => {
                let role = StaffRole::from(command.role);
                let name = command.name.trim().to_owned();
                ensure!(!name.is_empty(), "the name is empty");
                let hash = password::hash(&given(command.password_file.as_deref())?)?;
                let created_at = SystemClock.now();
                staff::put(&db, &Staff { name: name.clone(), role, created_at }, &hash).await?;
                output::line(format!("`{name}` may sign in as {}", role.word()))
            }
            Command::ListUsers(command) => list(&staff::list(&db).await?, command.format),
            Command::RemoveUser(command) => {
                if !staff::remove(&db, &command.name).await? {
                    bail!(
                        "nobody is called `{}`; `sitrep admin list-users` shows them",
                        command.name
                    );
                }
                output::line(format!("`{}` may not sign in any more", command.name))
            }
            Command::AddToken(command) => command.run(&db).await,
            Command::ListTokens(command) => list_programs(&api::list(&db).await?, command.format),
            Command::RemoveToken(command) => {
                if !api::remove(&db, &command.name).await? {
                    bail!(
                        "no program is called `{}`; `sitrep admin list-tokens` shows them",
                        command.name
                    );
                }
                output::line(format!(
                    "the token of `{}` is good for nothing any more",
                    command.name
                ))
            }
        }
    }
}

impl AddToken {
    async fn run(self, db: &Db) -> anyhow::Result<()> {
        let name = self.name.trim().to_owned();
        ensure!(!name.is_empty(), "the name is empty");
        let token = password::token()?;
        let scopes = self.scopes.into_iter().map(Scope::from).collect();
        let program = Program { name, scopes, created_at: SystemClock.now() };
        if !api::put(db, &program, &content_hash(&token)).await? {
            bail!(
                "there is a program `{0}` already; take its token away with `sitrep admin remove-token {0}`",
                program.name
            );
        }
        output::note("the token is not shown again:");
        output::line(token)
    }
}

fn list_programs(all: &[Program], format: Format) -> anyhow::Result<()> {
    match format {
        Format::Json => output::json(&all),
        Format::Text => output::table(
            &["NAME", "SCOPES", "SINCE"],
            all.iter().map(|one| {
                let scopes: Vec<_> = one.scopes.iter().map(|scope| scope.word()).collect();
                let since = one.created_at.strftime("%F %R").to_string();
                vec![one.name.clone(), scopes.join(" "), since]
            }),
        ),
    }
}

fn list(all: &[Staff], format: Format) -> anyhow::Result<()> {
    match format {
        Format::Json => {
            let value = |one: &Staff| serde_json::json!({"name": one.name, "role": one.role, "created_at": one.created_at});
            output::json(&all.iter().map(value).collect::<Vec<_>>())
        }
        Format::Text => output::table(
            &["NAME", "ROLE", "SINCE"],
            all.iter().map(|one| {
                let since = one.created_at.strftime("%F %R").to_string();
                vec![one.name.clone(), one.role.word().to_owned(), since]
            }),
        ),
    }
}

/// The password: never an argument, which other processes could see.
fn given(file: Option<&Path>) -> anyhow::Result<String> {
    let text = if let Some(path) = file {
        std::fs::read_to_string(path)
            .with_context(|| format!("cannot read `{}`", path.display()))?
    } else {
        let mut err = anstream::stderr().lock();
        // Where the question cannot be written, the answer is still read.
        let _ = write!(err, "Password (at least {} characters): ", password::SHORTEST);
        let _ = err.flush();
        let mut line = String::new();
        io::stdin().read_line(&mut line).context("cannot read the password")?;
        line
    };
    let first = text.lines().next().unwrap_or_default();
    Ok(first.to_owned())
}
