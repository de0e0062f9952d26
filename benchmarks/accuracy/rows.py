"""The rows of one outer split, as the peers take them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass
class Rows:
    task: str
    x: pd.DataFrame  # numbers, and categories of the levels of the training rows
    y: np.ndarray  # numbers, or codes of `classes`
    stopping: np.ndarray  # rows by which training stops early
    test: pd.DataFrame
    classes: list
    groups: np.ndarray | None
    by_time: bool

    @property
    def categories(self):
        return [name for name in self.x.columns if isinstance(self.x[name].dtype, pd.CategoricalDtype)]


def read(path):
    return pd.read_csv(path, keep_default_na=False, na_values=[""], low_memory=False)


def is_date(values):
    known = values.dropna().astype(str)
    return len(known) > 0 and known.str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def columns_of(train, test, text):
    """Numbers as they are, a date as day, month and weekday, text as categories; a level unseen in training is missing."""
    made = {}, {}
    for name in train.columns:
        pair = train[name], test[name]
        if name not in text:
            parts = {name: [values.astype(float) for values in pair]}
        elif is_date(train[name]):
            days = [pd.to_datetime(values) for values in pair]
            parts = {
                f"{name}.day": [(values - pd.Timestamp(0)).dt.days.astype(float) for values in days],
                f"{name}.month": [values.dt.month.astype(float) for values in days],
                f"{name}.weekday": [values.dt.weekday.astype(float) for values in days],
            }
        else:
            kind = pd.CategoricalDtype(sorted(train[name].dropna().astype(str).unique()))
            parts = {name: [values.where(values.isna(), values.astype(str)).astype(kind) for values in pair]}
        for part, values in parts.items():
            for side in (0, 1):
                made[side][part] = values[side]
    frames = [pd.DataFrame(side) for side in made]
    # LightGBM and XGBoost refuse some characters in names.
    for frame in frames:
        frame.columns = [f"c{i}" for i in range(frame.shape[1])]
    return frames


def load(folder, split):
    facts = json.loads(Path(folder, "table.json").read_text())
    train, test = (read(Path(folder, str(split), f"{side}.csv")) for side in ("train", "test"))
    target, group = facts["target"], facts["group"]
    inputs = [name for name in train.columns if name not in (target, group)]
    x, x_test = columns_of(train[inputs], test[inputs], set(facts["categories"]))
    if facts["task"] == "regression":
        y, classes = train[target].to_numpy(float), []
    else:
        # Classes without a training row get no probability from anyone.
        labels = train[target].astype(str)
        classes = sorted(labels.unique())
        y = pd.Categorical(labels, categories=classes).codes.astype(int)
    return Rows(
        facts["task"], x, y, np.load(Path(folder, str(split), "stopping.npy")), x_test, classes,
        None if group is None else train[group].to_numpy(), facts["time"] is not None,
    )
