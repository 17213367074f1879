//! Who speaks, in which language, to whom, and what of a text is read at all.

use hearken::analysis::Emotion;
use hearken::analyze::{Role, Turn};
use hearken::triage::default_policy;
use hearken::{AnalyzeOptions, Engine, Message};

use super::{engine, none, none_but, read, rows};

/// Concept 4: a brand name in Latin letters does not change the language; emoji have none.
#[test]
fn c04_language_is_that_of_the_words_and_never_a_guess() {
    let mut wrong = Vec::new();
    for (text, code) in [
        ("SkyMobile 앱이 자꾸 꺼져요", "ko"),
        ("QuickPay 결제 오류예요", "ko"),
        ("GreenBox 언제 배송되나요?", "ko"),
        ("SkyMobileのアプリが落ちます", "ja"),
        ("QuickPayで払えません", "ja"),
        ("GreenBoxはいつ届きますか", "ja"),
        ("SkyMobile znowu nie działa", "pl"),
        ("Gdzie jest paczka z GreenBox?", "pl"),
        ("QuickPay odrzuca moją kartę", "pl"),
        ("SkyMobile keeps crashing on me", "en"),
        ("Where is my GreenBox parcel?", "en"),
        ("QuickPay declined my card again", "en"),
        ("😀", "und"),
        ("👍👍👍", "und"),
        ("❤️🔥😡", "und"),
        ("🇰🇷🇵🇱", "und"),
        (":) !!!", "und"),
        ("12345", "und"),
    ] {
        let language = read(text).language;
        if language.code != code {
            wrong.push(format!("{text}: {} instead of {code}", language.code));
        }
        if code == "und" && (language.reliable || language.confidence != 0.0) {
            wrong.push(format!("{text}: a guess"));
        }
    }
    none(wrong);
}

fn turn(role: Role, text: &str) -> Turn {
    Turn { role, text: text.into() }
}

/// Concept 20: what the agent feels or says never counts as the customer's.
#[test]
fn c20_an_agents_sorry_is_not_the_customers_emotion() {
    let agents = [
        "I am so sorry, I feel terrible about this and I am really worried for you.",
        "Thank you so much! I am delighted, what a wonderful day!",
        "Okay.",
    ];
    let customer = ["The lamp arrived without its cable.", "Order 40127. When will you send it?"];
    let mut read_of_customer = Vec::new();
    for agent in agents {
        let turns = [turn(Role::Customer, customer[0]), turn(Role::Agent, agent), turn(Role::Customer, customer[1])];
        let conversation = engine().analyze_turns(&turns, &AnalyzeOptions::default()).unwrap();
        let roles: Vec<Role> = conversation.turns.iter().map(|turn| turn.role).collect();
        assert_eq!(roles, [Role::Customer, Role::Agent, Role::Customer]);
        assert_eq!(conversation.text, customer.join("\n"));
        // Each turn is read on its own as well.
        assert_eq!(conversation.turns[1].analysis.language, read(agent).language);
        read_of_customer.push(conversation.customer.unwrap());
    }
    assert!(
        read_of_customer.windows(2).all(|pair| pair[0] == pair[1]),
        "the agent's words moved the customer's labels"
    );
    assert_eq!(read_of_customer[0], read(&customer.join("\n")));
    let emotions: Vec<Emotion> = read_of_customer[0].emotions.iter().map(|present| present.label).collect();
    assert!(!emotions.contains(&Emotion::Sadness) && !emotions.contains(&Emotion::Joy), "{emotions:?}");
    let only_agent = engine().analyze_turns(&[turn(Role::Agent, agents[0])], &AnalyzeOptions::default()).unwrap();
    assert_eq!(only_agent.customer, None);
}

/// Concept 21: a transcript without marks and capitals says what the punctuated text says.
#[test]
fn c21_an_unpunctuated_transcript_has_the_labels_of_the_punctuated_text() {
    let mut wrong = Vec::new();
    for (punctuated, bare) in [
        (
            "Um, I ordered the lamp on Monday, and, uh, it still has not arrived.",
            "um i ordered the lamp on monday and uh it still has not arrived",
        ),
        (
            "Hello, I was charged twice for one ticket. Please pay it back.",
            "hello i was charged twice for one ticket please pay it back",
        ),
        ("How do I change my password?", "how do i change my password"),
        ("The nurse was so kind, thank you very much!", "the nurse was so kind thank you very much"),
        ("My card was stolen yesterday. Please block it.", "my card was stolen yesterday please block it"),
        ("Äh, ich warte seit drei Wochen auf mein Geld.", "äh ich warte seit drei wochen auf mein geld"),
        ("Die App stürzt ab, und niemand hilft.", "die app stürzt ab und niemand hilft"),
        ("Wie kann ich meine Adresse ändern?", "wie kann ich meine adresse ändern"),
        ("Dzień dobry, paczka nie dotarła. Proszę o zwrot.", "dzień dobry paczka nie dotarła proszę o zwrot"),
        ("Kiedy przyjedzie kurier?", "kiedy przyjedzie kurier"),
        ("저기요, 배송이 아직 안 왔어요. 확인해 주세요.", "저기요 배송이 아직 안 왔어요 확인해 주세요"),
        ("환불은 언제 되나요?", "환불은 언제 되나요"),
        ("あの、注文した靴がまだ届きません。", "あの注文した靴がまだ届きません"),
        ("いつ届きますか？", "いつ届きますか"),
    ] {
        let (a, b) = (read(punctuated), read(bare));
        for field in rows::FIELDS {
            let (a, b) = (rows::said(&a, field), rows::said(&b, field));
            if a != b {
                wrong.push(format!("{field} {a} / {b}: {bare}"));
            }
        }
    }
    let known = ["how do i change my password", "kiedy przyjedzie kurier", "あの注文した靴がまだ届きません"];
    none_but(&known, wrong);
}

