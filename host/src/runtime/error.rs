//! What can be wrong with a pack, as facts; the sentences, in both languages, are made at the end.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::CONTRACT;
use crate::manifest::{Language, Text};

/// A function of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Export {
    /// Instantiation, before any function.
    Start,
    /// `pack.describe`
    Describe,
    /// `check.open`
    Open,
    /// `check.push`
    Push,
    /// `check.close`
    Close,
}

impl Export {
    /// Its name in the contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Describe => "describe",
            Self::Open => "open",
            Self::Push => "push",
            Self::Close => "close",
        }
    }
}

/// A call that did not end well. The session it belonged to is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "error")]
pub enum CallError {
    /// It ran past its time.
    #[error("{} did not answer within {millis} ms", export.name())]
    Deadline {
        /// The call.
        export: Export,
        /// The limit.
        millis: u64,
    },
    /// It ran past its instructions.
    #[error("{} did not answer within {units} instructions", export.name())]
    Fuel {
        /// The call.
        export: Export,
        /// The limit.
        units: u64,
    },
    /// The interpreter came to another answer than the compiled pack.
    #[error(
        "compiler and interpreter disagree in {}{}: {}",
        export.name(),
        batch.as_ref().map(|batch| format!(" on {batch}")).unwrap_or_default(),
        what.en
    )]
    Disagreement {
        /// The call.
        export: Export,
        /// Which records; none of a call that hands over none.
        batch: Option<String>,
        /// In which way.
        what: Text,
    },
    /// It asked for more memory than it may have.
    #[error("{} needs more than {bytes} bytes of memory", export.name())]
    Memory {
        /// The call.
        export: Export,
        /// The limit.
        bytes: usize,
    },
    /// It called itself too deeply.
    #[error("{} ran out of stack ({bytes} bytes)", export.name())]
    Stack {
        /// The call.
        export: Export,
        /// The limit.
        bytes: usize,
    },
    /// It stopped by itself.
    #[error("{} stopped: {said}", export.name())]
    Trapped {
        /// The call.
        export: Export,
        /// The engine's word for it, and the pack's own last words where it had any.
        said: String,
    },
    /// It answered with an error.
    #[error("{} refused: {said}", export.name())]
    Refused {
        /// The call.
        export: Export,
        /// The pack's sentence.
        said: String,
    },
    /// Its answer is larger than an answer may be.
    #[error("the answer of {} exceeds {bytes} bytes", export.name())]
    AnswerTooLarge {
        /// The call.
        export: Export,
        /// The limit.
        bytes: usize,
    },
    /// Its answer breaks the contract.
    #[error("the answer of {} breaks the contract: {}", export.name(), what.en)]
    Answer {
        /// The call.
        export: Export,
        /// In which way.
        what: Text,
    },
}

