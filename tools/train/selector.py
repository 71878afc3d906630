#!/usr/bin/env python3
"""Trains the selector of the `answers` room and its confidence, on development questions only, and writes their weights.

    beffroi eval answers --questions Q --write-features F.jsonl      for each question set, then
    python3 tools/train/selector.py --communes F --albert F --spf F --in-scope F --in-scope F --out-of-scope F \\
        --data ../shared/data --out src/answers/selector_weights.h

Selector: logistic regression on the features of src/answers/features.h, one example a sentence. Labels:
- communes: tests/quality/questions_communes.jsonl, split dev: the sentences named there (weight 1);
- albert: sentences of the expected fiches that share most words with the reference answer (silver, weight 0.3);
- spf: in the fiche whose title is the question, the sentences that its own short description repeats (silver, weight 0.2).
A sentence that may answer without being labelled (same publication, silver sets) is left out rather than called wrong.
Confidence: logistic regression on the signals of a question, in scope against out of scope (trivia) and unanswerable.
Prints 5-fold cross-validated figures, by question.
"""
import argparse
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
NAMES = re.findall(r'"(\w+)"', (ROOT / "src/answers/features.h").read_text().split("kFeatureNames")[1].split("};")[0])
BEST_PART = 40  # sentences a question kept for training beside the right ones: the best of the former model and some others


def plain(text):
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", re.sub(r" ([,.)])", r"\1", text)).strip(" .;:,").lower()


def words(text):
    text = unicodedata.normalize("NFD", plain(text))
    return {w[:7] for w in re.findall(r"[a-z0-9]{3,}", "".join(c for c in text if not unicodedata.combining(c)))}


def lines(path):
    return [json.loads(line) for line in Path(path).open()]


def supports(text, labels):
    text = plain(text)
    return any(plain(label) in text or (len(text) > 20 and text in plain(label)) for label in labels)


def communes(path):
    labels = {q["id"]: q for q in lines(ROOT / "tests/quality/questions_communes.jsonl")}
    for q in lines(path):
        label = labels[q["id"]]
        y = [1 if e["publication"] in label["publications"] and supports(e["text"], label["support"]) else 0 for e in q["extracts"]]
        yield {"set": "communes-" + label["split"], "kind": label["kind"], "weight": 1.0, "q": q, "y": np.array(y)}


def albert(path, data):
    references = [json.loads(line) for line in (Path(data) / "qa_albert_light/dev/qa.jsonl").open()]
    for q, reference in zip(lines(path), references):
        if reference.get("abstention") or "ne fournissent pas" in reference["reference_answer"]:
            continue
        answer = words(reference["reference_answer"])
        y = []
        for e in q["extracts"]:
            mine = words(e["text"])
            share = len(mine & answer) / max(4, len(mine))
            right = e["publication"] in reference["context_fiches"]
            y.append(1 if right and share >= 0.7 else 0 if not right or share < 0.3 else -1)
        yield {"set": "albert", "kind": "answerable", "weight": 0.3, "q": q, "y": np.array(y)}


