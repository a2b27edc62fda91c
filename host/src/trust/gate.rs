//! Whether a pack may run: first by its bytes, then by what it says of itself.
//!
//! `--allow-unsigned` lets in what nobody known has signed. It never lets in what was signed wrongly, revoked, rolled
//! back or changed: these are signs of a fault or an attack, not of a missing formality.

use std::fs;
use std::path::Path;

use semver::Version;
use sha2::{Digest as _, Sha256};

use super::{
    Envelope, Lock, Policy, Predicate, Refusal, Signer, Statement, Trust, TrustedKey, envelope_path, key_id,
    short,
};
use crate::iso_date;
use crate::runtime::{Origin, Pack};

/// What a run accepts.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// Whom the user trusts.
    pub policy: Policy,
    /// What the office settled on.
    pub lock: Option<Lock>,
    /// Packs nobody known has signed may run.
    pub allow_unsigned: bool,
    /// Today, in days since 1970-01-01: keys have their time.
    pub today: i32,
}

/// A pack whose bytes may be run; what was signed of it is still to be compared with what it says.
#[derive(Clone, Debug)]
pub struct Admitted {
    trust: Trust,
    signed: Option<Predicate>,
}

impl Gate {
    /// Looks at the bytes of a pack and at the signature beside it, before anything of it is compiled.
    ///
    /// # Errors
    /// It may not run.
    pub fn admit(&self, path: &Path, bytes: &[u8]) -> Result<Admitted, Refusal> {
        let name = path.display().to_string();
        let digest = crate::hex(&Sha256::digest(bytes));
        self.check_not_revoked(&name, &digest)?;
        if mingcha_bundle::PACKS.iter().any(|pack| pack.bytes == bytes) {
            return Ok(Admitted { trust: Trust::BuiltIn, signed: None });
        }
        let Some((envelope, keys)) = self.signatures(&name, &envelope_path(path))? else {
            return Ok(Admitted { trust: Trust::Unsigned, signed: None });
        };
        let mut signed = None;
        for key in &keys {
            let statement = envelope.open(&key.key).map_err(|_| wrong_signature(&name, key))?;
            if !statement.is_about(&digest) {
                return Err(other_bytes(&name, key, &digest));
            }
            signed = Some(statement);
        }
        let Some(Statement { predicate, .. }) = signed else {
            return Ok(Admitted { trust: Trust::Unsigned, signed: None });
        };
        let signers = self.who_may(&name, &keys, &predicate.id)?;
        let trust = if signers.is_empty() { Trust::Unsigned } else { Trust::Signed { signers } };
        Ok(Admitted { trust, signed: Some(predicate) })
    }

    /// Of those who signed, who may; none where they are too few and the pack may run all the same.
    fn who_may(&self, name: &str, keys: &[&TrustedKey], id: &str) -> Result<Vec<Signer>, Refusal> {
        let may = |key: &TrustedKey| {
            self.check_day(name, key)?;
            self.check_scope(name, key, id)?;
            Ok(Signer { name: key.name.clone(), key: key_id(&key.key) })
        };
        let (good, bad): (Vec<_>, Vec<_>) = keys.iter().map(|key| may(key)).partition(Result::is_ok);
        let good: Vec<Signer> = good.into_iter().flatten().collect();
        let needed = self.policy.signers_needed(id);
        if good.len() >= needed {
            return Ok(good);
        }
        match bad.into_iter().find_map(Result::err) {
            Some(refusal) => Err(refusal),
            None if self.allow_unsigned => Ok(Vec::new()),
            None => Err(too_few(name, &good, needed)),
        }
    }

    /// Compares what the pack says of itself with what was signed, with the lowest version and with the lock.
    ///
    /// # Errors
    /// It may not run.
    pub fn settle(&self, name: &str, admitted: Admitted, pack: &mut Pack) -> Result<(), Refusal> {
        pack.trust = admitted.trust;
        let manifest = &pack.manifest;
        if let Some(signed) = admitted.signed {
            if signed.id != manifest.id || signed.version != manifest.version {
                return Err(renamed(name, &signed, pack));
            }
            // The contract is that of the program it was signed with; a later one may run it all the same.
            if signed.settings_sha256 != crate::hex(&Sha256::digest(&manifest.settings)) {
                return Err(other_settings(name));
            }
        }
        self.check_pinned(name, pack)
    }

