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
model = make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=(64, 32), max_iter=5))
model.fit(inputs, inputs["x0"] * 2 - inputs["x1"])
signature = mlflow.models.infer_signature(inputs)
# It refuses types that it does not know; this one is scikit-learn's own.
trusted = ["sklearn.neural_network._stochastic_optimizers.AdamOptimizer"]
mlflow.sklearn.save_model(model, sys.argv[1], signature=signature, skops_trusted_types=trusted)
