"""Extism: a plugin in the sandbox that gets records as JSON, ten thousand at a time."""
import csv, json, os, sys
from itertools import islice
import extism
from checks import *

BATCH = 10_000
found = dict.fromkeys(RULES, 0)
with extism.Plugin({"wasm": [{"path": os.environ["PEER_PLUGIN"]}]}) as plugin, open(sys.argv[1], encoding="utf-8", newline="") as file:
    records = csv.DictReader(file)
    while batch := list(islice(records, BATCH)):
        for rule, count in json.loads(plugin.call("check", json.dumps(batch, ensure_ascii=False).encode())).items():
            found[rule] += count
print(json.dumps(found))
