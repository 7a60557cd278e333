//! The form of a source: shown with what is stored or was sent.

use super::super::field::{Field, Filled, Wrong};
use super::super::word;
use crate::model::source::{Parts, Source, SourceRequest};
use crate::web::choice::{Choice, choice};
use crate::web::fields::Fields;
use crate::web::site::Site;

const ROLES: [(&str, &str); 6] = [
    ("media", "News outlet"),
    ("monitor", "Monitoring group"),
    ("un", "Body of the United Nations"),
    ("ngo", "Non-governmental organisation"),
    ("official", "State's office or agency"),
    ("witness", "Witness"),
];

const KINDS: [(&str, &str); 5] = [
    ("", "Found out when it is read"),
    ("feed", "RSS, Atom or JSON Feed"),
    ("sitemap", "Sitemap"),
    ("page", "Page that lists articles"),
    ("json", "JSON answer of an API"),
];

const PRESETS: [(&str, &str); 4] = [
    ("", "None, or told by the address"),
    ("telegram", "Telegram channel"),
    ("reliefweb", "ReliefWeb reports"),
    ("gdelt", "GDELT articles"),
];

/// Where the parts of an entry stand: the field, its label, and its place.
pub(super) type Part = (&'static str, &'static str, fn(&mut Parts) -> &mut Option<String>);

pub(super) const PARTS: [Part; 8] = [
    ("parts.entry", "Each entry; in an answer, the list of them", |parts| &mut parts.entry),
    ("parts.link", "Address of the article", |parts| &mut parts.link),
    ("parts.title", "Headline", |parts| &mut parts.title),
    ("parts.date", "When it was published", |parts| &mut parts.date),
    ("parts.text", "Text, or a summary of it", |parts| &mut parts.text),
    ("parts.author", "Who wrote it", |parts| &mut parts.author),
    ("parts.credit", "Whose text it is", |parts| &mut parts.credit),
    ("parts.older", "Address of older entries", |parts| &mut parts.older),
];

/// The longest address, line, and text of several lines, in characters.
pub(super) const ADDRESS: usize = 2_000;
pub(super) const LINE: usize = 300;
pub(super) const AREA: usize = 4_000;
const BOXES: [&str; 3] = ["republishes", "whole", "forget"];
/// What stands between the folders of a list of feeds.
const FOLDERS: &str = " / ";

/// The form as it is shown.
pub(super) struct Form {
    pub(super) address: Field,
    pub(super) shape: [Field; 2],
    pub(super) id: Field,
    pub(super) about: Vec<Field>,
    pub(super) role: Field,
    pub(super) language: Field,
    pub(super) theatres: Vec<Choice>,
    pub(super) theatres_wrong: String,
    pub(super) calls: Field,
    pub(super) rest: Vec<Field>,
    pub(super) parts: Vec<Field>,
    pub(super) headers: Field,
    pub(super) cookie: Field,
    /// What its requests carry now, by name.
    pub(super) carried: Vec<String>,
    /// The boxes that are ticked.
    ticked: Vec<&'static str>,
    /// Whether fields that few need are filled in, so that they are shown.
    pub(super) is_long: bool,
}

impl Form {
    pub(super) fn of(site: &Site, source: &Source) -> Self {
        Self::new(site, &fields_of(source), &Wrong::default(), source)
    }

    /// The form with `fields` in it; `before` is what is stored.
    pub(super) fn new(site: &Site, fields: &Fields, wrong: &Wrong, before: &Source) -> Self {
        let form = Filled { fields, wrong };
        let text = |name, label, most| form.text(name, label, most);
        let parts: Vec<Field> =
            PARTS.iter().map(|(name, label, _)| text(name, label, LINE)).collect();
        let theatres = theatres(site, fields, before);
        let rest = vec![
            text("site", "The outlet's web site, for people", ADDRESS),
            text("folder", "Where it stands in a list of feeds, as Outer / Inner", LINE),
            text(
                "text_selector",
                "CSS selector of the text on the pages of its articles, where the usual reading misses it",
                LINE,
            ),
        ];
        let calls =
            text("calls", "Its own names for parties, one a line: our forces = syrian-army", AREA);
        let headers = text("headers", "Headers of its requests, one a line: Name: value", AREA);
        let cookie = text("cookie", "Cookie of its requests", AREA);
        let carried = carried(&before.request);
        let is_filled = |field: &Field| !field.value.is_empty() || !field.wrong.is_empty();
        let few = rest.iter().chain(&parts).chain([&calls, &headers, &cookie]);
        let is_long = few.into_iter().any(is_filled)
            || !carried.is_empty()
            || theatres.iter().any(|theatre| theatre.on)
            || fields.has("whole");
        Self {
            address: text("address", "Address that is read", ADDRESS),
            shape: [
                form.pick("kind", "Read as", &KINDS),
                form.pick("preset", "Well-known page or API", &PRESETS),
            ],
            id: text("id", "Id, for commands", 60),
            about: vec![
                text("name", "Name", 120),
                text("owner", "Owner; independent reports are counted by owner", 120),
                text(
                    "aligned_with",
                    "Factions or states it speaks for or leans to, by id, with commas; \"none\" for no one, empty where it is not known",
                    LINE,
                ),
            ],
            role: form.pick("role", "What it is", &ROLES),
            language: text("language", "Language, as en", 8),
            theatres_wrong: form.text("theatre", "", 0).wrong,
            theatres,
            calls,
            rest,
            parts,
            headers,
            cookie,
            carried,
            ticked: BOXES.into_iter().filter(|name| fields.has(name)).collect(),
            is_long,
        }
    }
}

