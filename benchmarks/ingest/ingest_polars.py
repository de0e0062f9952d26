"""The whole work by polars, see ingest.ts: ingest_polars.py FILE FOLDER MIN_COUNT; prints JSON."""

import json
import pathlib
import resource
import sys
import time

import polars as pl

file, folder, min_count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
begin = time.perf_counter()

columns = ["delay", "distance", "origin", "destination"]
frame = pl.read_csv(file, columns=columns) if file.endswith(".csv") else pl.read_parquet(file, columns=columns)
read = time.perf_counter()

frame = frame.select(
    pl.col("delay").cast(pl.Float64),
    pl.col("distance").cast(pl.Float64),
    pl.col("origin").str.strip_chars().cast(pl.Categorical),
    pl.col("destination").str.strip_chars().cast(pl.Categorical),
).filter(pl.col("delay").is_not_null())

frame = frame.sample(fraction=1, shuffle=True, seed=1)
rows = frame.height
first, second = int(rows * 0.6), int(rows * 0.8)
splits = {"train": frame[:first], "validation": frame[first:second], "test": frame[second:]}

train = splits["train"]
median = train["distance"].median()
mean, deviation = train["distance"].fill_null(median).mean(), train["distance"].fill_null(median).std(ddof=0)
inputs = [((pl.col("distance").fill_null(median) - mean) / deviation).cast(pl.Float32)]
for name in ["origin", "destination"]:
    counts = train[name].drop_nulls().value_counts().sort("count", descending=True)
    frequent = counts.filter(pl.col("count") >= min_count)[name].cast(pl.String).to_list()
    mode = counts[name].cast(pl.String)[0]
    filled = pl.col(name).cast(pl.String).fill_null(mode)
    for value in frequent:
        inputs.append((filled == value).cast(pl.Float32).alias(f"{name}={value}"))
    inputs.append((~filled.is_in(frequent)).cast(pl.Float32).alias(f"{name} (other)"))

for name, split in splits.items():
    split.write_ipc(folder / f"{name}.arrow", compression="uncompressed")
    with open(folder / f"{name}.f32", "wb") as out:
        for start in range(0, split.height, 100_000):
            split[start : start + 100_000].select(inputs).to_numpy(order="c").tofile(out)

print(
    json.dumps(
        {
            "contender": f"polars {pl.__version__}",
            "rows": rows,
            "width": len(inputs),
            "read": round(read - begin, 3),
            "seconds": round(time.perf_counter() - begin, 3),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    )
)
