"""Trains the re-ranker of src/search on tables written by `beffroi eval features`, and prints its figures.

Cross-validation keeps a theme in one fold, so that no figure comes from a model that saw the theme. The model written is trained
on everything. Same inputs, same model: seeds are fixed and LightGBM runs deterministically on one thread.

The relevance of a hit is a logistic regression over the cross-validated score and a few features: judged publications against the
others, and against what is found for questions out of scope.
"""

import argparse
import collections
import csv
import dataclasses
import math
import sys
import zlib

import lightgbm
import numpy

FOLDS = 5
ROUNDS = 70
THEME_CAP = 100  # a theme said in a hundred ways must not outweigh the others: a query weighs 1 / sqrt(queries of its theme, at most this)
PARAMETERS = {
    "objective": "lambdarank",
    "metric": "None",
    "learning_rate": 0.1,
    "num_leaves": 31,
    "min_data_in_leaf": 100,
    "lambdarank_truncation_level": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "label_gain": [0, 1, 2, 3, 4, 5],
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}


@dataclasses.dataclass
class Table:
    """One line for each candidate of each query, a query's lines together."""

    name: str
    features: list
    qids: list
    starts: numpy.ndarray  # of each query in the rows, and the end
    groups: list  # of each query
    publications: numpy.ndarray
    grades: numpy.ndarray
    values: numpy.ndarray
    judgements: dict
    weight: float


def read_judgements(path):
    judgements = collections.defaultdict(dict)
    with open(path, encoding="utf8") as file:
        for line in file:
            cells = line.split()
            if len(cells) == 4 and cells[3].lstrip("-").isdigit():
                judgements[cells[0]][cells[2]] = int(cells[3])
    return judgements


def read_table(name, path, judgements_path, weight):
    judgements = read_judgements(judgements_path) if judgements_path else None
    qids, starts, groups, publications, grades, values = [], [], [], [], [], []
    with open(path, encoding="utf8") as file:
        features = file.readline().rstrip("\n").split("\t")[4:]
        for line in file:
            qid, group, *rest = line.rstrip("\n").split("\t")
            if judgements is not None and qid not in judgements:
                continue
            if not qids or qids[-1] != qid:
                qids.append(qid)
                starts.append(len(publications))
                groups.append(group or "/".join(sorted(judgements[qid] if judgements else [qid])))
            if not rest:
                continue  # no candidate: counts as not found
            publication, grade, *cells = rest
            publications.append(publication)
            grades.append(int(grade))
            values.append(numpy.array([float(cell) if cell else math.nan for cell in cells], numpy.float32))
    starts.append(len(publications))
    return Table(name, features, qids, numpy.array(starts), groups, numpy.array(publications), numpy.array(grades),
                 numpy.stack(values), judgements, weight)


def joined_groups(groups):
    """Themes named together («a|b») are one group."""
    parent = {}

    def root(name):
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for names in groups:
        first, *others = names.split("|")
        for other in others:
            parent[root(other)] = root(first)
        root(first)
    return [root(names.split("|")[0]) for names in groups]


def folds_of(groups):
    """Whole groups, largest first, to the fold that has least."""
    sizes = collections.Counter(groups)
    order = sorted(sizes, key=lambda group: (-sizes[group], zlib.crc32(group.encode())))
    load, fold = [0] * FOLDS, {}
    for group in order:
        fold[group] = load.index(min(load))
        load[fold[group]] += sizes[group]
    return numpy.array([fold[group] for group in groups])


def figures_of(table, scores, queries):
    """hit@1, hit@5, MRR@10, nDCG@10: means over `queries`."""
    rows = []
    for query in queries:
        begin, end = table.starts[query], table.starts[query + 1]
        grades = table.judgements[table.qids[query]]
        order = sorted(range(begin, end), key=lambda row: (-scores[row], table.publications[row]))[:10]
        found = [grades.get(table.publications[row], 0) for row in order]
        ideal = sorted(grades.values(), reverse=True)[:10]
        gain = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(found))
        best = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(ideal))
        reciprocal = next((1 / (rank + 1) for rank, grade in enumerate(found) if grade > 0), 0)
        rows.append((float(bool(found) and found[0] > 0), float(any(found[:5])), reciprocal, gain / best))
    return numpy.mean(rows, axis=0)


