"""The work of prepare by polars, see scale.ts: prepare_polars.py FILE FOLDER TARGET; prints JSON."""

import pathlib
import sys

import polars as pl
from peer import finish, usage

file, folder, target = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
begin = usage()

frame = pl.read_csv(file, try_parse_dates=True) if file.endswith(".csv") else pl.read_parquet(file)
texts = [name for name in frame.columns if name in ("plan", "city", "product")]
frame = frame.with_columns(pl.col(texts).str.strip_chars().cast(pl.Categorical)) if texts else frame
frame = frame.filter(pl.col(target).is_not_null())
rows = frame.height
duplicates = rows - frame.unique().height

frame = frame.sample(fraction=1, shuffle=True, seed=1)
first, second = int(rows * 0.6), int(rows * 0.8)
splits = {"train": frame[:first], "validation": frame[first:second], "test": frame[second:]}
del frame

train = splits["train"]
numbers = [name for name in train.columns if name not in (*texts, target, "day")]
medians = train.select(pl.col(numbers).median())
filled = train.select(pl.col(name).fill_null(medians[name][0]) for name in numbers)
recipe = {
    "medians": medians.row(0),
    "means": filled.mean().row(0),
    "deviations": filled.std(ddof=0).row(0),
    "categories": {name: train[name].drop_nulls().value_counts(sort=True).head(100) for name in texts},
}
for name, split in splits.items():
    split.write_ipc(folder / f"{name}.arrow", compression="uncompressed")

finish(f"polars {pl.__version__}", rows, begin)
