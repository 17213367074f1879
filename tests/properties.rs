//! What holds for every text, message, policy and model file, whatever is in it.
//!
//! Redaction has more of its own in `privacy_properties.rs`; here it is called as a user would.

mod common;

use std::sync::OnceLock;

use hearken::analysis::{Act, Disposition, Emotion, Flag, Intent, Safety, Sentence, SentimentLabel, Sign};
use hearken::analyze::{Role, Turn};
use hearken::limits::MAX_TEXT_BYTES;
use hearken::message::{Channel, Rating, Scale};
use hearken::model::pack::{FORMAT, PAYLOAD, checksum, key_bits};
use hearken::privacy::{self, Mode, RedactOptions};
use hearken::span::{Span, Utf16Index};
use hearken::triage::{DEFAULT_POLICY_JSON, Policy, default_policy};
use hearken::{Analysis, AnalyzeOptions, Engine, Message};
use proptest::prelude::*;

use common::{both_forms, composed, json, text};

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

/// Options with everything on, in a context that may be anything.
fn everything() -> impl Strategy<Value = AnalyzeOptions> {
    let context =
        || prop::option::of(prop_oneof![2 => text(12), 1 => prop::sample::select(QUESTIONS).prop_map(str::to_owned)]);
    (context(), context(), prop::option::of(prop::sample::select(vec!["ko", "en-GB", "xx", ""]))).prop_map(
        |(question, parent, lang)| AnalyzeOptions {
            question,
            parent,
            lang: lang.map(str::to_owned),
            sentences: true,
            evidence: true,
            ..AnalyzeOptions::default()
        },
    )
}

/// Questions that lean to one side, to both and to none.
const QUESTIONS: &[&str] = &[
    "What could be better?",
    "What did you like?",
    "What did you like and dislike?",
    "Any other comments?",
    "아쉬웠던 점은 무엇인가요?",
    "良かった点は？",
    "Co moglibyśmy poprawić?",
];

/// The handling that docs/design/labelling.md gives for these answers.
fn handling(analysis: &Analysis) -> Disposition {
    let has = |act: Act| analysis.acts.contains(&act);
    let mass = |label: Safety| matches!(label, Safety::Spam | Safety::Promotion);
    let can_act = !matches!(analysis.intent.label, Intent::Feedback | Intent::None);
    if !analysis.meaningful || analysis.broadcast || analysis.safety.iter().any(|present| mass(present.label)) {
        Disposition::Ignore
    } else if has(Act::Question) || has(Act::Request) || (has(Act::Complaint) && can_act) {
        Disposition::Respond
    } else if has(Act::Suggestion) || has(Act::Complaint) {
        Disposition::FixInAggregate
    } else if has(Act::Praise) {
        Disposition::Amplify
    } else if has(Act::Thanks) {
        Disposition::Close
    } else {
        Disposition::Engage
    }
}

