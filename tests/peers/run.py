#!/usr/bin/env python3
"""mingcha beside its peers: the same generated file, the same five checks, in turn; findings are compared by their numbers per check.

    python3 tests/peers/run.py            # 1,000,000 rows; the table goes to docs/performance.md
    python3 tests/peers/run.py 200000     # a shorter file; the table is only printed

Makes its own virtual environment in the target folder from requirements.txt, and builds mingcha (the program within the
benchmarks, which need not be built twice) and the plugin for Extism. Slow peers (frictionless) get a tenth of the rows in
two rounds and their time is multiplied by ten, which the table says. A workbook of 200,000 rows is read by mingcha and by openpyxl.
"""
import json, os, pathlib, platform, shutil, statistics, subprocess, sys, tempfile, time, venv

from checks import RULES

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
ROUNDS = 5
USUAL = 1_000_000
WORKBOOK_ROWS = 200_000


def python():
    """The interpreter of the virtual environment, made where it is not there yet."""
    folder = TARGET / "peers"
    interpreter = folder / "bin" / "python"
    wanted = (HERE / "requirements.txt").read_text()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        subprocess.run([interpreter, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
        stamp.write_text(wanted)
    return interpreter


def measured(command):
    """Seconds, what it printed, and what it complained of; a run that broke is not measured."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HERE)
    out, err = process.communicate()
    seconds = time.monotonic() - began
    if process.returncode not in (0, 1, 3):
        sys.exit(f"{command[0]} ended with {process.returncode}: {err.decode()[-800:]}")
    return seconds, out, err


def peak(command):
    """MiB of one run at most, as /usr/bin/time would say it, in a process of its own."""
    code = (
        "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"
    )
    shown = subprocess.run([sys.executable, "-c", code, *map(str, command)], capture_output=True, cwd=HERE, check=True)
    return float(shown.stdout)


def totals(name, out, err):
    try:
        found = json.loads(out)
    except ValueError:
        sys.exit(f"{name} gave no answer: {err.decode()[-800:]}")
    if "manifest" not in found:
        return found
    own = {rule["id"]: sum(rule["findings"].values()) for rule in found["manifest"]["rules"]}
    return {rule: own[f"env/{rule}"] for rule in RULES}


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor()


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    interpreter = python()
    program, generator = programs()
    os.environ["PEER_PLUGIN"] = str(plugin())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        files = {}
        for count in (rows, rows // 10):
            subprocess.run([generator, "generate", folder / str(count), str(count)], check=True)
            files[count] = next((folder / str(count)).glob("自行监测结果*.csv"))
        rules = [part for rule in RULES for part in ("--rules", f"env/{rule}")]
        own = lambda file, jobs: [*program, "check", file, "--as-of", "2017-12-01", "--format", "json", "--jobs", jobs, *rules]
        peers = {
            "mingcha, 1 thread": (own(files[rows], "1"), 1),
            "mingcha, 2 threads": (own(files[rows], "2"), 1),
            "DuckDB SQL with row numbers": ([interpreter, "with_duckdb.py", files[rows]], 1),
            "pandera on polars": ([interpreter, "with_pandera.py", files[rows], "polars"], 1),
            "pandera on pandas": ([interpreter, "with_pandera.py", files[rows], "pandas"], 1),
            "Extism, JSON batches": ([interpreter, "with_extism.py", files[rows]], 1),
            "frictionless": ([interpreter, "with_frictionless.py", files[rows // 10]], 10),
        }
        workbook = of_a_workbook(interpreter, program, files[rows], folder, min(rows, WORKBOOK_ROWS))
        report(rows, peers, files, own, workbook)


def programs():
    """mingcha, and what generates files: both are the executable of the benchmarks; MINGCHA names another program."""
    command = ["cargo", "bench", "--workspace", "--no-run", "--bench", "ratios", "--message-format", "json-render-diagnostics"]
    built = subprocess.run([*command, "--manifest-path", ROOT / "Cargo.toml"], stdout=subprocess.PIPE, check=True).stdout
    messages = [json.loads(line) for line in built.splitlines()]
    executable = next(m["executable"] for m in messages if m.get("executable") and m["target"]["name"] == "ratios")
    return [os.environ.get("MINGCHA", executable)], executable


def plugin():
    """The plugin for Extism, built where it is not built yet."""
    target, goal = TARGET / "peers" / "plugin", "wasm32-unknown-unknown"
    command = ["cargo", "build", "-q", "--release", "--target", goal, "--target-dir", target]
    subprocess.run([*command, "--manifest-path", HERE / "plugin" / "Cargo.toml"], check=True)
    return target / goal / "release" / "mingcha_peer_plugin.wasm"


def of_a_workbook(interpreter, program, file, folder, rows):
    """How many times faster mingcha checks a workbook than openpyxl reads it, as a line for the table's foot."""
    book = folder / "自行监测结果-合成数据.xlsx"
    subprocess.run([interpreter, "with_openpyxl.py", "make", file, str(rows), book], check=True, cwd=HERE)
    times = {"mingcha": [], "openpyxl": []}
    for _ in range(3):
        seconds, out, _ = measured([*program, "check", book, "--as-of", "2017-12-01", "--format", "json"])
        if sum(part["records"] for part in json.loads(out)["manifest"]["parts"]) != rows:
            sys.exit("mingcha did not read all records of the workbook")
        times["mingcha"].append(seconds)
        times["openpyxl"].append(measured([interpreter, "with_openpyxl.py", "read", book])[0])
    own, other = (statistics.median(times[name]) for name in ("mingcha", "openpyxl"))
    verdict = "goal met" if other / own >= 3 else "falls short"
    return f"A workbook of {rows:,} rows: mingcha reads and checks it in {own:.2f} s, openpyxl only reads it in {other:.2f} s: {other / own:.1f} times (≥ 3, {verdict})."


def report(rows, peers, files, own, workbook):
    times, memory = {name: [] for name in peers}, {}
    expected = {}
    for count, file in files.items():
        expected[count] = totals("mingcha", *measured(own(file, "1"))[1:])
    for turn in range(ROUNDS):
        for name, (command, times_ten) in peers.items():
            if times_ten > 1 and turn > 1:
                continue  # two rounds of the slow ones are enough
            seconds, out, err = measured(command)
            found = totals(name, out, err)
            wanted = expected[rows // times_ten]
            if found != wanted:
                sys.exit(f"{name} does not agree: {found}, mingcha {wanted}")
            times[name].append(seconds * times_ten)
    for name, (command, _) in peers.items():
        memory[name] = peak(command)
    one = statistics.median(times["mingcha, 1 thread"])
    lines = ["| | wall s | peak MiB | times mingcha on 1 thread |", "| --- | --- | --- | --- |"]
    for name in peers:
        median = statistics.median(times[name])
        note = " (a tenth of the rows in two rounds: time × 10, memory of the tenth)" if peers[name][1] > 1 else ""
        lines.append(f"| {name}{note} | {median:.2f} | {memory[name]:.0f} | {median / one:.1f} |")
    pins = ", ".join((HERE / "requirements.txt").read_text().split())
    head = [
        f"{rows:,} rows, {files[rows].stat().st_size / 1e6:.0f} MB, {len(RULES)} checks, "
        f"{sum(expected[rows].values()):,} findings, as many of each check by every tool; medians of {ROUNDS} rounds in turn, whole processes.",
        "",
        f"Machine: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; Python {platform.python_version()}; {pins}.",
        "",
    ]
    text = "\n".join([*head, *lines, "", workbook]) + "\n"
    print(text)
    if rows >= USUAL:
        path = ROOT / "docs" / "performance.md"
        page = path.read_text()
        before, rest = page.split("<!-- peers -->\n")
        after = rest.split("<!-- end of peers -->")[1]
        path.write_text(f"{before}<!-- peers -->\n{text}<!-- end of peers -->{after}")


if __name__ == "__main__":
    main()
