"""Losses of LightGBM and of scikit-learn's histogram gradient boosting on tables of scikit-learn, judged out of five folds.

usage: python accuracy.py FOLDER    (writes tables.json there: the tables, and what the peers reach)

Settings and folds are those of shared/model/fixtures/trees.py. The tables that come with scikit-learn have neither missing
values nor categories: in a second form of each, a tenth of the values is taken away and a third of the columns is cut into
named bands.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine

sys.path.insert(0, str(Path(__file__).parents[2] / "shared/model/fixtures"))
from trees import fit_lightgbm, fit_sklearn, out_of_fold  # noqa: E402

TABLES = [
    ("diabetes", "regression", load_diabetes),
    ("breast_cancer", "binary", load_breast_cancer),
    ("wine", "multiclass", load_wine),
    ("digits", "multiclass", load_digits),
]


def with_gaps(x, rng):
    """A tenth of the values missing, every third column as categories of about eight rows or more each."""
    x = x.copy()
    for i, name in enumerate(x.columns):
        if i % 3 == 0 and x[name].nunique() > 3:
            x[name] = pd.qcut(x[name].rank(method="dense"), 8, duplicates="drop").cat.codes.map("band{}".format)
            # The order of the names says nothing.
            bands = rng.permutation(sorted(x[name].unique()))
            x[name] = pd.Categorical(x[name], categories=bands)
        x[name] = x[name].mask(pd.Series(rng.random(len(x)) < 0.1, index=x.index))
    return x


def column_of(values):
    if isinstance(values.dtype, pd.CategoricalDtype):
        return {"kind": "category", "codes": values.cat.codes.tolist(), "levels": len(values.cat.categories)}
    return {"kind": "number", "values": [None if np.isnan(value) else value for value in values.astype(float)]}


def case(name, task, x, y):
    order = np.random.default_rng(1).permutation(len(y))
    x, y = x.iloc[order].reset_index(drop=True), y[order]
    lightgbm, sklearn = (out_of_fold(fit, task, x, y) for fit in (fit_lightgbm, fit_sklearn))
    return {
        "name": name, "task": task, "targets": y.astype(float).tolist(), "columns": [column_of(x[c]) for c in x.columns],
        "lightgbm": lightgbm.mean(), "sklearn": sklearn.mean(), "noise": np.std(lightgbm - sklearn) / np.sqrt(len(y)),
    }


cases = []
for name, task, load in TABLES:
    table = load(as_frame=True)
    x, y = table.data, table.target.to_numpy()
    cases.append(case(name, task, x, y))
    cases.append(case(f"{name}, gaps and categories", task, with_gaps(x, np.random.default_rng(2)), y))
Path(sys.argv[1], "tables.json").write_text(json.dumps(cases))
