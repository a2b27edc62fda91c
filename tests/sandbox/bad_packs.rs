//! What is handed in as a pack and is none: one sentence each, and nothing is run.

use std::fs;
use std::path::{Path, PathBuf};

use hostile::Behaviour;
use mingcha::manifest::Language;
use mingcha::runtime::{Cache, Limits, Pack, PackError};

use super::arena::component;
use super::command_line;
use crate::common;

/// What is in the file.
struct Bad {
    name: &'static str,
    bytes: Vec<u8>,
    expected: Expected,
}

enum Expected {
    /// This error, word for word.
    Exactly(Box<dyn Fn(String) -> PackError>),
    /// The engine refuses it, in words of its own that contain these.
    Refused(&'static str),
}

fn exactly(name: &'static str, bytes: &[u8], error: impl Fn(String) -> PackError + 'static) -> Bad {
    Bad { name, bytes: bytes.to_vec(), expected: Expected::Exactly(Box::new(error)) }
}

fn no_component(name: &'static str, bytes: &[u8], found: &'static str) -> Bad {
    exactly(name, bytes, move |name| PackError::NotAComponent { name, found: found.to_owned() })
}

fn imports(name: &'static str, bytes: &[u8], import: &'static str) -> Bad {
    exactly(name, bytes, move |name| PackError::ForbiddenImport { name, import: import.to_owned() })
}

/// A component with nothing in it.
fn nothing(name: &'static str, bytes: &[u8]) -> Bad {
    exactly(name, bytes, |name| PackError::NotAPack { name, missing: "mingcha:rules/pack@0.1.0".to_owned() })
}

fn refused(name: &'static str, bytes: &[u8], reason: &'static str) -> Bad {
    Bad { name, bytes: bytes.to_vec(), expected: Expected::Refused(reason) }
}

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the text is WebAssembly")
}

/// The hostile pack as if it were built against another version of the contract.
fn of_another_contract() -> Vec<u8> {
    let mut bytes = component(Behaviour::WellBehaved);
    let places: Vec<usize> =
        bytes.windows(6).enumerate().filter(|(_, part)| *part == b"@0.1.0").map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "a pack names its contract");
    for at in places {
        bytes[at..at + 6].copy_from_slice(b"@0.9.0");
    }
    bytes
}

/// Components in components, so many deep.
fn nested(depth: usize) -> Vec<u8> {
    let header = b"\0asm\x0d\0\x01\0";
    (0..depth).fold(header.to_vec(), |inner, _| {
        let mut outer = header.to_vec();
        outer.push(4);
        let mut length = inner.len();
        while length >= 0x80 {
            outer.push(u8::try_from(length & 0x7f).unwrap_or_default() | 0x80);
            length >>= 7;
        }
        outer.push(u8::try_from(length).unwrap_or_default());
        outer.extend(inner);
        outer
    })
}

fn many_locals(count: usize) -> String {
    format!("(component (core module (func (local {}))))", "i32 ".repeat(count))
}

fn files() -> Vec<Bad> {
    let pack = component(Behaviour::WellBehaved);
    vec![
        no_component("empty.wasm", b"", "an empty file"),
        no_component("notes.wasm", "不是规则包\n".as_bytes(), "not WebAssembly at all"),
        no_component("workbook.wasm", b"PK\x03\x04\x14\0\x06\0\x08\0", "a zip archive or workbook"),
        no_component(
            "core.wasm",
            &wat("(module (func (export \"f\")))"),
            "a core module; encode it with wit-component first",
        ),
        no_component(
            "precompiled.wasm",
            b"\x7fELF\x02\x01\x01\0",
            "machine code, perhaps a precompiled .cwasm, which is never loaded",
        ),
        no_component("stub.wasm", b"\0asm", "a damaged WebAssembly file"),
        refused("half.wasm", &pack[..pack.len() / 2], "out of bounds"),
        nothing("header.wasm", &pack[..8]),
    ]
}

fn components() -> Vec<Bad> {
    let wasi = r#"(component (import "wasi:cli/environment@0.2.0" (instance (export "get-arguments" (func (result (list string)))))))"#;
    let function = r#"(component (import "print" (func (param "line" string))))"#;
    let ours = r#"(component (import "mingcha:rules/files@0.1.0" (instance (export "read" (func (result string))))))"#;
    let hollow = r#"(component (instance $i) (export "mingcha:rules/pack@0.1.0" (instance $i)) (export "mingcha:rules/check@0.1.0" (instance $i)))"#;
    let exports = r#"(component (instance $i) (export "mingcha:rules/pack@2.0.0" (instance $i)))"#;
    let other = |name, bytes: &[u8], found: &'static str| {
        exactly(name, bytes, move |name| PackError::OtherContract { name, found: found.to_owned() })
    };
    vec![
        imports("wasi.wasm", &wat(wasi), "wasi:cli/environment@0.2.0"),
        imports("function.wasm", &wat(function), "print"),
        imports("files.wasm", &wat(ours), "mingcha:rules/files@0.1.0"),
        other("other.wasm", &of_another_contract(), "mingcha:rules/log@0.9.0"),
        other("newer.wasm", &wat(exports), "mingcha:rules/pack@2.0.0"),
        nothing("nothing.wasm", &wat("(component)")),
        nothing("nested.wasm", &nested(1_000)),
        refused("locals.wasm", &wat(&many_locals(1_000_000)), "locals"),
        refused("hollow.wasm", &wat(hollow), "describe"),
    ]
}

