"""Judges pairs of tables as Evidently and NannyML do by default, see peers.ts: a pair as a line of JSON in, verdicts as one out.

Types are declared to both. NaN and None are missing values.
"""

import json
import os
import sys
import warnings
from importlib.metadata import version

os.environ |= {"DO_NOT_TRACK": "1", "NML_DISABLE_USAGE_LOGGING": "1"}
warnings.filterwarnings("ignore")

import nannyml
import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # What libraries print is no answer.


def column(data):
    if "values" in data:
        return np.array(data["values"], dtype="float64")
    return np.array([*data["levels"], None], dtype=object)[data["codes"]]


def frame(table):
    return pd.DataFrame({name: column(data) for name, data in table.items()})


def verdict(drifted, alarm):
    return {"alarm": bool(alarm), "columns": sorted(name for name, is_so in drifted.items() if is_so)}


def by_evidently(a, b):
    """Both verdicts: half of the columns drifted, which is its own, and any."""
    numbers = list(a.select_dtypes("number").columns)
    types = DataDefinition(numerical_columns=numbers, categorical_columns=[name for name in a if name not in numbers])
    sides = [Dataset.from_pandas(rows, data_definition=types) for rows in (b, a)]
    metrics = Report([DataDriftPreset()]).run(*sides).dict()["metrics"]
    drifted = {}
    for metric in metrics:
        config, value = metric["config"], metric["value"]
        if "column" in config:
            by_p = config["method"].endswith("p_value")
            drifted[config["column"]] = value < config["threshold"] if by_p else value >= config["threshold"]
        else:
            share = value["share"] >= config["drift_share"]
            count = value["count"]
    assert count == sum(drifted.values()), f"{count} drifted columns counted, found {drifted}"
    return {"evidently": verdict(drifted, share), "evidently-any": verdict(drifted, count > 0)}


def by_nannyml(a, b, **settings):
    """Any column in any chunk; `settings` none is its default: Jensen-Shannon, ten chunks a side, of whatever sizes."""
    calculator = nannyml.UnivariateDriftCalculator(column_names=list(a.columns), **settings)
    found = calculator.fit(a).calculate(b).filter(period="analysis").to_df()
    alerts = {name: found[name].xs("alert", axis=1, level=-1).to_numpy() for name in a}
    any_of = np.any(np.hstack(list(alerts.values())), axis=1)
    return {**verdict({name: of.any() for name, of in alerts.items()}, any_of.any()), "chunks": float(any_of.mean())}


def attempt(judge):
    try:
        return judge()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


print(json.dumps({"evidently": version("evidently"), "nannyml": version("nannyml")}), file=answers, flush=True)
for line in sys.stdin:
    pair = json.loads(line)
    a, b = frame(pair["reference"]), frame(pair["current"])
    by = attempt(lambda: by_evidently(a, b))
    answer = {"evidently": by, "evidently-any": by} if "error" in by else by
    answer["nannyml"] = attempt(lambda: by_nannyml(a, b))
    answer["nannyml-sized"] = attempt(lambda: by_nannyml(a, b, chunk_size=len(a) // 10))
    print(json.dumps(answer), file=answers, flush=True)
