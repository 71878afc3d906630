#!/usr/bin/env python3
"""Trains the selector of the `answers` room and its confidence, on development questions only, and writes their weights.

    beffroi eval answers --questions Q --training F.jsonl      for each question set, with vectors and without, then
    python3 tools/train/selector.py --communes F --albert F --spf F --fqb F --cdtn F --out-of-scope F \\
        --data ../shared/data --model src/answers/model/selector.txt --out src/answers/selector_weights.h

Selector: LambdaMART (LightGBM) on the features of src/answers/features.h, one example a sentence. Labels:
- communes: tests/quality/questions_communes.jsonl, split dev: the sentences named there (weight 1);
- albert: sentences of the expected fiches that share most words with the reference answer (silver, weight 0.3);
- fqb, cdtn: the best sentences of questions of those sets, judged by hand in tests/quality/sentence_labels.jsonl (weight 0.6);
- spf: in the fiche whose title is the question, the sentences that its own short description repeats (silver, weight 0.2).
A sentence that may answer without being labelled (same publication, silver sets) is left out rather than called wrong.
Confidence: logistic regression on the signals of a question, in scope against out of scope (trivia) and unanswerable.
Each option may be given several times: the same questions searched by words alone and with vectors.
Prints 5-fold cross-validated figures, by question.
"""
import argparse
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

import lightgbm as lgb
import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
NAMES = re.findall(r'"(\w+)"', (ROOT / "src/answers/features.h").read_text().split("kFeatureNames")[1].split("};")[0])


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


def judged(path, name):
    """Questions of other development sets, whose best sentences were judged by hand (tests/quality/sentence_labels.jsonl)."""
    labels = {q["id"]: q for q in lines(ROOT / "tests/quality/sentence_labels.jsonl") if q["set"] == name}
    for q in lines(path):
        label = labels.get(q["id"])
        if not label:
            continue
        right, wrong = {plain(t) for t in label["right"]}, {plain(t) for t in label["wrong"]}
        home = {e["publication"] for e in q["extracts"] if plain(e["text"]) in right}
        y = [1 if plain(e["text"]) in right else 0 if plain(e["text"]) in wrong or e["publication"] not in home else -1 for e in q["extracts"]]
        yield {"set": name, "kind": "answerable", "weight": 0.6, "q": q, "y": np.array(y)}


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


TREES = dict(objective="lambdarank", learning_rate=0.05, num_leaves=8, min_data_in_leaf=40, feature_fraction=0.35, bagging_fraction=0.7,
             bagging_freq=1, lambda_l2=10, lambdarank_truncation_level=8, verbose=-1, num_threads=1, seed=11, deterministic=True, force_col_wise=True)
ROUNDS = 200


def trees(questions):
    x, y, groups, w = [], [], [], []
    for one in questions:
        if not (one["y"] == 1).any():
            continue
        keep = one["y"] >= 0
        x.append(one["x"][keep])
        y.append((one["y"][keep] == 1).astype(int))
        w.append(np.full(keep.sum(), one["weight"]))
        groups.append(int(keep.sum()))
    data = lgb.Dataset(np.vstack(x), np.concatenate(y), group=groups, weight=np.concatenate(w), feature_name=NAMES)
    return lgb.train(TREES, data, ROUNDS)


def figures(questions, raws):
    hit1 = hit3 = mrr = n = reachable = 0
    for one, raw in zip(questions, raws):
        labels = one["y"]
        n += 1
        if not (labels == 1).any():
            continue
        reachable += 1
        rank = next(i for i, at in enumerate(np.argsort(-raw, kind="stable")) if labels[at] == 1)
        hit1 += rank == 0
        hit3 += rank < 3
        mrr += 1 / (rank + 1)
    return f"questions {n}, reachable {reachable / n:.3f}, first {hit1 / n:.3f}, in three {hit3 / n:.3f}, MRR {mrr / n:.3f}"


def folds(ones, k=5, seed=7):
    """Indices by question: the same question asked of two searches is in one fold."""
    ids = sorted({(one["set"], one["q"]["id"]) for one in ones})
    order = np.random.default_rng(seed).permutation(len(ids))
    fold_of = {ids[at]: i % k for i, at in enumerate(order)}
    return [{i for i, one in enumerate(ones) if fold_of[one["set"], one["q"]["id"]] == fold} for fold in range(k)]


def each(reader, paths, *more):
    return prepare(one for path in paths for one in reader(path, *more))


def cross_validate(gold, silver):
    """Raw scores of each own question by a model that has not seen it."""
    raws = [None] * len(gold)
    for fold in folds(gold):
        model = trees([g for i, g in enumerate(gold) if i not in fold] + silver)
        for i in fold:
            raws[i] = model.predict(gold[i]["x"], raw_score=True) if len(gold[i]["x"]) else np.zeros(0)
    return raws


