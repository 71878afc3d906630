"""Writes src/search/golden: a small model as LightGBM saves it and its own predictions, to hold our evaluator to them."""

import pathlib

import lightgbm
import numpy

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "src" / "search" / "golden"


def main():
    random = numpy.random.RandomState(5)
    values = random.normal(size=(600, 5)).astype(numpy.float32)
    values[random.uniform(size=values.shape) < 0.15] = numpy.nan  # missing values
    values[:, 3] = numpy.round(numpy.nan_to_num(values[:, 3]))    # many zeros, never missing
    target = numpy.nan_to_num(values[:, 0]) * 2 + numpy.where(numpy.isnan(values[:, 1]), 3, 0) + values[:, 3] ** 2
    names = ["fused", "meaning", "passages", "title_all", "feedback"]
    parameters = {"objective": "regression", "num_leaves": 7, "min_data_in_leaf": 10, "verbosity": -1, "num_threads": 1,
                  "deterministic": True, "force_row_wise": True, "seed": 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(values, target, feature_name=names), 12)
    FOLDER.mkdir(exist_ok=True)
    model = booster.model_to_string()
    (FOLDER / "model.txt").write_text(model[: model.index("end of trees")] + "end of trees\n", encoding="utf8")
    rows = values[:40]
    lines = ["\t".join([*("" if numpy.isnan(value) else repr(float(value)) for value in row), repr(float(score))])
             for row, score in zip(rows, booster.predict(rows))]
    (FOLDER / "predictions.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
