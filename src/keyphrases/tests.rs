//! Phrases as people would mark them.

use proptest::prelude::*;

use super::*;

#[test]
fn time_grows_with_the_text_and_no_text_is_too_deep() {
    let time = |text: &str, runs: usize| {
        let start = std::time::Instant::now();
        for _ in 0..runs {
            assert!(keyphrases(text, "fr").len() <= MAX_KEYPHRASES);
        }
        start.elapsed().as_secs_f64()
    };
    for unit in
        ["客お", "お客様の", "3時間", "qualité de la ", "de de ", "late-", "배송의 ", "な高い", "a ' b", "Wort der "]
    {
        let (short, long) = (unit.repeat(2_000), unit.repeat(16_000));
        // As much text both times, in eight pieces and in one: a busy machine slows both alike.
        let linear = (0..5).any(|_| time(&long, 1) < time(&short, 8) * 3.0);
        assert!(linear, "{unit}");
    }
}

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
