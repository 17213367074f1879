//! Texts and files built to be slow or to break a limit: time grows with the length and no faster,
//! limits are kept, and what is refused says nothing of the text.
//!
//! Wall-clock on a shared machine is noisy: a figure is the least of several runs, a ratio is taken
//! again when it is too high, and bounds leave room. `privacy_properties.rs` has detectors' own.

use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use hearken::analyze::{Role, Turn};
use hearken::limits::{DEFAULT_TEXT_BYTES, MAX_SPANS, MAX_TEXT_BYTES};
use hearken::privacy::{RedactOptions, redact};
use hearken::triage::default_policy;
use hearken::{AnalyzeOptions, Engine, Error, Message};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().expect("the embedded model can be read"))
}

/// Everything but places and evidence, which read the text once more for every label given; these
/// have tests of their own.
fn options(max_text_bytes: usize) -> AnalyzeOptions {
    AnalyzeOptions { sentences: true, spans: false, max_text_bytes, ..AnalyzeOptions::default() }
}

/// Everything there is.
fn everything() -> AnalyzeOptions {
    AnalyzeOptions { sentences: true, evidence: true, ..AnalyzeOptions::default() }
}

/// What the text is made of, again and again.
const UNITS: &[(&str, &str)] = &[
    ("one letter", "a"),
    ("one capital", "A"),
    ("combining marks", "\u{301}"),
    ("Hangul jamo", "\u{1100}\u{1161}\u{11A8}"),
    ("voice marks", "\u{FF76}\u{FF9E}"),
    ("zero-width characters", "\u{200B}\u{200D}\u{FEFF}"),
    ("letters parted by zero-width", "a\u{200B}"),
    ("bidi controls", "\u{202E}\u{2066}a\u{2069}"),
    ("controls", "\0\u{7}"),
    ("less-than signs", "<"),
    ("open tags", "<a "),
    ("open comments", "<!--"),
    ("tags", "<b>x</b>"),
    ("ampersands", "&"),
    ("entities", "&amp;"),
    ("open entities", "&#x41"),
    ("at signs", "@"),
    ("mentions", "@a "),
    ("hashes", "#a"),
    ("digits", "7"),
    ("groups of digits", "010-1234 "),
    ("emoji", "😀"),
    ("emoji joined", "👩\u{200D}👧\u{200D}"),
    ("flags", "🇰🇷"),
    ("skin tones", "👍\u{1F3FD}"),
    ("long words", "abcdefghijklmnopqrstuvwxyzäöüabcdefghijklmnopqrstuvwxyz "),
    ("words", "the box was open "),
    ("Han", "包装破了"),
    ("kana", "とどかない"),
    ("Hangul", "배송이늦어요"),
    ("Thai", "ส่งช้า"),
    ("newlines", "\n"),
    ("blank lines", "a\n\n"),
    ("spaces", " "),
    ("quotes", "\""),
    ("typographic quotes", "‘’“”"),
    ("question marks", "?"),
    ("full stops", "a. "),
    ("dots", "."),
    ("ideographic full stops", "。"),
    ("folded full stops", "…"),
    ("ligature", "\u{FDFA}"),
    ("thanks", "thanks "),
    ("thanks called off", "no thanks "),
    ("cues of a question", "how do i "),
    ("openers", "hi, "),
    ("Korean cues", "되나요 "),
    ("Japanese thanks", "ありがとう"),
    ("words of the policy", "cancel my account "),
    ("beginnings of words of the policy", "want to want to di "),
    ("links", "http://a.b/?c=d&"),
    ("colons", ":"),
    ("faces", ":("),
    ("swearing", "damn "),
    ("two-word swearing", "the hell "),
    ("swearing in Hangul", "존나"),
    ("beginnings of swearing", "the the "),
    ("names", "anna "),
    ("cities in Hangul", "서울"),
    ("family names in Han", "田中"),
    ("nothing", "nothing "),
    ("sad words", "I am so angry and sad. "),
];

/// As [`UNITS`], but not linear yet.
const KNOWN: &[(&str, &str)] = &[("marks in the wrong order", "\u{301}\u{323}")];

