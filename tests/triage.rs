//! The triage contract: what the default policy decides, what a policy may say, and how a bad one
//! is refused. Analyses are built by hand, so that no model can move these results.

use std::collections::BTreeSet;

use hearken::analysis::{Act, Intent, LinkFinding, LinkKind, Safety, SentimentLabel, UrgencyLevel, UrgencyReason};
use hearken::message::{Channel, Rating, Scale};
use hearken::privacy::PiiType;
use hearken::triage::{
    Action, DEFAULT_POLICY_JSON, DecisionMode, MAX_DEPTH, MAX_NAME_CHARS, MAX_PHRASE_CHARS, MAX_POLICY_BYTES,
    MAX_RULES, Policy, decide, default_policy, is_public,
};
use hearken::{Analysis, Error, Span};
use proptest::prelude::*;
use serde_json::{Value, json};

use SentimentLabel::{Negative, Neutral, Positive};

#[path = "triage/acceptance.rs"]
mod acceptance;
#[path = "common/case.rs"]
mod case;
use case::{Case, case, redaction};

/// The id of the default rule that decides.
fn decider(case: &Case) -> String {
    case.by(default_policy()).reasons[0].rule.clone()
}

fn in_danger(analysis: &mut Analysis) {
    analysis.signals.urgency.reasons = vec![UrgencyReason::SafetyRisk];
}

fn pressing(analysis: &mut Analysis) {
    analysis.signals.urgency.level = UrgencyLevel::High;
}

fn pirated(analysis: &mut Analysis) {
    analysis.signals.links = vec![LinkFinding { kind: LinkKind::Piracy, span: Span::new(0, 3), disguised: false }];
}

fn to_all(analysis: &mut Analysis) {
    analysis.broadcast = true;
}

fn mixed(analysis: &mut Analysis) {
    analysis.sentiment.mixed = true;
}

fn going(analysis: &mut Analysis) {
    analysis.signals.churn.present = true;
}

