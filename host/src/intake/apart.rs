//! Strangers kept apart: what the tables of one pack look like must not decide what the rules of another get to read.
//!
//! A file is read once per group of offers, as if the others were not there. A table that all know is still one part.

use super::compose::Reader;
use super::input;
use super::offer::{Offer, Options};
use super::part::Part;
use super::problem::{Problem, ProblemKind};
use super::walk::Found;
use super::{Intake, IntakeFinding};

/// Reads each file for each group.
pub(super) fn read(files: Vec<Found>, offers: &[Offer<'_>], options: &Options, intake: &mut Intake) {
    let groups = groups(offers);
    let readers: Vec<Reader<'_>> = groups.iter().map(|group| Reader::new(group, offers, options)).collect();
    for file in files {
        let reading = |reader: &Reader<'_>| {
            let mut own = Intake::default();
            input::read_one(file.clone(), reader, &mut own);
            own
        };
        merge(readers.iter().map(reading).collect(), intake);
    }
}

/// The offers of each group, in the order the groups first appear; without any offer, one group without any.
fn groups<'a>(offers: &[Offer<'a>]) -> Vec<Vec<Offer<'a>>> {
    let mut groups: Vec<Vec<Offer<'a>>> = Vec::new();
    for offer in offers {
        match groups.iter_mut().find(|group| group[0].group == offer.group) {
            Some(group) => group.push(*offer),
            None => groups.push(vec![*offer]),
        }
    }
    if groups.is_empty() {
        groups.push(Vec::new());
    }
    groups
}

/// Adds what came of one file, once for every group. An archive's members are inputs of their own, the same for all.
fn merge(readings: Vec<Intake>, intake: &mut Intake) {
    let input = intake.inputs.len();
    let (first_part, first_finding) = (intake.parts.len(), intake.findings.len());
    let mut problems: Vec<Problem> = Vec::new();
    for reading in readings {
        if intake.inputs.len() == input {
            intake.inputs.extend(reading.inputs);
        }
        let parts: Vec<usize> =
            reading.parts.into_iter().map(|part| add_part(part, input, first_part, intake)).collect();
        for finding in reading.findings {
            let finding = IntakeFinding {
                input: input + finding.input,
                part: finding.part.map(|part| parts[part]),
                ..finding
            };
            if !intake.findings[first_finding..].iter().any(|known| is_the_same(known, &finding)) {
                intake.findings.push(finding);
            }
        }
        problems.extend(
            reading
                .problems
                .into_iter()
                .map(|problem| Problem { input: problem.input.map(|own| input + own), ..problem }),
        );
    }
    for problem in worth_telling(problems, &intake.parts[first_part..]) {
        intake.problems.push(problem);
    }
}

/// The index of the part: one that is read alike serves all.
fn add_part(part: Part, first_input: usize, first: usize, intake: &mut Intake) -> usize {
    let input = first_input + part.input;
    let alike = |at: &usize| intake.parts[*at].input == input && intake.parts[*at].is_read_like(&part);
    if let Some(at) = (first..intake.parts.len()).find(alike) {
        intake.parts[at].matches.extend(part.matches);
        return at;
    }
    intake.parts.push(Part { input, ..part });
    intake.parts.len() - 1
}

/// The same damage, seen by another group.
fn is_the_same(known: &IntakeFinding, finding: &IntakeFinding) -> bool {
    IntakeFinding { part: known.part, column: known.column, ..finding.clone() } == *known
}

/// Without repetitions, and without the complaint that a sheet is no table where some group knows it; of complaints
/// about one sheet, the one that came nearest.
fn worth_telling(problems: Vec<Problem>, parts: &[Part]) -> Vec<Problem> {
    let mut told: Vec<Problem> = Vec::new();
    for problem in problems {
        let stranger = matches!(
            problem.kind,
            ProblemKind::NoTable(_)
                | ProblemKind::Form(..)
                | ProblemKind::NotThatTable(_)
                | ProblemKind::Unsupported(..)
                | ProblemKind::HeaderMissing(_)
                | ProblemKind::OtherEncoding(..)
        );
        let is_known = |part: &Part| {
            (Some(part.input), &part.sheet) == (problem.input, &problem.sheet)
                && part.matches.iter().any(|matched| matched.missing.is_empty())
        };
        if stranger && parts.iter().any(is_known) || told.contains(&problem) {
            continue;
        }
        match told
            .iter_mut()
            .find(|known| is_of_the_same_sheet(known, &problem) && both_no_table(known, &problem))
        {
            Some(known) if nearness(known) < nearness(&problem) => *known = problem,
            Some(_) => {}
            None => told.push(problem),
        }
    }
    told
}

