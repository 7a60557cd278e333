//! The files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{FileError, KINDS};

/// How deep folders are entered.
const DEEPEST: usize = 4;

/// How many files of a folder are listed.
const MOST_FILES: usize = 500_000;

/// A file of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedFile {
    /// Where it is.
    pub path: PathBuf,
    /// The name by which it is known: its path within the folder.
    pub name: String,
    /// When it was last written, where the system knows.
    pub changed: Option<Timestamp>,
}

impl ListedFile {
    /// Whether it holds several articles, and may grow.
    pub fn is_list(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl"))
    }

    fn of(path: &Path, folder: Option<&Path>) -> Self {
        let written = fs::metadata(path).and_then(|metadata| metadata.modified());
        let changed = written.ok().and_then(|at| Timestamp::try_from(at).ok());
        Self { path: path.to_owned(), name: name_of(path, folder), changed }
    }
}

/// The readable files below `path` in the order of their names; for a single file, that file. Hidden files and linked
/// folders are left out.
///
/// # Errors
/// Where the path does not exist or the folder cannot be listed.
pub fn list(path: &Path) -> Result<Vec<ListedFile>, FileError> {
    let metadata =
        fs::metadata(path).map_err(|source| FileError::Io { path: path.to_owned(), source })?;
    if metadata.is_file() {
        return Ok(vec![ListedFile::of(path, path.parent())]);
    }
    let mut found = Vec::new();
    enter(path, 0, &mut found)?;
    found.sort();
    found.truncate(MOST_FILES);
    Ok(found.iter().map(|file| ListedFile::of(file, Some(path))).collect())
}

fn enter(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), FileError> {
    let io = |source| FileError::Io { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let kind = entry.file_type().map_err(io)?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth < DEEPEST {
            enter(&entry.path(), depth + 1, found)?;
        } else if !kind.is_dir() && is_readable(&entry.path()) {
            found.push(entry.path());
        }
    }
    Ok(())
}

fn is_readable(path: &Path) -> bool {
    let kind = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    KINDS.contains(&kind.as_str())
}

fn name_of(file: &Path, folder: Option<&Path>) -> String {
    let within = folder.and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file);
    within.to_string_lossy().replace('\\', "/")
}