/// Concept 22: said to everyone, or to somebody.
#[test]
fn c22_broadcast_and_conversational_texts_are_told_apart() {
    let mut wrong = Vec::new();
    for (text, broadcast) in [
        ("New store opens Friday", true),
        ("Our new store opens this Friday at 10 in the city centre. Free coffee for the first 100 guests!", true),
        ("why is your store shut?", false),
        ("@shop can you check my order please", false),
        ("내일부터 전 품목 30% 할인 행사가 시작됩니다. 많은 관심 부탁드립니다.", true),
        ("왜 매장 문 닫았어요?", false),
        ("本日より全店でセールを開催いたします。", true),
        ("なぜお店が閉まっているのですか。", false),
        ("Już w piątek otwieramy nowy sklep w centrum. Zapraszamy wszystkich!", true),
        ("Dlaczego wasz sklep jest zamknięty?", false),
    ] {
        if read(text).broadcast != broadcast {
            wrong.push(format!("broadcast should be {broadcast}: {text}"));
        }
    }
    none(wrong);
    // A reply is no broadcast, whatever it sounds like.
    let options = AnalyzeOptions { parent: Some("When do you open?".into()), ..AnalyzeOptions::default() };
    assert!(!engine().analyze("New store opens Friday", &options).unwrap().broadcast);
}

/// Concept 52: markup, boilerplate and copies are left out, and places still point into the original.
#[test]
fn c52_places_point_into_the_original_after_stripping() {
    let text = "<p>Dear team,</p> <p>I am <b>furi\u{200B}ous</b> &amp; my e-mail is jane@example.com.</p>";
    let options = AnalyzeOptions { sentences: true, evidence: true, ..AnalyzeOptions::default() };
    let analysis = engine().analyze(text, &options).unwrap();
    assert_eq!(analysis.pii[0].span.slice(text), Some("jane@example.com"));
    let sentiment = &analysis.evidence.as_ref().unwrap()[0];
    let words: Vec<&str> = sentiment.parts.iter().map(|part| part.span.slice(text).unwrap()).collect();
    assert!(words.contains(&"furi\u{200B}ous"), "{words:?}");
    assert!(words.iter().all(|word| !word.contains(['<', '>'])), "{words:?}");
    let emotion = analysis.emotions.iter().find(|present| present.label == Emotion::Anger).expect("anger");
    assert!(emotion.spans.iter().any(|span| span.slice(text) == Some("furi\u{200B}ous")), "{:?}", emotion.spans);

    let parent = "Big news: our new store in the city centre opens this Friday at ten!";
    let reply = format!("RT {parent} Why is nobody answering me? I am furious.");
    let options = AnalyzeOptions { parent: Some(parent.into()), ..options };
    let analysis = engine().analyze(&reply, &options).unwrap();
    assert!(!analysis.broadcast);
    let copied = reply.find(parent).unwrap()..reply.find(parent).unwrap() + parent.len();
    for part in analysis.evidence.iter().flatten().flat_map(|one| &one.parts) {
        assert!(part.span.slice(&reply).is_some());
        assert!(part.span.end <= copied.start || part.span.start >= copied.end, "{:?}", part.span);
    }
    let last = analysis.sentences.as_ref().unwrap().last().unwrap();
    assert_eq!(last.span.slice(&reply), Some("I am furious."));
}

#[test]
fn a_copy_of_the_parent_is_read_by_nobody_but_redacted_all_the_same() {
    let engine = Engine::new().unwrap();
    let parent = "Please write to anna.kowalska@example.com about the opening!";
    let mut message = Message::new(format!("RT {parent} I am furious."));
    message.parent = Some(parent.to_string());
    let decision = engine.triage(&message, default_policy(), &AnalyzeOptions::default()).unwrap();
    assert!(!decision.redacted.clone().unwrap().contains("anna.kowalska"), "{:?}", decision.redacted);
    let found = decision.analysis.pii.iter().map(|pii| pii.span.slice(&message.text).unwrap());
    assert_eq!(found.collect::<Vec<_>>(), ["anna.kowalska@example.com"]);
    for emotion in &decision.analysis.emotions {
        for span in &emotion.spans {
            assert!(!span.slice(&message.text).unwrap().contains("opening"));
        }
    }
}
