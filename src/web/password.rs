//! Passwords of those who edit: Argon2id with 19 MiB and two passes (S-10); and tokens, which nobody has to remember.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use data_encoding::BASE32_NOPAD;
use ring::rand::{SecureRandom as _, SystemRandom};

/// The shortest password that is taken, in characters.
pub const SHORTEST: usize = 12;

/// What is checked where nobody has the name that was given, so that it takes as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash("no password of anybody").ok());

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// It is too short.
    #[error(
        "a password needs at least {SHORTEST} characters; a few words are easier to keep than one"
    )]
    Short,
    /// The system or the hash failed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
}

/// The hash of a new password, in PHC form.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::Short);
    }
    let mut salt = [0; 16];
    let filled = SystemRandom::new().fill(&mut salt);
    filled.map_err(|_| PasswordError::Hash("the system gives no random numbers".to_owned()))?;
    let wrong = |error: argon2::password_hash::Error| PasswordError::Hash(error.to_string());
    let salt = SaltString::encode_b64(&salt).map_err(wrong)?;
    // The defaults of the crate are Argon2id with 19 MiB, two passes and one lane.
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt).map_err(wrong)?.to_string())
}

/// A new token: 256 random bits, as small letters and digits (S-8).
pub fn token() -> Result<String, PasswordError> {
    let mut bytes = [0; 32];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| PasswordError::Hash("the system gives no random numbers".to_owned()))?;
    Ok(BASE32_NOPAD.encode(&bytes).to_lowercase())
}

/// Whether a password has that hash. Without a hash it takes as long and is false.
pub(super) fn is_right(password: &str, hash: Option<&str>) -> bool {
    let stored = hash.or(NOBODY.as_deref()).and_then(|hash| PasswordHash::new(hash).ok());
    let verified = stored.is_some_and(|stored| {
        Argon2::default().verify_password(password.as_bytes(), &stored).is_ok()
    });
    verified && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_10_a_password_is_hashed_by_argon2id_with_19_mib_and_two_passes() {
        let hash = hash("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_right("correct horse battery", Some(&hash)));
        assert!(!is_right("correct horse batterx", Some(&hash)));
    }

    #[test]
    fn s_10_nobody_has_no_password_and_a_short_one_is_refused() {
        assert!(!is_right("no password of anybody", None));
        assert!(matches!(hash("short"), Err(PasswordError::Short)));
    }
}
