"""The peers: each takes the rows of an outer split and answers with predictions of its test (values, or probabilities of classes).

All train on the same rows. Those that stop early (HGB, LightGBM, XGBoost, CatBoost) do so by the same fifth of
them; the others use all.
"""

import tempfile
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegressionCV, RidgeCV
from sklearn.model_selection import GroupKFold, TimeSeriesSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

from clock import cpu_seconds_as_time

# On a loaded machine a second thread mostly waits, and waiting costs CPU time: one gives the same model sooner.
THREADS = 1
# What FLAML and AutoGluon get: 60 s on two cores, that is 120 CPU seconds.
BUDGET, CORES = 60, 2


def predictions(model, rows, x):
    return model.predict(x) if rows.task == "regression" else model.predict_proba(x)


def dummy(rows):
    if rows.task == "regression":
        return np.full(len(rows.test), rows.y.mean())
    return np.tile(np.bincount(rows.y, minlength=len(rows.classes)) / len(rows.y), (len(rows.test), 1))


def encoded(rows, categories):
    numbers = [name for name in rows.x.columns if name not in rows.categories]
    return make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True), StandardScaler()), numbers),
        (categories, rows.categories),
    )


def inner_folds(rows):
    if rows.by_time:
        return list(TimeSeriesSplit(5).split(rows.x))
    if rows.groups is not None:
        return list(GroupKFold(5).split(rows.x, rows.y, rows.groups))
    return 5


def linear(rows):
    if rows.task == "regression":
        model = RidgeCV(np.logspace(-3, 4, 15), cv=inner_folds(rows))
    else:
        model = LogisticRegressionCV(Cs=np.logspace(-3, 2, 6), cv=inner_folds(rows), scoring="neg_log_loss", max_iter=300,
                                     l1_ratios=(0,), use_legacy_attributes=False)
    whole = make_pipeline(encoded(rows, OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5)), model)
    return predictions(whole.fit(rows.x, rows.y), rows, rows.test)


def forest(rows):
    kind = RandomForestRegressor if rows.task == "regression" else RandomForestClassifier
    model = kind(300, n_jobs=THREADS, random_state=1)
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1)
    return predictions(make_pipeline(encoded(rows, codes), model).fit(rows.x, rows.y), rows, rows.test)


def sides(rows):
    """Training rows and those that stop it. Every class must be among the first; the few rows of a rare one move there."""
    stopping = rows.stopping.copy()
    if rows.task != "regression":
        for code in range(len(rows.classes)):
            if stopping[rows.y == code].all():
                stopping[rows.y == code] = False
    return rows.x[~stopping], rows.y[~stopping], rows.x[stopping], rows.y[stopping]


def hgb(rows):
    x, y, x_stop, y_stop = sides(rows)
    kind = HistGradientBoostingRegressor if rows.task == "regression" else HistGradientBoostingClassifier
    model = kind(max_iter=2000, learning_rate=0.05, early_stopping=True, n_iter_no_change=50, random_state=1,
                 categorical_features="from_dtype")
    frames = [few_levels(frame, rows) for frame in (x, x_stop, rows.test)]
    return predictions(model.fit(frames[0], y, X_val=frames[1], y_val=y_stop), rows, frames[2])


def few_levels(frame, rows, most=250):
    """It takes up to 254 levels of a category: the rarer ones count as missing."""
    frame = frame.copy()
    for name in rows.categories:
        frame[name] = frame[name].cat.set_categories(list(rows.x[name].value_counts().index[:most]))
    return frame


def lightgbm(rows):
    import lightgbm as engine

    x, y, x_stop, y_stop = sides(rows)
    kind = engine.LGBMRegressor if rows.task == "regression" else engine.LGBMClassifier
    model = kind(n_estimators=2000, learning_rate=0.05, n_jobs=THREADS, random_state=1, verbose=-1)
    model.fit(x, y, eval_set=[(x_stop, y_stop)], callbacks=[engine.early_stopping(50, verbose=False)])
    return predictions(model, rows, rows.test)


