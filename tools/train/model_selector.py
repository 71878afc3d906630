#!/usr/bin/env python3
"""Weighs what a language model chooses beside what the trained selector says, and tells whether the model pays.

    beffroi eval offers --questions tests/quality/questions_communes.jsonl --split dev    --model --out dev.jsonl
    beffroi eval offers --questions tests/quality/questions_communes.jsonl --split report --model --out report.jsonl
    python3 tools/train/model_selector.py dev.jsonl report.jsonl [--out src/answers/model_selector_weights.h]

A logistic regression over three numbers of a sentence: the trained selector's log-odds, the logarithm of the model's probability of its
letter, and the log-odds that something in its passage answers. Fitted on the first file, told on the second; cross-validated by question on
the first. The trained selector saw the development half: its own figure there is flattered, so only the second file decides.
"""
import argparse
import json

import numpy as np
from scipy.optimize import minimize


def logit(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def read(path):
    """For each answerable question: (features, right, prior) of the sentences offered."""
    questions = []
    for line in open(path, encoding="utf-8"):
        q = json.loads(line)
        if q["kind"] == "unanswerable":
            continue
        rows = [(logit(s["prior"]), np.log(max(s["p"], 1e-9)), logit(1 - p["none"]), s["right"]) for p in q["passages"] for s in p["sentences"]]
        table = np.array(rows, float).reshape(-1, 4)
        questions.append((table[:, :3], table[:, 3]))
    return questions


def fit(questions, columns):
    x = np.vstack([q[0][:, columns] for q in questions])
    y = np.concatenate([q[1] for q in questions])
    x1 = np.hstack([x, np.ones((len(x), 1))])

    def loss(v):
        p = 1 / (1 + np.exp(-np.clip(x1 @ v, -40, 40)))
        gradient = x1.T @ (p - y)
        gradient[:-1] += 0.02 * v[:-1]
        return -np.sum(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)) + 0.01 * np.sum(v[:-1] ** 2), gradient

    return minimize(loss, np.zeros(x1.shape[1]), jac=True, method="L-BFGS-B").x


def figures(questions, scores):
    first = three = reachable = 0
    for (_, right), score in zip(questions, scores):
        if not right.any():
            continue
        reachable += 1
        order = np.argsort(-score, kind="stable")
        first += right[order[0]] > 0
        three += (right[order[:3]] > 0).any()
    n = len(questions)
    return f"n {n}, offered {reachable / n:.3f}, first {first / n:.3f}, in three {three / n:.3f}"


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("dev")
    args.add_argument("report")
    args.add_argument("--out")
    args = args.parse_args()
    dev, report = read(args.dev), read(args.report)
    for name, columns in {"trained alone": [0], "model alone": [1, 2], "both": [0, 1, 2]}.items():
        weights = fit(dev, columns)
        score = lambda q, v=weights, c=columns: q[0][:, c] @ v[:-1]
        folds = [None] * len(dev)
        for fold in range(5):
            v = fit([q for i, q in enumerate(dev) if i % 5 != fold], columns)
            for i in range(fold, len(dev), 5):
                folds[i] = dev[i][0][:, columns] @ v[:-1]
        print(f"{name:14} dev, 5 folds: {figures(dev, folds)} | report: {figures(report, [score(q) for q in report])} | {np.round(weights, 3).tolist()}")
    if args.out:
        v = fit(dev, [0, 1, 2])
        with open(args.out, "w", encoding="utf-8") as file:
            file.write("// Made by tools/train/model_selector.py: do not edit.\n#pragma once\n\n#include <array>\n\nnamespace beffroi::answers::weights {\n\n"
                       "// Of the trained selector's log-odds, the logarithm of the model's probability, the log-odds that its passage answers; the bias.\n"
                       f"inline constexpr std::array<double, 4> kModel = {{{', '.join(f'{x:.5g}' for x in v)}}};\n\n}}  // namespace beffroi::answers::weights\n")


if __name__ == "__main__":
    main()
