//! The web site over HTTP: what readers can do, and what nobody can.

mod api;
mod desk;
mod guard;
mod joining;
mod leaving;
mod limits;
mod ondemand;
mod preferences;
mod reading;
mod staff;
