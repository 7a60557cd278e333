//! Files: single ones, or a folder of them.

mod folder;
mod json_lines;
mod mail;
mod plain;

use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

use super::decode::decode;
use super::page;
use super::reading::Reading;

pub use folder::{ListedFile, list};

/// The largest file read, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Kinds of files that are read, by the end of their names.
const KINDS: [&str; 7] = ["txt", "text", "md", "html", "htm", "eml", "jsonl"];

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system says no.
    #[error("`{}` cannot be read; check that it exists and that we may read it", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// It is larger than we read.
    #[error("`{}` is larger than {} MiB; split it", path.display(), LARGEST_FILE >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// Not one of the kinds that are read.
    #[error("`{}` is not a .txt, .html, .eml or .jsonl file", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
    },
}

/// What one file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileReading {
    /// The articles in it.
    pub articles: Vec<Reading>,
    /// What could not be read in it, one line each.
    pub skipped: Vec<String>,
}

/// Reads the articles of a file; `name` becomes their address where they have none of their own.
///
/// # Errors
/// Where the file cannot be read at all.
pub fn read_file(path: &Path, name: &str, page_limit: Duration) -> Result<FileReading, FileError> {
    let bytes = load(path)?;
    let text = || decode(&bytes, None);
    let kind = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    let mut read = match kind.as_str() {
        "jsonl" => json_lines::read(&text(), name),
        "eml" => one(mail::read(&bytes), name),
        "html" | "htm" => {
            one(page::read(text().into_owned(), None, page_limit).map_err(|e| e.to_string()), name)
        }
        "txt" | "text" | "md" | "" => one(plain::read(&text()), name),
        _ => return Err(FileError::Unknown { path: path.to_owned() }),
    };
    for article in &mut read.articles {
        if article.url.is_empty() {
            name.clone_into(&mut article.url);
        }
    }
    Ok(read)
}

fn one(read: Result<Reading, String>, name: &str) -> FileReading {
    match read {
        Ok(article) => FileReading { articles: vec![article], skipped: Vec::new() },
        Err(why) => FileReading { articles: Vec::new(), skipped: vec![format!("`{name}`: {why}")] },
    }
}

/// The bytes of a file that is not too large.
pub fn load(path: &Path) -> Result<Vec<u8>, FileError> {
    let io = |source| FileError::Io { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(io)?.len();
    if size > LARGEST_FILE {
        return Err(FileError::TooLarge { path: path.to_owned() });
    }
    std::fs::read(path).map_err(io)
}

/// The path that a source's address names: a `file:` address, `file:` with a relative path, or a path.
pub fn path_of(address: &str) -> PathBuf {
    let url = Url::parse(address).ok().filter(|_| address.starts_with("file:/"));
    url.and_then(|url| url.to_file_path().ok())
        .unwrap_or_else(|| PathBuf::from(address.strip_prefix("file:").unwrap_or(address)))
}

#[cfg(test)]
mod tests;
