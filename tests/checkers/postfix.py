#!/usr/bin/env python3
"""usage: tests/checkers/postfix.py SITREP

Mails an edition through a real Postfix and reads what comes back. Postfix gets a configuration, a queue and ports of
its own on loopback; it wants TLS and a password, and delivers into maildirs. Shown: 500 readers get one message each,
over TLS; the bounce that Postfix makes for a reader who does not exist suppresses that one, and a mail to the address in
List-Unsubscribe the one who wrote it, so that the next issue goes to neither. Then without a relay, to Postfix as the server of
the readers' domain: over TLS, to a reader with letters beyond ASCII too, and one who does not exist is refused and suppressed.
Runs as root, as Postfix does."""
import email
import email.policy
import os
import pathlib
import pwd
import re
import shutil
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

READERS = 500
BINARY = str(pathlib.Path(sys.argv[1]).resolve())
NOBODY = pwd.getpwnam("nobody")


def run(*command, cwd=None, given=None):
    done = subprocess.run(command, cwd=cwd, input=given, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
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


class Postfix:
    def __init__(self, work):
        self.work, self.config, self.port, self.mx = work, work / "etc", free_port(), free_port()
        for name in ("etc", "queue", "data", "mail"):
            (work / name).mkdir()
        shutil.chown(work / "data", "postfix")
        os.chown(work / "mail", NOBODY.pw_uid, NOBODY.pw_gid)
        certificates(self.config)
        self.dovecot()
        self.mailboxes()
        self.write()

    def dovecot(self):
        """Dovecot keeps the password and answers Postfix."""
        folder = self.work / "dovecot"
        folder.mkdir()
        (folder / "users").write_text("sitrep:{PLAIN}correct horse\n")
        self.checker = folder / "dovecot.conf"
        self.checker.write_text(
            f"base_dir = {folder}/run\nlog_path = {folder}/log\nprotocols =\nssl = no\n"
            "disable_plaintext_auth = no\nauth_mechanisms = plain login\n"
            f"passdb {{\n  driver = passwd-file\n  args = {folder}/users\n}}\n"
            "userdb {\n  driver = static\n  args = uid=nobody gid=nogroup home=/nonexistent\n}\n"
            f"service auth {{\n  unix_listener {self.work}/auth {{\n    mode = 0666\n  }}\n}}\n"
        )

    def mailboxes(self):
        lines = [f"reader{n}@example.net reader{n}/" for n in range(READERS)]
        lines += ["bounce@bounce.example.org inbox/", "leave@bounce.example.org inbox/", "читатель@example.net utf8/"]
        (self.config / "mailboxes").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write(self):
        work = self.work
        settings = {
            "compatibility_level": "3.6", "queue_directory": f"{work}/queue", "data_directory": f"{work}/data",
            "maillog_file": f"{work}/log", "maillog_file_prefixes": str(work), "myhostname": "mx.example.net",
            "mydestination": "", "inet_interfaces": "127.0.0.1", "inet_protocols": "ipv4", "recipient_delimiter": "+",
            "virtual_mailbox_domains": "example.net, bounce.example.org", "virtual_mailbox_base": f"{work}/mail",
            "virtual_mailbox_maps": f"texthash:{self.config}/mailboxes", "virtual_minimum_uid": "100",
            "virtual_uid_maps": f"static:{NOBODY.pw_uid}", "virtual_gid_maps": f"static:{NOBODY.pw_gid}",
            # Nothing leaves this machine.
            "default_transport": "error:nothing leaves this machine", "relay_transport": "error:nothing leaves",
            # A reader who does not exist is found out after the message was taken: that makes a bounce.
            "smtpd_reject_unlisted_recipient": "no",
            "smtpd_relay_restrictions": "permit_sasl_authenticated, reject",
            "smtpd_recipient_restrictions": "permit_sasl_authenticated, reject",
            "smtpd_tls_security_level": "encrypt", "smtpd_tls_auth_only": "yes", "smtpd_tls_loglevel": "1",
            "smtpd_tls_cert_file": f"{self.config}/cert.pem", "smtpd_tls_key_file": f"{self.config}/key.pem",
            "smtpd_sasl_auth_enable": "yes", "smtpd_sasl_type": "dovecot", "smtpd_sasl_path": f"{work}/auth",
            "smtpd_client_connection_count_limit": "0", "anvil_rate_time_unit": "60s",
        }
        (self.config / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        services = [
            f"127.0.0.1:{self.port} inet n - n - - smtpd",
            # As the server of a domain: whoever comes, to readers who exist.
            f"127.0.0.1:{self.mx} inet n - n - - smtpd -o smtpd_sasl_auth_enable=no -o smtpd_tls_security_level=may"
            " -o smtpd_relay_restrictions=reject_unauth_destination -o smtpd_recipient_restrictions=reject_unlisted_recipient",
            "pickup unix n - n 60 1 pickup",
            "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "tlsmgr unix - - n 1000? 1 tlsmgr",
            "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce", "flush unix n - n 1000? 0 flush", "proxymap unix - - n - - proxymap",
            "error unix - - n - - error", "retry unix - - n - - error", "virtual unix - n n - - virtual",
            "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache", "postlog unix-dgram n - n - 1 postlogd",
        ]
        (self.config / "master.cf").write_text("\n".join(services) + "\n")

    def __enter__(self):
        # Daemons keep what they inherit, so nothing is read from them.
        subprocess.run(["dovecot", "-c", str(self.checker)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run("postfix", "-c", str(self.config), "start")
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"Postfix did not start:\n{self.log()}")

    def __exit__(self, kind, *_):
        if kind:
            print(self.log()[-3000:], file=sys.stderr)
        subprocess.run(["postfix", "-c", str(self.config), "stop"], capture_output=True)
        subprocess.run(["doveadm", "-c", str(self.checker), "stop"], capture_output=True)

    def log(self):
        path = self.work / "log"
        return path.read_text() if path.exists() else ""

    def messages(self, mailbox):
        return sorted((self.work / "mail" / mailbox / "new").glob("*"))

    def write_to(self, to):
        """A reader's mail, by the same door."""
        context = ssl.create_default_context(cafile=f"{self.config}/ca.pem")
        with smtplib.SMTP("localhost", self.port) as smtp:
            smtp.starttls(context=context)
            smtp.login("sitrep", "correct horse")
            text = f"From: reader7@example.net\r\nTo: {to}\r\nSubject: unsubscribe\r\n\r\n"
            smtp.sendmail("reader7@example.net", [to], text)


def wait_for(what, patience=60):
    until = time.monotonic() + patience
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def desk(work, postfix):
    folder = work / "desk"
    folder.mkdir()
    run(BINARY, "init", cwd=folder)
    (folder / "config/password").write_text("correct horse\n")
    (folder / "config/sources.toml").write_text("")
    (folder / "config/sitrep.toml").write_text(
        '[edition.daily]\ncloses = []\n[deliver]\nfrom = "digest@example.org"\n'
        'unsubscribe_to = "leave@bounce.example.org"\nbounce_to = "bounce@bounce.example.org"\n'
        f'inbox = "{postfix.work}/mail/inbox"\n'
        f'[deliver.smtp]\nhost = "localhost"\nport = {postfix.port}\nusername = "sitrep"\npassword_file = "password"\n'
        f'ca_file = "{postfix.config}/ca.pem"\ntimeout = "20s"\n'
    )
    readers = [f"reader{n}@example.net" for n in range(READERS)] + ["nobody@example.net"]
    (folder / "readers").write_text("\n".join(readers) + "\n")
    run(BINARY, "subscriber", "import", "readers", "--frequency", "each-issue", cwd=folder)
    return folder


def straight(work, postfix):
    """Without a relay."""
    folder = work / "straight"
    folder.mkdir()
    run(BINARY, "init", cwd=folder)
    (folder / "config/sources.toml").write_text("")
    (folder / "config/sitrep.toml").write_text(
        '[edition.daily]\ncloses = []\n[deliver]\nvia = "mx"\nfrom = "digest@example.org"\n[deliver.mx]\n'
        'helo = "mail.example.org"\nrequire_tls = true\npace = 0\ntimeout = "20s"\n'
        f'hosts = {{ "example.net" = "127.0.0.1:{postfix.mx}", "example.org" = "127.0.0.1:{postfix.mx}" }}\n'
    )
    readers = [f"reader{n}@example.net" for n in range(60)] + ["nobody@example.net", "читатель@example.net"]
    (folder / "readers").write_text("\n".join(readers) + "\n", encoding="utf-8")
    run(BINARY, "subscriber", "import", "readers", "--frequency", "each-issue", cwd=folder)
    before = [len(postfix.messages(f"reader{n}")) for n in range(60)]
    checked = run(BINARY, "check", "--online", cwd=folder)
    assert "the mail server of `example.org` takes us (example.org, TLS)" in checked, checked
    said = run(BINARY, "run", "daily", cwd=folder)
    assert "61 accepted" in said and "1 failed" in said, said
    delivered = lambda: [len(postfix.messages(f"reader{n}")) for n in range(60)] == [count + 1 for count in before]
    assert wait_for(delivered), "not everybody got one message"
    assert wait_for(lambda: len(postfix.messages("utf8")) == 1), "the reader with letters beyond ASCII got nothing"
    text = postfix.messages("utf8")[0].read_text(encoding="utf-8")
    assert "To: читатель@example.net" in text and "Received: from mail.example.org" in text, text[:2000]
    assert run(BINARY, "subscriber", "list", cwd=folder).count("suppressed") == 1


def main():
    with tempfile.TemporaryDirectory(prefix="sitrep-postfix-") as work:
        work = pathlib.Path(work)
        work.chmod(0o755)
        with Postfix(work) as postfix:
            folder = desk(work, postfix)
            checked = run(BINARY, "check", "--online", cwd=folder)
            assert f"`localhost:{postfix.port}` takes us" in checked, checked
            said = run(BINARY, "run", "daily", cwd=folder)
            assert f"{READERS + 1} accepted" in said, said
            delivered = lambda: all(len(postfix.messages(f"reader{n}")) == 1 for n in range(READERS))
            assert wait_for(delivered), "not everybody got one message"
            assert wait_for(lambda: postfix.messages("inbox")), "no bounce came"
            assert "TLS connection established" in postfix.log() and "sasl_username=sitrep" in postfix.log()
            said = run(BINARY, "bounce", "read", cwd=folder)
            assert "0 left, 0 complained, 1 bounces, 0 left as they are" in said, said
            mail = email.message_from_bytes(postfix.messages("reader7")[0].read_bytes(), policy=email.policy.default)
            postfix.write_to(re.search(r"<mailto:([^?>]+)", mail["List-Unsubscribe"])[1])
            assert wait_for(lambda: postfix.messages("inbox")), "the mail to leave did not arrive"
            said = run(BINARY, "bounce", "read", cwd=folder)
            assert "1 left, 0 complained, 0 bounces, 0 left as they are" in said, said
            said = run(BINARY, "run", "daily", cwd=folder)
            assert f"{READERS - 1} accepted" in said and "suppressed" not in said, said
            assert wait_for(lambda: len(postfix.messages("reader8")) == 2)
            assert len(postfix.messages("reader7")) == 1, "who left got another issue"
            straight(work, postfix)
    print(f"Postfix took {READERS} messages by TLS and AUTH; its bounce and a mail to leave suppressed one reader each")


main()
