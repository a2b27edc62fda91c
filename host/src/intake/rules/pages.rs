//! Titles, pages and messages of intake's own checks. `{value}` is the cell as written, `{header}` its header.

use super::Page;
use crate::manifest::Severity;

pub(super) const PAGES: &[Page] = &[
    Page {
        id: "intake/unreadable-cell",
        severity: Severity::Error,
        title: ["单元格无法识别", "Unreadable cell"],
        zh: "## 查什么\n\n单元格的内容不是该列应有的数字、金额、日期或是否。\n\n## 为什么\n\n\
             读不出的单元格不能参加核对,用到它的规则在这一条记录上不作判断。\n\n## 怎么改\n\n\
             按该列的要求重新填写:一格只填一个值,日期写到日(2016年7月26日),数字后不加说明;没有内容的留空或填“—”。",
        en: "## What\n\nThe cell is not the number, amount, date or yes/no its column asks for.\n\n## Why\n\n\
             A cell that cannot be read cannot be checked: rules that need it leave this record out.\n\n## How to mend\n\n\
             One value per cell; dates with their day (2016-07-26); no remarks behind numbers; leave it blank or write `—` for nothing.",
        messages: &[
            ["not-a-number", "“{value}”不是数字", "`{value}` is not a number"],
            ["not-a-whole-number", "“{value}”不是整数", "`{value}` is not a whole number"],
            ["not-an-amount", "“{value}”不是金额", "`{value}` is not an amount of money"],
            ["not-a-date", "“{value}”不是日期", "`{value}` is not a date"],
            ["day-missing", "“{value}”只写到月,缺少日", "`{value}` names a month without a day"],
            [
                "two-digit-year",
                "“{value}”的年份只有两位,应写全称",
                "the year of `{value}` has only two digits",
            ],
            ["impossible-date", "“{value}”不是存在的日期或时刻", "`{value}` is no day or time that exists"],
            [
                "wrong-weekday",
                "“{value}”的星期与日期不符",
                "the weekday in `{value}` is not that of the date",
            ],
            ["not-a-flag", "“{value}”既不是“是”也不是“否”", "`{value}` is neither yes nor no"],
            ["too-large", "“{value}”超出可以表示的范围", "`{value}` is beyond what can be held"],
            ["error-value", "公式出错,单元格显示 {value}", "a formula failed and left {value}"],
            [
                "undecodable",
                "单元格含有无法解码的字节,读作“{value}”",
                "the cell has bytes that cannot be decoded: `{value}`",
            ],
            [
                "digits-lost",
                "“{value}”是被表格软件当作数字保存的长号码,第15位以后的数字已经丢失,须按原件以文本格式重新填写",
                "`{value}` is a long code saved as a number: the digits after the fifteenth are lost; enter it again as text",
            ],
            [
                "foreign-unit",
                "表头的单位与该列要求的单位不同,“{value}”无法换算",
                "the header's unit cannot be converted to the one required, so `{value}` cannot be read",
            ],
        ],
    },
    Page {
        id: "intake/undecodable-bytes",
        severity: Severity::Error,
        title: ["文件中有无法解码的字节", "Bytes that cannot be decoded"],
        zh: "## 查什么\n\n文件按识别出的编码读取时,有的字节不是任何文字。\n\n## 为什么\n\n\
             多半是两种编码的内容拼在了一起,或文件在传送中损坏;这些位置的文字已不可信。\n\n## 怎么改\n\n\
             从原系统重新导出,保存为 UTF-8;拼接文件前先统一编码。",
        en: "## What\n\nRead in the encoding that was found, some bytes are no text at all.\n\n## Why\n\n\
             Most often two encodings were pasted together, or the file was damaged on its way; the text there cannot be trusted.\n\n\
             ## How to mend\n\nExport it again as UTF-8; bring parts to one encoding before joining them.",
        messages: &[[
            "bytes",
            "第 {column} 个字处有字节不是 {encoding} 文字(文件第 {offset} 字节)",
            "at character {column}: bytes that are not {encoding} text (byte {offset} of the file)",
        ]],
    },
    Page {
        id: "intake/ragged-record",
        severity: Severity::Error,
        title: ["记录的列数与表头不符", "Record of another width than the header"],
        zh: "## 查什么\n\n一行的单元格比表头少,或比表头多且多出的不是空格。\n\n## 为什么\n\n\
             列数不符时无法知道哪个值属于哪一列,这一行不参加核对。\n\n## 怎么改\n\n\
             补齐缺少的分隔符;内容里的逗号须用英文双引号括住整个单元格。",
        en: "## What\n\nA row has fewer cells than the header, or more and not blank ones.\n\n## Why\n\n\
             Nobody can tell which value belongs to which column, so the row is not checked.\n\n## How to mend\n\n\
             Add the missing delimiters; put a cell that holds a delimiter in double quotes.",
        messages: &[
            [
                "too-few",
                "有 {found} 个单元格,表头有 {expected} 个",
                "cells: {found}; the header has {expected}",
            ],
            [
                "too-many",
                "有 {found} 个单元格,表头只有 {expected} 个",
                "cells: {found}; the header has only {expected}",
            ],
        ],
    },
    Page {
        id: "intake/broken-quote",
        severity: Severity::Error,
        title: ["引号没有正确配对", "Broken quotes"],
        zh: "## 查什么\n\n单元格以双引号开头,但引号后还有文字,或者引号一直没有结束。\n\n## 为什么\n\n\
             引号决定一格到哪里为止;配错时这一行的内容无法确定,不参加核对。\n\n## 怎么改\n\n\
             内容中的双引号写成两个(\"\"),并用一对双引号括住整个单元格;由表格软件另存可以自动处理。",
        en: "## What\n\nA cell begins with a double quote, but text follows the closing one, or nothing closes it.\n\n## Why\n\n\
             Quotes say where a cell ends; if they do not match, the row cannot be trusted and is not checked.\n\n## How to mend\n\n\
             Double the quotes inside a cell (\"\") and put the whole cell in quotes; a spreadsheet program does so when it saves.",
        messages: &[
            ["after-quote", "引号之后还有文字", "text follows a closing quote"],
            ["unclosed", "引号没有结束", "a quote is never closed"],
            [
                "wrong-escape",
                "引号前用了反斜杠(\\\"),应写成两个引号",
                "a quote is escaped by a backslash instead of by doubling it",
            ],
            [
                "stray",
                "没有用引号括住的单元格里有引号:“{text}”",
                "a quote within a cell that is not in quotes: `{text}`",
            ],
            [
                "too-long",
                "从这一行起的一条记录超过 8 MiB,已在此处截断;多半是引号没有结束,或换行符丢失",
                "a record that begins on this line is longer than 8 MiB and was cut; a quote may never close, or line ends were lost",
            ],
        ],
    },
    Page {
        id: "intake/repeated-header",
        severity: Severity::Warning,
        title: ["表头重复出现", "Header repeated"],
        zh: "## 查什么\n\n记录中间又出现一行表头。\n\n## 为什么\n\n\
             多半是几个文件直接拼接而成;若后一段的列序不同,内容会错位。\n\n## 怎么改\n\n删去重复的表头,并核对其后各列是否与前面一致。",
        en: "## What\n\nThe header stands among the records again.\n\n## Why\n\n\
             Files were joined as they were; if the columns of a later one stand in another order, values are in the wrong place.\n\n\
             ## How to mend\n\nRemove the repeated header and see that the columns below it are the same.",
        messages: &[["repeated", "这一行又是表头,已跳过", "the header again; the row was left out"]],
    },
    Page {
        id: "intake/duplicate-column",
        severity: Severity::Warning,
        title: ["两列表头相同", "Two columns of one meaning"],
        zh: "## 查什么\n\n两列的表头指同一项内容。\n\n## 为什么\n\n只能采用其中靠前的一列,另一列没有核对。\n\n## 怎么改\n\n\
             删去多余的一列,或改用能够区分的表头。",
        en: "## What\n\nTwo headers mean the same column.\n\n## Why\n\nOnly the first is used; the other was not checked.\n\n\
             ## How to mend\n\nRemove one of them, or give it a header that tells them apart.",
        messages: &[[
            "duplicate",
            "“{header}”与“{first}”指同一项内容,只采用了“{first}”一列",
            "`{header}` and `{first}` are the same column; only `{first}` was used",
        ]],
    },
    Page {
        id: "intake/unit-conflict",
        severity: Severity::Warning,
        title: ["单元格单位与表头单位不同", "Unit of cell and header differ"],
        zh: "## 查什么\n\n单元格自带的金额单位与表头注明的单位不同。\n\n## 为什么\n\n\
             按单元格的单位换算;若其实应按表头的单位,金额会差十倍以上。\n\n## 怎么改\n\n统一按表头单位填写,单元格内不再写单位。",
        en: "## What\n\nThe cell names another unit of money than its header.\n\n## Why\n\n\
             The cell's unit was taken; if the header's was meant, the amount is off by powers of ten.\n\n## How to mend\n\n\
             Give all amounts in the header's unit and leave units out of the cells.",
        messages: &[[
            "conflict",
            "“{value}”写的单位是{cell-unit},表头写的是{header-unit}",
            "`{value}` is in {cell-unit}, but the header says {header-unit}",
        ]],
    },
    Page {
        id: "intake/rounded",
        severity: Severity::Notice,
        title: ["小数位过多", "More decimals than are kept"],
        zh: "## 查什么\n\n数字的小数位比该列保留的多。\n\n## 为什么\n\n\
             多出的位数在核对时按四舍五入处理;金额出现不足一分的零头,多半是公式算出后没有取整。\n\n## 怎么改\n\n按该列要求取整后填写。",
        en: "## What\n\nThe number has more decimals than its column keeps.\n\n## Why\n\n\
             It was rounded for checking; fractions of a 分 mostly come from formulas that were not rounded.\n\n## How to mend\n\n\
             Round it to what the column asks for.",
        messages: &[[
            "rounded",
            "“{value}”的小数位过多,已四舍五入",
            "`{value}` has too many decimals and was rounded",
        ]],
    },
];
