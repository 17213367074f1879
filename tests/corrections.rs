//! Corrections move the texts they are about and those like them, and nothing else.

use std::sync::{Arc, OnceLock};

use hearken::analysis::{Act, Disposition, Intent, SentimentLabel};
use hearken::analyze::{Role, Turn};
use hearken::learn::{Change, Correction, Corrections};
use hearken::triage;
use hearken::{Analysis, AnalyzeOptions, Engine, Message};
use proptest::prelude::*;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().unwrap())
}

fn options() -> AnalyzeOptions {
    AnalyzeOptions { sentences: true, evidence: true, ..AnalyzeOptions::default() }
}

fn corrected(corrections: &Corrections) -> AnalyzeOptions {
    AnalyzeOptions { corrections: Some(Arc::new(corrections.clone())), ..options() }
}

fn analyze_corrected(text: &str, corrections: &Corrections) -> Analysis {
    engine().analyze(text, &corrected(corrections)).unwrap()
}

fn log() -> Vec<Correction> {
    let correct = |text: &str, change| Correction { text: text.into(), change };
    vec![
        correct("this coat is sick, wore it all weekend", Change::Sentiment(SentimentLabel::Positive)),
        correct("where do I put the voucher code", Change::Intent(Intent::Pricing)),
        correct("where do I put the voucher code", Change::Acts(vec![Act::Request])),
        correct("할인 코드 어디에 넣나요", Change::Intent(Intent::Pricing)),
    ]
}

const UNLIKE: [&str; 6] = [
    "The parcel arrived broken, I want my money back",
    "thank you so much!!",
    "I am sick of waiting on the phone",
    "배송이 너무 늦어요",
    "",
    "荷物がまだ届きません",
];

#[test]
fn without_a_log_nothing_changes() {
    let none = engine().correct(&[]).unwrap();
    assert!(none.is_empty());
    for text in UNLIKE.into_iter().chain(["this coat is sick, wore it all weekend"]) {
        let plain = engine().analyze(text, &options()).unwrap();
        assert_eq!(analyze_corrected(text, &none), plain);
    }
}

#[test]
fn a_corrected_text_gets_the_answer_given() {
    let corrections = engine().correct(&log()).unwrap();
    assert_eq!(corrections.len(), 3);
    let analyze = |text: &str| analyze_corrected(text, &corrections);
    assert_eq!(analyze("this coat is sick, wore it all weekend").sentiment.label, SentimentLabel::Positive);
    let voucher = analyze("where do I put the voucher code");
    assert_eq!(voucher.intent.label, Intent::Pricing);
    assert_eq!(voucher.acts, [Act::Request]);
    assert_eq!(voucher.disposition, Disposition::Respond);
    assert_eq!(analyze("할인 코드 어디에 넣나요").intent.label, Intent::Pricing);
}

#[test]
fn texts_like_it_follow_and_others_stay() {
    let corrections = engine().correct(&log()).unwrap();
    let analyze = |text: &str| analyze_corrected(text, &corrections);
    assert_eq!(analyze("Where do I put the voucher code??").intent.label, Intent::Pricing);
    assert_eq!(analyze("where do i put my voucher code").intent.label, Intent::Pricing);
    assert_eq!(analyze("Where do I put my voucher code?").intent.label, Intent::Pricing);
    for text in UNLIKE {
        assert_eq!(analyze(text), engine().analyze(text, &options()).unwrap(), "{text}");
    }
}

#[test]
fn batches_are_corrected_alike() {
    let corrections = engine().correct(&log()).unwrap();
    let texts = ["where do I put the voucher code", "thanks", "this coat is sick, wore it all weekend"];
    let mut seen = 0;
    engine()
        .analyze_batch(texts, &corrected(&corrections), |at, analysis| {
            assert_eq!(analysis, analyze_corrected(texts[at], &corrections));
            seen += 1;
        })
        .unwrap();
    assert_eq!(seen, 3);
}

#[test]
fn decisions_and_conversations_follow() {
    let text = "where do I put the voucher code";
    let change = Change::Acts(vec![Act::Praise]);
    let corrections = engine().correct(&[Correction { text: text.into(), change }]).unwrap();
    let message: Message = serde_json::from_value(serde_json::json!({ "text": text })).unwrap();
    let decide = |options: AnalyzeOptions| engine().triage(&message, triage::default_policy(), &options).unwrap();
    assert!(decide(options()).analysis.acts.contains(&Act::Question));
    let decision = decide(corrected(&corrections));
    assert_eq!(decision.analysis.acts, [Act::Praise]);
    assert_eq!(decision.analysis.disposition, Disposition::Amplify);
    assert_ne!(decision.action, decide(options()).action);
    let turns =
        [Turn { role: Role::Customer, text: text.into() }, Turn { role: Role::Agent, text: "One moment".into() }];
    let read = engine().analyze_turns(&turns, &corrected(&corrections)).unwrap();
    assert_eq!(read.turns[0].analysis.acts, [Act::Praise]);
    assert_eq!(read.customer.unwrap().acts, [Act::Praise]);
    assert_eq!(read.turns[1].analysis, engine().analyze_turns(&turns, &options()).unwrap().turns[1].analysis);
}

#[test]
fn the_last_correction_of_a_text_counts() {
    let mut log = log();
    log.push(Correction { text: log[0].text.clone(), change: Change::Sentiment(SentimentLabel::Negative) });
    let corrections = engine().correct(&log).unwrap();
    let analysis = analyze_corrected(&log[0].text, &corrections);
    assert_eq!(analysis.sentiment.label, SentimentLabel::Negative);
}

#[test]
fn too_many_are_refused() {
    let log = vec![log()[0].clone(); hearken::limits::MAX_CORRECTIONS + 1];
    assert_eq!(engine().correct(&log).unwrap_err().code(), "E_BATCH_TOO_LARGE");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_log_gives_probabilities(
        given in prop::collection::vec((".{0,30}", 0usize..3, 0usize..20), 0..8),
        text in ".{0,30}",
    ) {
        let change = |head: usize, at: usize| match head {
            0 => Change::Sentiment(SentimentLabel::ALL[at % 3]),
            1 => Change::Intent(Intent::ALL[at]),
            _ => Change::Acts(Act::ALL[at % 8..].to_vec()),
        };
        let log: Vec<Correction> = given
            .into_iter()
            .map(|(text, head, at)| Correction { text, change: change(head, at) })
            .collect();
        let corrections = engine().correct(&log).unwrap();
        for text in log.iter().map(|correction| correction.text.as_str()).chain([text.as_str()]) {
            let analysis = analyze_corrected(text, &corrections);
            let p = analysis.sentiment.probabilities;
            prop_assert!((p.negative + p.neutral + p.positive - 1.0).abs() < 1e-3);
            prop_assert!((0.0..=1.0).contains(&analysis.intent.confidence));
        }
    }
}
