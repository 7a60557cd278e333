//! An editor's hand in events: each decision with its reason, and word of it to those who were told otherwise.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

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
) -> Result<Response, Refused> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    let made = site.pipeline.retract(&task.event, task.reason()).await?;
    task.end("retract event", "Taken back", Ok(made), "").await
}

/// Says how an event is otherwise.
pub(in crate::web) async fn amend(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let task = Task::begin(&site, desk, &id, fields).await?;
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
) -> Result<Response, Refused> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    let named = task.fields.text("other").to_owned();
    let made = match event(&site, &named).await {
        Ok(other) if other.id == task.event.id => Err("That is this event.".to_owned()),
        Ok(other) => Ok(site.pipeline.merge(&task.event, &other, task.reason()).await?),
        Err(WebError::NotFound) => {
            Err(format!("No event, or more than one, begins with `{named}`."))
        }
        Err(error) => return Err(error.into()),
    };
    task.end("merge events", "Made one of both", made, &named).await
}

/// Makes two events of one.
pub(in crate::web) async fn split(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let task = Task::begin(&site, desk, &id, fields).await?;
    let source = task.fields.text("source").to_owned();
    let made = match site.pipeline.split(&task.event, &source, task.reason()).await {
        Err(error @ PipelineError::Split { .. }) => Err(error.to_string()),
        made => Ok(made?),
    };
    task.end("split event", "Made two of it", made, &source).await
}

/// Why nothing is decided.
pub(in crate::web) enum Refused {
    /// It cannot be, or not by them.
    Error(WebError),
    /// The form once more, with what is wrong in it.
    Again(Response),
}

impl<E: Into<WebError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Error(error) => error.into_response(),
            Self::Again(form) => form,
        }
    }
}

/// One decision on its way.
struct Task<'a> {
    site: &'a Site,
    desk: Desk,
    event: Event,
    fields: Fields,
}

impl<'a> Task<'a> {
    /// Refuses somebody who may not, and a reason that a digest may not print.
    async fn begin(site: &'a Site, desk: Desk, id: &str, fields: Fields) -> Result<Self, Refused> {
        desk.check(site, &fields, StaffRole::Editor)?;
        let event = event(site, id).await?;
        let task = Self { site, desk, event, fields };
        let wrong = problems(task.reason());
        if wrong.is_empty() { Ok(task) } else { Err(Refused::Again(task.again(wrong)?)) }
    }

    fn reason(&self) -> &str {
        self.fields.text("reason")
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
    ) -> Result<Response, Refused> {
        let made = match made {
            Ok(made) => made,
            Err(wrong) => return Ok(self.again(vec![wrong])?),
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
        Ok(message(StatusCode::OK, self.site.shell(title), &[next, &told])?)
    }
}
