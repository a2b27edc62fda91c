//! `mingcha report`: any report, made from a stored run record; nothing is checked again.

use std::path::PathBuf;

use clap::Args;

use super::common::either;
use super::output::{self, Output};
use crate::intake;
use crate::manifest::Language;
use crate::report::store;

/// 用存好的核查记录写报告,不重新核查 / write reports from a stored run record
#[derive(Debug, Args)]
#[command(
    after_help = "例 / examples:\n  mingcha check 报送/ --out 记录/\n  mingcha report 记录/ --format md > 报告.md"
)]
pub(super) struct Report {
    /// check --out 写成的文件夹,或 --format json 写成的文件 / the folder check --out wrote, or a file of --format json
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// 当时核查的文件或文件夹,写法与当时相同;只有批注副本(annotated=文件夹)需要 / the files or folders of that run,
    /// given as they were then; only annotated copies need them
    #[arg(long, num_args = 1.., value_name = "PATH")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl Report {
    pub(super) fn run(self, language: Language) -> Result<u8, String> {
        let record = store::load(&self.record).map_err(|error| error.sentence(language))?;
        let mut files = self.output.open(language)?;
        files.keep_copies_apart(&self.inputs, language)?;
        if files.asked_for_copies && self.inputs.is_empty() {
            return Err(either(
                language,
                "--report annotated 要用到报送文件,核查记录里没有它们;请加 --inputs 当时核查的文件或文件夹".to_owned(),
                "--report annotated needs the files, which the record does not hold; add --inputs with the files or \
                 folders of that run"
                    .to_owned(),
            ));
        }
        let inputs = record.manifest.inputs.iter();
        let targets =
            files.targets(inputs.map(|input| (input.path.as_str(), input.format.as_str())), language);
        let read = intake::locations(&self.inputs);
        let known = output::handed_in(&targets, &record.manifest.inputs);
        output::spare_inputs(&targets, read.iter().chain(known).map(PathBuf::as_path), language)?;
        self.output.write(&record, files, &self.inputs, language)?;
        Ok(super::CLEAN)
    }
}
