//! The policies of the industries: their rules stand in the default policy where the package puts them
//! (pkg/policies.mjs), are clean, name topics of their taxonomy, and decide what they should.

use std::collections::BTreeSet;

use hearken::analysis::{
    Act, Intent, Safety, Sentiment, SentimentLabel, SentimentProbabilities, TopicFound, UrgencyLevel, UrgencyReason,
};
use hearken::message::Channel;
use hearken::taxonomy::Target;
use hearken::triage::{DEFAULT_POLICY_JSON, Policy, lint};
use serde_json::Value;

#[path = "common/case.rs"]
mod case;
use case::{Case, case};

const INDUSTRIES: [&str; 8] =
    ["airline", "banking", "healthcare", "hospitality", "public", "retail", "saas", "telecom"];
/// The rule of the default policy before which those of an industry stand: behind all that protects people.
const BEFORE: &str = "leaving";

fn read(path: &str) -> Value {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&json).unwrap()
}

fn rules(industry: &str) -> Value {
    read(&format!("policies/industries/{industry}.json"))
}

/// As pkg/policies.mjs does.
fn whole(industry: &str) -> String {
    let mut policy: Value = serde_json::from_str(DEFAULT_POLICY_JSON).unwrap();
    let own = rules(industry);
    policy["id"] = own["id"].clone();
    let list = policy["rules"].as_array_mut().unwrap();
    let at = list.iter().position(|rule| rule["id"] == BEFORE).unwrap();
    list.splice(at..at, own["rules"].as_array().unwrap().iter().cloned());
    policy.to_string()
}

fn policy(industry: &str) -> Policy {
    Policy::from_json(&whole(industry)).unwrap_or_else(|error| panic!("{industry}: {error}"))
}

fn about(mut case: Case, topics: &[&str]) -> Case {
    let probabilities = SentimentProbabilities { negative: 0.0, neutral: 0.0, positive: 0.0 };
    for topic in topics {
        case.analysis.topics.push(TopicFound {
            number: 0,
            label: (*topic).into(),
            parent: None,
            target: Target::Process,
            sentiment: Sentiment { label: SentimentLabel::Negative, mixed: false, score: -0.5, probabilities },
            spans: vec![],
            negated: false,
        });
    }
    case
}

fn complains() -> Case {
    case(SentimentLabel::Negative).does(Act::Complaint).on(Channel::Email)
}

fn pressing(case: Case, reason: UrgencyReason) -> Case {
    case.with(|analysis| {
        analysis.signals.urgency.level = UrgencyLevel::High;
        analysis.signals.urgency.reasons = vec![reason];
    })
}

#[test]
fn every_industry_has_a_clean_policy_that_names_topics_of_its_taxonomy() {
    for industry in INDUSTRIES {
        let mut known = BTreeSet::new();
        collect(&read(&format!("taxonomy/{industry}.json")), "id", &mut known);
        let ids: Vec<String> = known.iter().cloned().collect();
        let findings = lint(&policy(industry), &ids);
        assert!(findings.is_empty(), "{industry}: {findings:?}");
        let mut used = BTreeSet::new();
        collect(&rules(industry), "topics", &mut used);
        assert!(!used.is_empty() && used.is_subset(&known), "{industry}: {:?}", used.difference(&known));
    }
}

/// The texts under `key`, anywhere.
fn collect(value: &Value, key: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == key => drop(into.insert(text.clone())),
                    Value::Array(list) if name == key => {
                        into.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    other => collect(other, key, into),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, key, into)),
        _ => {}
    }
}

#[test]
fn each_decides_what_its_industry_needs() {
    let asks = || case(SentimentLabel::Neutral).asks().on(Channel::Email);
    for (industry, case, queue, minutes) in [
        ("airline", about(complains(), &["baggage_lost"]), "baggage", 60),
        ("airline", pressing(about(complains(), &["punctuality"]), UrgencyReason::Deadline), "rebooking", 15),
        ("airline", about(asks(), &["refund_compensation"]), "claims", 10_080),
        ("banking", about(complains(), &["account_blocked"]), "accounts", 60),
        ("banking", about(asks(), &["loans"]), "advisers", 480),
        ("healthcare", about(complains(), &["medication_pain"]), "clinical_safety", 60),
        ("healthcare", about(asks(), &["appointments"]), "scheduling", 480),
        ("hospitality", pressing(about(complains(), &["noise"]), UrgencyReason::Stated), "front_desk", 15),
        ("hospitality", about(complains(), &["cleanliness"]), "duty_manager", 60),
        ("public", about(complains(), &["waste_cleanliness"]), "public_works", 2_880),
        ("public", about(asks(), &["fines"]), "contact_centre", 1_440),
        ("retail", about(complains(), &["courier"]), "logistics", 240),
        ("retail", asks().intent(Intent::Availability), "sales", 240),
        ("saas", pressing(about(complains(), &["reliability"]), UrgencyReason::Outage), "incidents", 15),
        ("telecom", about(complains(), &["unexpected_charges"]), "billing", 240),
        ("telecom", about(complains(), &["router_wifi"]), "technical", 240),
    ] {
        let decision = case.by(&policy(industry));
        assert_eq!((decision.queue.as_str(), decision.respond_within_minutes), (queue, Some(minutes)), "{industry}");
    }
}

#[test]
fn what_protects_people_and_what_thanks_them_stays_as_in_the_default() {
    for industry in INDUSTRIES {
        let own = policy(industry);
        let topics: Vec<String> = {
            let mut used = BTreeSet::new();
            collect(&rules(industry), "topics", &mut used);
            used.into_iter().collect()
        };
        let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
        let harm = about(complains(), &topics).flagged(Safety::SelfHarm).by(&own);
        assert_eq!((harm.queue.as_str(), harm.priority), ("safety", 1), "{industry}");
        let data = about(complains(), &topics).intent(Intent::PrivacyRequest).by(&own);
        assert_eq!(data.queue, "privacy", "{industry}");
        let praise = about(case(SentimentLabel::Positive).does(Act::Praise).on(Channel::Social), &topics).by(&own);
        assert_eq!(praise.action.slug(), "amplify", "{industry}");
        let thanks = about(case(SentimentLabel::Positive).thanks().on(Channel::Email), &topics).by(&own);
        assert_eq!(thanks.action.slug(), "thank", "{industry}");
    }
}