#[test]
fn the_response_matrix() {
    use Channel::*;
    use Intent::{Billing, DeliveryProblem, FraudSecurity, PrivacyRequest, RefundReturn, TechnicalFault};
    use Scale::*;
    let neg = || case(Negative);
    let neu = || case(Neutral);
    let pos = || case(Positive);
    // case, rule, "action/queue/priority/minutes"
    let rows: Vec<(Case, &str, &str)> = vec![
        (neu().text("I want to die."), "safety", "escalate/safety/1/15"),
        (pos().text("Great toaster, but it caught fire"), "safety", "escalate/safety/1/15"),
        (neu().on(Social).pii(PiiType::Card, 0, 3), "payment_data_in_public", "escalate/privacy/1/15"),
        (pos().on(Review).pii(PiiType::Iban, 0, 3), "payment_data_in_public", "escalate/privacy/1/15"),
        (neu().on(Forum).empty().pii(PiiType::Card, 0, 3), "payment_data_in_public", "escalate/privacy/1/15"),
        (neu().on(Email).pii(PiiType::Card, 0, 3), "default", "engage/care/4/1440"),
        (neu().on(Social).pii(PiiType::Email, 0, 3), "default", "engage/care/4/1440"),
        (neg().empty().rated(Nps, 0), "low_rating_without_words", "engage/care/3/1440"),
        (neg().empty(), "nothing_said", "ignore/none/4/-"),
        (neu().empty().asks().rated(Nps, 9), "nothing_said", "ignore/none/4/-"),
        (pos().on(AdComment).text("So easy! Link in bio"), "promotion", "review/moderation/4/-"),
        (neg().text("Your link in bio is dead").on(Social), "problem", "resolve/care/3/240"),
        (neg().text("I am closing my account."), "leaving", "retain/retention/2/60"),
        (pos().text("Never again").rated(Stars5, 1), "leaving", "retain/retention/2/60"),
        (pos().text("I will never cancel my subscription"), "thanks_or_praise_in_private", "thank/community/4/1440"),
        (neu().text("How do I cancel my subscription?").asks(), "question", "answer/care/3/1440"),
        (neg().on(Chat), "problem_in_chat", "resolve/care/2/1"),
        (neg().on(Call).score(-0.1), "problem_in_chat", "resolve/care/2/1"),
        (neg().on(Messaging), "problem_in_messaging", "resolve/care/2/15"),
        (neg().asks(), "problem_urgent", "resolve/care/2/60"),
        (neg().on(Social).asks().thanks().score(-0.6), "problem_urgent", "resolve/care/2/60"),
        // A question that may or may not be a complaint is answered.
        (neg().on(Social).asks().thanks().score(-0.2), "question_in_social", "answer/care/3/60"),
        (neg().on(Chat).asks().score(-0.2), "question_in_chat", "answer/care/2/1"),
        (neg().on(Messaging).asks().score(-0.2), "question_in_messaging", "answer/care/2/15"),
        (neg().rated(Csat5, 2), "problem_urgent", "resolve/care/2/60"),
        (neg().rated(Csat5, 2).score(-0.2), "disappointed", "engage/care/3/1440"),
        (neg().rated(Csat5, 2).score(-0.2).does(Act::Complaint).intent(Billing), "problem_urgent", "resolve/care/2/60"),
        (neg(), "problem", "resolve/care/3/240"),
        (neg().rated(Nps, 10), "problem", "resolve/care/3/240"),
        (neg().thanks(), "problem", "resolve/care/3/240"),
        (neg().score(-0.5), "disappointed", "engage/care/3/1440"),
        (neg().score(-0.2).rated(Nps, 8).on(Survey), "disappointed", "engage/care/3/1440"),
        (neu().on(Chat).asks(), "question_in_chat", "answer/care/2/1"),
        (pos().on(Call).asks(), "question_in_chat", "answer/care/2/1"),
        (neu().on(Messaging).asks(), "question_in_messaging", "answer/care/2/15"),
        (neu().on(Social).asks(), "question_in_social", "answer/care/3/60"),
        (pos().on(AdComment).asks().thanks(), "question_in_social", "answer/care/3/60"),
        (neu().on(Email).asks(), "question_in_writing", "answer/care/3/240"),
        (neu().on(WebForm).asks().rated(Nps, 3), "question_in_writing", "answer/care/3/240"),
        (neu().on(Review).asks(), "question", "answer/care/3/1440"),
        (pos().on(Review).rated(Stars5, 2), "words_and_rating_differ", "engage/care/3/1440"),
        (pos().rated(Nps, 7), "words_and_rating_differ", "engage/care/3/1440"),
        (neu().rated(Ces7, 2), "words_and_rating_differ", "engage/care/3/1440"),
        (pos().rated(Nps, 0), "praise_with_the_lowest_rating", "resolve/care/3/240"),
        (pos().on(Social).thanks(), "thanks_or_praise_in_private", "thank/community/4/1440"),
        (neu().thanks(), "thanks_or_praise_in_private", "thank/community/4/1440"),
        (pos().on(Email).rated(Nps, 10), "thanks_or_praise_in_private", "thank/community/4/1440"),
        (pos().on(Social), "praise_in_public", "amplify/community/4/1440"),
        (pos().on(Review).rated(Stars5, 5), "praise_in_public", "amplify/community/4/1440"),
        (neu().flagged(Safety::SelfHarm), "safety", "escalate/safety/1/15"),
        (neg().flagged(Safety::Threat).does(Act::Complaint), "safety", "escalate/safety/1/15"),
        (neu().with(in_danger), "safety", "escalate/safety/1/15"),
        (neu().does(Act::Request).intent(PrivacyRequest), "privacy_request", "resolve/privacy/3/43200"),
        (neg().does(Act::Complaint).intent(FraudSecurity), "fraud", "resolve/security/1/60"),
        (pos().with(pirated), "spam_or_piracy", "block/moderation/4/-"),
        (neu().flagged(Safety::Spam).with(to_all), "promotion", "review/moderation/4/-"),
        (neu().asks().with(pirated), "question", "answer/care/3/1440"),
        (neg().with(pirated), "problem", "resolve/care/3/240"),
        (neu().flagged(Safety::Spam), "default", "engage/care/4/1440"),
        (neu().with(going), "leaving", "retain/retention/2/60"),
        (neu().asks().with(going), "question", "answer/care/3/1440"),
        (neg().flagged(Safety::Toxic), "abuse_without_a_matter", "review/moderation/3/-"),
        (neg().flagged(Safety::Toxic).does(Act::Complaint).intent(Billing), "problem", "resolve/care/3/240"),
        (pos().does(Act::Complaint).intent(TechnicalFault), "problem", "resolve/care/3/240"),
        (neu().on(Chat).does(Act::Complaint).intent(DeliveryProblem), "problem_in_chat", "resolve/care/2/1"),
        (neu().does(Act::Complaint).with(pressing), "problem_urgent", "resolve/care/2/60"),
        (neu().on(Review).does(Act::Complaint), "disappointed", "engage/care/3/1440"),
        (neu().on(Email).does(Act::Complaint), "problem", "resolve/care/3/240"),
        (neu().text("👍"), "nothing_said", "ignore/none/4/-"),
        (neu().text("@sam_k haha 😂").rated(Nps, 9), "nothing_said", "ignore/none/4/-"),
        (neu().text("see below"), "hardly_a_word", "ignore/none/4/-"),
        (neu().does(Act::Request).intent(RefundReturn), "asks_to_act", "resolve/care/3/240"),
        (neu().does(Act::Request), "asks_in_other_words", "answer/care/3/1440"),
        (neu().does(Act::Suggestion), "suggestion_before_praise", "engage/product/4/2880"),
        (neu().does(Act::Suggestion).score(0.5), "suggestion", "engage/product/4/2880"),
        (neu().on(Social).with(mixed), "torn", "engage/care/3/1440"),
        (pos().on(Social).with(mixed), "praise_in_public", "amplify/community/4/1440"),
        (
            neu().on(Review).does(Act::Praise).does(Act::Complaint).intent(Billing).with(mixed),
            "problem_amid_praise",
            "resolve/care/3/240",
        ),
        // A plain question is answered, whatever it sounds like.
        (neg().asks().score(-0.6).intent(Intent::HowTo), "question", "answer/care/3/1440"),
        (pos().flagged(Safety::Spam).text("Earn 900 a day, text me"), "spam_or_piracy", "block/moderation/4/-"),
        (neu().flagged(Safety::Spam).text("the screenshot: https://example.com/a1"), "default", "engage/care/4/1440"),
        (neu().flagged(Safety::SelfHarm).thanks(), "thanks_or_praise_in_private", "thank/community/4/1440"),
        (neg().flagged(Safety::Threat).flagged(Safety::Hate), "abuse_without_a_matter", "review/moderation/3/-"),
        (pos().on(Social).thanks().does(Act::Praise), "praise_in_public", "amplify/community/4/1440"),
        (pos().on(Messaging).thanks().does(Act::Praise), "thanks_or_praise_in_private", "thank/community/4/1440"),
        (neu(), "default", "engage/care/4/1440"),
        (neu().on(Survey).rated(Nps, 8), "default", "engage/care/4/1440"),
    ];
    for (index, (case, rule, then)) in rows.iter().enumerate() {
        let decision = case.by(default_policy());
        let minutes = decision.respond_within_minutes.map_or("-".to_owned(), |minutes| minutes.to_string());
        let got = format!("{}/{}/{}/{minutes}", decision.action.slug(), decision.queue, decision.priority);
        assert_eq!((decider(case).as_str(), got.as_str()), (*rule, *then), "row {index}");
        assert_eq!(decision.mode, DecisionMode::Suggest, "row {index}");
    }
    let reached: BTreeSet<&str> = rows.iter().map(|row| row.1).collect();
    let rules: BTreeSet<&str> = default_policy().rule_ids().collect();
    assert_eq!(reached, rules, "every default rule has a row");
}

