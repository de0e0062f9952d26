"""Judges pairs of tables as Evidently does by default, and as a loop of scipy's tests with Bonferroni's correction, see structure.ts.

A pair as a line of JSON in, verdicts as one out. NaN and None are missing values.
"""

import json
import os
import sys
import warnings
from importlib.metadata import version

os.environ |= {"DO_NOT_TRACK": "1"}
warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, ks_2samp

# Evidently takes a second a pair: `scipy` as an argument leaves it out.
with_evidently = sys.argv[1:] != ["scipy"]
if with_evidently:
    from evidently import DataDefinition, Dataset, Report
    from evidently.presets import DataDriftPreset

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # What libraries print is no answer.
level = 0.05


def column(data):
    if "values" in data:
        return np.array(data["values"], dtype="float64")
    return np.array([*data["levels"], None], dtype=object)[data["codes"]]


def frame(table):
    return pd.DataFrame({name: column(data) for name, data in table.items()})


def verdict(names, alarm):
    return {"alarm": bool(alarm), "named": "x0" in names}


def by_evidently(a, b):
    numbers = list(a.select_dtypes("number").columns)
    types = DataDefinition(numerical_columns=numbers, categorical_columns=[name for name in a if name not in numbers])
    sides = [Dataset.from_pandas(rows, data_definition=types) for rows in (b, a)]
    names, share = set(), None
    for metric in Report([DataDriftPreset()]).run(*sides).dict()["metrics"]:
        config, value = metric["config"], metric["value"]
        if "column" in config:
            by_p = config["method"].endswith("p_value")
            if value < config["threshold"] if by_p else value >= config["threshold"]:
                names.add(config["column"])
        else:
            share = value["share"] >= config["drift_share"]
    return {"evidently": verdict(names, share), "evidently-any": verdict(names, names)}


def by_scipy(a, b):
    """ks_2samp or chi2_contingency of the values, and chi2_contingency of how many are missing."""
    p = {}
    for name in a:
        x, y = a[name].dropna(), b[name].dropna()
        if a[name].dtype == object:
            table = pd.concat([x.value_counts(), y.value_counts()], axis=1).fillna(0).to_numpy().T
            values = chi2_contingency(table, correction=False).pvalue if table.shape[1] > 1 else 1.0
        else:
            values = ks_2samp(x, y).pvalue if len(x) and len(y) else 1.0
        p[name, "values"] = values
        gone = np.array([[a[name].isna().sum(), a[name].notna().sum()], [b[name].isna().sum(), b[name].notna().sum()]])
        if gone.sum(axis=0).min() > 0:
            p[name, "missing"] = chi2_contingency(gone).pvalue
    names = {name for (name, _), value in p.items() if value < level / len(p)}
    return verdict(names, names)


peers = ["scipy", "evidently"] if with_evidently else ["scipy"]
print(json.dumps({name: version(name) for name in peers}), file=answers, flush=True)
for line in sys.stdin:
    pair = json.loads(line)
    a, b = frame(pair["reference"]), frame(pair["current"])
    answer = {"scipy-bonferroni": by_scipy(a, b)}
    try:
        answer |= by_evidently(a, b) if with_evidently else {}
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    print(json.dumps(answer), file=answers, flush=True)
