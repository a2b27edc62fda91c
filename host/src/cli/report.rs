//! `mingcha report`: any report, made from a stored run record; nothing is checked again.

use std::path::PathBuf;

use clap::Args;

use super::output::Output;
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
    #[command(flatten)]
    output: Output,
}

impl Report {
    pub(super) fn run(self, language: Language) -> Result<u8, String> {
        let record = store::load(&self.record).map_err(|error| error.sentence(language))?;
        let files = self.output.open(language)?;
        self.output.write(&record, files, language)?;
        Ok(super::CLEAN)
    }
}
