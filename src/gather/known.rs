//! What is known of a source's articles, so that each is read once, and again when it was edited.

use std::collections::HashMap;

use futures::FutureExt as _;
use futures::future::BoxFuture;

/// Marks by address: how the source listed each article the last time; none where that is not known.
pub type Marks = HashMap<String, Option<String>>;

/// Where known articles are looked up.
pub trait Shelf: Sync {
    /// Those of `urls` that are known.
    fn known<'a>(&'a self, urls: &'a [String]) -> BoxFuture<'a, Marks>;
}

/// A predicate knows addresses and no marks: what it knows is never read again.
impl<F: Fn(&str) -> bool + Sync> Shelf for F {
    fn known<'a>(&'a self, urls: &'a [String]) -> BoxFuture<'a, Marks> {
        let known = urls.iter().filter(|url| self(url)).map(|url| (url.clone(), None));
        std::future::ready(known.collect()).boxed()
    }
}

/// Nothing is known: everything is read.
pub fn nothing_known(_: &str) -> bool {
    false
}
