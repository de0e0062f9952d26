"""Runs peers on outer splits and keeps their predictions of the tests. What is there already is not run again.

usage: python run_peers.py FOLDER [--peers NAME,…] [--tables NAME,…] [--splits N]

Each runs in a process of its own. Writes FOLDER/predictions/TABLE/SPLIT/PEER.npz: predictions, classes, CPU and wall seconds.
"""

import os

# Before any of them is loaded: see THREADS of peers.py.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import json
import multiprocessing
import time
from pathlib import Path

import numpy as np

from clock import cpu_seconds
from peers import PEERS
from rows import load


def run(folder, table, split, peer, out):
    rows = load(Path(folder, "tables", table), split)
    wall, cpu = time.monotonic(), cpu_seconds()
    predicted = PEERS[peer](rows)
    seconds = cpu_seconds() - cpu, time.monotonic() - wall
    if not np.isfinite(predicted).all():
        raise ValueError(f"{peer} on {table} {split}: a prediction is not a finite number")
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part.npz")
    np.savez_compressed(part, predictions=predicted, classes=np.array(rows.classes), cpu=seconds[0], wall=seconds[1],
                        load=os.getloadavg()[0])
    part.rename(out)
    print(f"{peer} {table} {split}: {seconds[0]:.1f} CPU s, {seconds[1]:.1f} s", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--tables")
    parser.add_argument("--splits", type=int, default=3)
    options = parser.parse_args()
    facts = [json.loads(path.read_text()) for path in sorted(options.folder.glob("tables/*/table.json"))]
    # Those that earlier figures are known of come first.
    facts.sort(key=lambda one: (not one["named"], one["name"]))
    names = options.tables.split(",") if options.tables else [one["name"] for one in facts]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["peers", "rows", "lightgbm", "xgboost", "catboost"])
    failed = []
    for peer in options.peers.split(","):
        for one in (one for one in facts if one["name"] in names):
            for split in range(min(one["splits"], options.splits)):
                out = options.folder / "predictions" / one["name"] / str(split) / f"{peer}.npz"
                if out.exists():
                    continue
                process = context.Process(target=run, args=(options.folder, one["name"], split, peer, out))
                process.start()
                process.join()
                if process.exitcode != 0:
                    failed.append((peer, one["name"], split))
    if failed:
        raise SystemExit(f"failed: {failed}")


if __name__ == "__main__":
    main()
