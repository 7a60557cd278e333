//! The local pack: an editor adds what no pack knows, and the next run knows it.

use sitrep::model::FixedClock;
use sitrep::model::event::Event;
use sitrep::model::staff::StaffRole;
use sitrep::store::terms::{Search, search};
use sitrep::store::{local, snapshot, staff};
use std::sync::Arc;

use super::desk::staffed;
use super::staff::{get, post, sign_in};
use crate::support::samples::at;
use crate::support::webdesk::{Answer, POST, Webdesk};

const RAID: &str = "Raid\n\nThe Qalat Defence Brigade attacked a Syrian Army post near Palmyra on Monday, killing three soldiers, the Syrian Observatory for Human Rights said.";

/// The entry that is offered for a name, as a browser reads it.
fn offered(page: &Answer, name: &str) -> String {
    let all = page.body.split("<textarea name=\"entry\"").skip(1);
    let mut all =
        all.map(|part| part.split_once('>').unwrap().1.split("</textarea>").next().unwrap());
    let found = all.find(|text| text.contains(name)).unwrap();
    found.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}

async fn events(desk: &Webdesk) -> Vec<Event> {
    search(&desk.pipeline.db, &Search::default(), 9).await.unwrap().events
}

fn sides(event: &Event) -> Vec<String> {
    event
        .actors
        .iter()
        .filter_map(|actor| actor.faction.as_ref().map(ToString::to_string))
        .collect()
}

#[tokio::test]
async fn a_name_in_no_pack_is_taken_with_one_click_and_the_next_run_knows_it() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    desk.article("one.txt", RAID);
    desk.pipeline.prepare().await.unwrap();
    let before = desk.pipeline.packs.now().version.clone();
    assert!(!sides(&events(&desk).await[0]).contains(&"qalat-defence-brigade".to_owned()));
    let page = get(&desk, "/admin/names?least=1&days=30", &ed).await;
    let entry = offered(&page, "Qalat Defence Brigade");
    let taken = [("entry", entry.as_str()), ("kind", "political_militia"), ("from", "names")];
    let done = post(&desk, "/admin/pack/entry", &ed, &taken).await;
    assert_eq!(
        (done.status, done.headers["location"].as_str()),
        (303, "/admin/names"),
        "{}",
        done.body
    );
    let page = get(&desk, "/admin/names?least=1&days=30", &ed).await;
    assert!(!page.body.contains("Qalat Defence Brigade"), "{}", page.body);
    let deed = staff::deeds(&desk.pipeline.db, 1).await.unwrap().remove(0);
    assert_eq!(
        (deed.what.as_str(), deed.subject.as_str()),
        ("add entry", "faction/qalat-defence-brigade")
    );
    assert!(deed.detail.contains("+ kind = \"political_militia\""), "{}", deed.detail);

    desk.article("two.txt", &RAID.replace("Palmyra", "Raqqa").replace("three", "five"));
    desk.clock.advance(60);
    desk.pipeline.prepare().await.unwrap();
    let told = events(&desk).await;
    let of_two = told.iter().find(|event| format!("{event:?}").contains("Raqqa")).unwrap();
    assert!(sides(of_two).contains(&"qalat-defence-brigade".to_owned()), "{of_two:?}");
    assert_ne!(
        desk.pipeline.packs.now().version,
        before,
        "claims say which packs they were read with"
    );
    desk.pipeline.reprocess(at("2026-01-01T00:00Z")).await.unwrap();
    for event in events(&desk).await {
        assert!(sides(&event).contains(&"qalat-defence-brigade".to_owned()), "{event:?}");
    }
}

#[tokio::test]
async fn a_place_and_a_region_that_were_added_are_found_by_another_process_too() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    // Another process over the same database, which was started before.
    let config = (*desk.pipeline.config).clone();
    let clock = Arc::new(FixedClock::new(at("2026-03-02T12:00Z")));
    let other = sitrep::app::pipeline(config, clock).await.unwrap();
    let place = "[[place]]\nname = \"Tell Bahra\"\ncountry = \"SY\"\nadmin1 = \"Homs\"\nlat = 34.51\nlon = 38.02";
    let region = "[[region]]\nid = \"two-wells\"\nname = \"Two Wells\"\nincludes = [\"SY/Homs\"]";
    for entry in [place, region] {
        let done = post(&desk, "/admin/pack/entry", &ed, &[("entry", entry)]).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    assert!(other.registry().region(&"two-wells".into()).is_none());
    other.read_pending().await.unwrap();
    assert!(other.registry().region(&"two-wells".into()).is_some());
    desk.article("one.txt", &POST.replace("Palmyra", "Tell Bahra"));
    desk.pipeline.prepare().await.unwrap();
    let told = events(&desk).await.remove(0);
    let found = told.places.first().unwrap();
    assert_eq!(
        (found.canonical.as_deref(), found.admin1.as_deref()),
        (Some("Tell Bahra"), Some("Homs")),
        "{told:?}"
    );
    let file = get(&desk, "/admin/pack.toml", &ed).await;
    let pack: sitrep::model::pack::Pack = toml::from_str(&file.body).unwrap();
    assert_eq!((pack.places.len(), pack.regions.len()), (1, 1));
    assert!(!get(&desk, "/subscribe", "").await.body.contains("Added on the site"), "no theatre");
}