/// `unit` as often as fits into `bytes`.
fn built(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

fn time(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The ratio of two times for texts of which one is twice as long: least of `runs` runs each, taken
/// in turn so that a burst of other work meets both.
fn ratio(runs: usize, mut half: impl FnMut(), mut full: impl FnMut()) -> f64 {
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for _ in 0..runs {
        short = short.min(time(&mut half));
        long = long.min(time(&mut full));
    }
    // Below 5 ms fresh pages of memory and the start of a call can weigh more than the text.
    long.as_secs_f64() / short.as_secs_f64().max(5e-3)
}

/// Twice the text should take 2 to 2.3 times the time; a quadratic part shows as 3 and more.
const MOST: f64 = 3.0;

/// The names whose ratio stays at [`MOST`] or above in every one of five attempts.
fn too_steep(units: &[(&str, &str)], half: usize, work: impl Fn(&str)) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, unit) in units {
        let (short, long) = (built(unit, half), built(unit, 2 * half));
        let attempt = |runs| ratio(runs, || work(&short), || work(&long));
        let attempts: Vec<f64> = (2..7).map(attempt).take_while(|ratio| *ratio >= MOST).collect();
        if attempts.len() == 5 {
            wrong.push(format!("{name}: {attempts:.1?}"));
        }
    }
    wrong
}

#[test]
fn time_of_analysis_grows_with_the_length() {
    let options = options(MAX_TEXT_BYTES);
    let wrong = too_steep(UNITS, 128 * 1024, |text| {
        black_box(engine().analyze(black_box(text), &options).expect("valid options"));
    });
    assert!(wrong.is_empty(), "more than {MOST} times the time for twice the text: {wrong:?}");
}

#[test]
fn time_of_places_and_evidence_grows_with_the_length() {
    let options = everything();
    let wrong = too_steep(UNITS, 8 * 1024, |text| {
        black_box(engine().analyze(black_box(text), &options).expect("valid options"));
    });
    assert!(wrong.is_empty(), "more than {MOST} times the time for twice the text: {wrong:?}");
}

#[test]
fn time_of_triage_grows_with_the_length() {
    let options = AnalyzeOptions { max_text_bytes: MAX_TEXT_BYTES, ..AnalyzeOptions::default() };
    let wrong = too_steep(UNITS, 128 * 1024, |text| {
        black_box(engine().triage(&Message::new(text), default_policy(), &options).expect("valid options"));
    });
    assert!(wrong.is_empty(), "more than {MOST} times the time for twice the text: {wrong:?}");
}

#[test]
fn time_grows_with_the_length_of_texts_known_to_be_slow() {
    let options = options(MAX_TEXT_BYTES);
    let wrong = too_steep(KNOWN, 32 * 1024, |text| {
        black_box(engine().analyze(black_box(text), &options).expect("valid options"));
    });
    assert!(wrong.is_empty(), "more than {MOST} times the time for twice the text: {wrong:?}");
}

#[test]
fn time_grows_with_the_length_of_the_context() {
    let text = "Nothing. Why is nobody answering me? ".repeat(100);
    let units: Vec<_> = UNITS
        .iter()
        .copied()
        .step_by(5)
        .chain([("the text itself", "Nothing. Why is nobody answering me? ")])
        .collect();
    let wrong = too_steep(&units, 128 * 1024, |context| {
        let context = Some(context.to_owned());
        let options = AnalyzeOptions { question: context.clone(), parent: context, ..options(MAX_TEXT_BYTES) };
        black_box(engine().analyze(black_box(&text), &options).expect("valid options"));
    });
    assert!(wrong.is_empty(), "more than {MOST} times the time for twice the context: {wrong:?}");
}

#[test]
fn time_of_turns_grows_with_their_number() {
    let wrong = too_steep(&[("turns", "x"), ("turns with words", "the parcel is late ")], 4096, |text| {
        let turn = |(i, _)| Turn {
            role: [Role::Customer, Role::Agent, Role::Bot][i % 3],
            text: "the damn parcel is late. ".into(),
        };
        let turns: Vec<Turn> = text.bytes().enumerate().map(turn).collect();
        black_box(engine().analyze_turns(&turns, &options(MAX_TEXT_BYTES)).expect("valid options"));
    });
    assert!(wrong.is_empty(), "more than {MOST} times the time for twice the turns: {wrong:?}");
}

/// Longest time for 1 MiB, the most a caller may ask for, with every option on. Built for tests
/// (opt-level 1), plain words take 0.3 s alone; a ligature that is eleven times as long in normal
/// form takes 2.5 s. The bound leaves room for a machine busy with other tests.
const WITHIN: Duration = Duration::from_secs(30);

