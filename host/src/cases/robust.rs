//! The same records in other pieces and the same files in another order must give the same findings.
//!
//! What a rule says may not depend on how the host splits its work. Rules that judge whole tables see one session always,
//! as in a run, and those that judge groups one for all records that agree in their key; the size of their batches
//! changes all the same.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::material::{self, Material};
use super::{Case, run};
use crate::audit::Spread;
use crate::audit::record::Place;
use crate::audit::{Request, RunRecord};
use crate::manifest::{Language, Text};
use crate::runtime::{CallError, Pack};

/// Batch sizes that are tried, in records.
const SIZES: [usize; 4] = [usize::MAX, 4_096, 7, 1];
/// The batch size of records that are dealt by key.
const BY_KEY: usize = 4_096;
/// The most sessions the records are dealt to.
const SESSIONS: usize = 8;

/// What depends on how a case is handed over; empty where nothing does.
///
/// # Errors
/// Where files cannot be copied.
pub fn wrong(pack: &Pack, case: &Case, request: &Request) -> std::io::Result<Vec<Text>> {
    let files = case.files();
    let mut wrong = Vec::new();
    for material in material::in_all_ways(pack, &files, request) {
        match differing(&material) {
            Ok(None) => {}
            Ok(Some((size, sessions))) => wrong.push(depends(size, sessions)),
            Err(error) => wrong.push(Text::of(error.sentence(Language::Zh), error.sentence(Language::En))),
        }
    }
    if files.len() > 1 && !same_in_other_order(pack, &files, request)? {
        wrong.push(Text::of(
            "文件换一个顺序报送,报的问题就不一样",
            "with the files in another order it finds something else",
        ));
    }
    Ok(wrong)
}

fn depends(size: usize, sessions: usize) -> Text {
    if size == usize::MAX {
        return Text::of(
            "同样的数据一次给完,两次报的问题不同;规则不能依赖数据以外的东西",
            "given the same records at one go twice, it finds something else; a rule may depend on nothing but the data",
        );
    }
    Text::of(
        format!("每批 {size} 条、分给 {sessions} 个实例时,报的问题与一次给完不同;规则不能依赖数据怎么分批"),
        format!("in batches of {size} dealt to {sessions} instances it finds something else than at one go"),
    )
}

/// The first way of handing over that gives another answer than all at once.
fn differing(material: &Material<'_>) -> Result<Option<(usize, usize)>, CallError> {
    let usual = material.answer(usize::MAX, 1)?;
    let (size, most) = match material.spread {
        Spread::Records => (1, SESSIONS),
        Spread::Key(_) => (BY_KEY, SESSIONS),
        Spread::Whole => (1, 1),
    };
    let ways = SIZES.map(|size| (size, 1)).into_iter().chain((2..=most).map(|sessions| (size, sessions)));
    for (size, sessions) in ways {
        if material.answer(size, sessions)? != usual {
            return Ok(Some((size, sessions)));
        }
    }
    Ok(None)
}

/// The files are copied into folders whose names turn their order round.
fn same_in_other_order(pack: &Pack, files: &[PathBuf], request: &Request) -> std::io::Result<bool> {
    let folder = tempfile::tempdir()?;
    for (number, file) in files.iter().rev().enumerate() {
        let within = folder.path().join(number.to_string());
        std::fs::create_dir(&within)?;
        std::fs::copy(file, within.join(file.file_name().unwrap_or_default()))?;
    }
    let turned = run(pack, &[folder.path().to_owned()], request);
    Ok(faults(&run(pack, files, request)) == faults(&turned))
}

/// Rule, wording, and all the places named. Which of several like records comes first does follow the order of the files.
fn faults(record: &RunRecord) -> BTreeMap<(String, String, Vec<String>), usize> {
    let place = |place: &Place| {
        let file = place.input.rsplit('/').next().unwrap_or_default();
        format!("{file} {:?} {:?} {:?}", place.sheet, place.record, place.line)
    };
    let mut faults = BTreeMap::new();
    for finding in &record.findings {
        let mut places: Vec<String> = finding.place.iter().chain(&finding.related).map(place).collect();
        places.sort_unstable();
        *faults.entry((finding.rule.clone(), finding.message.clone(), places)).or_default() += 1;
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::depends;

    #[test]
    fn all_at_once_is_told_in_words() {
        let said = depends(usize::MAX, 1);
        assert!(![said.zh, said.en].concat().contains(|character: char| character.is_ascii_digit()));
        assert!(depends(7, 1).zh.contains("每批 7 条"));
    }
}
