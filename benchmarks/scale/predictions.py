"""Writes generated predictions: predictions.py ROWS TASK FILE, with columns actual and predicted, or actual and p_yes (binary)."""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv

rows, task, file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
random = np.random.default_rng(18)
writer = None
for start in range(0, rows, 500_000):
    size = min(500_000, rows - start)
    if task == "binary":
        p = np.round(random.beta(2, 5, size), 4)
        table = pa.table({"actual": np.where(random.random(size) < p, "yes", "no"), "p_yes": p})
    else:
        actual = np.round(random.gamma(3, 20, size), 2)
        predicted = np.round(actual + random.normal(0, 8, size), 3)
        table = pa.table({"actual": actual, "predicted": predicted})
    writer = writer or pa.csv.CSVWriter(file, table.schema)
    writer.write_table(table)
writer.close()
