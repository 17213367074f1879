//! What is found, what is left alone, and how it is taken out. All values are reserved examples,
//! published test numbers or made up; the source stands beside those with check digits.

use hearken::privacy::{Mode, Pii, PiiType, RedactOptions, detect, rank, redact, redact_spans};
use hearken::text::Normalized;
use hearken::{Error, Span, limits};

fn find(text: &str) -> Vec<(PiiType, &str)> {
    let found = detect(&Normalized::new(text), &PiiType::DEFAULT);
    found.iter().map(|pii| (pii.kind, pii.span.slice(text).expect("character boundaries"))).collect()
}

/// Each text holds exactly the one value of that kind between `«` and `»`.
fn holds(kind: PiiType, texts: &[&str]) {
    for marked in texts {
        let text = marked.replace(['«', '»'], "");
        let value = marked.split_once('«').and_then(|(_, rest)| rest.split_once('»')).expect("marks").0;
        assert_eq!(find(&text), [(kind, value)], "in {text}");
    }
}

fn holds_nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(find(text), [], "in {text}");
    }
}

#[test]
fn email_addresses() {
    holds(
        PiiType::Email,
        &[
            // A line break ends a value that is whole before it.
            "Mail «kim@example.com»\nAnd thanks",
            "«jane.doe@example.com»",
            "Write to «jane_doe+news@mail.example.co.uk».",
            "(«o'neil-99@sub.example.org»), please",
            "mail:'«jane@example.com»'",
            "<«jane@example.com»>",
            "메일은 «hong@example.co.kr»으로 보내주세요",
            "連絡先は«tanaka@example.jp»です",
            "docomo: «taro..t.@docomo.ne.jp»",
            "Schreib an «jörg@bücher.example», danke",
            "«user@xn--bcher-kva.xn--p1ai»",
            "«почта@пример.рф»",
            "info@-bad «a.b@example.museum».",
            "«jane@example.com».Please answer",
            "«JANE@EXAMPLE.COM»!",
            "«Jane@Example.Com»",
        ],
    );
}

#[test]
fn not_email() {
    holds_nothing(&[
        "@brand_name thanks",
        "hi @user.name",
        "a@b",
        "jane@localhost",
        "react@18.2.0",
        "icon@2x.png",
        "@@@@@@",
        "me @ example.com",
        "jane@.com",
        "jane@example",
        "jane@example.c",
        "jane@example..com",
        "Thanks.@Brand.Please help",
        "유효@하다.앞으로도",
        "x @ y. Then",
        "user@example.123",
    ]);
}

#[test]
fn phones_of_many_countries() {
    holds(
        PiiType::Phone,
        &[
            // Reserved for fiction: NANPA 555-0100 to 555-0199, Ofcom drama numbers.
            "Call me: «(555) 010-0199»",
            "«+1 212 555 0142»",
            "«+1-212-555-0142 x123»",
            "my cell is «212.555.0142», thanks",
            "«1-800-555-0199 ext. 42»",
            "«001-212-555-0142»",
            "ring «020 7946 0958» now",
            "«+44 (0)20 7946 0958»",
            "«07700 900123»",
            "«07700900123» is mine",
            "«+447700900123»",
            "«0044 20 7946 0958»",
            "«01632 960 001»",
            // Korea, Japan
            "연락처 «010-1234-5678» 입니다",
            "«01012345678»로 전화주세요",
            "«02-123-4567»",
            "«031-123-4567»",
            "«+82 10-1234-5678»",
            "제 번호는 «010 1234 5678»이에요",
            "전화 «123-4567»",
            "電話は«03-1234-5678»です",
            "«090-1234-5678»まで",
            "«+81 3 1234 5678»",
            "電話番号：«0120-123-456»",
            "«(03) 1234-5678»",
            // Poland, Germany, France, Spain, Italy, Netherlands, Brazil
            "tel. «22 123 45 67»",
            "proszę dzwonić «600 123 456»",
            "«+48 600 123 456»",
            "numer telefonu: «600123456»",
            "«600-123-456»",
            "Tel.: «030 12345678»",
            "«+49 30 12345678»",
            "«0171/1234567»",
            "Rückruf unter «0171 1234567»",
            "«(030) 123456»",
            "«06 12 34 56 78»",
            "«01.23.45.67.89»",
            "tél : «+33 6 12 34 56 78»",
            "«0612345678»",
            "llame al «612 34 56 78»",
            "«+34 612 345 678»",
            "móvil «612345678»",
            "chiamami al «333 1234567»",
            "«+39 06 1234 5678»",
            "«06-12345678»",
            "bel «020 123 4567»",
            "«+31 6 12345678»",
            "«(11) 91234-5678»",
            "meu celular é «11 91234-5678»",
            "«+55 11 91234-5678»",
            // Context alone
            "phone: «481 7531»",
            "They are not answering at «9493 7477»",
            "fax «2125550142».",
            "Mobile «99 577450»",
        ],
    );
}

