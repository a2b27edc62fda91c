//! The sentences of problems, in both languages.

use super::problem::{Nearest, ProblemKind};

impl ProblemKind {
    pub(super) fn zh(&self) -> String {
        match self {
            Self::Unreadable(why) => {
                format!("无法读取({});请检查文件权限,或关闭正在使用它的程序后重试", why.zh)
            }
            Self::Missing => "找不到该文件或文件夹;请检查路径".to_owned(),
            Self::Empty => "是空文件;请重新导出后提交".to_owned(),
            Self::EmptyFolder => "文件夹里没有文件;请检查路径,或先放入要核对的文件".to_owned(),
            Self::Misnamed(says, is) => format!("名称像 {says} 文件,内容是 {is};已按 {is} 读取,请改正扩展名"),
            Self::Unsupported(what, _) => {
                format!("是{},不能作为表格核对;请另存为 XLSX 或 CSV 后提交", what.zh)
            }
            Self::Encrypted => "有密码保护;请去掉密码另存后提交".to_owned(),
            Self::Damaged(why) => format!("文件已损坏({});请用表格软件打开并另存,或重新导出", damage_zh(why)),
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
            other => other.of_tables_zh(),
        }
    }

    /// Of those about what tables are in it.
    fn of_tables_zh(&self) -> String {
        match self {
            Self::HeaderOnly => "只有表头,没有记录;如确无内容,请写明“本期无”".to_owned(),
            Self::HiddenSheet => "工作表是隐藏的,也已核对;不该报送的,请删去".to_owned(),
            Self::HiddenRows(rows, first) => {
                format!("有 {rows} 行是隐藏的(首个是第 {first} 行),也已核对;不该报送的,请删去")
            }
            Self::NoTable(None) => {
                "没有与任何规则包的表相符的表头;用 --table 表名=文件 指明它是哪张表,或不提交它".to_owned()
            }
            Self::NoTable(Some(nearest)) => nearest.zh(),
            Self::Form(table, names) => format!(
                "像是一张竖式表单(一行一项,左边是名称,右边是内容;“{}”的列名有 {names} 个),没有核对;请改成一行一条记录的表:第一行是各列的名称,下面每个项目占一行",
                table.zh
            ),
            Self::HeaderMissing(nearest) => nearest.lacking_zh(),
            Self::OtherEncoding(read, other) => {
                format!(
                    "按 {read} 读认不出表头,按 {other} 读则可以;请改正 --encoding,文件混有两种编码的,统一为 UTF-8 后提交"
                )
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
            _ => String::new(),
        }
    }

    pub(super) fn en(&self) -> String {
        match self {
            Self::Unreadable(why) => format!(
                "cannot be read ({}); check its permissions, or close the program that uses it",
                why.en
            ),
            Self::Missing => "no such file or folder; check the path".to_owned(),
            Self::Empty => "the file is empty; export it again".to_owned(),
            Self::EmptyFolder => {
                "the folder has no files; check the path, or put the files to be checked there".to_owned()
            }
            Self::Misnamed(says, is) => {
                format!("named like a {says} file, but it is {is}; read as {is}: mend the extension")
            }
            Self::Unsupported(what, _) => {
                format!("{} cannot be checked as a table; save it as XLSX or CSV", what.en)
            }
            Self::Encrypted => "protected by a password; save it without one".to_owned(),
            Self::Damaged(why) => {
                format!("damaged ({why}); open it in a spreadsheet program and save it, or export it again")
            }
            Self::TooLarge(bytes, limit) => {
                format!("too large ({bytes} bytes, the limit is {limit}); split it into several files")
            }
            Self::TooManyCells(limit) => {
                format!("more than {limit} cells; split it into several sheets or files")
            }
            Self::Bomb(limit) => {
                format!(
                    "unpacks to more than {limit} bytes, far more than its size bears out, and was not; hand in the file itself"
                )
            }
            Self::TooManyMembers(limit) => format!("more than {limit} files in the archive; split it"),
            Self::TooDeep => "archives within archives, too deep to open; unpack them first".to_owned(),
            Self::StrangeName => {
                "its name leads out of the archive (`..` or a drive); read as a file inside it: pack it again"
                    .to_owned()
            }
            other => other.of_tables_en(),
        }
    }

    fn of_tables_en(&self) -> String {
        match self {
            Self::HeaderOnly => "a header without records; if there is nothing to report, say so in a row".to_owned(),
            Self::HiddenSheet => "the sheet is hidden; it was checked like any other: delete it if it is not meant".to_owned(),
            Self::HiddenRows(rows, first) => {
                format!("hidden rows: {rows}, the first is row {first}; they were checked like any other: delete them if they are not meant")
            }
            Self::NoTable(None) => {
                "no pack has a table with these headers; say which it is with --table NAME=FILE, or leave it out".to_owned()
            }
            Self::NoTable(Some(nearest)) => nearest.en(),
            Self::Form(table, names) => format!(
                "looks like a form, one item per line with its name on the left (column names of {}: {names}), and was not checked; make it a table of one record per row: the names in the first row, each record in a row below",
                table.en
            ),
            Self::HeaderMissing(nearest) => nearest.lacking_en(),
            Self::OtherEncoding(read, other) => {
                format!("read in {read} no header is known, in {other} there is a table; mend --encoding, or bring a file of two encodings to UTF-8")
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
            _ => String::new(),
        }
    }
}

/// What libraries say of damage, in Chinese; they speak English only.
fn damage_zh(why: &str) -> &'static str {
    let why = why.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| why.contains(word));
    if says(&[
        "eof",
        "end of file",
        "unexpected end",
        "does not end",
        "truncated",
        "fill whole buffer",
        "too short",
    ]) {
        "内容在中途断开"
    } else if says(&["checksum", "crc", "corrupt", "deflate", "invalid stream", "inflate", "huffman"]) {
        "压缩的内容已损坏,与校验不符"
    } else if says(&["declared size", "out of order", "different fields"]) {
        "声明的行列或单元格的次序不可能存在"
    } else if says(&["archive", "zip", "central directory"]) {
        "压缩结构不完整"
    } else if says(&["at line", "expected value", "expected `,`", "key must be"]) {
        "不合 JSON 语法"
    } else if says(&["xml", "tag", "attribute", "syntax"]) {
        "内部的 XML 有误"
    } else if says(&["parquet", "footer", "page", "thrift"]) {
        "不是完整的 Parquet 文件"
    } else {
        "内部结构不合该格式"
    }
}

