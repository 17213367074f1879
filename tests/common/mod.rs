//! Texts for the property tests: strategies that mix what people write with what breaks readers.

use proptest::prelude::*;
use serde_json::{Map, Value};

/// Plain words and sentences of many languages.
const WORDS: &[&str] = &[
    "good",
    "terrible",
    "Thanks a lot!",
    "the driver was kind",
    "I want my money back.",
    "when does it ship?",
    "not",
    "n/a",
    "배송이 빨라요",
    "최악이에요ㅠㅠ",
    "환불 되나요?",
    "감사합니다",
    "없음",
    "とても良い",
    "届きません。",
    "いつ届きますか",
    "特になし",
    "świetna obsługa",
    "nie polecam",
    "dziękuję",
    "sehr gut,",
    "enttäuscht!",
    "wie lange dauert das",
    "très déçu",
    "merci",
    "muy bueno",
    "¿cuándo llega?",
    "gracias por nada",
    "ottimo",
    "pessimo servizio",
    "muito bom",
    "obrigada",
    "slecht",
    "bedankt",
    "很好",
    "太差了。",
    "ممتاز جدا",
    "سيئ؟",
    "מצוין",
    "хорошо",
    "ужасно",
    "καλό",
    "बहुत अच्छा",
    "ดีมาก",
    "შესანიშნავი",
    "tuyệt vời",
];

/// Marks, markup, invisible characters, pictures, numbers and things that look like personal data.
const OTHERS: &[&str] = &[
    " ",
    " ",
    " ",
    "\n",
    "\t",
    "\r\n",
    "\0",
    ".",
    "!",
    "?",
    "...",
    "。",
    "？",
    "،",
    "\"",
    "'",
    "’",
    "-",
    "—",
    ":",
    ";",
    "(",
    ")",
    "@",
    "#",
    "&",
    "<",
    ">",
    "/",
    "=",
    "*",
    "[",
    "]",
    "😀",
    "👍🏽",
    "👩\u{200D}👩\u{200D}👧",
    "🏳\u{FE0F}\u{200D}🌈",
    "🇰🇷",
    "❤\u{FE0F}",
    ":)",
    "<3",
    "^^",
    "\u{301}",
    "\u{308}\u{323}",
    "\u{3099}",
    "\u{FF9E}",
    "\u{489}",
    "\u{1161}",
    "\u{11AB}",
    "\u{200B}",
    "\u{200D}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{2060}",
    "\u{202E}",
    "\u{2066}",
    "\u{2069}",
    "\u{200F}",
    "\u{E0041}",
    "\u{FFFD}",
    "\u{FFFF}",
    "\u{10FFFF}",
    "ﬁ",
    "™",
    "Ｈｅｌｌｏ",
    "０９",
    "ﾃﾞｻﾞｲﾝ",
    "㍿",
    "ﷺ",
    "İ",
    "ß",
    "Ǆ",
    "<br>",
    "<b>",
    "</p>",
    "<a href=\"https://example.com/?token=abcdef\">",
    "<!--",
    "&amp;",
    "&lt;",
    "&#64;",
    "&#x1F600;",
    "&#0;",
    "&nbsp;",
    "&bogus;",
    "0",
    "7",
    "12",
    "2024-01-15",
    "3.5",
    "100%",
    "soooo",
    "ㅋㅋㅋ",
    "asdf",
    "x",
    "jane",
    "@shop",
    "#late",
    "www.example.com",
    "jane@example.com",
    "+1 212 555 0142",
    "010-1234-5678",
    "4111 1111 1111 1111",
    "DE89370400440532013000",
    "192.0.2.1",
    "2001:db8::1",
    "https://user:pass@example.com/",
    "tel",
    "card ",
    "[EMAIL]",
    "***",
];

/// A text of up to `most` pieces: words, others, and any character at all.
pub fn text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(WORDS).prop_map(str::to_owned),
        4 => prop::sample::select(OTHERS).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// Characters that have a composed and a decomposed form in Unicode, written out in both.
const PAIRS: &[(&str, &str)] = &[
    ("é", "e\u{301}"),
    ("É", "E\u{301}"),
    ("ü", "u\u{308}"),
    ("ñ", "n\u{303}"),
    ("ç", "c\u{327}"),
    ("å", "a\u{30A}"),
    ("ż", "z\u{307}"),
    ("ą", "a\u{328}"),
    ("ę", "e\u{328}"),
    ("ć", "c\u{301}"),
    ("ế", "e\u{302}\u{301}"),
    ("ự", "u\u{31B}\u{323}"),
    ("й", "и\u{306}"),
    ("ё", "е\u{308}"),
    ("ά", "α\u{301}"),
    ("が", "か\u{3099}"),
    ("パ", "ハ\u{309A}"),
    ("한", "\u{1112}\u{1161}\u{11AB}"),
    ("국", "\u{1100}\u{116E}\u{11A8}"),
    ("요", "\u{110B}\u{116D}"),
];

/// Pieces that both forms share and that compose with nothing.
const SHARED: &[&str] = &[
    " ",
    " ",
    " ",
    "a",
    "t",
    "s",
    "caf",
    "d",
    "u",
    "merci ",
    "gracias ",
    "dzi",
    "kuj",
    "?",
    "!",
    ". ",
    "\n",
    "배송",
    "か",
    "1",
    "555-0142",
    "2024",
    "jane@example.com",
    "+1 212 555 0142",
    "4111 1111 1111 1111",
    "192.0.2.1",
    "😀",
    "&amp;",
    "<br>",
    "@",
    "x",
];

/// One text in composed and in decomposed form.
pub fn both_forms() -> impl Strategy<Value = (String, String)> {
    let piece = prop_oneof![
        3 => prop::sample::select(PAIRS).prop_map(|(c, d)| (c, d)),
        4 => prop::sample::select(SHARED).prop_map(|shared| (shared, shared)),
    ];
    prop::collection::vec(piece, 0..24)
        .prop_map(|pieces| pieces.into_iter().unzip::<_, _, Vec<_>, Vec<_>>())
        .prop_map(|(c, d)| (c.concat(), d.concat()))
}

/// The composed form of a stretch of a text of [`both_forms`].
pub fn composed(text: &str) -> String {
    // Longest first: a decomposed form may begin with another one.
    let mut pairs: Vec<_> = PAIRS.to_vec();
    pairs.sort_by_key(|(_, decomposed)| std::cmp::Reverse(decomposed.len()));
    pairs.into_iter().fold(text.to_owned(), |text, (c, d)| text.replace(d, c))
}

/// Any JSON value up to four levels deep; keys are often those of a message or a policy.
pub fn json(keys: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..12).prop_map(Value::from),
        prop::sample::select(keys).prop_map(Value::from),
        text(4).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        let key = prop_oneof![6 => prop::sample::select(keys).prop_map(str::to_owned), 1 => text(3)];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}
