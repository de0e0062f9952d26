"""Writes the tables and the benchmark's outer splits.

usage: python write_tables.py FOLDER [TABLE …]

Of every table FOLDER/tables/NAME/: table.json, and per outer split SPLIT/train.csv and SPLIT/test.csv. A row's place comes from
a hash of its content (of its group, where rows of one depend on each other) and the seed, so it does not depend on the order
of the rows and equal rows stay on one side; by time, the tests are the newest fifths, each trained on what is older. Below 2,000 rows three outer splits
with disjoint tests, else one.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from tables import TABLES, read

SEED = "ciclo accuracy 1"
SMALL = 2_000
# Of a class with fewer training rows, the owner says that it may be published.
FEW = 12
# Share of an outer split's training rows by which peers stop early.
STOPPING = 0.2


def places(texts, purpose):
    """A number from 0 to 1 for each text."""
    digests = (hashlib.sha256(f"{SEED}\n{purpose}\n{text}".encode()).digest() for text in texts)
    return np.array([int.from_bytes(digest[:8], "big") / 2**64 for digest in digests])


def identities(table, frame):
    if table.group is not None:
        return frame[table.group].astype(str)
    return frame.astype(str).agg("\x1f".join, axis=1)


def ranks(values):
    """Ranks from 0 to 1 of the order of time: rows of one time share a place."""
    return (values.rank(method="min") - 1).to_numpy() / len(values)


def outer_splits(table, frame):
    """Per outer split, which rows are tested and which may be trained on."""
    count = 3 if len(frame) < SMALL else 1
    if table.time is not None:
        place = ranks(frame[table.time])
        for k in range(count):
            end = 1 - 0.2 * k
            yield (place >= end - 0.2) & (place < end), place < end - 0.2
        return
    place = places(identities(table, frame), "outer")
    for k in range(count):
        test = (place >= 0.2 * k) & (place < 0.2 * (k + 1))
        yield test, ~test


def stopping_rows(table, train):
    """Which of the training rows peers stop early by: the newest, whole groups, or a hash."""
    if table.time is not None:
        return ranks(train[table.time]) >= 1 - STOPPING
    return places(identities(table, train), "stopping") < STOPPING


def is_mixed(values):
    """Text of which a part looks like numbers ("1", "2-10"): whoever hands it over says that it is text."""
    known = values.dropna()
    if pd.api.types.is_numeric_dtype(known):
        return False
    numbers = pd.to_numeric(known, errors="coerce").notna()
    return bool(numbers.any())


def write(table, folder):
    frame = read(table)
    splits = list(outer_splits(table, frame))
    for index, (test, train) in enumerate(splits):
        split = folder / str(index)
        split.mkdir(parents=True, exist_ok=True)
        rows = frame[train]
        rows.to_csv(split / "train.csv", index=False)
        frame[test].to_csv(split / "test.csv", index=False)
        np.save(split / "stopping.npy", stopping_rows(table, rows))
    facts = {
        "name": table.name, "task": table.task, "target": table.target, "group": table.group, "time": table.time,
        "named": table.named, "rows": len(frame), "columns": frame.shape[1] - 1, "splits": len(splits),
        "train": [int(train.sum()) for _, train in splits], "test": [int(test.sum()) for test, _ in splits],
        "categories": sorted(name for name in frame.columns
                             if name != table.target and not pd.api.types.is_numeric_dtype(frame[name])),
        "rare": table.task != "regression" and bool(min(frame[train][table.target].value_counts().min() for _, train in splits) < FEW),
        "mixed": [name for name in frame.columns if name != table.target and is_mixed(frame[name])],
        "never_negative": bool(table.task == "regression" and (frame[table.target] >= 0).all()),
        "classes": [] if table.task == "regression" else sorted(frame[table.target].unique()),
    }
    (folder / "table.json").write_text(json.dumps(facts, indent=2) + "\n")
    print(table.name, table.task, facts["rows"], "rows", facts["columns"], "columns", facts["splits"], "splits",
          facts["train"], facts["test"], len(facts["classes"]), "classes", flush=True)


if __name__ == "__main__":
    wanted = sys.argv[2:]
    for one in TABLES:
        if not wanted or one.name in wanted:
            write(one, Path(sys.argv[1], "tables", one.name))
