"""What the peers' scripts have in common."""

import json
import pathlib
import resource
import time

import pandas as pd


def read(file):
    return pd.read_csv(file) if file.endswith(".csv") else pd.read_parquet(file)


def finish(contender, output, result, ready, html=None):
    """Writes the result and prints what it took; `ready` is when both tables were read."""
    pathlib.Path(output).write_text(json.dumps(result))
    print(
        json.dumps(
            {
                "contender": contender,
                "compute": round(time.perf_counter() - ready, 3),
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                **({} if html is None else {"html": pathlib.Path(html).stat().st_size}),
            }
        )
    )
