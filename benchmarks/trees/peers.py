"""CPU seconds of a peer on the rows that trees.ts wrote.

usage: python peers.py lightgbm|sklearn rows.bin 20000 squared|absolute|binary|multiclass
"""

import json
import sys
import time

import numpy as np

COLUMNS = 20
name, file, rows, task = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
numbers = np.fromfile(file)
x = np.ascontiguousarray(numbers[: rows * COLUMNS].reshape(COLUMNS, rows).T)
y = numbers[rows * COLUMNS :]
if task == "binary":
    y = (y > 0).astype(float)
if task == "multiclass":
    y = np.where(y > 0.5, 2, np.where(y > -0.5, 1, 0)).astype(float)


def lightgbm_model():
    import lightgbm

    objective = {"squared": "regression", "absolute": "regression_l1"}.get(task, task)
    settings = {"objective": objective, "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 20, "verbose": -1, "num_threads": 1}
    if task == "multiclass":
        settings["num_class"] = 3

    def fit():
        return lightgbm.train(settings, lightgbm.Dataset(x, y), 100)

    return fit, lambda model: model.predict(x, num_threads=1)


def sklearn_model():
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    if task in ("squared", "absolute"):
        return lambda: HistGradientBoostingRegressor(loss=f"{task}_error", max_iter=100, early_stopping=False).fit(x, y), lambda model: model.predict(x)

    def fit():
        return HistGradientBoostingClassifier(max_iter=100, early_stopping=False).fit(x, y)

    return fit, lambda model: model.predict_proba(x)[:, 1] if task == "binary" else model.predict_proba(x)


fit, predict = lightgbm_model() if name == "lightgbm" else sklearn_model()
start = time.process_time()
model = fit()
fitted = time.process_time()
answer = predict(model)
end = time.process_time()
if task == "binary":
    loss = -np.mean(y * np.log(answer) + (1 - y) * np.log(1 - answer))
elif task == "multiclass":
    loss = -np.mean(np.log(answer[np.arange(rows), y.astype(int)]))
elif task == "absolute":
    loss = np.mean(np.abs(answer - y))
else:
    loss = np.mean((answer - y) ** 2)
print(json.dumps({"fit": fitted - start, "predict": end - fitted, "loss": loss}))
