"""Compares the kept predictions of Ciclo and its peers, and prints the result as JSON.

usage: python report.py FOLDER --ciclo LABEL [--before LABEL,…] [--ablation LABEL,…] > results.json

Losses are RMSE or log-loss of all tested rows of a table's outer splits. Differences are by a paired bootstrap of test rows
(whole groups; blocks of days), their p values by Holm over the tables.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from losses import losses_of
from peers import PEERS

RESAMPLES = 4_000
# Rivals that Ciclo is compared with on every table.
RIVALS = ["lightgbm", "catboost", "flaml", "autogluon", "autogluon_best"]
# Where the best loss is a smaller share of the dummy's, a table is as good as solved, and ratios of losses say little.
SOLVED = 0.1


class Measured:
    """The losses of one table."""

    def __init__(self, folder, facts):
        self.facts = facts
        self.splits = list(losses_of(folder, facts))
        names = [*PEERS] + sorted({n for _, c in self.splits for n in c if n.startswith("ciclo-")})
        # A contender counts for as many first splits as it was run on.
        self.count = {name: self.splits_of(name) for name in names if name in self.splits[0][1]}

    def splits_of(self, name):
        have = [name in contenders for _, contenders in self.splits]
        return have.index(False) if False in have else len(have)

    def rows(self, name, splits):
        return np.concatenate([self.splits[k][1][name][0] for k in range(splits)])

    def mean_to_loss(self, mean):
        return np.sqrt(mean) if self.facts["task"] == "regression" else mean

    def loss(self, name, splits):
        return float(self.mean_to_loss(self.rows(name, splits).mean()))

    def split_losses(self, name):
        """The loss on each outer split that a contender was run on."""
        return np.array([float(self.mean_to_loss(self.splits[k][1][name][0].mean())) for k in range(self.count[name])])

    def best(self):
        """The least loss on each outer split, of all that were run on it: on other rows than these no one is the best known."""
        return np.array([
            min(self.split_losses(name)[k] for name, count in self.count.items() if count > k)
            for k in range(max(self.count.values()))
        ])

    def above_best(self, name):
        """Geometric mean, over the outer splits, of the loss over the least one."""
        losses = self.split_losses(name)
        return float(np.exp(np.mean(np.log(losses / self.best()[: len(losses)]))))

    def solved(self):
        best = self.best()
        return bool(np.exp(np.mean(np.log(best / self.split_losses("dummy")[: len(best)]))) < SOLVED)

    def versus(self, own, rival):
        """The difference of losses on the splits that both were run on, with what the bootstrap says of it."""
        splits = min(self.count[own], self.count[rival])
        units = np.unique(np.concatenate([
            np.char.add(f"{k}:", self.splits[k][0].astype(str)) for k in range(splits)]), return_inverse=True)[1]
        pair = np.stack([self.rows(own, splits), self.rows(rival, splits), np.ones(len(units))], axis=1)
        sums = np.stack([np.bincount(units, weights=column) for column in pair.T], axis=1)
        rng, parts = np.random.default_rng(1), []
        for start in range(0, RESAMPLES, 200):
            weights = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=min(200, RESAMPLES - start))
            parts.append(weights @ sums)
        resampled = np.concatenate(parts)
        losses = self.mean_to_loss(resampled[:, :2] / resampled[:, 2:])
        differences = losses[:, 0] - losses[:, 1]
        low, high = np.quantile(differences, [0.025, 0.975])
        tail = min((differences <= 0).sum(), (differences >= 0).sum())
        return {
            "splits": splits, "rival": self.loss(rival, splits),
            "difference": self.loss(own, splits) - self.loss(rival, splits), "low": float(low), "high": float(high),
            "p": min(1.0, 2 * (tail + 1) / (RESAMPLES + 1)),
        }


def holm(comparisons):
    """Adds the adjusted p value and the verdict to each."""
    ordered, least = sorted(comparisons, key=lambda one: one["p"]), 0.0
    for index, one in enumerate(ordered):
        least = max(least, min(1.0, one["p"] * (len(ordered) - index)))
        one["holm"] = least
        clear = least < 0.05
        one["verdict"] = "not told apart" if not clear else "clearly better" if one["difference"] < 0 else "clearly worse"


def geometric(ratios):
    return None if len(ratios) == 0 else float(np.exp(np.mean(np.log(ratios))) - 1)


def shared_ratio(tables, own, other):
    """Geometric mean of own losses over another's, less 1, on the tables and splits that both were run on."""
    ratios = []
    for table in tables:
        splits = min(table.count.get(own, 0), table.count.get(other, 0))
        if splits > 0:
            ratios.append(table.loss(own, splits) / table.loss(other, splits))
    return {"tables": len(ratios), "change": geometric(ratios)}


