//! Telephone numbers of notices and hotlines. The area code of 昌吉州 is 0994, its local numbers have 7 digits
//! (recalled, not verified).
//!
//! Formats only: nothing here knows whether anybody answers.

use crate::text::{half_width, trimmed};
use std::fmt;

/// The area code of 昌吉州.
pub const AREA: &str = "0994";

/// What sort of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TelephoneKind {
    /// With an area code.
    Landline,
    /// Seven or eight digits without an area code.
    Local,
    /// Eleven digits from 13 to 19.
    Mobile,
    /// A short number such as 12345, 12369, 110 or 95598.
    Service,
    /// 400 and 800 numbers.
    TollFree,
}

/// One telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Telephone {
    /// What sort of number it is.
    pub kind: TelephoneKind,
    /// The area code with its 0, of a landline.
    pub area: Option<String>,
    /// The digits without area code and extension.
    pub number: String,
    /// The extension, if one is written.
    pub extension: Option<String>,
}

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TelephoneError {
    /// Something other than digits, brackets, hyphens and an extension.
    NotANumber,
    /// Too many or too few digits for any kind.
    Length,
    /// Digits nobody dials: all the same, or 12345678.
    Placeholder,
}

impl fmt::Display for TelephoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a telephone number",
            Self::Length => "wrong number of digits",
            Self::Placeholder => "a placeholder, not a number",
        })
    }
}

impl std::error::Error for TelephoneError {}

impl Telephone {
    /// Every number of a cell, in order; empty for an empty cell.
    ///
    /// Numbers are joined by `、`, `,`, `/`, `;`, 或 or line ends. A local number after one with an area code
    /// (`0994-2345678、2345679`) shares that code.
    #[must_use]
    pub fn parse_all(text: &str) -> Vec<Result<Self, TelephoneError>> {
        let text = half_width(text);
        let marks = ['、', ',', '，', '/', '／', ';', '；', '或', '\n', '\r'];
        let mut area: Option<String> = None;
        let pieces =
            text.split(marks).map(trimmed).filter(|piece| !piece.is_empty()).flat_map(split_at_spaces);
        let shared = pieces.map(|piece| {
            let mut telephone = Self::parse(piece)?;
            if telephone.kind == TelephoneKind::Local
                && let Some(area) = &area
            {
                telephone = with_area(area, telephone)?;
            }
            area = telephone.area.clone().or_else(|| area.clone());
            Ok(telephone)
        });
        shared.collect()
    }

    /// Reads one number: `0994-2345678`, `(0994)2345678`, `09942345678-123`, `2345678转123`, `13999912345`,
    /// `12369`, `400-123-4567`, each also after `+86` or a name with a colon.
    ///
    /// # Errors
    /// [`TelephoneError`].
    pub fn parse(text: &str) -> Result<Self, TelephoneError> {
        let text = half_width(trimmed(text));
        let text = text.rsplit([':', '：']).next().unwrap_or(&text); // 投诉电话:
        let bare = trimmed(text).replace(['(', ')', '（', '）', ' ', '\u{3000}', '\u{a0}'], "-");
        let bare = bare.replace("转分机", "转").replace("分机", "转").replace(['—', '–', '－'], "-");
        let (main, turned) =
            bare.split_once('转').map_or((bare.as_str(), None), |(main, ext)| (main, Some(ext)));
        let main = main.trim_start_matches('-').strip_prefix("+86").unwrap_or(main);
        let groups: Vec<&str> = main.split('-').filter(|group| !group.is_empty()).collect();
        let extension = turned.map(|ext| ext.trim_matches('-'));
        let all = groups.iter().copied().chain(extension);
        if groups.is_empty()
            || !all.clone().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
        {
            return Err(TelephoneError::NotANumber);
        }
        if extension.is_some_and(|ext| ext.len() > 6) {
            return Err(TelephoneError::Length);
        }
        let telephone = from_groups(&groups)?;
        let extension = telephone.extension.clone().or_else(|| extension.map(str::to_owned));
        Ok(Self { extension, ..telephone })
    }

    /// True for a landline outside 昌吉州. 0991 of 乌鲁木齐 is common there and legitimate.
    #[must_use]
    pub fn has_other_area(&self) -> bool {
        self.area.as_deref().is_some_and(|area| area != AREA)
    }
}

