#!/usr/bin/env python3
"""Speed of the web site against nginx that serves the same bytes from files, in one run on one machine.

    benches/web/measure.py [--bin target/release/sitrep] [--events 1000000] [--issues 1000] [--readers 200]

An installation of its own on loopback, with an archive of so many issues and so many events. Printed: requests/s of an
archive page and of an event page as a share of what `wrk` gets for the same bytes from nginx; the 99th percentile of
the archive's pages and of searches for events; and what so many readers at once for a minute see while an edition
closes and is mailed to 200 subscribers: errors, and how late the mails were. nginx, wrk and curl come from the
distribution. Exits 1 where a floor is missed: an error, a late mail, a percentile of 100 ms or more.
"""
import argparse
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUBSCRIBERS = 200
SECONDS = 10
SEARCHES = [
    "q=palmyra",
    "q=army+palmyra",
    "faction=islamic-state",
    "region=SY",
    "region=SY%2FHoms&q=attack",
    "faction=islamic-state&from=2020-01-01&to=2020-06-30",
    "q=nothingofthesort",
    "",
]
ARTICLE = """{title}

Islamic State militants attacked a Syrian Army post near Palmyra on {day}, killing three soldiers, the Syrian \
Observatory for Human Rights said."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """An installation that serves its site, and works if it is asked to."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.process = binary, folder, None
        self.port = free_port()
        self.env = os.environ | {
            "SITREP_WEB__LISTEN": f"127.0.0.1:{self.port}",
            "SITREP_WEB__PUBLIC_ARCHIVE": "true",
            "SITREP_WEB__CONNECTIONS": "1024",
        }

    def run(self, *arguments):
        done = subprocess.run(
            [self.binary, *arguments], cwd=self.folder, env=self.env, text=True, capture_output=True
        )
        if done.returncode:
            sys.exit(f"sitrep {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def start(self, role):
        log = open(self.folder / "serve.log", "a")
        command = [self.binary, "serve", "--role", role]
        self.process = subprocess.Popen(command, cwd=self.folder, env=self.env, stderr=log, stdout=log)
        for _ in range(600):
            try:
                return self.get("/healthz")
            except OSError:
                time.sleep(0.1)
        sys.exit((self.folder / "serve.log").read_text())

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path):
        with urllib.request.urlopen(self.url(path), timeout=30) as answer:
            return answer.read()


def install(binary, folder):
    site = Site(binary, folder)
    site.run("init")
    (folder / "articles").mkdir()
    source = f'[[source]]\nid = "desk"\nname = "Our desk"\nurl = "file:{folder}/articles"\naligned_with = []\n'
    (folder / "config/sources.toml").write_text(source)
    yesterday = datetime.now(timezone.utc) - timedelta(days=1)
    for number in range(3):
        text = ARTICLE.format(title=f"Militants raid post {number}", day=f"{yesterday:%-d %B %Y}")
        (folder / f"articles/{number}.txt").write_text(text)
    site.run("run", "daily")
    for number in range(SUBSCRIBERS):
        site.run("subscriber", "add", f"r{number}@example.org", "--frequency", "each-issue")
    return site


def fill(folder, issues, events):
    """Copies of the one issue and the one event that were made, under other ids and days."""
    db = sqlite3.connect(next(folder.glob("*.db")))
    db.execute("PRAGMA synchronous = OFF")
    cells = db.execute("SELECT * FROM issue LIMIT 1").fetchone()
    names = [column[1] for column in db.execute("PRAGMA table_info(issue)")]
    issue = dict(zip(names, cells))
    day = 86_400_000_000
    rows = []
    for number in range(1, issues):
        old = issue | {"id": f"old{number:013}"}
        for name in ("window_from", "window_to", "closed_at"):
            old[name] = issue[name] - number * day
        rows.append([old[name] for name in names])
    places = ", ".join("?" * len(names))
    db.executemany(f"INSERT INTO issue ({', '.join(names)}) VALUES ({places})", rows)
    (real, body) = db.execute("SELECT id, body FROM event LIMIT 1").fetchone()
    terms = [term for (term,) in db.execute("SELECT term FROM event_term WHERE event = ?", (real,))]
    first = datetime(2015, 1, 1, tzinfo=timezone.utc)
    days = [(first + timedelta(days=n)).strftime("%Y-%m-%d") for n in range(4000)]
    found = json.loads(body)
    when = found["date"]

    def one(number):
        date = days[number % len(days)]
        ident = f"e{number:015}"
        text = json.dumps(found | {"id": ident, "date": when | {"from": date, "to": date}})
        return ident, date, text

    for start in range(0, events, 20_000):
        batch = [one(number) for number in range(start, min(events, start + 20_000))]
        db.executemany(
            "INSERT INTO event (id, version, body, first_seen, changed_at, date_from, date_to) "
            "VALUES (?, 1, ?, 1000, 1000, ?, ?)",
            [(ident, text, date, date) for ident, date, text in batch],
        )
        # A word of its own for each hundredth, so that searches meet rare and frequent ones.
        rows = []
        for number, (ident, date, _) in enumerate(batch, start):
            kept = terms if number % 3 == 0 else [term for term in terms if number % 2 or not term.startswith("f:")]
            rows += [(term, date, ident) for term in kept]
        db.executemany("INSERT OR IGNORE INTO event_term (term, day, event) VALUES (?, ?, ?)", rows)
        db.commit()
    db.execute("ANALYZE")
    db.commit()
    db.close()
    return real


