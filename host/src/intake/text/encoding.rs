//! Which encoding a text is in: by evidence, in this order: a byte order mark, valid UTF-8, decodable as GB18030.
//!
//! Where bytes decode in no encoding, the one with the fewest faults is taken and every fault is kept with its place.

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use serde::Serialize;

/// The encoding a text was read in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EncodingFound {
    /// As the standard names it: `UTF-8`, `GB18030`.
    pub name: String,
    /// How it was found.
    pub how: EncodingHow,
    /// How many places could not be decoded.
    pub undecodable: u64,
}

/// How an encoding was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EncodingHow {
    /// The file begins with a byte order mark.
    Mark,
    /// All bytes are ASCII, so every encoding reads them alike.
    Ascii,
    /// All bytes decode, and only in this encoding among those tried before.
    Decodes,
    /// Fewest places that do not decode.
    FewestFaults,
    /// A person said so.
    Given,
}

/// An encoding with all that is needed to read in it.
#[derive(Debug)]
pub(crate) struct Detected {
    pub(crate) encoding: &'static Encoding,
    pub(crate) found: EncodingFound,
    /// Bytes of the byte order mark.
    pub(crate) mark: usize,
    /// Offsets of the first bytes that do not decode, in order, at most [`FAULTS_KEPT`].
    pub(crate) faults: Vec<u64>,
}

/// More places than anybody reads; the rest are only counted.
pub(crate) const FAULTS_KEPT: usize = 1000;

/// Finds the encoding; `given` overrules all evidence but a byte order mark.
pub(crate) fn detect(bytes: &[u8], given: Option<&'static Encoding>) -> Detected {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return checked(bytes, encoding, mark, EncodingHow::Mark);
    }
    if let Some(encoding) = given {
        return checked(bytes, encoding, 0, EncodingHow::Given);
    }
    if bytes.is_ascii() {
        return Detected {
            encoding: UTF_8,
            found: found(UTF_8, EncodingHow::Ascii, 0),
            mark: 0,
            faults: Vec::new(),
        };
    }
    let utf_8 = checked(bytes, UTF_8, 0, EncodingHow::Decodes);
    if utf_8.found.undecodable == 0 {
        return utf_8;
    }
    let gb = checked(bytes, GB18030, 0, EncodingHow::Decodes);
    if gb.found.undecodable == 0 {
        return gb;
    }
    let mut best = if utf_8.found.undecodable <= gb.found.undecodable { utf_8 } else { gb };
    best.found.how = EncodingHow::FewestFaults;
    best
}

/// The encoding a person names, such as `gbk`.
pub(crate) fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// Whether the bytes of characters are too unlike ASCII to be split before decoding.
pub(crate) fn must_be_decoded_first(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE || encoding == encoding_rs::ISO_2022_JP
}

fn found(encoding: &'static Encoding, how: EncodingHow, undecodable: u64) -> EncodingFound {
    let name = if encoding == encoding_rs::GBK { GB18030 } else { encoding }.name().to_owned();
    EncodingFound { name: if name == "gb18030" { "GB18030".to_owned() } else { name }, how, undecodable }
}

fn checked(bytes: &[u8], encoding: &'static Encoding, mark: usize, how: EncodingHow) -> Detected {
    let (faults, count) = faults(&bytes[mark..], encoding);
    let faults = faults.into_iter().map(|at| at + mark as u64).collect();
    Detected { encoding, found: found(encoding, how, count), mark, faults }
}

/// Places that do not decode: the first of them, and how many in all.
fn faults(bytes: &[u8], encoding: &'static Encoding) -> (Vec<u64>, u64) {
    if encoding == UTF_8 && std::str::from_utf8(bytes).is_ok() {
        return (Vec::new(), 0);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut scratch = vec![0_u8; 64 * 1024];
    let (mut kept, mut count, mut at) = (Vec::new(), 0, 0);
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut scratch, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return (kept, count),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                count += 1;
                if kept.len() < FAULTS_KEPT {
                    kept.push(at.saturating_sub(usize::from(bad) + usize::from(after)) as u64);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(bytes: &[u8]) -> (String, EncodingHow, u64) {
        let found = detect(bytes, None).found;
        (found.name, found.how, found.undecodable)
    }

    #[test]
    fn encodings_are_found_by_evidence() {
        assert_eq!(name(b"a,b"), ("UTF-8".into(), EncodingHow::Ascii, 0));
        assert_eq!(name("部门".as_bytes()), ("UTF-8".into(), EncodingHow::Decodes, 0));
        assert_eq!(name("\u{feff}部门".as_bytes()), ("UTF-8".into(), EncodingHow::Mark, 0));
        let (gbk, ..) = encoding_rs::GBK.encode("部门,收费项目");
        assert_eq!(name(&gbk), ("GB18030".into(), EncodingHow::Decodes, 0));
    }

    #[test]
    fn a_broken_byte_is_kept_with_its_place() {
        let mut bytes = "部门,收费项目\n公安局,".as_bytes().to_vec();
        bytes.push(0xff);
        bytes.extend("证照费\n".as_bytes());
        let detected = detect(&bytes, None);
        assert_eq!((detected.found.name.as_str(), detected.faults.as_slice()), ("UTF-8", &[30_u64][..]));
    }

    #[test]
    fn what_a_person_says_counts() {
        let detected = detect("部门".as_bytes(), named("gbk"));
        assert_eq!((detected.found.how, detected.found.name.as_str()), (EncodingHow::Given, "GB18030"));
        assert!(named("klingon").is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_encoding(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let detected = detect(&bytes, None);
            prop_assert!(detected.faults.iter().all(|at| (*at as usize) <= bytes.len()));
        }
    }
}
