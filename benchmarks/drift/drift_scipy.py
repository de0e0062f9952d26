"""A plain loop, column by column, see drift.ts: drift_scipy.py REFERENCE CURRENT OUTPUT.json; prints JSON."""

import sys
import time

import pandas as pd
import scipy
from scipy.stats import chi2_contingency, ks_2samp

from peer import finish, read

reference, current, output = sys.argv[1:]
a, b = read(reference), read(current)
ready = time.perf_counter()

columns = []
for name in a.columns:
    left, right = a[name].dropna(), b[name].dropna()
    if pd.api.types.is_numeric_dtype(a[name]):
        result = ks_2samp(left, right)
        columns.append({"name": name, "test": "ks", "value": float(result.statistic), "p": float(result.pvalue)})
    else:
        counts = pd.concat([left.value_counts(), right.value_counts()], axis=1).fillna(0)
        result = chi2_contingency(counts.T.to_numpy())
        columns.append({"name": name, "test": "chi-squared", "value": float(result.statistic), "p": float(result.pvalue)})

finish(f"scipy {scipy.__version__} in a loop", output, columns, ready)