/// One row a language: someone leaving | someone in danger | a promotion.
const PHRASES: &str = "
After this I'm switching to another provider | sometimes I want to die | Guaranteed returns, join my Telegram
이번 달에 해지할 겁니다. 다시는 안 써요 | 죽고 싶어요 | 맞팔해요~
もう使いません。解約します | もう死にたいです | 誰でも稼げます
Rezygnuję z waszych usług | Chcę umrzeć | Zarabiaj w domu, pisz!
Ich werde zum Monatsende kündigen | Ich will nicht mehr leben | Garantierte Rendite, schreib mir
Quiero darme de baja ya | Ya quiero morirme | Gana dinero desde casa
Je résilie dès demain, plus jamais | J'ai envie de mourir | Gains garantis, écrivez-moi
Ho mandato la disdetta, mai più | Voglio morire | Guadagna da casa
Nunca mais compro aqui | Eu quero morrer | Ganhe dinheiro em casa
Ik wil mijn abonnement opzeggen en stap over naar een ander | Ik wil niet meer leven | Link in mijn bio
再也不会来了 | 我不想活了 | 加我微信，日赚五百
";

#[test]
fn default_phrases_hold_in_eleven_languages() {
    let rows: Vec<Vec<&str>> = PHRASES.trim().lines().map(|row| row.split(" | ").collect()).collect();
    assert_eq!(rows.len(), 11);
    for row in rows {
        let [leaving, danger, promotion] = row[..] else { panic!("{row:?}") };
        assert_eq!(decider(&case(Negative).text(leaving)), "leaving", "{leaving}");
        assert_eq!(decider(&case(Neutral).text(leaving)), "leaving", "{leaving}");
        assert_ne!(decider(&case(Positive).text(leaving)), "leaving", "{leaving}");
        assert_eq!(decider(&case(Neutral).text(danger)), "safety", "{danger}");
        assert_eq!(decider(&case(Positive).text(promotion)), "promotion", "{promotion}");
        assert_eq!(decider(&case(Negative).text(promotion)), "problem", "{promotion}");
    }
}

