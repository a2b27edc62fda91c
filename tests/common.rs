//! What several tests need: the repository, the built-in packs, a run over some files.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mingcha::audit::{self, Request, RunRecord};
use mingcha::intake::{self, Options};
use mingcha::runtime::{Cache, Engine, Limits, Origin, Pack, Period};

/// 2016-11-30, the day the cases and the demo are judged on, in days since 1970-01-01.
pub(crate) const AS_OF: i32 = 17_135;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// An engine under the usual limits.
pub(crate) fn engine() -> Engine {
    Engine::new(Limits::default()).expect("the engine starts")
}

/// The built-in packs, loaded once.
pub(crate) fn packs() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let engine = engine();
        let load = |pack: &mingcha_bundle::Bundled| {
            Pack::load(&engine, &Cache::none(), pack.name, pack.bytes, Origin::BuiltIn)
                .expect("a built-in pack loads")
        };
        mingcha_bundle::PACKS.iter().map(load).collect()
    })
}

/// The pack whose rules begin with this domain.
pub(crate) fn pack_of(domain: &str) -> &'static [Pack] {
    let of = |pack: &Pack| pack.manifest.rules.iter().any(|rule| rule.id.starts_with(&format!("{domain}/")));
    let position = packs().iter().position(of).unwrap_or_else(|| panic!("no pack has rules {domain}/…"));
    &packs()[position..=position]
}

/// A request for the usual day, for all rules, on two threads.
pub(crate) fn request() -> Request {
    Request::on(AS_OF, 2)
}

/// A run of these packs over these files.
pub(crate) fn run(packs: &[Pack], paths: &[PathBuf], request: &Request) -> RunRecord {
    let intake = intake::read(paths, &audit::offers(packs), &Options::default());
    audit::run(packs, &intake, request, &|_, _| {})
}

/// A reporting period by its canonical name.
pub(crate) fn quarter(name: &str, first: i32, last: i32) -> Period {
    Period { first, last, name: name.to_owned() }
}
