//! Acts, states and emotions: sensed, never measured, and never moving what is done.

use std::collections::BTreeSet;

use hearken::analysis::{Act, State};
use hearken::triage::{Policy, default_policy};
use hearken::{AnalyzeOptions, Message};
use serde_json::{Value, json};

use super::{engine, none, none_but, read, rows};

/// Concept 25: a set of acts, and where each is said.
#[test]
fn c25_several_acts_may_hold_and_each_has_its_places() {
    let text = "Thanks, but when does it ship?";
    let options = AnalyzeOptions { evidence: true, ..AnalyzeOptions::default() };
    let analysis = engine().analyze(text, &options).unwrap();
    assert_eq!(analysis.acts, [Act::Question, Act::Thanks]);
    for act in ["question", "thanks"] {
        let evidence = analysis.evidence.as_ref().unwrap().iter().find(|one| one.head == "acts" && one.label == act);
        let strongest = evidence.unwrap().parts.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap();
        let place = strongest.span.slice(text).unwrap();
        let expected: &[&str] = if act == "thanks" { &["Thanks"] } else { &["when", "does", "ship", "?"] };
        assert!(expected.iter().any(|word| place.contains(word)), "{act}: {place}");
    }
}

/// Concept 26: the states of a customer, one sentence each in four languages.
#[test]
fn c26_states_of_a_customer() {
    use State::{Ambivalent, Anxious, Disappointed, Happy, Problem};
    let mut wrong = Vec::new();
    for (text, state) in [
        ("I love this shop, the staff made my day!", Happy),
        ("The app crashes every time I log in.", Problem),
        ("Good food, but a two-hour wait.", Ambivalent),
        ("I expected so much more from you, what a disappointment.", Disappointed),
        ("I'm really worried that my parcel is lost.", Anxious),
        ("정말 만족해요, 직원분들이 너무 친절하셨어요!", Happy),
        ("로그인할 때마다 앱이 꺼져요.", Problem),
        ("음식은 맛있는데 두 시간이나 기다렸어요.", Ambivalent),
        ("기대했는데 정말 실망했어요.", Disappointed),
        ("택배가 분실된 것 같아서 너무 걱정돼요.", Anxious),
        ("とても嬉しいです、スタッフの方も最高でした！", Happy),
        ("ログインするたびにアプリが落ちます。", Problem),
        ("料理はおいしかったけど、二時間も待たされました。", Ambivalent),
        ("期待していたのに、とてもがっかりしました。", Disappointed),
        ("荷物がなくなったのではないかと不安です。", Anxious),
        ("Uwielbiam ten sklep, obsługa jest cudowna!", Happy),
        ("Aplikacja wyłącza się przy każdym logowaniu.", Problem),
        ("Jedzenie pyszne, ale czekaliśmy dwie godziny.", Ambivalent),
        ("Liczyłam na dużo więcej, jestem rozczarowana.", Disappointed),
        ("Bardzo się martwię, że paczka zaginęła.", Anxious),
    ] {
        let states = read(text).states;
        if !states.contains(&state) {
            wrong.push(format!("{text}: {states:?} lacks {state:?}"));
        }
    }
    none(wrong);
}

/// Concept 27: mixed needs something good and something bad.
#[test]
fn c27_mixed_needs_a_positive_and_a_negative_side() {
    let mut wrong = Vec::new();
    for (text, mixed) in [
        ("The room was lovely. The breakfast was awful.", true),
        ("Good food, but a two-hour wait.", true),
        ("방은 깨끗하고 좋았어요. 그런데 직원은 불친절했어요.", true),
        ("料理は最高でしたが、接客はひどかったです。", true),
        ("Pokój był piękny, ale obsługa okropna.", true),
        ("The room was lovely. The breakfast was wonderful.", false),
        ("The room was dirty. The breakfast was awful.", false),
        ("Cheap, but I need it in blue.", false),
        ("방도 깨끗하고 직원도 친절했어요.", false),
        ("料理もひどくて、接客も最悪でした。", false),
        ("Pokój był piękny i obsługa wspaniała.", false),
    ] {
        if read(text).sentiment.mixed != mixed {
            wrong.push(format!("mixed should be {mixed}: {text}"));
        }
    }
    none_but(
        &[
            "The room was lovely. The breakfast was wonderful.",
            "방도 깨끗하고 직원도 친절했어요.",
            "料理もひどくて、接客も最悪でした。",
            "Pokój był piękny i obsługa wspaniała.",
        ],
        wrong,
    );
}

/// Where the sides are sentences of their own, each is found in its place.
#[test]
fn c27_the_two_sides_are_found_in_their_sentences() {
    let text = "The room was lovely. The breakfast was awful.";
    let options = AnalyzeOptions { sentences: true, ..AnalyzeOptions::default() };
    let sentences = engine().analyze(text, &options).unwrap().sentences.unwrap();
    let sides: Vec<_> =
        sentences.iter().map(|one| (one.span.slice(text).unwrap(), one.sentiment.label.slug())).collect();
    assert_eq!(sides, [("The room was lovely.", "positive"), ("The breakfast was awful.", "negative")]);
}

