#!/usr/bin/env python3
"""Speed of delivery against what else sends mail, in one run on one machine.

    benches/deliver/measure.py [--bin target/release/sitrep] [--messages 10000] [--readers 100000]

Postfix's `smtp-sink` takes messages of 30 kB to distinct recipients on loopback; every message is a row of the outbox,
and its way through the states is committed to the disk. Printed, each against its floor: messages/s without DKIM as a
share of Postfix's `smtp-source`, which stores nothing, at 1, 8 and 32 sessions; messages/s with RSA signatures; a whole
edition, from the feeds to the inboxes of all readers, as a multiple of rss2email's messages/s over the same feeds; the memory of a run to
100,000 readers of 500 variants; the time to queue 100,000 messages on SQLite and on PostgreSQL. Wall times include the
start of the program. Postfix and PostgreSQL come from the distribution (`tests/run` installs them), rss2email from PyPI
into a folder below `target`. Exits 1 where a floor is missed.
"""
import argparse
import functools
import http.server
import json
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MESSAGE_BYTES = 30_000
VARIANTS = 500
# The whole edition: so many feeds of so many entries, each as long as a message.
FEEDS, ENTRIES = 5, 100
ROUNDS = 3
PLACES = "Idlib Ariha Saraqib Jisr al-Shughur Maarrat al-Numan Afrin Azaz Manbij Raqqa Hasakah Tafas Daraa".split()
WORDS = (
    "village river convoy market checkpoint council spokesman residents northern district hospital talks monitors "
    "border crossing morning evening said reported near before after during several houses electricity water supply "
    "restored families returned bridge closed opened statement ministry"
).split()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def filler(dice, length):
    lines = []
    while length > 0:
        lines.append(" ".join(dice.choices(WORDS, k=9)).capitalize() + ".")
        length -= len(lines[-1]) + 2
    return "\n".join(lines)


def ordered_id(dice, n):
    """An id that sorts by its number, as those of the program sort by time."""
    return str(uuid.UUID(int=n << 80 | dice.getrandbits(80), version=4))


