//! What an edit changes of a source, in words for the record of who did what.

use serde_json::Value;

use super::Source;

/// The longest value that is told whole, in characters.
const LONGEST: usize = 120;

impl Source {
    /// The address without a name and password in it.
    pub fn address(&self) -> String {
        let Ok(mut url) = self.url.parse::<url::Url>() else { return self.url.clone() };
        let _ = url.set_password(None);
        let _ = url.set_username("");
        url.to_string()
    }

    /// What differs in `after`, one line each: `owner: a → b`. What requests carry is named, not shown.
    pub fn changes(&self, after: &Self) -> Vec<String> {
        let (old, new) = (self.lines(), after.lines());
        let keys = old.iter().chain(&new).map(|(key, _)| key);
        let mut keys: Vec<&String> = keys.collect();
        keys.sort();
        keys.dedup();
        let of = |all: &[(String, String)], key: &str| {
            let found = all.iter().find(|(known, _)| known == key);
            found.map_or_else(|| "nothing".to_owned(), |(_, value)| value.clone())
        };
        let mut told: Vec<String> = keys
            .into_iter()
            .map(|key| (key, of(&old, key), of(&new, key)))
            .filter(|(_, old, new)| old != new)
            .map(|(key, old, new)| format!("{key}: {old} → {new}"))
            .collect();
        if self.url != after.url && self.address() == after.address() {
            told.push("name or password in the address".to_owned());
        }
        told.extend(self.secrets_changed(after));
        told
    }

    fn secrets_changed(&self, after: &Self) -> Vec<String> {
        let (old, new) = (&self.request, &after.request);
        let mut told = Vec::new();
        if old.headers != new.headers {
            let names: Vec<&str> = new.headers.keys().map(String::as_str).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            told.push(format!("headers: now {names}"));
        }
        if (&old.cookie, &old.cookie_file) != (&new.cookie, &new.cookie_file) {
            let is_there = new.cookie.is_some() || new.cookie_file.is_some();
            told.push(format!("cookie: {}", if is_there { "another" } else { "removed" }));
        }
        told
    }

    /// Its keys and values that may be told; a part of an entry has a key of its own.
    fn lines(&self) -> Vec<(String, String)> {
        let shown = Self { url: self.address(), ..self.printable() };
        let Ok(Value::Object(all)) = serde_json::to_value(shown) else { return Vec::new() };
        let mut lines = Vec::new();
        for (key, value) in all {
            match value {
                Value::Object(inner) if key == "parts" => {
                    lines.extend(
                        inner.iter().map(|(part, at)| (format!("{key}.{part}"), short(at))),
                    );
                }
                Value::Null => {}
                value => lines.push((key, short(&value))),
            }
        }
        lines
    }
}

fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_13_an_edit_is_told_key_by_key_and_what_requests_carry_by_name_alone() {
        let before = Source::new("a".into(), "A", "https://me:hunter1@a.example/feed");
        assert_eq!(before.changes(&before), <[&str; 0]>::default());
        let mut after = before.clone();
        after.url = "https://a.example/feed".to_owned();
        after.owner = Some("a media".to_owned());
        after.aligned_with = Some(Vec::new());
        after.parts.title = Some("h2".to_owned());
        after.request.cookie = Some("hunter2".to_owned());
        after.request.headers.insert("X-Key".to_owned(), "hunter3".to_owned());
        let told = before.changes(&after);
        let expected = [
            "aligned_with: nothing → []",
            "owner: nothing → a media",
            "parts.title: nothing → h2",
            "name or password in the address",
            "headers: now X-Key",
            "cookie: another",
        ];
        assert_eq!(told, expected);
    }
}