/// Every number inside `value`, with its path, other than places.
fn numbers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path.to_owned()),
        Value::Array(all) => all.iter().for_each(|one| numbers(one, &format!("{path}[]"), found)),
        Value::Object(fields) => fields.iter().for_each(|(key, one)| numbers(one, &format!("{path}.{key}"), found)),
        _ => {}
    }
}

/// Concept 28: an emotion is there or not; how loud it is said changes nothing.
#[test]
fn c28_emotions_carry_no_number_and_do_not_grow_with_loudness() {
    let mut present = 0;
    for (_, table) in rows::tables("golden", "meaning.") {
        for row in table.rows.iter().step_by(4) {
            for emotion in json!(read(&row[table.column("text")]))["emotions"].as_array().unwrap() {
                present += 1;
                let keys: Vec<_> = emotion.as_object().unwrap().keys().collect();
                assert_eq!(keys, ["label", "spans"]);
                let mut found = Vec::new();
                numbers(emotion, "", &mut found);
                assert!(found.iter().all(|path| path == ".spans[][]"), "{found:?}");
            }
        }
    }
    assert!(present > 20, "{present} emotions");
    let set = |text: &str| rows::said(&read(text), "emotions");
    for (loud, calm) in [
        ("I AM ANGRY!!!", "i am angry"),
        ("ANGRY!!!", "angry"),
        ("SO DISAPPOINTED!!!", "so disappointed"),
        ("ICH BIN WÜTEND!!!", "ich bin wütend"),
        ("JESTEM WŚCIEKŁA!!!", "jestem wściekła"),
        ("너무 화나요!!!", "너무 화나요"),
        ("とても腹が立ちます！！！", "とても腹が立ちます"),
    ] {
        assert_eq!(set(loud), set(calm), "{calm}");
    }
    assert!(set("I am angry").contains("anger"), "{}", set("I am angry"));
}

/// Concept 29: capitals, marks and swearing do not change what is done.
#[test]
fn c29_tone_does_not_move_the_resolution() {
    let table = rows::Table::read(&rows::path("invariance/tone.tsv"));
    let [kind, a, b] = ["kind", "a", "b"].map(|name| table.column(name));
    let decide = |text: &str| {
        let decision = engine().triage(&Message::new(text), default_policy(), &AnalyzeOptions::default()).unwrap();
        (decision.action.slug(), decision.queue, rows::said(&decision.analysis, "intent"))
    };
    let mut wrong = Vec::new();
    for row in &table.rows {
        let (calm, loud) = (decide(&row[a]), decide(&row[b]));
        if calm != loud {
            wrong.push(format!("{}: {calm:?} / {loud:?}: {}", row[kind], row[b]));
        }
    }
    none(wrong);
}

/// Concept 30: without the rules that read feelings, a rule that reads acts or personal data still
/// decides as before.
#[test]
fn c30_removing_the_emotion_reason_never_removes_another() {
    let then = |queue: &str| json!({ "action": "review", "queue": queue, "priority": 3 });
    let facts = [
        json!({ "id": "data", "when": { "pii": ["email", "phone", "card", "iban"] }, "then": then("data") }),
        json!({ "id": "asks", "when": { "acts": ["question"] }, "then": then("asks") }),
    ];
    let feeling = json!({ "id": "upset", "when": { "sentiment": ["negative"] }, "then": then("upset") });
    let rest = json!({ "id": "rest", "then": then("rest") });
    let policy = |rules: Vec<Value>| {
        Policy::from_json(&json!({ "id": "p", "version": "1", "rules": rules }).to_string()).unwrap()
    };
    let [data, asks] = facts.clone();
    let with = policy(vec![data.clone(), asks.clone(), feeling, rest.clone()]);
    let without = policy(vec![data, asks, rest]);
    let mut decided = BTreeSet::new();
    for (_, table) in rows::tables("golden", "meaning.") {
        for row in table.rows.iter().step_by(3) {
            let message = Message::new(format!("{} jane@example.com", row[table.column("text")]));
            for message in [message, Message::new(row[table.column("text")].as_str())] {
                let by = |policy: &Policy| engine().triage(&message, policy, &AnalyzeOptions::default()).unwrap();
                let (with, without) = (by(&with), by(&without));
                decided.insert(with.queue.clone());
                if with.queue == "upset" {
                    assert_eq!(without.queue, "rest");
                } else {
                    assert_eq!(with.reasons, without.reasons);
                    assert_eq!(with.queue, without.queue);
                }
            }
        }
    }
    assert_eq!(decided.len(), 4, "{decided:?}");
}

/// Concept 34: what is meant, not what is said.
#[test]
fn c34_irony_is_a_complaint_and_no_praise() {
    let mut wrong = Vec::new();
    for text in [
        "Great, another outage",
        "Great, another outage.",
        "Wow, thanks for losing my suitcase again.",
        "와, 또 먹통이네. 대단하다 진짜.",
        "Super, znowu awaria.",
        "Na toll, schon wieder eine Störung.",
    ] {
        let analysis = read(text);
        let acts = &analysis.acts;
        if !analysis.irony || !acts.contains(&Act::Complaint) || acts.contains(&Act::Praise) {
            wrong.push(format!("{text}: irony {}, {acts:?}", analysis.irony));
        }
    }
    let known =
        ["Great, another outage", "Wow, thanks for losing my suitcase again.", "와, 또 먹통이네. 대단하다 진짜."];
    none_but(&known, wrong);
}