impl Form {
    /// Whether a box is ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.ticked.contains(&name)
    }
}

/// What requests carry, by name.
fn carried(request: &SourceRequest) -> Vec<String> {
    let cookie = request.cookie.is_some() || request.cookie_file.is_some();
    request.headers.keys().cloned().chain(cookie.then(|| "Cookie".to_owned())).collect()
}

/// The theatres to choose among.
pub(super) fn theatres(site: &Site, fields: &Fields, before: &Source) -> Vec<Choice> {
    let registry = site.pipeline.registry();
    let packs = registry.packs().iter().filter(|pack| !pack.countries.is_empty());
    let known: Vec<(&str, &str)> =
        packs.map(|pack| (pack.id.as_str(), pack.name.as_str())).collect();
    let is_known = |id: &str| known.iter().any(|(other, _)| *other == id);
    let own = before.theatres.iter().map(String::as_str).filter(|id| !is_known(id));
    let all = known.iter().copied().chain(own.map(|id| (id, id)));
    all.map(|(id, name)| choice(id, name, fields.all("theatre").any(|on| on == id))).collect()
}

/// What the form of a source holds.
fn fields_of(source: &Source) -> Fields {
    let mut fields = Fields::default();
    let mut put = |name: &str, value: String| fields.push(name.to_owned(), value);
    put("address", source.address());
    put("kind", source.kind.map(word).unwrap_or_default());
    put("preset", source.preset.map(word).unwrap_or_default());
    put("id", source.id.to_string());
    put("name", source.name.clone());
    put("owner", source.owner.clone().unwrap_or_default());
    put("role", word(source.role));
    put(
        "aligned_with",
        match &source.aligned_with {
            None => String::new(),
            Some(none) if none.is_empty() => "none".to_owned(),
            Some(some) => some.join(", "),
        },
    );
    put("language", source.language.clone().unwrap_or_default());
    put("site", source.site.clone().unwrap_or_default());
    put("folder", source.folder.join(FOLDERS));
    put("text_selector", source.text_selector.clone().unwrap_or_default());
    let calls = source.calls.iter().map(|(words, faction)| format!("{words} = {faction}"));
    put("calls", calls.collect::<Vec<_>>().join("\n"));
    let mut parts = source.parts.clone();
    for (name, _, at) in PARTS {
        put(name, at(&mut parts).clone().unwrap_or_default());
    }
    for theatre in &source.theatres {
        put("theatre", theatre.clone());
    }
    for (name, on) in [("republishes", source.republishes), ("whole", source.parts.whole)] {
        put(name, if on { "yes".to_owned() } else { String::new() });
    }
    fields
}

/// What is said of a source, line by line, for those who may not change it. What requests carry is named, not shown.
pub(super) fn told(source: &Source) -> Vec<(&'static str, String)> {
    let label = |all: &[(&'static str, &'static str)], value: &str| {
        let found = all.iter().find(|(word, _)| *word == value);
        found.map_or_else(|| value.to_owned(), |(_, label)| (*label).to_owned())
    };
    let fields = fields_of(source);
    let text = |name: &str| fields.text(name).to_owned();
    let yes = |name: &str| if fields.has(name) { "yes".to_owned() } else { String::new() };
    let mut lines = vec![
        ("Id", source.id.to_string()),
        ("Address", text("address")),
        ("Read as", label(&KINDS, fields.text("kind"))),
        ("Well-known page or API", text("preset")),
        ("Owner", source.owner_name().to_owned()),
        ("What it is", label(&ROLES, fields.text("role"))),
        (
            "Speaks for or leans to",
            match &source.aligned_with {
                None => "not known".to_owned(),
                Some(none) if none.is_empty() => "no one".to_owned(),
                Some(_) => text("aligned_with"),
            },
        ),
        ("Reposts others", yes("republishes")),
        ("Language", text("language")),
        ("Theatres", source.theatres.join(", ")),
        ("Its own names for parties", text("calls").replace('\n', ", ")),
        ("Web site", text("site")),
        ("Folder", text("folder")),
        ("CSS selector of the text", text("text_selector")),
    ];
    lines.extend(PARTS.iter().map(|(name, label, _)| (*label, text(name))));
    lines.push(("Its text is whole", yes("whole")));
    lines.push(("Its requests carry", carried(&source.request).join(", ")));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}
