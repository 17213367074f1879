//! What the matcher finds, language by language, and how long hostile input takes.

use super::*;
use crate::span::Span;

fn lexicon(phrases: &[(&str, &str)]) -> Lexicon {
    let mut builder = Builder::new();
    for (language, phrase) in phrases {
        builder.phrase(language, phrase).unwrap();
    }
    builder.build()
}

fn found<'t>(language: &str, phrase: &str, text: &'t str) -> Vec<&'t str> {
    let reading = Reading::new(text, language);
    let found = lexicon(&[(language, phrase)]).scan(&reading);
    found.matches.iter().map(|hit| hit.span.slice(text).unwrap()).collect()
}

#[test]
fn phrases_match_in_every_language() {
    for (language, phrase, text, want) in [
        ("en", "deliver* late", "They DELIVERED late again", "DELIVERED late"),
        ("en", "check-in", "the check in took ages", "check in"),
        ("en", "customer service", "Custmer service is bad", "Custmer service"),
        ("en", "waiter", "the waiter's attitude", "waiter's"),
        ("pl", "paczk*", "Paczkę dostałam", "Paczkę"),
        ("pl", "obsług*", "obsluga ok", "obsluga"),
        ("de", "*kosten", "die Versandkosten sind hoch", "Versandkosten"),
        ("de", "*liefer*", "Expresslieferung kam", "Expresslieferung"),
        ("ko", "배송", "배송이 늦어요", "배송이"),
        ("ko", "배송", "배송에서는 문제였어요", "배송에서는"),
        ("ko", "늦*", "배송이 늦어요ㅠㅠ", "늦어요ㅠㅠ"),
        ("ko", "앱", "앱이 자꾸 꺼져요", "앱이"),
        ("ja", "配送", "配送が遅い", "配送"),
        ("ja", "配送 遅", "配送がとても遅いです", "配送がとても遅"),
        ("ja", "wifiが弱", "WiFiが弱いです", "WiFiが弱"),
        ("fr", "appli", "l’appli plante", "appli"),
        ("fr", "temps d'attente", "Le temps d’attente est long", "temps d’attente"),
        ("it", "ordine", "dell'ordine nessuna traccia", "ordine"),
        ("es", "atención al cliente", "la atencion al cliente fatal", "atencion al cliente"),
        ("nl", "bezorg*", "De bezorger was aardig", "bezorger"),
        ("en", "app", "the app", "app"),
        ("en", "restaurant", "the resturant", "resturant"),
        ("en", "restaurant", "the restuarant", "restuarant"),
    ] {
        let want_span = want.trim_end_matches('ㅠ');
        let hits = found(language, phrase, text);
        assert!(hits == [want] || hits == [want_span], "{phrase} in {text}: {hits:?}");
    }
}

#[test]
fn phrases_do_not_match_elsewhere() {
    for (language, phrase, text) in [
        ("en", "deliver* late", "delivered. Late again"),
        ("en", "late delivery", "late, delivery"),
        ("ko", "배송", "배송비가 비싸요"),
        ("ja", "バス", "バスタオル"),
        ("ja", "配送 遅", "配送は良い。でも本当にとても対応が遅い"),
        ("en", "charger", "charged"),
        ("en", "delivery", "telivery"),
        ("de", "*kosten", "kostenlos"),
        ("en", "app", "apps and approach"),
    ] {
        assert!(found(language, phrase, text).is_empty(), "{phrase} in {text}");
    }
    // Three letters or fewer count in their own language only.
    let app = lexicon(&[("en", "app")]);
    assert!(app.scan(&Reading::new("la app va mal", "es")).matches.is_empty());
    assert_eq!(app.scan(&Reading::new("the app is bad", "en")).matches.len(), 1);
}

#[test]
fn a_listed_word_is_no_slip_of_another() {
    let lexicon = lexicon(&[("en", "parking"), ("en", "packing")]);
    let found = lexicon.scan(&Reading::new("the packing was fine", "en"));
    assert_eq!(found.matches.iter().map(|hit| hit.phrase).collect::<Vec<_>>(), [1]);
}

