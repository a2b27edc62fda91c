//! What several commands need: packs, the two output streams, choices by language.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use encoding_rs::Encoding;

use crate::config::Config;
use crate::intake::{Assignment, Intake, Options};
use crate::manifest::{Language, Manifest};
use crate::runtime::{Cache, Engine, Execution, Limits, Origin, Pack, PackError};
use crate::trust::{Gate, Refusal};

/// Which packs to use.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PackChoice {
    /// 使用的规则包:内置规则包的编号、built-in(全部内置)或 .wasm 文件,可重复;不写则用配置中的,没有则用全部内置规则包;重做核查时用记录中的
    /// / packs to use: id of a built-in one, `built-in` for all of them, or a .wasm file; repeatable; if not given, those of
    /// the configuration, else all built-in ones; those of the record where a run is repeated
    #[arg(long = "pack", value_name = "FILE|ID")]
    pub(super) packs: Vec<String>,
}

/// Which packs are let in, and how they are run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Loading<'a> {
    /// Who may; without it, packs are only asked what they are.
    pub(super) gate: Option<&'a Gate>,
    /// How.
    pub(super) execution: Execution,
    /// The interpreter runs them, too, and must come to the same.
    pub(super) verify: bool,
}

impl PackChoice {
    /// Loads them, or without `--pack` those of the configuration; with them, what of the configuration is about them.
    pub(super) fn load_with(
        &self,
        config: &Config,
        language: Language,
    ) -> Result<(Vec<Pack>, Config), String> {
        self.load_with_as(Loading::default(), config, language)
    }

    /// The same, to run them in this way.
    pub(super) fn load_with_as(
        &self,
        loading: Loading<'_>,
        config: &Config,
        language: Language,
    ) -> Result<(Vec<Pack>, Config), String> {
        let named = Self { packs: config.packs.iter().map(|pack| pack.value.clone()).collect() };
        let packs = if self.packs.is_empty() { &named } else { self }.load_as(loading, language)?;
        let manifests: Vec<&Manifest> = packs.iter().map(|pack| &pack.manifest).collect();
        let config = if self.packs.is_empty() { config.clone() } else { config.only_about(&manifests) };
        config.check(&manifests).map_err(|error| error.sentence(language))?;
        Ok((packs, config))
    }

    /// Loads them, to ask what they are; the error is a sentence.
    pub(super) fn load(&self, language: Language) -> Result<Vec<Pack>, String> {
        self.load_as(Loading::default(), language)
    }

