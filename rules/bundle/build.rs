//! Builds the pack crates for `wasm32-unknown-unknown` and encodes them as components into `OUT_DIR`.
//!
//! A cargo within cargo: it has a target directory of its own beside the outer one's profiles, or the two would wait for
//! each other's lock for ever, and it starts from a clean environment, or clippy's wrapper and the outer flags would
//! apply to packs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use wit_component::ComponentEncoder;

const TARGET: &str = "wasm32-unknown-unknown";
const PACKS: [&str; 4] = ["fee-catalogue", "ppp-quarterly", "env-self-monitoring", "public-response"];

fn main() {
    if let Err(sentence) = build() {
        println!("cargo::error={sentence}");
    }
}

fn build() -> Result<(), String> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("../..");
    let packs = packs();
    watch(&root, &packs);
    require_target()?;
    let out = PathBuf::from(variable("OUT_DIR")?);
    let target = target_directory(&out)?;
    compile(&root, &target, &packs)?;
    for pack in packs {
        let module = target.join(TARGET).join("pack").join(format!("{}.wasm", pack.replace('-', "_")));
        encode(&module, &out.join(format!("{pack}.wasm")))?;
    }
    Ok(())
}

fn packs() -> Vec<&'static str> {
    let hostile = env::var_os("CARGO_FEATURE_HOSTILE").map(|_| "hostile");
    PACKS.into_iter().chain(hostile).collect()
}

fn watch(root: &Path, packs: &[&str]) {
    for path in ["Cargo.toml", "Cargo.lock", "wit", "rules/kit", "rules/values"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    for pack in packs {
        println!("cargo::rerun-if-changed={}", root.join("rules").join(pack).display());
    }
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

fn require_target() -> Result<(), String> {
    let rustc = variable("RUSTC")?;
    let output = Command::new(&rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .map_err(|error| format!("{rustc} does not run: {error}"))?;
    let libraries = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && Path::new(&libraries).is_dir() {
        return Ok(());
    }
    Err(format!("rule packs are built for {TARGET}, which is not installed; run: rustup target add {TARGET}"))
}

/// `target/packs`, from `target/<profile>/build/<crate>/out`.
fn target_directory(out: &Path) -> Result<PathBuf, String> {
    let build = out.ancestors().find(|path| path.file_name().is_some_and(|name| name == "build"));
    let target = build.and_then(|build| build.parent()?.parent());
    Ok(target
        .ok_or_else(|| format!("{} is not inside a cargo target directory", out.display()))?
        .join("packs"))
}

fn compile(root: &Path, target: &Path, packs: &[&str]) -> Result<(), String> {
    let cargo = variable("CARGO")?;
    let mut command = Command::new(&cargo);
    command
        .current_dir(root)
        .args(["build", "--quiet", "--profile", "pack", "--target", TARGET, "--target-dir"])
        .arg(target);
    for pack in packs {
        command.args(["--package", pack]);
    }
    for (name, _) in env::vars_os().filter(|(name, _)| is_of_the_outer_build(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    let output = command.output().map_err(|error| format!("{cargo} does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        println!("cargo::warning={line}");
    }
    Err(format!("the packs {} did not compile; the compiler's words are above", packs.join(", ")))
}

/// What the outer cargo says of the crate it is building, and flags meant for that build only.
fn is_of_the_outer_build(name: &str) -> bool {
    const PREFIXES: [&str; 5] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CFG_", "CARGO_FEATURE_", "RUSTC"];
    const NAMES: [&str; 5] =
        ["CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_DIR", "RUSTFLAGS", "CLIPPY_ARGS", "CLIPPY_CONF_DIR"];
    PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || NAMES.contains(&name)
}

fn encode(module: &Path, component: &Path) -> Result<(), String> {
    let core = fs::read(module).map_err(|error| format!("{}: {error}", module.display()))?;
    let encoded = ComponentEncoder::default()
        .validate(true)
        .module(&core)
        .and_then(|encoder| encoder.encode())
        .map_err(|error| format!("{} cannot be made a component: {error:#}", module.display()))?;
    fs::write(component, encoded).map_err(|error| format!("{}: {error}", component.display()))
}