fn is_of_the_same_sheet(one: &Problem, other: &Problem) -> bool {
    (one.input, &one.path, &one.sheet) == (other.input, &other.path, &other.sheet)
}

fn both_no_table(one: &Problem, other: &Problem) -> bool {
    let is_none = |kind: &ProblemKind| matches!(kind, ProblemKind::NoTable(_) | ProblemKind::Form(..));
    is_none(&one.kind) && is_none(&other.kind)
}

/// How many headers of the nearest table were found.
fn nearness(problem: &Problem) -> usize {
    match &problem.kind {
        ProblemKind::NoTable(Some(nearest)) => nearest.matched,
        ProblemKind::Form(_, names) => *names as usize,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::declare::{column, fees, projects};
    use super::super::{Intake, Offer, Options, Problem, ProblemKind, read};
    use crate::manifest::{Kind, Table};

    const PROJECTS: &str = "项目名称,投资金额,填报人\n虚构污水厂,1200,张三\n";

    /// Each table is a group of its own.
    fn intake(content: &str, tables: &[Table]) -> Intake {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.csv"), content).expect("a file");
        let offer = |(at, declared)| Offer { group: at, pack: at, table: 0, declared };
        let offers: Vec<Offer<'_>> = tables.iter().enumerate().map(offer).collect();
        read(&[folder.path().to_owned()], &offers, &Options::default())
    }

    fn packs(intake: &Intake) -> Vec<Vec<usize>> {
        let packs = |part: &super::Part| part.matches.iter().map(|matched| matched.pack).collect();
        intake.parts.iter().map(packs).collect()
    }

    #[test]
    fn a_table_that_fits_better_takes_nothing_from_another_group() {
        let names = ["项目名称", "投资金额", "填报人"];
        let columns = names.into_iter().map(|name| column(name, Kind::Text)).collect();
        let claim = Table { name: "claim".to_owned(), columns, ..projects() };
        let alone = intake(PROJECTS, &[projects()]);
        let beside = intake(PROJECTS, &[claim, projects()]);
        assert_eq!((packs(&alone), packs(&beside).concat()), (vec![vec![0]], vec![0, 1]));
        let columns = |intake: &Intake| {
            intake.parts.last().and_then(|part| part.matches.last().map(|m| m.columns.clone()))
        };
        assert_eq!(columns(&alone), columns(&beside));
    }

    #[test]
    fn a_table_known_to_all_groups_is_one_part_and_one_file() {
        let intake = intake(PROJECTS, &[projects(), projects()]);
        assert_eq!((packs(&intake), intake.inputs.len()), (vec![vec![0, 1]], 1));
    }

    #[test]
    fn a_file_that_one_group_knows_is_no_problem_of_another() {
        assert_eq!(intake(PROJECTS, &[fees(), projects()]).problems, []);
        let unknown = intake("甲,乙\n1,2\n3,4\n", &[fees(), projects()]);
        let kinds: Vec<_> = unknown.problems.iter().map(|problem| &problem.kind).collect();
        assert!(matches!(kinds[..], [ProblemKind::NoTable(_)]), "{kinds:?}");
    }

    #[test]
    fn a_table_that_is_only_nearly_another_groups_is_not_accused() {
        let mut near = projects();
        near.columns[0].label.zh = "工程名秤".to_owned();
        let whole = "项目名称,投资金额,所属县市,签约日期,报告期\n虚构污水厂,1200,昌吉市,2016-07-01,2016Q3\n";
        let alone = intake(whole, std::slice::from_ref(&near));
        assert!(matches!(alone.problems[..], [Problem { kind: ProblemKind::HeaderMissing(_), .. }]));
        assert_eq!(intake(whole, &[near, projects()]).problems, []);
    }

    #[test]
    fn damage_that_all_groups_see_is_told_once() {
        let ragged = format!("{PROJECTS}虚构供热厂,1,2,3,4,5\n");
        let (one, two) = (intake(&ragged, &[projects()]), intake(&ragged, &[projects(), projects()]));
        assert_eq!(one.findings.len(), 1);
        assert_eq!(one.findings, two.findings);
    }
}
