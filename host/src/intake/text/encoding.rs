//! Which encoding a text is in: by evidence, in this order: a byte order mark, the zero bytes of UTF-16, valid UTF-8,
//! what decodes as GB18030 or Big5 and in which of them its characters are common.
//!
//! Where bytes decode in no encoding, the one with the fewest faults is taken and every fault is kept with its place.
//! Where too few characters tell, the likelier encoding is taken and marked as a guess.

use super::evidence::{self, Division};
use crate::intake::blob::{Blob, PIECE, Spool};
use encoding_rs::{BIG5, CoderResult, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use serde::Serialize;
use sha2::Digest as _;
use std::io::{self, Write};
use std::ops::{ControlFlow, Range};

/// The encoding a text was read in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EncodingFound {
    /// As the standard names it: `UTF-8`, `GB18030`.
    pub name: String,
    /// How it was found.
    pub how: EncodingHow,
    /// How many places could not be decoded.
    pub undecodable: u64,
    /// The encoding that is nearly as likely, where too few characters tell.
    pub or_else: Option<String>,
    /// The encoding some stretches of the file are in instead.
    pub mixed_with: Option<String>,
    /// How many stretches are.
    pub mixed: u64,
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
    /// The zero bytes and characters of UTF-16.
    ZeroBytes,
    /// Several encodings decode it; in this one its characters are common.
    Frequency,
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
    /// Stretches in another encoding, the first of them.
    pub(crate) aliens: Option<(&'static Encoding, Vec<Range<u64>>)>,
    pub(crate) survey: Survey,
}

/// SHA-256 in the making, for whom all bytes pass anyway.
pub(crate) type Digest = sha2::Sha256;

/// What one look at all bytes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Survey {
    /// Nothing above ASCII.
    ascii: bool,
    /// All of it is valid UTF-8.
    utf_8: bool,
    /// There are zero bytes.
    pub(crate) nul: bool,
    /// There are carriage returns.
    pub(crate) returns: bool,
}

impl Survey {
    /// Looks at all bytes, and takes their digest on the way if there is somebody who wants it.
    pub(super) fn of(blob: &Blob, mut digest: Option<&mut Digest>) -> Self {
        let mut survey = Self { ascii: true, utf_8: true, nul: false, returns: false };
        blob.each_piece(0, &mut |_, bytes| {
            if let Some(digest) = &mut digest {
                digest.update(bytes);
            }
            survey.ascii = survey.ascii && bytes.is_ascii();
            survey.utf_8 = survey.utf_8 && simdutf8::basic::from_utf8(bytes).is_ok();
            survey.nul = survey.nul || memchr::memchr(0, bytes).is_some();
            survey.returns = survey.returns || memchr::memchr(b'\r', bytes).is_some();
            ControlFlow::Continue(())
        });
        survey
    }
}

/// More places than anybody reads; the rest are only counted.
pub(crate) const FAULTS_KEPT: usize = 1000;

/// Finds the encoding; `given` overrules all evidence but a byte order mark. Who wants a digest of all bytes has it taken.
pub(crate) fn detect(blob: &Blob, given: Option<&'static Encoding>, digest: Option<&mut Digest>) -> Detected {
    let survey = Survey::of(blob, digest);
    let mut detected = by_evidence(blob, given, survey);
    detected.survey = survey;
    detected
}

fn by_evidence(blob: &Blob, given: Option<&'static Encoding>, survey: Survey) -> Detected {
    let sample = blob.bytes(0, evidence::SAMPLE as u64);
    if let Some((encoding, mark)) = Encoding::for_bom(&sample) {
        return checked(blob, encoding, mark, EncodingHow::Mark, survey);
    }
    if let Some(encoding) = given {
        return checked(blob, encoding, 0, EncodingHow::Given, survey);
    }
    if let Some(encoding) = evidence::wide(&sample) {
        return checked(blob, encoding, 0, EncodingHow::ZeroBytes, survey);
    }
    if survey.ascii {
        return checked(blob, UTF_8, 0, EncodingHow::Ascii, survey);
    }
    let utf_8 = checked(blob, UTF_8, 0, EncodingHow::Decodes, survey);
    if utf_8.found.undecodable == 0 {
        if evidence::may_be_gb_after_all(blob) {
            let gb = checked(blob, GB18030, 0, EncodingHow::Frequency, survey);
            return doubted(gb, UTF_8);
        }
        return utf_8;
    }
    let division = Division::of(blob);
    if division.utf_8 > division.gb {
        return mixed(
            Detected { found: EncodingFound { how: EncodingHow::FewestFaults, ..utf_8.found }, ..utf_8 },
            division,
        );
    }
    let legacy = legacy(blob, &sample, survey);
    if legacy.encoding == GB18030 && division.utf_8 > 0 {
        return mixed(legacy, division);
    }
    let mut best =
        if utf_8.found.undecodable < legacy.found.undecodable && division.gb == 0 { utf_8 } else { legacy };
    if best.found.undecodable > 0 {
        best.found.how = EncodingHow::FewestFaults;
    }
    best
}

