//! `sitrep dkim`: keys that sign.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};

use super::global::Global;
use super::output;
use crate::deliver::dkim::{NewKey, Signer, generate};

/// Make keys that sign mail, and show what must stand in the DNS
#[derive(Debug, Args)]
pub(crate) struct Dkim {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Generate(Generate),
}

/// Make a key beside the configuration; prints the DNS record and the line for `[deliver]`
#[derive(Debug, Args)]
struct Generate {
    /// Under which name receivers look for it; a new one for each new key, so that both work while the DNS changes
    #[arg(long, default_value = "s1")]
    selector: String,
    /// Which kind; the first key must be RSA, Ed25519 is only an addition
    #[arg(long, value_enum, default_value_t)]
    algorithm: Algorithm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Algorithm {
    /// 2,048 bits.
    #[default]
    Rsa,
    Ed25519,
}

impl Dkim {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::Generate(command) => command.run(global),
        }
    }
}

impl Generate {
    fn run(self, global: &Global) -> anyhow::Result<()> {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if self.selector.is_empty() || !self.selector.chars().all(letters) {
            bail!("`{}` is no selector; use letters, digits and `-`", self.selector);
        }
        let config = global.load()?;
        let file = PathBuf::from(format!("dkim-{}.pem", self.selector));
        let path = config.resolve(&file);
        let kind = match self.algorithm {
            Algorithm::Rsa => NewKey::Rsa,
            Algorithm::Ed25519 => NewKey::Ed25519,
        };
        generate(kind, &path)?;
        let signer = Signer::open(config.deliver.domain(), &self.selector, &path)?;
        let (name, record) = signer.record();
        output::line(format!("wrote `{}`; put this into the DNS:", path.display()))?;
        output::line(format!("{name}. IN TXT {}", quoted(&record)))?;
        output::line(format!(
            "and this into `[deliver]` once the DNS has it:\ndkim = [{{ selector = \"{}\", key_file = \"{}\" }}]",
            self.selector,
            file.display()
        ))
    }
}

/// Strings of at most 255 characters, as a TXT record holds them.
pub(super) fn quoted(record: &str) -> String {
    let parts: Vec<_> = record.as_bytes().chunks(250).map(String::from_utf8_lossy).collect();
    parts.iter().map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(" ")
}