#[test]
fn not_phone() {
    holds_nothing(&[
        // Dates, times, years
        "on 2024-01-15 12:30",
        "15.01.2024 12:30 Uhr",
        "01/15/2024",
        "2019-2020",
        "call me 2019-2020",
        "at 12:30:45",
        "12.03.2021",
        "called on 03.04.2023",
        "2024년 1월 15일",
        // Amounts, decimals, versions, coordinates
        "$1,234,567.89",
        "1 234 567,89 zł",
        "650 000 000",
        "600 123 456 zł",
        "€ 600 123 456",
        "1.234.567 Euro",
        "3.14159265358979",
        "12.345678",
        "version 10.0.19045.3803",
        "1 000 000 people",
        "100%",
        "1,299,000원",
        "₩ 1 299 000",
        // Numbers of orders, parcels, people
        "order 5550100199",
        "order number 555-010-0199",
        "#5550100199",
        "# 123",
        "Bestellung 0612345678",
        "Kundennummer: 600 123 456",
        "numer zamówienia 600 123 456",
        "주문번호 01012345678",
        "注文番号 0312345678",
        "tracking id 1234567890",
        "AB1234567890",
        "550e8400-e29b-41d4-a716-446655440000",
        "ISBN 978-3-16-148410-0",
        "https://example.com/orders/5550100199",
        "ref_5550100199",
        "room 1204",
        "iPhone 15 128",
        "my phone 13 pro max 256",
        "GSM 900/1900",
        "doi 10.1007/s2018.07.022",
        "1 2 3 4 5 6 7 8 9 10",
        "2813882583",
        "1080 1920",
        "0.0612345678",
    ]);
}

#[test]
fn card_numbers() {
    // Test numbers published by payment providers for Visa, Mastercard, American Express, Diners,
    // Discover, JCB, UnionPay and Maestro.
    holds(
        PiiType::Card,
        &[
            "«4111111111111111»",
            "card «4111 1111 1111 1111».",
            "«4012-8888-8888-1881»",
            "«5555.5555.5555.4444»",
            "«5105105105105100»",
            "«2223003122003222»",
            "«3782 822463 10005»",
            "«371449635398431»",
            "«30569309025904»",
            "«3056 930902 5904»",
            "«6011111111111117»",
            "«3530111333300000»",
            "«6205500000000000004»",
            "«6759649826438453»",
            "«4222222222222»",
            "카드번호 «4111-1111-1111-1111»입니다",
            "exp 12/25 «4111 1111 1111 1111» 123",
        ],
    );
}

#[test]
fn not_card() {
    holds_nothing(&[
        "4111111111111112",
        "4111 1111 1111 1112",
        "0000000000000000",
        "1234567812345670",
        "order 1234567812345678",
        "x4111111111111111",
        "4111111111111111abc",
        "0.4111111111111111",
        "41111111111111111111111",
    ]);
    // Made up in the range of Korean domestic cards: only a word tells them from other numbers.
    holds_nothing(&["9410123456789010", "9410 1234 5678 9010"]);
    holds(PiiType::Card, &["카드 «9410123456789010»"]);
    assert_eq!(find("my card 1234567812345670"), [(PiiType::Card, "1234567812345670")]);
}