    /// Loads them, to run them in this way; the error is a sentence.
    pub(super) fn load_as(&self, loading: Loading<'_>, language: Language) -> Result<Vec<Pack>, String> {
        let start = |execution| {
            Engine::running(Limits::default(), execution).map_err(|error| match language {
                Language::Zh => format!("WebAssembly 引擎无法启动:{error:#}"),
                Language::En => format!("the WebAssembly engine does not start: {error:#}"),
            })
        };
        let engine = start(loading.execution)?;
        let second = loading.verify.then(|| start(Execution::Interpreted)).transpose()?;
        let cache = Cache::of_the_user();
        let everything = ["built-in".to_owned()];
        let chosen = if self.packs.is_empty() { &everything[..] } else { &self.packs[..] };
        let mut packs: Vec<Pack> = Vec::new();
        for name in chosen {
            is_a_name(name, language)?;
            let named = found(&engine, name).map_err(|error| error.sentence(language))?;
            for pack in all(&named, |one| one.load(&engine, second.as_ref(), &cache, loading.gate, language))
            {
                let pack = pack?;
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

/// The bytes of a pack that was named.
struct Named {
    name: String,
    bytes: Cow<'static, [u8]>,
    origin: Origin,
}

/// The packs a name stands for.
fn found(engine: &Engine, name: &str) -> Result<Vec<Named>, PackError> {
    let built_in = mingcha_bundle::PACKS.iter().filter(|pack| name == "built-in" || name == pack.name);
    let named = |pack: &mingcha_bundle::Bundled| Named {
        name: pack.name.to_owned(),
        bytes: Cow::Borrowed(pack.bytes),
        origin: Origin::BuiltIn,
    };
    let built_in: Vec<_> = built_in.map(named).collect();
    let path = Path::new(name);
    if !built_in.is_empty() && !path.is_file() {
        return Ok(built_in);
    }
    let bytes = Cow::Owned(Pack::read(engine, path)?);
    Ok(vec![Named { name: path.display().to_string(), bytes, origin: Origin::File(path.to_owned()) }])
}

/// Does this with all of them at once, and gives the results in their order: the compiler takes its time.
fn all<T: Send>(named: &[Named], load: impl Fn(&Named) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let load = &load;
        let loading: Vec<_> = named.iter().map(|one| scope.spawn(move || load(one))).collect();
        let done = |pack: std::thread::ScopedJoinHandle<'_, T>| {
            pack.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        loading.into_iter().map(done).collect()
    })
}

impl Named {
    /// Loads it, where the gate lets it in, with the other engine's opinion if there is one; the error is a sentence.
    fn load(
        &self,
        engine: &Engine,
        second: Option<&Engine>,
        cache: &Cache,
        gate: Option<&Gate>,
        language: Language,
    ) -> Result<Pack, String> {
        let pack = self.load_one(engine, cache, gate, language)?;
        let Some(second) = second else { return Ok(pack) };
        Ok(pack.with_second_opinion(self.load_one(second, cache, gate, language)?))
    }

    fn load_one(
        &self,
        engine: &Engine,
        cache: &Cache,
        gate: Option<&Gate>,
        language: Language,
    ) -> Result<Pack, String> {
        let refused = |refusal: Refusal| refusal.sentence(language);
        let admitted = match (gate, &self.origin) {
            (Some(gate), Origin::File(path)) => Some(gate.admit(path, &self.bytes).map_err(refused)?),
            _ => None,
        };
        let pack = match &self.bytes {
            Cow::Borrowed(bytes) => Pack::built_in(engine, cache, &self.name, bytes),
            Cow::Owned(bytes) => Pack::load(engine, cache, &self.name, bytes, self.origin.clone()),
        };
        let mut pack = pack.map_err(|error| error.sentence(language))?;
        match (gate, admitted) {
            (Some(gate), Some(admitted)) => gate.settle(&self.name, admitted, &mut pack).map_err(refused)?,
            (Some(gate), None) => gate.check_pinned(&self.name, &pack).map_err(refused)?,
            (None, _) => {}
        }
        Ok(pack)
    }
}

/// Days since 1970-01-01 by the clocks in Beijing, where deadlines run.
pub(super) fn today_in_beijing() -> i32 {
    const AHEAD_OF_UTC: u64 = 8 * 3_600;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    i32::try_from((seconds + AHEAD_OF_UTC) / 86_400).unwrap_or(0)
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

/// A run over nothing is a mistake; what is wrong with the paths is said, the error is a sentence.
pub(super) fn something_to_check(intake: &Intake, language: Language) -> Result<(), String> {
    if !intake.findings.is_empty() || intake.parts.iter().any(|part| part.records() > 0) {
        return Ok(());
    }
    for problem in &intake.problems {
        complain(&problem.sentence(language));
    }
    Err(either(
        language,
        "没有可以核查的表格;请检查路径,或用 --table 表名=文件 指定".to_owned(),
        "nothing to check; look at the path, or name the table with --table NAME=FILE".to_owned(),
    ))
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

/// How texts are wrapped for it: no day and no telephone number is broken at its hyphens.
pub(super) fn wrapping() -> textwrap::Options<'static> {
    textwrap::Options::new(width()).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// The sentence in the reader's language.
pub(super) fn either(language: Language, zh: String, en: String) -> String {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