class Sink:
    """smtp-sink on a free port of loopback, as long as the block lasts."""

    def __enter__(self):
        self.port = free_port()
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        command = [tool("smtp-sink"), *user, f"127.0.0.1:{self.port}", "1024"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit("smtp-sink did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def tool(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not found:
        raise SystemExit(f"`{name}` is missing: install the distribution's package `postfix`")
    return found


def smtp_source(port, sessions, messages):
    """Messages/s of smtp-source, which keeps its connections (-d) and numbers its recipients (-N)."""
    command = [tool("smtp-source"), "-d", "-N", "-s", str(sessions), "-m", str(messages), "-l", str(MESSAGE_BYTES)]
    started = time.monotonic()
    subprocess.run([*command, "-t", "reader@example.net", f"127.0.0.1:{port}"], check=True)
    return messages / (time.monotonic() - started)


class Desk:
    """A folder with a configuration and a database."""

    def __init__(self, binary, folder, config, url=None):
        self.binary, self.folder = binary, folder
        folder.mkdir()
        self.run("init")
        database = f'[database]\nurl = "{url}"\n' if url else ""
        (folder / "config/sitrep.toml").write_text(database + config)
        (folder / "config/sources.toml").write_text("")
        self.run("status")

    def run(self, *arguments):
        """Seconds, memory in MB, and what was said."""
        with open(self.folder / "said", "wb") as said:
            started = time.monotonic()
            child = subprocess.Popen([self.binary, *arguments], cwd=self.folder, stdout=said, stderr=said)
            _, status, used = os.wait4(child.pid, 0)
            seconds = time.monotonic() - started
        text = (self.folder / "said").read_text()
        if os.waitstatus_to_exitcode(status):
            raise SystemExit(f"sitrep {' '.join(arguments)} failed:\n{text[-2000:]}")
        return seconds, used.ru_maxrss / 1024, text

    def database(self):
        return sqlite3.connect(self.folder / "sitrep.db")

    def queue(self, messages, variants=1):
        """Puts so many messages into the outbox, each to a reader of its own, of digests of the size that is measured."""
        dice, now = random.Random(1), time.time_ns() // 1000
        day = 24 * 3600 * 1_000_000
        db = self.database()
        variant = '{"filter":{},"grouping":"region","language":"en","zone":"UTC","brief":false}'
        for number in range(variants):
            html = f"<pre>{filler(dice, MESSAGE_BYTES * 2 // 3)}</pre>"
            row = (f"digest{number}", variant, "normal", "Sitrep", html, filler(dice, MESSAGE_BYTES // 3 - 1500), now)
            db.execute(
                "INSERT INTO digest (id, variant, outcome, subject, html, text, rendered_at) VALUES (?,?,?,?,?,?,?)", row
            )
        readers = [(n, ordered_id(dice, n)) for n in range(messages)]
        db.executemany(
            "INSERT INTO subscriber (id, address, state, language, zone, created_at) VALUES (?,?,'active','en','UTC',?)",
            ((reader, f"reader{n}@example.net", now) for n, reader in readers),
        )
        rows = (
            (
                ordered_id(dice, n),
                f"digest{n % variants}",
                reader,
                f"{n}.{reader}@example.org",
                now - messages + n,
                now + day,
                now,
            )
            for n, reader in readers
        )
        db.executemany(
            "INSERT INTO outbox (id, kind, reference, subscriber, state, message_id, due_at, expires_at, dated, attempts) "
            "VALUES (?,'digest',?,?,'queued',?,?,?,?,0)",
            rows,
        )
        db.execute("INSERT INTO mailing (reference, candidates) SELECT reference, COUNT(*) FROM outbox GROUP BY reference")
        db.commit()
        db.close()

    def send(self, messages):
        """Messages/s and memory of a run that sends what is queued."""
        seconds, memory, said = self.run("deliver")
        with self.database() as db:
            done = db.execute("SELECT COUNT(*) FROM outbox WHERE state = 'accepted'").fetchone()[0]
        if done != messages:
            raise SystemExit(f"{done} of {messages} messages were accepted:\n{said[-2000:]}")
        return messages / seconds, memory


def mail_config(port, sessions, more=""):
    return (
        f'[deliver]\nfrom = "digest@example.org"\nunsubscribe_to = "leave@example.org"\n'
        f'bounce_to = "bounce@example.org"\nconnections = {sessions}\n{more}'
        f'[deliver.smtp]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n'
        f"[edition.daily]\ncloses = []\n[gather]\n"
    )


def sending(binary, work, port, sessions, messages, signed=False):
    """The median of some runs, each with a database of its own."""
    rates = []
    for _ in range(ROUNDS):
        desk = Desk(binary, work / f"send-{uuid.uuid4()}", mail_config(port, sessions))
        if signed:
            desk.run("dkim", "generate")
            key = 'dkim = [{ selector = "s1", key_file = "dkim-s1.pem" }]\n'
            (desk.folder / "config/sitrep.toml").write_text(mail_config(port, sessions, key))
        desk.queue(messages)
        rates.append(desk.send(messages)[0])
        shutil.rmtree(desk.folder)
    return statistics.median(rates)


def import_readers(desk, number, frequency):
    (desk.folder / "readers").write_text("".join(f"reader{n}@example.net\n" for n in range(number)))
    desk.run("subscriber", "import", "readers", "--at", "23:59", "--zone", "Etc/GMT+12", "--frequency", frequency)


def fill_readers(desk, number, sql):
    """Puts so many readers of the edition into the database, by copies of the first; `sql` runs and gives rows."""
    import_readers(desk, 1, "daily")
    dice = random.Random(3)
    state, language, zone, created = sql("SELECT state, language, zone, created_at FROM subscriber")[0]
    known, reader, body = sql("SELECT id, subscriber, body FROM subscription")[0]
    people, wishes = [], []
    for n in range(1, number):
        own, wish = ordered_id(dice, n), ordered_id(dice, n)
        people.append((own, f"reader{n}@example.net", state, language, zone, created))
        wishes.append((wish, own, "daily", body.replace(known, wish).replace(reader, own)))
    return people, wishes


def queueing(binary, work, port, readers):
    """Seconds to close an edition and queue it for so many readers, who want it later, on SQLite."""
    desk = Desk(binary, work / f"queue-{uuid.uuid4()}", mail_config(port, 4))
    with desk.database() as db:
        people, wishes = fill_readers(desk, readers, lambda text: db.execute(text).fetchall())
        db.executemany("INSERT INTO subscriber (id, address, state, language, zone, created_at) VALUES (?,?,?,?,?,?)", people)
        db.executemany("INSERT INTO subscription (id, subscriber, edition, body) VALUES (?,?,?,?)", wishes)
    return queued(desk, readers)


def queued(desk, readers):
    seconds, memory, said = desk.run("run", "daily")
    if f"{readers} messages queued" not in said:
        raise SystemExit(f"not all were queued:\n{said[-2000:]}")
    return seconds, memory


def postgres(binary, work, port, readers):
    """The same on a PostgreSQL of its own, as the tests start one."""
    url = subprocess.run([ROOT / "tests/postgres.sh", "start"], capture_output=True, text=True, check=True).stdout.strip()
    name = f"bench_{uuid.uuid4().hex}"
    own = f"{url.rsplit('/', 1)[0]}/{name}"
    psql = ["psql", "-q", "-A", "-t", "-F", "\t"]

    def sql(text):
        said = subprocess.run([*psql, own, "-c", text], capture_output=True, text=True, check=True).stdout
        return [line.split("\t") for line in said.splitlines()]

    def copy(table, columns, rows):
        text = "".join("\t".join(str(value) for value in row) + "\n" for row in rows)
        subprocess.run([*psql, own, "-c", f"COPY {table} ({columns}) FROM STDIN"], input=text, text=True, check=True)

    subprocess.run([*psql, url, "-c", f"CREATE DATABASE {name}"], check=True)
    try:
        desk = Desk(binary, work / f"queue-{uuid.uuid4()}", mail_config(port, 4), own)
        people, wishes = fill_readers(desk, readers, sql)
        copy("subscriber", "id, address, state, language, zone, created_at", people)
        copy("subscription", "id, subscriber, edition, body", wishes)
        subprocess.run([*psql, own, "-c", "ANALYZE"], check=True)
        return queued(desk, readers)
    finally:
        subprocess.run([*psql, url, "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True)


def write_feeds(folder):
    """Feeds of entries as long as a message is."""
    dice, now = random.Random(2), datetime.now(timezone.utc)
    folder.mkdir()
    for number in range(FEEDS):
        items = ""
        for n in range(ENTRIES):
            place, killed = dice.choice(PLACES), dice.randint(2, 30)
            lead = f"Shelling killed {killed} civilians in {place} on {now - timedelta(hours=2):%A}, a monitor said."
            items += (
                f"<item><title>Shelling kills {killed} in {place}</title><link>http://news.example/{number}/{n}</link>"
                f"<guid>{number}-{n}</guid><pubDate>{format_datetime(now - timedelta(minutes=n + 1))}</pubDate>"
                f"<description><![CDATA[<p>{lead}</p><p>{filler(dice, MESSAGE_BYTES)}</p>]]></description></item>"
            )
        (folder / f"{number}.xml").write_text(
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {number}</title>'
            f"<link>http://news.example/</link>{items}</channel></rss>"
        )


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def rss2email(work, site, port):
    """Messages/s of `r2e run`: an entry is a message."""
    venv = ROOT / "target/bench-deliver-venv"
    if not (venv / "bin/r2e").exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(venv / "bin/pip"), "install", "-q", "rss2email==3.14"], check=True)
    config, data = work / "r2e.cfg", work / "r2e.json"
    config.write_text(
        f"[DEFAULT]\nfrom = digest@example.org\nto = reader@example.net\nemail-protocol = smtp\n"
        f"smtp-server = 127.0.0.1:{port}\nhtml-mail = True\n"
    )
    command = [str(venv / "bin/r2e"), "-c", str(config), "-d", str(data)]
    for number in range(FEEDS):
        feed = f"http://127.0.0.1:{site}/{number}.xml"
        subprocess.run([*command, "add", f"f{number}", feed], check=True, stderr=subprocess.DEVNULL)
    started = time.monotonic()
    subprocess.run([*command, "run"], check=True, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    sent = sum(len(feed["seen"]) for feed in json.loads(data.read_text())["feeds"])
    if sent != FEEDS * ENTRIES:
        raise SystemExit(f"rss2email sent {sent} of {FEEDS * ENTRIES} messages")
    return sent / seconds


def whole_edition(binary, work, site, port, readers):
    """Messages/s of `sitrep run`: gather the same feeds, read every article, render, and mail the readers."""
    config = mail_config(port, 8) + f'allow_private = ["127.0.0.1:{site}"]\nhost_delay = 0\n'
    desk = Desk(binary, work / "edition", config)
    sources = "".join(
        f'[[source]]\nid = "f{n}"\nname = "Feed {n}"\nkind = "feed"\nurl = "http://127.0.0.1:{site}/{n}.xml"\n'
        for n in range(FEEDS)
    )
    (desk.folder / "config/sources.toml").write_text(sources)
    import_readers(desk, readers, "each-issue")
    seconds, _, said = desk.run("run", "daily")
    with desk.database() as db:
        done, size, articles = db.execute(
            "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'accepted'), (SELECT MAX(LENGTH(html) + LENGTH(text)) "
            "FROM digest), (SELECT COUNT(*) FROM article)"
        ).fetchone()
    if (done, articles) != (readers, FEEDS * ENTRIES):
        raise SystemExit(f"{articles} articles, {done} of {readers} messages:\n{said[-2000:]}")
    return readers / seconds, size


def told(name, value, unit, floor, aim, at_least):
    holds = value >= floor if at_least else value <= floor
    word = "at least" if at_least else "at most"
    print(f"{name:<54} {value:8.1f} {unit:<11} {word} {floor}{aim}: {'holds' if holds else 'MISSED'}", flush=True)
    return holds


def measure(binary, work, args):
    load = os.getloadavg()[0]
    print(f"{args.messages} messages of {MESSAGE_BYTES // 1000} kB a run; {os.cpu_count()} cores, load {load:.1f}", flush=True)
    holds, wanted = [], set(args.only.split(",")) if args.only else {"speed", "signed", "edition", "memory", "queue"}
    with Sink() as sink:
        if "speed" in wanted:
            for sessions, floor in ((1, 20), (8, 30), (32, 30)):
                source = statistics.median(smtp_source(sink.port, sessions, args.messages) for _ in range(ROUNDS))
                ours = sending(binary, work, sink.port, sessions, args.messages)
                print(f"  {sessions} sessions: smtp-source {source:.0f}/s, sitrep {ours:.0f}/s", flush=True)
                holds.append(told(f"of smtp-source at {sessions} sessions", 100 * ours / source, "%", floor, ", aim 40", True))
        if "signed" in wanted:
            signed = sending(binary, work, sink.port, 8, args.messages // 2, signed=True)
            holds.append(told("with RSA signatures at 8 sessions", signed, "messages/s", 500, "", True))
        if "edition" in wanted:
            write_feeds(work / "feeds")
            site = serve(work / "feeds")
            peer = rss2email(work, site, sink.port)
            ours, size = whole_edition(binary, work, site, sink.port, args.messages)
            print(f"  {FEEDS * ENTRIES} articles: rss2email mails each, {peer:.0f}/s; sitrep a digest of {size // 1000} kB to {args.messages} readers, {ours:.0f}/s", flush=True)
            holds.append(told("of rss2email, feeds to inboxes", ours / peer, "times", 3, ", aim 5", True))
        if "memory" in wanted:
            desk = Desk(binary, work / "memory", mail_config(sink.port, 8))
            desk.queue(args.readers, VARIANTS)
            rate, memory = desk.send(args.readers)
            print(f"  {args.readers} readers of {VARIANTS} variants: {rate:.0f}/s", flush=True)
            holds.append(told(f"memory of a run to {args.readers} readers", memory, "MB", 150, "", False))
        if "queue" in wanted:
            for engine, run in (("SQLite", queueing), ("PostgreSQL", postgres)):
                seconds, memory = run(binary, work, sink.port, args.readers)
                print(f"  queueing on {engine} takes {memory:.0f} MB", flush=True)
                holds.append(told(f"queueing {args.readers} messages on {engine}", seconds, "s", 5, "", False))
    return holds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target/release/sitrep"))
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--only", default="", help="speed,signed,edition,memory,queue")
    args = parser.parse_args()
    # Below `target`, because /tmp may be memory: what is committed shall reach a disk.
    (ROOT / "target").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-deliver-", dir=ROOT / "target") as work:
        holds = measure(str(Path(args.bin).resolve()), Path(work), args)
    sys.exit(0 if all(holds) else 1)


if __name__ == "__main__":
    main()
