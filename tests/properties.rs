//! What holds for every text, message, policy and model file, whatever is in it.
//!
//! Redaction has more of its own in `privacy_properties.rs`; here it is called as a user would.

mod common;
#[path = "properties/fields.rs"]
mod fields;
#[path = "properties/outside.rs"]
mod outside;
#[path = "properties/packs.rs"]
mod packs;

use std::sync::OnceLock;

use hearken::analysis::{Emotion, Safety, Sentence};
use hearken::limits::MAX_TEXT_BYTES;
use hearken::privacy::{self, Mode, RedactOptions};
use hearken::span::{Span, Utf16Index};
use hearken::triage::default_policy;
use hearken::{Analysis, AnalyzeOptions, Engine, Message};
use proptest::prelude::*;

use common::{both_forms, composed, text};
use fields::everything;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().expect("the embedded model can be read"))
}

fn with_sentences() -> AnalyzeOptions {
    AnalyzeOptions { sentences: true, ..AnalyzeOptions::default() }
}

fn analyze(text: &str) -> Analysis {
    engine().analyze(text, &with_sentences()).expect("default options")
}

fn cases(cases: u32) -> ProptestConfig {
    // A failing case is printed in full; it becomes a test of its own, not a file of seeds.
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Every span of an analysis, kind by kind.
fn spans(analysis: &Analysis) -> [Vec<Span>; 2] {
    let sentences = analysis.sentences.iter().flatten().map(|sentence| sentence.span).collect();
    [sentences, analysis.pii.iter().map(|pii| pii.span).collect()]
}

/// Every label of an analysis but language and sentiment, as one text.
fn labels(analysis: &Analysis) -> String {
    let emotions: Vec<Emotion> = analysis.emotions.iter().map(|present| present.label).collect();
    let safety: Vec<Safety> = analysis.safety.iter().map(|present| present.label).collect();
    let flags = [analysis.irony, analysis.broadcast, analysis.meaningful];
    let (intent, disposition, states) = (&analysis.intent, analysis.disposition, &analysis.states);
    format!("{emotions:?} {:?} {intent:?} {safety:?} {flags:?} {disposition:?} {states:?}", analysis.acts)
}

/// Spans of one kind lie inside the text, on characters, and never go back.
fn in_order(text: &str, spans: &[Span]) -> Result<(), TestCaseError> {
    for span in spans {
        prop_assert!(span.start <= span.end && span.slice(text).is_some(), "{span:?} in {text:?}");
    }
    for pair in spans.windows(2) {
        prop_assert!(pair[0].start <= pair[1].start && pair[0].end <= pair[1].end, "{pair:?} in {text:?}");
    }
    Ok(())
}

/// As [`in_order`], and no two share a character.
fn in_order_and_apart(text: &str, spans: &[Span]) -> Result<(), TestCaseError> {
    in_order(text, spans)?;
    for pair in spans.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start, "{pair:?} in {text:?}");
    }
    Ok(())
}