#[test]
fn ordinary_words_that_look_like_listed_phrases_do_not_match() {
    for text in [
        "Why did prices shoot up?",
        "Would it kill you to reply",
        "요금 폭탄 맞았어요",
        "Ich bin gestern umgezogen",
        "switching to dark mode breaks the app",
        "they cancelled my order",
        "無事に解決しました",
    ] {
        assert_eq!(decider(&case(Negative).text(text)), "problem", "{text}");
    }
}

#[test]
fn capitals_and_exclamation_marks_change_nothing() {
    for text in ["I want to cancel my account", "where is my parcel", "thanks, lovely", "ich möchte kündigen"] {
        let loud = text.to_uppercase() + "!!!";
        for label in SentimentLabel::ALL {
            assert_eq!(decider(&case(label).text(text)), decider(&case(label).text(&loud)), "{text}");
        }
    }
}

#[test]
fn nothing_private_is_amplified_and_nothing_is_automated() {
    for channel in Channel::ALL {
        for label in SentimentLabel::ALL {
            let decision = case(label).on(channel).by(default_policy());
            assert!(decision.action != Action::Amplify || is_public(channel), "{}", channel.slug());
            assert_eq!(decision.mode, DecisionMode::Suggest);
        }
    }
    let policy: Value = serde_json::from_str(DEFAULT_POLICY_JSON).unwrap();
    let blocking = policy["rules"].as_array().unwrap().iter().filter(|rule| rule["then"]["action"] == "block");
    assert_eq!(blocking.map(|rule| rule["id"].as_str().unwrap()).collect::<Vec<_>>(), ["spam_or_piracy"]);
    assert_eq!((default_policy().id(), default_policy().version()), ("default", "3"));
}

/// A policy of one rule with this condition, then a default.
fn policy_when(when: Value) -> Policy {
    let then = json!({"action": "answer", "queue": "q", "priority": 2, "mode": "automate"});
    let default = json!({"action": "ignore", "queue": "q", "priority": 4});
    let rules = json!([{"id": "r", "when": when, "then": then}, {"id": "d", "then": default}]);
    Policy::from_json(&json!({"id": "p", "version": "7", "rules": rules}).to_string()).unwrap()
}

#[test]
fn every_condition_holds_and_fails() {
    let base = || case(Negative).on(Channel::Review).rated(Scale::Nps, 2).asks().pii(PiiType::Ip, 4, 10);
    // condition, the words when it holds, the words when a `not` stands before one that fails
    let rows = [
        (json!({"sentiment": ["negative"]}), json!({"sentiment": ["neutral", "positive"]}), "sentiment is negative"),
        (json!({"scoreBelow": -0.5}), json!({"scoreBelow": -0.7}), "sentiment score is below -0.5"),
        (json!({"scoreAbove": -0.75}), json!({"scoreAbove": -0.7}), "sentiment score is above -0.75"),
        (json!({"acts": ["thanks", "question"]}), json!({"acts": ["thanks"]}), "asks a question"),
        (json!({"pii": ["card", "ip"]}), json!({"pii": ["card", "iban"]}), "contains an IP address"),
        (json!({"rating": ["low"]}), json!({"rating": ["high", "middle"]}), "NPS answer 2 is low"),
        (json!({"channel": ["chat", "review"]}), json!({"channel": ["chat"]}), "channel is review"),
        (json!({"language": ["de", "en"]}), json!({"language": ["und"]}), "language is en"),
        (json!({"meaningful": true}), json!({"meaningful": false}), "the text says something"),
        (json!({"public": true}), json!({"public": false}), "written in public"),
        (json!({"textContains": ["DRIVER"]}), json!({"textContains": ["drive"]}), "contains a listed phrase"),
    ];
    let negated = [
        "sentiment is negative",
        "sentiment score is not below -0.7",
        "sentiment score is not above -0.7",
        "gives no thanks",
        "contains no card number and no IBAN",
        "NPS answer 2 is low",
        "channel is review",
        "language is en",
        "the text says something",
        "written in public",
        "contains no listed phrase",
    ];
    for ((holds, fails, because), not_because) in rows.into_iter().zip(negated) {
        let reasons = |when: Value| {
            let decision = base().by(&policy_when(when));
            decision.reasons.iter().map(|reason| format!("{}: {}", reason.rule, reason.because)).collect::<Vec<_>>()
        };
        assert_eq!(reasons(holds.clone()), ["r: first rule that holds".to_owned(), format!("r: {because}")]);
        assert_eq!(reasons(fails.clone()), ["d: no earlier rule holds"]);
        let not = json!({"not": {"all": [holds.clone(), fails.clone()]}});
        assert_eq!(reasons(not)[1..], [format!("r: {not_because}")]);
        assert_eq!(reasons(json!({"any": [fails.clone(), holds.clone()]}))[1..], [format!("r: {because}")]);
        assert_eq!(reasons(json!({"not": {"not": holds.clone()}}))[1..], [format!("r: {because}")]);
        assert_eq!(reasons(json!({"all": [holds, fails]})), ["d: no earlier rule holds"]);
    }
}