def calibration(questions, raws):
    """The raw score of a sentence to the probability that it is labelled right: slope and bias."""
    x = np.concatenate([raw[one["y"] >= 0] for one, raw in zip(questions, raws)])
    y = np.concatenate([(one["y"][one["y"] >= 0] == 1).astype(float) for one in questions])
    return logistic(x[:, None], y, np.ones(len(y)), 0.0)


def signals(one, raw, slope):
    q = one["q"]
    relevance, coverage, unknown, terms, personal, past = q["signals"]
    if not q["extracts"]:
        return [0, relevance, coverage, 0, 0, 0, unknown, 0, terms, personal, 0, past]
    p = sigmoid(slope[0] * raw + slope[1])
    best = int(np.argmax(p))
    f = dict(zip(NAMES, one["x"][best]))
    e = q["extracts"][best]
    return [p[best], relevance, coverage, f["cover_context"], f["cover_beyond_title"], f["title_cover"], unknown, e["figures"], terms, personal,
            e["names"], past]


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
    args.add_argument("--communes", action="append", required=True)
    args.add_argument("--albert", action="append", required=True)
    args.add_argument("--spf", action="append", required=True)
    args.add_argument("--fqb", action="append", required=True)
    args.add_argument("--cdtn", action="append", required=True)
    args.add_argument("--out-of-scope", action="append", required=True)
    args.add_argument("--data", default=str(ROOT / "../shared/data"))
    args.add_argument("--model", required=True, help="src/answers/model/selector.txt")
    args.add_argument("--out", required=True, help="src/answers/selector_weights.h")
    args = args.parse_args()

    own = each(communes, args.communes)
    gold = [o for o in own if o["set"] == "communes-dev" and o["kind"] != "unanswerable"]
    silver = each(albert, args.albert, args.data) + each(spf, args.spf, args.data)
    silver += each(judged, args.fqb, "fqb") + each(judged, args.cdtn, "cdtn")
    raws = cross_validate(gold, silver)
    n = len(gold) // len(args.communes)
    for i, path in enumerate(args.communes):
        print(f"selector, {path}, 5 folds: {figures(gold[i * n:(i + 1) * n], raws[i * n:(i + 1) * n])}", file=sys.stderr)
    slope = calibration(gold, raws)
    selector = trees(gold + silver)
    predict = lambda one: selector.predict(one["x"], raw_score=True) if len(one["x"]) else np.zeros(0)

    # The confidence sees own questions as they come to a selector that does not know them.
    inside = [(g, raw) for g, raw in zip(gold, raws)]
    rest = [one for one in silver if one["set"] in ("albert", "spf")]
    rest += [one for path in args.fqb + args.cdtn for one in unlabelled(path, "answerable")]
    inside += [(one, predict(one)) for one in rest]
    outside = [(one, predict(one)) for path in args.out_of_scope for one in unlabelled(path, "out")]
    x = np.array([signals(one, raw, slope) for one, raw in inside + outside])
    y = np.array([1.0] * len(inside) + [0.0] * len(outside))
    # Each in-scope set weighs the same; in scope and out of scope too.
    sizes = {}
    for one, _ in inside:
        sizes[one["set"]] = sizes.get(one["set"], 0) + 1
    w = np.array([len(outside) / len(sizes) / sizes[one["set"]] for one, _ in inside] + [1.0] * len(outside))
    p = np.zeros(len(y))
    for fold in folds([one for one, _ in inside + outside]):
        test = np.array(sorted(fold))
        others = np.array([i for i in range(len(y)) if i not in fold])
        p[test] = score(logistic(x[others], y[others], w[others], 0.05), x[test])
    for decline in (0.95, 0.96, 0.97, 0.98, 0.99):
        threshold = np.quantile(p[y == 0], decline)
        by_set = {}
        for (one, _), value in zip(inside, p[: len(inside)]):
            by_set.setdefault(one["set"], []).append(value >= threshold)
        kept = ", ".join(f"{k} {np.mean(v):.3f}" for k, v in by_set.items())
        print(f"confidence, 5 folds: threshold {threshold:.3f} declines {decline:.2f} of trivia and keeps {kept}", file=sys.stderr)
    model = logistic(x, y, w, 0.05)
    selector.save_model(args.model, importance_type="gain")
    Path(args.out).write_text(
        "// Made by tools/train/selector.py: do not edit.\n#pragma once\n\n#include <array>\n\nnamespace beffroi::answers::weights {\n\n"
        "// From the raw score of the trees (model/selector.txt) to a probability: slope, then bias.\n" + c_array("kSelector", slope) +
        "\n// In the order of Signals, then the bias.\n" + c_array("kConfidence", model) + "\n}  // namespace beffroi::answers::weights\n")
    for name, value in sorted(zip(NAMES, selector.feature_importance("gain")), key=lambda t: -t[1])[:20]:
        print(f"  {name:20} {value:9.1f}", file=sys.stderr)


if __name__ == "__main__":
    main()
