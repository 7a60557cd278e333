//! Who may import whom: the table of DESIGN section 2, held against the sources themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// What a module may import of ours; `config::x` is one section, `deliver::token` one file.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("config", &["model"]),
    ("gather", &["model", "config::gather"]),
    ("extract", &["model", "config::extract"]),
    ("aggregate", &["model", "config::aggregate"]),
    ("render", &["model", "config::look"]),
    ("deliver", &["model", "config::deliver", "config::alert"]),
    ("store", &["model", "config"]),
    (
        "pipeline",
        &["model", "config", "gather", "extract", "aggregate", "render", "deliver", "store"],
    ),
    ("schedule", &["model", "config", "store", "pipeline"]),
    ("web", &["model", "config", "store", "pipeline", "schedule", "render", "deliver::token"]),
    ("telemetry", &["config"]),
    (
        "app",
        &[
            "model",
            "config",
            "gather",
            "extract",
            "aggregate",
            "render",
            "deliver",
            "store",
            "pipeline",
            "schedule",
            "web",
            "telemetry",
        ],
    ),
];

/// Modules at whose door the rule ends: they wire everything.
const FREE: &[&str] = &["cli", "main", "lib"];

#[test]
fn no_module_imports_what_the_table_forbids() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&root);
    assert!(files.len() > 10, "no sources found below `{}`", root.display());
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            violations(&module_path(&root, file), &text)
        })
        .collect();
    assert!(found.is_empty(), "forbidden imports:\n{}", found.join("\n"));
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    for text in [
        "use crate::store::Db;",
        "use crate::{model::Clock, store};",
        "use super::super::store::Db;",
        "fn f() { crate::store::Db::connect(); }",
        "fn f() { println!(\"{}\", crate::store::NAME); }",
        "mod inner { use super::super::super::store; }",
    ] {
        let module = ["render".to_owned(), "mail".to_owned()];
        assert_eq!(violations(&module, text).len(), 1, "{text}");
    }
}

#[test]
fn a_stage_may_read_its_own_section_of_the_configuration_only() {
    let module = ["gather".to_owned()];
    assert!(violations(&module, "use crate::config::gather::GatherConfig;").is_empty());
    assert_eq!(violations(&module, "use crate::config::look::LookConfig;").len(), 1);
    assert_eq!(violations(&module, "use crate::config::Config;").len(), 1);
}

#[test]
fn a_module_outside_the_table_is_a_violation_by_itself() {
    assert_eq!(violations(&["attic".to_owned()], "use crate::model::Clock;").len(), 1);
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files
}

/// `src/render/mail/line.rs` is `[render, mail, line]`; `mod.rs` and `lib.rs` name their folder.
fn module_path(root: &Path, file: &Path) -> Vec<String> {
    let inside = file.strip_prefix(root).unwrap().with_extension("");
    let mut parts: Vec<String> =
        inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

fn violations(module: &[String], text: &str) -> Vec<String> {
    let top = module.first().map_or("lib", String::as_str);
    if FREE.contains(&top) {
        return Vec::new();
    }
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == top) else {
        return vec![format!("module `{top}` is not in the table of who may import whom")];
    };
    let mut imports = Imports { module: module.to_vec(), found: BTreeSet::new() };
    imports
        .visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("{module:?}: {error}")));
    let forbidden = imports.found.into_iter().filter(|path| !is_allowed(top, path, allowed));
    forbidden.map(|path| format!("`{}` imports `{}`", module.join("::"), path.join("::"))).collect()
}

fn is_allowed(top: &str, path: &[String], allowed: &[&str]) -> bool {
    let first = path.first().map_or("", String::as_str);
    let section = path.get(1).map(|second| format!("{first}::{second}"));
    first == top
        || allowed.contains(&first)
        || section.is_some_and(|section| allowed.contains(&section.as_str()))
}

/// Collects every path that starts at the crate's root, as its first two segments.
struct Imports {
    module: Vec<String>,
    found: BTreeSet<Vec<String>>,
}

impl Imports {
    fn take(&mut self, path: &[String]) {
        if let Some(absolute) = self.absolute(path)
            && !absolute.is_empty()
        {
            self.found.insert(absolute.into_iter().take(2).collect());
        }
    }

    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        match path.first()?.as_str() {
            "crate" | "sitrep" => Some(path[1..].to_vec()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let kept = self.module.len().checked_sub(ups)?;
                Some([&self.module[..kept], &path[ups..]].concat())
            }
            _ => None,
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.take(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.take(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.take(before),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.tree(before, item));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.take(&parts);
        syn::visit::visit_path(self, path);
    }

    /// Inside a macro there is no syntax tree: the tokens `crate :: name` are looked for.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let tokens = call.tokens.to_string();
        for after in tokens.split("crate :: ").skip(1) {
            let name: Vec<String> =
                after.split([' ', ',', ')', ';']).step_by(2).take(2).map(str::to_owned).collect();
            self.take(&[vec!["crate".to_owned()], name].concat());
        }
        syn::visit::visit_macro(self, call);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }
}
