"""pandera: a schema with lazy checks, on pandas or on polars."""
import json, sys
from collections import Counter
from checks import *

path, backend = sys.argv[1], sys.argv[2]

if backend == "pandas":
    import pandas as pd
    import pandera.pandas as pa

    frame = pd.read_csv(path, parse_dates=[START, END, PUBLISHED])
    wide = [
        pa.Check(lambda f: ~(f[VALUE] < 0), name="result-negative"),
        pa.Check(lambda f: ~(f[VALUE] > f[LIMIT]), name="exceedance"),
        pa.Check(lambda f: ~(((f[VERDICT] == OK) & (f[VALUE] > f[LIMIT])) | ((f[VERDICT] == OVER) & ~(f[VALUE] > f[LIMIT]))), name="compliance-flag"),
        pa.Check(lambda f: ~((f[PUBLISHED] - f[END]).dt.total_seconds() > LATE_SECONDS), name="auto-late"),
        pa.Check(lambda f: f[REQUIRED].notna().all(axis=1), name="result-fields"),
    ]
    schema = pa.DataFrameSchema({VALUE: pa.Column(float, nullable=True)}, checks=wide)
    try:
        schema.validate(frame, lazy=True)
        cases = []
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["check", "index"]].drop_duplicates()["check"].tolist()
else:
    import polars as pl
    import pandera.polars as pa

    frame = pl.read_csv(path, try_parse_dates=True)
    c = pl.col
    over = c(VALUE) > c(LIMIT)
    verdict = ((c(VERDICT) == OK) & over) | ((c(VERDICT) == OVER) & ~over)
    late = (c(PUBLISHED) - c(END)).dt.total_seconds() > LATE_SECONDS
    filled = pl.all_horizontal([c(name).is_not_null() for name in REQUIRED])
    one = lambda expression, name: pa.Check(lambda data: data.lazyframe.select(expression), name=name)
    schema = pa.DataFrameSchema(
        {VALUE: pa.Column(float, nullable=True)},
        checks=[one(~(c(VALUE) < 0), "result-negative"), one(~over, "exceedance"), one(~verdict, "compliance-flag"), one(~late, "auto-late"), one(filled, "result-fields")],
    )
    try:
        schema.validate(frame, lazy=True)
        cases = []
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases["check"].to_list()

names = Counter(next((rule for rule in RULES if rule in str(case)), str(case)) for case in cases)
print(json.dumps({rule: names.get(rule, 0) for rule in RULES}))
