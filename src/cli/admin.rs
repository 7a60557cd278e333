//! `sitrep admin`: who may edit on the web site.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::{Args, Subcommand, ValueEnum};

use super::global::Global;
use super::output::{self, Format};
use crate::app;
use crate::model::staff::{Staff, StaffRole};
use crate::model::{Clock as _, SystemClock};
use crate::store::staff;
use crate::web::password;

/// Who may edit on the web site: add, list and remove them
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
        }
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
