//! The web site over HTTP: what readers can do, and what nobody can.

mod api;
mod desk;
mod editing;
mod guard;
mod joining;
mod leaving;
mod limits;
mod ondemand;
mod pack;
mod preferences;
mod reading;
mod staff;
