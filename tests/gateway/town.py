"""A town hall with its server, its model elsewhere, and keys for its programs."""
import http.cookiejar
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from upstream import MODEL, Upstream

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("BEFFROI_PROGRAM", ROOT / "build/release/beffroi"))
BASE = Path(os.environ.get("BEFFROI_TEST_HOME", ROOT / "build/test-home"))
GIVEN, CHOSEN = "trois chevaux bleus", "cinq ânes gris et un chat"
PATIENCE_S = 120


class Town:
    def __init__(self, semantic=False, policy="mask"):
        self.folder = Path(tempfile.mkdtemp(prefix="beffroi-gateway-"))
        shutil.copytree(BASE, self.folder, dirs_exist_ok=True)
        self.upstream = Upstream()
        self.configuration = self.folder / "beffroi.toml"
        self.configuration.write_text(f"""[commune]
id = "demo"
[search]
semantic = {str(semantic).lower()}
[upstream]
url = "http://127.0.0.1:{self.upstream.port}/v1"
model = "{MODEL}"
[privacy]
upstream = "{policy}"
""", encoding="utf-8")
        self.server = None

    def __enter__(self):
        self.start()
        self.add_agent("camille")
        self.key = self.make_key("camille")
        for more in ([], ["--usual"]):  # the cases are in a hurry
            self.run("quota", "set", "--requests", "100000", *more)
        return self

    def __exit__(self, *_):
        self.stop()
        self.upstream.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, typed="", expected=0):
        done = subprocess.run([PROGRAM, "--config", self.configuration, *words], env={**os.environ, "BEFFROI_HOME": str(self.folder)},
                              input=typed, capture_output=True, text=True, timeout=PATIENCE_S)
        assert done.returncode == expected, f"{words}: code {done.returncode}, {done.stdout} {done.stderr}"
        return done.stdout

    def start(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log_file = open(self.folder / "server.log", "w+", encoding="utf-8")
        self.server = subprocess.Popen([PROGRAM, "--config", self.configuration, "serve", "--port", str(self.port)],
                                       env={**os.environ, "BEFFROI_HOME": str(self.folder)}, stdout=subprocess.DEVNULL, stderr=self.log_file)
        for _ in range(10 * PATIENCE_S):
            if self.server.poll() is not None:
                raise AssertionError(f"le serveur s’est arrêté : {self.log()}")
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=10).read()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("le serveur ne répond pas")

    def stop(self, at_once=False):
        if self.server:
            self.server.kill() if at_once else self.server.terminate()
            self.server.wait(60)

    def log(self):
        return (self.folder / "server.log").read_text(encoding="utf-8")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def model(self):
        return f"{MODEL}@127.0.0.1:{self.upstream.port}"

    def add_agent(self, login, role="agent"):
        self.run("user", "add", login, "--name", "Camille Martin", "--role", role, "--stdin", typed=GIVEN + "\n")
        Browser(self, login).accept_charter()

    def make_key(self, login, *rights):
        words = [word for right in rights or ("use_api", "generate") for word in ("--right", right)]
        return json.loads(self.run("user", "key", login, "--name", "Un programme", *words, "--json"))["key"]

    def id_of(self, key):
        return key.removeprefix("bfr_demo_")[:16]

    def database(self):
        return sqlite3.connect(self.folder / "communes/demo/commune.sqlite")


class Browser:
    """Somebody who signs in, as a browser without scripts does."""

    def __init__(self, town, login):
        self.town, self.login = town, login
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path):
        try:
            return self.opener.open(self.town.url + path, timeout=30).read().decode()
        except urllib.error.HTTPError as fault:
            return None if fault.code == 404 else fault.read().decode()

    def post(self, path, page, **fields):
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page or ""))
        form = urllib.parse.urlencode({**hidden, **fields}).encode()
        return self.opener.open(self.town.url + path, form, timeout=30).read().decode()

    def sign_in(self):
        self.post("/connexion", None, identifiant=self.login, **{"mot-de-passe": GIVEN})
        page = self.get("/mot-de-passe")
        self.post("/mot-de-passe", page, actuel=GIVEN, nouveau=CHOSEN, confirmation=CHOSEN)

    # Where there is a charter to accept, nothing is generated before.
    def accept_charter(self):
        self.sign_in()
        page = self.get("/charte")
        if page:
            form = page[page.index('action="/charte"'):]
            self.post("/charte", form[:form.index("</form>")])
