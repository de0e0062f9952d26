"""Evidently's preset for data drift with its defaults, see drift.ts: drift_evidently.py REFERENCE CURRENT OUTPUT.json; prints JSON."""

import json
import pathlib
import sys
import time

import evidently
from evidently import Report
from evidently.presets import DataDriftPreset

from peer import finish, read

reference, current, output = sys.argv[1:]
a, b = read(reference), read(current)
ready = time.perf_counter()

snapshot = Report([DataDriftPreset()]).run(b, a)
result = json.loads(snapshot.json())
html = pathlib.Path(output).with_suffix(".html")
snapshot.save_html(str(html))
finish(f"Evidently {evidently.__version__}", output, result, ready, html)
