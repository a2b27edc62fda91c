//! Compiled packs between runs: the second load comes from the cache, and a cache that was tampered with is not used.

use std::fs;
use std::path::{Path, PathBuf};

use mingcha::runtime::{Cache, Origin, Pack};

use crate::common::engine;

fn load(directory: &Path) -> Pack {
    let bundled = mingcha_bundle::PACKS[0];
    let cache = Cache::at(directory.to_owned());
    Pack::load(&engine(), &cache, bundled.name, bundled.bytes, Origin::BuiltIn)
        .expect("a built-in pack loads")
}

fn files(directory: &Path) -> Vec<PathBuf> {
    fs::read_dir(directory).expect("the cache").map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn a_compiled_pack_is_kept_for_the_next_run_and_for_this_user_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = folder.path().join("cache");
    let first = load(&directory);
    let kept = files(&directory);
    assert_eq!(kept.len(), 1, "{kept:?}");
    let written = fs::metadata(&kept[0]).expect("the file").modified().expect("a time");
    assert_eq!(load(&directory).manifest, first.manifest);
    assert_eq!(
        fs::metadata(&kept[0]).expect("the file").modified().expect("a time"),
        written,
        "it was compiled again"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&directory).expect("the folder").permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn a_compiled_pack_that_was_tampered_with_is_compiled_anew() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let first = load(folder.path());
    let file = files(folder.path()).remove(0);
    let mut content = fs::read(&file).expect("the file");
    let sound = content.clone();
    let middle = content.len() / 2;
    content[middle] ^= 0xff;
    fs::write(&file, &content).expect("the file is changed");
    assert_eq!(load(folder.path()).manifest, first.manifest);
    assert!(fs::read(&file).expect("the file").len() == sound.len(), "a sound file took its place");
    assert_ne!(fs::read(&file).expect("the file"), content, "the changed file was used");
    fs::write(&file, b"short").expect("the file is cut");
    assert_eq!(load(folder.path()).manifest, first.manifest);
}

#[test]
fn a_built_in_pack_that_is_not_needed_is_not_compiled() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (bundled, cache) = (mingcha_bundle::PACKS[1], Cache::at(folder.path().to_owned()));
    let built_in =
        || Pack::built_in(&engine(), &cache, bundled.name, bundled.bytes).expect("a built-in pack loads");
    let compiled = || {
        let is_code = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "compiled");
        files(folder.path()).into_iter().find(is_code)
    };
    let first = built_in();
    fs::remove_file(compiled().expect("the first time it is compiled")).expect("the file goes");
    let second = built_in();
    assert_eq!((&second.manifest, &second.digest), (&first.manifest, &first.digest));
    assert_eq!((&second.imports, second.bytes), (&first.imports, first.bytes));
    assert_eq!(compiled(), None);
    assert_eq!(second.describe_again().expect("it runs"), first.manifest);
    assert!(compiled().is_some(), "what was needed is kept");
}
