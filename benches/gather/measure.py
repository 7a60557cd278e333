#!/usr/bin/env python3
"""Speed of gathering against what else reads feeds, in one run on one machine.

    benches/gather/measure.py [--bin target/release/sitrep] [--feeds 2000] [--known 1000000]

A loopback nginx serves so many feeds of 30 kB, each under a host name of its own. Printed, each against its floor:
fetch + parse + store in requests/s as a share of what `wrk` gets from the same nginx, and as a multiple of Python's
aiohttp + feedparser (which store nothing); a poll of all feeds unchanged (304); the memory of all runs; by how much a
million known articles slow the next run. Wall times include the start of the program. nginx, wrk and python3-venv come
from the distribution; the peer's packages are installed into a folder below `target`. Exits 1 where a floor is missed.
"""
import argparse
import os
import random
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Texts long enough that no page is asked for: one request for each feed.
ENTRIES = 12
FEED_BYTES = 30_000
IN_FLIGHT = 64
# Each round reads feeds of its own, so that everything in them is new: with and without the known articles in turn. The
# first makes the tables and asks each host for its robots.txt, which is half of its requests: it is not counted.
ROUNDS = 4
# Ids of articles are eight letters for when they were first seen, in steps of four milliseconds, and 16 as good as random.
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
ORDERED = "0123456789abcdefghijklmnopqrstuv"
WORDS = (
    "shelling road village river convoy market checkpoint council spokesman residents northern district hospital "
    "ceasefire talks monitors border crossing brigade morning evening said reported near before after during several "
    "houses damaged electricity water supply restored families returned bridge closed opened statement ministry"
).split()
# As often as in English news, by which its language is told: one word in four.
SMALL_WORDS = "the the the of of and and in to a on by with from that their were".split()


# Over how many days the known articles were first seen.
KNOWN_DAYS = 400


def time_letters(seconds):
    steps = int(seconds * 250)
    return "".join(ORDERED[steps >> shift & 31] for shift in range(35, -5, -5))


def text_of(dice, length):
    text = []
    while length > 0:
        words = dice.choices(WORDS, k=11) + dice.choices(SMALL_WORDS, k=4)
        dice.shuffle(words)
        sentence = " ".join(words).capitalize() + "."
        text.append(f"<p>{sentence}</p>")
        length -= len(text[-1])
    return "".join(text)


def feed(source, edition, now):
    dice = random.Random(f"{source}/{edition}")
    each = FEED_BYTES // ENTRIES - 200
    items = "".join(
        f"<item><title>{' '.join(dice.choices(WORDS, k=8))}</title>"
        f"<link>http://s{source}.example/{edition}/{n}</link><guid>s{source}-{edition}-{n}</guid>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=30 * n))}</pubDate>"
        f"<description><![CDATA[{text_of(dice, each)}]]></description></item>"
        for n in range(ENTRIES)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Source {source}</title><link>http://s{source}.example/</link>{items}</channel></rss>"
    )