/// A margin of likelihood (as a logarithm) below which a person is asked.
const CERTAIN: f64 = 4.0;

/// Mainland bodies seldom write Big5.
const GB_IS_USUAL: f64 = 1.0;

/// GB18030 or Big5: nearly every text of either decodes in the other too.
fn legacy(blob: &Blob, sample: &[u8], survey: Survey) -> Detected {
    let margin = evidence::gb_over_big5(sample);
    let gb = margin + GB_IS_USUAL >= 0.0;
    let mut detected = checked(blob, if gb { GB18030 } else { BIG5 }, 0, EncodingHow::Decodes, survey);
    let other = if gb { BIG5 } else { GB18030 };
    if detected.found.undecodable == 0 && faults(blob, 0, other).1 == 0 {
        detected.found.how = EncodingHow::Frequency;
        if margin.abs() < CERTAIN {
            return doubted(settled_by_frequency(blob, detected), other);
        }
    }
    detected
}

/// Where the blocks of the characters do not tell, what a browser would say.
fn settled_by_frequency(blob: &Blob, detected: Detected) -> Detected {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    blob.each_piece(0, &mut |_, bytes| {
        detector.feed(bytes, false);
        ControlFlow::Continue(())
    });
    detector.feed(b"", true);
    let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    if guess == BIG5 && detected.encoding == GB18030 {
        return checked(blob, BIG5, 0, EncodingHow::Frequency, detected.survey);
    }
    detected
}

/// Says that another encoding is nearly as likely.
fn doubted(mut detected: Detected, other: &'static Encoding) -> Detected {
    let other = if detected.encoding == other { GB18030 } else { other };
    detected.found.or_else = Some(name(other));
    detected
}

/// Says which stretches are in another encoding; they are no faults of this one.
fn mixed(mut detected: Detected, division: Division) -> Detected {
    let aliens = division.aliens(detected.encoding);
    detected.found.mixed = aliens.as_ref().map_or(0, |(_, (_, count))| *count);
    detected.aliens = aliens.map(|(alien, (ranges, _))| (alien, ranges));
    if let Some((alien, ranges)) = &detected.aliens {
        detected.found.mixed_with = Some(name(alien));
        let inside = |at: u64| {
            let next = ranges.partition_point(|range| range.end <= at);
            // A fault may be told at the byte after the stretch that ends in half a character.
            let near = |range: &Range<u64>| range.start <= at + 1;
            ranges.get(next).is_some_and(near) || next > 0 && ranges[next - 1].end + 1 > at
        };
        let before = detected.faults.len();
        detected.faults.retain(|at| !inside(*at));
        let told = (before - detected.faults.len()) as u64;
        detected.found.undecodable = detected.found.undecodable.saturating_sub(told);
    }
    detected
}

/// Whether bytes are UTF-16, with a mark or without.
pub(crate) fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || evidence::wide(bytes).is_some()
}

/// The beginning of a text, without a mark and space before it; what does not decode is replaced.
pub(crate) fn beginning(bytes: &[u8]) -> String {
    let detected = detect(&Blob::memory(bytes.to_vec()), None, None);
    let (text, _) = detected.encoding.decode_without_bom_handling(&bytes[detected.mark..]);
    text.trim_start().to_owned()
}

/// A name in an archive, in the encoding of the program that packed it.
pub(crate) fn readable(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
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
    EncodingFound { name: name(encoding), how, undecodable, or_else: None, mixed_with: None, mixed: 0 }
}

/// As people call it.
pub(crate) fn name(encoding: &'static Encoding) -> String {
    if encoding == GB18030 || encoding == encoding_rs::GBK { "GB18030" } else { encoding.name() }.to_owned()
}

fn checked(
    blob: &Blob,
    encoding: &'static Encoding,
    mark: usize,
    how: EncodingHow,
    survey: Survey,
) -> Detected {
    let valid = encoding == UTF_8 && survey.utf_8;
    let (faults, count) = if valid { (Vec::new(), 0) } else { faults(blob, mark as u64, encoding) };
    Detected { encoding, found: found(encoding, how, count), mark, faults, aliens: None, survey }
}

