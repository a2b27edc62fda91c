//! What Rust cannot do: the well-behaved pack as text, with one thing in it changed, and made a component again.
//!
//! Each attack says what it replaces; a replacement that finds nothing fails, so that none becomes a test of nothing.

use std::sync::OnceLock;

use mingcha::runtime::{CallError, Export, PackError};

use super::arena::{Arena, MEMORY_BYTES, component};
use hostile::Behaviour;

/// The well-behaved pack as text.
fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        wasmprinter::print_bytes(component(Behaviour::WellBehaved)).expect("it is WebAssembly")
    })
}

/// The whole function a core export of this name stands for: where it is in the text.
fn function(text: &str, export: &str) -> std::ops::Range<usize> {
    let named = format!("(export \"{export}\" (func ");
    let after = text.find(&named).expect("the export is there") + named.len();
    let number = text[after..].split(')').next().expect("a number").trim();
    let open = format!("(func (;{number};) ");
    // The first module is the pack itself; functions of the shims around it come later.
    let start = text.find(&open).expect("the function is there");
    let mut depth = 0_i64;
    for (at, character) in text[start..].char_indices() {
        depth += i64::from(character == '(') - i64::from(character == ')');
        if depth == 0 {
            return start..start + at + 1;
        }
    }
    panic!("the function {export} does not end");
}

/// With another body; the signature stays.
fn with_body(export: &str, body: &str) -> String {
    let text = text();
    let range = function(text, export);
    let old = &text[range.clone()];
    let signature = old.lines().next().expect("a first line");
    format!("{}{signature}\n{body})\n{}", &text[..range.start], &text[range.end..])
}

fn replaced(from: &str, to: &str) -> String {
    let changed = text().replace(from, to);
    assert_ne!(changed, text(), "there is no {from}");
    changed
}

pub(super) enum Ends {
    /// It runs, and finds what it should.
    Runs,
    /// It is not loaded, for a reason in words with these.
    NotLoaded(&'static str),
    /// Its rules end in an error in words with these.
    Stopped(&'static str),
    /// It ends in this error, when it is loaded or later.
    Call(CallError),
}

impl Ends {
    /// For the scoreboard.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Runs => "runs; nothing is disturbed".to_owned(),
            Self::NotLoaded(words) => format!("not loaded: … {words} …"),
            Self::Stopped(words) => format!("stopped: … {words} …"),
            Self::Call(call) => call.to_string(),
        }
    }
}

const REALLOC: &str = "cabi_realloc";
const PUSH: &str = "mingcha:rules/check@0.1.0#push";
const DESCRIBE: &str = "mingcha:rules/pack@0.1.0#describe";
const POST_PUSH: &str = "cabi_post_mingcha:rules/check@0.1.0#push";

/// What is attacked, with what, and how that ends.
type Attack = (&'static str, String, Ends);

/// A body that never ends.
const SPIN: &str = "loop br 0 end unreachable";

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = vec![("untouched", text().to_owned(), Ends::Runs)];
    attacks.extend(at_the_start());
    attacks.extend(in_realloc());
    attacks.extend(in_answers());
    attacks.extend(in_strings());
    attacks
}

fn deadline(export: Export) -> Ends {
    Ends::Call(CallError::Deadline { export, millis: super::arena::SPIN_MILLIS })
}

fn at_the_start() -> Vec<Attack> {
    let start = text().find("(memory (;0;) ").expect("a memory");
    let end = start + text()[start..].find(')').expect("an end") + 1;
    let end = end + text()[end..].find(')').expect("an end") + 1;
    let memory = format!("{}(memory (;0;) 65536){}", &text()[..start], &text()[end..]);
    let starting = replaced("(data (;0;)", &format!("(func $spin {SPIN}) (start $spin) (data (;0;)"));
    let table = text().find("(table (;0;) ").expect("a table");
    let end = table + text()[table..].find(" funcref").expect("an end");
    let table = format!("{}(table (;0;) 200000000{}", &text()[..table], &text()[end..]);
    let exhausted = || Ends::Call(CallError::Memory { export: Export::Start, bytes: MEMORY_BYTES });
    vec![
        ("memory of four gibibytes from the start", memory, exhausted()),
        ("start function that spins", starting, deadline(Export::Start)),
        ("table of 200 million elements", table, exhausted()),
    ]
}

