//! The store as gathering asks it what is known: the questions of all sources that come meanwhile in one.

use std::convert::Infallible;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use super::PipelineError;
use crate::gather::{Marks, Shelf};
use crate::model::id::SourceId;
use crate::store::{Db, articles};

/// How many sources' questions are answered together.
pub(super) const MOST_ASKED: usize = 64;

/// Which addresses of a source are known?
pub(super) struct Inquiry {
    source: SourceId,
    urls: Vec<String>,
    answer: oneshot::Sender<Marks>,
}

/// Answers what is asked, for as long as it is let.
///
/// # Errors
/// What the store says. Who asked then gets no answer, and the run is over.
pub(super) async fn answer_all(
    db: &Db,
    mut inquiries: mpsc::Receiver<Inquiry>,
) -> Result<Infallible, PipelineError> {
    let mut some = Vec::with_capacity(MOST_ASKED);
    while inquiries.recv_many(&mut some, MOST_ASKED).await > 0 {
        let asked: Vec<_> = some.iter().map(|one| (&one.source, one.urls.as_slice())).collect();
        let known = articles::known(db, &asked).await?;
        for (inquiry, marks) in some.drain(..).zip(known) {
            // Whoever asked may have run out of time.
            drop(inquiry.answer.send(marks));
        }
    }
    std::future::pending().await
}

/// The articles of one source in the store.
pub(super) struct StoredShelf<'a> {
    source: &'a SourceId,
    inquiries: &'a mpsc::Sender<Inquiry>,
}

impl<'a> StoredShelf<'a> {
    pub(super) fn new(source: &'a SourceId, inquiries: &'a mpsc::Sender<Inquiry>) -> Self {
        Self { source, inquiries }
    }

    async fn ask(&self, urls: &[String]) -> Option<Marks> {
        let (answer, answered) = oneshot::channel();
        let (source, urls) = (self.source.clone(), urls.to_vec());
        self.inquiries.send(Inquiry { source, urls, answer }).await.ok()?;
        answered.await.ok()
    }
}

impl Shelf for StoredShelf<'_> {
    /// Where the store fails everything counts as known, so that nothing more is fetched in vain.
    fn known<'a>(&'a self, urls: &'a [String]) -> BoxFuture<'a, Marks> {
        let look_up = async move {
            let known = if urls.is_empty() { Some(Marks::new()) } else { self.ask(urls).await };
            known.unwrap_or_else(|| urls.iter().map(|url| (url.clone(), None)).collect())
        };
        look_up.boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn where_nobody_answers_everything_counts_as_known() {
        let (inquiries, asked) = mpsc::channel(1);
        let source = SourceId::new("wire");
        let shelf = StoredShelf::new(&source, &inquiries);
        let urls = ["https://wire.example/1".to_owned()];
        let asks = async {
            let asked = { asked }.recv().await;
            asked.map(|inquiry| inquiry.urls)
        };
        let (known, asked) = tokio::join!(shelf.known(&urls), asks);
        assert_eq!(asked.as_deref(), Some(urls.as_slice()));
        assert_eq!(known, Marks::from([(urls[0].clone(), None)]));
        // Now nobody is there to be asked.
        assert_eq!(shelf.known(&urls).await, known);
        assert!(shelf.known(&[]).await.is_empty());
    }
}
