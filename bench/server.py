"""The server under load."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from house import HOME, PROGRAM, queries, say


class Server:
    """The real server on a free port, without its background work disturbing the figures: wait until it is idle."""

    def __init__(self, home=HOME):
        self.home = home

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([PROGRAM, "serve", "--port", str(self.port)], env={**os.environ, "BEFFROI_HOME": str(self.home)},
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                self.get("/readyz")
                return self
            except OSError:
                time.sleep(0.1)
        sys.exit("le serveur ne répond pas")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as reply:
            return reply.read()

    def memory_mb(self):
        """(resident, of which not backed by files)"""
        fields = dict(line.split(":") for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines())
        resident, shared = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssFile"))
        return resident, resident - shared


WRK_SCRIPT = """
local paths = {%s}
local turn = 0
request = function() turn = turn + 1; return wrk.format("GET", paths[turn %% #paths + 1]) end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"rate": %%f, "p50": %%f, "p95": %%f, "errors": %%d}\\n', summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def wrk(port, paths, connections, seconds=8):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(WRK_SCRIPT % ", ".join(json.dumps(path) for path in paths))
        script.flush()
        output = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name, f"http://127.0.0.1:{port}"],
                                capture_output=True, text=True, check=True).stdout
    return json.loads(output.strip().splitlines()[-1])


def bench_server():
    print("Serveur (limite : 60 Mo au repos)")
    _, asked = queries()
    with Server() as server:
        time.sleep(3)
        resident, own = server.memory_mb()
        say("mémoire au repos, dont hors fichiers projetés", f"{resident:.0f} Mo, {own:.0f} Mo")
        paths = [f"/api/v1/search?mode=lexical&limit=5&q={urllib.parse.quote(words)}" for words in asked[:500]]
        for path in paths[:50]:
            server.get(path)
        if not shutil.which("wrk"):
            sys.exit("wrk est nécessaire : tools/setup packages bench")
        floor = wrk(server.port, ["/healthz"], connections=16)
        load = wrk(server.port, paths, connections=16)
        crowd = wrk(server.port, paths, connections=200)
        say("recherches par seconde, 16 connexions", f"{load['rate']:.0f}")
        say("rapport à /healthz du même serveur", f"× {load['rate'] / floor['rate']:.3f}")
        say("200 visiteurs à la fois : p50, p95", f"{crowd['p50']:.0f} ms, {crowd['p95']:.0f} ms")
        say("erreurs sous cette charge", f"{crowd['errors']}")
        resident, own = server.memory_mb()
        say("mémoire après la charge, dont hors fichiers projetés", f"{resident:.0f} Mo, {own:.0f} Mo")


def bench_load():
    """BEFFROI_LOAD_S: for a shorter one than the ten minutes of the figures."""
    seconds = int(os.environ.get("BEFFROI_LOAD_S", "600"))
    print(f"200 visiteurs sans pause pendant {seconds} s : l’un cherche, l’autre lit une réponse d’extraits")
    _, asked = queries()
    words = [urllib.parse.quote(text) for text in asked[:500]]
    paths = [path for text in words for path in (f"/api/v1/search?limit=10&q={text}", f"/?q={text}")]
    with Server() as server:
        for path in paths[:50]:
            server.get(path)
        load = wrk(server.port, paths, connections=200, seconds=seconds)
        say("demandes par seconde", f"{load['rate']:.0f}")
        say("p50, p95", f"{load['p50']:.0f} ms, {load['p95']:.0f} ms")
        say("erreurs", f"{load['errors']}")
        resident, own = server.memory_mb()
        say("mémoire après la charge, dont hors fichiers projetés", f"{resident:.0f} Mo, {own:.0f} Mo")