#[test]
fn negation_reaches_as_far_as_it_should() {
    for (language, phrase, text, negated) in [
        ("en", "urgent", "this is not urgent", true),
        ("en", "urgent", "this is urgent, no joke", false),
        ("en", "delivery", "no problems with delivery", true),
        ("en", "leave*", "I would never leave", true),
        ("en", "good", "not only good", false),
        ("pl", "piln*", "to nie jest pilne", true),
        ("de", "dringend", "nicht dringend", true),
        ("fr", "urgent", "ce n'est pas urgent", true),
        ("es", "urgente", "no es urgente", true),
        ("it", "urgente", "non è urgente", true),
        ("pt", "urgente", "não é urgente", true),
        ("pt", "hotel", "estive no hotel", false),
        ("nl", "dringend", "het is niet dringend", true),
        ("ko", "급하*", "급하지 않아요", true),
        ("ko", "급하*", "급하니까 빨리요", false),
        ("ja", "急ぎ", "急ぎではありません", true),
        ("ja", "急ぎ", "急ぎでお願いします", false),
    ] {
        let found = lexicon(&[(language, phrase)]).scan(&Reading::new(text, language));
        assert_eq!(found.matches.first().map(|hit| hit.negated), Some(negated), "{phrase} in {text}");
    }
}

fn held(rule: Rule, text: &str) -> Vec<RuleMatch> {
    let mut builder = Builder::new();
    builder.rule(&rule).unwrap();
    builder.build().scan(&Reading::new(text, &rule.lang)).rules
}

#[test]
fn rules_hold_within_their_scope() {
    let words = |list: &[&str]| list.iter().map(|word| word.to_string()).collect::<Vec<_>>();
    let rule = Rule {
        lang: "en".into(),
        all: words(&["parcel"]),
        any: words(&["late", "slow"]),
        not: words(&["fast"]),
        ..Rule::default()
    };
    assert_eq!(held(rule.clone(), "the parcel was late").len(), 1);
    assert!(held(rule.clone(), "the parcel came, I was late").is_empty());
    assert!(held(rule.clone(), "the parcel was fast not late").is_empty());
    let sentence = Rule { scope: Scope::Sentence, ..rule };
    assert_eq!(held(sentence, "the parcel came, I was late").len(), 1);
    let near = Rule {
        lang: "pl".into(),
        scope: Scope::Sentence,
        near: Some(Near { terms: words(&["paczk*", "spóźni*"]), within: 3 }),
        ..Rule::default()
    };
    let text = "paczka bardzo się spóźniła";
    let spans: Vec<Span> = held(near.clone(), text).remove(0).spans;
    assert_eq!(spans.iter().map(|span| span.slice(text).unwrap()).collect::<Vec<_>>(), ["paczka", "spóźniła"]);
    assert!(held(near, "paczka przyszła w końcu wczoraj ale spóźniona").is_empty());
}

#[test]
fn faults_of_rules_name_their_place() {
    let mut builder = Builder::new();
    let near = Near { terms: vec!["a b".into(), "".into()], within: 3 };
    let fault = builder.rule(&Rule { near: Some(near), ..Rule::default() }).unwrap_err();
    assert_eq!((fault.at.as_str(), fault.what), ("near.terms[1]", What::Empty));
    assert_eq!(builder.rule(&Rule::default()).unwrap_err().what, What::NoTerms);
    let near = Near { terms: vec!["a b".into(), "c".into()], within: 51 };
    let fault = builder.rule(&Rule { near: Some(near), ..Rule::default() }).unwrap_err();
    assert_eq!((fault.at.as_str(), fault.what), ("near.within", What::Within));
}

#[test]
fn spans_lead_back_where_lower_case_is_shorter() {
    let text = "İİ don’t like the DELİVERY ’’ app’s ẞtore";
    let reading = Reading::new(text, "en");
    for word in reading.words() {
        assert!(word.span.slice(text).is_some_and(|body| !body.contains(' ')), "{word:?}");
    }
}

#[test]
fn hostile_input_is_linear() {
    let mut builder = Builder::new();
    for i in 0..20_000 {
        builder.phrase("en", &format!("the a{}", i % 150)).unwrap();
        builder.phrase("ja", &format!("ああああ{}", char::from_u32(0x4E00 + i % 20_000).unwrap())).unwrap();
    }
    for i in 0..4_000 {
        builder.rule(&Rule { all: vec!["the".into(), format!("x{i}")], ..Rule::default() }).unwrap();
    }
    let lexicon = builder.build();
    let started = std::time::Instant::now();
    for text in ["the, ".repeat(60_000), "あ".repeat(100_000), "the a1 ".repeat(40_000), "q".repeat(500_000)] {
        lexicon.scan(&Reading::new(&text, "en"));
    }
    assert!(started.elapsed().as_secs() < 20);
    let mut builder = Builder::new();
    let mut refused = None;
    for i in 0..=MAX_PHRASES {
        refused = builder.phrase("en", &format!("word{i}")).err().or(refused);
    }
    assert_eq!(refused, Some(What::TooManyPhrases));
}