def wrk(url, connections=50, seconds=SECONDS):
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s", url]
    told = subprocess.run(command, text=True, capture_output=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
    latency = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    errors = sum(int(n) for n in re.findall(r"(?:connect|read|write|timeout|responses:)\s(\d+)", told))
    return rate, latency, errors


class Nginx:
    """The same bytes as files."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        (folder / "files").mkdir(parents=True)
        (folder / "nginx.conf").write_text(
            f"worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events { worker_connections 2048; }\n"
            f"http {{ access_log off; types {{ text/html html; }} client_body_temp_path {folder}/b;\n"
            f"proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
            f"server {{ listen 127.0.0.1:{self.port}; root {folder}/files; }} }}\n"
        )
        self.process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
        time.sleep(1)

    def put(self, name, content):
        (self.folder / "files" / name).write_bytes(content)
        return f"http://127.0.0.1:{self.port}/{name}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def beside_nginx(site, nginx, pages):
    for name, path in pages.items():
        page = site.get(path)
        ours, latency, errors = wrk(site.url(path))
        theirs, _, _ = wrk(nginx.put(f"{name}.html", page))
        share = 100 * ours / theirs
        print(f"{name:8} {len(page) / 1000:6.1f} kB  {ours:8.0f} requests/s  99 % below {latency:6.1f} ms  "
              f"nginx {theirs:8.0f} requests/s  share {share:5.1f} %  errors {errors}")
        yield errors == 0


def percentiles(site, name, paths, times=40):
    took = []
    for _ in range(times):
        for path in paths:
            begun = time.perf_counter()
            site.get(path)
            took.append(1000 * (time.perf_counter() - begun))
    took.sort()
    worst = took[int(len(took) * 0.99)]
    print(f"{name}: median {took[len(took) // 2]:.1f} ms, 99th percentile {worst:.1f} ms of {len(took)} requests")
    return worst < 100


def during_an_edition(site, readers):
    """So many readers for a minute, while an edition closes and goes out."""
    site.stop()
    at = datetime.now(timezone.utc) + timedelta(seconds=75)
    site.env["SITREP_EDITION__DAILY__CLOSES"] = json.dumps([f"{at:%H:%M} UTC"])
    site.start("all")
    wait = at.replace(second=0, microsecond=0) - datetime.now(timezone.utc)
    time.sleep(max(0, wait.total_seconds() - 10))
    rate, latency, errors = wrk(site.url("/archive"), readers, 60)
    db = sqlite3.connect(next(site.folder.glob("*.db")))
    close = int(at.replace(second=0, microsecond=0).timestamp() * 1_000_000)
    late = []
    for _ in range(60):
        late = [settled for (settled,) in db.execute(
            "SELECT settled_at FROM outbox WHERE state = 'accepted' AND due_at >= ?", (close - 1,))]
        if len(late) >= SUBSCRIBERS:
            break
        time.sleep(1)
    db.close()
    if not late:
        print("no digest went out")
        return False
    slowest = (max(late) - close) / 1_000_000
    print(f"{readers} readers for 60 s while an edition closes: {rate:.0f} requests/s, 99 % below {latency:.1f} ms, "
          f"errors {errors}; {len(late)} of {SUBSCRIBERS} digests accepted, the last {slowest:.1f} s after the closing")
    return errors == 0 and len(late) == SUBSCRIBERS and slowest < 60


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--bin", default=ROOT / "target/release/sitrep", type=Path)
    asked.add_argument("--events", default=1_000_000, type=int)
    asked.add_argument("--issues", default=1_000, type=int)
    asked.add_argument("--readers", default=200, type=int)
    asked = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sitrep-web-"))
    nginx, site = Nginx(folder / "nginx"), None
    try:
        (folder / "site").mkdir()
        site = install(asked.bin.resolve(), folder / "site")
        begun = time.time()
        event = fill(site.folder, asked.issues, asked.events)
        print(f"{asked.issues} issues and {asked.events} events written in {time.time() - begun:.0f} s")
        site.start("web")
        issue = re.search(rb'href="/archive/([^"?]+)"', site.get("/archive"))[1].decode()
        good = list(beside_nginx(site, nginx, {"archive": "/archive", "issue": f"/archive/{issue}", "event": f"/e/{event}"}))
        before = [f"/archive?until={datetime.now(timezone.utc) - timedelta(days=n):%Y-%m-%d}" for n in (0, 30, 300, 900)]
        good.append(percentiles(site, f"archive of {asked.issues} issues", before))
        good.append(percentiles(site, f"search over {asked.events} events", [f"/events?{query}" for query in SEARCHES]))
        good.append(during_an_edition(site, asked.readers))
    finally:
        if site:
            site.stop()
        nginx.stop()
        shutil.rmtree(folder)
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
