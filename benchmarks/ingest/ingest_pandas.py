"""The whole work by pandas and scikit-learn, see ingest.ts: ingest_pandas.py FILE FOLDER MIN_COUNT; prints JSON."""

import json
import pathlib
import resource
import sys
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

file, folder, min_count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
begin = time.perf_counter()

columns = ["delay", "distance", "origin", "destination"]
frame = pd.read_csv(file, usecols=columns) if file.endswith(".csv") else pd.read_parquet(file, columns=columns)
read = time.perf_counter()

for name in ["delay", "distance"]:
    frame[name] = pd.to_numeric(frame[name]).astype("float64")
for name in ["origin", "destination"]:
    frame[name] = frame[name].str.strip().astype("category")
frame = frame[frame["delay"].notna()]

rest, test = train_test_split(frame, test_size=0.2, random_state=1)
train, validation = train_test_split(rest, test_size=0.25, random_state=1)
del frame, rest

transform = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["distance"]),
        (
            "texts",
            make_pipeline(
                SimpleImputer(strategy="most_frequent"),
                OneHotEncoder(
                    min_frequency=min_count, handle_unknown="infrequent_if_exist", sparse_output=False, dtype=np.float32
                ),
            ),
            ["origin", "destination"],
        ),
    ]
)
transform.fit(train)
width = 0
for name, split in [("train", train), ("validation", validation), ("test", test)]:
    split.to_feather(folder / f"{name}.arrow", compression="uncompressed")
    with open(folder / f"{name}.f32", "wb") as out:
        for start in range(0, len(split), 100_000):
            inputs = transform.transform(split[start : start + 100_000]).astype("float32")
            width = inputs.shape[1]
            inputs.tofile(out)

print(
    json.dumps(
        {
            "contender": f"pandas {pd.__version__} and scikit-learn {sklearn.__version__}",
            "rows": len(train) + len(validation) + len(test),
            "width": width,
            "read": round(read - begin, 3),
            "seconds": round(time.perf_counter() - begin, 3),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    )
)
