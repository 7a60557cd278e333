//! HTTP with limits: where we connect, how much we read, how long we wait, what robots.txt asks.

mod body;
mod client;
mod error;
mod guard;
mod hosts;
mod limits;
mod redirect;
mod request;
mod resolve;
mod robots;

pub(super) use body::unpack;
pub use client::{HttpClient, HttpConfigError};
pub use error::FetchError;
pub use guard::{Guard, is_public};
pub use limits::HostLimits;
pub use request::{Answer, Conditions, Document, What};
