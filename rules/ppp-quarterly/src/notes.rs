//! What free text says: whether a word stands there, and is not denied.
//!
//! A clause with a denial before the word says the opposite: 不得承诺保底, 期满不移交. 无偿移交 and 不足部分由政府兜底 deny nothing.

/// Where a clause ends. 、 does not end one: 不得承诺固定回报、保底收益 denies both.
const CLAUSE_ENDS: [char; 12] = [',', '，', '。', ';', '；', '\n', '!', '！', '(', '（', ')', '）'];

/// Words that look like a denial and are none.
const NO_DENIALS: [&str; 7] = ["无偿", "无条件", "不足", "不低于", "不少于", "未来", "不超过"];

/// Words that deny what follows in their clause.
const DENIALS: [&str; 20] = [
    "不得",
    "不承诺",
    "不提供",
    "不存在",
    "不含",
    "不包括",
    "不涉及",
    "不设",
    "不作",
    "不做",
    "不予",
    "不再",
    "不办理",
    "不需",
    "不进行",
    "没有",
    "严禁",
    "禁止",
    "杜绝",
    "避免",
];

/// The first of the words that the text says and does not deny. `besides` are phrases that hold one of them and mean
/// another thing.
pub(crate) fn says<'a>(text: &str, words: &[&'a str], besides: &[&str]) -> Option<&'a str> {
    let text = besides.iter().fold(text.to_owned(), |text, phrase| text.replace(phrase, ""));
    let clauses = || text.split(CLAUSE_ENDS);
    words.iter().copied().find(|word| clauses().any(|clause| affirms(clause, word)))
}

fn affirms(clause: &str, word: &str) -> bool {
    clause.match_indices(word).any(|(at, _)| !is_denied(&clause[..at]))
}

fn is_denied(before: &str) -> bool {
    let before = NO_DENIALS.iter().fold(before.to_owned(), |text, word| text.replace(word, ""));
    before.contains(['无', '未'])
        || before.ends_with(['不', '非'])
        || DENIALS.iter().any(|denial| before.contains(denial))
}

#[cfg(test)]
mod tests {
    use super::says;

    const WORDS: [&str; 5] = ["保底", "固定回报", "回购", "兜底", "移交"];

    #[test]
    fn a_word_that_is_said_is_found() {
        for (text, word) in [
            ("由政府回购社会资本股权", "回购"),
            ("约定保底收益,不足部分由政府补足", "保底"),
            ("不足部分由财政兜底", "兜底"),
            ("不低于8%的固定回报", "固定回报"),
            ("期满无偿移交", "移交"),
            ("不得承诺保底;股权到期回购", "回购"),
        ] {
            assert_eq!(says(text, &WORDS, &[]), Some(word), "{text}");
        }
    }

    #[test]
    fn a_phrase_that_means_another_thing_is_not_the_word_in_it() {
        assert_eq!(says("约定保底水量", &WORDS, &["保底水量"]), None);
        assert_eq!(says("约定保底水量和保底收益", &WORDS, &["保底水量"]), Some("保底"));
    }

    #[test]
    fn a_word_that_is_denied_is_not() {
        for text in [
            "不得承诺固定回报、保底收益",
            "无回购安排",
            "协议未约定保底",
            "严禁政府兜底",
            "期满不移交",
            "项目正在建设",
            "",
        ] {
            assert_eq!(says(text, &WORDS, &[]), None, "{text}");
        }
    }
}
