//! New keys, in files that only their owner can read.

use std::path::Path;

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::Ed25519KeyPair;
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey as _;

use crate::deliver::DeliverError;
use crate::deliver::token::write_secret;

/// Which kind of key to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewKey {
    /// 2,048 bits: what every receiver reads, and what a DNS record has room for.
    Rsa,
    /// Small and fast, in addition to an RSA key: large receivers still ignore it.
    Ed25519,
}

/// Makes a key in a new file; one that is there is never overwritten.
pub fn generate(kind: NewKey, path: &Path) -> Result<(), DeliverError> {
    let wrong = |why: String| DeliverError::Key { path: path.to_owned(), why };
    let der = match kind {
        NewKey::Rsa => {
            let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048)
                .map_err(|error| wrong(error.to_string()))?;
            key.to_pkcs8_der().map_err(|error| wrong(error.to_string()))?.as_bytes().to_vec()
        }
        NewKey::Ed25519 => Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .map_err(|error| wrong(error.to_string()))?
            .as_ref()
            .to_vec(),
    };
    write_secret(path, pem(&der).as_bytes()).map_err(|error| wrong(error.to_string()))
}

fn pem(der: &[u8]) -> String {
    let base64 = BASE64.encode(der);
    let lines: Vec<_> = base64.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}