/// UTF-16 spans cut the same text out of a JavaScript string as byte spans out of a Rust one.
fn same_slices(text: &str, bytes: &[Span], utf16: &[Span]) -> Result<(), TestCaseError> {
    let units: Vec<u16> = text.encode_utf16().collect();
    prop_assert_eq!(bytes.len(), utf16.len());
    for (byte, utf16) in bytes.iter().zip(utf16) {
        let cut = units.get(utf16.start..utf16.end).and_then(|units| String::from_utf16(units).ok());
        prop_assert_eq!(cut.as_deref(), byte.slice(text));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn one_by_one_in_a_batch_and_in_a_shuffled_batch_give_the_same(
        (texts, order) in prop::collection::vec(text(20), 1..12).prop_flat_map(|texts| {
            let order: Vec<usize> = (0..texts.len()).collect();
            (Just(texts), Just(order).prop_shuffle())
        }),
        pii: bool,
        sentences: bool,
        spans: bool,
        evidence: bool,
        context in everything(),
    ) {
        let options = AnalyzeOptions { pii, sentences, spans, evidence, ..context };
        let single: Vec<Analysis> = texts.iter().map(|text| engine().analyze(text, &options).expect("valid options")).collect();
        let mut batch = Vec::new();
        engine().analyze_batch(texts.iter().map(String::as_str), &options, |at, analysis| batch.push((at, analysis))).expect("valid options");
        prop_assert_eq!(batch.len(), texts.len());
        for (expected, (at, analysis)) in batch.iter().enumerate() {
            prop_assert_eq!(*at, expected);
            prop_assert_eq!(analysis, &single[*at]);
        }
        let shuffled = order.iter().map(|&at| texts[at].as_str());
        let mut taken = 0;
        let mut wrong = None;
        engine().analyze_batch(shuffled, &options, |at, analysis| {
            taken += 1;
            if analysis != single[order[at]] {
                wrong = Some(at);
            }
        }).expect("valid options");
        prop_assert_eq!((taken, wrong), (texts.len(), None));
    }
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn spans_lie_on_characters_in_order_and_slice_alike_in_utf16(text in text(30)) {
        let analysis = analyze(&text);
        let mut utf16 = analysis.clone();
        utf16.to_utf16(&text);
        let [sentences, pii] = spans(&analysis);
        in_order_and_apart(&text, &sentences)?;
        in_order_and_apart(&text, &pii)?;
        for (bytes, utf16) in [sentences, pii].iter().zip(&spans(&utf16)) {
            same_slices(&text, bytes, utf16)?;
        }
        let index = Utf16Index::new(&text);
        for (at, _) in text.char_indices() {
            prop_assert_eq!(index.byte(index.utf16(at)), at);
        }
    }

    #[test]
    fn probabilities_are_probabilities(text in text(30)) {
        let analysis = analyze(&text);
        let sentences = analysis.sentences.iter().flatten().map(|sentence| sentence.sentiment);
        for sentiment in [analysis.sentiment].into_iter().chain(sentences) {
            let p = sentiment.probabilities;
            let all = [p.negative, p.neutral, p.positive];
            prop_assert!(all.iter().all(|p| p.is_finite() && (0.0..=1.0).contains(p)), "{all:?}");
            prop_assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{all:?}");
            // The difference is taken in f32; nothing more may lie between.
            prop_assert_eq!(sentiment.score, f64::from(p.positive as f32 - p.negative as f32));
            let top = all.iter().copied().fold(0.0, f64::max);
            prop_assert_eq!(all[sentiment.label as usize], top);
        }
        let language = &analysis.language;
        prop_assert!(language.confidence.is_finite() && (0.0..=1.0).contains(&language.confidence));
        prop_assert!(engine().languages().any(|code| code == language.code));
        prop_assert!(analysis.pii.iter().all(|pii| pii.certainty.is_finite() && (0.0..=1.0).contains(&pii.certainty)));
    }

    #[test]
    fn redacting_again_changes_nothing(text in text(30), masked: bool) {
        let mode = if masked { Mode::Mask } else { Mode::Label };
        let options = RedactOptions { mode, ..RedactOptions::default() };
        let once = privacy::redact(&text, &options).expect("short text");
        let twice = privacy::redact(&once.text, &options).expect("short text");
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(twice.pii.is_empty());
        prop_assert!(analyze(&once.text).pii.is_empty(), "left in {:?}", once.text);
        in_order_and_apart(&text, &once.pii.iter().map(|pii| pii.span).collect::<Vec<_>>())?;
    }

    #[test]
    fn a_decision_carries_the_text_that_redaction_gives(text in text(30)) {
        let decision = engine().triage(&Message::new(text.as_str()), default_policy(), &AnalyzeOptions::default());
        let redaction = privacy::redact(&text, &RedactOptions::default()).expect("short text");
        prop_assert_eq!(decision.expect("valid message").redacted, Some(redaction.text));
    }

    #[test]
    fn truncated_says_that_the_text_is_longer_than_the_limit(text in text(20), part in 0.0..1.2f64) {
        let limit = ((text.len() as f64 * part) as usize).max(1);
        let options = AnalyzeOptions { max_text_bytes: limit, ..with_sentences() };
        let analysis = engine().analyze(&text, &options).expect("valid options");
        prop_assert_eq!(analysis.truncated, text.len() > limit);
        // What is read is the longest beginning within the limit that ends on a character.
        let read = &text[..text.floor_char_boundary(limit)];
        let of_beginning = Analysis { truncated: analysis.truncated, ..analyze(read) };
        prop_assert_eq!(analysis, of_beginning);
    }

    #[test]
    fn spaces_around_a_text_do_not_change_what_it_says(text in text(20), before in 0..4usize, after in 0..4usize) {
        let plain = analyze(&text);
        let spaced = analyze(&format!("{}{text}{}", " ".repeat(before), " ".repeat(after)));
        prop_assert_eq!(spaced.sentiment, plain.sentiment, "{:?}", text);
        prop_assert_eq!(&spaced.language, &plain.language);
        prop_assert_eq!(labels(&spaced), labels(&plain));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_text((nfc, nfd) in both_forms()) {
        let (c, d) = (analyze(&nfc), analyze(&nfd));
        prop_assert_eq!(&c.language, &d.language);
        prop_assert_eq!(c.sentiment, d.sentiment);
        prop_assert_eq!(labels(&c), labels(&d));
        let sentences = |text: &str, analysis: &Option<Vec<Sentence>>| -> Vec<_> {
            analysis.iter().flatten().map(|one| (one.span.slice(text).map(composed), one.sentiment, one.acts.clone())).collect()
        };
        prop_assert_eq!(sentences(&nfc, &c.sentences), sentences(&nfd, &d.sentences));
        let kinds = |analysis: &Analysis| analysis.pii.iter().map(|pii| pii.kind).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&c), kinds(&d), "{:?}", nfc);
    }
}

/// Two sentences must not both claim a character.
#[test]
fn sentences_are_apart_where_a_mark_follows_a_folded_full_stop() {
    let text = "？\u{301}";
    let [sentences, _] = spans(&analyze(text));
    in_order_and_apart(text, &sentences).expect("sentences apart");
}

/// The two forms of one text must give the same personal data.
#[test]
fn composed_and_decomposed_letters_give_the_same_personal_data() {
    let found = |text: &str| analyze(text).pii.into_iter().map(|pii| pii.kind).collect::<Vec<_>>();
    assert_eq!(found("jane@example.com\u{E9}1"), found("jane@example.come\u{301}1"));
}

#[test]
fn a_text_at_the_highest_limit_is_not_truncated_and_one_byte_more_is() {
    let options = AnalyzeOptions { max_text_bytes: MAX_TEXT_BYTES, ..AnalyzeOptions::default() };
    let mut text = "late. ".repeat(MAX_TEXT_BYTES / 6);
    text.push_str(&"x".repeat(MAX_TEXT_BYTES - text.len()));
    assert!(!engine().analyze(&text, &options).expect("valid options").truncated);
    text.push('x');
    assert!(engine().analyze(&text, &options).expect("valid options").truncated);
}