/// What holds for every field of every analysis made with [`everything`] on.
fn holds_for_every_field(text: &str, analysis: &Analysis) -> Result<(), TestCaseError> {
    prop_assert!(analysis.acts.is_sorted() && analysis.acts.windows(2).all(|pair| pair[0] != pair[1]));
    prop_assert_eq!(analysis.acts.is_empty(), !analysis.meaningful, "{:?}", text);
    if analysis.acts.contains(&Act::Statement) {
        prop_assert!(
            analysis.acts.iter().all(|act| matches!(act, Act::Greeting | Act::Statement)),
            "{:?}",
            analysis.acts
        );
    }
    prop_assert_eq!(analysis.disposition, handling(analysis));
    let emotions: Vec<Emotion> = analysis.emotions.iter().map(|present| present.label).collect();
    let safety: Vec<Safety> = analysis.safety.iter().map(|present| present.label).collect();
    prop_assert!(emotions.windows(2).all(|pair| pair[0] < pair[1]) && safety.windows(2).all(|pair| pair[0] < pair[1]));
    if !analysis.meaningful {
        prop_assert!(emotions.is_empty() && safety.is_empty());
        prop_assert!(!analysis.irony && !analysis.broadcast && !analysis.sentiment.mixed);
        prop_assert_eq!(analysis.intent.label, Intent::None);
    }
    let ranks: Vec<f64> = [analysis.intent.confidence]
        .into_iter()
        .chain(analysis.intent.others.iter().map(|other| other.confidence))
        .collect();
    prop_assert!(ranks.iter().all(|p| p.is_finite() && (0.0..=1.0).contains(p)) && ranks.len() <= 4, "{ranks:?}");
    prop_assert!(ranks.windows(2).all(|pair| pair[0] >= pair[1]) && ranks[1..].iter().all(|p| *p > 0.05), "{ranks:?}");
    prop_assert!(analysis.intent.others.iter().all(|other| other.label != analysis.intent.label));
    for spans in analysis
        .emotions
        .iter()
        .map(|present| &present.spans)
        .chain(analysis.safety.iter().map(|present| &present.spans))
    {
        let mut sorted = spans.clone();
        sorted.sort_unstable();
        prop_assert!(spans.len() <= 3);
        in_order_and_apart(text, &sorted)?;
    }
    let evidence = analysis.evidence.as_deref().unwrap_or_default();
    for one in evidence {
        let parts: Vec<Span> = one.parts.iter().map(|part| part.span).collect();
        in_order_and_apart(text, &parts)?;
        let sum = one.bias + one.rest + one.parts.iter().map(|part| part.weight).sum::<f64>();
        prop_assert!(
            one.logit.is_finite() && (sum - one.logit).abs() < 1e-3,
            "{} {}: {sum} and {}",
            one.head,
            one.label,
            one.logit
        );
    }
    let intents = usize::from(analysis.meaningful);
    let flags =
        [analysis.sentiment.mixed, analysis.irony, analysis.broadcast].into_iter().filter(|holds| *holds).count();
    prop_assert_eq!(evidence.len(), 1 + emotions.len() + analysis.acts.len() + intents + safety.len() + flags);
    Ok(())
}

/// Spans of what is given only with places or evidence.
fn pushed(analysis: &Analysis) -> Vec<Span> {
    let emotions = analysis.emotions.iter().flat_map(|present| &present.spans);
    let safety = analysis.safety.iter().flat_map(|present| &present.spans);
    let parts = analysis.evidence.iter().flatten().flat_map(|one| one.parts.iter().map(|part| &part.span));
    emotions.chain(safety).chain(parts).copied().collect()
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn every_field_holds_together_in_any_context(text in text(30), options in everything()) {
        let analysis = engine().analyze(&text, &options).expect("valid options");
        holds_for_every_field(&text, &analysis)?;
        prop_assert_eq!(&engine().analyze(&text, &options).expect("valid options"), &analysis);
        let mut utf16 = analysis.clone();
        utf16.to_utf16(&text);
        same_slices(&text, &pushed(&analysis), &pushed(&utf16))?;
    }

    #[test]
    fn a_text_that_holds_its_parent_keeps_its_places(own in text(12), parent in text(20), after in text(12)) {
        let text = format!("{own}{parent}{after}");
        let options = AnalyzeOptions { parent: Some(parent), sentences: true, evidence: true, ..AnalyzeOptions::default() };
        let analysis = engine().analyze(&text, &options).expect("valid options");
        holds_for_every_field(&text, &analysis)?;
        prop_assert!(!analysis.broadcast);
        let [sentences, pii] = spans(&analysis);
        in_order_and_apart(&text, &sentences)?;
        in_order_and_apart(&text, &pii)?;
    }

    #[test]
    fn any_turns_are_read_one_by_one_and_the_customers_together(
        turns in prop::collection::vec((0..3usize, text(12)), 0..6),
        options in everything(),
    ) {
        let roles = [Role::Customer, Role::Agent, Role::Bot];
        let turns: Vec<Turn> = turns.into_iter().map(|(role, text)| Turn { role: roles[role], text }).collect();
        let mut conversation = engine().analyze_turns(&turns, &options).expect("valid options");
        prop_assert_eq!(conversation.turns.len(), turns.len());
        for (read, turn) in conversation.turns.iter().zip(&turns) {
            prop_assert_eq!(read.role, turn.role);
            holds_for_every_field(&turn.text, &read.analysis)?;
        }
        let own: Vec<&str> = turns.iter().filter(|turn| turn.role == Role::Customer).map(|turn| turn.text.as_str()).collect();
        prop_assert_eq!(&conversation.text, &own.join("\n"));
        // Where somebody else spoke, the customer replies to that.
        let other = turns.iter().find(|turn| turn.role != Role::Customer).map(|turn| turn.text.clone());
        let options = AnalyzeOptions { parent: options.parent.clone().or(other), ..options };
        let mut expected = if own.is_empty() { None } else { Some(engine().analyze(&conversation.text, &options).expect("valid options")) };
        // A conversation holds its words once.
        expected.iter_mut().for_each(|analysis| analysis.signals.drop_words());
        prop_assert_eq!(&conversation.customer, &expected);
        let before = conversation.clone();
        conversation.to_utf16(&turns);
        for ((bytes, utf16), turn) in before.turns.iter().zip(&conversation.turns).zip(&turns) {
            same_slices(&turn.text, &pushed(&bytes.analysis), &pushed(&utf16.analysis))?;
        }
        if let (Some(bytes), Some(utf16)) = (&before.customer, &conversation.customer) {
            same_slices(&before.text, &pushed(bytes), &pushed(utf16))?;
        }
    }
}