def spf(path, data):
    expected = dict(line.split("\t")[0:3:2] for line in (Path(data) / "retrieval_spf_qr/dev/qrels.tsv").read_text().splitlines()[1:])
    short = {}
    for line in gzip.open(Path(data) / "fiches_dila_2020/fiches_corpus_2020.jsonl.gz", "rt"):
        fiche = json.loads(line)
        short[fiche["id"]] = words(fiche["description"])
    for q in lines(path):
        right = expected[q["id"]]
        answer = short.get(right, set())
        y = []
        for e in q["extracts"]:
            mine = words(e["text"])
            share = len(mine & answer) / max(4, len(mine))
            y.append(-1 if e["publication"] != right and share >= 0.3 else 0 if e["publication"] != right or share < 0.2 else 1 if share >= 0.6 else -1)
        yield {"set": "spf", "kind": "answerable", "weight": 0.2, "q": q, "y": np.array(y)}


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def logistic(x, y, w, l2):
    """Weights then bias; the bias is not penalised."""
    x1 = np.hstack([x, np.ones((len(x), 1))])

    def loss(v):
        p = sigmoid(x1 @ v)
        value = -np.sum(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))) + l2 * np.sum(v[:-1] ** 2)
        gradient = x1.T @ (w * (p - y))
        gradient[:-1] += 2 * l2 * v[:-1]
        return value, gradient

    return minimize(loss, np.zeros(x1.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def score(v, x):
    return sigmoid(x @ v[:-1] + v[-1])


def examples(questions, former=None):
    x, y, w = [], [], []
    for one in questions:
        labels = one["y"]
        if len(labels) == 0 or not (labels == 1).any():
            continue
        features = one["x"]
        keep = labels >= 0
        if former is not None:  # the sentences that compete, not the crowd
            rank = np.argsort(-score(former, features))
            far = np.ones(len(labels), bool)
            far[rank[:BEST_PART]] = False
            keep &= ~(far & (labels == 0))
        positives = max(1, int((labels[keep] == 1).sum()))
        x.append(features[keep])
        y.append((labels[keep] == 1).astype(float))
        w.append(np.where(labels[keep] == 1, one["weight"] / positives * 3, one["weight"] / 6))
    return np.vstack(x), np.concatenate(y), np.concatenate(w)


def train(questions, l2):
    model = logistic(*examples(questions), l2)
    for _ in range(2):
        model = logistic(*examples(questions, model), l2)
    return model


def figures(questions, models):
    hit1 = hit3 = mrr = n = reachable = 0
    for one, model in zip(questions, models):
        labels = one["y"]
        n += 1
        if not (labels == 1).any():
            continue
        reachable += 1
        order = np.argsort(-score(model, one["x"]))
        rank = next(i for i, at in enumerate(order) if labels[at] == 1)
        hit1 += rank == 0
        hit3 += rank < 3
        mrr += 1 / (rank + 1)
    return f"questions {n}, reachable {reachable / n:.3f}, first {hit1 / n:.3f}, in three {hit3 / n:.3f}, MRR {mrr / n:.3f}"


def folds(items, k=5, seed=7):
    order = np.random.default_rng(seed).permutation(len(items))
    return [set(order[i::k].tolist()) for i in range(k)]


def cross_validate(gold, silver, l2):
    models = [None] * len(gold)
    for fold in folds(gold):
        model = train([g for i, g in enumerate(gold) if i not in fold] + silver, l2)
        for i in fold:
            models[i] = model
    return models


def signals(one, model):
    q = one["q"]
    relevance, coverage, unknown, terms, personal, past = q["signals"]
    if not q["extracts"]:
        return [0, relevance, coverage, 0, 0, 0, unknown, 0, terms, personal, 0, past]
    p = score(model, one["x"])
    best = int(np.argmax(p))
    f = one["x"][best]
    return [p[best], relevance, coverage, f[NAMES.index("cover_context")], f[NAMES.index("cover_beyond_title")], f[NAMES.index("title_cover")], unknown, q["extracts"][best]["figures"], terms, personal, q["extracts"][best]["names"], past]


def prepare(ones):
    out = list(ones)
    for one in out:
        one["x"] = np.array([e["features"] for e in one["q"]["extracts"]], dtype=float).reshape(len(one["q"]["extracts"]), len(NAMES))
    return out


def unlabelled(path, kind):
    return prepare({"set": Path(path).stem, "kind": kind, "weight": 0, "q": q, "y": np.zeros(len(q["extracts"]))} for q in lines(path))


def c_array(name, values):
    body = ", ".join(f"{v:.5g}F" if "." in f"{v:.5g}" or "e" in f"{v:.5g}" else f"{v:.5g}.0F" for v in values)
    wrapped, line = [], "   "
    for part in body.split(", "):
        if len(line) + len(part) > 120:
            wrapped.append(line)
            line = "   "
        line += " " + part + ","
    wrapped.append(line.rstrip(","))
    return f"inline constexpr std::array<float, {len(values)}> {name} = {{\n" + "\n".join(wrapped) + "};\n"


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--communes", required=True)
    args.add_argument("--albert", required=True)
    args.add_argument("--spf", required=True)
    args.add_argument("--in-scope", action="append", default=[])
    args.add_argument("--out-of-scope", required=True)
    args.add_argument("--data", default=str(ROOT / "../shared/data"))
    args.add_argument("--l2", type=float, default=0.3)
    args.add_argument("--out", required=True)
    args = args.parse_args()

    own = prepare(communes(args.communes))
    gold = [o for o in own if o["set"] == "communes-dev" and o["kind"] != "unanswerable"]
    silver = prepare(albert(args.albert, args.data)) + prepare(spf(args.spf, args.data))
    for l2 in sorted({args.l2, 0.03, 0.1, 0.3, 1, 3}):
        print(f"selector, own questions, 5 folds, l2 {l2}: {figures(gold, cross_validate(gold, silver, l2))}", file=sys.stderr)
    selector = train(gold + silver, args.l2)
    for name in ("albert", "spf"):
        part = [s for s in silver if s["set"] == name]
        print(f"selector, {name} (seen in training): {figures(part, [selector] * len(part))}", file=sys.stderr)

    inside = gold + prepare(albert(args.albert, args.data)) + prepare(spf(args.spf, args.data))[::3]
    inside += [q for path in args.in_scope for q in unlabelled(path, "answerable")]
    outside = unlabelled(args.out_of_scope, "out")
    x = np.array([signals(o, selector) for o in inside + outside])
    y = np.array([1.0] * len(inside) + [0.0] * len(outside))
    w = np.where(y == 1, len(outside) / len(inside), 1.0)
    p = np.zeros(len(y))
    for fold in folds(list(y)):
        test = np.array(sorted(fold))
        rest = np.array([i for i in range(len(y)) if i not in fold])
        p[test] = score(logistic(x[rest], y[rest], w[rest], 0.05), x[test])
    for decline in (0.95, 0.96, 0.97, 0.98):
        threshold = np.quantile(p[y == 0], decline)
        by_set = {}
        for one, value in zip(inside, p[: len(inside)]):
            by_set.setdefault(one["set"], []).append(value >= threshold)
        kept = ", ".join(f"{k} {np.mean(v):.3f}" for k, v in by_set.items())
        print(f"confidence, 5 folds: threshold {threshold:.3f} declines {decline:.2f} of trivia and keeps {kept}", file=sys.stderr)
    model = logistic(x, y, w, 0.05)
    Path(args.out).write_text(
        "// Made by tools/train/selector.py: do not edit.\n#pragma once\n\n#include <array>\n\nnamespace beffroi::answers::weights {\n\n"
        "// In the order of kFeatureNames, then the bias.\n" + c_array("kSelector", selector) +
        "\n// In the order of Signals, then the bias.\n" + c_array("kConfidence", model) + "\n}  // namespace beffroi::answers::weights\n")
    for name, value in sorted(zip(NAMES, selector), key=lambda t: -abs(t[1])):
        print(f"  {name:20} {value:+.3f}", file=sys.stderr)


if __name__ == "__main__":
    main()
