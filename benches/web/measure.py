#!/usr/bin/env python3
"""Speed of the web site against nginx that serves the same bytes from files, in one run on one machine.

    benches/web/measure.py [--bin target/release/sitrep] [--postgres "$(tests/postgres.sh start)"]
                           [--events 1000000] [--issues 1000] [--readers 200] [--only search,nginx,edition]

An installation of its own on loopback, over SQLite or, with --postgres, over a database of its own on that server, with an
archive of so many issues and so many events, which the engine makes itself. Printed: requests/s of an
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
# Which events have a word, faction or area, by their number: frequent ones and rare ones, mixed as if by chance.
TERMS = {
    "palmyra": "i % 3 = 0",
    "army": "i % 2 = 0",
    "attack": "i % 7 <> 0",
    "convoy": "i % 101 = 0",
    "checkpoint": "i % 10007 = 0",
    "f:islamic-state": "i % 5 = 0",
    "f:syrian-army": "i % 11 < 6",
    "r:SY": "i % 13 < 9",
    "r:SY/Homs": "i % 13 < 2",
    "r:IQ": "i % 13 >= 9",
    "homs": "i % 13 < 2",
    "lowerhalf": "i % 2 = 0",
    "upperhalf": "i % 2 = 1",
    "*": "1 = 1",
}
SEARCHES = [
    "",
    "q=palmyra",
    "q=army+palmyra",
    "q=army+palmyra+attack",
    "q=convoy+army",
    "q=checkpoint+palmyra",
    "faction=islamic-state",
    "faction=islamic-state&region=SY",
    "region=SY",
    "region=SY%2FHoms&q=attack",
    "faction=islamic-state&from=2020-01-01&to=2020-06-30",
    "faction=islamic-state&region=SY&q=convoy&to=2019-12-31",
    "region=IQ&q=convoy",
    "q=nothingofthesort",
    "q=nothingofthesort+palmyra",
    "to=2016-01-01&q=palmyra",
]
# The worst there is: each of two is frequent, and no event has both.
DISJOINT = ["q=lowerhalf+upperhalf", "region=IQ&q=homs"]
ARTICLE = """{title}

Islamic State militants attacked a Syrian Army post near Palmyra on {day}, killing three soldiers, the Syrian \
Observatory for Human Rights said."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Sqlite:
    """The engine of one machine, asked by itself."""

    name = "SQLite"
    series = "(WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {end}) SELECT i FROM n)"
    day = "date('2015-01-01', '+' || (i / {a_day}) || ' days')"
    ident = "printf('e%015d', i)"
    settle = "ANALYZE"

    def __init__(self, folder):
        self.folder = folder
        self.env = {}

    def open(self):
        return sqlite3.connect(next(self.folder.glob("*.db")))

    def run(self, *statements):
        db = self.open()
        # Nothing is lost by a crash here, and written once is half the work.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            db.execute(f"PRAGMA {pragma}")
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.execute("PRAGMA journal_mode = WAL")
        db.close()

    def rows(self, query):
        db = self.open()
        found = db.execute(query).fetchall()
        db.close()
        return found

    def stop(self):
        pass


