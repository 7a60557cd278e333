//! The store as gathering asks it what is known.

use std::sync::{Mutex, PoisonError};

use futures::FutureExt as _;
use futures::future::BoxFuture;

use crate::gather::{Marks, Shelf};
use crate::model::id::SourceId;
use crate::store::{Db, StoreError, articles};

/// The articles of one source in the store. What goes wrong is kept until the source is done.
pub(super) struct StoredShelf<'a> {
    db: &'a Db,
    source: &'a SourceId,
    failure: Mutex<Option<StoreError>>,
}

impl<'a> StoredShelf<'a> {
    pub(super) fn new(db: &'a Db, source: &'a SourceId) -> Self {
        Self { db, source, failure: Mutex::default() }
    }

    /// Whether every look-up was answered.
    ///
    /// # Errors
    /// What went wrong with one.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        let failure = self.failure.into_inner().unwrap_or_else(PoisonError::into_inner);
        failure.map_or(Ok(()), Err)
    }
}

impl Shelf for StoredShelf<'_> {
    /// Where the store fails everything counts as known, so that nothing more is fetched in vain.
    fn known<'a>(&'a self, urls: &'a [String]) -> BoxFuture<'a, Marks> {
        let look_up = async move {
            match articles::known(self.db, self.source, urls).await {
                Ok(known) => known,
                Err(error) => {
                    *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    urls.iter().map(|url| (url.clone(), None)).collect()
                }
            }
        };
        look_up.boxed()
    }
}