class Trainer:
    def __init__(self, tables, names, seeds):
        self.tables, self.names, self.seeds = tables, names, range(1, seeds + 1)
        self.columns = [tables[0].features.index(name) for name in names]
        self.groups = [joined_groups(table.groups) for table in tables]

    def train(self, allowed):
        """One booster a seed. `allowed`: for each table, which queries may be seen."""
        values, grades, sizes, weights = [], [], [], []
        for table, groups, may_see in zip(self.tables, self.groups, allowed):
            of_group = collections.Counter(groups)
            for query in range(len(table.qids)):
                begin, end = table.starts[query], table.starts[query + 1]
                if not may_see[query] or begin == end:
                    continue
                values.append(table.values[begin:end, self.columns])
                grades.append(table.grades[begin:end])
                sizes.append(end - begin)
                weights.append(numpy.full(end - begin, table.weight / math.sqrt(min(of_group[groups[query]], THEME_CAP))))
        data = lightgbm.Dataset(numpy.concatenate(values), numpy.concatenate(grades), group=sizes, weight=numpy.concatenate(weights),
                                feature_name=self.names, params={"max_bin": PARAMETERS["max_bin"], "verbosity": -1})
        return [lightgbm.train({**PARAMETERS, "seed": seed}, data, ROUNDS) for seed in self.seeds]

    def predict(self, boosters, table, rows):
        values = table.values[rows][:, self.columns]
        return numpy.mean([booster.predict(values) for booster in boosters], axis=0)


def cross_validate(trainer, checks, outside):
    """Scores of every row by models that did not see its theme; rows of `outside`, seen by none, get the mean of all folds."""
    folds = [folds_of(groups) for groups in trainer.groups]
    scores = [numpy.zeros(len(table.grades)) for table in trainer.tables]
    fold_of_qid = {qid: fold for table, fold_list in zip(trainer.tables, folds) for qid, fold in zip(table.qids, fold_list)}
    check_scores = [numpy.zeros(len(table.grades)) for table in checks]
    outside_scores = [numpy.zeros(len(table.grades)) for table in outside]
    for fold in range(FOLDS):
        boosters = trainer.train([fold_list != fold for fold_list in folds])
        for table, fold_list, into in zip(trainer.tables, folds, scores):
            score_queries(trainer, boosters, table, [query for query in range(len(table.qids)) if fold_list[query] == fold], into)
        for table, into in zip(checks, check_scores):
            score_queries(trainer, boosters, table, [query for query, qid in enumerate(table.qids) if fold_of_qid.get(qid, 0) == fold], into)
        for table, into in zip(outside, outside_scores):
            into += trainer.predict(boosters, table, slice(None)) / FOLDS
    return scores, check_scores, outside_scores


def score_queries(trainer, boosters, table, queries, into):
    if not queries:
        return
    rows = numpy.concatenate([numpy.arange(table.starts[query], table.starts[query + 1]) for query in queries]).astype(int)
    into[rows] = trainer.predict(boosters, table, rows)


KEPT_LINES = ("Tree=", "num_leaves=", "num_cat=", "split_feature=", "threshold=", "decision_type=", "left_child=", "right_child=", "leaf_value=")


def merged_model(boosters, names):
    """One model whose sum of trees is the mean of the boosters: what the evaluator needs of LightGBM's text format, no more."""
    lines = ["tree", "version=v4", "feature_names=" + " ".join(names), ""]
    number = 0
    for booster in boosters:
        for line in booster.model_to_string().split("\n"):
            if line == "end of trees":
                break
            if line.startswith("Tree="):
                line = f"Tree={number}"
                number += 1
            if line.startswith("leaf_value="):
                values = [float(value) / len(boosters) for value in line.split("=")[1].split()]
                line = "leaf_value=" + " ".join(repr(value) for value in values)
                lines += [line, ""]
            elif line.startswith(KEPT_LINES):
                lines.append(line)
    return "\n".join(lines + ["end of trees", ""])


RELEVANCE_FEATURES = ("question_known", "passage_covered", "anywhere_covered", "names_covered", "title_share_all", "relative_first_stage",
                      "meaning", "standard_meaning", "feedback", "passage_meaning")
RELEVANCE_TOP = 5           # hits of a question looked at
UNJUDGED_WEIGHT = 0.3       # not judged relevant is not judged off the subject
OUT_OF_SCOPE_WEIGHT = 3.0


def relevance_rows(trainer, table, scores, names):
    """Of the best hits of each query: inputs, whether judged relevant, query number."""
    columns = [table.features.index(name) for name in names]
    inputs, relevant, queries = [], [], []
    for query in range(len(table.qids)):
        begin, end = table.starts[query], table.starts[query + 1]
        for row in sorted(range(begin, end), key=lambda row: -scores[row])[:RELEVANCE_TOP]:
            inputs.append([scores[row], *numpy.nan_to_num(table.values[row, columns])])
            relevant.append(table.grades[row] > 0)
            queries.append(query)
    return numpy.array(inputs, float), numpy.array(relevant, float), numpy.array(queries)


def fit_logistic(inputs, targets, weights, ridge=1.0):
    """Newton's method on standardised inputs; returns the constant and the weights for the inputs as they are."""
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    design = numpy.column_stack([numpy.ones(len(inputs)), (inputs - mean) / deviation])
    solution = numpy.zeros(design.shape[1])
    penalty = ridge * numpy.eye(design.shape[1])
    penalty[0, 0] = 0
    for _ in range(30):
        chance = 1 / (1 + numpy.exp(-design @ solution))
        gradient = design.T @ (weights * (targets - chance)) - penalty @ solution
        curvature = (design * (weights * chance * (1 - chance))[:, None]).T @ design + penalty
        solution += numpy.linalg.solve(curvature, gradient)
    slopes = solution[1:] / deviation
    return solution[0] - slopes @ mean, slopes


