"""Trains LightGBM on the rows that Ciclo hands over, and writes it as ONNX with its own predictions beside it.

Ciclo runs it by `train.candidates` of ciclo.yml. What it finds in the environment, and what it must write, is explained in
docs/guides/command.md.
"""

import json
import os
from pathlib import Path

import lightgbm
import pandas
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType

target = os.environ["CICLO_TARGET"]
output = Path(os.environ["CICLO_OUTPUT"])
schema = json.loads(Path(os.environ["CICLO_SCHEMA"]).read_text())
features = schema["columns"]


def matrix(table: pandas.DataFrame):
    """One number a feature, in the schema's order; of a category its place in the schema's list. Missing is NaN."""
    columns = {}
    for column in features:
        values = table[column["name"]]
        if column["type"] == "category":
            places = {category: place for place, category in enumerate(column["categories"])}
            values = values.map(places)
        columns[column["name"]] = values.astype("float32")
    return pandas.DataFrame(columns).to_numpy()


def read(variable: str) -> pandas.DataFrame:
    return pandas.read_csv(os.environ[variable], dtype={schema["id"]: str})


train, validation = read("CICLO_TRAIN"), read("CICLO_VALIDATION")
model = lightgbm.LGBMRegressor(
    n_estimators=500,
    learning_rate=0.03,
    num_leaves=7,
    min_child_samples=10,
    random_state=int(os.environ["CICLO_SEED"]),
    n_jobs=1,
    deterministic=True,
    verbose=-1,
)
model.fit(
    matrix(train),
    train[target],
    eval_X=matrix(validation),
    eval_y=validation[target],
    callbacks=[lightgbm.early_stopping(30, verbose=False)],
)

# Without a name the graph gets one at random, and the same model other bytes.
onnx = convert_lightgbm(
    model.booster_,
    name="penguins",
    initial_types=[("features", FloatTensorType([None, len(features)]))],
    target_opset=15,
)
(output / "model.onnx").write_bytes(onnx.SerializeToString())

# A conversion is never trusted: Ciclo compares the ONNX model with these, row by row.
predictions = pandas.DataFrame({"id": validation[schema["id"]], "predicted": model.predict(matrix(validation))})
predictions.to_csv(output / "validation-predictions.csv", index=False)
