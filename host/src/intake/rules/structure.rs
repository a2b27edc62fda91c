//! Titles, pages and messages of what is wrong with a file's structure, or with what its totals say.

use super::Page;
use crate::manifest::Severity;

pub(super) const PAGES: &[Page] = &[
    Page {
        id: "intake/mixed-encodings",
        severity: Severity::Error,
        title: ["文件混用两种编码", "Two encodings in one file"],
        zh: "## 查什么\n\n文件大部分是一种编码,有的单元格却是另一种。\n\n## 为什么\n\n\
             按一种编码读,另一种的文字会成为乱码;这些单元格不参加核对。\n\n## 怎么改\n\n拼接文件前先统一为 UTF-8,或从原系统重新导出。",
        en: "## What\n\nMost of the file is in one encoding, but some cells are in another.\n\n## Why\n\n\
             Read in one, text in the other is garbled; these cells are not checked.\n\n## How to mend\n\n\
             Bring all parts to UTF-8 before joining them, or export the file again.",
        messages: &[[
            "mixed",
            "第 {column} 个字起是 {other} 文字“{text}”,文件其余部分是 {encoding}",
            "from character {column}: `{text}` is in {other}, the rest of the file in {encoding}",
        ]],
    },
    Page {
        id: "intake/encoding-guessed",
        severity: Severity::Notice,
        title: ["编码只能推测", "The encoding is a guess"],
        zh: "## 查什么\n\n文件里的文字太少,两种编码都读得通。\n\n## 为什么\n\n\
             猜错时文字会成为另外的文字,而不是乱码,不容易看出来。\n\n## 怎么改\n\n用 --encoding 指明编码,或保存为 UTF-8。",
        en: "## What\n\nThe file has too little text: two encodings make sense of it.\n\n## Why\n\n\
             A wrong guess gives other text, not garbled text, and is hard to see.\n\n## How to mend\n\n\
             Name the encoding with --encoding, or save the file as UTF-8.",
        messages: &[[
            "guessed",
            "文字太少,推测为 {encoding},读作“{text}”;也可能是 {other},读作“{other-text}”。请用 --encoding 指明",
            "too little text: taken for {encoding} (`{text}`), it may be {other} (`{other-text}`); say which with --encoding",
        ]],
    },
    Page {
        id: "intake/stacked-tables",
        severity: Severity::Error,
        title: ["一张表下面又有一张表", "Another table below"],
        zh: "## 查什么\n\n记录之后又出现另一张表的表头。\n\n## 为什么\n\n\
             下面的行不属于上面的表,列也对不上;它们没有核对。\n\n## 怎么改\n\n把两张表分成两个文件或两个工作表。",
        en: "## What\n\nThe header of another table stands below the records.\n\n## Why\n\n\
             The rows below it are not of the table above, nor in its columns; they were not checked.\n\n## How to mend\n\n\
             Put each table in a file or sheet of its own.",
        messages: &[[
            "stacked",
            "从这一行起像是另一张表(“{text}”),其下的行没有核对",
            "from this row on there seems to be another table (`{text}`); its rows were not checked",
        ]],
    },
    Page {
        id: "intake/second-delimiter",
        severity: Severity::Error,
        title: ["分隔符前后不一", "A second delimiter"],
        zh: "## 查什么\n\n有的行用了另一种分隔符。\n\n## 为什么\n\n按文件的分隔符,这一行只有一格或少数几格,没有核对。\n\n## 怎么改\n\n\
             全部改用同一种分隔符。",
        en: "## What\n\nSome rows are divided by another delimiter.\n\n## Why\n\n\
             By the delimiter of the file the row has too few cells, so it was not checked.\n\n## How to mend\n\nUse one delimiter throughout.",
        messages: &[[
            "second",
            "这一行用“{other}”分隔,文件其余部分用“{delimiter}”:“{text}”",
            "the line is divided by `{other}`, the rest of the file by `{delimiter}`: `{text}`",
        ]],
    },
    Page {
        id: "intake/embedded-nul",
        severity: Severity::Error,
        title: ["文字中夹有空字节", "Zero bytes in the text"],
        zh: "## 查什么\n\n文字中间有值为零的字节。\n\n## 为什么\n\n\
             文件写坏或在传送中损坏;有的程序读到空字节就停下,后面的内容会被漏掉。这些行不参加核对。\n\n## 怎么改\n\n从原系统重新导出。",
        en: "## What\n\nThe text has bytes of value zero.\n\n## Why\n\n\
             The file was written badly or damaged on its way; some programs stop at such a byte and miss the rest. The rows are not checked.\n\n\
             ## How to mend\n\nExport the file again.",
        messages: &[[
            "nul",
            "有 {count} 个空字节(首个在文件第 {offset} 字节)",
            "zero bytes: {count} (the first is byte {offset} of the file)",
        ]],
    },
    Page {
        id: "intake/mixed-line-ends",
        severity: Severity::Warning,
        title: ["换行方式不一", "Lines end in several ways"],
        zh: "## 查什么\n\n有的行以 CR LF 结束,有的只以 LF 或 CR 结束。\n\n## 为什么\n\n\
             多半是几个来源的文件直接拼接,或内容里的换行没有用引号括住。\n\n## 怎么改\n\n从原系统重新导出;内容里有换行的单元格用双引号括住。",
        en: "## What\n\nSome lines end with CR LF, others with LF or CR alone.\n\n## Why\n\n\
             Files of several sources were joined, or a line break within a cell was not put in quotes.\n\n## How to mend\n\n\
             Export the file again; put cells with line breaks in double quotes.",
        messages: &[[
            "mixed",
            "多数行以 {usual} 结束,这一行以 {other} 结束(这样的行共 {count} 行)",
            "most lines end with {usual}, but this one ends with {other} (lines that do: {count})",
        ]],
    },
    Page {
        id: "intake/truncated-record",
        severity: Severity::Error,
        title: ["最后一条记录不完整", "The last record breaks off"],
        zh: "## 查什么\n\n文件在最后一条记录的中间结束。\n\n## 为什么\n\n导出或传送中断;后面可能还有记录没有收到。\n\n## 怎么改\n\n重新导出或重新传送整个文件。",
        en: "## What\n\nThe file ends in the middle of its last record.\n\n## Why\n\n\
             Export or transfer broke off; more records may be missing.\n\n## How to mend\n\nExport or send the whole file again.",
        messages: &[[
            "truncated",
            "文件在这一行中途结束(“{text}”,{found} 格,表头有 {expected} 格)",
            "the file ends within this line (`{text}`; cells: {found}, the header has {expected})",
        ]],
    },
    Page {
        id: "intake/trailing-garbage",
        severity: Severity::Warning,
        title: ["文件末尾有多余内容", "Garbage at the end"],
        zh: "## 查什么\n\n最后一条记录之后还有不是记录的内容。\n\n## 为什么\n\n\
             多半是程序输出的提示、网页代码或填充字节混进了文件。\n\n## 怎么改\n\n删去最后一条记录之后的内容。",
        en: "## What\n\nSomething that is no record stands behind the last one.\n\n## Why\n\n\
             Most often a program's message, markup or padding got into the file.\n\n## How to mend\n\nRemove what follows the last record.",
        messages: &[[
            "garbage",
            "从这一行起不是记录:“{text}”",
            "from this line on there is no record: `{text}`",
        ]],
    },
    Page {
        id: "intake/total-differs",
        severity: Severity::Warning,
        title: ["合计与各行之和不符", "Total differs from the sum"],
        zh: "## 查什么\n\n合计、小计行写的数与该列各行之和不同。\n\n## 为什么\n\n\
             不是合计算错,就是有行漏填、填错或没有计入。\n\n## 怎么改\n\n核对各行与合计,改正错的一方。",
        en: "## What\n\nA row of totals states another number than the sum of its column.\n\n## Why\n\n\
             The total is wrong, or a row is missing, wrong or was not counted.\n\n## How to mend\n\nCompare rows and total, and mend the wrong one.",
        messages: &[[
            "differs",
            "“{label}”的“{header}”写的是 {stated},各行之和是 {sum}",
            "{label} states {stated} for `{header}`, but the rows add up to {sum}",
        ]],
    },
    Page {
        id: "intake/broken-record",
        severity: Severity::Error,
        title: ["记录无法读取", "Unreadable record"],
        zh: "## 查什么\n\nJSON 的一条记录不合语法,或 Parquet 的一段数据已损坏。\n\n## 为什么\n\n读不出的记录没有核对。\n\n## 怎么改\n\n重新导出文件。",
        en: "## What\n\nA record of JSON is malformed, or a block of Parquet is damaged.\n\n## Why\n\n\
             Records that cannot be read were not checked.\n\n## How to mend\n\nExport the file again.",
        messages: &[
            ["broken", "无法读取(“{text}”),不合该格式", "cannot be read (`{text}`: {why})"],
            [
                "group",
                "第 {group} 个行组自第 {first} 条记录起无法读取,{count} 条没有核对",
                "row group {group} cannot be read from record {first} on, records not checked: {count} ({why})",
            ],
            [
                "too-long",
                "这条记录超过 8 MiB(“{text}”),没有核对;多半是引号没有结束,或换行符丢失",
                "the record is longer than 8 MiB (`{text}`) and was not checked; a quote may never close, or line ends were lost",
            ],
        ],
    },
];
