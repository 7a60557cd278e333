//! Private keys: read from PEM, used, and shown as the record that receivers look for.

use std::fs;
use std::path::Path;

use data_encoding::BASE64;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

use crate::deliver::DeliverError;
use crate::deliver::token::check_mode;

/// A key that signs.
#[derive(Debug)]
pub(super) enum SigningKey {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl SigningKey {
    /// Reads a PEM file, PKCS #1 or PKCS #8, that only its owner may read. RSA keys have 2,048 bits or more (D-5).
    pub(super) fn open(path: &Path) -> Result<Self, DeliverError> {
        check_mode(path)?;
        let wrong = |why: String| DeliverError::Key { path: path.to_owned(), why };
        let text = fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let der = PrivateKeyDer::from_pem_slice(&text)
            .map_err(|_| wrong("it holds no private key in PEM".to_owned()))?;
        Self::from_der(&der).map_err(wrong)
    }

    fn from_der(der: &PrivateKeyDer<'_>) -> Result<Self, String> {
        let rsa = |read: Result<RsaKeyPair, ring::error::KeyRejected>| {
            read.map(|key| Self::Rsa(Box::new(key)))
                .map_err(|error| format!("{error}; RSA keys need 2048 to 4096 bits"))
        };
        match der {
            PrivateKeyDer::Pkcs1(der) => rsa(RsaKeyPair::from_der(der.secret_pkcs1_der())),
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    Ok(key) => Ok(Self::Ed25519(key)),
                    Err(_) => rsa(RsaKeyPair::from_pkcs8(der)),
                }
            }
            _ => Err("it is neither RSA nor Ed25519".to_owned()),
        }
    }

    /// The `a=` of the signature.
    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// The text of the DNS record: RSA keys as `SubjectPublicKeyInfo`, Ed25519 keys bare (RFC 8463).
    pub(super) fn record(&self) -> String {
        match self {
            Self::Rsa(key) => {
                let key = BASE64.encode(&public_key_info(key.public().as_ref()));
                format!("v=DKIM1; k=rsa; p={key}")
            }
            Self::Ed25519(key) => {
                format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(key.public_key().as_ref()))
            }
        }
    }

    /// Signs; Ed25519 signs the hash (RFC 8463, section 3).
    pub(super) fn sign(&self, input: &[u8]) -> Result<Vec<u8>, DeliverError> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature)
                    .map_err(|_| DeliverError::Sign)?;
                Ok(signature)
            }
            Self::Ed25519(key) => Ok(key.sign(digest(&SHA256, input).as_ref()).as_ref().to_vec()),
        }
    }
}

/// `rsaEncryption` with no parameters, before the key as PKCS #1 (RFC 3279).
fn public_key_info(pkcs1: &[u8]) -> Vec<u8> {
    const ALGORITHM: [u8; 15] =
        [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let bits = tagged(0x03, &[&[0], pkcs1].concat());
    tagged(0x30, &[ALGORITHM.as_slice(), &bits].concat())
}

/// A DER value: tag, length, content.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let short: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    match short.as_slice() {
        [] => out.push(0),
        [one] if *one < 0x80 => out.push(*one),
        many => {
            out.push(0x80 | u8::try_from(many.len()).unwrap_or(8));
            out.extend(many);
        }
    }
    out.extend(content);
    out
}
