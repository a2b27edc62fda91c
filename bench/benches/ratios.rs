//! What the sandbox, the columns and the second thread cost or gain, as ratios of runs that take turns.
//!
//! `cargo bench` prints each ratio beside its goal and its gate. Nothing here fails for being slow: machines differ, and
//! so do the times at which they are asked. `MINGCHA_BENCH_ROWS` (1,000,000) sets the length of the file,
//! `MINGCHA_BENCH_LONG` (20,000,000) that of the longest; with both as usual the table goes to `docs/performance.md` too. `cargo bench -- generate FOLDER ROWS` only writes a file,
//! and `cargo bench -- check FOLDER` is the program itself; anything else is refused, for a measurement takes minutes.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on says why and stops")]
#![expect(clippy::print_stdout, reason = "what was measured is for reading")]

mod by_csv;
mod hourly;
mod rig;
mod table;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use hourly::Faults;
use mingcha::intake::Batch;
use mingcha::runtime::{Engine, Limits};
use rig::{Rig, Where};
use table::Table;

/// Rounds of each measurement.
const ROUNDS: usize = 5;

/// How often what is over in a few milliseconds is done in each round: the system counts a thread's time in steps of four.
const REPEATS: usize = 10;

/// Rows of the file, and of the longest one, unless somebody says otherwise.
const ROWS: u64 = 1_000_000;
const LONG: u64 = 20_000_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [command, folder, rows] if command == "generate" => {
            let rows = rows.parse().expect("a number of rows");
            hourly::write(Path::new(folder), rows, Faults::Few).expect("a file");
        }
        [command, ..] if command == "check" => return mingcha::cli::run(),
        [] => measure(),
        other => {
            eprint_line(&format!(
                "unknown: {}; generate FOLDER ROWS, check FOLDER, or nothing",
                other.join(" ")
            ));
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = number("MINGCHA_BENCH_ROWS", ROWS);
    let long = number("MINGCHA_BENCH_LONG", LONG);
    let above = format!(
        "{rows} rows, {ROUNDS} rounds in turn, medians of the thread's own time; {long} rows for memory. {}.",
        table::machine()
    );
    let mut table = Table::new(&above);
    rules_and_reading(folder.path(), rows, &mut table);
    every_row_bad(folder.path(), rows / 4, &mut table);
    first_finding(folder.path(), &mut table);
    memory(folder.path(), long, &mut table);
    if (rows, long) == (ROWS, LONG) {
        table.put_into(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/performance.md"));
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Time this thread has had of a processor, where Linux says it, so that others' load falls on nobody; else the clock's.
fn spent(since: Instant) -> Duration {
    let of_thread = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = of_thread.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Medians of the times that several things take of this thread, in turn.
fn in_turn<const N: usize>(things: [(&str, &mut dyn FnMut()); N]) -> [f64; N] {
    measured(things, spent)
}

/// The same by the clock on the wall, for what other threads or programs do.
fn by_the_clock<const N: usize>(things: [(&str, &mut dyn FnMut()); N]) -> [f64; N] {
    measured(things, |since| since.elapsed())
}

fn measured<const N: usize>(
    mut things: [(&str, &mut dyn FnMut()); N],
    now: impl Fn(Instant) -> Duration,
) -> [f64; N] {
    let began = Instant::now();
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..=ROUNDS {
        for (at, (_, thing)) in things.iter_mut().enumerate() {
            let before = now(began);
            thing();
            // The first round only warms up.
            if round > 0 {
                times[at].push(now(began).saturating_sub(before));
            }
        }
    }
    let medians = times.map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e3
    });
    for ((name, _), median) in things.iter().zip(&medians) {
        eprint_line(&format!("{name}: {median:.1} ms"));
    }
    medians
}

fn eprint_line(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "  {line}");
}

fn rules_and_reading(folder: &Path, rows: u64, table: &mut Table) {
    let folder = folder.join("few");
    let results = hourly::write(&folder, rows, Faults::Few).expect("a file");
    let engine = Engine::new(Limits::default()).expect("an engine");
    let rig = Rig::new(&engine, vec![folder.clone()]);
    let unstopped = Engine::unstopped(Limits::default()).expect("an engine");
    let free = Rig::new(&unstopped, vec![folder]);
    rules_in_memory(&rig, &free, table);
    whole_checks(&rig, &free, &results, table);
    let [one, two] = by_the_clock([
        ("the run on one thread", &mut || drop(black_box(rig.run(1)))),
        ("the run on two threads", &mut || drop(black_box(rig.run(2)))),
    ]);
    table.at_least("one thread / two threads", one / two, 1.8, 1.6);
}

/// Batches that are in memory already, handed to rules here and there.
fn rules_in_memory(rig: &Rig, free: &Rig, table: &mut Table) {
    let ready = rig.ready();
    let (tasks, none) = (rig.tasks(&ready, true), rig.tasks(&ready, false));
    let mut batches: Vec<(usize, Vec<u16>, Batch)> = Vec::new();
    rig.each_batch(&ready, |_| true, &mut |part, columns, batch| {
        batches.push((part, columns.to_vec(), batch));
    });
    let feed = |wanted: &dyn Fn(u16) -> bool, visit: &mut dyn FnMut(usize, &[u16], &Batch)| {
        let of = |part: usize| wanted(ready.intake.parts[part].matches[0].table);
        for (part, columns, batch) in batches.iter().filter(|(part, ..)| of(*part)) {
            visit(*part, columns, batch);
        }
    };
    let sandbox = rig.check(&ready, &tasks, Where::Sandbox, &feed);
    assert_eq!(sandbox, rig.check(&ready, &tasks, Where::Native, &feed), "both object as often");
    let hand_over = |place: Where| {
        for _ in 0..REPEATS {
            black_box(rig.check(&ready, &none, place, &feed));
        }
    };
    let [wasm, native, without, empty, copy] = in_turn([
        ("rules in the sandbox", &mut || _ = rig.check(&ready, &tasks, Where::Sandbox, &feed)),
        ("rules native", &mut || _ = rig.check(&ready, &tasks, Where::Native, &feed)),
        ("rules without the clock", &mut || _ = free.check(&ready, &tasks, Where::Sandbox, &feed)),
        ("handing over, repeatedly", &mut || hand_over(Where::Sandbox)),
        ("copying, repeatedly", &mut || hand_over(Where::Native)),
    ]);
    table.at_most("rules in memory, sandbox / native", wasm / native, 1.8, 2.2);
    table.at_most("handing over / copying", empty / copy, 1.6, 2.0);
    table.without_a_bar("rules in memory, with the clock / without", wasm / without);
}

/// From the file to the counts, and reading alone.
fn whole_checks(rig: &Rig, free: &Rig, results: &Path, table: &mut Table) {
    let tasks = rig.tasks(&rig.ready(), true);
    let whole = |rig: &Rig, place: Where| {
        let ready = rig.ready();
        let feed = |wanted: &dyn Fn(u16) -> bool, visit: &mut dyn FnMut(usize, &[u16], &Batch)| {
            rig.each_batch(&ready, wanted, &mut |part, columns, batch| visit(part, columns, &batch));
        };
        black_box(rig.check(&ready, &tasks, place, &feed));
    };
    let parse = || {
        let ready = rig.ready();
        rig.each_batch(&ready, |_| true, &mut |_, _, batch| drop(black_box(batch)));
    };
    let [all_wasm, all_native, without, only_parse, by_csv] = in_turn([
        ("whole, sandbox", &mut || whole(rig, Where::Sandbox)),
        ("whole, native", &mut || whole(rig, Where::Native)),
        ("whole, without the clock", &mut || whole(free, Where::Sandbox)),
        ("reading alone", &mut || parse()),
        ("into columns by the csv crate", &mut || drop(black_box(by_csv::read(results)))),
    ]);
    table.at_most("whole check, sandbox / native", all_wasm / all_native, 1.15, 1.25);
    table.at_most("whole check, with the clock / without", all_wasm / without, 1.06, 1.10);
    table.at_least("throughput of the whole check / reading alone", only_parse / all_wasm, 0.80, 0.70);
    table.at_least("into columns, the csv crate / ours", by_csv / only_parse, 1.6, 1.3);
}

fn every_row_bad(folder: &Path, rows: u64, table: &mut Table) {
    let engine = Engine::new(Limits::default()).expect("an engine");
    let of = |name: &str, faults| {
        let folder = folder.join(name);
        hourly::write(&folder, rows, faults).expect("a file");
        Rig::new(&engine, vec![folder])
    };
    let (clean, bad) = (of("clean", Faults::Few), of("bad", Faults::Everywhere));
    let totals = bad.run(1).manifest.totals;
    assert!(totals.error + totals.warning + totals.notice >= 3 * rows, "three findings in every row");
    let [clean, bad] = in_turn([
        ("clean", &mut || drop(black_box(clean.run(1)))),
        ("every row bad", &mut || drop(black_box(bad.run(1)))),
    ]);
    table.at_most("every row bad three times / clean", bad / clean, 3.0, 3.0);
}

/// The program in a process of its own: this one is it too; `MINGCHA` names another.
fn program() -> Command {
    let own = || std::env::current_exe().expect("this program's path");
    let mut command = Command::new(std::env::var_os("MINGCHA").map_or_else(own, PathBuf::from));
    command.stderr(Stdio::null());
    command
}

/// The whole program over a file of a thousand rows, its cache warm; in units of ten milliseconds.
fn first_finding(folder: &Path, table: &mut Table) {
    let folder = folder.join("short");
    hourly::write(&folder, 1_000, Faults::Few).expect("a file");
    let run = || {
        let status =
            program().args(["check", "--as-of", "2017-12-01"]).arg(&folder).stdout(Stdio::null()).status();
        let code = status.expect("the program runs").code();
        assert!(matches!(code, Some(0 | 1 | 3)), "the program ended with {code:?}");
    };
    let [short] = by_the_clock([("a thousand rows, start to end", &mut || run())]);
    table.at_most("a thousand rows, start to end / 10 ms", short / 10.0, 1.0, 1.0);
}

fn memory(folder: &Path, most: u64, table: &mut Table) {
    let peak = |rows: u64| -> f64 {
        let folder: PathBuf = folder.join("long");
        hourly::write(&folder, rows, Faults::Few).expect("a file");
        let output = program()
            .args(["check", "--as-of", "2017-12-01", "--timings", "--format", "json"])
            .arg(&folder)
            .output()
            .expect("the program runs");
        std::fs::remove_dir_all(&folder).expect("the file goes");
        let record: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a record");
        record["timings"]["peak_memory"].as_u64().expect("the system says how much memory") as f64
            / 1_048_576.0
    };
    let (short, long) = (peak(most / 10), peak(most));
    eprint_line(&format!("peak memory at {} rows: {short:.1} MiB, at {most}: {long:.1} MiB", most / 10));
    table.at_most("peak memory, longest file / 100 MiB", long / 100.0, 1.0, 1.5);
    table.at_most("peak memory, longest file / a tenth of it", long / short, 1.3, 1.3);
}
