//! Concepts 54, 66 and 67: every question gets an answer, every team can be reached, every reason names its ground.

use std::collections::BTreeSet;

use hearken::analysis::{Act, Intent, SentimentLabel};
use hearken::message::Channel;
use hearken::triage::{Action, Policy, decide, default_policy, lint};
use hearken::{AnalyzeOptions, Engine, Message};
use serde_json::json;

use super::case::{case, redaction};

/// Concept 54: whatever else a question is, somebody owes a reply until a stated time; where nobody does, the reason
/// says why.
#[test]
fn c54_every_question_has_an_answer_or_a_reason_why_not() {
    let owed = [Action::Answer, Action::Resolve, Action::Escalate, Action::Retain, Action::Engage];
    let mut seen = BTreeSet::new();
    for label in SentimentLabel::ALL {
        for channel in Channel::ALL {
            for intent in Intent::ALL {
                for more in [None, Some(Act::Thanks), Some(Act::Praise), Some(Act::Complaint), Some(Act::Request)] {
                    let mut one = case(label).on(channel).asks().intent(intent);
                    one.analysis.acts.extend(more);
                    let decision = one.by(default_policy());
                    let what = format!("{label:?} {channel:?} {intent:?} {more:?}: {:?}", decision.action);
                    assert!(owed.contains(&decision.action) && decision.respond_within_minutes.is_some(), "{what}");
                    assert!(decision.reasons.len() > 1, "{what}");
                    seen.insert(decision.action.slug());
                }
            }
        }
    }
    assert!(seen.contains("answer") && seen.contains("resolve"), "{seen:?}");
    // Nothing was said after all: no reply, and the reason says so.
    let decision = case(SentimentLabel::Neutral).asks().empty().by(default_policy());
    assert_eq!((decision.action, decision.respond_within_minutes), (Action::Ignore, None));
    assert!(decision.reasons.iter().any(|reason| reason.because == "the text says nothing"), "{:?}", decision.reasons);
}

/// Concept 66: the whole company talks, not only care.
#[test]
fn c66_every_team_is_reached_by_a_policy() {
    let to = |id: &str, when: serde_json::Value, queue: &str| json!({ "id": id, "when": when, "then": { "action": "review", "queue": queue, "priority": 3 } });
    let rules = json!([
        to("bill", json!({ "intent": ["billing"] }), "billing"),
        to("law", json!({ "intent": ["privacy_request"] }), "legal"),
        to("news", json!({ "channel": ["news", "blog"] }), "press"),
        to("buys", json!({ "intent": ["purchase_interest"] }), "sales"),
        to("idea", json!({ "acts": ["suggestion"] }), "product"),
        { "id": "rest", "then": { "action": "review", "queue": "care", "priority": 3 } },
    ]);
    let policy = Policy::from_json(&json!({ "id": "teams", "version": "1", "rules": rules }).to_string()).unwrap();
    assert!(lint(&policy, &[]).is_empty(), "{:?}", lint(&policy, &[]));
    let of = |intent| case(SentimentLabel::Neutral).intent(intent);
    let queues: Vec<String> = [
        of(Intent::Billing),
        of(Intent::PrivacyRequest),
        of(Intent::None).on(Channel::News),
        of(Intent::PurchaseInterest),
        of(Intent::None).does(Act::Suggestion),
        of(Intent::OrderStatus),
    ]
    .iter()
    .map(|one| one.by(&policy).queue)
    .collect();
    assert_eq!(queues, ["billing", "legal", "press", "sales", "product", "care"]);
}

/// How a reason begins that names a field of the message or of its analysis.
const FIELDS: [&str; 38] = [
    "intent ",
    "sentiment ",
    "safety label",
    "mark ",
    "state ",
    "emotion ",
    "urgency ",
    "reason of",
    "link ",
    "brand ",
    "channel ",
    "effort ",
    "disposition ",
    "journey stage",
    "media type",
    "language ",
    "length of the text",
    "NPS ",
    "CSAT ",
    "CES ",
    "star rating",
    "there is no rating",
    "asks ",
    "complains",
    "does not ",
    "makes ",
    "praises",
    "gives ",
    "greets",
    "states ",
    "contains ",
    "speaks of",
    "the text says",
    "written in",
    "shows ",
    "expected ",
    "number of ",
    "confidence of ",
];

/// Concept 67: an agent sees why: a place in the text, or the field that decided.
#[test]
fn c67_every_reason_names_a_place_or_a_field() {
    let engine = Engine::new().unwrap();
    let table = include_str!("messages.tsv");
    let mut reasons = 0;
    for line in table.lines().skip(1).step_by(3) {
        let fields: Vec<&str> = line.split('\t').collect();
        let message = Message { channel: Channel::from_slug(fields[2]).unwrap(), ..Message::new(fields[4]) };
        let analysis = engine.analyze(&message.text, &AnalyzeOptions::default()).unwrap();
        let decision = decide(default_policy(), &message, &analysis, Ok(redaction("")));
        assert!(!decision.reasons[0].rule.is_empty());
        for reason in decision.reasons.iter().skip(1) {
            reasons += 1;
            let named = FIELDS.iter().any(|field| reason.because.starts_with(field));
            assert!(named || !reason.spans.is_empty(), "{} {}: {}", fields[0], reason.rule, reason.because);
            assert!(reason.spans.iter().all(|span| span.slice(&message.text).is_some()));
        }
    }
    println!("{reasons} reasons");
    assert!(reasons > 200, "{reasons}");
}
