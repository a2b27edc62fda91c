"""DuckDB: one SQL query over the file, row numbers included, as a person would ask for findings."""
import json, sys
import duckdb
from checks import *

path = sys.argv[1]
con = duckdb.connect()
con.execute(f"""
create temp table findings as
with t as (
  select row_number() over () as line, * from read_csv('{path}', header = true, auto_detect = true)
)
select 'result-negative' as rule, line from t where "{VALUE}" < 0
union all select 'exceedance', line from t where "{VALUE}" > "{LIMIT}"
union all select 'compliance-flag', line from t
  where ("{VERDICT}" = '{OK}' and "{VALUE}" > "{LIMIT}") or ("{VERDICT}" = '{OVER}' and not "{VALUE}" > "{LIMIT}")
union all select 'auto-late', line from t where epoch("{PUBLISHED}") - epoch("{END}") > {LATE_SECONDS}
union all select 'result-fields', line from t where {" or ".join(f'"{c}" is null' for c in REQUIRED)}
""")
found = dict(con.execute("select rule, count(*) from findings group by rule").fetchall())
print(json.dumps({rule: found.get(rule, 0) for rule in RULES}))