    /// The lowest version and the lock: they hold for packs that came with the program, too.
    ///
    /// # Errors
    /// It may not run.
    pub fn check_pinned(&self, name: &str, pack: &Pack) -> Result<(), Refusal> {
        if pack.origin == Origin::BuiltIn {
            self.check_not_revoked(name, &pack.digest)?;
        }
        self.check_version(name, pack)?;
        self.lock.as_ref().map_or(Ok(()), |lock| lock.check(name, pack))
    }

    /// The signature, and the keys of the policy it claims; none where the pack may run without.
    fn signatures(&self, name: &str, file: &Path) -> Result<Option<(Envelope, Vec<&TrustedKey>)>, Refusal> {
        if !file.exists() {
            return if self.allow_unsigned { Ok(None) } else { Err(unsigned(name, file)) };
        }
        let text = fs::read(file).unwrap_or_default();
        let envelope: Envelope = serde_json::from_slice(&text).map_err(|_| no_envelope(name, file))?;
        let mut known: Vec<&TrustedKey> = Vec::new();
        for key in &self.policy.keys {
            let id = key_id(&key.key);
            // One key under two names is one signer.
            if envelope.claimed().any(|claimed| claimed == id)
                && known.iter().all(|other| other.key != key.key)
            {
                known.push(key);
            }
        }
        match known.is_empty() {
            false => Ok(Some((envelope, known))),
            true if self.allow_unsigned => Ok(None),
            true => Err(self.stranger(name, &envelope)),
        }
    }

    fn check_not_revoked(&self, name: &str, digest: &str) -> Result<(), Refusal> {
        if !self.policy.revoked.iter().any(|revoked| revoked == digest) {
            return Ok(());
        }
        let digest = short(digest);
        let zh = format!("该规则包(摘要 {digest}…)已被信任策略撤销,未予加载;请换用新版本");
        let en =
            format!("the trust policy revokes this pack (digest {digest}…); it was not run. Get a newer one");
        Err(Refusal::new(name, &zh, &en))
    }

    fn check_day(&self, name: &str, key: &TrustedKey) -> Result<(), Refusal> {
        let early = key.since.is_some_and(|since| self.today < since);
        let late = key.until.is_some_and(|until| until <= self.today);
        if !early && !late {
            return Ok(());
        }
        let day = |day: Option<i32>| day.map_or("…".to_owned(), iso_date::text);
        let (signer, since, until, today) =
            (&key.name, day(key.since), day(key.until), iso_date::text(self.today));
        let zh = format!(
            "签名人“{signer}”的密钥只在 {since} 起至 {until} 前有效,今天是 {today},未予加载;请索取用有效密钥签名的版本"
        );
        let en = format!(
            "the key of “{signer}” is valid from {since} until before {until}, and today is {today}; the pack was not run. Ask \
             for one signed with a valid key"
        );
        Err(Refusal::new(name, &zh, &en))
    }

    fn check_scope(&self, name: &str, key: &TrustedKey, id: &str) -> Result<(), Refusal> {
        if key.may_sign(id) {
            return Ok(());
        }
        let (signer, packs) = (&key.name, key.packs.join(" "));
        let zh = format!(
            "签名人“{signer}”只可签编号以 {packs} 开头的规则包,不可签 {id},未予加载;如应允许,请在信任策略的 packs 中加上"
        );
        let en = format!(
            "“{signer}” may sign packs whose ids begin with {packs}, not {id}; it was not run. If this should be allowed, add it \
             to packs in the trust policy"
        );
        Err(Refusal::new(name, &zh, &en))
    }

    fn check_version(&self, name: &str, pack: &Pack) -> Result<(), Refusal> {
        let manifest = &pack.manifest;
        let Some((_, lowest)) = self.policy.lowest.iter().find(|(id, _)| *id == manifest.id) else {
            return Ok(());
        };
        if Version::parse(&manifest.version).is_ok_and(|version| version >= *lowest) {
            return Ok(());
        }
        let (id, version) = (&manifest.id, &manifest.version);
        let zh = format!(
            "规则包 {id} 的版本 {version} 低于信任策略要求的最低版本 {lowest},不接受回退;请换用新版本"
        );
        let en = format!(
            "version {version} of the pack {id} is below {lowest}, the lowest the trust policy takes; there is no rolling back. \
             Get a newer one"
        );
        Err(Refusal::new(name, &zh, &en))
    }