#[test]
fn a_decision_serialises_as_the_typescript_type() {
    let text = "😀 Wo ist meine Bestellung? jane@example.com";
    let at = text.find("jane").unwrap();
    let policy = policy_when(json!({"all": [{"pii": ["email"]}, {"textContains": ["MEINE   bestellung"]}]}));
    let case = case(Neutral).text(text).pii(PiiType::Email, at, text.len());
    let mut decision = decide(&policy, &case.message, &case.analysis, Ok(redaction("😀 Wo ... [EMAIL]")));
    let bytes = decision.reasons[2].spans[0];
    assert_eq!(bytes.slice(text), Some("meine Bestellung"));

    decision.to_utf16(text);
    let mut value = serde_json::to_value(&decision).unwrap();
    let analysis = value.as_object_mut().unwrap().remove("analysis").unwrap();
    assert_eq!(analysis["pii"][0]["span"], json!([28, 44]));
    assert_eq!(
        value,
        json!({
            "action": "answer", "queue": "q", "priority": 2, "mode": "automate", "toneHint": "plain",
            "reasons": [
                {"rule": "r", "because": "first rule that holds", "spans": []},
                {"rule": "r", "because": "contains an e-mail address", "spans": [[28, 44]]},
                {"rule": "r", "because": "contains a listed phrase", "spans": [[10, 26]]},
            ],
            "redacted": "😀 Wo ... [EMAIL]",
            "policy": {"id": "p", "version": "7"},
        })
    );
}

#[test]
fn a_failed_redaction_gives_no_text_and_says_why() {
    let case = case(Positive).on(Channel::Social);
    let failed = Err(Error::TextTooLarge { limit: 10, actual: 25 });
    let value = serde_json::to_value(decide(default_policy(), &case.message, &case.analysis, failed)).unwrap();
    assert_eq!(value["redacted"], Value::Null);
    assert!(value.as_object().unwrap().contains_key("redacted"));
    assert_eq!(value["redactionError"]["code"], "E_TEXT_TOO_LARGE");
    assert_eq!(value["redactionError"]["message"], "text of 25 bytes is over the limit of 10 bytes");
    assert_eq!((&value["action"], &value["respondWithinMinutes"]), (&json!("amplify"), &json!(1440)));
}

#[test]
fn labels_are_those_of_the_declarations() {
    let types = include_str!("../src/wasm/types/triage.d.ts");
    let union = |name: &str| -> BTreeSet<&str> {
        let (_, rest) = types.split_once(&format!("export type {name} =")).unwrap();
        rest.split_once(';').unwrap().0.split('"').skip(1).step_by(2).collect()
    };
    assert_eq!(union("Action"), Action::ALL.iter().map(|action| action.slug()).collect());
    for action in Action::ALL {
        assert_eq!(serde_json::to_value(action).unwrap(), action.slug());
    }
    // The keys of `Condition` are those the reader names when it gets none.
    let (_, rest) = types.split_once("export type Condition =").unwrap();
    let keys: Vec<&str> =
        rest.split_once(';').unwrap().0.split("{ ").skip(1).map(|p| p.split_once(':').unwrap().0).collect();
    let (_, what) = refused(r#"{"id":"a","version":"1","rules":[{"id":"r","when":{},"then":{}}]}"#);
    assert_eq!(what, format!("needs one key of {}", keys.join(", ")));
}

/// Path and reason of a refusal.
fn refused(json: &str) -> (String, String) {
    match Policy::from_json(json) {
        Err(Error::Policy { path, what }) => (path, what),
        other => panic!("expected a refused policy, got {other:?}"),
    }
}

/// Three rules: two with conditions, a default.
fn valid() -> Value {
    let then =
        json!({"action": "answer", "queue": "care", "priority": 2, "respondWithinMinutes": 60, "mode": "suggest"});
    json!({"id": "mine", "version": "1", "rules": [
        {"id": "a", "when": {"all": [{"sentiment": ["negative", "neutral"]}, {"not": {"acts": ["thanks"]}}]}, "then": then},
        {"id": "b", "when": {"textContains": ["one phrase", "another"]}, "then": then},
        {"id": "c", "then": then},
    ]})
}

/// The valid policy with the value at a JSON pointer replaced; a new last key is added.
fn with(pointer: &str, value: Value) -> String {
    let mut policy = valid();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match policy.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(key.into(), value)),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{other}"),
    }
    policy.to_string()
}

