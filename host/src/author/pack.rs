//! `mingcha new pack`: a crate to start from.

use std::path::{Path, PathBuf};

use super::{about, filled, names, write};
use crate::manifest::Text;

macro_rules! template {
    ($file:literal) => {
        include_str!(concat!("../../templates/pack/", $file))
    };
}

/// Files of a new pack: where they go, and the template.
const FILES: [(&str, &str); 13] = [
    ("Cargo.toml", template!("Cargo.toml.txt")),
    ("rust-toolchain.toml", template!("rust-toolchain.toml.txt")),
    (".gitignore", template!("gitignore.txt")),
    ("README.md", template!("README.md.txt")),
    ("ci/run", template!("ci-run.txt")),
    ("src/lib.rs", template!("lib.rs.txt")),
    ("src/list.rs", template!("list.rs.txt")),
    ("src/bases.rs", template!("bases.rs.txt")),
    ("src/published_before_issued.rs", template!("published_before_issued.rs.txt")),
    ("fixtures/case.toml", template!("cases/case.toml")),
    (
        "fixtures/{{name}}/published-before-issued/fail-one-day-early/清单-合成数据.csv",
        template!("cases/fail/清单-合成数据.csv"),
    ),
    (
        "fixtures/{{name}}/published-before-issued/fail-one-day-early/findings.snap",
        template!("cases/fail/findings.snap"),
    ),
    (
        "fixtures/{{name}}/published-before-issued/pass-same-day/清单-合成数据.csv",
        template!("cases/pass/清单-合成数据.csv"),
    ),
];

/// Where a new pack takes the kit from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kit {
    /// The folder of its crate.
    Path(PathBuf),
    /// A version of a registry.
    Version(String),
}

impl Kit {
    /// What a person named with `--kit`; without it, the kit of the copy of the repository the program was built in.
    ///
    /// # Errors
    /// Where it is neither a version nor the folder of a kit, or none is near.
    pub fn find(named: Option<&str>) -> Result<Self, Text> {
        let Some(named) = named else { return Self::near_the_program() };
        let folder = Path::new(named);
        for candidate in [folder.to_owned(), folder.join("rules/kit")] {
            if is_kit(&candidate) {
                return candidate.canonicalize().map(Self::Path).map_err(|error| about(&candidate, &error));
            }
        }
        if !named.is_empty() && named.split('.').all(|part| part.parse::<u32>().is_ok()) {
            return Ok(Self::Version(named.to_owned()));
        }
        Err(Text::of(
            format!("--kit {named}:既不是规则工具包(mingcha-kit)的文件夹,也不是 0.1.0 这样的版本号"),
            format!("--kit {named}: neither the folder of the crate mingcha-kit nor a version such as 0.1.0"),
        ))
    }

    fn near_the_program() -> Result<Self, Text> {
        let program = std::env::current_exe().ok();
        let above =
            program.iter().flat_map(|program| program.ancestors()).map(|folder| folder.join("rules/kit"));
        above.into_iter().find(|folder| is_kit(folder)).map(Self::Path).ok_or_else(|| {
            Text::of(
                "附近没有规则工具包(mingcha-kit),它还没有发布到 crates.io;请用 --kit 指明明察源码的文件夹",
                "no kit (mingcha-kit) is near the program, and it is not on crates.io yet; name mingcha's source folder \
                 with --kit",
            )
        })
    }

    fn requirement(&self) -> String {
        match self {
            Self::Path(path) => format!("{{ path = {} }}", toml::Value::String(path.display().to_string())),
            Self::Version(version) => format!("\"{version}\""),
        }
    }

    /// The lock file the kit was tested with, so that a new pack begins with the same libraries.
    fn lock(&self) -> Option<Vec<u8>> {
        let Self::Path(path) = self else { return None };
        std::fs::read(path.join("../../Cargo.lock")).ok()
    }
}

fn is_kit(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim() == "name = \"mingcha-kit\"")
}

/// Writes a new pack into a folder of its name; the answer is that folder.
///
/// # Errors
/// Where the name cannot be one, the folder is there already, or cannot be written.
pub fn new_pack(within: &Path, name: &str, kit: &Kit) -> Result<PathBuf, Text> {
    names::checked(name)?;
    let folder = within.join(name);
    if folder.exists() {
        let shown = folder.display();
        return Err(Text::of(
            format!("{shown} 已经存在,没有动它;请换一个名字,或者先移走它"),
            format!("{shown} is there already and was left alone; choose another name, or move it away"),
        ));
    }
    let (snake, requirement) = (name.replace('-', "_"), kit.requirement());
    let values = [("name", name), ("snake", snake.as_str()), ("kit", requirement.as_str())];
    for (file, template) in FILES {
        write(&folder.join(filled(file, &values)), filled(template, &values).as_bytes())?;
    }
    if let Some(lock) = kit.lock() {
        write(&folder.join("Cargo.lock"), &lock)?;
    }
    make_executable(&folder.join("ci/run")).map_err(|error| about(&folder, &error))?;
    Ok(folder)
}

#[cfg(unix)]
fn make_executable(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_file: &Path) -> std::io::Result<()> {
    Ok(())
}