/// What is handed in, and the sentence it ends in; for the scoreboard.
pub(super) fn sentences() -> Vec<(&'static str, String)> {
    let sentence = |bad: &Bad| match &bad.expected {
        Expected::Exactly(error) => error(bad.name.to_owned()).to_string(),
        Expected::Refused(words) => format!("{}: the engine refuses the pack: … {words} …", bad.name),
    };
    files().iter().chain(&components()).map(|bad| (bad.name, sentence(bad))).collect()
}

/// Too large, as a file that takes no room on disk.
fn oversized(folder: &Path) -> (PathBuf, PackError) {
    let path = folder.join("large.wasm");
    let limit = Limits::default().pack_bytes;
    let file = fs::File::create(&path).expect("a file");
    file.set_len(limit as u64 + 1).expect("a long file");
    let name = path.display().to_string();
    (path, PackError::TooLarge { name, bytes: limit + 1, limit })
}

/// The error and the file it speaks of.
fn each(folder: &Path) -> Vec<(PathBuf, PackError)> {
    let engine = common::engine();
    let mut errors = Vec::new();
    for bad in files().into_iter().chain(components()) {
        let path = folder.join(bad.name);
        fs::write(&path, &bad.bytes).expect("a file");
        let error = Pack::from_file(&engine, &Cache::none(), &path).expect_err(bad.name);
        match (&bad.expected, &error) {
            (Expected::Exactly(wanted), error) => {
                assert_eq!(format!("{error:?}"), format!("{:?}", wanted(path.display().to_string())));
            }
            (Expected::Refused(part), PackError::Refused { reason, .. }) => {
                assert!(reason.contains(part), "{}: {reason}", bad.name);
            }
            (Expected::Refused(_), error) => panic!("{}: {error:?}", bad.name),
        }
        errors.push((path, error));
    }
    let (path, wanted) = oversized(folder);
    let error = Pack::from_file(&engine, &Cache::none(), &path).expect_err("too large");
    assert_eq!(format!("{error:?}"), format!("{wanted:?}"));
    errors.push((path, error));
    errors
}

/// With a custom section of so many bytes behind it.
fn with_section(mut component: Vec<u8>, bytes: usize) -> Vec<u8> {
    let mut length = bytes + 2;
    component.push(0);
    while length >= 0x80 {
        component.push(u8::try_from(length & 0x7f).unwrap_or_default() | 0x80);
        length >>= 7;
    }
    component.extend([u8::try_from(length).unwrap_or_default(), 1, b'x']);
    component.resize(component.len() + bytes, 0);
    component
}

#[test]
fn a_large_custom_section_is_dead_weight_and_too_large_a_one_is_not_even_read() {
    let arena = super::arena::Arena::get();
    let heavy = with_section(component(Behaviour::WellBehaved), 16 << 20);
    let pack = arena.load_as("heavy.wasm", &heavy).expect("it is a pack");
    assert_eq!(super::engines::errors(&arena.run_beside(pack, 1)), []);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("heavier.wasm");
    fs::write(&path, with_section(component(Behaviour::WellBehaved), 100 << 20)).expect("a file");
    let limit = Limits::default().pack_bytes;
    let error = Pack::from_file(&common::engine(), &Cache::none(), &path).expect_err("it is too large");
    assert!(matches!(error, PackError::TooLarge { limit: said, .. } if said == limit), "{error}");
}

#[test]
fn what_is_no_pack_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, error) in each(folder.path()) {
        for language in [Language::Zh, Language::En] {
            let sentence = error.sentence(language);
            assert!(sentence.starts_with(&path.display().to_string()), "{sentence}");
            assert!(!sentence.contains('\n') && sentence.chars().count() < 1_000, "{sentence}");
        }
    }
}

#[test]
fn what_is_no_pack_ends_the_command_before_it_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut cases = each(folder.path());
    let missing = folder.path().join("missing.wasm");
    let unreadable =
        |path: &Path| Pack::from_file(&common::engine(), &Cache::none(), path).expect_err("no file");
    for path in [missing, folder.path().to_owned()] {
        let error = unreadable(&path);
        assert!(matches!(error, PackError::Read { .. }), "{error:?}");
        cases.push((path, error));
    }
    for (path, error) in cases {
        for (option, language) in [("zh", Language::Zh), ("en", Language::En)] {
            let output = command_line::check(&path, &["--lang", option]);
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"".as_slice()), "{said}");
            assert_eq!(said, format!("mingcha: {}\n", error.sentence(language)));
        }
    }
}
