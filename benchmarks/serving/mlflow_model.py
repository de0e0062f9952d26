"""A network of the same shape, saved for `mlflow models serve`. usage: mlflow_model.py FOLDER"""

import sys

import mlflow.sklearn
import numpy as np
import pandas as pd
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(1)
inputs = pd.DataFrame(random.normal(size=(2000, 20)), columns=[f"x{j}" for j in range(20)])
model = make_pipeline(StandardScaler(), MLPRegressor((64, 32), max_iter=5))
model.fit(inputs, inputs["x0"] * 2 - inputs["x1"])
mlflow.sklearn.save_model(model, sys.argv[1], signature=mlflow.models.infer_signature(inputs))
