//! Where the time of a run went: by phase, by pack and by rule, and the memory it took.
//!
//! Measured only when asked for, because then every rule has sessions of its own: a pack has no clock, so its rules can
//! only be told apart from outside. What is found is the same, but batches are handed over once for each rule. Times of
//! several threads are added up. What packs wrote to their log is told along with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::plan::Pass;
use crate::manifest::Language;
use crate::runtime::Pack;

/// Where the time went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// From the start to the record, by the clock on the wall.
    pub milliseconds: f64,
    /// Loading packs, understanding files, reading records, checking them, concluding.
    pub phases: Vec<Timing>,
    /// By pack.
    pub packs: Vec<Timing>,
    /// By rule, the slowest first.
    pub rules: Vec<Timing>,
    /// What packs wrote to their log.
    #[serde(default)]
    pub log: Vec<PackLog>,
    /// Most memory the process had at once, in bytes, where the system says.
    pub peak_memory: Option<u64>,
}

/// The time of one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Phase, id of a pack, or id of a rule.
    pub name: String,
    /// Added up over threads.
    pub milliseconds: f64,
    /// Records that were handled.
    pub records: u64,
}

/// What one pack wrote to its log, each line once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackLog {
    /// Id of the pack.
    pub pack: String,
    /// Its lines, as they may be shown; what sessions said that broke down is in the reason why they did.
    pub lines: Vec<String>,
}

impl Timing {
    fn new(name: &str, (time, records): (Duration, u64)) -> Self {
        Self { name: name.to_owned(), milliseconds: time.as_secs_f64() * 1e3, records }
    }

    /// Records in a second of one thread; none where none were handled.
    #[must_use]
    pub fn per_second(&self) -> Option<f64> {
        (self.records > 0 && self.milliseconds > 0.0).then(|| self.records as f64 / self.milliseconds * 1e3)
    }
}

/// Something that takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Packs become ready.
    Load,
    /// Files are found, understood and gone through once.
    Understand,
    /// Records become columns.
    Read,
    /// Rules judge them.
    Check,
    /// Places are looked up and sentences written.
    Conclude,
}

impl Phase {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Load, "load-packs"),
        (Self::Understand, "understand-files"),
        (Self::Read, "read-records"),
        (Self::Check, "check-rules"),
        (Self::Conclude, "conclude"),
    ];
}

/// Measures one run.
#[derive(Debug)]
pub struct Stopwatch {
    began: Instant,
    phases: Mutex<BTreeMap<Phase, (Duration, u64)>>,
    rules: Mutex<BTreeMap<(usize, u16), (Duration, u64)>>,
    log: Mutex<BTreeMap<usize, BTreeSet<String>>>,
}

impl Default for Stopwatch {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            phases: Mutex::default(),
            rules: Mutex::default(),
            log: Mutex::default(),
        }
    }
}

impl Stopwatch {
    /// Does something and adds its time to a phase; `records` says how many records it was.
    pub fn during<T>(&self, phase: Phase, doing: impl FnOnce() -> T, records: impl FnOnce(&T) -> u64) -> T {
        let began = Instant::now();
        let done = doing();
        add(&self.phases, phase, began.elapsed(), records(&done));
        done
    }

    /// Adds the time rules took over so many records.
    pub(super) fn checked(&self, pass: &Pass, began: Instant, records: u64) {
        let time = began.elapsed();
        add(&self.phases, Phase::Check, time, records);
        for &rule in &pass.rules {
            add(&self.rules, (pass.pack, rule), time / u32::try_from(pass.rules.len()).unwrap_or(1), records);
        }
    }

