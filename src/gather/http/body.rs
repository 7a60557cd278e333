//! Bodies with limits: what comes over the wire and what it unpacks to are both counted (S-2).

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::error::FetchError;

/// A body may unpack to this many times its size …
const MOST_RATIO: usize = 100;

/// … once it has unpacked to more than this many bytes.
const RATIO_FROM: usize = 1 << 20;

/// The largest window that a zstd frame may ask for, as a power of two: 8 MiB (RFC 9659).
const ZSTD_WINDOW: u32 = 23;

/// For how much of the length that an answer tells room is made before anything has come, in bytes.
const BELIEVED: usize = 256 << 10;

/// Reads the body of `response` up to `limit` bytes, on the wire and unpacked.
pub(super) async fn read(
    response: &mut reqwest::Response,
    limit: u64,
    idle: u64,
) -> Result<Vec<u8>, FetchError> {
    let encoding =
        header(response, "content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let told = response.content_length().and_then(|length| usize::try_from(length).ok());
    let mut packed = Vec::with_capacity(told.unwrap_or(0).min(BELIEVED));
    loop {
        let chunk = response.chunk().await;
        let chunk =
            chunk.map_err(|e| FetchError::from_client(&e, response.url().as_str(), idle))?;
        let Some(chunk) = chunk else { break };
        if packed.len() + chunk.len() > most {
            return Err(too_large(limit));
        }
        packed.extend_from_slice(&chunk);
    }
    unpack(packed, &encoding, most)
}

/// A header as text.
pub(super) fn header(response: &reqwest::Response, name: &str) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn too_large(limit: u64) -> FetchError {
    FetchError::TooLarge { limit: limit >> 20 }
}

/// Unpacks a body of one encoding. More than one at once is refused: no honest server sends that.
pub(in crate::gather) fn unpack(
    packed: Vec<u8>,
    encoding: &str,
    limit: usize,
) -> Result<Vec<u8>, FetchError> {
    let broken = || FetchError::Encoding { encoding: encoding.chars().take(60).collect() };
    let bytes = packed.as_slice();
    match encoding {
        "" | "identity" => Ok(packed),
        "gzip" | "x-gzip" => counted(MultiGzDecoder::new(bytes), packed.len(), limit, broken),
        "br" => counted(brotli::Decompressor::new(bytes, 4096), packed.len(), limit, broken),
        "deflate" if is_zlib(bytes) => {
            counted(ZlibDecoder::new(bytes), packed.len(), limit, broken)
        }
        "deflate" => counted(DeflateDecoder::new(bytes), packed.len(), limit, broken),
        "zstd" => {
            let mut decoder =
                zstd::stream::read::Decoder::with_buffer(bytes).map_err(|_| broken())?;
            decoder.window_log_max(ZSTD_WINDOW).map_err(|_| broken())?;
            counted(decoder, packed.len(), limit, broken)
        }
        _ => Err(broken()),
    }
}

/// Servers send "deflate" with and without the zlib header that the standard asks for (RFC 1950, 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

/// Reads a decoder to its end, counting.
fn counted(
    mut decoder: impl Read,
    packed: usize,
    limit: usize,
    broken: impl Fn() -> FetchError,
) -> Result<Vec<u8>, FetchError> {
    let mut out = Vec::new();
    let mut buffer = vec![0; 16 << 10];
    loop {
        let read = decoder.read(&mut buffer).map_err(|_| broken())?;
        if read == 0 {
            return Ok(out);
        }
        if out.len() + read > RATIO_FROM && out.len() + read > packed.saturating_mul(MOST_RATIO) {
            return Err(FetchError::Bomb);
        }
        if out.len() + read > limit {
            return Err(too_large(limit as u64));
        }
        out.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const LIMIT: usize = 5 << 20;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn packed(encoding: &str, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        match encoding {
            "gzip" => out = gzip(bytes),
            "br" => brotli::CompressorWriter::new(&mut out, 4096, 5, 22).write_all(bytes).unwrap(),
            "zstd" => out = zstd::encode_all(bytes, 3).unwrap(),
            "deflate" => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(bytes).unwrap();
                out = encoder.finish().unwrap();
            }
            _ => {
                let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(bytes).unwrap();
                out = encoder.finish().unwrap();
            }
        }
        out
    }

    #[test]
    fn every_encoding_that_we_offer_is_read() {
        for (encoding, header) in [
            ("gzip", "gzip"),
            ("br", "br"),
            ("zstd", "zstd"),
            ("deflate", "deflate"),
            ("raw", "deflate"),
        ] {
            assert_eq!(
                unpack(packed(encoding, b"two villages"), header, LIMIT).unwrap(),
                b"two villages",
                "{encoding}"
            );
        }
    }

    #[test]
    fn s_2_ten_megabytes_of_zeros_are_refused_in_every_encoding() {
        let zeros = vec![0; 10 << 20];
        for encoding in ["gzip", "br", "zstd", "deflate"] {
            let error = unpack(packed(encoding, &zeros), encoding, LIMIT).unwrap_err();
            assert_eq!(error, FetchError::Bomb, "{encoding}");
        }
    }

    #[test]
    fn s_2_a_body_that_unpacks_beyond_the_limit_is_too_large() {
        let noise: Vec<u8> = (0u32..3 << 20)
            .flat_map(|i| (i.wrapping_mul(2_654_435_761) >> 20).to_le_bytes())
            .collect();
        let error = unpack(packed("gzip", &noise), "gzip", LIMIT).unwrap_err();
        assert_eq!(error, FetchError::TooLarge { limit: 5 });
    }

    #[test]
    fn s_2_nested_and_unknown_encodings_are_refused() {
        let nested = gzip(&gzip(b"x"));
        for encoding in ["gzip, gzip", "compress"] {
            assert!(matches!(
                unpack(nested.clone(), encoding, LIMIT),
                Err(FetchError::Encoding { .. })
            ));
        }
    }

    #[test]
    fn s_2_a_damaged_body_is_a_typed_error() {
        for encoding in ["gzip", "br", "zstd", "deflate"] {
            let error = unpack(b"this is not packed at all".to_vec(), encoding, LIMIT).unwrap_err();
            assert_eq!(error, FetchError::Encoding { encoding: encoding.to_owned() });
        }
    }

    #[test]
    fn s_2_of_a_stream_that_unpacks_without_end_little_more_than_the_limit_is_unpacked() {
        let mut unpacked = 0;
        let endless = std::io::repeat(0);
        let counting = CountingReader { inner: endless, read: &mut unpacked };
        let error = counted(counting, 1000, LIMIT, || FetchError::Bomb).unwrap_err();
        assert_eq!(error, FetchError::Bomb);
        assert!(unpacked <= RATIO_FROM + (32 << 10), "{unpacked}");
        let counting = CountingReader { inner: std::io::repeat(0), read: &mut unpacked };
        let error = counted(counting, LIMIT, LIMIT, || FetchError::Bomb).unwrap_err();
        assert_eq!(error, FetchError::TooLarge { limit: 5 });
    }

    struct CountingReader<'a, R> {
        inner: R,
        read: &'a mut usize,
    }

    impl<R: Read> Read for CountingReader<'_, R> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let read = self.inner.read(buffer)?;
            *self.read += read;
            Ok(read)
        }
    }
}
