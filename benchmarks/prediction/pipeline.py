"""scikit-learn's pipelines on the same shapes: 17 numbers and a category of three, one-hot into an MLP of 64 and 32, or by
code into 100 trees of 31 leaves.

usage: python pipeline.py ROWS REPEATS; prints JSON: CPU seconds for the batch (median), microseconds for one record (median).
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def main():
    warnings.filterwarnings("ignore")
    rows, repeats = int(sys.argv[1]), int(sys.argv[2])
    rng = np.random.default_rng(1)
    numbers = [f"x{i}" for i in range(17)]
    frame = pd.DataFrame(rng.normal(size=(rows, 17)), columns=numbers)
    frame["group"] = rng.choice(["red", "green", "blue"], rows)
    target = frame["x0"] + np.sin(frame["x1"])
    prepare = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            ("group", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["group"]),
        ]
    )
    model = make_pipeline(prepare, MLPRegressor(hidden_layer_sizes=(64, 32), max_iter=2, random_state=1))
    model.fit(frame[:5000], target[:5000])

    def seconds(work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    model.predict(frame[:1000])
    def cpu_seconds(work):
        start = time.process_time()
        work()
        return time.process_time() - start

    batch = np.median([cpu_seconds(lambda: model.predict(frame)) for _ in range(repeats)])
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    coded = ColumnTransformer([("numbers", "passthrough", numbers), ("group", codes, ["group"])])
    boosting = HistGradientBoostingRegressor(
        max_iter=100, max_leaf_nodes=31, early_stopping=False, categorical_features=[17]
    )
    trees = make_pipeline(coded, boosting).fit(frame[:20000], target[:20000] + (frame["x2"] * frame["x3"])[:20000])
    trees_batch = np.median([cpu_seconds(lambda: trees.predict(frame)) for _ in range(repeats)])
    one = frame[:1]
    record = np.median([seconds(lambda: model.predict(one)) for _ in range(200)])
    print(json.dumps({"batchSeconds": batch, "treesSeconds": trees_batch, "recordMicroseconds": record * 1e6, "version": sklearn.__version__}))


main()
