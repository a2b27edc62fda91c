"""frictionless: the open-data validator, with a schema and row constraints."""
import json, sys
from collections import Counter
from frictionless import Checklist, Resource, Schema, checks, fields, system
from checks import *

path = sys.argv[1]
# The file lies outside of the working folder.
system.trusted = True
DATE = "%Y-%m-%d %H:%M"
schema = Schema(
    fields=[
        fields.StringField(name=USCC), fields.StringField(name=POINT), fields.StringField(name=POLLUTANT),
        fields.StringField(name=METHOD), fields.DatetimeField(name=START, format=DATE), fields.DatetimeField(name=END, format=DATE),
        fields.NumberField(name=VALUE, float_number=True), fields.StringField(name=UNIT), fields.NumberField(name=LIMIT, float_number=True),
        fields.StringField(name=VERDICT), fields.NumberField(name=MULTIPLE), fields.StringField(name=MODE),
        fields.StringField(name=TO), fields.DatetimeField(name=PUBLISHED, format=DATE),
    ]
)
formulas = {
    "result-negative": f"{VALUE} >= 0",
    "exceedance": f"not ({VALUE} > {LIMIT})",
    "compliance-flag": f"not (({VERDICT} == '{OK}' and {VALUE} > {LIMIT}) or ({VERDICT} == '{OVER}' and not {VALUE} > {LIMIT}))",
    "result-fields": " and ".join(f"{name} != None" for name in REQUIRED),
}
formulas["auto-late"] = f"({PUBLISHED} - {END}).total_seconds() <= {LATE_SECONDS}"
resource = Resource(path=path, schema=schema)
checklist = Checklist(checks=[checks.row_constraint(formula=formula) for formula in formulas.values()])
report = resource.validate(checklist, limit_errors=10**9)
names = Counter()
for error in report.task.errors:
    for rule, formula in formulas.items():
        if formula in error.note or formula in error.message:
            names[rule] += 1
print(json.dumps({rule: names.get(rule, 0) for rule in RULES}))
