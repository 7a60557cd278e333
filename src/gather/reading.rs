//! An article as read, before it is known whose it is.

use jiff::Zoned;
use serde::{Serialize, Serializer};
use twox_hash::XxHash3_128;

use crate::model::article::FoundArticle;

/// An article as read from a page, a feed or a file. Unlike [`FoundArticle`] it keeps the zone in which its date is
/// given, so that the day can be printed as the outlet prints it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Reading {
    /// Its canonical address; for files, their name.
    pub url: String,
    /// The headline, one line.
    pub title: String,
    /// The text, paragraphs parted by blank lines.
    pub text: String,
    /// When it says it was published.
    #[serde(serialize_with = "rfc_3339")]
    pub published: Option<Zoned>,
    /// When it says it was last changed.
    #[serde(serialize_with = "rfc_3339")]
    pub modified: Option<Zoned>,
    /// Whom the byline names.
    pub author: Option<String>,
    /// The agency of the credit line.
    pub credit: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// How its source lists it, as a hash; none where it was not listed.
    #[serde(skip)]
    pub mark: Option<String>,
}

impl Reading {
    /// The article for the store. Which language its text is in is found when it is read.
    pub fn into_found(self) -> FoundArticle {
        FoundArticle {
            url: self.url,
            title: self.title,
            text: self.text,
            published: self.published.map(|at| at.timestamp()),
            author: self.author,
            credit: self.credit,
            language: self.language,
            mark: self.mark,
        }
    }

    /// Marks it with what it says now, before anything is added from elsewhere: another mark at the next look means
    /// that the article may have been edited.
    #[must_use]
    pub fn marked(self) -> Self {
        let published = self.published.as_ref().map(|at| at.timestamp().to_string());
        let mut hash = XxHash3_128::new();
        for part in [self.title.as_str(), &self.text, published.as_deref().unwrap_or("")] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        Self { mark: Some(format!("{:032x}", hash.finish_128())), ..self }
    }
}

/// Writes an instant as RFC 3339 in its own zone, to the second.
pub fn rfc_3339<S: Serializer>(at: &Option<Zoned>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => serializer.collect_str(&at.strftime("%Y-%m-%dT%H:%M:%S%:z")),
        None => serializer.serialize_none(),
    }
}