#[test]
fn ibans() {
    // Examples of the SWIFT IBAN Registry.
    holds(
        PiiType::Iban,
        &[
            "«DE89370400440532013000»",
            "IBAN: «DE89 3704 0044 0532 0130 00», danke",
            "«gb29 nwbk 6016 1331 9268 19»",
            "«PL61109010140000071219812874»",
            "«FR1420041010050500013M02606»",
            "«ES91 2100 0418 4502 0005 1332»",
            "«IT60X0542811101000000123456»",
            "«NL91ABNA0417164300»",
            "«NO9386011117947»",
            "«MT84MALT011000012345MTLCAST001S»",
            "«CH93-0076-2011-6238-5295-7»",
            "«BR1800360305000010009795493C1»",
            "IBAN«DE89370400440532013000»",
            "계좌 «GB29NWBK60161331926819»로",
        ],
    );
    assert!(detect(&Normalized::new("DE89370400440532013000"), &PiiType::DEFAULT)[0].validated);
}

#[test]
fn not_iban() {
    for text in ["DE88370400440532013000", "DE8937040044053201300", "ZZ89370400440532013000", "XDE89370400440532013000"]
    {
        assert!(find(text).iter().all(|(kind, _)| *kind != PiiType::Iban), "in {text}");
    }
}

#[test]
fn urls_with_secrets() {
    holds(
        PiiType::UrlToken,
        &[
            "«https://example.com/reset?token=abc123»!",
            "see («https://example.com/a?x=1&access_token=abc»)",
            "«ftp://jane:secret@example.com/file»",
            "«https://example.com/cb#id_token=abc&state=1».",
            "«www.example.com/login?password=hunter2»",
            "«https://example.com/unsubscribe?email=jane%40example.com»",
            "«https://example.com/u/jane@example.com/off»",
            "«https://example.com/v/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXRlc3Q»",
            "«https://s.example.com/f?X-Amz-Signature=0a1b2c&y=2»",
            "링크: «https://example.com/?session=abc123»입니다",
            "«https://example.com/a;jsessionid=1A2B3C»",
            "«https://example.com/p?u=4111111111111111&key=abcdef»",
        ],
    );
}

#[test]
fn not_urls_with_secrets() {
    holds_nothing(&[
        "https://example.com/",
        "https://example.com/a?page=2&sort=up",
        "www.example.com",
        "https://social.example/@jane/123",
        "https://example.com/?token=",
        "token=abc",
        "https://example.com/film?code=18465",
        "https://example.com/keyboard?monkey=1",
    ]);
}

#[test]
fn ip_addresses() {
    // Documentation ranges: RFC 5737, RFC 3849.
    holds(
        PiiType::Ip,
        &[
            "from «192.0.2.1».",
            "http://«198.51.100.23»:8080/path",
            "«203.0.113.255»/24",
            "my IP is «8.8.8.8»",
            "user@«192.0.2.1»",
            "«2001:db8::1»",
            "[«2001:db8:0:0:0:0:2:1»]:443",
            "«2001:0db8:85a3:0000:0000:8a2e:0370:7334» blocked",
            "«::ffff:192.0.2.128»",
            "«fe80::1ff:fe23:4567:890a»",
            "접속 «192.0.2.44»에서",
        ],
    );
}

#[test]
fn not_ip() {
    holds_nothing(&[
        "version 1.2.3.4",
        "updated to 10.11.12.13",
        "v10.11.12.13",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.02.03.04",
        "192.0.2",
        "12:30:45",
        "std::io::Read",
        "a::b",
        "::",
        "Browser/103.0.50.134",
        "firmware 12.92.149.211",
        "1.2.3.4",
        "ratio 10::20",
        "버전 10.11.12.13",
    ]);
}

#[test]
fn the_certain_reading_wins() {
    assert_eq!(
        find("https://example.com/?email=jane@example.com"),
        [(PiiType::UrlToken, "https://example.com/?email=jane@example.com")]
    );
    assert_eq!(find("DE89 3704 0044 0532 0130 00").len(), 1);
    assert_eq!(find("010-1234-5678@example.com"), [(PiiType::Email, "010-1234-5678@example.com")]);
    assert_eq!(find("phone 4111 1111 1111 1111")[0].0, PiiType::Card);
}

#[test]
fn only_the_kinds_asked_for() {
    let normal = Normalized::new("jane@example.com, +1 212 555 0142, https://example.com/?email=joe@example.com");
    let kinds = |types: &[PiiType]| detect(&normal, types).iter().map(|pii| pii.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&[PiiType::Phone]), [PiiType::Phone]);
    assert_eq!(kinds(&[PiiType::Email]), [PiiType::Email, PiiType::Email]);
    assert_eq!(kinds(&[]), []);
}

