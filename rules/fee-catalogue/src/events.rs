//! What notices did to fees and funds: the events the pack ships, and those a user adds in a table of the same columns.
//!
//! An event without an item says only that the notice exists; its list of items was not read. Events of that sort make
//! a list outdated, but no item abolished.

use std::collections::HashMap;
use std::sync::LazyLock;

use mingcha_kit::prelude::*;
use mingcha_kit::{Code, Finding};
use values::shipped::rows as shipped_rows;

use crate::item_name::bare_key;
use crate::tables::fee_policy_event::{
    ACTION, ACTIONS, ALIASES, DOC_NO, EFFECTIVE_ON, FEE_POLICY_EVENT, ITEM_NAME, MERGED_INTO, NATURE,
    STANDING,
};

/// The shipped events, in the form of the user's table.
pub(crate) const SHIPPED: &str = include_str!("../data/policy-events.csv");
static SHIPPED_EVENTS: LazyLock<Vec<Event>> =
    LazyLock::new(|| shipped_rows(SHIPPED).filter_map(shipped).collect());

/// How a rule reads the user's events.
pub(crate) const READING: Reading = Reading::of(&FEE_POLICY_EVENT, &[DOC_NO, EFFECTIVE_ON, ACTION])
    .and_optional(&[ITEM_NAME, ALIASES, MERGED_INTO, NATURE, STANDING])
    .presence(Presence::Optional);

/// What a notice did to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Action {
    /// 设立
    Establish,
    /// 调整
    Adjust,
    /// 降低
    Reduce,
    /// 征收标准降为零
    Zero,
    /// 停征
    Suspend,
    /// 取消
    Cancel,
    /// 合并
    Merge,
    /// 小微免征
    ExemptSmall,
    /// 免征
    ExemptAll,
}

impl Action {
    fn parse(text: &str) -> Option<Self> {
        let spelt = |code: &&Code| code.value == text || code.spellings.contains(&text);
        Some(match ACTIONS.iter().find(spelt)?.value {
            "establish" => Self::Establish,
            "adjust" => Self::Adjust,
            "reduce" => Self::Reduce,
            "zero" => Self::Zero,
            "suspend" => Self::Suspend,
            "cancel" => Self::Cancel,
            "merge" => Self::Merge,
            "exempt_sme" => Self::ExemptSmall,
            _ => Self::ExemptAll,
        })
    }

    /// The item may no longer be collected from anybody.
    pub(crate) fn abolishes(self) -> bool {
        matches!(self, Self::Zero | Self::Suspend | Self::Cancel)
    }

    /// Somebody need not pay it any more.
    pub(crate) fn exempts(self) -> bool {
        matches!(self, Self::ExemptSmall | Self::ExemptAll)
    }

    /// As notices say it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Establish => "设立",
            Self::Adjust => "调整",
            Self::Reduce => "降低标准",
            Self::Zero => "将征收标准降为零",
            Self::Suspend => "停征",
            Self::Cancel => "取消",
            Self::Merge => "合并",
            Self::ExemptSmall => "对小微企业免征",
            Self::ExemptAll => "免征",
        }
    }
}

/// One thing a notice did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// 文号
    pub(crate) doc_no: String,
    /// First day it holds.
    pub(crate) effective_on: NaiveDate,
    /// What it did.
    pub(crate) action: Action,
    /// Keys of the item and its aliases; none where the notice's list was not read.
    pub(crate) items: Vec<String>,
    /// 并入项目
    pub(crate) merged_into: Option<String>,
    /// 收费性质
    pub(crate) nature: Option<String>,
    /// It was read at the source, or the user vouches for it.
    pub(crate) verified: bool,
}

impl Event {
    /// Names the notice in a finding, and weighs it as one that has to be checked first where its wording was not read.
    pub(crate) fn cited_by<'a>(&self, finding: Finding<'a>) -> Finding<'a> {
        let wording = if self.verified { "default" } else { "unverified" };
        finding.saying(wording).with("doc_no", self.doc_no.as_str()).with("effective_on", self.effective_on)
    }
}

/// All events, found by item.
#[derive(Debug)]
pub(crate) struct Events {
    all: Vec<Event>,
    by_item: HashMap<String, Vec<usize>>,
}

impl Events {
    /// Those the pack ships.
    pub(crate) fn shipped() -> Self {
        let mut events = Self { all: Vec::new(), by_item: HashMap::new() };
        SHIPPED_EVENTS.iter().cloned().for_each(|event| events.add(event));
        events
    }

    /// Adds the user's. Memory: one entry per event.
    pub(crate) fn read(&mut self, batch: &Batch) {
        for event in batch.rows().filter_map(|row| reported(&row)) {
            self.add(event);
        }
    }