fn in_realloc() -> Vec<Attack> {
    let realloc = |body| with_body(REALLOC, body);
    vec![
        ("realloc that returns null", realloc("i32.const 0"), Ends::Stopped("out of bounds memory access")),
        ("realloc that returns unaligned memory", realloc("i32.const 65537"), Ends::Stopped("aligned")),
        ("realloc past the end of memory", realloc("i32.const -16"), Ends::Stopped("beyond end of memory")),
        (
            "realloc that always returns the same memory",
            realloc("i32.const 1024"),
            Ends::Stopped("unreachable"),
        ),
        ("realloc that spins", realloc(SPIN), deadline(Export::Open)),
    ]
}

fn in_answers() -> Vec<Attack> {
    let (describe, push) = (|body| with_body(DESCRIBE, body), |body| with_body(PUSH, body));
    let by_zero = "i32.const 1 i32.const 0 i32.div_u";
    let far = "i32.const -16";
    vec![
        ("describe that returns a pointer past memory", describe(far), Ends::NotLoaded("pointer")),
        ("describe that returns an unaligned pointer", describe("i32.const 1"), Ends::NotLoaded("aligned")),
        ("push that returns a pointer past memory", push(far), Ends::Stopped("pointer")),
        ("push that divides by zero", push(by_zero), Ends::Stopped("divide by zero")),
        ("push that reads past memory", push("i32.const -4 i32.load"), Ends::Stopped("out of bounds")),
        ("push that is unreachable", push("unreachable"), Ends::Stopped("unreachable")),
        ("post-return that traps", with_body(POST_PUSH, "unreachable"), Ends::Stopped("unreachable")),
    ]
}

fn in_strings() -> Vec<Attack> {
    let utf16 = replaced("string-encoding=utf8", "string-encoding=utf16");
    let latin1 = replaced("string-encoding=utf8", "string-encoding=latin1+utf16");
    vec![
        ("strings in UTF-16", utf16, Ends::NotLoaded("is not lower-case words")),
        ("strings in Latin-1", latin1, Ends::Runs),
    ]
}

fn end(name: &str, attack: &str, ends: &Ends) -> Result<(), String> {
    let arena = Arena::get();
    let bytes = wat::parse_str(attack).map_err(|error| format!("it is no WebAssembly: {error}"))?;
    let pack = match (arena.load_as(name, &bytes), ends) {
        (Ok(pack), Ends::Runs | Ends::Stopped(_) | Ends::Call(_)) => pack,
        (Err(PackError::Describe { call, .. }), Ends::Call(wanted)) if call == *wanted => return Ok(()),
        (Err(error), Ends::NotLoaded(words)) if error.to_string().contains(words) => return Ok(()),
        (Ok(_), Ends::NotLoaded(_)) => return Err("it was loaded".to_owned()),
        (Err(error), _) => return Err(format!("it was not loaded: {error}")),
    };
    let record = arena.run_beside(pack, 1);
    let (before, beside) = (&arena.undisturbed, &record);
    if super::arena::of_the_built_in_pack(beside) != super::arena::of_the_built_in_pack(before) {
        return Err("the other pack was disturbed".to_owned());
    }
    let errors = super::engines::errors(&record);
    let all = |words: &str| errors.len() == 3 && errors.iter().all(|(_, said)| said.contains(words));
    let good = match ends {
        Ends::Runs => errors.is_empty(),
        Ends::Stopped(words) => all(words),
        Ends::Call(call) => all(&call.to_string()),
        Ends::NotLoaded(_) => false,
    };
    if good { Ok(()) } else { Err(format!("it came to {errors:?}")) }
}

#[test]
#[expect(clippy::print_stdout, reason = "the scoreboard")]
fn each_rewritten_pack_ends_in_its_outcome() {
    let mut wrong = Vec::new();
    for (name, attack, ends) in attacks() {
        let result = end(name, &attack, &ends);
        println!("{:5} {name:44} {}", if result.is_ok() { "ok" } else { "WRONG" }, ends.sentence());
        wrong.extend(result.err().map(|what| format!("{name}: {what}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
