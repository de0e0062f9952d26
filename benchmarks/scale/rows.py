"""Writes generated rows, the same for the same arguments: rows.py ROWS COLUMNS FILE, as CSV or Parquet by the file's name.

COLUMNS is 12 (the target and seven other numbers, categories of 5, 50 and 5,000, a date), or more: then all are numbers.
"""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

rows, columns, file = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
random = np.random.default_rng(18)


def gaps(values, share):
    return pa.array(values, mask=random.random(len(values)) < share)


def words(prefix, count, size):
    # Some are much more frequent than others, as cities and products are.
    codes = np.minimum((count * random.random(size) ** 2).astype(np.int32), count - 1)
    return pa.DictionaryArray.from_arrays(codes, [f"{prefix}-{i:04}" for i in range(count)]).cast(pa.string())


def usual(size):
    age = random.integers(18, 90, size)
    distance = random.gamma(2, 4, size)
    rate = random.normal(0, 1, size)
    return pa.table(
        {
            "amount": np.round(20 + age * 0.3 + 5 * distance + 9 * random.normal(0, 1, size), 2),
            "age": age,
            "visits": random.poisson(6, size),
            "price": gaps(np.round(random.lognormal(3, 1, size), 2), 0.02),
            "distance": np.round(distance, 4),
            "rate": np.round(rate, 6),
            "score": random.random(size),
            "load": gaps(random.normal(50, 9, size), 0.02),
            "plan": words("plan", 5, size),
            "city": words("city", 50, size),
            "product": words("product", 5000, size),
            "day": np.datetime64("2023-01-01") + random.integers(0, 1095, size).astype("timedelta64[D]"),
        }
    )


def wide(size):
    return pa.table({f"c{i:04}": np.round(random.normal(0, 1, size), 4) for i in range(columns)})


writer = None
for start in range(0, rows, 500_000):
    size = min(500_000, rows - start)
    table = usual(size) if columns == 12 else wide(size)
    if writer is None:
        open_writer = pa.csv.CSVWriter if file.endswith(".csv") else pa.parquet.ParquetWriter
        writer = open_writer(file, table.schema)
    writer.write_table(table)
writer.close()
