//! Answers that say nothing, and what is to be done with a text.

use std::collections::BTreeSet;

use hearken::analysis::{Act, Disposition};
use serde_json::json;

use super::{answer, none, read, rows};

/// Concept 47: answers that say nothing.
#[test]
fn c47_answers_that_say_nothing_are_not_meaningful() {
    for text in ["없음", "特になし", "brak", "none", "n/a", "asdf", ".", "xxxx", "", "-", "none none"] {
        let analysis = read(text);
        assert!(!analysis.meaningful, "{text}");
        assert_eq!(analysis.disposition, Disposition::Ignore, "{text}");
        assert!(analysis.acts.is_empty() && analysis.emotions.is_empty() && analysis.states.len() <= 1, "{text}");
    }
    for (text, question) in [
        ("no", "Did the courier ring the bell?"),
        ("No", "Would you recommend us to a friend?"),
        ("nein", "Hat alles geklappt?"),
        ("아니요", "문제가 해결되었나요?"),
        ("いいえ", "問題は解決しましたか。"),
        ("nie", "Czy kurier zadzwonił?"),
    ] {
        assert!(answer(text, question).meaningful, "{text}");
    }
    // "Nothing" is praise where the question asked what could be better, and blame where it asked what was good.
    for (text, question, act) in [
        ("Nothing.", "What could be better?", Act::Praise),
        ("없습니다", "아쉬웠던 점은 무엇인가요?", Act::Praise),
        ("特にありません。", "改善してほしい点を教えてください。", Act::Praise),
        ("Nic.", "Co moglibyśmy poprawić?", Act::Praise),
        ("Nothing.", "What did you like?", Act::Complaint),
    ] {
        let analysis = answer(text, question);
        assert!(analysis.meaningful, "{text}");
        assert_eq!(analysis.acts, [act], "{text}");
    }
}

/// Concept 48: what to do with a text, one of six.
#[test]
fn c48_every_disposition_is_reached_and_exactly_one_holds() {
    let mut wrong = Vec::new();
    for (text, disposition) in [
        ("When will my order arrive?", Disposition::Respond),
        ("I was charged twice for one ticket.", Disposition::Respond),
        ("It would be nice if you had a search by colour.", Disposition::FixInAggregate),
        ("The staff were lovely and the food was delicious.", Disposition::Amplify),
        ("Thank you!", Disposition::Close),
        ("I saw your advert on the bus this morning.", Disposition::Engage),
        ("n/a", Disposition::Ignore),
    ] {
        let found = read(text).disposition;
        if found != disposition {
            wrong.push(format!("{text}: {} instead of {}", found.slug(), disposition.slug()));
        }
    }
    none(wrong);
    let mut reached = BTreeSet::new();
    for (_, table) in rows::tables("golden", "meaning.") {
        for row in &table.rows {
            let json = json!(read(&row[table.column("text")]));
            reached.insert(json["disposition"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(reached.len(), Disposition::ALL.len(), "{reached:?}");
}

/// Concept 49: sentiment alone is not an analysis.
#[test]
fn c49_an_analysis_has_sentiment_and_disposition() {
    for text in ["", "n/a", "Great!", "배송이 늦어요", "😀"] {
        let json = json!(read(text));
        let label = json["sentiment"]["label"].as_str().unwrap();
        assert!(rows::known_labels("sentiment").contains(&label));
        assert!(rows::known_labels("disposition").contains(&json["disposition"].as_str().unwrap()));
    }
    // The declarations ask for both: a result without disposition does not compile.
    let declarations = include_str!("../../src/wasm/types/analysis.d.ts");
    let start = declarations.find("export interface Analysis {").unwrap();
    let analysis = &declarations[start..][..declarations[start..].find("\n}").unwrap()];
    assert!(analysis.contains("\n  disposition: Disposition;") && analysis.contains("\n  sentiment: Sentiment;"));
}