def xgboost(rows):
    import xgboost as engine

    x, y, x_stop, y_stop = sides(rows)
    kind = engine.XGBRegressor if rows.task == "regression" else engine.XGBClassifier
    model = kind(n_estimators=2000, learning_rate=0.05, early_stopping_rounds=50, enable_categorical=True, n_jobs=THREADS,
                 random_state=1)
    model.fit(x, y, eval_set=[(x_stop, y_stop)], verbose=False)
    return predictions(model, rows, rows.test)


def catboost(rows):
    import catboost as engine

    x, y, x_stop, y_stop = sides(rows)
    kind = engine.CatBoostRegressor if rows.task == "regression" else engine.CatBoostClassifier
    loss = {"regression": "RMSE", "binary": "Logloss", "multiclass": "MultiClass"}[rows.task]
    model = kind(iterations=2000, early_stopping_rounds=50, loss_function=loss, thread_count=THREADS, random_seed=1,
                 verbose=False, allow_writing_files=False, cat_features=rows.categories)
    frames = [as_words(frame, rows) for frame in (x, x_stop, rows.test)]
    return predictions(model.fit(frames[0], y, eval_set=(frames[1], y_stop)), rows, frames[2])


def as_words(frame, rows):
    return frame.assign(**{name: frame[name].astype(object).where(frame[name].notna(), "missing") for name in rows.categories})


def flaml(rows):
    from flaml import AutoML

    # By its own split, but where rows depend on each other.
    split = {"split_type": "group", "groups": rows.groups} if rows.groups is not None else {}
    split = {"split_type": "time"} if rows.by_time else split
    model = AutoML()
    with cpu_seconds_as_time(CORES):
        model.fit(rows.x, rows.y, task="regression" if rows.task == "regression" else "classification",
                  metric="rmse" if rows.task == "regression" else "log_loss", time_budget=BUDGET, n_jobs=THREADS, seed=1,
                  verbose=0, early_stop=True, **split)
    return predictions(model, rows, rows.test)


# The third of AutoGluon's own settings of LightGBM.
LARGE = {"learning_rate": 0.03, "num_leaves": 128, "feature_fraction": 0.9, "min_data_in_leaf": 3,
         "ag_args": {"name_suffix": "Large", "priority": 0, "hyperparameter_tune_kwargs": None}}


def autogluon(rows, presets="medium_quality"):
    from autogluon.tabular import TabularPredictor

    data = rows.x.assign(target=rows.y)
    # Its own hold-out, but where rows depend on each other or on time.
    own = rows.groups is None and not rows.by_time
    stopping = None if own or presets != "medium_quality" else data[rows.stopping]
    train = data if stopping is None else data[~rows.stopping]
    with tempfile.TemporaryDirectory() as folder, cpu_seconds_as_time(CORES):
        predictor = TabularPredictor(
            "target", problem_type=rows.task, path=folder, verbosity=0,
            eval_metric="root_mean_squared_error" if rows.task == "regression" else "log_loss")
        predictor.fit(train, tuning_data=stopping, time_limit=BUDGET, num_cpus=THREADS, presets=presets,
                      hyperparameters={"GBM": [{"extra_trees": True, "ag_args": {"name_suffix": "XT"}}, {}, LARGE],
                                       "CAT": {}, "XGB": {}, "RF": {}, "XT": {}})
        if rows.task == "regression":
            return predictor.predict(rows.test).to_numpy()
        return predictor.predict_proba(rows.test).reindex(columns=range(len(rows.classes)), fill_value=0).to_numpy()


def autogluon_best(rows):
    return autogluon(rows, "best_quality")


PEERS = {peer.__name__: peer for peer in (
    dummy, linear, forest, hgb, lightgbm, xgboost, catboost, flaml, autogluon, autogluon_best)}

warnings.filterwarnings("ignore", category=UserWarning)
warnings.filterwarnings("ignore", category=FutureWarning)
pd.set_option("future.no_silent_downcasting", True)
