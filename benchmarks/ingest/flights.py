"""Writes the 3,000,000 flights of the npm package vega-datasets as a CSV file: flights.py flights-3m.parquet flights-3m.csv"""

import sys

import pandas as pd

pd.read_parquet(sys.argv[1]).to_csv(sys.argv[2], index=False, lineterminator="\n")
