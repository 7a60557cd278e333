//! The options that every command takes.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{ArgAction, Args};

use crate::config::{Config, environment, load};
use crate::telemetry;

/// Where a configuration is looked for when none is named.
const USUAL_PLACES: &[&str] = &["config/sitrep.toml", "sitrep.toml"];

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// The configuration file [default: config/sitrep.toml, then sitrep.toml]
    #[arg(long, global = true, env = "SITREP_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Say more on standard error; twice for even more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Say only errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

impl Global {
    /// The configuration, and logging as it asks for.
    pub(crate) fn load(&self) -> anyhow::Result<Config> {
        let Some(path) = self.path() else {
            bail!(
                "no configuration: neither `config/sitrep.toml` nor `sitrep.toml` is here; \
                 write one with `sitrep init` or name one with --config"
            );
        };
        self.read(&path)
    }

    /// The configuration, and the file that it was read from.
    pub(crate) fn load_with_path(&self) -> anyhow::Result<(Config, PathBuf)> {
        let config = self.load()?;
        Ok((config, self.path().unwrap_or_default()))
    }

    /// Where a configuration of that name belongs that is not there yet.
    pub(crate) fn target(&self, name: &Path) -> PathBuf {
        let usual = || Path::new("config").join(name.file_name().unwrap_or_default());
        self.config.clone().unwrap_or_else(usual)
    }

    /// The configuration where there is one, else the defaults: for commands that need none.
    pub(crate) fn load_or_default(&self) -> anyhow::Result<Config> {
        if let Some(path) = self.path() {
            return self.read(&path);
        }
        let config = Config::default();
        telemetry::start(&config.log, self.verbosity());
        Ok(config)
    }

    fn read(&self, path: &Path) -> anyhow::Result<Config> {
        let config = load(path, &environment::variables())?;
        telemetry::start(&config.log, self.verbosity());
        Ok(config)
    }

    fn path(&self) -> Option<PathBuf> {
        let usual = || USUAL_PLACES.iter().map(PathBuf::from).find(|path| path.is_file());
        self.config.clone().or_else(usual)
    }

    /// -1 quiet, 0 as configured, 1 and more verbose.
    pub(crate) fn verbosity(&self) -> i8 {
        if self.quiet { -1 } else { i8::try_from(self.verbose).unwrap_or(i8::MAX) }
    }
}
