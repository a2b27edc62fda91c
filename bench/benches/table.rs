//! The table of ratios: printed as it grows, and put into the documentation where the run was of the usual length.

use std::fmt::Write as _;
use std::path::Path;

/// Lines of the table so far.
#[derive(Debug, Default)]
pub(crate) struct Table {
    lines: String,
}

impl Table {
    /// Begins it, with what is said above it.
    pub(crate) fn new(above: &str) -> Self {
        let head = format!("{above}\n\n| what | ratio | goal | gate | |\n| --- | --- | --- | --- | --- |\n");
        print(&head);
        Self { lines: head }
    }

    /// A ratio that ought to be so much at most.
    pub(crate) fn at_most(&mut self, what: &str, ratio: f64, goal: f64, gate: f64) {
        self.add(what, ratio, ("≤", goal, gate), |bound| ratio <= bound);
    }

    /// A ratio that ought to be so much at least.
    pub(crate) fn at_least(&mut self, what: &str, ratio: f64, goal: f64, gate: f64) {
        self.add(what, ratio, ("≥", goal, gate), |bound| ratio >= bound);
    }

    /// A ratio that is worth knowing and was promised to nobody.
    pub(crate) fn without_a_bar(&mut self, what: &str, ratio: f64) {
        self.put(&format!("| {what} | {ratio:.2} | – | – | – |\n"));
    }

    fn add(
        &mut self,
        what: &str,
        ratio: f64,
        (sign, goal, gate): (&str, f64, f64),
        reaches: impl Fn(f64) -> bool,
    ) {
        let verdict = match (reaches(goal), reaches(gate)) {
            (true, _) => "goal met",
            (_, true) => "gate met",
            _ => "falls short",
        };
        let line = format!("| {what} | {ratio:.2} | {sign} {goal} | {sign} {gate} | {verdict} |\n");
        self.put(&line);
    }

    fn put(&mut self, line: &str) {
        print(line);
        self.lines.push_str(line);
    }

    /// Puts it between the marks in the documentation.
    pub(crate) fn put_into(&self, page: &Path) {
        let (begin, end) = ("<!-- ratios -->\n", "<!-- end of ratios -->");
        let text = std::fs::read_to_string(page).expect("the page");
        let (before, rest) = text.split_once(begin).expect("a mark in the page");
        let (_, after) = rest.split_once(end).expect("a second mark in the page");
        std::fs::write(page, format!("{before}{begin}{}{end}{after}", self.lines))
            .expect("the page is written");
    }
}

fn print(text: &str) {
    print!("{text}");
}

/// The machine and the versions that were measured.
pub(crate) fn machine() -> String {
    let mut text = String::new();
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or("an unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    let _ = write!(text, "{model}, {cores} cores, load before {load}, {}", mingcha::runtime::ENGINE_VERSION);
    text
}
