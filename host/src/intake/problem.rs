//! What stands in the way of reading a file or sheet, each in one sentence: what happened, where, what to do.

use super::Intake;
use super::offer::{Offer, Options};
use crate::manifest::{Language, Text};
use serde::Serialize;

/// Something about a file or sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Index of the input, where the file could be opened.
    pub input: Option<usize>,
    /// The path as reports name it.
    pub path: String,
    /// The sheet, where it is about one.
    pub sheet: Option<String>,
    /// What it is.
    pub kind: ProblemKind,
}

/// What is wrong with a file or sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Cannot be opened or read; the system's own words.
    Unreadable(String),
    /// No such file or folder.
    Missing,
    /// Holds not a single byte.
    Empty,
    /// A folder without files.
    EmptyFolder,
    /// A header, and no record below it.
    HeaderOnly,
    /// No pack has a table with these headers.
    NoTable(Option<Nearest>),
    /// It was read, as what it is: what its name says, what it is.
    Misnamed(String, String),
    /// A kind of file that holds no table, or that is not read; and whether it was meant as one.
    Unsupported(Text, Gravity),
    /// Protected by a password.
    Encrypted,
    /// Broken: the library's own words.
    Damaged(String),
    /// Larger than what is taken: bytes, limit.
    TooLarge(u64, u64),
    /// A sheet with more cells than are taken: the limit.
    TooManyCells(u64),
    /// Would unpack to more than its size bears out: the limit in bytes.
    Bomb(u64),
    /// More files in an archive than are taken: the limit.
    TooManyMembers(u64),
    /// Archives within archives, deeper than they are opened.
    TooDeep,
    /// A member's name led out of its archive; it was read under a tame one.
    StrangeName,
    /// An encoding nobody knows by this name.
    UnknownEncoding(String),
    /// An assignment names a table no pack has.
    UnknownTable(String),
    /// An assignment names a file or sheet that was not handed in.
    UnusedAssignment(String),
    /// An assigned table has none of its columns there.
    NotThatTable(String),
    /// A header that a person gave to a column of a table is not there: header, table.
    UnusedHeading(String, String),
}

/// The table a file comes nearest to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nearest {
    /// Its Chinese name.
    pub table: String,
    /// Its English name.
    pub table_en: String,
    /// How many of its headers were found.
    pub matched: usize,
    /// Headers it would need.
    pub missing: Vec<String>,
    /// Headers as written, and those they may have been meant for.
    pub did_you_mean: Vec<(String, String)>,
}

/// Whether data handed in went unchecked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something handed in was not checked.
    Unchecked,
}

impl Problem {
    /// Whether data handed in went unchecked.
    #[must_use]
    pub fn gravity(&self) -> Gravity {
        match self.kind.clone() {
            ProblemKind::Misnamed(..) | ProblemKind::HeaderOnly | ProblemKind::StrangeName => Gravity::Note,
            ProblemKind::Unsupported(_, gravity) => gravity,
            _ => Gravity::Unchecked,
        }
    }

    /// One sentence for people.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let place = match &self.sheet {
            Some(sheet) => format!("{} [{sheet}]", self.path),
            None => self.path.clone(),
        };
        match language {
            Language::Zh => format!("{place}:{}", self.kind.zh()),
            Language::En => format!("{place}: {}", self.kind.en()),
        }
    }
}

