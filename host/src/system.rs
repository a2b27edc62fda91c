//! What the operating system says, in the reader's language: its own words are English everywhere.

use std::io::{Error, ErrorKind};

use crate::manifest::Text;

/// Why reading or writing failed, as a phrase for brackets.
#[must_use]
pub fn system_words(error: &Error) -> Text {
    let known = match error.kind() {
        ErrorKind::NotFound => Some("找不到该文件或文件夹"),
        ErrorKind::PermissionDenied => Some("没有权限"),
        ErrorKind::IsADirectory => Some("这是文件夹,不是文件"),
        ErrorKind::NotADirectory => Some("路径中有一段不是文件夹"),
        ErrorKind::InvalidData => Some("内容不是 UTF-8 文字"),
        ErrorKind::UnexpectedEof => Some("内容在中途结束"),
        ErrorKind::StorageFull => Some("磁盘已满"),
        ErrorKind::ReadOnlyFilesystem => Some("磁盘只读"),
        ErrorKind::AlreadyExists => Some("同名文件已存在"),
        ErrorKind::InvalidFilename => Some("文件名不合规定"),
        ErrorKind::FileTooLarge => Some("文件太大"),
        ErrorKind::OutOfMemory => Some("内存不足"),
        ErrorKind::TimedOut => Some("等待超时"),
        ErrorKind::ResourceBusy => Some("文件正被占用"),
        _ => None,
    };
    let zh = match (known, error.raw_os_error()) {
        (Some(words), _) => words.to_owned(),
        (None, Some(code)) => format!("系统错误 {code}"),
        (None, None) => "读写出错".to_owned(),
    };
    Text { zh, en: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_in_chinese_without_the_systems_english() {
        let missing = std::fs::read("/no/such/file").expect_err("no such file");
        let words = system_words(&missing);
        assert_eq!(words.zh, "找不到该文件或文件夹");
        assert!(words.en.contains("No such file"), "{}", words.en);
        assert_eq!(system_words(&Error::from_raw_os_error(40)).zh, "系统错误 40");
    }
}
