//! Replies: templates, the check before they go out, which of them work, and who may send them.

use hearken::analysis::Intent;
use hearken::triage::governance::Governance;
use hearken::triage::outbound::{OutboundCheck, OutboundContext, OutboundFault, OutboundReply, check, personal_data};
use hearken::triage::replies::{Fallback, Library, TemplateFault, Values, Wanted, ask};
use hearken::triage::variants::{MIN_SENT, Outcomes, Verdict, effects};
use hearken::triage::{Action, DecisionMode};
use hearken::{AnalyzeOptions, Engine, Error};
use serde_json::{Value, json};

const LANGUAGES: [&str; 7] = ["en", "ko", "ja", "pl", "de", "es", "fr"];
const SPEAKING: [Action; 7] =
    [Action::Answer, Action::Resolve, Action::Amplify, Action::Thank, Action::Engage, Action::Retain, Action::Escalate];

fn file(language: &str) -> String {
    let path = format!("{}/replies/{language}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("replies/{language}.json: {error}"))
}

fn library() -> Library {
    let mut library = Library::default();
    for language in LANGUAGES {
        library.add(&file(language)).unwrap_or_else(|error| panic!("replies/{language}.json: {error}"));
    }
    library
}

fn wanted(action: Action, intent: Intent, language: &str) -> Wanted<'_> {
    Wanted { action, intent, language, mode: DecisionMode::Automate, variant: None }
}

fn all_values() -> Values {
    let values = json!({"name": "Kim", "order": "A-1047", "agent": "Lena", "deadline": "24 h"});
    Values::from_value(values).unwrap()
}

fn looked_at(text: &str, context: Value) -> OutboundCheck {
    let reply = OutboundReply { text: text.into(), pii: personal_data(text), ..OutboundReply::default() };
    check(&reply, &OutboundContext::from_value(context).unwrap())
}

fn kinds(check: &OutboundCheck) -> Vec<OutboundFault> {
    check.findings.iter().map(|finding| finding.kind).collect()
}

fn field<T: std::fmt::Debug>(result: hearken::Result<T>) -> String {
    match result.unwrap_err() {
        Error::Field { field, .. } => field,
        Error::Option { name, .. } => name,
        other => other.code().into(),
    }
}

/// Concept 17.
#[test]
fn the_same_text_on_two_handles_goes_to_two_units_and_roles_bound_what_is_done() {
    let governance = Governance::from_value(json!({
        "handles": [
            {"handle": "@Nordkiosk", "unit": "nordics", "country": "SE", "owner": "team-north"},
            {"handle": "nordkiosk_de", "unit": "germany", "country": "DE"},
            {"handle": "nordkiosk", "source": "instagram", "unit": "brand"}
        ],
        "roles": [
            {"role": "agent", "actions": ["answer", "thank", "resolve"], "units": ["germany"]},
            {"role": "lead", "actions": ["answer", "escalate", "publish", "pause"]}
        ]
    }))
    .unwrap();
    let unit = |handle: &str, source| governance.owner(handle, source).map(|owner| owner.unit.as_str());
    assert_eq!(unit("@nordkiosk", Some("x")), Some("nordics"));
    assert_eq!(unit("@nordkiosk_de", Some("x")), Some("germany"));
    assert_eq!(unit("nordkiosk", Some("instagram")), Some("brand"));
    assert_eq!(unit("someone", None), None);
    assert!(governance.permits("agent", "answer", "germany").allowed);
    for (role, action, unit) in [
        ("agent", "answer", "nordics"),
        ("agent", "publish", "germany"),
        ("lead", "block", "germany"),
        ("guest", "answer", "germany"),
    ] {
        assert!(!governance.permits(role, action, unit).allowed, "{role} {action} {unit}");
    }
    for (value, place) in [
        (json!({"handles": [{"handle": "@a", "unit": "u"}, {"handle": "A", "unit": "v"}]}), "handles[1]"),
        (json!({"handles": [{"handle": "a"}]}), "handles[0].unit"),
        (json!({"roles": [{"role": "x", "actions": ["fire"]}]}), "roles[0].actions"),
        (json!({"roles": [{"role": "x", "units": ["u"]}]}), "roles[0].units"),
        (json!({"rules": []}), "rules"),
    ] {
        assert_eq!(field(Governance::from_value(value)), place);
    }
}

