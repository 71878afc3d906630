"""Where things are, and how a figure is shown."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/beffroi"
HOME = Path(os.environ.get("BEFFROI_HOME", ROOT / "var"))
DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared/data"))


def say(label, value):
    print(f"  {label:<58} {value}")


def run_json(*words, home=HOME):
    done = subprocess.run([PROGRAM, *words, "--json"], env={**os.environ, "BEFFROI_HOME": str(home)}, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))} : {done.stderr.strip()}")
    return json.loads(done.stdout)


def queries():
    """(file with columns qid and query, list of queries)"""
    labelled = DATA / "retrieval_cdtn/dev/queries.tsv"
    if labelled.exists():
        header, *lines = labelled.read_text(encoding="utf-8").splitlines()
        column = header.split("\t").index("query")
        return labelled, [line.split("\t")[column] for line in lines]
    asked = [json.loads(line)["question"] for line in (ROOT / "tests/quality/questions_communes.jsonl").read_text(encoding="utf-8").splitlines()]
    made = Path(tempfile.mkdtemp()) / "queries.tsv"
    made.write_text("qid\tquery\n" + "".join(f"q{i}\t{text}\n" for i, text in enumerate(asked)), encoding="utf-8")
    return made, asked


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
