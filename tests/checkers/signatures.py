#!/usr/bin/env python3
"""usage: tests/checkers/signatures.py DIR

Checks every .eml file in DIR with dkimpy against the keys in DIR/dns.txt (lines of NAME and RECORD, a tab between):
both signatures must hold, and neither after a change of any character of a signed header or of the body."""
import pathlib
import re
import sys

import dkim

SIGNED = {b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"list-id",
          b"list-unsubscribe", b"list-unsubscribe-post", b"reply-to"}
folder = pathlib.Path(sys.argv[1])
records = dict(line.split("\t", 1) for line in (folder / "dns.txt").read_text().splitlines())


def lookup(name, timeout=5):
    return records[name.decode().rstrip(".")].encode()


def holds(mail, index):
    try:
        return dkim.DKIM(mail).verify(idx=index, dnsfunc=lookup)
    except dkim.DKIMException:
        return False


def changes(mail):
    """Changed copies: one character of each signed header, of the boundary, and of the body in some 40 places."""
    head, body = mail.split(b"\r\n\r\n", 1)
    at = 0
    for header in re.split(rb"\r\n(?![ \t])", head):
        name = header.split(b":", 1)[0].lower()
        if name in SIGNED:
            for offset in range(len(name) + 2, len(header), 7):
                if not header[offset:offset + 1].isspace():
                    yield name.decode(), flipped(mail, at + offset)
        at += len(header) + 2
    for offset in range(0, len(body), max(1, len(body) // 40)):
        if not body[offset:offset + 1].isspace():
            yield "body", flipped(mail, len(head) + 4 + offset)
    yield "added header", b"Subject: another\r\n" + mail


def flipped(mail, at):
    return mail[:at] + (b"x" if mail[at:at + 1] != b"x" else b"y") + mail[at + 1:]


files = sorted(folder.glob("*.eml"))
assert files, f"no .eml file in {folder}"
tried = 0
for file in files:
    mail = file.read_bytes()
    signatures = len(re.findall(rb"^DKIM-Signature:", mail, re.MULTILINE))
    assert signatures == 2, f"{file}: {signatures} signatures"
    for index in range(signatures):
        assert holds(mail, index), f"{file}: signature {index} does not hold"
        for what, changed in changes(mail):
            tried += 1
            assert not holds(changed, index), f"{file}: signature {index} holds after a change of {what}"
print(f"{len(files)} messages verify with both signatures; {tried} changes are found")
