//! What holds for every field of an analysis, in any context.

use hearken::analysis::{Act, Disposition, Emotion, Intent, Safety};
use hearken::analyze::{Role, Turn};
use hearken::span::Span;
use hearken::{Analysis, AnalyzeOptions};
use proptest::prelude::*;

use super::common::text;
use super::{cases, engine, in_order_and_apart, same_slices, spans};

/// Options with everything on, in a context that may be anything.
pub fn everything() -> impl Strategy<Value = AnalyzeOptions> {
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
