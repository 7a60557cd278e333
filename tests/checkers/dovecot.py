#!/usr/bin/env python3
"""usage: tests/checkers/dovecot.py SITREP

Has what comes back read from a real Dovecot over IMAP, on loopback, with TLS from the first byte and by STARTTLS. Shown:
mail to the address in List-Unsubscribe suppresses its reader and is marked as seen, strange mail and the mail of others
stays as it is; a run that is killed between reading and marking, twenty times, acts on nothing twice and loses
nothing; a mailbox that was numbered anew is read again without effect; with `done` mail is moved into a folder that is
made where it is missing; and a wrong password, an unknown certificate and a folder that is not there are told by name."""
import email
import email.policy
import imaplib
import os
import pathlib
import pwd
import random
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
PASSWORD = 'correct "horse" ü'
NOBODY = pwd.getpwnam("nobody")


def run(*command, cwd=None, fails=False):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if bool(done.returncode) != fails:
        raise SystemExit(f"{' '.join(command[:4])}: {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return done.stdout + done.stderr


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def certificates(folder):
    """An authority, and a certificate of `localhost` that it signed."""
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority",
        "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem")
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
        "-keyout", f"{folder}/key.pem", "-out", f"{folder}/request.pem")
    (folder / "names").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    run("openssl", "x509", "-req", "-days", "2", "-in", f"{folder}/request.pem", "-CA", f"{folder}/ca.pem",
        "-CAkey", f"{folder}/ca.key", "-CAcreateserial", "-extfile", f"{folder}/names", "-out", f"{folder}/cert.pem")


class Dovecot:
    """Everything in a folder of its own; mail belongs to `nobody`."""

    def __init__(self, work):
        self.work, self.tls, self.starttls = work, free_port(), free_port()
        (work / "home").mkdir()
        os.chown(work / "home", NOBODY.pw_uid, NOBODY.pw_gid)
        certificates(work)
        (work / "users").write_text(f"sitrep:{{PLAIN}}{PASSWORD}\n")
        self.config = work / "dovecot.conf"
        self.config.write_text(
            f"base_dir = {work}/run\nstate_dir = {work}/state\nlog_path = {work}/log\nprotocols = imap\n"
            f"ssl = required\nssl_cert = <{work}/cert.pem\nssl_key = <{work}/key.pem\nauth_mechanisms = plain login\n"
            f"auth_failure_delay = 0\nmail_location = maildir:{work}/home/mail\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n"
            f"passdb {{\n  driver = passwd-file\n  args = {work}/users\n}}\n"
            f"userdb {{\n  driver = static\n  args = uid={NOBODY.pw_uid} gid={NOBODY.pw_gid} home={work}/home\n}}\n"
            f"service imap-login {{\n  inet_listener imap {{\n    address = 127.0.0.1\n    port = {self.starttls}\n  }}\n"
            f"  inet_listener imaps {{\n    address = 127.0.0.1\n    port = {self.tls}\n    ssl = yes\n  }}\n}}\n"
            "service anvil {\n  chroot =\n}\nmail_max_userip_connections = 100\n"
        )

    def __enter__(self):
        # Daemons keep what they inherit, so nothing is read from them.
        subprocess.run(["dovecot", "-c", str(self.config)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.tls), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"Dovecot did not start:\n{(self.work / 'log').read_text()[-2000:]}")

    def __exit__(self, kind, *_):
        if kind and (self.work / "log").exists():
            print((self.work / "log").read_text()[-3000:], file=sys.stderr)
        subprocess.run(["doveadm", "-c", str(self.config), "stop"], capture_output=True)

    def client(self):
        """What another reader of the mailbox sees."""
        context = ssl.create_default_context(cafile=f"{self.work}/ca.pem")
        client = imaplib.IMAP4_SSL("localhost", self.tls, ssl_context=context)
        client.authenticate("PLAIN", lambda _: f"\0sitrep\0{PASSWORD}".encode())
        return client

    def deliver(self, *mails):
        client = self.client()
        for mail in mails:
            client.append("INBOX", None, None, mail.replace("\n", "\r\n").encode())
        client.logout()

    def listed(self, folder="INBOX"):
        """Subject and flags of each message."""
        client = self.client()
        if client.select(folder, readonly=True)[0] != "OK":
            return []
        found = []
        for number in client.search(None, "ALL")[1][0].split():
            flags = imaplib.ParseFlags(client.fetch(number, "(FLAGS)")[1][0])
            head = client.fetch(number, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1][0][1].decode()
            found.append((head.split(":", 1)[1].strip(), {flag.decode() for flag in flags} - {"\\Recent"}))
        client.logout()
        return found


def leave(to, subject):
    return f"From: r@example.net\nTo: <{to}>\nSubject: {subject}\n\nstop\n"


