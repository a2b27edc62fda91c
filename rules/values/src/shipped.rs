//! Tables of facts that come as files beside the source: what a file says of itself, and its cells, read while the crate
//! is compiled.
//!
//! A file begins with lines `# version 2026-11-23`, `# source …`, `# standing read` (or `recalled`, or `mixed` where its
//! rows say it each), perhaps `# since` and `# until` with the days it speaks of, and further remarks; then a header, then
//! rows of cells between commas. There are no quotes; `/` stands between alternatives within a cell.

/// What a line `# word …` at the beginning says; empty where there is none.
#[must_use]
pub const fn said(table: &'static str, word: &str) -> &'static str {
    let (bytes, word) = (table.as_bytes(), word.as_bytes());
    let mut at = 0;
    while at < bytes.len() && bytes[at] == b'#' {
        let end = line_end(bytes, at);
        let begin = at + 3 + word.len();
        if begin <= end && is_at(bytes, at + 2, word) && bytes[begin - 1] == b' ' {
            return slice(table, begin, end);
        }
        at = end + 1;
    }
    ""
}

/// How many cells a table of so many columns has below its header.
///
/// # Panics
/// At compile time, where a row has another number of cells, or the last does not end with a line end.
#[must_use]
pub const fn count(table: &str, width: usize) -> usize {
    let bytes = table.as_bytes();
    let (mut at, mut rows, mut in_row) = (body(bytes), 0, 0);
    while at < bytes.len() {
        in_row += (bytes[at] == b',' || bytes[at] == b'\n') as usize;
        if bytes[at] == b'\n' {
            assert!(in_row == width, "a row of a table has more or fewer cells than it has columns");
            (rows, in_row) = (rows + 1, 0);
        }
        at += 1;
    }
    assert!(!bytes.is_empty() && bytes[bytes.len() - 1] == b'\n', "a table does not end with a line end");
    rows * width
}

/// The cells below the header, row after row; every row ends with a line end.
#[must_use]
pub const fn cells<const N: usize>(table: &'static str) -> [&'static str; N] {
    let bytes = table.as_bytes();
    let mut cells = [""; N];
    let (mut at, mut start, mut filled) = (body(bytes), body(bytes), 0);
    while at < bytes.len() {
        if bytes[at] == b',' || bytes[at] == b'\n' {
            cells[filled] = slice(table, start, at);
            (filled, start) = (filled + 1, at + 1);
        }
        at += 1;
    }
    cells
}

/// The rows below the header as they stand, for tables that are read when they are needed.
pub fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// How many alternatives the cells of a column have together.
#[must_use]
pub const fn count_alternatives(cells: &[&'static str], width: usize, column: usize) -> usize {
    let (mut at, mut all) = (column, 0);
    while at < cells.len() {
        all += alternatives_in(cells[at]);
        at += width;
    }
    all
}

/// The alternatives of a column, those of one row after those of the row before.
#[must_use]
pub const fn alternatives<const N: usize>(
    cells: &[&'static str],
    width: usize,
    column: usize,
) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut at, mut filled) = (column, 0);
    while at < cells.len() {
        let (cell, bytes) = (cells[at], cells[at].as_bytes());
        let (mut byte, mut start) = (0, 0);
        while byte <= bytes.len() && !bytes.is_empty() {
            if byte == bytes.len() || bytes[byte] == b'/' {
                all[filled] = slice(cell, start, byte);
                (filled, start) = (filled + 1, byte + 1);
            }
            byte += 1;
        }
        at += width;
    }
    all
}

/// Of all [`alternatives`] of a column those of one row, by the cells they were taken from.
#[must_use]
pub const fn of_row(
    all: &'static [&'static str],
    cells: &[&'static str],
    (width, column): (usize, usize),
    row: usize,
) -> &'static [&'static str] {
    let (before, _) = cells.split_at(row * width);
    let (_, from) = all.split_at(count_alternatives(before, width, column));
    from.split_at(alternatives_in(cells[row * width + column])).0
}

/// Whether two texts are the same; for where a table is read.
#[must_use]
pub const fn is(a: &str, b: &str) -> bool {
    a.len() == b.len() && is_at(a.as_bytes(), 0, b.as_bytes())
}

const fn alternatives_in(cell: &str) -> usize {
    let bytes = cell.as_bytes();
    let (mut at, mut marks) = (0, 0);
    while at < bytes.len() {
        marks += (bytes[at] == b'/') as usize;
        at += 1;
    }
    if bytes.is_empty() { 0 } else { marks + 1 }
}

/// Where the first row begins.
const fn body(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() && bytes[at] == b'#' {
        at = line_end(bytes, at) + 1;
    }
    line_end(bytes, at) + 1
}

const fn line_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at] != b'\n' {
        at += 1;
    }
    at
}

const fn is_at(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    let mut index = 0;
    while index < word.len() {
        if at + index >= bytes.len() || bytes[at + index] != word[index] {
            return false;
        }
        index += 1;
    }
    true
}

const fn slice(text: &'static str, from: usize, to: usize) -> &'static str {
    text.split_at(to).0.split_at(from).1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# version 2026-11-23\n# standing mixed\n# 备注\nname,names\n甲,a/b\n乙,\n丙,c\n";
    const CELLS: [&str; count(TABLE, 2)] = cells(TABLE);
    const NAMES: &[&str] = &alternatives::<{ count_alternatives(&CELLS, 2, 1) }>(&CELLS, 2, 1);

    #[test]
    #[should_panic(expected = "more or fewer cells")]
    fn a_row_of_another_width_does_not_compile() {
        assert_eq!(count("name,names\n甲,a\n乙\n丙,c,d\n", 2), 6);
    }

    #[test]
    #[should_panic(expected = "does not end with a line end")]
    fn a_table_without_a_last_line_end_does_not_compile() {
        assert_eq!(count("name,names\n甲,a\n乙,b", 2), 4);
    }

    #[test]
    fn a_table_says_what_it_is() {
        assert_eq!(said(TABLE, "version"), "2026-11-23");
        assert_eq!(said(TABLE, "standing"), "mixed");
        assert_eq!(said(TABLE, "source"), "");
    }

    #[test]
    fn cells_and_their_alternatives_stay_with_their_row() {
        assert_eq!(CELLS, ["甲", "a/b", "乙", "", "丙", "c"]);
        assert_eq!(of_row(NAMES, &CELLS, (2, 1), 0), ["a", "b"]);
        assert_eq!(of_row(NAMES, &CELLS, (2, 1), 1), [""; 0]);
        assert_eq!(of_row(NAMES, &CELLS, (2, 1), 2), ["c"]);
    }
}
