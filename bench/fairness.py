"""What a flood from one commune costs another on the same server: p95 of searches and of chats, alone and under the flood.

Commune A floods with wrk, through its key; commune B asks one thing at a time. The model is served elsewhere and takes the same time for everybody,
so that what is measured is the wait before it. Goal: less than 20 % more.
"""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/walk"))
from installation import Browser  # noqa: E402

HOSTS = {"a": "localhost", "b": "b.test"}
REPLY_S = 0.4  # of the model, whoever asks
SLOTS = 4
SECONDS, WARM = 15, 20


class Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # the flood ended first

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        time.sleep(REPLY_S)
        end = {"choices": [{"index": 0, "delta": {"content": "Oui."}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(f"data: {json.dumps(end)}\n\ndata: [DONE]\n\n".encode())
        self.close_connection = True


def accept_charter(town, host):
    """The owner of the key signs in, and accepts: a key reaches nothing that writes before."""
    owner = Browser(town, host).sign_in("robot")
    form = next(form for form in owner.read("/charte").forms if form.action.endswith("/charte"))
    owner.post(form.action, form.fields, form.kind)


class TwoCommunes:
    def __init__(self, program, base):
        self.program = program
        self.home = Path(tempfile.mkdtemp(prefix="beffroi-fairness-"))
        shutil.copytree(base / "corpora", self.home / "corpora")
        self.model = ThreadingHTTPServer(("127.0.0.1", 0), Model)
        threading.Thread(target=self.model.serve_forever, daemon=True).start()
        self.configuration = self.home / "beffroi.toml"
        self.configuration.write_text(f"""[commune]
id = "a"
[search]
semantic = false
[engine]
slots = {SLOTS}
[upstream]
url = "http://127.0.0.1:{self.model.server_address[1]}/v1"
model = "m"
""", encoding="utf-8")

    def __enter__(self):
        self.run("commune", "add", "b", "--name", "Mairie de B", "--host", HOSTS["b"])
        self.keys = {commune: self.open_door(commune) for commune in ("a", "b")}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen([self.program, "--config", self.configuration, "serve", "--port", str(self.port)],
                                       env={**os.environ, "BEFFROI_HOME": str(self.home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                if self.ask("b", "GET", "/readyz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        else:
            sys.exit("le serveur ne répond pas")
        for host in HOSTS.values():
            accept_charter(self, host)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(30)
        self.model.shutdown()
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, *words, typed=""):
        done = subprocess.run([self.program, "--config", self.configuration, *words], env={**os.environ, "BEFFROI_HOME": str(self.home)}, input=typed,
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, words))} : {done.stderr.strip()}")
        return done.stdout

    def open_door(self, commune):
        where = ["--commune", commune]
        self.run("user", "add", "robot", "--name", "P", "--role", "agent", "--stdin", *where, typed="trois chevaux bleus\n")
        for more in ([], ["--usual"]):
            self.run("quota", "set", "--requests", "100000", "--tokens", "1000000000", *more, *where)
        return json.loads(self.run("user", "key", "robot", "--name", "k", "--right", "use_api", "--right", "generate", "--json", *where))["key"]

    def headers(self, commune):
        return {"Authorization": f"Bearer {self.keys[commune]}", "Content-Type": "application/json"}

    def ask(self, commune, method, path, body=None):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, self.headers(commune))
            reply = line.getresponse()
            return reply.status, reply.read()
        finally:
            line.close()

    @property
    def model_id(self):
        return f"m@127.0.0.1:{self.model.server_address[1]}"

    def bodies(self):
        return {"/v1/search": json.dumps({"prompt": "carte d'identité perdue", "method": "lexical", "k": 5}),
                "/v1/chat/completions": json.dumps({"model": self.model_id, "messages": [{"role": "user", "content": "Bonjour"}], "max_tokens": 8})}

    def p95_of_b(self, path, percentile):
        """(milliseconds, refusals), one request at a time on one connection."""
        line, body, times, refused = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), self.bodies()[path], [], 0
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends or len(times) < WARM + 20:
            started = time.perf_counter()
            line.request("POST", path, body, self.headers("b"))
            reply = line.getresponse()
            reply.read()
            refused += reply.status != 200
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(0.02)
        return percentile(times[WARM if len(times) > 5 * WARM else 2:], 0.95), refused

    def flood_of_a(self, path, connections):
        script = self.home / "flood.lua"
        headers = "".join(f'wrk.headers["{name}"] = "{value}"\n' for name, value in self.headers("a").items())
        script.write_text(f"wrk.method = \"POST\"\nwrk.body = {json.dumps(self.bodies()[path])}\n{headers}", encoding="utf-8")
        return subprocess.Popen(["wrk", "-t1", f"-c{connections}", f"-d{3 * SECONDS}s", "--timeout", "60s", "-s", script, f"http://127.0.0.1:{self.port}{path}"],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def end_of(flood):
    """(requests a second, replies other than 200) of wrk, interrupted."""
    flood.send_signal(signal.SIGINT)
    said = flood.communicate(timeout=60)[0]
    rate, refused = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return float(rate[1]), int(refused[1]) if refused else 0


def measure(program, base, say, percentile):
    print("Équité : ce qu’une commune qui inonde coûte à une autre (limite : 20 % de plus)")
    if not shutil.which("wrk"):
        sys.exit("wrk est nécessaire : tools/setup packages bench")
    with TwoCommunes(program, base) as town:
        for path, flood, name in (("/v1/search", "/v1/search", "recherches, sous des recherches"), ("/v1/search", "/v1/chat/completions", "recherches, sous des conversations"),
                                  ("/v1/chat/completions", "/v1/chat/completions", "conversations, sous des conversations")):
            alone, refused_alone = town.p95_of_b(path, percentile)
            crowd = town.flood_of_a(flood, 64)
            time.sleep(2)
            try:
                under, refused = town.p95_of_b(path, percentile)
            finally:
                rate, turned_away = end_of(crowd)
            time.sleep(6)  # the flood is forgotten
            say(f"{name} : p95 seule, sous 64 connexions", f"{alone:.1f} ms, {under:.1f} ms ({100 * (under / alone - 1):+.0f} %)")
            say("  refus de la commune B, seule et sous l’inondation", f"{refused_alone}, {refused}")
            say("  l’inondation : réponses par seconde, dont refusées en tout", f"{rate:.0f}, {turned_away}")