/// `0994-2345678`, `400-1234567`, with `-123` or `转123` behind an extension.
impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(area) = &self.area {
            write!(f, "{area}-")?;
        }
        match self.kind {
            TelephoneKind::TollFree => {
                write!(f, "{}-{}-{}", &self.number[..3], &self.number[3..6], &self.number[6..])?
            }
            _ => f.write_str(&self.number)?,
        }
        self.extension.as_ref().map_or(Ok(()), |extension| write!(f, "转{extension}"))
    }
}

/// Numbers joined by spaces only, if each of them is one; a space also stands after an area code.
fn split_at_spaces(piece: &str) -> Vec<&str> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let numbers = words.len() > 1 && Telephone::parse(piece).is_err();
    if numbers && words.iter().all(|word| Telephone::parse(word).is_ok()) { words } else { vec![piece] }
}

/// Digits in the groups they were written in.
fn from_groups(groups: &[&str]) -> Result<Telephone, TelephoneError> {
    let joined = groups.concat();
    if joined.len() == 10 && (joined.starts_with("400") || joined.starts_with("800")) {
        return checked(TelephoneKind::TollFree, None, &joined, None);
    }
    if joined.starts_with('0') {
        return landline(groups, &joined);
    }
    // 138-9999-1234 is one number in groups; 2345678-123 has an extension.
    if joined.len() == 11 && is_mobile(&joined) && groups[0].len() != 7 && groups[0].len() != 8 {
        return checked(TelephoneKind::Mobile, None, &joined, None);
    }
    match groups {
        [number] if is_service(number) => checked(TelephoneKind::Service, None, number, None),
        [number] => local(number, None),
        [number, extension] if extension.len() <= 6 => local(number, Some(extension)),
        _ => Err(TelephoneError::Length),
    }
}

/// A number that begins with an area code: 010 and 02x have three digits, all others four.
fn landline(groups: &[&str], joined: &str) -> Result<Telephone, TelephoneError> {
    let length = if joined.starts_with("01") || joined.starts_with("02") { 3 } else { 4 };
    let (area, subscriber, extension) = match groups {
        [whole] if whole.len() > length => (&whole[..length], &whole[length..], None),
        [area, subscriber] if area.len() == length => (*area, *subscriber, None),
        [area, subscriber, extension] if area.len() == length => (*area, *subscriber, Some(*extension)),
        [whole, extension] if whole.len() > length => (&whole[..length], &whole[length..], Some(*extension)),
        _ => return Err(TelephoneError::Length),
    };
    let right_length = subscriber.len() == 7 || (subscriber.len() == 8 && area != AREA);
    if !right_length || extension.is_some_and(|extension| extension.len() > 6) {
        return Err(TelephoneError::Length);
    }
    checked(TelephoneKind::Landline, Some(area), subscriber, extension)
}

fn local(number: &str, extension: Option<&str>) -> Result<Telephone, TelephoneError> {
    if !(7..=8).contains(&number.len()) {
        return Err(TelephoneError::Length);
    }
    checked(TelephoneKind::Local, None, number, extension)
}

/// A local number with the area code of the number before it.
fn with_area(area: &str, telephone: Telephone) -> Result<Telephone, TelephoneError> {
    let shared = landline(&[area, &telephone.number], area)?;
    Ok(Telephone { extension: telephone.extension, ..shared })
}

fn checked(
    kind: TelephoneKind,
    area: Option<&str>,
    number: &str,
    extension: Option<&str>,
) -> Result<Telephone, TelephoneError> {
    let dialled = if kind == TelephoneKind::Mobile { &number[3..] } else { number };
    let first = dialled.as_bytes().first();
    let all_equal = dialled.bytes().all(|digit| Some(&digit) == first);
    let counted = matches!(dialled, "1234567" | "12345678") && kind != TelephoneKind::Service;
    if all_equal || counted {
        return Err(TelephoneError::Placeholder);
    }
    Ok(Telephone {
        kind,
        area: area.map(str::to_owned),
        number: number.to_owned(),
        extension: extension.map(str::to_owned),
    })
}

fn is_mobile(number: &str) -> bool {
    number.starts_with('1') && matches!(number.as_bytes()[1], b'3'..=b'9')
}

/// 123xx, 11x, 12x and 9xxxx.
fn is_service(number: &str) -> bool {
    match number.len() {
        3 => number.starts_with("11") || number.starts_with("12"),
        5 => number.starts_with("123") || number.starts_with('9'),
        _ => false,
    }
}

#[cfg(test)]
#[path = "telephone_tests.rs"]
mod tests;
