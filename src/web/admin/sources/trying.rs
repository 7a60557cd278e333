//! Trying what a form describes before it is saved. Nothing is stored.

use super::super::field::Wrong;
use super::super::word;
use super::form::Form;
use super::reading::checked;
use super::tried::{READ, TriedView, view};
use crate::model::source::Source;
use crate::pipeline::{LookError, Looked};
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::site::Site;

/// What a try came to: the form again, with what was found, or with what is wrong beside its field.
pub(super) struct Outcome {
    pub(super) form: Form,
    pub(super) tried: Option<TriedView>,
    pub(super) wrong: Vec<String>,
}

impl Outcome {
    /// The form again, with what is wrong.
    pub(super) fn refused(site: &Site, fields: &Fields, before: &Source, wrong: &Wrong) -> Self {
        let form = Form::new(site, fields, wrong, before);
        Self { form, tried: None, wrong: wrong.all() }
    }
}

/// Reads what the form describes; `before` is what is stored.
pub(super) async fn outcome(
    site: &Site,
    fields: &Fields,
    before: &Source,
) -> Result<Outcome, WebError> {
    let source = match checked(site, fields, before)? {
        Ok(source) => source,
        Err(wrong) => return Ok(Outcome::refused(site, fields, before, &wrong)),
    };
    match looked_at(site, &source).await {
        Ok(looked) => {
            let fields = with(fields, &source, &looked.source);
            let form = Form::new(site, &fields, &Wrong::default(), before);
            Ok(Outcome { form, tried: Some(view(looked)), wrong: Vec::new() })
        }
        Err(LookError::Pipeline(error)) => Err(error.into()),
        Err(error) => {
            Ok(Outcome::refused(site, fields, before, &Wrong::one("address", error.to_string())))
        }
    }
}

/// Reads a source as it says; where it says nothing, how it is read is found out.
async fn looked_at(site: &Site, source: &Source) -> Result<Looked, LookError> {
    let is_said = source.kind.is_some()
        || source.preset.is_some()
        || !source.parts.is_empty()
        || !source.request.is_plain()
        || source.url.starts_with("file:");
    if is_said {
        site.pipeline.try_as(source.clone(), READ).await
    } else {
        site.pipeline.try_source(&source.url, READ).await
    }
}

/// The form with what was found out about the address.
fn with(fields: &Fields, source: &Source, found: &Source) -> Fields {
    let mut fields = fields.clone();
    if source.url != found.url {
        fields.set("address", found.address());
    }
    fields.set("kind", found.kind.map(word).unwrap_or_default());
    fields.set("preset", found.preset.map(word).unwrap_or_default());
    if found.republishes {
        fields.set("republishes", "yes".to_owned());
    }
    fields
}
