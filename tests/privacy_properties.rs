//! What holds for every text: order and place of spans, bytes outside them, idempotence, and time
//! that grows with the length of the text however it was built.

use std::time::{Duration, Instant};

use hearken::limits;
use hearken::privacy::{Mode, PiiType, RedactOptions, detect, redact};
use hearken::text::Normalized;
use proptest::prelude::*;

/// Pieces that detectors stop at, so that random texts come near the edges of the rules.
const PIECES: &[&str] = &[
    "@",
    ".",
    ":",
    "://",
    "=",
    "+",
    "(",
    ")",
    "-",
    " ",
    "/",
    "#",
    "*",
    "[",
    "]",
    "?",
    "&",
    ",",
    "x",
    "\n",
    "<b>",
    "&amp;",
    "\u{200B}",
    "０",
    "９",
    "한",
    "전화",
    "é",
    "😀",
    "www.",
    "http",
    "token",
    "jane",
    "example.com",
    "example",
    "com",
    "eyJ",
    "tel",
    "phone ",
    "call me ",
    "order ",
    "[PHONE]",
    "[EMAIL]",
    "office",
    " fax",
    "ext. 12",
    "version ",
    "IP ",
    "card ",
    "0",
    "1",
    "12",
    "010",
    "555",
    "0199",
    "1234",
    "+44",
    "0044",
    "4111 1111 1111 1111",
    "4111",
    "1111",
    "DE89370400440532013000",
    "GB29 NWBK",
    "6016 1331 9268 19",
    "192.0.2.1",
    "2001:db8::1",
    "::",
    "ffff",
    "12:30",
    "2024-01-15",
    "jane@example.com",
    "+1 212 555 0142",
    "010-1234-5678",
    "https://example.com/?token=abcdef",
    "</b>",
    "  ",
    "4111  1111  1111  1111",
    "4111 11111111 1111",
    "-12/27",
    "DE 89 3704 0044 0532 0130 00",
    "192.0.2.1-192.0.2.9",
    "/010-1234-5679",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn options(mode: Mode) -> RedactOptions {
    RedactOptions { mode, ..RedactOptions::default() }
}

/// Texts of more than 2 KiB, which are read again around what changed and not whole: random pieces within plain words.
fn long_text() -> impl Strategy<Value = String> {
    const PLAIN: &str = "and then we waited for the parcel, which came late. Nobody could say why it took that long ";
    let part = (text(), 1..9usize).prop_map(|(text, times)| format!("{}{text} ", PLAIN.repeat(times)));
    prop::collection::vec(part, 6..16).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_found_in_a_long_text_that_was_redacted(text in long_text(), masked: bool) {
        let options = options(if masked { Mode::Mask } else { Mode::Label });
        let once = redact(&text, &options).expect("a text within the limits");
        let left = detect(&Normalized::new(&once.text), &PiiType::DEFAULT);
        prop_assert!(left.is_empty(), "{:?} in {:?}", left, once.text);
        let found = detect(&Normalized::new(&text), &PiiType::DEFAULT);
        prop_assert!(found.iter().all(|pii| once.pii.iter().any(|gone| gone.span.overlaps(&pii.span))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_sorted_apart_and_on_characters(text in text()) {
        let found = detect(&Normalized::new(&text), &PiiType::DEFAULT);
        for pii in &found {
            prop_assert!(!pii.span.is_empty() && pii.span.slice(&text).is_some());
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
    }

    #[test]
    fn bytes_outside_spans_stay_and_redacting_again_changes_nothing(text in text(), masked: bool) {
        let options = options(if masked { Mode::Mask } else { Mode::Label });
        let once = redact(&text, &options).expect("short text");
        prop_assert!(detect(&Normalized::new(&once.text), &PiiType::DEFAULT).is_empty());
        prop_assert_eq!(&redact(&once.text, &options).expect("short text").text, &once.text);
        prop_assert_eq!(once.counts.values().sum::<usize>(), once.pii.len());
        // Every stretch between spans stands in the result, in order.
        let (mut done, mut rest) = (0, once.text.as_str());
        for pii in &once.pii {
            let kept = &text[done..pii.span.start];
            let at = rest.find(kept);
            prop_assert!(at.is_some(), "a stretch outside the spans is gone");
            rest = &rest[at.unwrap_or(0) + kept.len()..];
            done = pii.span.end;
        }
        prop_assert!(rest.ends_with(&text[done..]));
    }

    #[test]
    fn one_kind_is_found_wherever_all_kinds_cover_it(text in text()) {
        let all = detect(&Normalized::new(&text), &PiiType::DEFAULT);
        for kind in PiiType::DEFAULT {
            for pii in detect(&Normalized::new(&text), &[kind]) {
                prop_assert_eq!(pii.kind, kind);
                prop_assert!(all.iter().any(|a| a.span.start <= pii.span.start && a.span.end >= pii.span.end));
            }
        }
    }

    #[test]
    fn any_text_is_survived(text in ".*") {
        detect(&Normalized::new(&text), &PiiType::DEFAULT);
        redact(&text, &options(Mode::Mask)).expect("short text");
    }
}

/// Texts built to make a careless scanner look at the same bytes again and again.
const HOSTILE: &[(&str, &str)] = &[
    ("digits", "1"),
    ("zeros", "0"),
    ("at signs", "@"),
    ("local parts", "a@"),
    ("dots", "a."),
    ("domain", "a@b."),
    ("labels", "a.b@c.d-"),
    ("colons", ":"),
    ("hex", "a:"),
    ("IPv6", "1:2:"),
    ("schemes", "http://"),
    ("queries", "http://a?b=c&"),
    ("www", "www."),
    ("keys", "k=&"),
    ("equals", "="),
    ("pluses", "+1"),
    ("groups", "1 "),
    ("grouped", "010-1234 "),
    ("dates", "01.02.2023 "),
    ("octets", "1.2."),
    ("cards", "4111 "),
    ("IBAN", "DE89 "),
    ("brackets", "("),
    ("(1)", "(1)"),
    ("context", "tel "),
    ("calls", "call me 1"),
    ("letters", "a"),
    ("spaces", " "),
    ("hangul", "전"),
    ("tags", "<a "),
    ("entities", "&#49;"),
    ("tokens", "eyJ."),
    ("extensions", "5550142x"),
    ("%40", "//%40"),
    ("inline tags", "<b>"),
    ("split addresses", "a<b>@b.de"),
    ("slashes", "010-1234-5678/"),
    ("wide cards", "4111  "),
    ("odd cards", "4111 11111111 "),
    ("expiries", "4111111111111111-12/"),
    ("octet ranges", "192.0.2.1-"),
    ("spaced IBAN", "DE 89 3704 "),
    ("names", "Anna Smith "),
    ("titles", "Mr. "),
    ("numerals", "one "),
    ("apart", "4 1 1 1 "),
    ("ids", "AB 12 34 "),
    ("streets", "12 Main Street "),
    ("decimals", "12.3456, "),
    ("line breaks", "4111\n"),
    ("spelled addresses", "a (at) b (dot) "),
    ("Korean names", "김민수님 "),
    ("Japanese names", "田中様"),
    ("MAC", "00:1B-"),
];

fn shortest(text: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        std::hint::black_box(detect(&Normalized::new(text), &PiiType::DEFAULT));
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn time_grows_linearly_on_hostile_text() {
    let size = limits::MAX_TEXT_BYTES / 4;
    for (name, unit) in HOSTILE {
        for prefix in ["", "tel. http://x/?a="] {
            let build = |bytes: usize| format!("{prefix}{}", unit.repeat((bytes - prefix.len()) / unit.len()));
            let (half, full) = (build(size), build(size * 2));
            let ratio = || shortest(&full).as_secs_f64() / shortest(&half).as_secs_f64().max(1e-2);
            // Below ten milliseconds a busy machine says nothing; above, it can spoil one measurement, not four.
            let best = (0..4).map(|_| ratio()).find(|ratio| *ratio < 3.0);
            assert!(best.is_some(), "{name} behind {prefix:?}: more than 3 times the time for twice the text");
        }
    }
}

#[test]
fn the_largest_text_is_redacted_in_time() {
    for (name, unit) in HOSTILE {
        let text = unit.repeat(limits::MAX_TEXT_BYTES / unit.len());
        let start = Instant::now();
        let options = RedactOptions { max_text_bytes: limits::MAX_TEXT_BYTES, ..options(Mode::Label) };
        // Too many findings are refused; both ways must be quick.
        let _ = redact(&text, &options);
        assert!(start.elapsed() < Duration::from_secs(5), "{name} took {:?}", start.elapsed());
    }
}