#[test]
fn only_check_digits_count_as_validated() {
    let text = "4111111111111111 DE89370400440532013000 jane@example.com +1 212 555 0142 192.0.2.1 https://example.com/?token=abcdef";
    for pii in detect(&Normalized::new(text), &PiiType::DEFAULT) {
        assert_eq!(pii.validated, matches!(pii.kind, PiiType::Card | PiiType::Iban), "{:?}", pii.kind);
        assert!((0.0..=1.0).contains(&pii.certainty));
    }
    let grouped = detect(&Normalized::new("4111 1111 1111 1111"), &PiiType::DEFAULT);
    assert_eq!(grouped[0].certainty, rank::CARD_GROUPED);
}

fn redacted(text: &str, mode: Mode) -> String {
    redact(text, &RedactOptions { mode, ..RedactOptions::default() }).expect("redacts").text
}

#[test]
fn labels_and_masks() {
    let text = "Hello, jane.doe@example.com or +1 212 555 0142; card 4111 1111 1111 1111, IP 192.0.2.1. Thanks — zażółć 김치 😀";
    assert_eq!(redacted(text, Mode::Label), "Hello, [EMAIL] or [PHONE]; card [CARD], IP [IP]. Thanks — zażółć 김치 😀");
    assert_eq!(
        redacted(text, Mode::Mask),
        "Hello, ****.***@******e.com or +* *** *** 0142; card **** **** **** 1111, IP ***.*.*.*. Thanks — zażółć 김치 😀"
    );
    let done = redact("DE89370400440532013000 https://example.com/?token=abcdef a@b.de", &RedactOptions::default())
        .expect("redacts");
    assert_eq!(done.text, "[IBAN] [URL] [EMAIL]");
    assert_eq!(done.counts.values().sum::<usize>(), 3);
    assert_eq!(done.counts["iban"], 1);
}

#[test]
fn a_label_is_no_context_for_the_next_number() {
    let once = redacted("phone 010-1234-5678 1234567", Mode::Label);
    assert_eq!(redacted(&once, Mode::Label), once);
}

#[test]
fn given_spans_are_replaced_in_any_order() {
    let pii =
        |kind, start, end| Pii { kind, span: Span::new(start, end), certainty: 1.0, validated: false, variety: None };
    let spans = [pii(PiiType::Ip, 6, 9), pii(PiiType::Email, 0, 3), pii(PiiType::Ip, 8, 99)];
    assert_eq!(redact_spans("abc - défgh", &spans, Mode::Label), "[EMAIL] - [IP]");
    assert_eq!(redact_spans("", &spans, Mode::Label), "");
}

#[test]
fn too_long_or_too_full_is_refused_without_the_text() {
    let options = RedactOptions { max_text_bytes: 10, ..RedactOptions::default() };
    let long = redact("jane@example.com", &options).expect_err("too long");
    assert_eq!(long, Error::TextTooLarge { limit: 10, actual: 16 });
    let full = "a@b.de ".repeat(limits::MAX_SPANS + 1);
    let options = RedactOptions { max_text_bytes: limits::MAX_TEXT_BYTES, ..RedactOptions::default() };
    let full_error = redact(&full, &options).expect_err("too many");
    assert_eq!(full_error.code(), "E_FIELD");
    for error in [long, full_error] {
        assert!(!error.to_string().contains('@'));
    }
    assert_eq!(detect(&Normalized::new(&full), &PiiType::DEFAULT).len(), limits::MAX_SPANS);
    assert!(redact(&"a@b.de ".repeat(limits::MAX_SPANS), &options).is_ok());
    let over = RedactOptions { max_text_bytes: limits::MAX_TEXT_BYTES + 1, ..RedactOptions::default() };
    assert_eq!(redact("", &over).expect_err("limit").code(), "E_OPTION");
}