#[test]
fn every_action_has_words_in_every_language_and_the_library_is_clean() {
    let library = library();
    assert!(library.len() >= LANGUAGES.len() * 14, "{} templates", library.len());
    assert_eq!(library.lint(), []);
    for language in LANGUAGES {
        for action in SPEAKING {
            let reply = library.reply(&wanted(action, Intent::None, language), &all_values()).unwrap();
            assert_eq!((reply.language.as_str(), reply.fallbacks.as_slice()), (language, [].as_slice()));
            assert!(
                reply.automatic && reply.missing.is_empty() && !reply.text.contains(['{', '[']),
                "{}",
                reply.template
            );
            let bare = library.reply(&wanted(action, Intent::None, language), &Values::default()).unwrap();
            assert_eq!(bare.automatic, bare.missing.is_empty(), "{}", bare.template);
        }
    }
}

#[test]
fn templates_are_in_the_language_of_their_file() {
    let (engine, library) = (Engine::new().unwrap(), library());
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        for (action, intent) in SPEAKING.into_iter().flat_map(|action| Intent::ALL.map(|intent| (action, intent))) {
            let reply = library.reply(&wanted(action, intent, language), &all_values()).unwrap();
            let found = engine.analyze(&reply.text, &AnalyzeOptions::default()).unwrap().language.code;
            if found != language {
                wrong.push(format!("{}: {found}", reply.template));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn polite_registers_hold() {
    // A word of the informal register in a file that must not have it.
    for (language, informal) in [
        ("de", vec![" du ", " dir ", " dich ", " dein"]),
        ("fr", vec![" tu ", " toi ", " te ", " ton "]),
        ("es", vec![" tú ", " tu ", " tus ", " te "]),
        ("pl", vec![" ty ", " ci ", " twoj", " twój", " cię "]),
        ("ko", vec!["해요.", "거야", "너는", "당신"]),
        ("ja", vec!["だよ", "だね", "あなた"]),
    ] {
        let text = file(language).to_lowercase();
        for word in informal {
            assert!(!text.contains(word), "{language}: {word}");
        }
    }
}

#[test]
fn what_is_missing_is_listed_and_never_goes_out_by_itself() {
    let library = library();
    let pick = |intent, language, values: Value, mode| {
        let wanted = Wanted { mode, ..wanted(Action::Resolve, intent, language) };
        library.reply(&wanted, &Values::from_value(values).unwrap()).unwrap()
    };
    let missing = pick(Intent::DeliveryProblem, "ko", json!({}), DecisionMode::Automate);
    assert_eq!((missing.missing.as_slice(), missing.automatic), (["order"].as_slice(), false));
    assert!(missing.text.contains("{order}"), "a person sees what is to be filled in");
    let blanks = looked_at(&missing.text, json!({}));
    assert_eq!(kinds(&blanks), [OutboundFault::Placeholder]);
    let known = json!({"order": "A-1047"});
    assert!(pick(Intent::DeliveryProblem, "ko", known.clone(), DecisionMode::Automate).automatic);
    assert!(!pick(Intent::DeliveryProblem, "ko", known.clone(), DecisionMode::Suggest).automatic);
    let other = pick(Intent::DeliveryProblem, "nl", known, DecisionMode::Automate);
    assert_eq!((other.language.as_str(), other.fallbacks, other.automatic), ("en", vec![Fallback::Language], false));
    let general = pick(Intent::StaffComplaint, "pl-PL", json!({}), DecisionMode::Suggest);
    assert_eq!((general.language.as_str(), general.fallbacks), ("pl", vec![Fallback::Intent]));
    assert_eq!(library.reply(&wanted(Action::Ignore, Intent::None, "en"), &Values::default()), None);
    for (value, place) in [
        (json!({"name": "{{order}}"}), "name"),
        (json!({"agent": "a\nb"}), "agent"),
        (json!({"order": "x".repeat(201)}), "order"),
        (json!({"city": "x"}), "city"),
    ] {
        assert_eq!(field(Values::from_value(value)), place);
    }
}

#[test]
fn a_library_that_cannot_be_used_is_refused_with_the_place() {
    let refused = |template: Value| {
        let mut library = Library::default();
        let place = field(library.add(&json!({"language": "en", "templates": [template]}).to_string()));
        assert!(library.is_empty());
        place
    };
    let with = |key: &str, value: Value| {
        let mut template = json!({"id": "t", "action": "thank", "text": "Thank you."});
        template[key] = value;
        template
    };
    for (key, value) in [
        ("action", json!("block")),
        ("intent", json!(["refunds"])),
        ("text", json!("Hello {surname}")),
        ("text", json!("Hello {name")),
        ("text", json!("Hello [there]")),
        ("text", json!("Hello [[{name}]]")),
        ("text", json!("Hello ]")),
        ("text", json!("x".repeat(2_001))),
        ("tone", json!("warm")),
    ] {
        assert_eq!(refused(with(key, value)), format!("templates[0].{key}"));
    }
    let mut library = Library::default();
    assert_eq!(field(library.add("{\"language\": \"English\"}")), "language");
    assert_eq!(field(library.add("{")), "E_JSON");
    let twice = json!({"language": "en", "templates": [with("id", json!("a")), with("id", json!("a"))]});
    assert_eq!(field(library.add(&twice.to_string())), "templates[1].id");
    let poor = json!({"language": "en", "templates": [
        {"id": "a", "action": "thank", "text": "Write to sam.field@example.com or {name}."},
        {"id": "b", "action": "thank", "text": "Dear %CUSTOMER%, thank you."},
        {"id": "c", "action": "thank", "text": "Dear %CUSTOMER%, thank you."}
    ]});
    library.add(&poor.to_string()).unwrap();
    let found: Vec<_> = library.lint().into_iter().map(|one| (one.kind, one.at)).collect();
    for wanted in [
        (TemplateFault::PersonalData, "a"),
        (TemplateFault::Placeholder, "b"),
        (TemplateFault::SameText, "c"),
        (TemplateFault::MissingAction, "en answer"),
    ] {
        assert!(found.contains(&(wanted.0, wanted.1.to_owned())), "{wanted:?} in {found:?}");
    }
}

/// Concept 69.
#[test]
fn of_two_questions_one_answered_the_other_is_named() {
    let mut wrong = Vec::new();
    for (message, reply, open) in [
        (
            "My order is late. When does it arrive? And can I still change the address?",
            "Hello, your parcel arrives on Tuesday.",
            "can I still change the address?",
        ),
        (
            "Do you have the lamp in stock, and how much is shipping?",
            "Yes, the lamp is back in stock.",
            "how much is shipping?",
        ),
        ("언제 배송되나요? 영수증도 받을 수 있나요?", "내일 배송될 예정입니다.", "영수증도 받을 수 있나요?"),
        ("いつ届きますか？領収書はもらえますか？", "明日お届けの予定です。", "領収書はもらえますか？"),
        (
            "Kiedy dojdzie paczka i czy mogę dostać fakturę?",
            "Dzień dobry, paczka dotrze jutro.",
            "czy mogę dostać fakturę?",
        ),
        (
            "Wann kommt mein Paket an? Kann ich per Rechnung zahlen?",
            "Ihr Paket wird morgen zugestellt.",
            "Kann ich per Rechnung zahlen?",
        ),
        (
            "¿Cuándo me devuelven el dinero del reembolso? ¿Puedo cambiar la talla?",
            "El reembolso llegará en 3 días.",
            "¿Puedo cambiar la talla?",
        ),
        (
            "Quand arrive mon colis ? Où trouver ma facture ?",
            "Votre colis sera livré demain.",
            "Où trouver ma facture ?",
        ),
    ] {
        let check = looked_at(reply, json!({ "message": message }));
        let named: Vec<_> = check
            .findings
            .iter()
            .filter(|finding| finding.kind == OutboundFault::OpenQuestion)
            .filter_map(|finding| finding.spans[0].slice(message))
            .collect();
        let named: Vec<&str> = named.iter().map(|text| text.trim_start_matches('¿')).collect();
        if named != [open.trim_start_matches('¿')] || check.completeness.questions.len() != 2 || check.ready {
            wrong.push(format!("{message}: {named:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let both = "Your parcel arrives on Tuesday. The address can be changed until tomorrow morning.";
    let check = looked_at(both, json!({"message": "When does it arrive? Can I still change the address?"}));
    assert!(check.ready, "{:?}", check.findings);
    // Asking back is no answer; a promise is named as one.
    let back = looked_at(
        "Which address should it be? We will get back to you.",
        json!({"message": "Can I still change the address?"}),
    );
    assert_eq!((kinds(&back), back.completeness.follow_up), (vec![OutboundFault::OpenQuestion], true));
    // The matter without the time asked for: not told either way.
    let vague = looked_at("Your refund is being looked at.", json!({"message": "When do I get my refund?"}));
    assert_eq!(vague.completeness.questions[0].answered, None);
}

/// Concept 70.
#[test]
fn blanks_the_wrong_language_and_anothers_data_are_flagged() {
    let ready = looked_at("Hello, thank you for your patience.", json!({"languages": ["en"]}));
    assert!(ready.ready);
    let blank = looked_at("Hello {{name}}, thank you.", json!({}));
    assert_eq!((kinds(&blank), blank.findings[0].spans[0].start), (vec![OutboundFault::Placeholder], 6));
    let speaks = |language: &str| {
        let reply = OutboundReply { text: "Danke".into(), language: Some(language.into()), ..OutboundReply::default() };
        kinds(&check(&reply, &OutboundContext::from_value(json!({"languages": ["en-GB", "fr"]})).unwrap()))
    };
    assert_eq!(speaks("de"), [OutboundFault::WrongLanguage]);
    assert_eq!(speaks("en"), []);
    let text = "We sent it to sam.field@example.com, questions to help@shop.example or +44 20 7946 0018.";
    let allowed = json!({"allowed": ["@shop.example", "020 7946 0018"]});
    let leak = looked_at(text, allowed.clone());
    assert_eq!(kinds(&leak), [OutboundFault::PersonalData]);
    assert_eq!(leak.findings[0].spans[0].slice(text), Some("sam.field@example.com"));
    assert!(!leak.findings[0].because.contains("sam"), "no text in reasons");
    let own = looked_at(text, json!({"allowed": ["@shop.example", "020 7946 0018", "Sam.Field@example.com"]}));
    assert!(own.ready, "{:?}", own.findings);
    assert_eq!(kinds(&looked_at("  ", json!({}))), [OutboundFault::Empty]);
}

/// Concept 74.
#[test]
fn while_an_event_lasts_parties_and_sales_wait() {
    let now = json!({"now": "2026-11-29T10:00:00Z", "events": [{"id": "funeral", "until": "2026-12-01T00:00:00Z"}]});
    let over = json!({"now": "2026-12-02T00:00:00Z", "events": [{"id": "funeral", "until": "2026-12-01T00:00:00Z"}]});
    for text in [
        "Party sale! Everything must go",
        "오늘만 특가 세일!",
        "お祝いセール開催中",
        "Wielka wyprzedaż, kup teraz!",
        "Jetzt kaufen, 20 % Rabatt",
        "C'est la fête, profitez des soldes",
        "¡Fiesta de rebajas!",
        "Festa e sconti per tutti",
        "Liquidação, compre já!",
        "Feest! Nu met korting",
        "See you there 🎉",
    ] {
        let held = looked_at(text, now.clone());
        assert_eq!(kinds(&held), [OutboundFault::Tone], "{text}");
        assert_eq!(held.findings[0].id.as_deref(), Some("funeral"));
        assert!(looked_at(text, over.clone()).ready, "{text}");
        assert!(looked_at(text, json!({})).ready, "{text}");
    }
    assert!(looked_at("Our shops stay closed today.", now.clone()).ready);
    let offer = OutboundReply { text: "Our new chairs".into(), promotional: true, ..OutboundReply::default() };
    assert_eq!(kinds(&check(&offer, &OutboundContext::from_value(now).unwrap())), [OutboundFault::Tone]);
    let paused = looked_at("Hello.", json!({"pauses": [{"id": "p-1"}]}));
    assert_eq!((kinds(&paused), paused.findings[0].id.as_deref()), (vec![OutboundFault::Paused], Some("p-1")));
}

#[test]
fn what_a_check_is_given_is_checked() {
    for (value, place) in [
        (json!({"text": "x"}), "pii"),
        (json!({"pii": []}), "text"),
        (json!({"text": "x", "pii": [{"type": "email", "span": [0, 9]}]}), "pii[0]"),
        (json!({"text": "日", "pii": [{"type": "email", "span": [0, 1]}]}), "pii[0]"),
        (json!({"text": "x", "pii": [], "to": "y"}), "to"),
        (json!({"text": "x".repeat(2 << 20), "pii": []}), "E_TEXT_TOO_LARGE"),
    ] {
        assert_eq!(field(OutboundReply::from_value(value)), place);
    }
    for (value, place) in [
        (json!({"events": [{"id": "a"}, {"until": 5}]}), "events[1].id"),
        (json!({"pauses": [{"id": "a", "until": "soon"}]}), "pauses[0].until"),
        (json!({"languages": [4]}), "languages"),
        (json!({"now": "today"}), "now"),
        (json!({"mood": 1}), "mood"),
    ] {
        assert_eq!(field(OutboundContext::from_value(value)), place);
    }
}

#[test]
fn long_replies_and_many_questions_take_linear_time() {
    let question = "When does my parcel arrive and can I change the address? ";
    let reply = "{{a [b <c %d ".repeat(20_000);
    let began = std::time::Instant::now();
    let check = looked_at(&reply, json!({ "message": question.repeat(10_000) }));
    assert_eq!(check.completeness.questions.len(), 50);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

/// Concept 71.
#[test]
fn small_numbers_stay_not_known_and_sure_differences_are_told() {
    let counts = json!([
        {"template": "en.thank.1", "sent": 12, "good": 12},
        {"template": "en.resolve.1", "sent": 200, "good": 150},
        {"template": "en.resolve.2", "sent": 120, "good": 55},
        {"template": "en.resolve.2", "sent": 80, "good": 35},
        {"template": "en.engage.1", "sent": 40, "good": 24}
    ]);
    let found = effects(&Outcomes::list_from_value(counts).unwrap(), MIN_SENT).unwrap();
    let of = |template: &str| found.iter().find(|one| one.template == template).unwrap();
    let few = of("en.thank.1");
    assert_eq!((few.verdict, few.share, few.n), (Verdict::NotKnown, None, 12));
    // Wilson, 12 of 12: lower end n / (n + z^2) = 12 / 15.8415.
    assert!((few.interval.unwrap()[0] - 75.7506).abs() < 1e-3, "{:?}", few.interval);
    let best = of("en.resolve.1");
    assert_eq!((best.verdict, best.share), (Verdict::Best, Some(75.0)));
    // Wilson, 150 of 200.
    let [low, high] = best.interval.unwrap();
    assert!((low - 68.566).abs() < 0.01 && (high - 80.491).abs() < 0.01, "{low} {high}");
    assert_eq!((of("en.resolve.2").verdict, of("en.resolve.2").n), (Verdict::Worse, 200));
    assert_eq!(of("en.engage.1").verdict, Verdict::NoDifference);
    let place = |value| field(Outcomes::list_from_value(value));
    assert_eq!(place(json!([{"template": "a", "sent": 2, "good": 3}])), "outcomes[0].good");
    assert_eq!(place(json!([{"template": "a", "sent": -2}])), "outcomes[0].sent");
    assert_eq!(place(json!([{"sent": 2}])), "outcomes[0].template");
    assert_eq!(field(effects(&[], 0)), "minSent");
}

/// Messages and replies written and labelled before the first run: one letter a question, y answered, n not.
#[test]
fn open_questions_of_labelled_replies_are_named() {
    let rows = include_str!("replies/completeness.tsv").lines().skip(1);
    let (mut right, mut named_rightly, mut named, mut open, mut questions) = (0, 0, 0, 0, 0);
    let mut wrong = Vec::new();
    for row in rows {
        let [message, reply, labels] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let found = looked_at(reply, json!({ "message": message })).completeness.questions;
        let told: String = found
            .iter()
            .map(|question| match question.answered {
                Some(true) => 'y',
                Some(false) => 'n',
                None => '?',
            })
            .collect();
        questions += labels.len();
        open += labels.matches('n').count();
        named += told.matches('n').count();
        if told.len() == labels.len() {
            right += told.chars().zip(labels.chars()).filter(|(a, b)| a == b).count();
            named_rightly += told.chars().zip(labels.chars()).filter(|(a, b)| a == b && *a == 'n').count();
        }
        if told != labels {
            wrong.push(format!("{labels} {told} {message} | {reply}"));
        }
    }
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    println!("questions right {right} of {questions}; open ones named {named_rightly} of {open}, of {named} named");
    println!("{}", wrong.join("\n"));
    assert!(share(right, questions) >= 0.88, "{right} of {questions}");
    assert!(share(named_rightly, open) >= 0.9 && share(named_rightly, named) >= 0.9);
}

#[test]
fn everything_can_be_asked_with_plain_values_and_places_of_javascript() {
    let library: Value = serde_json::from_str(&file("ja")).unwrap();
    let reply = ask(
        "reply",
        json!({"libraries": [library], "action": "resolve", "intent": "refund_return", "language": "ja", "mode": "automate",
            "values": {"order": "A-1047"}}),
    )
    .unwrap();
    assert_eq!((&reply["template"], &reply["automatic"]), (&json!("ja.resolve.refund"), &json!(true)));
    assert!(ask("reply", json!({"action": "ignore", "language": "ja"})).unwrap().is_null());

    let (text, message) = ("🙂 sam.field@example.com {x}", "🙂 Wann kommt das Paket?");
    let units = |text: &str| text.encode_utf16().count();
    let pii = json!([{"type": "email", "span": [units("🙂 "), units("🙂 sam.field@example.com")], "certainty": 0.9}]);
    let answer =
        ask("checkReply", json!({"reply": {"text": text, "pii": pii}, "context": {"message": message}})).unwrap();
    let spans: Vec<&Value> = answer["findings"].as_array().unwrap().iter().map(|one| &one["spans"][0]).collect();
    let from = units("🙂 sam.field@example.com ");
    assert_eq!(spans, [&json!([from, from + 3]), &json!([units("🙂 "), from - 1]), &json!([0, units(message)])]);

    let counts = json!([{"template": "a", "sent": 4, "good": 2}]);
    let effects = ask("replyEffects", json!({"outcomes": counts, "minSent": 5})).unwrap();
    assert_eq!(effects[0]["verdict"], "not_known");
    let governance =
        json!({"handles": [{"handle": "@shop", "unit": "north"}], "roles": [{"role": "agent", "actions": ["answer"]}]});
    let owner = ask("handleOwner", json!({"governance": governance, "handle": "Shop"})).unwrap();
    assert_eq!(owner["unit"], "north");
    let permission =
        ask("permits", json!({"governance": governance, "role": "agent", "action": "publish", "unit": "north"}));
    assert_eq!(permission.unwrap()["allowed"], false);
    for (question, input, place) in [
        ("fire", json!({}), "question"),
        (
            "reply",
            json!({"libraries": [{"language": "x"}], "action": "thank", "language": "en"}),
            "libraries[0].language",
        ),
        ("reply", json!({"action": "fire", "language": "en"}), "action"),
        ("reply", json!({"action": "thank", "language": "en", "tone": 1}), "tone"),
        ("checkReply", json!({"reply": {"text": "x", "pii": [{"type": "email", "span": [0, 9]}]}}), "reply.pii[0]"),
        ("checkReply", json!({"reply": {"text": "x", "pii": []}, "context": {"now": "x"}}), "context.now"),
        ("permits", json!({"governance": {"roles": 1}}), "governance.roles"),
    ] {
        assert_eq!(field(ask(question, input)), place);
    }
}
