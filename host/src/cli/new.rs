//! `mingcha new`: a pack to start from, and one more rule in it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::common::{self, either};
use crate::author::{Kit, new_pack, new_rule};
use crate::manifest::Language;

/// 新建规则包或规则(编写规则的人用)/ start a pack or a rule, for authors
#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// 新建规则包工程:一张表、一条规则、用例、说明 / a crate with one table, one rule, cases and a README
    Pack {
        /// 名字:小写英文字母、数字和连字符 / lower-case letters, digits and hyphens
        #[arg(value_name = "NAME")]
        name: String,
        /// 规则工具包:明察源码文件夹,或版本号 / the kit: mingcha's source folder, or a version
        #[arg(long, value_name = "PATH|VERSION")]
        kit: Option<String>,
    },
    /// 在规则包里新增一条规则:源文件、用例、登记 / one more rule in a pack: its file, its cases, its lines
    Rule {
        /// 规则编号,如 fee/standard-no-unit / id of the rule, such as fee/standard-no-unit
        #[arg(value_name = "DOMAIN/FAULT")]
        id: String,
        /// 规则包的文件夹 / folder of the pack
        #[arg(long = "in", default_value = ".", value_name = "DIR")]
        pack: PathBuf,
    },
}

impl New {
    pub(super) fn run(self, language: Language) -> Result<u8, String> {
        let sentence = |text: crate::manifest::Text| text.get(language).to_owned();
        match self.what {
            What::Pack { name, kit } => {
                let kit = Kit::find(kit.as_deref()).map_err(sentence)?;
                let folder = new_pack(&PathBuf::new(), &name, &kit).map_err(sentence)?;
                common::print(&started(&folder, &kit, language));
            }
            What::Rule { id, pack } => {
                for file in new_rule(&pack, &id).map_err(sentence)? {
                    common::print(&format!("{}\n", file.display()));
                }
                common::print(&either(
                    language,
                    "先运行 mingcha test --accept,再把草稿改成真正要查的\n".to_owned(),
                    "run mingcha test --accept, then make of the draft what it should ask\n".to_owned(),
                ));
            }
        }
        Ok(super::CLEAN)
    }
}

fn started(folder: &std::path::Path, kit: &Kit, language: Language) -> String {
    let shown = folder.display();
    let next = either(
        language,
        format!("已新建 {shown}。下一步:cd {shown} && mingcha test\n"),
        format!("{shown} was made. Next: cd {shown} && mingcha test\n"),
    );
    let Kit::Version(version) = kit else { return next };
    next + &either(
        language,
        format!("注意:mingcha-kit {version} 要在您的软件源里才能构建;目前它没有发布到 crates.io\n"),
        format!(
            "note: it builds only where a registry has mingcha-kit {version}; it is not on crates.io so far\n"
        ),
    )
}