/// Places from an offset on that do not decode: the first of them, and how many in all.
fn faults(blob: &Blob, from: u64, encoding: &'static Encoding) -> (Vec<u64>, u64) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut scratch = vec![0_u8; 64 * 1024];
    let (mut kept, mut count) = (Vec::new(), 0);
    let mut decode = |offset: u64, bytes: &[u8], last: bool| {
        let mut at = 0;
        loop {
            let (result, read, _) =
                decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut scratch, last);
            at += read;
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    count += 1;
                    if kept.len() < FAULTS_KEPT {
                        kept.push((offset + at as u64).saturating_sub(u64::from(bad) + u64::from(after)));
                    }
                }
            }
        }
    };
    blob.each_piece(from, &mut |offset, bytes| {
        decode(offset, bytes, false);
        ControlFlow::Continue(())
    });
    decode(blob.len(), b"", true);
    (kept, count)
}

/// All of a text as UTF-8, without its mark.
pub(super) fn decoded_blob(blob: &Blob, encoding: &'static Encoding, mark: usize) -> io::Result<Blob> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut spool = Spool::default();
    let (mut at, mut bytes, mut text) = (mark as u64, vec![0; PIECE], vec![0; PIECE]);
    loop {
        let read = blob.read_at(at, &mut bytes);
        let (mut from, last) = (0, read < bytes.len());
        loop {
            let (result, taken, written, _) = decoder.decode_to_utf8(&bytes[from..read], &mut text, last);
            spool.write_all(&text[..written])?;
            from += taken;
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if last {
            return spool.finish();
        }
        at += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn detect(bytes: &[u8], given: Option<&'static Encoding>) -> Detected {
        super::detect(&Blob::memory(bytes.to_vec()), given, None)
    }

    fn told(bytes: &[u8]) -> (String, EncodingHow, u64) {
        let found = detect(bytes, None).found;
        (found.name, found.how, found.undecodable)
    }

    #[test]
    fn encodings_are_found_by_evidence() {
        assert_eq!(told(b"a,b"), ("UTF-8".into(), EncodingHow::Ascii, 0));
        assert_eq!(told("部门".as_bytes()), ("UTF-8".into(), EncodingHow::Decodes, 0));
        assert_eq!(told("\u{feff}部门".as_bytes()), ("UTF-8".into(), EncodingHow::Mark, 0));
        let (gbk, ..) = encoding_rs::GBK.encode("部门,收费项目");
        assert_eq!(told(&gbk).0, "GB18030");
        let big5 = BIG5.encode("部門名稱,收費項目,政策依據,管理方式").0;
        assert_eq!(told(&big5).0, "Big5");
        for text in ["部门,金额\n甲,1\n", "a\n", "a,b\n1,2\n"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(told(&little), ("UTF-16LE".into(), EncodingHow::ZeroBytes, 0), "{text}");
            assert_eq!(told(&big), ("UTF-16BE".into(), EncodingHow::ZeroBytes, 0), "{text}");
        }
    }

    #[test]
    fn too_few_characters_are_a_guess_and_said_to_be() {
        let detected = detect(&GB18030.encode("部门").0, None);
        assert_eq!((detected.found.name.as_str(), detected.found.or_else.is_some()), ("GB18030", true));
        let plain = detect("浓度,µg/m³\n".as_bytes(), None);
        assert_eq!((plain.found.name.as_str(), plain.found.or_else), ("UTF-8", None));
        assert_eq!(detect("x,µg/m³\n".as_bytes(), None).found.name, "UTF-8");
    }

    #[test]
    fn two_encodings_in_one_file_are_told_apart() {
        let gb = GB18030.encode("公安局,证照费\n").0;
        let text = "部门,收费项目\n教育局,学费\n民政局,住宿费\n";
        let first = [text.as_bytes(), &gb].concat();
        let detected = detect(&first, None);
        assert_eq!((detected.found.name.as_str(), detected.faults.len()), ("UTF-8", 0));
        let aliens = detected.aliens.expect("aliens").1;
        let at = text.len() as u64;
        assert_eq!(aliens, [at..at + 6, at + 7..at + 13]);
        let second = [&GB18030.encode(text).0, "公安局,证照费\n".as_bytes()].concat();
        let detected = detect(&second, None);
        assert_eq!(detected.found.mixed_with.as_deref(), Some("UTF-8"));
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