def mean_of(tables, own, name):
    had = [table for table in tables if name in table.count]
    hard = [table for table in had if not table.solved()]

    def above(some):
        return geometric([table.above_best(name) for table in some])

    return {
        "contender": name, "tables": len(had), "aboveBest": above(had), "unsolved": len(hard), "aboveBestUnsolved": above(hard),
        "cpu": float(np.mean([table.splits[0][1][name][1] for table in had])),
        "ciclo": shared_ratio(tables, own, name),
        "cicloUnsolved": shared_ratio(hard, own, name),
    }


def row_of(table, own, rivals):
    facts = table.facts
    losses = {
        name: {"loss": table.loss(name, count), "splits": count,
               "cpu": sum(table.splits[k][1][name][1] for k in range(count)) / count}
        for name, count in table.count.items()
    }
    digests = [table.splits[k][1][own][2] for k in range(table.count.get(own, 0))]
    return {
        **{key: facts[key] for key in ("name", "task", "rows", "columns", "splits", "group", "time", "named")},
        "tested": sum(facts["test"]), "losses": losses, "digests": digests,
        "versus": {rival: table.versus(own, rival) for rival in rivals if rival in table.count and own in table.count},
    }


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    if isinstance(value, float):
        return float(f"{value:.5g}")
    return value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ciclo", required=True)
    parser.add_argument("--before", default="")
    parser.add_argument("--ablation", default="")
    options = parser.parse_args()
    own = f"ciclo-{options.ciclo}"
    before = [f"ciclo-{label}" for label in options.before.split(",") if label]
    # A variant, or VARIANT:LABEL where it was kept under another label.
    ablation = [(part.split(":")[0], part.split(":")[-1]) for part in options.ablation.split(",") if part]
    facts = [json.loads(path.read_text()) for path in sorted(options.folder.glob("tables/*/table.json"))]
    tables = [Measured(options.folder, one) for one in facts]
    # Others' labels may lie there too: only those asked for are contenders.
    wanted = {own, *before, *PEERS}
    parts = {f"ciclo-{label}" for _, label in ablation}
    for table in tables:
        table.count = {name: count for name, count in table.count.items() if name in wanted | parts}
    counts = [table.count for table in tables]
    # What is solved is decided by the contenders, without the parts.
    for table in tables:
        table.count = {name: count for name, count in table.count.items() if name in wanted}
    hard = [not table.solved() for table in tables]
    for table, count in zip(tables, counts):
        table.count = count
    ablated = [
        {"variant": variant, **shared_ratio(tables, f"ciclo-{label}", own),
         "unsolved": shared_ratio([table for table, is_hard in zip(tables, hard) if is_hard], f"ciclo-{label}", own)}
        for variant, label in ablation
    ]
    for table in tables:
        table.count = {name: count for name, count in table.count.items() if name in wanted}
    rivals = RIVALS + before
    rows = [row_of(table, own, rivals) for table in tables]
    for rival in rivals:
        holm([row["versus"][rival] for row in rows if rival in row["versus"]])
    names = [name for name in [own, *before, *PEERS] if any(name in table.count for table in tables)]
    means = [mean_of(tables, own, name) for name in names]
    result = {"benchmark": "accuracy", "ciclo": own, "tables": rows, "means": means, "ablation": ablated}
    print(json.dumps(rounded(result), indent=2))


if __name__ == "__main__":
    main()
