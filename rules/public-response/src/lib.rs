//! Responses to emergencies and to public opinion: how many hours went by before the government spoke.
//!
//! Clock hours from event to word, as the documents count them; whether the words will do is for people to judge.

mod bases;
mod hours;
mod press_conference_late;
mod reply_late;
mod tables;

use mingcha_kit::settings::SPELLINGS;
use mingcha_kit::{Pack, text};

/// The pack.
pub static PACK: Pack = Pack {
    id: "public-response",
    version: env!("CARGO_PKG_VERSION"),
    title: text("突发事件和政务舆情回应", "Responses to emergencies and public opinion"),
    tables: &[&tables::PUBLIC_EVENT],
    rules: &[&press_conference_late::RULE, &reply_late::RULE],
    references: &[],
    settings: &[&SPELLINGS],
};

mingcha_kit::export_pack!(crate::PACK);

#[cfg(test)]
mod tests {
    use super::PACK;

    #[test]
    fn the_pack_has_no_mistakes() {
        assert_eq!(mingcha_kit::lint(&PACK), Vec::<String>::new());
    }
}