    /// All of them, in no order that a finding may depend on.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Event> {
        self.all.iter()
    }

    /// Keys of the names under which events know the item with this key.
    pub(crate) fn also_called<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let events = self.by_item.get(key).map(Vec::as_slice).unwrap_or_default();
        events.iter().flat_map(|&index| &self.all[index].items).map(String::as_str)
    }

    /// What had abolished the item with this [`bare_key`] by that day, unless it was set up again since.
    pub(crate) fn abolition(&self, item: &str, day: NaiveDate) -> Option<&Event> {
        self.last(item, day, Action::abolishes)
    }

    /// What had merged the item into another by that day, unless it was set up again since.
    pub(crate) fn merger(&self, item: &str, day: NaiveDate) -> Option<&Event> {
        self.last(item, day, |action| action == Action::Merge)
    }

    /// What had exempted payers from the item by that day, unless it was set up again since.
    pub(crate) fn exemption(&self, item: &str, day: NaiveDate) -> Option<&Event> {
        self.last(item, day, Action::exempts)
    }

    /// Whether the item had been set up again by that day, and not ended since.
    pub(crate) fn set_up_again(&self, item: &str, day: NaiveDate) -> bool {
        let decides =
            |action: Action| action.abolishes() || matches!(action, Action::Establish | Action::Merge);
        self.last_of(item, day, decides).is_some_and(|last| last.action == Action::Establish)
    }

    /// The last event of a kind, unless it was followed by a new beginning.
    fn last(&self, item: &str, day: NaiveDate, kind: impl Fn(Action) -> bool) -> Option<&Event> {
        let last = self.last_of(item, day, |action| kind(action) || action == Action::Establish)?;
        (last.action != Action::Establish).then_some(last)
    }

    fn last_of(&self, item: &str, day: NaiveDate, kind: impl Fn(Action) -> bool) -> Option<&Event> {
        let known = self.by_item.get(item)?.iter().map(|&index| &self.all[index]);
        known.filter(|event| event.effective_on <= day && kind(event.action)).max_by_key(|event| event.rank())
    }

    fn add(&mut self, event: Event) {
        for item in &event.items {
            self.by_item.entry(item.clone()).or_default().push(self.all.len());
        }
        self.all.push(event);
    }
}

impl Event {
    /// Later before earlier, read before recalled; the rest makes the choice independent of the order of the table.
    fn rank(&self) -> (NaiveDate, bool, Action, &str) {
        (self.effective_on, self.verified, self.action, &self.doc_no)
    }
}

fn reported(row: &Row) -> Option<Event> {
    Some(Event {
        doc_no: row.text(DOC_NO)?.to_owned(),
        effective_on: row.date(EFFECTIVE_ON)?,
        action: Action::parse(row.text(ACTION)?)?,
        items: item_keys(row.text(ITEM_NAME).unwrap_or_default(), row.text(ALIASES).unwrap_or_default()),
        merged_into: row.text(MERGED_INTO).map(str::to_owned),
        nature: row.text(NATURE).map(str::to_owned),
        verified: is_verified(row.text(STANDING).unwrap_or_default()),
    })
}

fn shipped(line: &str) -> Option<Event> {
    let cells: Vec<&str> = line.split(',').collect();
    let &[_, doc_no, _, effective_on, action, item_name, aliases, merged_into, nature, standing] =
        cells.as_slice()
    else {
        return None;
    };
    Some(Event {
        doc_no: doc_no.to_owned(),
        effective_on: values::date::parse_date(effective_on).ok()?,
        action: Action::parse(action)?,
        items: item_keys(item_name, aliases),
        merged_into: Some(merged_into).filter(|name| !name.is_empty()).map(str::to_owned),
        nature: Some(nature.to_owned()),
        verified: is_verified(standing),
    })
}

fn item_keys(item_name: &str, aliases: &str) -> Vec<String> {
    let names = aliases.split(['、', ',', '，', ';', '；', '|']).chain([item_name]);
    let mut keys: Vec<String> =
        names.map(values::text::trimmed).filter(|name| !name.is_empty()).map(bare_key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A user who says nothing vouches for the event.
fn is_verified(standing: &str) -> bool {
    !["待核", "未核", "待查", "未读", "unverified"].iter().any(|doubt| standing.contains(doubt))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn every_shipped_line_is_read() {
        assert_eq!(SHIPPED_EVENTS.len(), shipped_rows(SHIPPED).count());
        assert!(SHIPPED_EVENTS.iter().any(|event| !event.verified));
    }

    #[test]
    fn an_item_is_abolished_from_the_day_of_the_notice() {
        let events = Events::shipped();
        assert_eq!(events.abolition("育林基金", day(2016, 1, 31)), None);
        let found =
            events.abolition(&bare_key("▲(1)育林基金（含维简费）"), day(2016, 2, 1)).expect("abolished");
        assert_eq!((found.doc_no.as_str(), found.action), ("财税〔2016〕11号", Action::Zero));
        assert!(events.abolition("污水排污费", day(2018, 1, 1)).is_some(), "by an alias");
        assert_eq!(events.abolition("散装水泥专项资金", day(2016, 3, 1)), None, "merged, not abolished");
        let merged = events.merger("散装水泥专项资金", day(2016, 2, 1)).expect("merged");
        assert_eq!(merged.merged_into.as_deref(), Some("新型墙体材料专项基金"));
        assert_eq!(events.merger("散装水泥专项资金", day(2016, 1, 31)), None);
        let exempt = events.exemption("国内植物检疫费", day(2016, 5, 1)).expect("exempt");
        assert_eq!(exempt.action, Action::ExemptAll);
    }

    #[test]
    fn an_item_set_up_again_is_not_abolished() {
        let mut events = Events::shipped();
        let again =
            Event { effective_on: day(2017, 1, 1), action: Action::Establish, ..SHIPPED_EVENTS[4].clone() };
        let item = again.items[0].clone();
        events.add(again);
        assert!(events.abolition(&item, day(2016, 12, 31)).is_some());
        assert_eq!(events.abolition(&item, day(2017, 1, 1)), None);
        assert!(
            events.set_up_again(&item, day(2017, 1, 1)) && !events.set_up_again(&item, day(2016, 12, 31))
        );
    }
}
