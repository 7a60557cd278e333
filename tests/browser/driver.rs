//! A real browser: Chromium without a screen, driven through its own driver.

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use sitrep::deliver::token::Purpose;
use sitrep::model::Clock as _;
use sitrep::model::subscriber::Subscriber;

use crate::support::webdesk::Webdesk;

/// A browser that looks at one site. It ends with the test.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    site: String,
    _process: Child,
}

/// Where the accessibility checker lies, which `tests/run` installs.
const AXE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checkers/node_modules/axe-core/axe.min.js");

impl Browser {
    /// A browser for a site; none where there is no Chromium or no driver, which in CI is a failure.
    pub(crate) async fn open(desk: &Webdesk) -> Option<Self> {
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        let Ok(mut process) = started else {
            skipped();
            return None;
        };
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("the driver says its port");
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let mut wanted = DesiredCapabilities::chrome();
        for argument in
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        {
            wanted.add_arg(argument).unwrap();
        }
        let driver = WebDriver::new(&format!("http://127.0.0.1:{port}"), wanted).await.unwrap();
        // What an outlet asks for is not fetched: nothing but our own pages is looked at.
        Some(Self { driver, site: format!("http://{}", desk.address()), _process: process })
    }

    /// Opens a page of the site.
    pub(crate) async fn goto(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.site)).await.unwrap();
    }

    /// The path that it shows now.
    pub(crate) async fn path(&self) -> String {
        let url = self.driver.current_url().await.unwrap();
        url.path().to_owned()
    }

    /// What a reader sees.
    pub(crate) async fn text(&self) -> String {
        self.driver.find(By::Tag("body")).await.unwrap().text().await.unwrap()
    }

    /// Writes into the field of a name, in place of what is there.
    pub(crate) async fn write(&self, name: &str, text: &str) {
        let field = self.driver.find(By::Css(format!("[name='{name}']"))).await.unwrap();
        let kind = field.attr("type").await.unwrap().unwrap_or_default();
        if ["time", "date"].contains(&kind.as_str()) {
            // Typing into these goes by the browser's language.
            let script = "arguments[0].value = arguments[1]";
            let element = serde_json::to_value(&field).unwrap();
            self.driver.execute(script, vec![element, json!(text)]).await.unwrap();
            return;
        }
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Ticks the box of a name.
    pub(crate) async fn tick(&self, within: &str, name: &str) {
        let place = By::Css(format!("{within} [name='{name}']"));
        self.driver.find(place).await.unwrap().click().await.unwrap();
    }

    /// Chooses among several.
    pub(crate) async fn choose(&self, name: &str, value: &str) {
        let place = By::Css(format!("select[name='{name}'] option[value='{value}']"));
        self.driver.find(place).await.unwrap().click().await.unwrap();
    }

    /// Presses the button that says so.
    pub(crate) async fn press(&self, label: &str) {
        let place = By::XPath(format!("//button[contains(., '{label}')]"));
        self.click(place).await;
    }

    /// Follows the link that says so.
    pub(crate) async fn follow(&self, label: &str) {
        self.driver
            .find(By::PartialLinkText(label.to_owned()))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
    }

    /// Clicks on what leads to another page, and waits for that one.
    async fn click(&self, place: By) {
        let old = self.driver.find(By::Tag("html")).await.unwrap();
        self.driver.find(place).await.unwrap().click().await.unwrap();
        for _ in 0..200 {
            let ready = self.driver.execute("return document.readyState", vec![]).await;
            let ready =
                ready.and_then(|it| it.convert::<String>()).is_ok_and(|it| it == "complete");
            if ready && old.tag_name().await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Lets a reader read, as the link does that is mailed to them.
    pub(crate) async fn read_as(&self, desk: &Webdesk, who: &Subscriber) {
        let tokens = desk.pipeline.mailer.tokens();
        let token = tokens.make(Purpose::Read, who.id.0, desk.clock.now());
        let mut cookie = Cookie::new("__Host-reader", token);
        cookie.set_path("/");
        cookie.set_secure(true);
        self.driver.add_cookie(cookie).await.unwrap();
    }

    /// Signs somebody in to edit.
    pub(crate) async fn sign_in(&self, name: &str, password: &str) {
        self.goto("/admin/sign-in").await;
        self.write("name", name).await;
        self.write("password", password).await;
        self.press("Sign in").await;
    }

    /// What is hard to use on a page, for each width, light and dark; also what is wider than the window.
    pub(crate) async fn barriers(&self, path: &str) -> Vec<String> {
        let axe = std::fs::read_to_string(AXE).unwrap();
        let mut found = Vec::new();
        for (width, scheme) in
            [(320, "light"), (320, "dark"), (768, "dark"), (1280, "light"), (1280, "dark")]
        {
            self.look_like(width, scheme).await;
            self.goto(path).await;
            self.driver.execute(axe.clone(), vec![]).await.unwrap();
            let script = "const done = arguments[arguments.length - 1]; \
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}) \
                .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 200))), \
                e => done(['axe: ' + e]));";
            let told = self.driver.execute_async(script, vec![]).await.unwrap();
            let told: Vec<String> = told.convert().unwrap();
            found
                .extend(told.into_iter().map(|it| format!("{path} at {width} px, {scheme}: {it}")));
            let wide = "return document.documentElement.scrollWidth > window.innerWidth";
            let wide: bool = self.driver.execute(wide, vec![]).await.unwrap().convert().unwrap();
            found.extend(wide.then(|| format!("{path} at {width} px scrolls sideways")));
        }
        found
    }

    async fn look_like(&self, width: u32, scheme: &str) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.cdp("Emulation.setEmulatedMedia", media).await;
    }

    async fn cdp(&self, command: &str, with: Value) {
        let _: Value = self.driver.cdp().send_raw(command, with).await.unwrap();
    }

    /// A picture of the page, where `SITREP_SHOTS` names a folder.
    pub(crate) async fn shot(&self, name: &str) {
        if let Some(folder) = shots() {
            self.driver.screenshot(&folder.join(format!("{name}.png"))).await.unwrap();
        }
    }

    /// Closes it.
    pub(crate) async fn quit(self) {
        self.driver.quit().await.unwrap();
    }
}

#[expect(clippy::disallowed_methods, reason = "whether this is CI, only the caller knows")]
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn skipped() {
    let in_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!in_ci, "no browser: install chromium and chromium-driver");
    eprintln!("skipped: no chromedriver, nothing is tried in a browser");
}

fn shots() -> Option<std::path::PathBuf> {
    std::env::var_os("SITREP_SHOTS").map(std::path::PathBuf::from)
}
