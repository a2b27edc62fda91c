//! How the records of a pass may be spread over several instances of its pack. Reads no record and opens no session.
//!
//! Rules that judge groups share a pass as long as some column is in all their keys: records that agree in every key
//! column of a rule agree in these too, so whatever a rule must see together meets in one instance. Rules that share no
//! column with the others, and those that judge whole tables, are shares of their own.

use super::Request;
use super::plan::{Pass, Plan};
use crate::intake::Intake;
use crate::manifest::{Manifest, Scope};
use crate::runtime::Pack;

/// So many threads feed one instance in turn as fast as they read, where what is judged in turn takes a quarter of the work.
const FEW: usize = 3;

/// How the records of a pass may be spread over sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Each is judged alone, in any of them.
    Records,
    /// All that agree in these columns, of which there is one at least, in one of them.
    Key(Vec<u16>),
    /// All in one.
    Whole,
}

impl Spread {
    /// What all of these rules allow.
    #[must_use]
    pub fn of(manifest: &Manifest, rules: &[u16]) -> Self {
        let alone = |rule: &u16| manifest.rules[usize::from(*rule)].scope == Scope::EachRecord;
        if rules.iter().all(alone) {
            return Self::Records;
        }
        let scopes = rules.iter().map(|rule| (*rule, &manifest.rules[usize::from(*rule)].scope));
        match <[_; 1]>::try_from(shares(scopes)) {
            Ok([(key, _)]) if !key.is_empty() => Self::Key(key),
            _ => Self::Whole,
        }
    }
}

/// The rules by what they can share, in order: first those that must see all, with no columns, then those whose keys have
/// the columns in common that stand before them.
fn shares<'a>(rules: impl Iterator<Item = (u16, &'a Scope)>) -> Vec<(Vec<u16>, Vec<u16>)> {
    let mut shares: Vec<(Vec<u16>, Vec<u16>)> = vec![(Vec::new(), Vec::new())];
    for (rule, scope) in rules {
        let key = if let Scope::Group(key) = scope { key.as_slice() } else { &[] };
        let common = |(known, _): &(Vec<u16>, Vec<u16>)| -> Vec<u16> {
            known.iter().filter(|column| key.contains(column)).copied().collect()
        };
        let found = shares.iter().position(|share| {
            share.0.is_empty() == key.is_empty() && (key.is_empty() || !common(share).is_empty())
        });
        match found {
            Some(at) => {
                shares[at].0 = common(&shares[at]);
                shares[at].1.push(rule);
            }
            None => shares.push((key.to_vec(), vec![rule])),
        }
    }
    shares.retain(|(_, rules)| !rules.is_empty());
    shares
}

/// A pass as it is run: the whole of one that was planned, or some of its rules.
#[derive(Debug)]
pub(super) struct Share {
    pub(super) pass: Pass,
    /// Index of the pass that was planned.
    pub(super) of: usize,
    /// Sessions the records are dealt to; 1 where they are not dealt at all.
    pub(super) instances: usize,
}

impl Share {
    /// A planned pass, whole and in one session, as it is on one thread.
    pub(super) fn whole(plan: &Plan, of: usize) -> Self {
        Self { pass: plan.passes[of].clone(), of, instances: 1 }
    }
}

/// What all passes come to, over so many instances where records are dealt by key; if none is given, as many as pay.
pub(super) fn spread(
    (packs, intake): (&[Pack], &Intake),
    plan: &Plan,
    request: &Request,
    instances: Option<usize>,
) -> Vec<Share> {
    let mut spread = Vec::new();
    for (of, pass) in plan.passes.iter().enumerate() {
        let records = pass.parts.iter().map(|part| intake.parts[*part].records()).sum::<u64>();
        let instances = match instances {
            _ if records == 0 || !may_be_dealt(&packs[pass.pack], request) => 1,
            Some(instances) => instances.max(1),
            None => usual(request.jobs.min(chunks(pass, intake))),
        };
        if instances == 1 {
            spread.push(Share::whole(plan, of));
            continue;
        }
        for pass in pass.by_key(packs, intake) {
            let instances = if matches!(pass.spread, Spread::Key(_)) { instances } else { 1 };
            spread.push(Share { pass, of, instances });
        }
    }
    spread
}

impl Pass {
    /// Its rules by what they can share; itself where they share all.
    pub(crate) fn by_key(&self, packs: &[Pack], intake: &Intake) -> Vec<Self> {
        if self.spread != Spread::Whole {
            return vec![self.clone()];
        }
        let rules = &packs[self.pack].manifest.rules;
        let scopes = self.rules.iter().map(|rule| (*rule, &rules[usize::from(*rule)].scope));
        let of_share = |(_, rules)| self.of_some(packs, intake, rules);
        shares(scopes).into_iter().map(of_share).collect()
    }
}

/// Whether the host can tell which records a pack's rules put together: settings may make one of two spellings. And
/// whoever counts instructions or compares answers is to count and compare the same on any number of threads.
fn may_be_dealt(pack: &Pack, request: &Request) -> bool {
    let settings = request.settings.get(&pack.manifest.id);
    pack.is_run_freely() && settings.is_none_or(|settings| settings == "{}")
}

fn chunks(pass: &Pass, intake: &Intake) -> usize {
    pass.parts.iter().map(|part| intake.parts[*part].chunks()).sum()
}

/// How many instances pay with so many threads that have something to do: dealing costs some work, which few threads feel;
/// many would wait for one instance, and half as many as they are keep up with them.
fn usual(workers: usize) -> usize {
    if workers > FEW { workers.div_ceil(2) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(scopes: &[Scope]) -> Vec<(Vec<u16>, Vec<u16>)> {
        shares((0..).zip(scopes))
    }

    fn group(columns: &[u16]) -> Scope {
        Scope::Group(columns.to_vec())
    }

    #[test]
    fn rules_share_as_long_as_their_keys_have_a_column_in_common() {
        let scopes = [group(&[4, 1, 2]), group(&[1]), group(&[7]), group(&[2, 1]), group(&[7, 4])];
        assert_eq!(shared(&scopes), [(vec![1], vec![0, 1, 3]), (vec![7], vec![2, 4])]);
    }

    #[test]
    fn few_threads_feed_one_instance() {
        assert_eq!([0, 1, 2, 3, 4, 5, 8, 64].map(usual), [1, 1, 1, 1, 2, 3, 4, 32]);
    }

    #[test]
    fn rules_that_must_see_all_come_first_and_a_key_of_nothing_is_no_key() {
        let scopes = [group(&[3]), Scope::WholeTable, group(&[]), group(&[3, 5])];
        assert_eq!(shared(&scopes), [(vec![], vec![1, 2]), (vec![3], vec![0, 3])]);
        assert_eq!(shared(&[]), []);
    }
}
