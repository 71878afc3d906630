"""Two servers of one installation on a PostgreSQL of their own, as docs/fr/exploitants.md has it: same beffroi.toml, same secret.key, a home folder each."""
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_S = 120


class Node:
    """One server, always on the same port. It is down from kill() until it is ready again."""

    def __init__(self, program, configuration, home, name):
        self.program, self.configuration, self.home, self.name = program, configuration, home, name
        self.log = home / "server.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process, self.down, self.fell_s = None, True, 0.0

    def _launch(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([self.program, "--config", self.configuration, "serve", "--port", str(self.port)],
                                            env={**os.environ, "BEFFROI_HOME": str(self.home)}, stdout=subprocess.DEVNULL, stderr=log)

    def start(self):
        """Launched again when it ends, as systemd does: the first node has not yet handed the base over."""
        self._launch()
        end = time.monotonic() + READY_S
        while time.monotonic() < end:
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                line.request("GET", "/readyz")
                if line.getresponse().status == 200:
                    self.down = False
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                time.sleep(2)
                self._launch()
            time.sleep(0.1)
        sys.exit(f"{self.name} ne répond pas : {self.log.read_text(encoding='utf-8')[-500:]}")

    def kill(self):
        self.down, self.fell_s = True, time.perf_counter()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def lines(self):
        """Of its log, over all its lives. A line cut by the kill is nothing."""
        for line in self.log.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def events(self, name):
        return (line for line in self.lines() if line["event"] == name)

    def warnings(self):
        for line in self.lines():
            if line["level"] in ("warning", "error") or line.get("status", "").startswith("5"):
                told = {key: value for key, value in line.items() if key not in ("time", "level", "request", "ms")}
                yield f"{self.name} {told}"


class TwoNodes:
    """`communes`: {id: host}; the first one is that of beffroi.toml."""

    def __init__(self, program, base, communes):
        self.program, self.communes = program, communes
        self.folder = Path(tempfile.mkdtemp(prefix="beffroi-nodes-"))
        self.folder.chmod(0o755)  # the server of PostgreSQL enters it under another name
        self.postgres = self.folder / "postgres"
        self.configuration = self.folder / "beffroi.toml"
        self.configuration.write_text(f'[commune]\nid = "{next(iter(communes))}"\n[search]\nsemantic = false\n[engine]\nmodel = ""\n', encoding="utf-8")
        homes = [self.folder / "home-1", self.folder / "home-2"]
        shutil.copytree(base / "corpora", homes[0] / "corpora")
        homes[1].mkdir()
        self.nodes = [Node(program, self.configuration, home, f"nœud {place}") for place, home in enumerate(homes, 1)]

    def __enter__(self):
        for commune, host in list(self.communes.items())[1:]:
            self.run("commune", "add", commune, "--name", f"Mairie de {commune}", "--host", host)
        return self

    def move_to_postgres(self):
        """From the files that the first home holds until then."""
        url = subprocess.run([ROOT / "tools/postgres", "start", self.postgres], capture_output=True, text=True, check=True).stdout.strip()
        scheme, rest = url.split("://")
        credentials, place = rest.split("@")
        user, password = credentials.split(":")
        self.url = f"{scheme}://{user}@{place}"
        self.password = password
        secret = self.folder / "password"
        secret.write_text(password, encoding="utf-8")
        secret.chmod(0o600)
        self.run("store", "move", "--to", self.url, "--password-file", str(secret))
        with self.configuration.open("a", encoding="utf-8") as file:
            file.write(f'[store]\npostgres = "{self.url}"\npassword_file = "{secret}"\n')
        key = self.nodes[0].home / "secret.key"
        if key.exists():
            shutil.copy(key, self.nodes[1].home)

    def __exit__(self, *_):
        for node in self.nodes:
            node.stop()
        subprocess.run([ROOT / "tools/postgres", "stop", self.postgres], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, *words, typed=""):
        return subprocess.run([self.program, "--config", self.configuration, *words], env={**os.environ, "BEFFROI_HOME": str(self.nodes[0].home)}, input=typed,
                              capture_output=True, text=True, check=False)

    def run(self, *words, typed=""):
        done = self.call(*words, typed=typed)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, words))} : {done.stderr.strip()}")
        return done.stdout

    def rows(self, sql):
        """Of a question in SQL, as lists of words."""
        done = subprocess.run(["psql", "--no-psqlrc", "-At", "-F", "\t", "-c", sql, self.url], env={**os.environ, "PGPASSWORD": self.password},
                              capture_output=True, text=True, check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]
