"""Writes what the drift benchmark compares: tables.py FLIGHTS.parquet FOLDER

mixed: 150,000 rows against as many, 50 columns of numbers and 15 of categories; two of each have moved a little.
flights: the first 1,500,000 of the 3,000,000 flights of the npm package vega-datasets against the others, without their date.
"""

import pathlib
import sys

import numpy as np
import pandas as pd

source, folder = sys.argv[1], pathlib.Path(sys.argv[2])
rows = 150_000


def numbers(random, kind):
    if kind == 0:
        return random.normal(size=rows)
    if kind == 1:
        return random.lognormal(size=rows)
    if kind == 2:
        return random.exponential(scale=10, size=rows).round(2)
    if kind == 3:
        return random.poisson(4, size=rows).astype("float64")
    values = random.normal(50, 10, size=rows)
    values[random.random(rows) < 0.05] = np.nan
    return values


def categories(random, levels):
    chances = 1 / np.arange(1, levels + 1)
    names = np.array([f"level {i}" for i in range(levels)], dtype=object)
    return names[random.choice(levels, size=rows, p=chances / chances.sum())]


def mixed(seed, moved):
    random = np.random.default_rng(seed)
    columns = {f"n{i:02d}": numbers(random, i % 5) for i in range(50)}
    columns |= {f"c{i:02d}": categories(random, [2, 3, 5, 10, 50][i % 5]) for i in range(15)}
    if moved:
        columns["n00"] = columns["n00"] + 0.3
        columns["n01"] = columns["n01"] * 1.5
        for name in ["c02", "c03"]:
            columns[name][random.random(rows) < 0.2] = "level 0"
    return pd.DataFrame(columns)


flights = pd.read_parquet(source)[["delay", "distance", "origin", "destination"]]
half = len(flights) // 2
pairs = {"mixed": (mixed(1, False), mixed(2, True)), "flights": (flights[:half], flights[half:])}
for name, (reference, current) in pairs.items():
    for side, frame in [("reference", reference), ("current", current)]:
        frame.to_parquet(folder / f"{name}-{side}.parquet", index=False)
        frame.to_csv(folder / f"{name}-{side}.csv", index=False, lineterminator="\n")