class Desk:
    def __init__(self, work, dovecot):
        self.folder, self.dovecot = work / "desk", dovecot
        self.folder.mkdir()
        run(BINARY, "init", cwd=self.folder)
        (self.folder / "config/password").write_text(PASSWORD + "\n")
        (self.folder / "config/sources.toml").write_text("")
        self.configure()

    def configure(self, **imap):
        given = {
            "host": "localhost", "port": self.dovecot.tls, "username": "sitrep", "password_file": "password",
            "ca_file": f"{self.dovecot.work}/ca.pem", "timeout": "10s", **imap,
        }
        lines = [f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"' for key, value in given.items() if value]
        (self.folder / "config/sitrep.toml").write_text(
            '[edition.daily]\ncloses = []\n[deliver]\nfrom = "digest@example.org"\n'
            'unsubscribe_to = "leave@example.org"\nbounce_to = "bounce@example.org"\n[deliver.imap]\n' + "\n".join(lines) + "\n"
        )

    def sitrep(self, *arguments, fails=False):
        return run(BINARY, *arguments, cwd=self.folder, fails=fails)

    def mailed(self, count, name):
        """Subscribes readers, mails an issue, and gives for each the address to which they write to leave."""
        readers = [f"{name}{n}@example.net" for n in range(count)]
        (self.folder / "readers").write_text("\n".join(readers) + "\n")
        self.sitrep("subscriber", "import", "readers", "--frequency", "each-issue")
        self.sitrep("run", "daily")
        addresses = {}
        for file in (self.folder / "outbox").glob(f"{name}*.eml"):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            addresses[mail["To"].strip("<>")] = re.search(r"<mailto:([^?>]+)", mail["List-Unsubscribe"])[1]
        return addresses

    def suppressed(self):
        return self.sitrep("subscriber", "list").count("suppressed")


def read_and_mark(desk, dovecot):
    addresses = desk.mailed(3, "first")
    assert len(addresses) == 3, addresses
    leaves = list(addresses.values())
    dovecot.deliver("From: a@example.net\nTo: bounce@example.org\nSubject: a question\n\nWhat?\n", leave(leaves[0], "one leaves"))
    assert "lets us read `INBOX`: 2 messages" in desk.sitrep("check", "--online")
    said = desk.sitrep("bounce", "read")
    assert "1 left, 0 complained, 0 bounces, 1 left as they are" in said, said
    assert dovecot.listed() == [("a question", set()), ("one leaves", {"\\Seen"})], dovecot.listed()
    assert "0 left, 0 complained, 0 bounces, 0 left as they are" in desk.sitrep("bounce", "read")
    desk.configure(port=dovecot.starttls, tls="starttls")
    dovecot.deliver(leave(leaves[1], "another leaves"))
    said = desk.sitrep("bounce", "read")
    assert "1 left" in said, said
    assert desk.suppressed() == 2
    desk.configure()


def killed(desk, dovecot):
    """Each run is killed at another moment; in the end everybody who asked is off the list, and every mail is marked."""
    addresses = desk.mailed(20, "killed")
    before = desk.suppressed()
    dovecot.deliver(*(leave(leaves, f"{who} leaves") for who, leaves in addresses.items()))
    chance = random.Random(7)
    for _ in range(20):
        child = subprocess.Popen([BINARY, "bounce", "read"], cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.05 + chance.random() * 0.25)
        child.send_signal(signal.SIGKILL)
        child.wait()
        # The turn of one that was killed is another's after some minutes; here it is taken away from it.
        with sqlite3.connect(desk.folder / "sitrep.db", timeout=10) as database:
            database.execute("DELETE FROM lease")
    desk.sitrep("bounce", "read")
    marked = [flags for subject, flags in dovecot.listed() if subject.startswith("killed")]
    assert desk.suppressed() == before + 20, desk.suppressed()
    assert marked == [{"\\Seen"}] * 20, marked
    lines = (desk.folder / "suppressions.log").read_text().splitlines()
    assert len({line.split()[1] for line in lines}) == before + 20


def numbered_anew(desk, dovecot):
    """What Dovecot knows of its numbers is gone: it gives new ones under another validity."""
    before, count = desk.suppressed(), len(dovecot.listed())
    for file in (dovecot.work / "home/mail").glob("dovecot*"):
        file.unlink()
    time.sleep(1.1)
    said = desk.sitrep("bounce", "read")
    assert "0 left, 0 complained, 0 bounces, 1 left as they are" in said, said
    assert (desk.suppressed(), len(dovecot.listed())) == (before, count)


def moved(desk, dovecot):
    addresses = desk.mailed(2, "moved")
    desk.configure(done="Erledigt & fort.Zurück")
    leaves = list(addresses.values())
    client = dovecot.client()
    client.select("INBOX")
    client.store("1", "+FLAGS", "\\Deleted")
    client.logout()
    count = len(dovecot.listed())
    dovecot.deliver(*(leave(to, "to be moved") for to in leaves))
    assert "2 left" in desk.sitrep("bounce", "read")
    assert len(dovecot.listed()) == count, "mail that somebody else marked as deleted is still there"
    client = dovecot.client()
    names = client.list()[1]
    client.logout()
    folder = next(name for name in names if b"APw-ck" in name).decode().split('"." ')[-1]
    assert dovecot.listed(folder) == [("to be moved", {"\\Seen"})] * 2, dovecot.listed(folder)
    desk.configure()


def refused(desk, dovecot):
    for imap, told in [
        ({"username": "somebody"}, "does not let `somebody` in"),
        ({"ca_file": None}, "TLS: "),
        ({"folder": "Nowhere"}, "cannot use the folder `Nowhere`"),
        ({"port": free_port()}, "refused"),
    ]:
        desk.configure(**imap)
        said = desk.sitrep("bounce", "read", fails=True)
        assert told in said and "localhost:" in said, said
        said = desk.sitrep("check", "--online", fails=True)
        assert f"FAIL  mailbox: `localhost:" in said and told in said, said
    desk.configure()


def main():
    with tempfile.TemporaryDirectory(prefix="sitrep-dovecot-") as work:
        work = pathlib.Path(work)
        work.chmod(0o755)
        with Dovecot(work) as dovecot:
            desk = Desk(work, dovecot)
            for part in (read_and_mark, killed, numbered_anew, moved, refused):
                part(desk, dovecot)
    print("Dovecot's mailbox was read by TLS and STARTTLS; killed 20 times and numbered anew, each mail counted once")


main()
