//! An installation that reads one folder of articles.

use std::fs;
use std::path::Path;

use super::program::ok;

/// A folder with a configuration that reads one folder of articles.
pub(crate) fn newsdesk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    fs::create_dir(dir.path().join("articles")).unwrap();
    let articles = dir.path().join("articles");
    let source = format!(
        "[[source]]\nid = \"desk\"\nname = \"Our desk\"\nurl = \"file:{}\"\naligned_with = []\n",
        articles.display()
    );
    fs::write(dir.path().join("config/sources.toml"), source).unwrap();
    dir
}

/// Writes an article into the folder.
pub(crate) fn article(dir: &Path, name: &str, text: &str) {
    fs::write(dir.join("articles").join(name), text).unwrap();
}
