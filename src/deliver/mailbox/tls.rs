//! TLS to a mailbox: the system's certificates, and the one of the configuration.

use std::path::PathBuf;
use std::sync::Arc;

use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, DEFAULT_VERSIONS};

use crate::deliver::DeliverError;

/// TLS for connections to `host`.
pub(super) fn connector(
    host: &str,
    ca_file: Option<PathBuf>,
) -> Result<TlsConnector, DeliverError> {
    let wrong = |error: tokio_rustls::rustls::Error| DeliverError::MailboxTls {
        host: host.to_owned(),
        why: error.to_string(),
    };
    let provider = Arc::new(ring::default_provider());
    let trusted = ca_file.map(certificates).transpose()?.unwrap_or_default();
    let verifier = Verifier::new_with_extra_roots(trusted, Arc::clone(&provider)).map_err(wrong)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(DEFAULT_VERSIONS)
        .map_err(wrong)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The certificates in a PEM file.
fn certificates(path: PathBuf) -> Result<Vec<CertificateDer<'static>>, DeliverError> {
    let read = || {
        let pem = std::fs::read(&path).map_err(|error| error.to_string())?;
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
        match found {
            Ok(found) if found.is_empty() => Err("there is no certificate in it".to_owned()),
            Ok(found) => Ok(found),
            Err(error) => Err(error.to_string()),
        }
    };
    read().map_err(|why| DeliverError::Key { path, why })
}
