//! The default policy over 600 messages labelled before anything ran (tests/triage/README.md): what is decided, how
//! often a person in danger is seen, that nobody genuine is blocked, and that loudness changes nothing.

use std::collections::BTreeMap;

use hearken::message::{Channel, Rating, Scale};
use hearken::triage::{Decision, default_policy};
use hearken::{AnalyzeOptions, Engine, Message};

const ROWS: &str = include_str!("triage/messages.tsv");
/// What is measured, less a little: a fall is seen.
const MACRO_F1: f64 = 0.60;
const ESCALATED: f64 = 0.57;
/// Of 1,800; 0 is asked.
const MOST_MOVED: usize = 45;

struct Row {
    id: &'static str,
    lang: &'static str,
    message: Message,
    action: &'static str,
    must_escalate: bool,
    must_not_block: bool,
}

fn rows() -> Vec<Row> {
    let rating = |text: &str| {
        let (scale, value) = text.split_once(':')?;
        Some(Rating::new(Scale::from_slug(scale)?, value.parse().ok()?).expect("a rating on its scale"))
    };
    let row = |line: &'static str| {
        let [id, lang, channel, rated, text, action, escalate, genuine] =
            line.split('\t').collect::<Vec<_>>().try_into().expect("eight columns");
        let channel = Channel::from_slug(channel).expect("a channel");
        let message = Message { channel, rating: rating(rated), ..Message::new(text) };
        Row { id, lang, message, action, must_escalate: escalate == "yes", must_not_block: genuine == "yes" }
    };
    ROWS.lines().skip(1).map(row).collect()
}

fn decide(engine: &Engine, message: &Message) -> Decision {
    engine.triage(message, default_policy(), &AnalyzeOptions::default()).expect("a valid message")
}

/// Mean F1 of the actions that are expected.
fn macro_f1(counts: &BTreeMap<&str, [f64; 3]>) -> f64 {
    let expected = counts.values().filter(|[expected, _, _]| *expected > 0.0);
    let f1 = |[expected, decided, both]: &[f64; 3]| 2.0 * both / (expected + decided).max(1.0);
    let (sum, n) = expected.map(f1).fold((0.0, 0.0), |(sum, n), one| (sum + one, n + 1.0));
    sum / n
}

#[test]
fn the_default_policy_decides_as_people_do() {
    let engine = Engine::new().expect("the embedded model");
    let rows = rows();
    assert_eq!(rows.len(), 600);
    let mut all: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
    let mut by_language: BTreeMap<&str, BTreeMap<&str, [f64; 3]>> = BTreeMap::new();
    let mut confusion: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut in_danger, mut seen, mut blocked) = (0.0, 0.0, Vec::new());
    for row in &rows {
        let decision = decide(&engine, &row.message);
        let decided = decision.action.slug();
        *confusion.entry((row.action, decided)).or_default() += 1;
        for counts in [&mut all, by_language.entry(row.lang).or_default()] {
            counts.entry(row.action).or_default()[0] += 1.0;
            counts.entry(decided).or_default()[1] += 1.0;
            counts.entry(row.action).or_default()[2] += f64::from(u8::from(decided == row.action));
        }
        in_danger += f64::from(u8::from(row.must_escalate));
        seen += f64::from(u8::from(row.must_escalate && decided == "escalate"));
        if decided != row.action && std::env::var_os("HEARKEN_SHOW").is_some() {
            let why: Vec<&str> = decision.reasons.iter().skip(1).map(|reason| reason.because.as_str()).collect();
            println!("{} {} -> {decided} by {}: {}", row.id, row.action, decision.reasons[0].rule, why.join("; "));
        }
        if row.must_not_block && decided == "block" {
            blocked.push(row.id);
        }
    }
    for (action, [expected, decided, both]) in &all {
        println!("{action:10} expected {expected:4} decided {decided:4} right {both:4}");
    }
    for ((expected, decided), count) in confusion.iter().filter(|((expected, decided), _)| expected != decided) {
        println!("{expected} -> {decided}: {count}");
    }
    for (language, counts) in &by_language {
        println!("{language}: macro F1 {:.3}", macro_f1(counts));
    }
    println!(
        "macro F1 {:.3}; escalated {seen} of {in_danger}; genuine messages blocked {}",
        macro_f1(&all),
        blocked.len()
    );
    assert_eq!(blocked, Vec::<&str>::new());
    assert!(macro_f1(&all) >= MACRO_F1);
    assert!(seen / in_danger >= ESCALATED);
}

/// Concept 29: capitals, marks and swearing change neither the action nor the queue.
#[test]
fn c29_loudness_changes_no_decision() {
    let swearing = [
        ("en", "damn"),
        ("de", "verdammt"),
        ("ko", "씨발"),
        ("ja", "くそ"),
        ("pl", "kurwa"),
        ("es", "joder"),
        ("fr", "putain"),
        ("it", "cazzo"),
    ];
    let engine = Engine::new().expect("the embedded model");
    let mut moved = Vec::new();
    let mut compared = 0;
    for row in rows() {
        let calm = decide(&engine, &row.message);
        let word = swearing.iter().find(|(lang, _)| *lang == row.lang).map_or("", |(_, word)| word);
        let text = &row.message.text;
        for (how, loud) in [
            ("capitals", text.to_uppercase()),
            ("marks", format!("{text}!!!")),
            ("swearing", format!("{word}, {text}")),
        ] {
            let loud = decide(&engine, &Message { text: loud, ..row.message.clone() });
            compared += 1;
            if (loud.action, &loud.queue) != (calm.action, &calm.queue) {
                moved.push(format!("{} {how}: {} to {}", row.id, calm.action.slug(), loud.action.slug()));
            }
        }
    }
    println!("{} of {compared} decisions moved: {}", moved.len(), moved.join(", "));
    assert!(moved.len() <= MOST_MOVED, "{} decisions moved", moved.len());
}