impl CallError {
    /// One sentence for people.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        if language == Language::En {
            return format!(
                "{self}; what these rules found was dropped, others are not affected; ask the pack's author"
            );
        }
        format!("{};有关规则本次结果作废,其他规则不受影响,请联系规则包作者", self.zh())
    }

    /// What happened, in both languages, as part of a sentence.
    pub(super) fn what(&self) -> Text {
        Text { zh: self.zh(), en: self.to_string() }
    }

    fn zh(&self) -> String {
        match self {
            Self::Deadline { export, millis } => format!("{} 在 {millis} 毫秒内没有返回", export.name()),
            Self::Fuel { export, units } => format!("{} 执行 {units} 条指令仍没有返回", export.name()),
            Self::Disagreement { export, batch, what } => {
                let batch = batch.as_ref().map(|batch| format!("处理 {batch} 时")).unwrap_or_default();
                format!("{} {batch}编译执行与解释执行结果不一致({})", export.name(), what.zh)
            }
            Self::Memory { export, bytes } => format!("{} 所需内存超过 {} MiB", export.name(), bytes >> 20),
            Self::Stack { export, bytes } => {
                format!("{} 调用层次过深,超出 {} KiB 栈", export.name(), bytes >> 10)
            }
            Self::Trapped { export, said } => format!("{} 异常中止({said})", export.name()),
            Self::Refused { export, said } => format!("{} 报告错误:{said}", export.name()),
            Self::AnswerTooLarge { export, bytes } => {
                format!("{} 的返回超过 {} MiB", export.name(), bytes >> 20)
            }
            Self::Answer { export, what } => format!("{} 的返回不符合接口约定:{}", export.name(), what.zh),
        }
    }
}

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file cannot be read.
    #[error("{path}: the pack cannot be read ({source}); check the path")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is larger than a pack may be.
    #[error(
        "{name}: the pack has {bytes} bytes, more than the {limit} a pack may have; ask its author for a stripped build"
    )]
    TooLarge {
        /// The pack, as named by the user.
        name: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// It is something else.
    #[error(
        "{name}: not a WebAssembly component ({found}); --pack takes a rule pack (.wasm) built against {CONTRACT}"
    )]
    NotAComponent {
        /// The pack.
        name: String,
        /// What it is instead.
        found: String,
    },
    /// It imports something.
    #[error(
        "{name}: the pack imports {import}; a pack may import nothing but mingcha:rules/log, so it was not loaded"
    )]
    ForbiddenImport {
        /// The pack.
        name: String,
        /// The import.
        import: String,
    },
    /// It speaks another version of the contract.
    #[error(
        "{name}: the pack speaks {found}, this host speaks {CONTRACT}; get a pack built for {CONTRACT}, or the matching mingcha"
    )]
    OtherContract {
        /// The pack.
        name: String,
        /// What it speaks.
        found: String,
    },
    /// It does not export what a pack exports.
    #[error(
        "{name}: a component, but not a rule pack: it exports no {missing}; --pack takes a pack built against {CONTRACT}"
    )]
    NotAPack {
        /// The component.
        name: String,
        /// What is missing.
        missing: String,
    },
    /// The engine refuses it.
    #[error("{name}: the engine refuses the pack: {reason}; ask its author to build it with the kit")]
    Refused {
        /// The pack.
        name: String,
        /// Why.
        reason: String,
    },
    /// It does not say what it is.
    #[error("{name}: the pack does not say what it is: {call}")]
    Describe {
        /// The pack.
        name: String,
        /// What happened.
        call: CallError,
    },
    /// It has a rule of another pack, or of the host, and would speak in its name.
    #[error(
        "{name}: the rule {rule} belongs to {owner} already; leave one of the two packs out, or ask for another id"
    )]
    DuplicateRule {
        /// The pack.
        name: String,
        /// The id of the rule.
        rule: String,
        /// The id of the pack it belongs to.
        owner: String,
    },
    /// Two packs have one id.
    #[error("{name}: a pack with the id {id} is loaded already; leave one of the two out")]
    Duplicate {
        /// The pack.
        name: String,
        /// The id.
        id: String,
    },
}

impl PackError {
    /// One sentence for people.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        if language == Language::En {
            return self.to_string();
        }
        match self {
            Self::Read { path, source } => format!("{}:规则包无法读取({source}),请检查路径", path.display()),
            Self::TooLarge { name, bytes, limit } => {
                format!("{name}:规则包有 {bytes} 字节,超过上限 {limit} 字节,请向作者索取精简后的版本")
            }
            Self::NotAComponent { name, found } => {
                format!("{name}:不是 WebAssembly 组件({found});--pack 需要按 {CONTRACT} 构建的规则包(.wasm)")
            }
            Self::ForbiddenImport { name, import } => {
                format!(
                    "{name}:规则包要求导入 {import};规则包除 mingcha:rules/log 外不得导入任何接口,未予加载"
                )
            }
            Self::OtherContract { name, found } => {
                format!(
                    "{name}:规则包使用 {found},本程序使用 {CONTRACT};请换用按 {CONTRACT} 构建的规则包或相应版本的 mingcha"
                )
            }
            Self::NotAPack { name, missing } => {
                format!("{name}:是组件但不是规则包(缺少导出 {missing});--pack 需要按 {CONTRACT} 构建的规则包")
            }
            Self::Refused { name, reason } => {
                format!("{name}:引擎拒绝加载该规则包({reason}),请作者用工具包重新构建")
            }
            Self::Describe { name, call } => format!("{name}:规则包无法说明自身:{}", call.sentence(language)),
            Self::DuplicateRule { name, rule, owner } => {
                format!("{name}:规则 {rule} 已属于规则包 {owner},请去掉其中一个规则包,或请作者改用别的编号")
            }
            Self::Duplicate { name, id } => format!("{name}:编号为 {id} 的规则包已经加载,请去掉其中一个"),
        }
    }
}
