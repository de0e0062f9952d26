"""NannyML's univariate drift by KS and chi-squared, see drift.ts: drift_nannyml.py REFERENCE CURRENT OUTPUT.json; prints JSON."""

import sys
import time
from importlib.metadata import version

import nannyml

from peer import finish, read

reference, current, output = sys.argv[1:]
a, b = read(reference), read(current)
ready = time.perf_counter()

calculator = nannyml.UnivariateDriftCalculator(
    column_names=list(a.columns),
    continuous_methods=["kolmogorov_smirnov"],
    categorical_methods=["chi2"],
    chunk_number=1,
)
found = calculator.fit(a).calculate(b).filter(period="analysis").to_df()
result = {"/".join(map(str, name)): str(values.iloc[0]) for name, values in found.items()}
finish(f"NannyML {version('nannyml')}", output, result, ready)
