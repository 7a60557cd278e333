//! A connection to a mail server that nobody knows: encrypted where it can be, and bounded in what it may say.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::deliver::smtp::{Dialogue, refused};
use crate::model::delivery::SendOutcome;
use crate::model::reply::Way;

/// What a server may say on one connection, in bytes; a reply has some hundred.
const WORDS: usize = 1 << 20;
/// How long it may take until a server answers at all.
const ANSWER: Duration = Duration::from_secs(20);

/// How we come to a server.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub(super) hello: ClientId,
    pub(super) require_tls: bool,
    pub(super) patience: Duration,
}

/// Why there is no connection.
pub(super) enum NoLink {
    /// The server said so; its words begin with their code.
    Refused(SendOutcome),
    /// There is no way to it, or it does not speak SMTP.
    Broken(String),
}

impl Manner {
    /// Connects and greets. TLS is used where it is offered, whoever's certificate it is: without a name that is known
    /// beforehand, to refuse one would only mean to send in the clear. Where TLS does not come about, it is done without.
    pub(super) async fn connect(
        &self,
        name: &str,
        at: SocketAddr,
    ) -> Result<(Dialogue, Way), NoLink> {
        let plain = self.greeted(at).await?;
        if !plain.can_starttls() {
            return if self.require_tls {
                Err(NoLink::Broken(
                    "it offers no TLS, which `deliver.mx.require_tls` asks for".to_owned(),
                ))
            } else {
                self.ready(plain, Way::Clear).await
            };
        }
        match self.secured(plain, name).await {
            Ok(secured) => self.ready(secured, Way::Tls).await,
            Err(why) if self.require_tls => Err(why),
            Err(_) => self.ready(self.greeted(at).await?, Way::Clear).await,
        }
    }

    async fn greeted(&self, at: SocketAddr) -> Result<AsyncSmtpConnection, NoLink> {
        let stream = self.within(ANSWER, TcpStream::connect(at)).await?.map_err(broken)?;
        stream.set_nodelay(true).map_err(broken)?;
        let stream = Bounded { stream, left: WORDS };
        let connecting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello);
        self.within(self.patience, connecting).await?.map_err(|error| no_link(&error))
    }

    async fn secured(
        &self,
        mut connection: AsyncSmtpConnection,
        name: &str,
    ) -> Result<AsyncSmtpConnection, NoLink> {
        let tls = TlsParameters::builder(name.to_owned())
            .dangerous_accept_invalid_certs(true)
            .dangerous_accept_invalid_hostnames(true)
            .build()
            .map_err(broken)?;
        let upgrading = connection.starttls(tls, &self.hello);
        self.within(self.patience, upgrading).await?.map_err(|error| no_link(&error))?;
        Ok(connection)
    }

    /// lettre does not keep whether the server takes commands in one go (RFC 2920), so it is asked again.
    async fn ready(
        &self,
        mut connection: AsyncSmtpConnection,
        way: Way,
    ) -> Result<(Dialogue, Way), NoLink> {
        let asking = connection.command(Ehlo::new(self.hello.clone()));
        let offers = self.within(self.patience, asking).await?.map_err(|error| no_link(&error))?;
        let pipelining = offers.message().any(|line| line.eq_ignore_ascii_case("PIPELINING"));
        Ok((Dialogue::new(connection, pipelining), way))
    }

    async fn within<T>(&self, limit: Duration, step: impl Future<Output = T>) -> Result<T, NoLink> {
        let limit = limit.min(self.patience);
        timeout(limit, step).await.map_err(|_| NoLink::Broken("no answer in time".to_owned()))
    }
}

fn broken(error: impl std::fmt::Display) -> NoLink {
    NoLink::Broken(error.to_string())
}

fn no_link(error: &Error) -> NoLink {
    if error.status().is_some() { NoLink::Refused(refused(error)) } else { broken(error) }
}

/// A stream that ends when a server says more than any has to say.
#[derive(Debug)]
struct Bounded {
    stream: TcpStream,
    left: usize,
}

impl AsyncTokioStream for Bounded {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for Bounded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = &read {
            let came = buffer.filled().len() - before;
            self.left = self.left.checked_sub(came).ok_or_else(too_much)?;
        }
        read
    }
}

fn too_much() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it says more than there is to say")
}

impl AsyncWrite for Bounded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