#[test]
fn the_longest_text_is_analysed_in_time() {
    let options = options(MAX_TEXT_BYTES);
    for (name, unit) in UNITS {
        let text = built(unit, MAX_TEXT_BYTES);
        let mut analysis = None;
        let took = time(|| analysis = engine().analyze(&text, &options).ok());
        let analysis = analysis.expect("valid options");
        assert!(took < WITHIN, "{name} took {took:?}");
        let sentences = analysis.sentences.map_or(0, |all| all.len());
        let most = sentences.max(analysis.pii.len());
        assert!(most <= MAX_SPANS, "{name}: {most} spans");
        // Words of topics have a limit of their own.
        assert!(analysis.truncated || most < MAX_SPANS, "{name}: {most} spans");
    }
}

#[test]
fn a_text_of_the_default_limit_is_explained_in_time() {
    for (name, unit) in UNITS {
        let text = built(unit, DEFAULT_TEXT_BYTES);
        let took = time(|| drop(black_box(engine().analyze(&text, &everything()))));
        assert!(took < WITHIN, "{name} took {took:?}");
    }
}

#[test]
fn ten_megabytes_are_cut_and_flagged_in_time() {
    for (name, unit) in [
        ("words", "the box was open, 왜요? "),
        ("marks", "\u{301}"),
        ("one letter", "a"),
        ("joined emoji", "👩\u{200D}"),
    ] {
        let text = built(unit, 10_000_000);
        for limit in [1, DEFAULT_TEXT_BYTES, MAX_TEXT_BYTES] {
            let mut analysis = None;
            let took = time(|| analysis = engine().analyze(&text, &options(limit)).ok());
            let analysis = analysis.expect("valid options");
            assert!(analysis.truncated, "{name} at {limit}");
            assert!(took < WITHIN, "{name} at {limit} took {took:?}");
            let last = analysis.sentences.iter().flatten().map(|one| one.span.end).max().unwrap_or(0);
            assert!(last <= limit, "{name}: a span at {last}, behind the limit of {limit}");
        }
    }
}

/// Stands in texts that are refused; must not stand in what the refusal says.
const CANARY: &str = "canary-jane@example.com-4111111111111111";

#[test]
fn a_text_over_the_limit_is_not_redacted_and_the_error_holds_no_text() {
    for limit in [1, 1000, DEFAULT_TEXT_BYTES, MAX_TEXT_BYTES] {
        let text = format!("{CANARY} ").repeat(limit / CANARY.len() + 1);
        assert!(text.len() > limit);
        let options = RedactOptions { max_text_bytes: limit, ..RedactOptions::default() };
        let error = redact(&text, &options).expect_err("a longer text");
        assert_eq!(error, Error::TextTooLarge { limit, actual: text.len() });
        assert_eq!(error.code(), "E_TEXT_TOO_LARGE");
        for said in [error.to_string(), format!("{error:?}")] {
            assert!(said.contains(&limit.to_string()) && said.contains(&text.len().to_string()), "{said}");
            assert!(!["canary", "jane", "4111"].iter().any(|word| said.contains(word)), "{said}");
        }
    }
}

#[test]
fn a_message_over_the_limit_is_decided_without_its_text() {
    let message = Message::new(format!("{CANARY} ").repeat(2000));
    let decision = engine().triage(&message, default_policy(), &AnalyzeOptions::default()).expect("a valid message");
    assert!(decision.analysis.truncated);
    assert_eq!(decision.redacted, None);
    assert_eq!(decision.redaction_error.as_ref().map(|error| error.code), Some("E_TEXT_TOO_LARGE"));
    let json = serde_json::to_string(&decision).expect("a decision is JSON");
    assert!(!["canary", "jane", "41111111"].iter().any(|word| json.contains(word)));
}

#[test]
fn more_findings_than_the_limit_are_refused_without_text() {
    let text = "canary@example.com ".repeat(MAX_SPANS + 1);
    let options = RedactOptions { max_text_bytes: MAX_TEXT_BYTES, ..RedactOptions::default() };
    let error = redact(&text, &options).expect_err("too many findings");
    assert_eq!(error.code(), "E_FIELD");
    assert!(error.to_string().contains(&MAX_SPANS.to_string()) && !error.to_string().contains("canary"), "{error}");
}