class Postgres:
    """A database of its own on a server that runs already."""

    name = "PostgreSQL"
    series = "generate_series({first}::bigint, {end}::bigint - 1) AS n (i)"
    day = "to_char(date '2015-01-01' + (i / {a_day})::int, 'YYYY-MM-DD')"
    ident = "'e' || lpad(i::text, 15, '0')"
    settle = "VACUUM ANALYZE"

    def __init__(self, server):
        tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/psql"))
        self.psql = str(tools[-1]) if tools else "psql"
        self.server, self.database = server, f"sitrep_bench_{os.getpid()}"
        self.call(server, f"CREATE DATABASE {self.database}")
        self.url = server.rsplit("/", 1)[0] + "/" + self.database
        self.env = {"SITREP_DATABASE__URL": self.url}

    def call(self, url, *statements):
        command = [self.psql, url, "-q", "-X", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        told = subprocess.run(command, input=";\n".join(statements) + ";\n", text=True, capture_output=True)
        if told.returncode:
            sys.exit(f"psql: {told.stderr}")
        return told.stdout

    def run(self, *statements):
        self.call(self.url, "SET synchronous_commit = off", "SET maintenance_work_mem = '512MB'", *statements)

    def rows(self, query):
        return [tuple(line.split("\t")) for line in self.call(self.url, query).splitlines()]

    def stop(self):
        self.call(self.server, f"DROP DATABASE {self.database} WITH (FORCE)")


class Site:
    """An installation that serves its site, and works if it is asked to."""

    def __init__(self, binary, folder, engine):
        self.binary, self.folder, self.engine, self.process = binary, folder, engine, None
        self.port = free_port()
        self.env = os.environ | engine.env | {
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


def install(binary, folder, engine):
    site = Site(binary, folder, engine)
    site.run("init")
    (folder / "articles").mkdir()
    source = f'[[source]]\nid = "desk"\nname = "Our desk"\nurl = "file:{folder}/articles"\naligned_with = []\n'
    (folder / "config/sources.toml").write_text(source)
    yesterday = datetime.now(timezone.utc) - timedelta(days=1)
    for number in range(3):
        text = ARTICLE.format(title=f"Militants raid post {number}", day=f"{yesterday:%-d %B %Y}")
        (folder / f"articles/{number}.txt").write_text(text)
    site.run("run", "daily")
    (folder / "readers.txt").write_text("".join(f"r{number}@example.org\n" for number in range(SUBSCRIBERS)))
    site.run("subscriber", "import", "readers.txt", "--frequency", "each-issue")
    return site


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def fill(engine, issues, events):
    """Copies of the one issue and the one event that were made, under other ids and days; the engine writes them."""
    columns = [name for (name,) in engine.rows(
        "SELECT name FROM pragma_table_info('issue')" if engine.name == "SQLite" else
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'issue' ORDER BY ordinal_position")]
    day = 86_400_000_000
    series = engine.series.format(first=1, end=issues)
    changed = {"id": engine.ident.replace("'e", "'old").replace("'e'", "'old'")}
    changed |= {name: f"{name} - i * {day}" for name in ("window_from", "window_to", "closed_at")}
    cells = ", ".join(changed.get(name, name) for name in columns)
    engine.run(f"INSERT INTO issue ({', '.join(columns)}) SELECT {cells} FROM {series}, (SELECT * FROM issue LIMIT 1) AS one")

    ((real, body),) = engine.rows("SELECT id, body FROM event LIMIT 1")
    found = json.loads(body)
    found |= {"id": "@ID@", "date": found["date"] | {"from": "@DAY@", "to": "@DAY@"}}
    a_day = max(1, events // 4000)
    date = engine.day.format(a_day=a_day)
    made = f"replace(replace({quoted(json.dumps(found))}, '@ID@', {engine.ident}), '@DAY@', {date})"
    # Indices that are filled out of order are made anew at the end.
    engine.run("DROP INDEX event_term_event", "DROP INDEX event_short")
    for first in range(0, events, 250_000):
        series = engine.series.format(first=first, end=min(events, first + 250_000))
        engine.run(
            "INSERT INTO event (id, version, body, first_seen, changed_at, date_from, date_to) "
            f"SELECT {engine.ident}, 1, {made}, 1000, 1000, {date}, {date} FROM {series}")
    for term, which in sorted(TERMS.items()):
        series = engine.series.format(first=0, end=events)
        engine.run(
            f"INSERT INTO event_term (term, day, event) SELECT {quoted(term)}, {date}, {engine.ident} FROM {series} WHERE {which}")
    engine.run(
        "CREATE INDEX event_term_event ON event_term (event)",
        "CREATE INDEX event_short ON event (substr(id, 1, 6))",
        engine.settle)
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
    took, slowest = [], {}
    for _ in range(times):
        for path in paths:
            begun = time.perf_counter()
            site.get(path)
            took.append(1000 * (time.perf_counter() - begun))
            slowest[path] = max(slowest.get(path, 0), took[-1])
    took.sort()
    worst, path = took[int(len(took) * 0.99)], max(slowest, key=slowest.get)
    print(f"{name}: median {took[len(took) // 2]:.1f} ms, 99th percentile {worst:.1f} ms of {len(took)} requests; "
          f"the slowest {took[-1]:.1f} ms, {path}")
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
    close = int(at.replace(second=0, microsecond=0).timestamp() * 1_000_000)
    late = []
    for _ in range(60):
        late = [int(settled) for (settled,) in site.engine.rows(
            f"SELECT settled_at FROM outbox WHERE state = 'accepted' AND due_at >= {close - 1}")]
        if len(late) >= SUBSCRIBERS:
            break
        time.sleep(1)
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
    asked.add_argument("--postgres", metavar="URL", help="measure on PostgreSQL, in a new database of this server")
    asked.add_argument("--only", default="search,nginx,edition", help="which parts to measure")
    asked = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sitrep-web-"))
    nginx, site, good, parts = Nginx(folder / "nginx"), None, [], asked.only.split(",")
    (folder / "site").mkdir()
    engine = Postgres(asked.postgres) if asked.postgres else Sqlite(folder / "site")
    try:
        site = install(asked.bin.resolve(), folder / "site", engine)
        begun = time.time()
        event = fill(engine, asked.issues, asked.events)
        print(f"{engine.name}: {asked.issues} issues and {asked.events} events written in {time.time() - begun:.0f} s", flush=True)
        site.start("web")
        issue = re.search(rb'href="/archive/([^"?]+)"', site.get("/archive"))[1].decode()
        if "search" in parts:
            before = [f"/archive?until={datetime.now(timezone.utc) - timedelta(days=n):%Y-%m-%d}" for n in (0, 30, 300, 900)]
            good.append(percentiles(site, f"archive of {asked.issues} issues", before))
            good.append(percentiles(site, f"search over {asked.events} events", [f"/events?{query}" for query in SEARCHES]))
            good.append(percentiles(site, "searches for two that never meet", [f"/events?{query}" for query in DISJOINT], 20))
        if "nginx" in parts:
            pages = {"archive": "/archive", "issue": f"/archive/{issue}", "event": f"/e/{event}"}
            good += beside_nginx(site, nginx, pages)
        if "edition" in parts:
            good.append(during_an_edition(site, asked.readers))
    finally:
        if site:
            site.stop()
        engine.stop()
        nginx.stop()
        shutil.rmtree(folder)
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
