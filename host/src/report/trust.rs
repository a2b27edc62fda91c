//! Who answers for the packs of a run: what stands on the first page of every report.

use crate::audit::record::{PackRecord, RunManifest};
use crate::manifest::Language;
use crate::runtime::Pack;
use crate::trust::{Signer, Trust, short};

/// Who answers for one pack.
#[must_use]
pub fn line(pack: &Pack, language: Language) -> String {
    told(&pack.manifest.id, &pack.manifest.version, &pack.digest, &pack.trust, language)
}

/// One line for the packs that came with the program, one for each other; strangers' are told apart from signed ones.
#[must_use]
pub fn lines(manifest: &RunManifest, language: Language) -> Vec<String> {
    let name = |pack: &PackRecord| format!("{} {}", pack.id, pack.version);
    let (built_in, others): (Vec<&PackRecord>, Vec<&PackRecord>) =
        manifest.packs.iter().partition(|pack| pack.trust == Trust::BuiltIn);
    let mut lines = Vec::new();
    if !built_in.is_empty() {
        let names: Vec<String> = built_in.into_iter().map(name).collect();
        lines.push(match language {
            Language::Zh => format!("内置规则包:{}", names.join("、")),
            Language::En => format!("built-in packs: {}", names.join(", ")),
        });
    }
    let line = |pack: &PackRecord| told(&pack.id, &pack.version, &pack.sha256, &pack.trust, language);
    lines.extend(others.into_iter().map(line));
    lines
}

fn told(id: &str, version: &str, sha256: &str, trust: &Trust, language: Language) -> String {
    let digest = short(sha256);
    let owner = |signer: &Signer| match language {
        Language::Zh => format!("“{}”(密钥 {}…)", signer.name, short(&signer.key)),
        Language::En => format!("“{}” (key {}…)", signer.name, short(&signer.key)),
    };
    match (trust, language) {
        (Trust::BuiltIn, Language::Zh) => format!("规则包 {id} {version}(摘要 {digest}…):随程序内置"),
        (Trust::BuiltIn, Language::En) => format!("pack {id} {version} ({digest}…): built in"),
        (Trust::Signed { signers }, Language::Zh) => {
            let owners = signers.iter().map(owner).collect::<Vec<_>>().join("、");
            format!("规则包 {id} {version}(摘要 {digest}…):由{owners}签名")
        }
        (Trust::Signed { signers }, Language::En) => {
            let owners = signers.iter().map(owner).collect::<Vec<_>>().join(", ");
            format!("pack {id} {version} ({digest}…): signed by {owners}")
        }
        (Trust::Unsigned, Language::Zh) => {
            format!(
                "注意:规则包 {id} {version}(摘要 {digest}…)没有可信的签名,由使用者以 --allow-unsigned 放行"
            )
        }
        (Trust::Unsigned, Language::En) => format!(
            "note: nobody trusted signed the pack {id} {version} ({digest}…); the user let it run with --allow-unsigned"
        ),
    }
}