#[test]
fn disguises_are_seen_through() {
    holds(
        PiiType::Email,
        &[
            "«jane\u{200B}@exam\u{AD}ple.com»",
            "«ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ»",
            "«jane&#64;example.com»",
            "<p>«jane@example.com»</p>",
            "<a href=\"mailto:«jane@example.com»\">write</a>",
        ],
    );
    holds(PiiType::Phone, &["«０１０－１２３４－５６７８»", "call «(555)&nbsp;010-0199»", "«010\u{200D}-1234-5678»"]);
    holds(PiiType::Card, &["«４１１１ １１１１ １１１１ １１１１»", "«4111\u{2060}111111111111»"]);
    holds(PiiType::Card, &["«𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏»"]);
    holds(
        PiiType::Card,
        &["«٤١١١١١١١١١١١١١١١»", "card «four one one one one one one one one one one one one one one one»"],
    );
    holds(PiiType::Phone, &["«०१०-१२३४-५६७८»", "전화 «공일공-일이삼사-오육칠팔»"]);
    holds(PiiType::Email, &["write to «jane (at) example (dot) com» please", "«jane at example dot com»"]);
    assert_eq!(redacted("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ ok", Mode::Label), "[EMAIL] ok");
}

#[test]
fn masks_of_punctuation_come_to_rest() {
    for text in [".://=@://", "DE89370400440532013000::192.0.2.1", "http://@@", "www.?token=--"] {
        let once = redacted(text, Mode::Mask);
        assert_eq!(redacted(&once, Mode::Mask), once);
    }
}

#[test]
fn numbers_behind_a_long_row_of_numbers_are_found() {
    // A run of digit groups is read in pieces: no piece may end inside a number.
    for before in 50..=70 {
        let row = "7 ".repeat(before);
        let card = format!("{row}4111 1111 1111 1111 end");
        assert_eq!(find(&card), [(PiiType::Card, "4111 1111 1111 1111")], "behind {before} numbers");
        let phone = format!("{row}600 123 456 end");
        assert_eq!(find(&phone), [(PiiType::Phone, "600 123 456")], "behind {before} numbers");
        let pair = format!("{row}600 123 456/600 123 457 end");
        let phones = [(PiiType::Phone, "600 123 456"), (PiiType::Phone, "600 123 457")];
        assert_eq!(find(&pair), phones, "behind {before} numbers");
        let range = format!("{row}192.0.2.1-192.0.2.9 end");
        let addresses = [(PiiType::Ip, "192.0.2.1"), (PiiType::Ip, "192.0.2.9")];
        assert_eq!(find(&range), addresses, "behind {before} numbers");
    }
}

#[test]
fn values_that_stand_close_to_words() {
    holds(PiiType::Card, &["card no.«4111111111111111»"]);
    holds(PiiType::Phone, &["tel. «030 12345678-0»"]);
    holds(PiiType::Email, &["«Jane@Example.Berlin»", "write to «jane@example.Academy», please"]);
    holds_nothing(&["ratio .4111111111111111"]);
}

#[test]
fn numbers_joined_without_a_space() {
    let phone = |value| (PiiType::Phone, value);
    for text in [
        "010-1234-5678/010-1234-5679",
        "연락처 010-1234-5678/02-123-4567 입니다",
        "600 123 456/600 123 457",
        "(555) 010-0199/(555) 010-0198",
        "+44 20 7946 0958/+44 20 7946 0959",
        "tel. 5550100199/5550100198",
    ] {
        let kinds: Vec<PiiType> = find(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [PiiType::Phone, PiiType::Phone], "in {text}");
    }
    assert_eq!(find("010-1234-5678/010-1234-5679"), [phone("010-1234-5678"), phone("010-1234-5679")]);
    assert_eq!(redacted("010-1234-5678/010-1234-5679", Mode::Label), "[PHONE]/[PHONE]");
    // The second number in short form: the first one must not stay because of it.
    assert_eq!(find("010-1234-5678/9"), [phone("010-1234-5678")]);
    assert_eq!(find("02-123-4567/8 로 전화 주세요"), [phone("02-123-4567")]);
    for text in ["192.0.2.1-192.0.2.9", "192.0.2.1/192.0.2.9", "192.0.2.1 - 192.0.2.9"] {
        assert_eq!(find(text), [(PiiType::Ip, "192.0.2.1"), (PiiType::Ip, "192.0.2.9")], "in {text}");
    }
    assert_eq!(find("192.0.2.1/192.0.2.9-5"), [(PiiType::Ip, "192.0.2.1")]);
    holds_nothing(&[
        "2024-01-15/2024-01-16",
        "01.02.2023/02.02.2023",
        "2019-2020/2020-2021",
        "order 5550100199/5550100198",
        "주문번호 01012345678/01012345679",
        "https://example.com/orders/20240115/0612345678",
        "12345678/87654321",
        "10.11.12.13-2",
        "version 10.11.12.13-10.11.12.14",
        "1.2.3.4-1.2.3.9",
        "10.11.12.13-10.11.12.13.14",
    ]);
}

