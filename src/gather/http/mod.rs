//! HTTP with limits: where we connect, how much we read, how long we wait, what robots.txt asks.

mod body;
mod client;
mod clients;
mod errand;
mod error;
mod freshness;
mod guard;
mod hosts;
mod jitter;
mod limits;
mod own;
mod proxy;
mod redirect;
mod request;
mod resolve;
mod robots;
mod rules;

pub(super) use body::unpack;
pub use client::{HttpClient, HttpConfigError};
pub use error::FetchError;
pub use guard::Guard;
pub use limits::HostLimits;
pub use request::{Answer, Conditions, Document, What};
