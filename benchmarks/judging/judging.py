"""Seconds for bootstrap resamples of ROC AUC and RMSE by scipy and numpy.

usage: python judging.py ROWS RESAMPLES; prints JSON: seconds by contender.
"""

import json
import sys
import time

import numpy as np
from scipy.stats import bootstrap
from sklearn.metrics import roc_auc_score


def main():
    rows, resamples = int(sys.argv[1]), int(sys.argv[2])
    rng = np.random.default_rng(1)
    labels = (rng.random(rows) < 1 / 3).astype(int)
    scores = 1 / (1 + np.exp(-(rng.normal(size=rows) + labels - 0.5)))
    actual = rng.normal(size=rows)
    predicted = actual + rng.normal(size=rows) / 2
    squares = (actual - predicted) ** 2
    seconds = {}

    def timed(name, work):
        started = time.perf_counter()
        work()
        seconds[name] = round(time.perf_counter() - started, 3)

    def loop():
        values = np.empty(resamples)
        for i in range(resamples):
            values[i] = np.sqrt(squares[rng.integers(0, rows, rows)].mean())
        return np.quantile(values, [0.025, 0.975])

    options = {"n_resamples": resamples, "method": "percentile", "paired": True, "vectorized": False}
    timed("rmse numpy loop", loop)
    timed(
        "rmse scipy.stats.bootstrap",
        lambda: bootstrap((actual, predicted), lambda a, p: np.sqrt(np.mean((a - p) ** 2)), random_state=1, **options),
    )
    timed(
        "roc-auc scipy.stats.bootstrap",
        lambda: bootstrap((labels, scores), roc_auc_score, random_state=1, **options),
    )
    print(json.dumps(seconds))


main()