    fn stranger(&self, name: &str, envelope: &Envelope) -> Refusal {
        let keys: Vec<String> = envelope.claimed().map(|id| format!("{}…", short(id))).collect();
        let (keys, path) = (keys.join(" "), self.policy.path.as_deref());
        let (zh_where, en_where) = match path {
            Some(path) => (path.display().to_string(), path.display().to_string()),
            None => {
                ("信任策略(现在没有,用 --trust 指定)".to_owned(), "a trust policy (--trust FILE)".to_owned())
            }
        };
        let zh = format!(
            "签名所用密钥 {keys} 不在信任之列,未予加载;核实签名人后把其公钥写入{zh_where},或用 --allow-unsigned 只此一次放行"
        );
        let en = format!(
            "it is signed with {keys}, a key you do not trust, and was not run; once you know whose it is, put the public key \
             into {en_where}, or let the pack run this once with --allow-unsigned"
        );
        Refusal::new(name, &zh, &en)
    }
}

fn unsigned(name: &str, file: &Path) -> Refusal {
    let file = file.display();
    let zh = format!(
        "规则包没有签名(没有 {file}),未予加载;请向作者索取签名,或用 --allow-unsigned 放行(报告首页会注明)"
    );
    let en = format!(
        "the pack is not signed (there is no {file}) and was not run; ask its author for the signature, or let it run with \
         --allow-unsigned (the report's first page says so)"
    );
    Refusal::new(name, &zh, &en)
}

fn no_envelope(name: &str, file: &Path) -> Refusal {
    let file = file.display();
    let zh = format!("{file} 不是签名文件(DSSE),规则包未予加载;请重新索取,不要只取其中一个文件");
    let en = format!(
        "{file} is no signature (DSSE), and the pack was not run; get both files from its author again"
    );
    Refusal::new(name, &zh, &en)
}

fn wrong_signature(name: &str, key: &TrustedKey) -> Refusal {
    let signer = &key.name;
    let zh = format!("签名自称出自“{signer}”,但与其公钥不符,未予加载;文件可能被改动,请向签名人重新索取");
    let en = format!(
        "the signature claims to be by “{signer}” and does not fit their key; the pack was not run. It may have been tampered \
         with: get it from them again"
    );
    Refusal::new(name, &zh, &en)
}

fn too_few(name: &str, good: &[Signer], needed: usize) -> Refusal {
    let signers = good.iter().map(|signer| signer.name.as_str()).collect::<Vec<_>>().join("、");
    let count = good.len();
    let zh = format!(
        "信任策略要求 {needed} 个签名,现在只有 {count} 个(“{signers}”),未予加载;请其他签名人用 mingcha pack sign 补签"
    );
    let en = format!(
        "the trust policy asks for {needed} signatures and there are {count} (“{signers}”); the pack was not run. Have others \
         add theirs with mingcha pack sign"
    );
    Refusal::new(name, &zh, &en)
}

fn other_bytes(name: &str, key: &TrustedKey, digest: &str) -> Refusal {
    let (signer, digest) = (&key.name, short(digest));
    let zh =
        format!("“{signer}”签的不是这个文件(摘要 {digest}…),签名之后规则包变了,未予加载;请向签名人重新索取");
    let en = format!(
        "“{signer}” signed another file than this one (digest {digest}…): the pack changed after it was signed and was not run; \
         get it from them again"
    );
    Refusal::new(name, &zh, &en)
}

fn other_settings(name: &str) -> Refusal {
    let zh = "签名所说的设置与规则包自称的设置不同,未予加载;请联系签名人";
    let en = "the settings it was signed with are not those the pack has; it was not run. Ask the signer";
    Refusal::new(name, zh, en)
}

fn renamed(name: &str, signed: &Predicate, pack: &Pack) -> Refusal {
    let Predicate { id, version, .. } = signed;
    let (said_id, said) = (&pack.manifest.id, &pack.manifest.version);
    let zh = format!("签名说是 {id} {version},规则包自称 {said_id} {said},未予加载;请联系签名人");
    let en = format!(
        "signed as {id} {version}, the pack calls itself {said_id} {said}; it was not run. Ask the signer"
    );
    Refusal::new(name, &zh, &en)
}
