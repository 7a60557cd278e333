//! STARTTLS in front of a scripted SMTP server, with a certificate that nobody knows.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

/// Starts it; what comes after the handshake goes to `behind`.
pub(crate) async fn start(behind: SocketAddr) -> SocketAddr {
    let made = rcgen::generate_simple_self_signed(vec!["somebody.example".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, acceptor.clone(), behind));
        }
    });
    address
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, behind: SocketAddr) {
    let mut stream = BufReader::new(stream);
    let _ = stream.write_all(b"220 front.example ESMTP\r\n").await;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if line.starts_with("STARTTLS") {
            break;
        }
        let _ = stream.write_all(b"250-front.example\r\n250 STARTTLS\r\n").await;
    }
    let _ = stream.write_all(b"220 go ahead\r\n").await;
    let Ok(mut secured) = acceptor.accept(stream.into_inner()).await else { return };
    let mut behind = BufReader::new(TcpStream::connect(behind).await.unwrap());
    // The greeting was said before.
    line.clear();
    behind.read_line(&mut line).await.unwrap();
    let mut behind = behind.into_inner();
    let _ = copy_bidirectional(&mut secured, &mut behind).await;
}