fn without(pointer: &str) -> String {
    let mut policy = valid();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    policy.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    policy.to_string()
}

/// Where in the valid policy | what is put there (`-` removes it) | path of the refusal | reason.
const FAULTS: &str = r#"
 | [] | $ | must be an object, is a list
 | null | $ | must be an object, is null
 | {"id":"a","id":"b"} | id | key given twice
/note | 1 | note | unknown key; allowed: $schema, id, version, thresholds, rules
/two words | 1 | ["two words"] | unknown key; allowed: $schema, id, version, thresholds, rules
/id | - | id | is missing
/id | " " | id | must not be empty
/version | 1 | version | must be text, is a number
/rules | - | rules | is missing
/rules | {} | rules | must be a list, is an object
/rules | [] | rules | must not be an empty list
/rules/1 | "b" | rules[1] | must be an object, is text
/rules/1/if | {} | rules[1].if | unknown key; allowed: id, when, then
/rules/1/id | "a" | rules[1].id | already the id of rules[0]
/rules/1/when | - | rules[2] | can never be reached: rule "b" before it has no `when`
/rules/2/when | {"public":true} | rules | the default is missing: the last rule must have no `when`
/rules/0/when | null | rules[0].when | must be an object, is null
/rules/0/when/any | [] | rules[0].when.any | a condition has exactly one key; join conditions with all or any
/rules/0/when/all | [] | rules[0].when.all | must not be an empty list
/rules/0/when/all/0/sentiment/1 | "angry" | rules[0].when.all[0].sentiment[1] | unknown label "angry"; allowed: negative, neutral, positive
/rules/0/when/all/0/sentiment/1 | 3 | rules[0].when.all[0].sentiment[1] | must be one of negative, neutral, positive, is a number
/rules/0/when/all/0/sentiment | "negative" | rules[0].when.all[0].sentiment | must be a list, is text
/rules/0/when/all/1/not/acts/0 | "Thanks" | rules[0].when.all[1].not.acts[0] | unknown label "Thanks"; allowed: question, complaint, request, suggestion, praise, thanks, greeting, statement
/rules/0/when | {"pii":["ssn"]} | rules[0].when.pii[0] | unknown label "ssn"; allowed: email, phone, card, iban, bank_account, ip, mac, url, url_token, secret, crypto, national_id, company_id, passport, driving_licence, birth_date, address, postcode, location, plate, reference, handle, person
/rules/0/when | {"rating":["low","mid"]} | rules[0].when.rating[1] | unknown label "mid"; allowed: low, middle, high
/rules/0/when | {"channel":["sms"]} | rules[0].when.channel[0] | unknown label "sms"; allowed: survey, review, social, ad_comment, messaging, chat, email, forum, blog, news, call, web_form, other
/rules/0/when | {"language":["en-GB"]} | rules[0].when.language[0] | unknown label "en-GB"; allowed: codes of two or three lower-case letters (ISO 639), und
/rules/0/when | {"scoreBelow":-1.01} | rules[0].when.scoreBelow | must be a number from -1 to 1
/rules/0/when | {"scoreAbove":"0"} | rules[0].when.scoreAbove | must be a number from -1 to 1, is text
/rules/0/when | {"meaningful":1} | rules[0].when.meaningful | must be true or false, is a number
/rules/0/when | {"public":null} | rules[0].when.public | must be true or false, is null
/rules/1/when/textContains/1 | "" | rules[1].when.textContains[1] | must not be empty
/rules/1/when/textContains/1 | "\u200B<br>" | rules[1].when.textContains[1] | nothing is left of the phrase in normal form
/rules/2/then | - | rules[2].then | is missing
/rules/2/then/queue | - | rules[2].then.queue | is missing
/rules/2/then/deadline | 5 | rules[2].then.deadline | unknown key; allowed: action, queue, priority, respondWithinMinutes, mode, toneHint, needs, hold
/rules/2/then/action | "reply" | rules[2].then.action | unknown label "reply"; allowed: answer, resolve, amplify, thank, engage, retain, escalate, review, ignore, block
/rules/2/then/priority | 5 | rules[2].then.priority | must be a whole number from 1 to 4
/rules/2/then/priority | 1.5 | rules[2].then.priority | must be a whole number from 1 to 4
/rules/2/then/respondWithinMinutes | 0 | rules[2].then.respondWithinMinutes | must be a whole number from 1 to 525600
/rules/2/then/mode | "auto" | rules[2].then.mode | unknown label "auto"; allowed: suggest, automate
"#;

