#!/usr/bin/env python3
"""usage: tests/checkers/spam.py DIR

Gives every .eml file in DIR to SpamAssassin, without the network, and fails where one scores more than 1.0."""
import pathlib
import re
import subprocess
import sys

MOST = 1.0

files = sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))
assert files, f"no .eml file in {sys.argv[1]}"
mbox = b""
for file in files:
    text = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
    mbox += b"From digest@example.org Mon Mar  2 04:00:00 2026\n" + text.rstrip(b"\n") + b"\n\n"
# A message that was on no network yet gets a bonus, which a reader's server would not give.
command = ["spamassassin", "--local", "--mbox", "--cf=score ALL_TRUSTED 0"]
judged = subprocess.run(command, input=mbox, capture_output=True, check=True)
said = re.sub(rb"\n[ \t]+", b" ", judged.stdout).decode("utf-8", "replace")
found = re.findall(r"^X-Spam-Status: \w+, score=(-?[\d.]+) required=[\d.]+ tests=(.*?) autolearn", said, re.MULTILINE)
assert len(found) == len(files), f"{len(found)} of {len(files)} messages were judged"
bad = [(file.name, score, tests) for file, (score, tests) in zip(files, found) if float(score) > MOST]
for name, score, tests in bad:
    print(f"{name} scores {score}: {tests}")
worst = max(float(score) for score, _ in found)
print(f"{len(files)} messages score {worst} at most")
sys.exit(1 if bad else 0)
