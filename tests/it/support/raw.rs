//! A server below HTTP: it writes the bytes that a test scripts, however wrong they are, and counts them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What is written to each connection, once its request has come.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// First this, at once.
    pub head: Vec<u8>,
    /// Then this …
    pub chunk: Vec<u8>,
    /// … so many times …
    pub times: usize,
    /// … with a pause before each. Then the connection is closed.
    pub pause: Duration,
}

/// The server; it is gone when dropped.
pub(crate) struct RawServer {
    address: SocketAddr,
    sent: Arc<AtomicUsize>,
    connects: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl RawServer {
    /// Starts on a free port; connections are served by the scripts in turn, the last one for ever.
    pub(crate) async fn start(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sent, connects) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (count, number) = (Arc::clone(&sent), Arc::clone(&connects));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = number.fetch_add(1, Ordering::SeqCst);
                let script = scripts[number.min(scripts.len() - 1)].clone();
                tokio::spawn(serve(stream, script, Arc::clone(&count)));
            }
        });
        Self { address, sent, connects, task }
    }

    /// Where it listens, `127.0.0.1:port`.
    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    /// How many bytes it could write.
    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }

    /// How many connections there were.
    pub(crate) fn connects(&self) -> usize {
        self.connects.load(Ordering::SeqCst)
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, script: Script, sent: Arc<AtomicUsize>) {
    let mut request = [0; 4096];
    if stream.read(&mut request).await.is_err() {
        return;
    }
    let chunks = std::iter::repeat_n(&script.chunk, script.times);
    for (number, bytes) in std::iter::once(&script.head).chain(chunks).enumerate() {
        if number > 0 {
            tokio::time::sleep(script.pause).await;
        }
        if stream.write_all(bytes).await.is_err() {
            return;
        }
        sent.fetch_add(bytes.len(), Ordering::SeqCst);
    }
}