/// Fields of messages, and some that only policies have.
const KEYS: &[&str] = &[
    "text",
    "id",
    "channel",
    "source",
    "lang",
    "author",
    "handle",
    "email",
    "phone",
    "name",
    "customer",
    "thread",
    "inReplyTo",
    "sentAt",
    "rating",
    "scale",
    "value",
    "question",
    "parent",
    "nps",
    "stars5",
    "review",
    "other",
    "en",
];

/// Keys and labels of policies.
const POLICY_KEYS: &[&str] = &[
    "id",
    "version",
    "rules",
    "when",
    "then",
    "action",
    "queue",
    "priority",
    "respondWithinMinutes",
    "mode",
    "all",
    "any",
    "not",
    "sentiment",
    "acts",
    "pii",
    "rating",
    "channel",
    "language",
    "meaningful",
    "public",
    "truncated",
    "textContains",
    "negative",
    "question",
    "email",
    "low",
    "answer",
    "suggest",
    "min",
    "max",
];

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn any_text_is_survived(chars in prop::collection::vec(any::<char>(), 0..200), scale in prop::option::of((0..Scale::ALL.len(), 0..=10u8)), channel in 0..Channel::ALL.len()) {
        let text: String = chars.into_iter().collect();
        analyze(&text);
        let rating = scale.and_then(|(scale, value)| Rating::new(Scale::ALL[scale], value).ok());
        let message = Message { rating, channel: Channel::ALL[channel], ..Message::new(text.clone()) };
        let mut decision = engine().triage(&message, default_policy(), &with_sentences()).expect("a valid message");
        let redaction = privacy::redact(&text, &RedactOptions::default()).map(|redaction| redaction.text);
        prop_assert_eq!(decision.redacted.clone().ok_or(()), redaction.map_err(drop));
        let bytes: Vec<Vec<Span>> = decision.reasons.iter().map(|reason| reason.spans.clone()).collect();
        decision.to_utf16(&text);
        for (bytes, reason) in bytes.iter().zip(&decision.reasons) {
            in_order_and_apart(&text, bytes)?;
            same_slices(&text, bytes, &reason.spans)?;
        }
    }

    #[test]
    fn mixed_text_is_triaged_with_reasons_in_their_place(text in text(30)) {
        let message = Message::new(text.clone());
        let decision = engine().triage(&message, default_policy(), &AnalyzeOptions::default()).expect("a valid message");
        prop_assert!((1..=4).contains(&decision.priority) && !decision.reasons.is_empty());
        let mut utf16 = decision.clone();
        utf16.to_utf16(&text);
        for (bytes, utf16) in decision.reasons.iter().zip(&utf16.reasons) {
            in_order_and_apart(&text, &bytes.spans)?;
            same_slices(&text, &bytes.spans, &utf16.spans)?;
        }
    }

    #[test]
    fn any_json_is_read_as_a_message_or_refused_without_its_words(value in json(KEYS), with_text: bool) {
        let mut value = value;
        if let (true, Some(fields)) = (with_text, value.as_object_mut()) {
            fields.insert("text".into(), "the box was open".into());
        }
        match Message::from_value(value) {
            Ok(message) => {
                prop_assert!(message.check().is_ok());
                prop_assert!(engine().triage(&message, default_policy(), &AnalyzeOptions::default()).is_ok());
            }
            Err(error) => prop_assert_eq!(error.code(), "E_FIELD"),
        }
    }

    #[test]
    fn a_refused_message_never_repeats_a_value(place in prop::sample::select(KEYS), inner in prop::option::of(prop::sample::select(KEYS))) {
        let canary = serde_json::json!(["canary-7f3a"]);
        let value = match inner {
            Some(inner) => serde_json::json!({ inner: canary }),
            None => canary,
        };
        let mut message = serde_json::json!({ "text": "fine" });
        message[place] = value;
        if let Err(error) = Message::from_value(message) {
            prop_assert!(!error.to_string().contains("canary"), "{error}");
        }
    }

    #[test]
    fn any_policy_is_read_or_refused(value in json(POLICY_KEYS), noise in ".{0,60}") {
        prop_assert!(Policy::from_json(&noise).is_err() || !noise.is_empty());
        // As the whole policy, as its rules, as a condition and as what a rule decides.
        let then = serde_json::json!({ "action": "review", "queue": "q", "priority": 3 });
        let default = serde_json::json!({ "id": "rest", "then": then });
        for policy in [
            value.clone(),
            serde_json::json!({ "id": "p", "version": "1", "rules": value }),
            serde_json::json!({ "id": "p", "version": "1", "rules": [{ "id": "r", "when": value, "then": then }, default] }),
            serde_json::json!({ "id": "p", "version": "1", "rules": [{ "id": "r", "then": value }] }),
        ] {
            match Policy::from_json(&policy.to_string()) {
                Ok(policy) => prop_assert!(engine().triage(&Message::new("late again?"), &policy, &AnalyzeOptions::default()).is_ok()),
                Err(error) => prop_assert!(["E_POLICY", "E_JSON"].contains(&error.code()), "{error}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_damaged_policy_is_read_or_refused(at in 0.0..1.0f64, drop_bytes in 0..40usize, put in text(3)) {
        let start = DEFAULT_POLICY_JSON.floor_char_boundary((DEFAULT_POLICY_JSON.len() as f64 * at) as usize);
        let end = DEFAULT_POLICY_JSON.ceil_char_boundary((start + drop_bytes).min(DEFAULT_POLICY_JSON.len()));
        let damaged = [&DEFAULT_POLICY_JSON[..start], &put, &DEFAULT_POLICY_JSON[end..]].concat();
        if let Err(error) = Policy::from_json(&damaged) {
            prop_assert!(["E_POLICY", "E_JSON"].contains(&error.code()), "{error}");
        }
    }
}

/// A small model file with every head the engine asks for, written after the table in
/// `src/model/pack.rs`.
fn small_pack() -> Vec<u8> {
    const ROWS: usize = 9;
    const WIDTH: usize = 3;
    fn name(out: &mut Vec<u8>, name: &str) {
        out.push(name.len() as u8);
        out.extend(name.as_bytes());
    }
    fn floats(out: &mut Vec<u8>, count: usize) {
        (0..count).for_each(|i| out.extend((i as f32 * 0.25 - 0.5).to_le_bytes()));
    }
    let mut out = [&b"HKRN"[..], &FORMAT.to_le_bytes(), &[0; 14]].concat();
    name(&mut out, "small");
    out.extend((ROWS as u32).to_le_bytes());
    out.push(key_bits(ROWS) as u8);
    let steps = (0..ROWS as u16).map(|row| 700 + row);
    out.extend(steps.clone().map(|step| step as u8));
    out.extend(steps.map(|step| (step >> 8) as u8));
    // Encoding, view, bytes of the codes: one raw block, then plain ones.
    let blocks = [(0u8, 0u8, ROWS * WIDTH), (1, 1, ROWS * WIDTH.div_ceil(2)), (2, 1, ROWS * WIDTH.div_ceil(2))];
    out.push(blocks.len() as u8);
    for (encoding, view, bytes) in blocks {
        name(&mut out, "block");
        out.extend([WIDTH as u8, encoding, view]);
        floats(&mut out, WIDTH);
        out.extend([0xFF, 0x01]);
        // The spare half of a row's last byte stays empty.
        let odd = |i: usize| encoding != 0 && i % 2 == 1;
        out.extend((0..bytes).map(|i| ((i % 7 + 1) as u8 * 0x11) & if odd(i) { 0x07 } else { 0x77 }));
    }
    let heads: [(&str, u8, u8, Vec<&str>); 10] = [
        ("language", 0, 0, vec!["en", "ko"]),
        ("sentiment", 1, 0, SentimentLabel::ALL.map(SentimentLabel::slug).to_vec()),
        ("emotions", 1, 1, Emotion::ALL.map(Emotion::slug).to_vec()),
        ("acts", 2, 1, Act::ALL.map(Act::slug).to_vec()),
        ("safety", 1, 1, Safety::ALL.map(Safety::slug).to_vec()),
        ("flags", 2, 1, Flag::ALL.map(Flag::slug).to_vec()),
        ("signs", 2, 1, Sign::ALL.map(Sign::slug).to_vec()),
        ("danger", 2, 1, vec!["danger"]),
        ("intent", 2, 0, Intent::ALL.map(Intent::slug).to_vec()),
        ("topics", 2, 1, vec!["price", "delivery"]),
    ];
    out.push(heads.len() as u8);
    for (head, block, kind, labels) in heads {
        name(&mut out, head);
        out.extend([block, kind]);
        out.extend((labels.len() as u16).to_le_bytes());
        labels.iter().for_each(|label| name(&mut out, label));
        floats(&mut out, labels.len() * WIDTH);
        floats(&mut out, labels.len());
        out.extend(1f32.to_le_bytes());
        if kind == 1 {
            // One set for all languages, one for English.
            out.push(2);
            for language in ["", "en"] {
                name(&mut out, language);
                floats(&mut out, labels.len());
            }
        }
    }
    seal(out)
}

/// Writes length and checksum anew, so that damage behind them is read and not only noticed.
fn seal(mut pack: Vec<u8>) -> Vec<u8> {
    if pack.len() >= PAYLOAD {
        let len = pack.len() as u32;
        pack[8..12].copy_from_slice(&len.to_le_bytes());
        let sum = checksum(&pack[PAYLOAD..]);
        pack[12..PAYLOAD].copy_from_slice(&sum.to_le_bytes());
    }
    pack
}

/// Reads a pack that may be anything; where it is accepted it must also be usable.
fn read_pack(bytes: &[u8]) -> Result<bool, TestCaseError> {
    match Engine::with_model(bytes) {
        Ok(engine) => {
            let options =
                AnalyzeOptions { evidence: true, question: Some("What could be better?".into()), ..with_sentences() };
            prop_assert!(engine.analyze("The damn driver was kind, 감사합니다 12 😀", &options).is_ok());
            Ok(true)
        }
        Err(error) => {
            prop_assert_eq!(error.code(), "E_MODEL");
            Ok(false)
        }
    }
}

#[test]
fn the_small_pack_is_a_pack() {
    assert!(Engine::with_model(&small_pack()).is_ok());
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn any_bytes_are_no_model(bytes in prop::collection::vec(any::<u8>(), 0..300), begins_right: bool) {
        let bytes = if begins_right { seal([&small_pack()[..PAYLOAD], &bytes].concat()) } else { bytes };
        prop_assert!(!read_pack(&bytes)?);
    }

    #[test]
    fn a_damaged_pack_is_refused(at in 0.0..1.0f64, bit in 0..8u32, keep in 0.0..1.0f64) {
        let pack = small_pack();
        let mut flipped = pack.clone();
        flipped[(pack.len() as f64 * at) as usize] ^= 1 << bit;
        prop_assert!(!read_pack(&flipped)?);
        prop_assert!(!read_pack(&pack[..(pack.len() as f64 * keep) as usize])?);
    }

    #[test]
    fn a_forged_pack_is_refused_or_works(changes in prop::collection::vec((0.0..1.0f64, any::<u8>()), 1..6), cut in prop::option::of(0.0..1.0f64)) {
        let mut pack = small_pack();
        for (at, byte) in changes {
            let at = PAYLOAD + ((pack.len() - PAYLOAD) as f64 * at) as usize;
            pack[at] = byte;
        }
        if let Some(cut) = cut {
            pack.truncate(PAYLOAD + ((pack.len() - PAYLOAD) as f64 * cut) as usize);
        }
        read_pack(&seal(pack))?;
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
