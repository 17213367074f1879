//! The default policy over 600 messages labelled before anything ran (tests/triage/README.md): what is decided, how
//! often a person in danger is seen, that nobody genuine is blocked, and that loudness changes nothing. Beside them 349
//! messages that rules are tuned on.

use std::collections::BTreeMap;

use hearken::message::{Channel, Rating, Scale};
use hearken::triage::{Decision, default_policy};
use hearken::{AnalyzeOptions, Engine, Message};

const ROWS: &str = include_str!("triage/messages.tsv");
/// What rules and phrases are tuned on; the others are not looked at.
const TUNING: &str = include_str!("triage/dev.tsv");
/// What is measured, less a little: a fall is seen.
const MACRO_F1: f64 = 0.67;
const ESCALATED: f64 = 0.80;
const TUNED_F1: f64 = 0.78;

struct Row {
    id: &'static str,
    lang: &'static str,
    message: Message,
    action: &'static str,
    must_escalate: bool,
    must_not_block: bool,
}

fn rows(file: &'static str) -> Vec<Row> {
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
    file.lines().skip(1).map(row).collect()
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

/// What is decided about the rows of a file.
#[derive(Default)]
struct Result {
    /// Expected, decided and both, by action.
    all: BTreeMap<&'static str, [f64; 3]>,
    in_danger: f64,
    seen: f64,
    blocked: Vec<&'static str>,
}

/// Decides about all rows and prints counts. With HEARKEN_SHOW, `may_show` also names the rows that differ, and why.
fn judge(rows: &[Row], may_show: bool) -> Result {
    let engine = Engine::new().expect("the embedded model");
    let mut result = Result::default();
    let mut by_language: BTreeMap<&str, BTreeMap<&'static str, [f64; 3]>> = BTreeMap::new();
    let mut confusion: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows {
        let decision = decide(&engine, &row.message);
        let decided = decision.action.slug();
        *confusion.entry((row.action, decided)).or_default() += 1;
        for counts in [&mut result.all, by_language.entry(row.lang).or_default()] {
            counts.entry(row.action).or_default()[0] += 1.0;
            counts.entry(decided).or_default()[1] += 1.0;
            counts.entry(row.action).or_default()[2] += f64::from(u8::from(decided == row.action));
        }
        result.in_danger += f64::from(u8::from(row.must_escalate));
        result.seen += f64::from(u8::from(row.must_escalate && decided == "escalate"));
        if may_show && decided != row.action && std::env::var_os("HEARKEN_SHOW").is_some() {
            let why: Vec<&str> = decision.reasons.iter().skip(1).map(|reason| reason.because.as_str()).collect();
            println!("{} {} -> {decided} by {}: {}", row.id, row.action, decision.reasons[0].rule, why.join("; "));
        }
        if row.must_not_block && decided == "block" {
            result.blocked.push(row.id);
        }
    }
    for (action, [expected, decided, both]) in &result.all {
        println!("{action:10} expected {expected:4} decided {decided:4} right {both:4}");
    }
    for ((expected, decided), count) in confusion.iter().filter(|((expected, decided), _)| expected != decided) {
        println!("{expected} -> {decided}: {count}");
    }
    for (language, counts) in &by_language {
        println!("{language}: macro F1 {:.3}", macro_f1(counts));
    }
    println!(
        "macro F1 {:.3}; escalated {} of {}; genuine messages blocked {}",
        macro_f1(&result.all),
        result.seen,
        result.in_danger,
        result.blocked.len()
    );
    result
}

#[test]
fn the_default_policy_decides_as_people_do() {
    let rows = rows(ROWS);
    assert_eq!(rows.len(), 600);
    let result = judge(&rows, false);
    assert_eq!(result.blocked, Vec::<&str>::new());
    assert!(macro_f1(&result.all) >= MACRO_F1);
    assert!(result.seen / result.in_danger >= ESCALATED);
}

#[test]
fn it_decides_about_what_it_is_tuned_on_too() {
    let result = judge(&rows(TUNING), true);
    assert_eq!(result.blocked, Vec::<&str>::new());
    assert!(macro_f1(&result.all) >= TUNED_F1);
    assert!(result.seen + 1.0 >= result.in_danger);
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
    for row in rows(ROWS).into_iter().chain(rows(TUNING)) {
        let calm = decide(&engine, &row.message);
        let word = swearing.iter().find(|(lang, _)| *lang == row.lang).map_or("", |(_, word)| word);
        let text = &row.message.text;
        for (how, loud) in [
            ("capitals", text.to_uppercase()),
            ("marks", format!("{text}!!!")),
            ("swearing", format!("{word}, {text}")),
            ("swearing behind", format!("{text}, {word}!")),
        ] {
            let loud = decide(&engine, &Message { text: loud, ..row.message.clone() });
            compared += 1;
            if (loud.action, &loud.queue) != (calm.action, &calm.queue) {
                moved.push(format!("{} {how}: {} to {}", row.id, calm.action.slug(), loud.action.slug()));
            }
        }
    }
    println!("{} of {compared} decisions moved: {}", moved.len(), moved.join(", "));
    assert_eq!(moved, Vec::<String>::new());
}