#[test]
fn every_fault_is_refused_at_its_exact_path() {
    assert!(Policy::from_json(&valid().to_string()).is_ok());
    let rows: Vec<Vec<&str>> = FAULTS.trim_matches('\n').lines().map(|row| row.splitn(4, " | ").collect()).collect();
    assert_eq!(rows.len(), 41);
    for row in rows {
        let json = match row[..2] {
            ["", whole] => whole.to_owned(),
            [pointer, "-"] => without(pointer),
            [pointer, value] => with(pointer, serde_json::from_str(value).unwrap()),
            _ => panic!("{row:?}"),
        };
        assert_eq!(refused(&json), (row[2].to_owned(), row[3].to_owned()), "{json}");
    }
}

#[test]
fn limits_are_exact() {
    let name = |chars: usize| with("/rules/2/then/queue", json!("é".repeat(chars)));
    assert!(Policy::from_json(&name(MAX_NAME_CHARS)).is_ok());
    let at = |path: &str, what: &str| (path.to_owned(), what.to_owned());
    assert_eq!(refused(&name(101)), at("rules[2].then.queue", "must have at most 100 characters"));
    let phrase = |chars: usize| with("/rules/1/when/textContains/0", json!("é".repeat(chars)));
    assert!(Policy::from_json(&phrase(MAX_PHRASE_CHARS)).is_ok());
    assert_eq!(refused(&phrase(201)), at("rules[1].when.textContains[0]", "must have at most 200 characters"));

    let nested = |depth: usize| (1..depth).fold(json!({"public": true}), |inner, _| json!({"not": inner}));
    assert!(Policy::from_json(&with("/rules/0/when", nested(MAX_DEPTH))).is_ok());
    let path = format!("rules[0].when{}", ".not".repeat(MAX_DEPTH));
    let what = "conditions are nested deeper than 16".to_owned();
    assert_eq!(refused(&with("/rules/0/when", nested(MAX_DEPTH + 1))), (path.clone(), what.clone()));
    // Far deeper than any recursion could go: the same answer.
    let hostile = valid().to_string().replace(
        r#"{"textContains":["one phrase","another"]}"#,
        &(r#"{"not":"#.repeat(8_000) + "1" + &"}".repeat(8_000)),
    );
    assert_eq!(refused(&hostile), (path.replace("[0]", "[1]"), what));

    let small = "{},".repeat(MAX_RULES) + "{}";
    let over = format!(r#"{{"id":"a","version":"1","rules":[{small}]}}"#);
    assert_eq!(refused(&over), ("rules".into(), "has 1001 rules, over the limit of 1000".into()));

    let padded = |bytes: usize| valid().to_string() + &" ".repeat(bytes - valid().to_string().len());
    assert!(Policy::from_json(&padded(MAX_POLICY_BYTES)).is_ok());
    assert_eq!(
        refused(&padded(MAX_POLICY_BYTES + 1)),
        ("$".into(), "has 262145 bytes, over the limit of 262144".into())
    );
}

#[test]
fn broken_json_is_refused_at_its_line_and_column() {
    for (json, line, column) in
        [("", 1, 1), ("{\n  \"id\": \"é\",\n  \"ü\" 1\n}", 3, 7), ("{} x", 1, 4), (r#"{"id":"\ud800"}"#, 1, 14)]
    {
        assert_eq!(Policy::from_json(json).unwrap_err(), Error::Json { what: "policy", line, column }, "{json}");
    }
}

fn any_case() -> impl Strategy<Value = Case> {
    let words = "cancel my|account|Ｎever|again|解約|😀|죽고 싶|<b>|İ|\u{200B}";
    let words = prop::sample::select(words.split('|').collect::<Vec<_>>());
    let text = prop_oneof![prop::collection::vec(words, 0..8).prop_map(|words| words.join(" ")), any::<String>()];
    let acts = prop::sample::subsequence(Act::ALL.to_vec(), 0..=2);
    let channel = prop::sample::select(Channel::ALL.to_vec());
    let rating = prop::option::of((prop::sample::select(Scale::ALL.to_vec()), 0u8..=10));
    let label = prop::sample::select(SentimentLabel::ALL.to_vec());
    (text, acts, channel, rating, label, -1.0..=1.0, any::<bool>()).prop_map(
        |(text, acts, channel, rating, label, score, meaningful)| {
            let mut case = case(label).text(&text).on(channel).score(score);
            case.analysis.acts = acts;
            case.analysis.meaningful = meaningful;
            case.message.rating = rating.and_then(|(scale, value)| Rating::new(scale, value).ok());
            case
        },
    )
}

/// Conditions out of known keys with values that are often right and sometimes not.
fn any_condition() -> impl Strategy<Value = Value> {
    let labels: Vec<&str> =
        "negative positive question thanks card low high social chat en ko again".split(' ').collect();
    let list = prop::collection::vec(prop::sample::select(labels), 0..3).prop_map(|list| json!(list));
    let other = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-2.0..2.0f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from)
    ];
    let value = prop_oneof![list, other];
    let keys = "sentiment scoreBelow acts pii rating channel language meaningful public textContains all x";
    let keys: Vec<&str> = keys.split(' ').collect();
    let leaf = (prop::sample::select(keys), value).prop_map(|(key, value)| json!({key: value}));
    let good = prop::sample::select(vec![
        json!({"sentiment": ["negative"]}),
        json!({"textContains": ["again", "解約", "i"]}),
        json!({"acts": ["question"]}),
        json!({"scoreAbove": 0.1}),
    ]);
    prop_oneof![3 => good, 1 => leaf].prop_recursive(5, 24, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            (parts, any::<bool>()).prop_map(|(parts, all)| if all {
                json!({"all": parts})
            } else {
                json!({"any": parts})
            }),
            inner.prop_map(|part| json!({"not": part})),
        ]
    })
}

