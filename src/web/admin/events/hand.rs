//! An editor's hand in events: each decision with its reason, and word of it to those who were told otherwise.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::{event, shown};
use crate::model::decision::Correction;
use crate::model::event::Event;
use crate::model::kind::SubType;
use crate::model::staff::StaffRole;
use crate::pipeline::{AmendError, Changes, PipelineError};
use crate::web::WebError;
use crate::web::admin::problems;
use crate::web::fields::Fields;
use crate::web::page::message;
use crate::web::site::Site;
use crate::web::staff::Desk;

/// What comes of a decision: it, or what is wrong with the form.
type Decided = Result<Result<Correction, String>, WebError>;

/// Takes an event back.
pub(in crate::web) async fn retract(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    if let Some(wrong) = task.wrong_reason() {
        return wrong;
    }
    let made = site.pipeline.retract(&task.event, task.reason()).await?;
    task.end("retract event", "Taken back", Ok(made), "").await
}

/// Says how an event is otherwise.
pub(in crate::web) async fn amend(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    if let Some(wrong) = task.wrong_reason() {
        return wrong;
    }
    let made = task.amended().await?;
    let what: Vec<&str> = AMENDED.into_iter().filter(|name| task.fields.has(name)).collect();
    task.end("amend event", "Amended", made, &what.join(", ")).await
}

/// What of an event can be amended.
const AMENDED: [&str; 7] = ["kind", "date", "place", "initiator", "target", "killed", "injured"];

/// Makes one event of two.
pub(in crate::web) async fn merge(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    if let Some(wrong) = task.wrong_reason() {
        return wrong;
    }
    let named = task.fields.text("other").to_owned();
    let made = match event(&site, &named).await {
        Ok(other) if other.id == task.event.id => Err("That is this event.".to_owned()),
        Ok(other) => Ok(site.pipeline.merge(&task.event, &other, task.reason()).await?),
        Err(WebError::NotFound) => {
            Err(format!("No event, or more than one, begins with `{named}`."))
        }
        Err(error) => return Err(error),
    };
    task.end("merge events", "Made one of both", made, &named).await
}

/// Makes two events of one.
pub(in crate::web) async fn split(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    if let Some(wrong) = task.wrong_reason() {
        return wrong;
    }
    let source = task.fields.text("source").to_owned();
    let made = match site.pipeline.split(&task.event, &source, task.reason()).await {
        Err(error @ PipelineError::Split { .. }) => Err(error.to_string()),
        made => Ok(made?),
    };
    task.end("split event", "Made two of it", made, &source).await
}

/// One decision on its way.
struct Task<'a> {
    site: &'a Site,
    desk: Desk,
    event: Event,
    fields: Fields,
}

impl<'a> Task<'a> {
    async fn begin(site: &'a Site, desk: Desk, id: &str, fields: Fields) -> Result<Self, WebError> {
        desk.check(site, &fields, StaffRole::Editor)?;
        let event = event(site, id).await?;
        Ok(Self { site, desk, event, fields })
    }

    fn reason(&self) -> &str {
        self.fields.text("reason")
    }

    /// The form once more, where a digest may not print the reason.
    fn wrong_reason(&self) -> Option<Result<Response, WebError>> {
        let wrong = problems(self.reason());
        (!wrong.is_empty()).then(|| self.again(wrong))
    }

    fn again(&self, wrong: Vec<String>) -> Result<Response, WebError> {
        shown(self.site, &self.desk, self.event.clone(), &self.fields, wrong)
    }

    async fn amended(&self) -> Decided {
        let pipeline = &self.site.pipeline;
        let changes = match self.changes() {
            Ok(changes) => changes,
            Err(wrong) => return Ok(Err(wrong)),
        };
        match pipeline.amendment(&self.event, &changes) {
            Ok(amendment) => Ok(Ok(pipeline.amend(&self.event, amendment, self.reason()).await?)),
            Err(AmendError::Pipeline(error)) => Err(error.into()),
            Err(error) => Ok(Err(error.to_string())),
        }
    }

    fn changes(&self) -> Result<Changes, String> {
        let kind = self.given("kind").map(|text| text.parse::<SubType>()).transpose();
        Ok(Changes {
            kind: kind.map_err(|error| error.to_string())?,
            date: self.given("date"),
            place: self.given("place"),
            initiators: self.factions("initiator"),
            targets: self.factions("target"),
            killed: self.several("killed"),
            injured: self.several("injured"),
        })
    }

    fn given(&self, name: &str) -> Option<String> {
        self.fields.has(name).then(|| self.fields.text(name).to_owned())
    }

    fn several(&self, name: &str) -> Vec<String> {
        let parts = self.fields.text(name).split(',').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Ids of factions; what is no name of one stays as it is, to be told.
    fn factions(&self, name: &str) -> Vec<String> {
        let id = |text: String| self.site.faction_named(&text).unwrap_or(text);
        self.several(name).into_iter().map(id).collect()
    }

    /// Writes the decision down, tells it where that is wished, and says so.
    async fn end(
        self,
        what: &str,
        title: &str,
        made: Result<Correction, String>,
        how: &str,
    ) -> Result<Response, WebError> {
        let made = match made {
            Ok(made) => made,
            Err(wrong) => return self.again(vec![wrong]),
        };
        let reason = self.reason();
        let detail = if how.is_empty() { reason.to_owned() } else { format!("{how}: {reason}") };
        self.desk.record(self.site, what, self.event.id.as_str(), &detail).await?;
        let told = if self.fields.has("notify") {
            self.site.pipeline.notify(&self.event, &made).await?
        } else {
            0
        };
        let next = "The next issue tells it among its corrections.";
        let told = format!("{told} readers who were sent it get a notice.");
        message(StatusCode::OK, self.site.shell(title), &[next, &told])
    }
}