    /// Keeps what a session of a pack wrote to its log.
    pub(super) fn said(&self, pack: usize, lines: Vec<String>) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let known = log.entry(pack).or_default();
        let room = LOG_LINES.saturating_sub(known.len());
        known.extend(lines.into_iter().take(room));
    }

    /// What was measured so far.
    #[must_use]
    pub fn timings(&self, packs: &[Pack]) -> Timings {
        let phases = self.phases.lock().unwrap_or_else(PoisonError::into_inner);
        let rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let by_pack = packs.iter().enumerate().map(|(index, pack)| {
            let own = rules.iter().filter(|((pack, _), _)| *pack == index).map(|(_, measured)| measured);
            let sum = own.fold((Duration::ZERO, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            Timing::new(&pack.manifest.id, sum)
        });
        let by_rule = rules.iter().map(|((pack, rule), measured)| {
            Timing::new(&packs[*pack].manifest.rules[usize::from(*rule)].id, *measured)
        });
        let mut by_rule: Vec<Timing> = by_rule.collect();
        by_rule.sort_by(|a, b| b.milliseconds.total_cmp(&a.milliseconds));
        let by_phase =
            Phase::ALL.iter().filter_map(|(phase, name)| Some(Timing::new(name, *phases.get(phase)?)));
        Timings {
            milliseconds: self.began.elapsed().as_secs_f64() * 1e3,
            phases: by_phase.collect(),
            packs: by_pack.filter(|timing| timing.milliseconds > 0.0).collect(),
            rules: by_rule,
            log: self.log(packs),
            peak_memory: peak_memory(),
        }
    }

    fn log(&self, packs: &[Pack]) -> Vec<PackLog> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let of_a_pack = |(pack, lines): (&usize, &BTreeSet<String>)| PackLog {
            pack: packs[*pack].manifest.id.clone(),
            lines: lines.iter().cloned().collect(),
        };
        log.iter().filter(|(_, lines)| !lines.is_empty()).map(of_a_pack).collect()
    }
}

/// Lines of one pack that are kept.
const LOG_LINES: usize = 100;

fn add<K: Ord>(sums: &Mutex<BTreeMap<K, (Duration, u64)>>, key: K, time: Duration, records: u64) {
    let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
    let sum = sums.entry(key).or_default();
    *sum = (sum.0 + time, sum.1 + records);
}

/// Linux says it of every process; elsewhere nobody is asked.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// Rules shown to people.
const SLOWEST: usize = 10;

impl Timings {
    /// For people, a line each.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        use std::fmt::Write as _;
        let (total, phases, packs, rules, memory, rate) = match language {
            Language::Zh => {
                let phases = "阶段(以下各线程相加)";
                ("总用时", phases, "规则包", "最慢的规则", "内存峰值", "条/秒")
            }
            Language::En => {
                let phases = "phases (from here on, threads added up)";
                ("time in all", phases, "packs", "slowest rules", "peak memory", "records/s")
            }
        };
        let slowest = &self.rules[..self.rules.len().min(SLOWEST)];
        let mut text = format!("{total}: {:.1} ms\n", self.milliseconds);
        for (title, timings) in [(phases, &self.phases[..]), (packs, &self.packs), (rules, slowest)] {
            let _ = writeln!(text, "{title}:");
            for timing in timings {
                let per_second =
                    timing.per_second().map_or_else(String::new, |per| format!("{per:>14.0} {rate}"));
                let _ = writeln!(text, "  {:<36}{:>10.1} ms{per_second}", timing.name, timing.milliseconds);
            }
        }
        for PackLog { pack, lines } in &self.log {
            for line in lines {
                let _ = writeln!(text, "{pack}: {line}");
            }
        }
        if let Some(bytes) = self.peak_memory {
            let _ = writeln!(text, "{memory}: {:.1} MiB", bytes as f64 / f64::from(1 << 20));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_packs_are_told_the_slowest_rules_only_and_the_whole_is_by_the_clock() {
        let twelve = |what: &str| -> Vec<Timing> {
            (0..12).map(|at| Timing::new(&format!("{what}{at}"), (Duration::ZERO, 0))).collect()
        };
        let timings = Timings { packs: twelve("pack"), rules: twelve("rule"), ..Timings::default() };
        for (language, added) in [(Language::Zh, "相加"), (Language::En, "added up")] {
            let text = timings.text(language);
            assert!(text.contains("pack11") && text.contains("rule9") && !text.contains("rule10"), "{text}");
            let by_threads: Vec<bool> = text.lines().take(2).map(|line| line.contains(added)).collect();
            assert_eq!(by_threads, [false, true], "{text}");
        }
    }
}
