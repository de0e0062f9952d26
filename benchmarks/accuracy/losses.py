"""Losses of each test row, from kept predictions."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from rows import read

# A probability below this counts as this: one row that a forest of pure leaves gets wrong must not decide a table.
LEAST = 1e-6
# Rows by time that follow each other are resampled together, so many at a time.
BLOCK = 10


def kept_predictions(folder, split):
    """Per contender: predictions (rows, or rows × classes), classes, CPU seconds, digest."""
    for path in sorted((folder / str(split)).glob("*.npz")):
        if path.name.endswith(".part.npz"):
            continue
        stored = np.load(path)
        yield path.stem, stored["predictions"], [str(name) for name in stored["classes"]], float(stored["cpu"]), None
    for path in sorted((folder / str(split)).glob("ciclo-*.json")):
        facts = json.loads(path.read_text())
        table = pd.read_csv(path.with_suffix(".csv"), keep_default_na=False, na_values=[""])
        classes = [name[2:] for name in table.columns if name.startswith("p_")]
        values = table[[f"p_{name}" for name in classes]] if classes else table["prediction"]
        yield path.stem, values.to_numpy(float), classes, facts["cpu"], facts["digest"]


def row_losses(truth, predictions, classes):
    """Squared errors, or minus the logarithm of the probability of what came; that of a class unseen in training is LEAST."""
    if not classes:
        return (truth - predictions) ** 2
    p = np.clip(predictions, LEAST, 1)
    p = p / p.sum(axis=1, keepdims=True)
    place = pd.Categorical(truth, categories=classes).codes
    return -np.log(np.where(place < 0, LEAST, p[np.arange(len(p)), place]))


def losses_of(folder, table):
    """Of each outer split: the resampling unit of every test row, and per contender losses by row, CPU seconds and digest."""
    for split in range(table["splits"]):
        test = read(folder / "tables" / table["name"] / str(split) / "test.csv")
        truth = test[table["target"]]
        truth = truth.to_numpy(float) if table["task"] == "regression" else truth.astype(str).to_numpy()
        if table["group"] is not None:
            units = test[table["group"]].to_numpy()
        elif table["time"] is not None:
            units = np.empty(len(test), int)
            units[np.argsort(test[table["time"]].to_numpy(), kind="stable")] = np.arange(len(test)) // BLOCK
        else:
            units = np.arange(len(test))
        contenders = {}
        for name, predictions, classes, cpu, digest in kept_predictions(folder / "predictions" / table["name"], split):
            if len(predictions) != len(truth):
                raise ValueError(f"{table['name']} {split} {name}: {len(predictions)} predictions of {len(truth)} rows")
            contenders[name] = row_losses(truth, predictions, classes), cpu, digest
        yield units, contenders
