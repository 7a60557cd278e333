//! Presets: the parts of well-known pages and APIs, and how their addresses look.

use url::Url;

use crate::model::source::{Parts, Preset, SourceKind};

/// The preset that an address belongs to.
pub fn of_address(address: &str) -> Option<Preset> {
    let url = Url::parse(address).ok()?;
    match url.host_str()?.trim_start_matches("www.") {
        "t.me" | "telegram.me" if url.path().starts_with("/s/") => Some(Preset::Telegram),
        "api.reliefweb.int" => Some(Preset::Reliefweb),
        "api.gdeltproject.org" if url.path().contains("/doc/") => Some(Preset::Gdelt),
        _ => None,
    }
}

/// The public preview of a Telegram channel, for the address by which people know the channel.
pub fn channel_preview(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let known = matches!(url.host_str()?.trim_start_matches("www."), "t.me" | "telegram.me");
    let name = url.path().trim_matches('/');
    let plain = name.len() >= 4 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (known && plain).then(|| format!("https://t.me/s/{name}"))
}

/// How a preset is read.
pub fn kind(preset: Preset) -> SourceKind {
    match preset {
        Preset::Telegram => SourceKind::Page,
        Preset::Reliefweb | Preset::Gdelt => SourceKind::Json,
    }
}

/// Whether what it gives are the texts of others.
pub fn republishes(preset: Preset) -> bool {
    matches!(preset, Preset::Reliefweb | Preset::Gdelt)
}

/// The parts of a preset.
pub fn parts(preset: Preset) -> Parts {
    let part = |text: &str| Some(text.to_owned());
    match preset {
        Preset::Telegram => Parts {
            entry: part(".tgme_widget_message[data-post]"),
            link: part("a.tgme_widget_message_date"),
            date: part(".tgme_widget_message_date time"),
            text: part(".js-message_text"),
            credit: part(".tgme_widget_message_forwarded_from_name"),
            older: part("a.tme_messages_more[data-before], link[rel=prev]"),
            whole: true,
            ..Parts::default()
        },
        Preset::Reliefweb => Parts {
            entry: part("/data"),
            link: part("/fields/url_alias,/fields/url,/href"),
            title: part("/fields/title"),
            date: part("/fields/date/original,/fields/date/created"),
            text: part("/fields/body-html,/fields/body"),
            credit: part("/fields/source/0/name"),
            older: part("/links/next/href"),
            whole: true,
            ..Parts::default()
        },
        Preset::Gdelt => Parts {
            entry: part("/articles"),
            link: part("/url"),
            title: part("/title"),
            date: part("/seendate"),
            credit: part("/domain"),
            ..Parts::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_the_preset() {
        assert_eq!(of_address("https://t.me/s/valleynews"), Some(Preset::Telegram));
        assert_eq!(
            of_address("https://api.reliefweb.int/v2/reports?appname=x"),
            Some(Preset::Reliefweb)
        );
        assert_eq!(
            of_address("https://api.gdeltproject.org/api/v2/doc/doc?query=x&format=json"),
            Some(Preset::Gdelt)
        );
        assert_eq!(of_address("https://outlet.example/s/x"), None);
    }

    #[test]
    fn a_channel_is_read_by_its_preview() {
        assert_eq!(
            channel_preview("https://t.me/valley_news").as_deref(),
            Some("https://t.me/s/valley_news")
        );
        assert_eq!(channel_preview("https://t.me/s/valley_news"), None);
        assert_eq!(channel_preview("https://t.me/+AbCdEf"), None);
    }
}