proptest! {
    #[test]
    fn policies_of_any_kind_are_read_or_refused_and_decide(
        when in prop::collection::vec(any_condition(), 1..4),
        case in any_case(),
    ) {
        let then = json!({"action": "answer", "queue": "q", "priority": 1});
        let rule = |(i, when): (usize, &Value)| json!({"id": i.to_string(), "when": when, "then": then});
        let mut rules: Vec<Value> = when.iter().enumerate().map(rule).collect();
        rules.push(json!({"id": "default", "then": then}));
        let json = json!({"id": "p", "version": "1", "rules": rules}).to_string();
        match Policy::from_json(&json) {
            Err(Error::Policy { path, .. }) => prop_assert!(path.starts_with("rules["), "{}", path),
            Err(other) => prop_assert!(false, "{:?}", other),
            Ok(policy) => {
                let decision = case.by(&policy);
                let rule = &decision.reasons[0].rule;
                prop_assert!(policy.rule_ids().any(|id| id == rule));
                prop_assert!(decision.reasons.iter().all(|reason| reason.rule == *rule && !reason.because.is_empty()));
                for span in decision.reasons.iter().flat_map(|reason| &reason.spans) {
                    prop_assert!(span.slice(&case.message.text).is_some_and(|text| !text.is_empty()));
                }
                let mut utf16 = decision;
                utf16.to_utf16(&case.message.text);
            }
        }
    }

    #[test]
    fn damaged_policies_never_panic(
        at in 0usize..DEFAULT_POLICY_JSON.len(),
        byte in prop::sample::select(b"{}[]\",:0-tfn \n".to_vec()),
        cut in any::<bool>(),
    ) {
        let mut bytes = DEFAULT_POLICY_JSON.as_bytes().to_vec();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = Policy::from_json(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_is_no_policy_but_no_panic(text in any::<String>()) {
        prop_assert!(Policy::from_json(&text).is_err());
    }

    #[test]
    fn fields_no_rule_reads_change_nothing(case in any_case(), word in "[a-z]{1,12}") {
        let mut other = case.clone();
        other.message.id = Some(word.clone());
        other.message.source = Some(word.clone());
        other.message.customer = Some(word.clone());
        other.message.thread = Some(word.clone());
        other.message.question = Some("Would you cancel my account?".into());
        other.message.parent = Some("I want to die".into());
        other.message.sent_at = Some(json!(0));
        other.message.extra.insert(word, json!("never again"));
        prop_assert_eq!(case.by(default_policy()), other.by(default_policy()));
        prop_assert_eq!(case.by(default_policy()), case.by(default_policy()));
    }
}