#[test]
fn cards_typed_unusually() {
    holds(
        PiiType::Card,
        &[
            "card «4111  1111  1111  1111», thanks",
            "exp 12/25 «4111  1111 1111  1111»",
            "7  «3782  822463  10005»",
            "«4111-1111-1111-1111»-12/27",
            "«4111 1111 1111 1111»/12/2027",
            "«4111111111111111»-12-27",
            "«4111111111111111»/1227",
            "«4111 11111111 1111»",
            "«411111 1111 111111»",
            "«411111111111-1111»",
            "«4111-1111 1111-1111»",
        ],
    );
    holds_nothing(&[
        "4111  1111  1111  1112",
        "4111  1111  1111  11111",
        "4111    1111    1111    1111",
        "4111 11111111 1112",
        "1234 56781234 5670",
        "4111-1111-1111-1111-13/27",
        "4222222222222-12/27",
        "4111 1 1 11 111 11111",
        "5105 10-10-5105 10 5100",
    ]);
    let masked = redacted("4111-1111-1111-1111-12/27 fax", Mode::Mask);
    assert_eq!(redacted(&masked, Mode::Mask), masked);
}

#[test]
fn ibans_typed_unusually() {
    holds(
        PiiType::Iban,
        &[
            "«DE 89 3704 0044 0532 0130 00»",
            "IBAN: «GB 29 NWBK 6016 1331 9268 19».",
            "«NL 91ABNA0417164300»",
            "«de 89 3704 0044 0532 0130 00»",
            "«DE89 3704 0044 0532 0130 00»Thanks",
            "«DE89370400440532013000»bitte",
            "«DE 89 3704 0044 0532 0130 00»Thanks",
        ],
    );
    for text in [
        "DE 88 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 0130 001",
        "DE89370400440532013000a0b1c2",
        "DE89370400440532013000_x",
        "DE 89 370 400 440 532 013 000",
        "XDE 89 3704 0044 0532 0130 00",
    ] {
        assert!(find(text).iter().all(|(kind, _)| *kind != PiiType::Iban), "in {text}");
    }
}

#[test]
fn values_split_by_inline_tags() {
    holds(
        PiiType::Email,
        &[
            "«john<b></b>@example.com»",
            "write <b>«john</b>@<span class=\"x\">example</span>.com», please",
            "<i>«jo</i>hn&#64;exam<b>ple</b>.com»",
            "<b>«john@example.com»</b>",
            "ｘ <em>«john</em>@ex\u{200B}ample.com»",
        ],
    );
    holds(PiiType::Card, &["«4111<b>1111</b>11111111»", "«411<b>1</b>111111111111»"]);
    holds_nothing(&["john<br>@example.com", "john</p><p>@example.com", "john <b>@example.com</b>"]);
    assert_eq!(redacted("Hi <b>john</b>@example.com!", Mode::Label), "Hi <b>[EMAIL]!");
}

/// Each text holds the one value between the marks, of that type and kind.
fn holds_kind(kind: PiiType, rows: &[(&str, &str)]) {
    for (variety, marked) in rows {
        let text = marked.replace(['«', '»'], "");
        let value = marked.split_once('«').and_then(|(_, rest)| rest.split_once('»')).expect("marks").0;
        let found = detect(&Normalized::new(&text), &[kind]);
        let values: Vec<_> =
            found.iter().map(|pii| (pii.variety, pii.span.slice(&text).expect("boundaries"))).collect();
        assert_eq!(values, [(Some(*variety), value)], "in {text}");
    }
}

