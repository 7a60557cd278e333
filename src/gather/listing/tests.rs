use super::*;
use crate::gather::preset;
use crate::model::source::Preset;

fn base() -> Url {
    Url::parse("https://www.outlet.example/news/").unwrap()
}

fn page(body: &str, parts: &Parts) -> Feed {
    let html = format!("<html><head><title>Valley Post</title></head><body>{body}</body></html>");
    read(&html, Some(&base()), parts).unwrap()
}

#[test]
fn links_to_articles_are_found_with_headline_date_and_summary() {
    let card = |number: usize, date: &str| {
        format!(
            "<div class=card><a href=/news/story-{number}812><img alt=x></a><h3><a href='/news/story-{number}812?utm_source=home'>Two villages shelled, story {number}</a></h3>\
             <span class=post-date>{date}</span><p>Residents of both villages said that the shelling began at dawn.</p></div>"
        )
    };
    let body = format!(
        "<nav><a href=/news/how-we-report-the-news>How we report the news</a></nav><main>{}{}</main>\
         <aside><a href=https://other.example/news/a-story-from-elsewhere-today>A story from elsewhere today</a></aside>\
         <a href=/tag/shelling>All stories about shelling</a><footer><a href=/news/terms-of-use-of-this-site>Terms of use of this site</a></footer>",
        card(1, "25 June 2020"),
        card(2, "2020-06-24 10:00")
    );
    let feed = page(&body, &Parts::default());
    let found: Vec<_> = feed
        .entries
        .iter()
        .map(|e| (e.url.as_str(), e.title.as_str(), e.published.as_ref().unwrap().day()))
        .collect();
    assert_eq!(
        found,
        [
            ("https://www.outlet.example/news/story-1812", "Two villages shelled, story 1", 25),
            ("https://www.outlet.example/news/story-2812", "Two villages shelled, story 2", 24),
        ]
    );
    assert!(feed.entries[0].text.starts_with("Residents of both villages"));
    assert_eq!(feed.title, "Valley Post");
}

#[test]
fn selectors_name_the_parts_of_each_entry() {
    let parts = Parts {
        entry: Some("li.story".to_owned()),
        link: Some("@data-link".to_owned()),
        title: Some("b".to_owned()),
        date: Some(".when@data-at".to_owned()),
        text: Some(".lead".to_owned()),
        author: Some("i".to_owned()),
        ..Parts::default()
    };
    let feed = page(
        "<ul><li class=story data-link=a/1><b>Bridge  closed</b><i>Ann Lee</i><u class=when data-at=1593068700></u>\
         <div class=lead><p>One.</p><p>Two.</p></div></li><li>no story</li></ul>",
        &parts,
    );
    let entry = &feed.entries[0];
    assert_eq!(
        (feed.entries.len(), entry.url.as_str(), entry.title.as_str()),
        (1, "https://www.outlet.example/news/a/1", "Bridge closed")
    );
    assert_eq!((entry.text.as_str(), entry.author.as_deref()), ("One.\n\nTwo.", Some("Ann Lee")));
    assert_eq!(entry.published.as_ref().unwrap().timestamp().as_second(), 1_593_068_700);
}

#[test]
fn left_out_parts_are_the_usual_ones() {
    let parts = Parts { entry: Some("article".to_owned()), ..Parts::default() };
    let feed = page(
        "<article><h2><a href=x>Bridge closed</a></h2><time datetime=2020-06-25>today</time></article>\
         <article><a href=y>Road open</a></article>",
        &parts,
    );
    let titles: Vec<&str> = feed.entries.iter().map(|e| e.title.as_str()).collect();
    assert_eq!(titles, ["Bridge closed", "Road open"]);
    assert_eq!(feed.entries[0].published.as_ref().unwrap().day(), 25);
}

#[test]
fn the_preview_of_a_telegram_channel_is_read_whole() {
    let post = |number: usize, text: &str, extra: &str| {
        format!(
            "<div class=tgme_widget_message_wrap><div class='tgme_widget_message js-widget_message' data-post='valleynews/{number}'>{extra}\
             <div class='tgme_widget_message_text js-message_text' dir=auto>{text}</div>\
             <a class=tgme_widget_message_date href='https://t.me/valleynews/{number}'><time datetime='2020-06-25T10:00:00+00:00' class=time>10:00</time></a></div></div>"
        )
    };
    let forwarded = "<div>Forwarded from <a class=tgme_widget_message_forwarded_from_name href=x>Hill Radio</a></div>";
    let body = post(7, "<b>Bridge closed</b><br/><br/>The bridge is closed.<br>Use the ford.", "")
        + &post(8, "Calm &amp; quiet.", forwarded)
        + &post(9, "", "<a class=tgme_widget_message_photo_wrap></a>");
    let feed = page(&body, &preset::parts(Preset::Telegram));
    let found: Vec<_> =
        feed.entries.iter().map(|e| (e.url.as_str(), e.title.as_str(), e.text.as_str())).collect();
    assert_eq!(
        found,
        [
            ("https://t.me/valleynews/7", "Bridge closed", "The bridge is closed.\nUse the ford."),
            ("https://t.me/valleynews/8", "", "Calm & quiet."),
        ]
    );
    assert!(feed.whole && feed.entries[0].published.is_some());
    assert_eq!(feed.entries[1].credit.as_deref(), Some("Hill Radio"));
}

#[test]
fn a_wrong_selector_is_named() {
    let parts = Parts {
        entry: Some("li".to_owned()),
        title: Some("b >> i".to_owned()),
        ..Parts::default()
    };
    let error = read("<p>x", None, &parts).unwrap_err().to_string();
    assert_eq!(error, "`parts.title`: `b >> i` is no CSS selector");
}

#[test]
fn s_2_a_listing_nested_100000_deep_is_refused() {
    let html = "<div>".repeat(100_000);
    assert_eq!(read(&html, None, &Parts::default()), Err(FeedError::TooLarge));
}

#[test]
fn s_4_markup_in_a_headline_is_gone() {
    let feed = page(
        "<h2><a href=/news/a-story-of-four-words>Calm <script>x()</script>day\u{202e} in the valley</a></h2>",
        &Parts::default(),
    );
    assert_eq!(feed.entries[0].title, "Calm day in the valley");
}