def train_relevance(trainer, scored, out_of_scope, out_path):
    """`scored`, `out_of_scope`: pairs of a table and its scores."""
    names = [name for name in RELEVANCE_FEATURES if name in trainer.names]
    inputs, targets, weights, best = [], [], [], {}
    for table, scores, outside in [(*pair, False) for pair in scored] + [(*pair, True) for pair in out_of_scope]:
        rows, relevant, queries = relevance_rows(trainer, table, scores, names)
        inputs.append(rows)
        targets.append(relevant)
        weights.append(numpy.full(len(rows), OUT_OF_SCOPE_WEIGHT) if outside else table.weight * numpy.where(relevant > 0, 1, UNJUDGED_WEIGHT))
        best[table.name] = (rows, queries, len(table.qids))
    constant, slopes = fit_logistic(numpy.concatenate(inputs), numpy.concatenate(targets), numpy.concatenate(weights))
    for name, (rows, queries, count) in best.items():
        relevance = 1 / (1 + numpy.exp(-(constant + rows @ slopes)))
        tops = numpy.zeros(count)
        numpy.maximum.at(tops, queries, relevance)
        print(f"best relevance, {name:14} " + " ".join(f"{share:.0%}:{value:.3f}" for share, value in
              ((share, numpy.quantile(tops, share)) for share in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95))))
    with open(out_path, "w", encoding="utf8") as file:
        file.write("# Written by tools/train: weights of a logistic regression over these features.\n")
        file.write(f"constant {constant:.6g}\nscore {slopes[0]:.6g}\n")
        file.writelines(f"{name} {slope:.6g}\n" for name, slope in zip(names, slopes[1:]))


def parse_set(text):
    """name=table,judgements[,weight]"""
    name, rest = text.split("=", 1)
    table, *others = rest.split(",")
    return read_table(name, table, others[0] if others else None, float(others[1]) if len(others) > 1 else 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="append", required=True, metavar="NAME=TABLE,QRELS[,WEIGHT]")
    parser.add_argument("--check", action="append", default=[], metavar="NAME=TABLE,QRELS",
                        help="the same queries said otherwise: scored by the fold that did not see them")
    parser.add_argument("--without", default="", help="features left out, separated by commas")
    parser.add_argument("--seeds", type=int, default=3, help="boosters averaged")
    parser.add_argument("--predictions", help="writes qid, publication, grade and cross-validated score of every training row")
    parser.add_argument("--out-of-scope", action="append", default=[], metavar="NAME=TABLE", help="questions that nothing answers")
    parser.add_argument("--relevance", help="where to write the calibration of relevance; wants --out-of-scope")
    parser.add_argument("--model", help="where to write the model trained on everything")
    arguments = parser.parse_args()
    tables = [parse_set(text) for text in arguments.train]
    checks = [parse_set(text) for text in arguments.check]
    left_out = set(arguments.without.split(","))
    present = [column for column in range(len(tables[0].features)) if not numpy.isnan(tables[0].values[:, column]).all()]
    names = [tables[0].features[column] for column in present if tables[0].features[column] not in left_out]
    trainer = Trainer(tables, names, arguments.seeds)
    print(f"{len(names)} features, {sum(len(table.grades) for table in tables)} rows")
    outside = [parse_set(text) for text in arguments.out_of_scope]
    scores, check_scores, outside_scores = cross_validate(trainer, checks, outside)
    for table, score in zip(tables + checks, scores + check_scores):
        figures = figures_of(table, score, range(len(table.qids)))
        print(f"{table.name:20} n {len(table.qids):5} hit@1 {figures[0]:.4f} hit@5 {figures[1]:.4f} MRR@10 {figures[2]:.4f} nDCG@10 {figures[3]:.4f}",
              flush=True)
    if arguments.predictions:
        with open(arguments.predictions, "w", encoding="utf8", newline="") as file:
            writer = csv.writer(file, delimiter="\t")
            for table, score in zip(tables + checks, scores + check_scores):
                for query, qid in enumerate(table.qids):
                    for row in range(table.starts[query], table.starts[query + 1]):
                        writer.writerow((table.name, qid, table.publications[row], table.grades[row], f"{score[row]:.6f}"))
    if arguments.relevance:
        train_relevance(trainer, list(zip(tables, scores)), list(zip(outside, outside_scores)), arguments.relevance)
    if arguments.model:
        boosters = trainer.train([numpy.ones(len(table.qids), bool) for table in tables])
        gains = sum(booster.feature_importance("gain") for booster in boosters)
        print("gain:", ", ".join(f"{names[at]} {gains[at]:.0f}" for at in numpy.argsort(-gains)))
        with open(arguments.model, "w", encoding="utf8") as file:
            file.write(merged_model(boosters, names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
