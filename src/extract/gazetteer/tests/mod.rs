//! What a text's place names are, and what they mean. All sentences are ours.

mod lookup;
mod mentions;
mod resolve;

use super::{Choice, PlaceMention, Places};
use crate::model::pack::Pack;

fn places() -> Places {
    Places::new(&[]).unwrap()
}

/// A pack with the places that a test needs.
fn pack(toml: &str) -> Places {
    let head = "[pack]\nid = \"test\"\nname = \"Test\"\ncountries = [\"SY\"]\n";
    let pack: Pack = toml::from_str(&format!("{head}{toml}")).unwrap();
    Places::new(&[pack]).unwrap()
}

/// The mentions of a text with what each means.
fn read<'a>(places: &'a Places, text: &str) -> Vec<(PlaceMention<'a>, Choice<'a>)> {
    let mentions = places.mentions(text);
    let choices = places.resolve(&mentions, &places.context(&[text]));
    mentions.into_iter().zip(choices).collect()
}