def write_feeds(folder, feeds):
    now = datetime.now(timezone.utc)
    for source in range(feeds):
        for edition in range(ROUNDS):
            path = folder / f"s{source}.example" / str(edition) / "feed.xml"
            path.parent.mkdir(parents=True)
            path.write_text(feed(source, edition, now))
            # nginx makes its ETag of time and size: another edition must never look unchanged.
            os.utime(path, (now.timestamp() - edition, now.timestamp() - edition))


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Nginx:
    """nginx on a free port of loopback, with one worker, as long as the block lasts."""

    def __init__(self, work, feeds):
        self.port = free_port()
        (work / "logs").mkdir()
        temporary = "".join(
            f"{name}_temp_path {work}/logs/{name}; "
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.config = work / "nginx.conf"
        self.config.write_text(
            f"daemon off; worker_processes 1; pid {work}/nginx.pid; error_log {work}/logs/error.log;"
            f"{'user root;' if os.getuid() == 0 else ''} worker_rlimit_nofile 32768;"
            "events { worker_connections 4096; } http { access_log off; sendfile on; tcp_nopush on;"
            f"{temporary} types {{ application/rss+xml xml; }} open_file_cache max=20000 inactive=600s;"
            f"server {{ listen 127.0.0.1:{self.port} backlog=4096; root {feeds}/$host; }} }}"
        )
        self.errors = work / "logs/error.log"

    def __enter__(self):
        command = ["nginx", "-c", str(self.config), "-e", str(self.errors)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"nginx did not start: {self.errors.read_text()}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def wrk(work, port, feeds):
    """Requests/s of wrk, for feeds of changing hosts over as many connections as we use."""
    script = work / "hosts.lua"
    script.write_text(
        "local n = 0\nrequest = function()\n"
        f"  n = (n + 7) % {feeds}\n"
        '  return wrk.format("GET", "/0/feed.xml", { Host = "s" .. n .. ".example" })\nend\n'
    )
    command = ["wrk", "-t1", f"-c{IN_FLIGHT}", "-d6s", "-s", str(script), f"http://127.0.0.1:{port}/"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"wrk got errors:\n{said}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1])


def python_peer(port, feeds):
    """Requests/s of aiohttp and feedparser in a process of their own."""
    venv = ROOT / "target/bench-gather-venv"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    packages = ["aiohttp==3.11.18", "feedparser==6.0.11"]
    subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
    peer = Path(__file__).with_name("peer.py")
    command = [str(python), str(peer), str(port), str(min(feeds, 400)), str(IN_FLIGHT)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


class Desk:
    """A folder with a configuration and a database."""

    def __init__(self, binary, folder, port, feeds):
        self.binary, self.folder, self.port, self.feeds = binary, folder, port, feeds
        folder.mkdir()
        subprocess.run([binary, "init"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        hosts = "".join(f'"s{n}.example" = "127.0.0.1:{port}"\n' for n in range(feeds))
        config = f"[gather]\nhosts_at_once = {IN_FLIGHT}\n[gather.hosts]\n{hosts}"
        (folder / "config/sitrep.toml").write_text(config)

    def gather(self, edition):
        """Seconds, memory in MB, and what was said of a run over one edition of all feeds."""
        sources = "".join(
            f'[[source]]\nid = "s{n}"\nname = "S{n}"\nurl = "http://s{n}.example/{edition}/feed.xml"\n'
            for n in range(self.feeds)
        )
        (self.folder / "config/sources.toml").write_text(sources)
        # What was written before is on the disk: a run an hour later finds it so, too.
        os.sync()
        with open(self.folder / "said", "wb") as said:
            started = time.monotonic()
            child = subprocess.Popen([self.binary, "gather", "--fetch-only"], cwd=self.folder, stdout=said, stderr=said)
            _, status, used = os.wait4(child.pid, 0)
            seconds = time.monotonic() - started
        text = (self.folder / "said").read_text()
        if os.waitstatus_to_exitcode(status):
            raise SystemExit(f"sitrep gather failed:\n{text[-2000:]}")
        return seconds, used.ru_maxrss / 1024, text

    def stored(self):
        with sqlite3.connect(self.folder / "sitrep.db") as db:
            return db.execute("SELECT COUNT(*) FROM article").fetchone()[0]

    def fill(self, known):
        """Puts so many articles of the sources into the database, by copies of the first, each of its own address."""
        db = sqlite3.connect(self.folder / "sitrep.db")
        columns = [row[1] for row in db.execute("PRAGMA table_info(article)")]
        model = dict(zip(columns, db.execute("SELECT * FROM article LIMIT 1").fetchone()))
        dice = random.Random(1)
        now, apart = time.time(), KNOWN_DAYS * 86_400 / known

        def row(n):
            source, seen = n % self.feeds, now - (known - n) * apart
            own = {
                "id": time_letters(seen) + "".join(dice.choices(LETTERS, k=16)),
                "source": f"s{source}",
                "url": f"http://s{source}.example/old/{n}",
                # As good as the hash that it stands for: nobody asks for these.
                "address": dice.getrandbits(64) - 2**63,
                "hash": f"{dice.getrandbits(256):064x}",
                "first_seen": int(seen * 1e6),
                "state": "read",
                "text": " ".join(dice.choices(WORDS, k=40)),
            }
            return [own.get(column, model[column]) for column in columns]

        marks = ", ".join("?" * len(columns))
        db.executemany(f"INSERT INTO article VALUES ({marks})", (row(n) for n in range(known)))
        db.commit()
        db.close()


def told(name, value, unit, floor, aim, at_least):
    holds = value >= floor if at_least else value <= floor
    word = "at least" if at_least else "at most"
    print(f"{name}: {value:.1f} {unit} (floor {word} {floor}{aim}): {'holds' if holds else 'MISSED'}", flush=True)
    return holds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target/release/sitrep"))
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--known", type=int, default=1_000_000)
    args = parser.parse_args()
    binary = str(Path(args.bin).resolve())
    for tool in ("nginx", "wrk"):
        if not shutil.which(tool):
            raise SystemExit(f"`{tool}` is missing: install the distribution's package")
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as work:
        work = Path(work)
        write_feeds(work / "feeds", args.feeds)
        with Nginx(work, work / "feeds") as nginx:
            holds = measure(binary, work, nginx.port, args)
    sys.exit(0 if all(holds) else 1)


def measure(binary, work, port, args):
    load = os.getloadavg()[0]
    print(f"{args.feeds} feeds of {FEED_BYTES // 1000} kB, {ENTRIES} entries each; {os.cpu_count()} cores, load {load:.1f}")
    wrk_rate = wrk(work, port, args.feeds)
    peer_rate = python_peer(port, args.feeds)
    empty = Desk(binary, work / "empty", port, args.feeds)
    full = Desk(binary, work / "full", port, args.feeds)
    # A first run makes the tables; the feeds of that edition are known afterwards to both.
    full.gather(0)
    full.fill(args.known)
    runs, slowed = [], []
    for edition in range(ROUNDS):
        run = empty.gather(edition)
        runs.append(run)
        if edition:
            slowed.append((run[0], full.gather(edition)[0]))
    expected = args.feeds * ENTRIES * ROUNDS
    if empty.stored() != expected:
        raise SystemExit(f"{empty.stored()} articles stored of {expected}:\n{runs[-1][2][-2000:]}")
    unchanged = [empty.gather(ROUNDS - 1) for _ in range(3)]
    seconds = statistics.median(run[0] for run in runs[1:])
    rate = args.feeds / seconds
    print(f"wrk {wrk_rate:.0f} requests/s; aiohttp + feedparser {peer_rate:.1f}; sitrep {rate:.0f} (median of {seconds:.2f} s)")
    polled = statistics.median(run[0] for run in unchanged)
    memory = max(run[1] for run in runs + unchanged)
    known = statistics.median(after / before for before, after in slowed)
    return [
        told("of wrk's requests/s", 100 * rate / wrk_rate, "%", 4, ", aim 8", True),
        told("of aiohttp + feedparser", rate / peer_rate, "times", 15, ", aim 40", True),
        told("unchanged feeds polled", polled, "s", 3, "", False),
        told(f"memory with {IN_FLIGHT} in flight", memory, "MB", 120, "", False),
        told(f"slower with {args.known} known articles", 100 * (known - 1), "%", 20, "", False),
    ]


if __name__ == "__main__":
    main()
