//! The web site in a real browser: Chromium and its driver, over the same pipeline, mail server and web sites as the
//! other tests.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[expect(dead_code, unused_imports, unused_macros, reason = "the other tests use the rest of it")]
#[path = "../it/support/mod.rs"]
mod support;

mod driver;
mod stories;