#[tokio::test]
async fn an_entry_is_checked_by_what_reads_packs_changed_and_removed_and_each_is_recorded() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    desk.hire("vi", StaffRole::Viewer).await;
    let vi = sign_in(&desk, "vi").await;
    let place = "/admin/pack/entry";
    for (entry, told) in [
        ("", "write one"),
        ("[[faction]]\nid = \"a\"\nname = \"A\"\nkind = \"rebels\"", "line 4"),
        ("[[faction]]\nid = \"a\"\nname = \"A\"\nkind = \"rebel\"\nalias = []", "did you mean"),
        (
            "[[faction]]\nid = \"qalat\"\nname = \"Qalat\"\nkind = \"rebel\"\nparent = \"nobody-at-all\"",
            "nobody-at-all",
        ),
        ("[[faction]]\nid = \"qalat\"\nname = \"ISIS\"\nkind = \"rebel\"", "is a name of"),
        ("<script>alert(1)</script>", "line 1"),
    ] {
        let again = post(&desk, place, &ed, &[("entry", entry)]).await;
        assert!(again.status == 422 && again.body.contains(told), "{told}: {}", again.body);
        assert!(!again.body.contains("<script>"), "s_4");
    }
    assert!(local::list(&desk.pipeline.db).await.unwrap().is_empty());
    let doubtful = "[[faction]]\nid = \"qalat\"\nname = \"Qalat\"\nkind = \"rebel\"\nparent = \"nobody-at-all\"";
    assert_eq!(post(&desk, place, &ed, &[("entry", doubtful), ("sure", "yes")]).await.status, 303);
    let again = post(&desk, place, &ed, &[("entry", doubtful), ("sure", "yes")]).await;
    assert!(again.status == 422 && again.body.contains("another entry"), "{}", again.body);
    let better = "[[faction]]\nid = \"qalat-brigade\"\nname = \"Qalat\"\nkind = \"rebel\"";
    let changed = [("key", "faction/qalat"), ("entry", better)];
    assert_eq!(post(&desk, place, &ed, &changed).await.status, 303);
    assert_eq!(post(&desk, place, &ed, &changed).await.status, 422, "it is gone");
    let list = get(&desk, "/admin/pack", &vi).await.body;
    assert!(list.contains("faction/qalat-brigade") && !list.contains("Remove"), "{list}");
    let shown = get(&desk, "/admin/pack/entry?key=faction%2Fqalat-brigade", &vi).await;
    assert!(shown.status == 200 && !shown.body.contains("<textarea"), "{}", shown.body);
    assert_eq!(get(&desk, "/admin/pack/entry?new=place", &vi).await.status, 403);
    assert_eq!(get(&desk, "/admin/pack/entry?key=none", &ed).await.status, 404);
    assert!(desk.pipeline.registry().faction(&"qalat-brigade".into()).is_some());
    let key = [("key", "faction/qalat-brigade")];
    assert_eq!(post(&desk, "/admin/pack/remove", &ed, &key).await.status, 303);
    assert!(desk.pipeline.registry().faction(&"qalat-brigade".into()).is_none());
    let mut deeds: Vec<_> = staff::deeds(&desk.pipeline.db, 9).await.unwrap();
    deeds.sort_by(|a, b| a.what.cmp(&b.what));
    let told: Vec<_> = deeds.iter().map(|deed| deed.what.as_str()).collect();
    assert_eq!(told, ["add entry", "edit entry", "remove entry"]);
    assert!(
        deeds[1].detail.contains("- id = \"qalat\"")
            && deeds[1].detail.contains("+ id = \"qalat-brigade\"")
    );
}

#[tokio::test]
async fn what_was_added_on_the_site_is_in_the_copy_that_a_backup_makes() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    let region = "[[region]]\nid = \"two-wells\"\nname = \"Two Wells\"\nincludes = [\"SY/Homs\"]";
    assert_eq!(post(&desk, "/admin/pack/entry", &ed, &[("entry", region)]).await.status, 303);
    let copy = desk.dir().join("copy.sqlite");
    let url = format!("sqlite:{}", desk.dir().join("sitrep.db").display());
    snapshot::save(&desk.pipeline.db, &url, &copy).await.unwrap();
    let mut config = (*desk.pipeline.config).clone();
    config.database.url = format!("sqlite:{}", copy.display());
    let clock = Arc::new(FixedClock::new(at("2026-03-02T12:00Z")));
    let restored = sitrep::app::pipeline(config, clock).await.unwrap();
    assert!(restored.registry().region(&"two-wells".into()).is_some());
}
