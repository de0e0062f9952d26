"""The work of prepare by pandas and scikit-learn, see scale.ts: prepare_pandas.py FILE FOLDER TARGET; prints JSON."""

import pathlib
import sys

import pandas as pd
import sklearn
from peer import finish, usage
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

file, folder, target = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
begin = usage()

frame = pd.read_csv(file) if file.endswith(".csv") else pd.read_parquet(file)
texts = [name for name in frame.columns if name in ("plan", "city", "product")]
for name in texts:
    frame[name] = frame[name].str.strip().astype("category")
if "day" in frame:
    frame["day"] = pd.to_datetime(frame["day"])
frame = frame[frame[target].notna()]
rows = len(frame)
duplicates = int(frame.duplicated().sum())

rest, test = train_test_split(frame, test_size=0.2, random_state=1)
train, validation = train_test_split(rest, test_size=0.25, random_state=1)
del frame, rest

numbers = [name for name in train.columns if name not in (*texts, target, "day")]
transform = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        (
            "texts",
            make_pipeline(
                SimpleImputer(strategy="most_frequent"),
                OneHotEncoder(max_categories=100, handle_unknown="infrequent_if_exist"),
            ),
            texts,
        ),
    ]
)
transform.fit(train)
for name, split in [("train", train), ("validation", validation), ("test", test)]:
    split.to_feather(folder / f"{name}.arrow", compression="uncompressed")

finish(f"pandas {pd.__version__} and scikit-learn {sklearn.__version__}", rows, begin)
