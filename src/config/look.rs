//! The `[look]` section: what of a digest's appearance can be changed without touching templates.

mod colour;
mod maps;
mod sections;

use serde::{Deserialize, Serialize};

pub use colour::{Accent, BadColour, Colour, PAPER_DARK, PAPER_LIGHT};
pub use maps::MapUse;
pub use sections::{RepeatedSection, SectionName, Sections};

/// What `[look]` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LookConfig {
    /// The template set under `templates/mail/`; an edition may have its own.
    pub templates: TemplateSet,
    /// The product's name: it begins masthead and subject.
    pub name: String,
    /// The colour of headings and links, `#rrggbb`; its contrast is checked.
    pub accent: Accent,
    /// One line above the masthead; empty for none.
    pub header: String,
    /// One line above the reader's own footer; empty for none.
    pub footer: String,
    /// Sections 3 to 11 in the order wanted; one that is not named is left out.
    pub sections: Sections,
    /// Where the locator map is shown.
    pub map: MapUse,
}

/// A set of templates, one folder under `templates/mail/`, compiled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateSet {
    /// Serif headings on a card.
    #[default]
    Default,
    /// One typeface on plain paper.
    Plain,
}

impl Default for LookConfig {
    fn default() -> Self {
        Self {
            templates: TemplateSet::Default,
            name: "Sitrep".to_owned(),
            accent: Accent::default(),
            header: String::new(),
            footer: String::new(),
            sections: Sections::default(),
            map: MapUse::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_that_is_hard_to_read_is_refused_with_its_contrast() {
        let error = toml::from_str::<LookConfig>("accent = \"#ffee00\"").unwrap_err().to_string();
        assert!(error.contains("`#ffee00`") && error.contains("4.5"), "{error}");
    }

    #[test]
    fn a_section_can_be_moved_and_left_out_but_not_named_twice() {
        let look: LookConfig = toml::from_str("sections = [\"events\", \"figures\"]").unwrap();
        assert_eq!(look.sections.names(), [SectionName::Events, SectionName::Figures]);
        let twice = "sections = [\"events\", \"events\"]";
        assert!(toml::from_str::<LookConfig>(twice).unwrap_err().to_string().contains("twice"));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(toml::from_str::<LookConfig>("colour = \"red\"").is_err());
    }
}
