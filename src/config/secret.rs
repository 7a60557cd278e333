//! Secrets: given as a value or, better, as a file.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Serialize as _, Serializer};

use super::ConfigError;

/// The secret of `key`, from its value or from its file; none when neither is given.
pub fn resolve(
    key: &str,
    value: Option<&SecretString>,
    file: Option<&PathBuf>,
    folder: &Path,
) -> Result<Option<SecretString>, ConfigError> {
    let wrong = |message: String| ConfigError::Secret { key: key.to_owned(), message };
    match (value, file) {
        (Some(_), Some(_)) => Err(wrong(format!("give `{key}` or `{key}_file`, not both"))),
        (Some(value), None) => Ok(Some(value.clone())),
        (None, None) => Ok(None),
        (None, Some(file)) => {
            let path = folder.join(file);
            let text = std::fs::read_to_string(&path)
                .map_err(|error| wrong(format!("cannot read `{}`: {error}", path.display())))?;
            Ok(Some(SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned())))
        }
    }
}

/// Writes that there is a secret, and not which.
#[expect(clippy::ref_option, reason = "serde passes the field as it is")]
pub(super) fn hidden<S: Serializer>(
    secret: &Option<SecretString>,
    to: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(|_| "…").serialize(to)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_secret_is_read_from_its_file_without_the_line_end() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("pw"), "hunter2\n").unwrap();
        let secret = resolve("k", None, Some(&PathBuf::from("pw")), dir.path()).unwrap().unwrap();
        assert_eq!(secret.expose_secret(), "hunter2");
    }

    #[test]
    fn s_13_a_secret_does_not_show_in_debug_output() {
        assert!(!format!("{:?}", SecretString::from("hunter2".to_owned())).contains("hunter2"));
    }

    #[test]
    fn a_secret_given_twice_is_refused() {
        let value = SecretString::from("a".to_owned());
        assert!(resolve("k", Some(&value), Some(&PathBuf::from("pw")), Path::new("")).is_err());
    }
}
