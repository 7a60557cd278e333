use std::fs;

use super::*;

fn read(name: &str, content: &[u8]) -> FileReading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    read_file(&path, name, Duration::from_secs(20)).unwrap()
}

fn only(name: &str, content: &[u8]) -> Reading {
    read(name, content).articles.remove(0)
}

#[test]
fn a_text_file_starts_with_a_date_line() {
    let article = only("a.txt", b" date 2020-06-26 Posted on by valleydesk\n\nSource\n\nTwo villages were shelled.\n\nNo one was hurt.\n");
    assert_eq!(article.text, "Two villages were shelled.\n\nNo one was hurt.");
    assert_eq!(article.published.unwrap().date().to_string(), "2020-06-26");
    assert_eq!((article.author.as_deref(), article.url.as_str()), (Some("valleydesk"), "a.txt"));
}

#[test]
fn a_text_file_has_a_title_and_named_headers() {
    let article = only(
        "b.txt",
        b"Title: Bridge closed\nDate: 25 June 2020\nBy: Ann Lee\n\nThe bridge is closed.",
    );
    assert_eq!(
        (article.title.as_str(), article.text.as_str()),
        ("Bridge closed", "The bridge is closed.")
    );
    assert_eq!(article.author.as_deref(), Some("Ann Lee"));
    let article = only("c.txt", b"Bridge closed after shelling\n\nThe bridge is closed.\n");
    assert_eq!(
        (article.title.as_str(), article.text.as_str()),
        ("Bridge closed after shelling", "The bridge is closed.")
    );
}

#[test]
fn a_mail_gives_subject_sender_date_and_text() {
    let article = only("m.eml", b"From: Desk <d@x.example>\r\nSubject: Daily note\r\nDate: Thu, 25 Jun 2020 10:00:00 +0300\r\nContent-Type: text/plain\r\n\r\nAll calm.\r\n");
    assert_eq!((article.title.as_str(), article.text.as_str()), ("Daily note", "All calm."));
    assert_eq!((article.author.as_deref(), article.published.unwrap().hour()), (Some("Desk"), 10));
}

#[test]
fn json_lines_are_read_and_a_bad_line_is_noted() {
    let read = read("d.jsonl", b"{\"doc_id\":\"x\",\"text\":\"Calm.\",\"published\":\"2020-06-25\",\"lang\":\"en\"}\nnot json\n{\"doc_id\":\"y\"}\n");
    assert_eq!(read.articles[0].url, "d.jsonl#x");
    assert_eq!(read.skipped.len(), 2);
    assert!(read.skipped[0].starts_with("`d.jsonl`, line 2: "));
}

#[test]
fn an_empty_file_is_noted_not_an_error() {
    let read = read("e.txt", b" \n");
    assert_eq!(
        read,
        FileReading { articles: vec![], skipped: vec!["`e.txt`: the file is empty".to_owned()] }
    );
}

#[test]
fn a_folder_is_listed_in_order_without_hidden_and_foreign_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    for name in ["b.txt", "a.html", ".hidden.txt", "c.pdf", "sub/d.eml"] {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    let names: Vec<String> =
        list(folder.path()).unwrap().into_iter().map(|file| file.name).collect();
    assert_eq!(names, ["a.html", "b.txt", "sub/d.eml"]);
}

#[test]
fn a_path_and_a_file_address_name_the_same_file() {
    assert_eq!(path_of("file:///data/in"), PathBuf::from("/data/in"));
    assert_eq!(path_of("file:/data/a%20b"), PathBuf::from("/data/a b"));
    assert_eq!(path_of("data/in"), PathBuf::from("data/in"));
    assert_eq!(path_of("file:../in"), PathBuf::from("../in"));
}

#[test]
fn a_missing_file_says_what_to_check() {
    let error =
        read_file(Path::new("/nowhere/x.txt"), "x.txt", Duration::from_secs(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`/nowhere/x.txt` cannot be read; check that it exists and that we may read it"
    );
}
