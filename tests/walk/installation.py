"""The program with its home folder, started on a free port; its commands; the browser of one visitor, without scripts."""
import http.client
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("BEFFROI_PROGRAM", ROOT / "build/release/beffroi")).resolve()
BASE = Path(os.environ.get("BEFFROI_TEST_HOME", ROOT / "build/test-home"))
PATIENCE_S = 300
GIVEN, CHOSEN = "trois chevaux bleus", "cinq ânes gris et un chat"


class Installation:
    def __init__(self, folder, configuration):
        self.home = Path(folder) / "home"
        shutil.copytree(BASE, self.home)
        self.config = Path(folder) / "beffroi.toml"
        self.config.write_text(configuration)
        self.port, self.server = 0, None

    def call(self, words, text=""):
        """(exit code, output, errors) of a command."""
        done = subprocess.run([PROGRAM, "--config", self.config, *words], env={**os.environ, "BEFFROI_HOME": str(self.home)}, input=text,
                              cwd=self.home.parent, text=True, capture_output=True, timeout=PATIENCE_S, check=False)
        return done.returncode, done.stdout, done.stderr

    def run(self, *words, text=""):
        code, out, errors = self.call(words, text)
        assert code == 0, f"{words}: {code} {out} {errors}"
        return out

    def serve(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = subprocess.Popen([PROGRAM, "--config", self.config, "serve", "--port", str(self.port)],
                                       env={**os.environ, "BEFFROI_HOME": str(self.home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if Browser(self, "localhost").get("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError("le service ne répond pas")

    def stop(self):
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(timeout=60)

    def rows(self, commune):
        """Every row of a commune's database, by table."""
        connection = sqlite3.connect(self.home / "communes" / commune / "commune.sqlite")
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"'))) for table in tables}
        connection.close()
        return found


class Page:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode("utf-8", "replace")
        self.location = next((value for name, value in headers if name.lower() == "location"), "")

    def everything(self):
        return "".join(f"{name}: {value}\n" for name, value in self.headers) + self.text


class Form:
    def __init__(self, method, action, kind):
        self.method, self.action, self.kind = method, action, kind
        self.fields, self.buttons = [], []

    def submissions(self):
        """The fields as each button of the form sends them."""
        return [self.fields + [button] for button in self.buttons] or [self.fields]


class _Reading(HTMLParser):
    """The links and the forms of a page."""

    def __init__(self, here):
        super().__init__()
        self.here, self.links, self.forms, self.form, self.select, self.area = here, [], [], None, None, None

    def handle_starttag(self, tag, attributes):
        told = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in told:
            self.links.append(urllib.parse.urljoin(self.here, told["href"]))
        elif tag == "form":
            action = urllib.parse.urljoin(self.here, told.get("action") or self.here)
            self.form = Form(told.get("method", "get").upper(), action, told.get("enctype", "application/x-www-form-urlencoded"))
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "button" and "name" in told:
            self.form.buttons.append((told["name"], told.get("value", "")))
        elif tag == "input" and "name" in told:
            if told.get("type") not in ("radio", "checkbox") or "checked" in told or told["name"] not in dict(self.form.fields):
                self.form.fields.append((told["name"], told.get("value", "on" if told.get("type") == "checkbox" else "")))
        elif tag == "textarea" and "name" in told:
            self.area = told["name"]
            self.form.fields.append((self.area, ""))
        elif tag == "select":
            self.select = told.get("name")
        elif tag == "option" and self.select:
            if "selected" in told or self.select not in dict(self.form.fields):
                self.form.fields = [field for field in self.form.fields if field[0] != self.select] + [(self.select, told.get("value", ""))]

    def handle_data(self, data):
        if self.area:
            self.form.fields[-1] = (self.area, self.form.fields[-1][1] + data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


class Browser:
    """A visitor of one commune's pages; `key` speaks as a program."""

    def __init__(self, installation, host, key=""):
        self.installation, self.host, self.key, self.cookies, self.csrf = installation, host, key, {}, ""

    def request(self, method, path, body=b"", kind="", host=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=PATIENCE_S)
        headers = {"Host": host or self.host}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if kind:
            headers["Content-Type"] = kind
        connection.request(method, path, body=body or None, headers=headers)
        reply = connection.getresponse()
        page = Page(reply.status, reply.getheaders(), reply.read())
        connection.close()
        return page

    def get(self, path, host=""):
        return self.request("GET", path, host=host)

    def post(self, path, fields, kind="application/x-www-form-urlencoded", host=""):
        """The fields with this visitor's own token, whatever token they were read with."""
        fields = [(name, self.csrf if name == "csrf" else value) for name, value in fields]
        if self.csrf and "csrf" not in dict(fields):
            fields.append(("csrf", self.csrf))
        if kind.startswith("multipart/"):
            line = "".join(f'--walk\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields)
            return self.request("POST", path, (line + "--walk--\r\n").encode(), "multipart/form-data; boundary=walk", host)
        return self.request("POST", path, urllib.parse.urlencode(fields).encode(), kind, host)

    def _keep_cookies(self, page):
        for name, value in page.headers:
            if name.lower() == "set-cookie":
                cookie, _, text = value.split(";")[0].partition("=")
                self.cookies[cookie] = text

    def sign_in(self, login):
        """First sign in of somebody who was given a password, and chooses another."""
        page = self.post("/connexion", [("identifiant", login), ("mot-de-passe", GIVEN)])
        assert page.status == 303, f"{login}: {page.status} {page.text}"
        self._keep_cookies(page)
        self.csrf = self._token("/mot-de-passe")
        page = self.post("/mot-de-passe", [("actuel", GIVEN), ("nouveau", CHOSEN), ("confirmation", CHOSEN)])
        assert page.status == 303, f"{login}: {page.status} {page.text}"
        self._keep_cookies(page)
        self.csrf = self._token("/mon-compte")
        return self

    def sign_in_again(self, login):
        page = self.post("/connexion", [("identifiant", login), ("mot-de-passe", CHOSEN)])
        assert page.status == 303, f"{login}: {page.status} {page.text}"

    def _token(self, path):
        return next(value for form in self.read(path).forms for name, value in form.fields if name == "csrf")

    def read(self, path):
        """A page with its links and forms."""
        page = self.get(path)
        reading = _Reading(path)
        if any(name.lower() == "content-type" and value.startswith("text/html") for name, value in page.headers):
            reading.feed(page.text)
        page.links, page.forms = reading.links, reading.forms
        return page
