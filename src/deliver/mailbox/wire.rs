//! The stream under a mailbox: it breaks off when a server sends more than was asked for.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::PART;

/// What the answers to one command may come to, in bytes: a message, or the numbers of a million.
const ANSWER: u64 = 12 << 20;
/// The end of a line that is remembered: enough for the announcement of a literal.
const TAIL: usize = 32;

/// A connection, plain or encrypted.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

/// A stream whose answers are counted. A literal is measured by its announcement: the parser makes room for all of it
/// before the first byte of it has come.
#[derive(Debug)]
pub(super) struct Bounded {
    inner: Box<dyn Wire>,
    count: Count,
}

#[derive(Debug)]
struct Count {
    /// Bytes that may still come before the next command.
    left: u64,
    /// Bytes of a literal that are still to come.
    literal: u64,
    /// The end of the line so far.
    tail: Vec<u8>,
}

impl Bounded {
    pub(super) fn new(inner: impl Wire + 'static) -> Self {
        let count = Count { left: ANSWER, literal: 0, tail: Vec::with_capacity(2 * TAIL) };
        Self { inner: Box::new(inner), count }
    }

    /// Before each command.
    pub(super) fn refill(&mut self) {
        self.count.left = ANSWER;
    }
}

impl Count {
    fn see(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or_else(too_much)?;
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.literal > 0 {
                let inside = usize::try_from(self.literal).unwrap_or(usize::MAX).min(rest.len());
                self.literal -= u64::try_from(inside).unwrap_or(self.literal);
                rest = rest.get(inside..).unwrap_or_default();
                continue;
            }
            let end = rest.iter().position(|byte| *byte == b'\n');
            self.keep(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
            let Some(end) = end else { break };
            self.literal = announced(&self.tail);
            if self.literal > PART {
                return Err(too_much());
            }
            self.tail.clear();
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        Ok(())
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.tail.extend(bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default());
        let over = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..over);
    }
}

/// The size of the literal that a line announces at its end (RFC 9051, 4.3); 0 for none.
fn announced(line: &[u8]) -> u64 {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let Some(inside) = line.strip_suffix(b"}") else { return 0 };
    let inside = inside.strip_suffix(b"+").unwrap_or(inside);
    let digits = inside.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (before, digits) = inside.split_at(inside.len() - digits);
    if digits.is_empty() || !(before.is_empty() || before.ends_with(b"{")) {
        return 0;
    }
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX)
}

fn too_much() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it sends more than was asked for")
}

impl AsyncRead for Bounded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = &read {
            self.count.see(buffer.filled().get(before..).unwrap_or_default())?;
        }
        read
    }
}

impl AsyncWrite for Bounded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count() -> Count {
        Count { left: 1_000, literal: 0, tail: Vec::new() }
    }

    #[test]
    fn s_2_a_literal_that_is_too_long_is_refused_by_its_announcement_in_whatever_pieces_it_comes() {
        let line = b"* 1 FETCH (UID 1 BODY[]<0> {500000000}\r\n";
        assert!(count().see(line).is_err());
        let mut count = count();
        let seen: Vec<_> = line.iter().map(|byte| count.see(&[*byte]).is_ok()).collect();
        assert!(seen[..line.len() - 1].iter().all(|ok| *ok) && !seen[line.len() - 1]);
        for line in ["* OK {99999999999999999999999999}\r\n", "x {500000000+}\n"] {
            assert!(self::count().see(line.as_bytes()).is_err(), "{line}");
        }
    }

    #[test]
    fn what_looks_like_an_announcement_inside_a_literal_is_none() {
        let mut count = count();
        count.see(b"* 1 FETCH (BODY[] {20}\r\nx {500000000}\r\n12345)\r\na1 OK\r\n").unwrap();
        assert_eq!((count.literal, count.tail.as_slice()), (0, &b""[..]));
        for line in ["* OK {5} said\r\n", "* OK a5}\r\n", "* OK {}\r\n"] {
            assert!(self::count().see(line.as_bytes()).is_ok(), "{line}");
        }
    }

    #[test]
    fn s_2_endless_answers_are_cut_off() {
        let mut count = count();
        let fine = (0..200).take_while(|_| count.see(b"* 1 EXISTS\r\n").is_ok()).count();
        assert_eq!(fine, 83);
    }
}
