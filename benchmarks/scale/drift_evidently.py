"""Evidently's report of drift on pandas, see scale.ts: drift_evidently.py ROWS; prints JSON. The rows are like those of drift_ciclo.ts."""

import json
import resource
import sys
import time

import numpy
import pandas
from evidently import Dataset, Report
from evidently.presets import DataDriftPreset


def table(rows: int, seed: int) -> pandas.DataFrame:
    random = numpy.random.default_rng(seed)
    share = lambda: random.random(rows)
    return pandas.DataFrame(
        {
            "amount": (20 + 105 * share()).round(2),
            "age": random.integers(18, 82, rows),
            "visits": random.integers(0, 16, rows),
            "price": (20 * (1 + share() * share())).round(2),
            "distance": numpy.sqrt(random.integers(0, 2**20, rows)),
            "rate": share() - 0.5,
            "score": share(),
            "load": numpy.where(share() > 0.02, 50 + 10 * share(), numpy.nan),
            "plan": pandas.Series(random.integers(0, 5, rows)).map("plan-{}".format),
            "city": pandas.Series(random.integers(0, 50, rows)).map("city-{}".format),
            "product": pandas.Series(random.integers(0, 5000, rows)).map("product-{}".format),
            "day": random.integers(0, 1024, rows),
        }
    )


rows = int(sys.argv[1])
reference, current = table(30_000, 1), table(rows, 2)
before = resource.getrusage(resource.RUSAGE_SELF)
begin = time.monotonic()
Report([DataDriftPreset()]).run(Dataset.from_pandas(current), Dataset.from_pandas(reference)).dict()
after = resource.getrusage(resource.RUSAGE_SELF)
used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(
    json.dumps(
        {
            "contender": "Evidently on pandas",
            "rows": rows,
            "seconds": round(used, 2),
            "elapsed": round(time.monotonic() - begin, 2),
            "before": before.ru_maxrss // 1024,
            "megabytes": after.ru_maxrss // 1024,
        }
    )
)