impl Nearest {
    fn zh(&self) -> String {
        format!(
            "没有相符的表;最接近“{}”(有 {} 个表头相符),缺少表头:{}。{}请补上表头,或用 --table 表名=文件 指明",
            self.table,
            self.matched,
            self.missing.join("、"),
            self.meant_zh()
        )
    }

    fn lacking_zh(&self) -> String {
        format!(
            "按“{}”核对({} 个表头相符),但缺少表头:{};需要这一列的规则没有核对。{}请补上表头",
            self.table,
            self.matched,
            self.missing.join("、"),
            self.meant_zh()
        )
    }

    fn meant_zh(&self) -> String {
        self.did_you_mean.iter().map(|(is, meant)| format!("“{is}”是否应为“{meant}”?")).collect()
    }

    fn en(&self) -> String {
        format!(
            "no table fits; nearest is {} (headers found: {}), which also needs: {}. {}Add the headers, or use --table NAME=FILE",
            self.table_en,
            self.matched,
            self.missing.join(", "),
            self.meant_en()
        )
    }

    fn lacking_en(&self) -> String {
        format!(
            "checked as {} (headers found: {}), but it lacks: {}; rules that need it were not checked. {}Add the header",
            self.table_en,
            self.matched,
            self.missing.join(", "),
            self.meant_en()
        )
    }

    fn meant_en(&self) -> String {
        self.did_you_mean.iter().map(|(is, meant)| format!("did you mean `{meant}` by `{is}`? ")).collect()
    }
}
