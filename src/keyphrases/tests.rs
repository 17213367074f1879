//! Phrases as people would mark them.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn phrases_lie_in_any_text(text in "\\PC{0,60}|[a-zA-Z' .,-]{0,80}|[가-힣 ]{0,40}|[ぁ-んァ-ヶ一-十々]{0,40}", lang in "en|ko|ja|pl|de|fr|und|sv") {
        let spans = keyphrases(&text, &lang);
        prop_assert!(spans.len() <= MAX_KEYPHRASES);
        for span in spans {
            prop_assert!(span.slice(&text).is_some_and(|phrase| !phrase.trim().is_empty()));
        }
    }
}