impl ProblemKind {
    fn zh(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("无法读取({why});请检查文件权限,或关闭正在使用它的程序后重试"),
            Self::Missing => "找不到该文件或文件夹;请检查路径".to_owned(),
            Self::Empty => "是空文件;请重新导出后提交".to_owned(),
            Self::EmptyFolder => "文件夹里没有文件;请检查路径,或先放入要核对的文件".to_owned(),
            Self::HeaderOnly => "只有表头,没有记录;如确无内容,请写明“本期无”".to_owned(),
            Self::NoTable(None) => {
                "没有与任何规则包的表相符的表头;用 --table 表名=文件 指明它是哪张表,或不提交它".to_owned()
            }
            Self::NoTable(Some(nearest)) => nearest.zh(),
            Self::Misnamed(says, is) => format!("名称像 {says} 文件,内容是 {is};已按 {is} 读取,请改正扩展名"),
            Self::Unsupported(what, _) => {
                format!("是{},不能作为表格核对;请另存为 XLSX 或 CSV 后提交", what.zh)
            }
            Self::Encrypted => "有密码保护;请去掉密码另存后提交".to_owned(),
            Self::Damaged(why) => format!("文件已损坏({why});请用表格软件打开并另存,或重新导出"),
            Self::TooLarge(bytes, limit) => format!("文件太大({bytes} 字节,上限 {limit});请分成几个文件提交"),
            Self::TooManyCells(limit) => format!("单元格超过 {limit} 个;请分成几个工作表或文件提交"),
            Self::Bomb(limit) => {
                format!("解压后超过 {limit} 字节,与其大小不相称,未解压;请直接提交未压缩的文件")
            }
            Self::TooManyMembers(limit) => format!("压缩包内的文件超过 {limit} 个;请分成几个提交"),
            Self::TooDeep => "压缩包套压缩包,层数太多;请解开后提交".to_owned(),
            Self::StrangeName => {
                "压缩包内的文件名指向包外(含 .. 或盘符),已按包内的文件读取;请重新打包".to_owned()
            }
            Self::UnknownEncoding(name) => {
                format!("不认识编码“{name}”,已改为自动识别;可用 utf-8、gb18030、big5 等")
            }
            Self::UnknownTable(name) => format!("没有规则包含有名为“{name}”的表;用 mingcha rules 查看表名"),
            Self::UnusedAssignment(name) => {
                format!("--table 指定给“{name}”的文件或工作表不在提交的内容中;请检查路径和工作表名")
            }
            Self::NotThatTable(name) => format!("指定为“{name}”,但没有找到该表的任何表头;请检查 --table"),
            Self::UnusedHeading(header, table) => {
                format!(
                    "配置指明表头“{header}”是“{table}”的一列,文件中却没有这个表头;请检查 mingcha.toml 的 columns"
                )
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("cannot be read ({why}); check its permissions, or close the program that uses it"),
            Self::Missing => "no such file or folder; check the path".to_owned(),
            Self::Empty => "the file is empty; export it again".to_owned(),
            Self::EmptyFolder => "the folder has no files; check the path, or put the files to be checked there".to_owned(),
            Self::HeaderOnly => "a header without records; if there is nothing to report, say so in a row".to_owned(),
            Self::NoTable(None) => {
                "no pack has a table with these headers; say which it is with --table NAME=FILE, or leave it out".to_owned()
            }
            Self::NoTable(Some(nearest)) => nearest.en(),
            Self::Misnamed(says, is) => format!("named like a {says} file, but it is {is}; read as {is}: mend the extension"),
            Self::Unsupported(what, _) => format!("{} cannot be checked as a table; save it as XLSX or CSV", what.en),
            Self::Encrypted => "protected by a password; save it without one".to_owned(),
            Self::Damaged(why) => format!("damaged ({why}); open it in a spreadsheet program and save it, or export it again"),
            Self::TooLarge(bytes, limit) => format!("too large ({bytes} bytes, the limit is {limit}); split it into several files"),
            Self::TooManyCells(limit) => format!("more than {limit} cells; split it into several sheets or files"),
            Self::Bomb(limit) => {
                format!("unpacks to more than {limit} bytes, far more than its size bears out, and was not; hand in the file itself")
            }
            Self::TooManyMembers(limit) => format!("more than {limit} files in the archive; split it"),
            Self::TooDeep => "archives within archives, too deep to open; unpack them first".to_owned(),
            Self::StrangeName => {
                "its name leads out of the archive (`..` or a drive); read as a file inside it: pack it again".to_owned()
            }
            Self::UnknownEncoding(name) => format!("no encoding is called `{name}`, so it was found out; try utf-8, gb18030 or big5"),
            Self::UnknownTable(name) => format!("no pack has a table named `{name}`; see mingcha rules"),
            Self::UnusedAssignment(name) => {
                format!("the file or sheet that --table gives to `{name}` was not handed in; check its path and sheet")
            }
            Self::NotThatTable(name) => format!("given to `{name}`, but none of its headers is there; check --table"),
            Self::UnusedHeading(header, table) => {
                format!("the configuration gives the header `{header}` to a column of `{table}`, but it is not there; check columns in mingcha.toml")
            }
        }
    }
}

impl Nearest {
    fn zh(&self) -> String {
        let meant: Vec<String> =
            self.did_you_mean.iter().map(|(is, meant)| format!("“{is}”是否应为“{meant}”?")).collect();
        let missing = self.missing.join("、");
        format!(
            "没有相符的表;最接近“{}”(有 {} 个表头相符),缺少表头:{missing}。{}请补上表头,或用 --table 表名=文件 指明",
            self.table,
            self.matched,
            meant.concat()
        )
    }

    fn en(&self) -> String {
        let meant: Vec<String> = self
            .did_you_mean
            .iter()
            .map(|(is, meant)| format!("did you mean `{meant}` by `{is}`? "))
            .collect();
        let missing = self.missing.join(", ");
        format!(
            "no table fits; nearest is {} ({} headers found), which also needs: {missing}. {}Add the headers, or use --table NAME=FILE",
            self.table_en,
            self.matched,
            meant.concat()
        )
    }
}

/// Assignments that speak of tables or files that are not there.
pub(super) fn about_assignments(options: &Options, offers: &[Offer<'_>], intake: &mut Intake) {
    for assignment in &options.assignments {
        let known = offers.iter().any(|offer| offer.declared.name == assignment.table);
        let parts = intake.parts.iter().map(|part| (part.input, part.sheet.as_deref()));
        let problems =
            intake.problems.iter().filter_map(|problem| Some((problem.input?, problem.sheet.as_deref())));
        let mut seen = parts.chain(problems);
        let used = seen.any(|(input, sheet)| assignment.names(&intake.inputs[input].path, sheet));
        let kind = match (known, used) {
            (false, _) if !assignment.standing => ProblemKind::UnknownTable(assignment.table.clone()),
            (true, false) if !assignment.standing => ProblemKind::UnusedAssignment(assignment.table.clone()),
            _ => continue,
        };
        intake.problems.push(Problem {
            input: None,
            path: assignment.file.clone(),
            sheet: assignment.sheet.clone(),
            kind,
        });
    }
}
