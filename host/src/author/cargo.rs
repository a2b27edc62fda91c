//! A pack's crate, as cargo knows it, and cargo itself, started from a clean environment.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::manifest::Text;

/// What cargo says of a pack's crate.
#[derive(Clone, Debug)]
pub struct PackCrate {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as an SPDX expression.
    pub licence: Option<String>,
    /// Where its source is kept.
    pub source: Option<String>,
    /// Where what is built goes.
    pub target: PathBuf,
    /// Folders of crates taken by path, with their names: they must not show in what is built.
    pub(super) beside: Vec<(PathBuf, String)>,
    pub(super) library: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Resolve {
    root: Option<String>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    repository: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    crate_types: Vec<String>,
}

impl PackCrate {
    /// Asks cargo about the crate in this folder.
    ///
    /// # Errors
    /// Where there is no cargo, no crate, or the crate makes no `cdylib`.
    pub fn read(folder: &Path) -> Result<Self, Text> {
        // Cargo runs in that folder: a path from here would lead elsewhere from there.
        let folder = &std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let mut command = cargo();
        command.args(["metadata", "--format-version", "1", "--filter-platform", super::build::TARGET]);
        command.arg("--manifest-path").arg(folder.join("Cargo.toml"));
        let answer = said(&mut command, folder)?;
        let metadata: Metadata =
            serde_json::from_slice(&answer).map_err(|error| no_pack(folder, &error.to_string()))?;
        let root = metadata.resolve.root;
        let (own, others): (Vec<_>, Vec<_>) =
            metadata.packages.into_iter().partition(|package| Some(&package.id) == root.as_ref());
        let package =
            own.into_iter().next().ok_or_else(|| no_pack(folder, "a workspace without a package"))?;
        let library =
            package.targets.iter().find(|target| target.crate_types.iter().any(|kind| kind == "cdylib"));
        let library =
            library.ok_or_else(|| no_pack(folder, "crate-type = [\"cdylib\", \"rlib\"]"))?.name.clone();
        let by_path = others.into_iter().filter(|package| package.source.is_none());
        let beside = by_path.filter_map(|other| Some((other.manifest_path.parent()?.to_owned(), other.name)));
        let folder = package.manifest_path.parent().unwrap_or(folder).to_owned();
        Ok(Self {
            folder,
            name: package.name,
            version: package.version,
            licence: package.license,
            source: package.repository,
            target: metadata.target_directory.join("mingcha"),
            beside: beside.collect(),
            library: library.replace('-', "_"),
        })
    }
}

fn no_pack(folder: &Path, why: &str) -> Text {
    let shown = folder.display();
    Text::of(
        format!("{shown}:不是规则包的工程({why});新建一个:mingcha new pack 名字"),
        format!("{shown}: no crate of a pack ({why}); make one with: mingcha new pack NAME"),
    )
}

/// Cargo, without what an outer cargo says of the crate it is building and without flags meant for that.
pub(super) fn cargo() -> Command {
    const PREFIXES: [&str; 5] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CFG_", "CARGO_FEATURE_", "RUSTC"];
    const NAMES: [&str; 4] = ["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "CLIPPY_ARGS", "CLIPPY_CONF_DIR"];
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if PREFIXES.iter().any(|prefix| text.starts_with(prefix)) || NAMES.contains(&text.as_ref()) {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs it in the folder, where its toolchain file counts; the error is what it wrote to standard error.
pub(super) fn said(command: &mut Command, folder: &Path) -> Result<Vec<u8>, Text> {
    let output = command.current_dir(folder).output().map_err(|error| {
        let words = crate::system_words(&error);
        let shown = folder.display();
        Text::of(
            format!("{shown}:cargo 无法运行({});请安装 Rust(https://rustup.rs),并确认该文件夹存在", words.zh),
            format!("{shown}: cargo does not run ({}); install Rust (https://rustup.rs), and see that the folder is there", words.en),
        )
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Text::of(format!("没有构建成功:\n{words}"), format!("it was not built:\n{words}")))
}
