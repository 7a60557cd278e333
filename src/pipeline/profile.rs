//! Sources as aggregation sees them: whose they are and whom they speak for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Pipeline, PipelineError};
use crate::model::event::SourceProfile;
use crate::model::id::{FactionId, SourceId};
use crate::model::registry::Registry;
use crate::model::source::{Source, SourceRole};

/// The profiles of all sources that are configured now.
pub(super) struct Profiles(BTreeMap<SourceId, Arc<SourceProfile>>);

impl Profiles {
    /// The profile of `id`; a source that is no longer configured counts as of unknown alignment.
    pub(super) fn of(&self, id: &SourceId) -> Arc<SourceProfile> {
        let unknown = || SourceProfile {
            id: id.clone(),
            name: id.to_string(),
            owner: id.to_string(),
            role: SourceRole::Media,
            aligned_with: None,
            republishes: false,
        };
        self.0.get(id).cloned().unwrap_or_else(|| Arc::new(unknown()))
    }
}

impl Pipeline {
    /// The profiles of all sources.
    pub(super) async fn profiles(&self) -> Result<Profiles, PipelineError> {
        let sources = self.sources().await?;
        let profile =
            |source: &Source| (source.id.clone(), Arc::new(profile(source, &self.registry())));
        Ok(Profiles(sources.iter().map(profile).collect()))
    }
}

fn profile(source: &Source, registry: &Registry) -> SourceProfile {
    SourceProfile {
        id: source.id.clone(),
        name: source.name.clone(),
        owner: source.owner_name().to_owned(),
        role: source.role,
        aligned_with: alignment(source, registry),
        republishes: source.republishes,
    }
}

/// What the editor says; else the factions whose pack entry names the outlet; else unknown.
pub(super) fn alignment(source: &Source, registry: &Registry) -> Option<Vec<FactionId>> {
    if let Some(named) = &source.aligned_with {
        return Some(named.iter().map(|id| FactionId::new(id.as_str())).collect());
    }
    let speaks_for = registry.factions().filter(|faction| {
        faction.outlets.iter().any(|outlet| outlet.eq_ignore_ascii_case(&source.name))
    });
    let found: Vec<_> = speaks_for.map(|faction| faction.id.clone()).collect();
    (!found.is_empty()).then_some(found)
}