#[test]
fn numbers_of_persons_and_firms() {
    // Worked examples and test numbers of the issuers; see `src/privacy/check.rs`.
    holds_kind(
        PiiType::NationalId,
        &[
            ("us_ssn", "my social is «536-32-3065»"),
            ("gb_nino", "NI number «AB123456C»"),
            ("gb_nino", "it is «AB 12 34 56 C»."),
            ("gb_nhs", "NHS number «943 476 5919»"),
            ("kr_rrn", "주민등록번호 «900101-1234568»입니다"),
            ("jp_my_number", "マイナンバーは«1234 5678 9018»です"),
            ("pl_pesel", "PESEL: «44051401359»"),
            ("de_steuer_id", "Steuer-ID «86 095 742 719»"),
            ("fr_nir", "n° de sécu «2 55 08 14 168 025 38»"),
            ("es_dni", "DNI «12345678Z»"),
            ("es_nie", "NIE «X1234567L»"),
            ("it_codice_fiscale", "codice fiscale «RSSMRA85T10A562S»"),
            ("br_cpf", "CPF «111.444.777-35»"),
            ("nl_bsn", "BSN «111222333»"),
        ],
    );
    holds_kind(
        PiiType::CompanyId,
        &[
            ("pl_nip", "NIP «123-456-32-18»"),
            ("pl_regon", "REGON «123456785»"),
            ("br_cnpj", "CNPJ «11.222.333/0001-81»"),
            ("de_ust_id", "USt-IdNr. «DE136695976»"),
            ("fr_siren", "SIREN «732 829 320»"),
            ("it_partita_iva", "partita IVA «07643520567»"),
            ("kr_brn", "사업자등록번호 «120-81-47521»"),
        ],
    );
    holds_nothing(&[
        "PESEL 44051401358",
        "NIP 123-456-32-17",
        "DNI 12345678A",
        "CPF 111.444.777-36",
        "order 44051401359",
    ]);
}

#[test]
fn secrets_and_addresses_of_machines_and_money() {
    holds_kind(
        PiiType::Secret,
        &[
            ("api_key", "key «AKIAIOSFODNN7EXAMPLE» leaked"),
            ("api_key", "«sk_test_4eC39HqLyjWDarjtT1zdp7dc»"),
            // Header and body of RFC 7519, 3.1; the signature is made up.
            ("jwt", "token «eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.abcdefghijklmnop»"),
            ("private_key", "«-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----» sorry"),
        ],
    );
    holds_kind(
        PiiType::Crypto,
        &[
            ("bitcoin", "send to «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa»"),
            ("bitcoin", "«bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4»"),
            ("ethereum", "«0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed»"),
        ],
    );
    // RFC 7042: MAC addresses for documentation.
    holds(PiiType::Mac, &["router «00:00:5E:00:53:01» is down", "«00-00-5e-00-53-ff»"]);
    holds(PiiType::Location, &["we are at «52.520008, 13.404954»", "GPS: «48.85, 2.35»"]);
}

#[test]
fn values_that_words_name() {
    holds(PiiType::Passport, &["my passport number is «C01X00T47»", "여권번호 «M12345678»입니다"]);
    holds(PiiType::BankAccount, &["bank account «12345678»", "계좌번호 «110-234-567890»"]);
    holds(PiiType::BirthDate, &["born on «12 March 1985»", "geb. «12.03.1985»", "«1985年3月12日»生まれです"]);
    holds(PiiType::Plate, &["Kennzeichen «B-MW 1234»", "tablica «WA 12345»"]);
    holds(PiiType::Postcode, &["we moved to «SW1A 1AA»", "ZIP code «94105»", "PLZ «10115»"]);
    holds(
        PiiType::Address,
        &[
            "I live at «221 Baker Street, London»",
            "«ul. Długa 5, 00-950 Warszawa»",
            "wohne in der «Hauptstraße 12a, 10115 Berlin»",
        ],
    );
    holds(PiiType::Person, &["my name is «Jane Miller»", "Herr «Schmidt» war nett", "«김민수»라고 합니다"]);
    holds_nothing(&["article C01X00T47", "delivered on 12 March 1985", "my order 12345678 is late"]);
}

#[test]
fn links_handles_and_references_are_found_when_asked_for() {
    let text = "see https://example.com/a, @some_name, order no. 12345678";
    let all = detect(&Normalized::new(text), &PiiType::ALL);
    let found: Vec<_> = all.iter().map(|pii| (pii.kind, pii.span.slice(text).expect("boundaries"))).collect();
    let expected =
        [(PiiType::Url, "https://example.com/a"), (PiiType::Handle, "@some_name"), (PiiType::Reference, "12345678")];
    assert_eq!(found, expected);
    assert_eq!(find(text), []);
}
