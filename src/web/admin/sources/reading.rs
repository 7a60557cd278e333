//! Reading the form of a source.

use std::collections::BTreeMap;

use super::super::field::{Wrong, given, maybe, slug, within};
use super::form::{ADDRESS, AREA, LINE, PARTS, theatres};
use crate::model::id::SourceId;
use crate::model::source::{Source, SourceKind, SourceRequest, SourceRole};
use crate::pipeline;
use crate::web::WebError;
use crate::web::choice::parsed;
use crate::web::fields::Fields;
use crate::web::site::Site;

/// What a form describes, as far as it can be judged without asking the source's server.
pub(super) fn checked(
    site: &Site,
    fields: &Fields,
    before: &Source,
) -> Result<Result<Source, Wrong>, WebError> {
    let source = match read(site, fields, before) {
        Ok(source) => source,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let mut wrong = Wrong::default();
    for mistake in site.pipeline.mistakes(&source)? {
        wrong.add(field_of(&mistake.key), mistake.told);
    }
    Ok(if wrong.is_empty() { Ok(source) } else { Err(wrong) })
}

/// The source that a form describes, laid over `before`, or what is wrong with it. The id of one that has one stays.
fn read(site: &Site, fields: &Fields, before: &Source) -> Result<Source, Wrong> {
    let (mut wrong, mut source) = (Wrong::default(), before.clone());
    let text = |name: &str| fields.text(name);
    if before.id.as_str().is_empty() {
        source.id = SourceId::new(wrong.take("id", slug(text("id"))).unwrap_or_default());
    }
    if let Some(url) = wrong.take("address", address(text("address"), before)) {
        source.url = url;
    }
    if let Some(kind) = wrong.take("kind", kind(text("kind"), &source)) {
        source.kind = kind;
    }
    source.preset = parsed(text("preset"));
    source.name = wrong.take("name", given(text("name"), 120, "a name")).unwrap_or_default();
    source.owner = wrong.take("owner", maybe(text("owner"), 120)).flatten();
    let role = parsed::<SourceRole>(text("role")).ok_or("Choose what it is.".to_owned());
    source.role = wrong.take("role", role).unwrap_or_default();
    let aligned = aligned(site, text("aligned_with"));
    source.aligned_with = wrong.take("aligned_with", aligned).flatten();
    source.language = wrong.take("language", language(text("language"))).flatten();
    source.republishes = fields.has("republishes");
    source.theatres = wrong.take("theatre", theatres_of(site, fields, before)).unwrap_or_default();
    source.calls = wrong.take("calls", calls(site, text("calls"))).unwrap_or_default();
    source.site = wrong.take("site", web_site(text("site"))).flatten();
    let folder = text("folder").split('/').map(str::trim).filter(|name| !name.is_empty());
    source.folder = folder.map(str::to_owned).collect();
    source.text_selector =
        wrong.take("text_selector", maybe(text("text_selector"), LINE)).flatten();
    for (name, _, at) in PARTS {
        *at(&mut source.parts) = wrong.take(name, maybe(text(name), LINE)).flatten();
    }
    source.parts.whole = fields.has("whole");
    let request = request(fields, before, &source);
    source.request = wrong.take("headers", request).unwrap_or_default();
    if wrong.is_empty() { Ok(source) } else { Err(wrong) }
}

/// Under what name the form has a key of a source.
fn field_of(key: &str) -> &str {
    match key {
        "url" => "address",
        "request" => "headers",
        key => key,
    }
}

/// An address of the web, or the one that it has: folders of this machine are named in files and by command only.
fn address(text: &str, before: &Source) -> Result<String, String> {
    if !text.is_empty() && text == before.address() {
        return Ok(before.url.clone());
    }
    let new = pipeline::new_source(within(text, ADDRESS)?);
    new.map(|source| source.url).map_err(|error| error.to_string())
}

fn kind(text: &str, source: &Source) -> Result<Option<SourceKind>, String> {
    if text.is_empty() {
        // A folder has no other kind, and none to choose.
        return Ok(source.kind.filter(|kind| *kind == SourceKind::Files));
    }
    let found = parsed::<SourceKind>(text);
    let is_fit = |kind: &SourceKind| *kind != SourceKind::Files || source.url.starts_with("file:");
    found.filter(is_fit).map(Some).ok_or_else(|| "Choose one of these.".to_owned())
}

/// Whom it speaks for: nobody knows where nothing is written, nobody at all for `none`.
fn aligned(site: &Site, text: &str) -> Result<Option<Vec<String>>, String> {
    match text {
        "" => return Ok(None),
        "none" => return Ok(Some(Vec::new())),
        _ => {}
    }
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| faction(site, name)).collect::<Result<Vec<_>, _>>().map(Some)
}

fn faction(site: &Site, name: &str) -> Result<String, String> {
    site.faction_named(name).ok_or_else(|| format!("No pack knows the faction `{name}`."))
}

fn language(text: &str) -> Result<Option<String>, String> {
    let is_code = text.len() <= 8 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_code {
        return Err("Write the code of a language, as en or ar.".to_owned());
    }
    maybe(text, 8)
}

fn theatres_of(site: &Site, fields: &Fields, before: &Source) -> Result<Vec<String>, String> {
    let offered = theatres(site, fields, before);
    let is_offered = |id: &&str| offered.iter().any(|theatre| theatre.value == **id);
    if !fields.all("theatre").all(|id| is_offered(&id)) {
        return Err("Choose among the theatres that are listed.".to_owned());
    }
    Ok(offered.into_iter().filter(|theatre| theatre.on).map(|theatre| theatre.value).collect())
}

fn calls(site: &Site, text: &str) -> Result<BTreeMap<String, String>, String> {
    let lines = within(text, AREA)?.lines().map(str::trim).filter(|line| !line.is_empty());
    let call = |line: &str| {
        let (words, name) = line.split_once('=').map(|(a, b)| (a.trim(), b.trim())).unzip();
        match (words, name) {
            (Some(words), Some(name)) if !words.is_empty() => {
                Ok((words.to_owned(), faction(site, name)?))
            }
            _ => Err(format!("`{line}` is not of the form words = faction.")),
        }
    };
    lines.map(call).collect()
}

fn web_site(text: &str) -> Result<Option<String>, String> {
    let Some(text) = maybe(text, ADDRESS)? else { return Ok(None) };
    pipeline::new_source(&text).map_err(|error| error.to_string())?;
    Ok(Some(text))
}

/// What its requests carry. What is stored is never shown, so an empty field keeps it; it goes to the host for which
/// it was given and to no other.
fn request(fields: &Fields, before: &Source, after: &Source) -> Result<SourceRequest, String> {
    let keeps = !fields.has("forget") && before.origin() == after.origin();
    let mut request = if keeps { before.request.clone() } else { SourceRequest::default() };
    if fields.has("headers") {
        let lines = within(fields.text("headers"), AREA)?.lines().map(str::trim);
        let header = |line: &str| {
            let (name, value) =
                line.split_once(':').ok_or("A line is not of the form Name: value.")?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        };
        let read: Result<_, String> = lines.filter(|line| !line.is_empty()).map(header).collect();
        request.headers = read?;
    }
    if let Some(cookie) = maybe(fields.text("cookie"), AREA)? {
        (request.cookie, request.cookie_file) = (Some(cookie), None);
    }
    Ok(request)
}
