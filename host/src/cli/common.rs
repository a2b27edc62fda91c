//! What several commands need: packs, the two output streams, choices by language.

use std::io::Write as _;
use std::path::Path;

use clap::Args;
use encoding_rs::Encoding;

use crate::config::Config;
use crate::intake::{Assignment, Options};
use crate::manifest::{Language, Manifest};
use crate::runtime::{Cache, Engine, Limits, Origin, Pack, PackError};

/// Which packs to use.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PackChoice {
    /// 使用的规则包:内置规则包的编号、built-in(全部内置)或 .wasm 文件,可重复;不写则用全部内置规则包
    /// / packs to use: id of a built-in one, `built-in` for all of them, or a .wasm file; repeatable
    #[arg(long = "pack", value_name = "FILE|ID")]
    pub(super) packs: Vec<String>,
}

impl PackChoice {
    /// Loads them, or without `--pack` those of the configuration; with them, what of the configuration is about them.
    pub(super) fn load_with(
        &self,
        config: &Config,
        language: Language,
    ) -> Result<(Vec<Pack>, Config), String> {
        let named = config.packs.iter().map(|pack| pack.value.clone()).collect();
        let packs =
            if self.packs.is_empty() { Self { packs: named }.load(language)? } else { self.load(language)? };
        let manifests: Vec<&Manifest> = packs.iter().map(|pack| &pack.manifest).collect();
        let config = if self.packs.is_empty() { config.clone() } else { config.only_about(&manifests) };
        config.check(&manifests).map_err(|error| error.sentence(language))?;
        Ok((packs, config))
    }

    /// Loads them; the error is a sentence.
    pub(super) fn load(&self, language: Language) -> Result<Vec<Pack>, String> {
        let engine = Engine::new(Limits::default()).map_err(|error| match language {
            Language::Zh => format!("WebAssembly 引擎无法启动:{error:#}"),
            Language::En => format!("the WebAssembly engine does not start: {error:#}"),
        })?;
        let cache = Cache::of_the_user();
        let everything = ["built-in".to_owned()];
        let chosen = if self.packs.is_empty() { &everything[..] } else { &self.packs[..] };
        let mut packs: Vec<Pack> = Vec::new();
        for name in chosen {
            is_a_name(name, language)?;
            for pack in load(&engine, &cache, name).map_err(|error| error.sentence(language))? {
                pack.check_beside(name, &packs).map_err(|error| error.sentence(language))?;
                packs.push(pack);
            }
        }
        Ok(packs)
    }
}

/// What is no file and has no file's ending was meant as the id of a pack.
fn is_a_name(name: &str, language: Language) -> Result<(), String> {
    let known: Vec<&str> = mingcha_bundle::PACKS.iter().map(|pack| pack.name).collect();
    let is_path = name.contains(['/', '\\', '.']) || Path::new(name).exists();
    if is_path || name == "built-in" || known.contains(&name) {
        return Ok(());
    }
    let ids = known.join(" ");
    if name == crate::intake::rules::manifest().id {
        return Err(either(
            language,
            format!("{name} 是程序自带的读取检查,不是规则包;用 mingcha rules {name} 查看"),
            format!("{name} is the program's own checks while reading, not a pack; see mingcha rules {name}"),
        ));
    }
    let shown = crate::visible(name);
    Err(either(
        language,
        format!("没有规则包 {shown};内置的有:{ids};也可以写 .wasm 文件的路径"),
        format!("there is no pack {shown}; built in are: {ids}; or name a .wasm file"),
    ))
}

fn load(engine: &Engine, cache: &Cache, name: &str) -> Result<Vec<Pack>, PackError> {
    let built_in = mingcha_bundle::PACKS.iter().filter(|pack| name == "built-in" || name == pack.name);
    let built_in: Vec<_> = built_in.collect();
    if built_in.is_empty() || Path::new(name).is_file() {
        return Ok(vec![Pack::from_file(engine, cache, Path::new(name))?]);
    }
    let load =
        |pack: &mingcha_bundle::Bundled| Pack::load(engine, cache, pack.name, pack.bytes, Origin::BuiltIn);
    std::thread::scope(|scope| {
        let loading: Vec<_> = built_in.into_iter().map(|pack| scope.spawn(move || load(pack))).collect();
        loading
            .into_iter()
            .map(|pack| pack.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// What a person said of the files with `--table` and `--encoding`; the error is a sentence.
pub(super) fn options(
    tables: &[String],
    encoding: Option<&str>,
    language: Language,
) -> Result<Options, String> {
    let assignment = |text: &String| {
        Assignment::parse(text).ok_or_else(|| {
            either(
                language,
                format!("--table {text}:应写成 表名=文件 或 表名=文件#工作表"),
                format!("--table {text}: write NAME=FILE or NAME=FILE#SHEET"),
            )
        })
    };
    if let Some(name) = encoding.filter(|name| Encoding::for_label(name.as_bytes()).is_none()) {
        return Err(either(
            language,
            format!("--encoding {name}:没有这种编码;常用的是 utf-8、gb18030、big5"),
            format!("--encoding {name}: there is no such encoding; the usual ones are utf-8, gb18030, big5"),
        ));
    }
    let assignments = tables.iter().map(assignment).collect::<Result<_, _>>()?;
    Ok(Options { encoding: encoding.map(str::to_owned), assignments, ..Options::default() })
}

/// Writes to standard output; styles are dropped where it is no terminal.
pub(super) fn print(text: &str) {
    // A reader that went away (`| head`) is no error of ours.
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard output, byte for byte.
pub(super) fn print_bytes(bytes: &[u8]) {
    let _ = std::io::stdout().lock().write_all(bytes);
}

/// Writes a sentence to standard error.
pub(super) fn complain(sentence: &str) {
    let _ = writeln!(anstream::stderr().lock(), "mingcha: {sentence}");
}

/// Writes lines that are no complaint to standard error.
pub(super) fn note(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Columns of the terminal; 80 where there is none.
pub(super) fn width() -> usize {
    textwrap::termwidth().clamp(60, 160)
}

/// The sentence in the reader's language.
pub(super) fn either(language: Language, zh: String, en: String) -> String {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
