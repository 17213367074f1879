//! Names, addresses and what words name: what is found, to the byte, and what is not.

use hearken::privacy::{PiiType, detect};
use hearken::text::Normalized;

/// Everything of `kind` found in a text, as written.
fn find(text: &str, kind: PiiType) -> Vec<String> {
    let found = detect(&Normalized::new(text), &PiiType::DEFAULT);
    let of = found.iter().filter(|pii| pii.kind == kind);
    of.map(|pii| pii.span.slice(text).expect("boundaries").to_owned()).collect()
}

/// Each text holds the values between its marks and no other of `kind`.
fn holds(kind: PiiType, texts: &[&str]) {
    for marked in texts {
        let values: Vec<&str> = marked.split('«').skip(1).filter_map(|rest| Some(rest.split_once('»')?.0)).collect();
        assert!(!values.is_empty(), "marks in {marked}");
        assert_eq!(find(&marked.replace(['«', '»'], ""), kind), values, "in {marked}");
    }
}

fn holds_none(kind: PiiType, texts: &[&str]) {
    for text in texts {
        assert_eq!(find(text, kind), Vec::<String>::new(), "in {text}");
    }
}

#[test]
fn first_names_with_what_follows() {
    holds(
        PiiType::Person,
        &[
            "please ask «Zoltán Farkas» at the desk",
            "«Bernadette Q. Villanova» signed for it",
            "we saw «Torbjørn Aasen» and «Ulrike»",
            "danke an «Anne-Sophie Delacourt»",
            "thanks «Ingrid»!",
            "«Taylor Marchetti» helped us",
            "I gave it to «Hope»",
            "«Max Brennan Jr» wrote back",
        ],
    );
}

#[test]
fn surnames_by_list_and_ending() {
    holds(
        PiiType::Person,
        &[
            "a call from «Velibor Marković» yesterday",
            "our guide «Runa Sigurdsdóttir» was great",
            "podziękowania, «Mścisław Wierzbowski»",
            "driver «Wouter Jansen» was late",
            "spoke with «Anna», «Takahashi» and «Bowman»",
        ],
    );
}

#[test]
fn words_that_tell_a_name() {
    holds(
        PiiType::Person,
        &[
            "«Xandru» lives at the corner",
            "that is «Odalys»'s daughter",
            "my son «Jorvin» broke it",
            "everyone calls me «Zuri»",
            "my maiden name is «Quillfeather»",
            "technician «Perrin Aldous» came twice",
            "«Perrin Aldous»\n12 Baker Street, London",
            "mein Mann «Thorvid» wartet",
            "안녕하세요 «권동현»입니다",
            "«장은지» 상담원님 정말 친절하셨어요",
            "«佐藤さくら»です。先日はありがとうございました",
            "配達の«高橋 由美子»さん、いつもありがとう",
            "名義人は«高橋太郎»です",
        ],
    );
}

#[test]
fn a_name_above_an_address_needs_no_other_type() {
    let text = "Perrin Aldous\n12 Baker Street, London";
    let found = detect(&Normalized::new(text), &[PiiType::Person]);
    assert_eq!(found.iter().map(|pii| pii.span.slice(text)).collect::<Vec<_>>(), [Some("Perrin Aldous")]);
}

#[test]
fn brands_places_and_sentences_are_no_names() {
    holds_none(
        PiiType::Person,
        &[
            "I bought it at John Lewis and at Hugo Boss",
            "we stayed in San Diego and Santa Monica",
            "Product name Velora Classic",
            "Summer Sale at Best Buy",
            "May Day offers from Royal Mail",
            "Anders als gedacht, Ben erg tevreden, Tage später",
            "Edit: now it works. Sarà un po' meglio",
            "Warto Kupić, Viele Zinsen, Garantie 24 Monate",
            "the Martin Street store and the Wagner Hotel",
            "back to Charlotte tonight, then from Austin to Sydney",
            "연휴가 장난아님",
        ],
    );
}

#[test]
fn addresses_of_many_forms() {
    holds(
        PiiType::Address,
        &[
            "parcel for «Sonnenhang 12, Apt. 4, Graz»",
            "send it to «Flat 2, 14 High Street, Leeds»",
            "my address is «65 Alt Weinberg 86 Kleinow»",
            "please ship to «PSC 10, Box 2045, APO AE 09012»",
            "it goes to «Unit 4411 Box 87 DPO AP 96507»",
            "«221 Baker Street, Springfield, IL 62704»",
            "moro na «Avenida Central,\nnº 28»",
            "主な住所 «神奈川県横浜市中区\n中央1丁目17番5号»",
        ],
    );
    holds_none(
        PiiType::Address,
        &["arrived at 10 March", "the 2013 St. Patrick's Day", "is at 5 stars", "C.A.P. 82143", "Garantie 2 Jahre"],
    );
}

#[test]
fn values_that_a_clause_before_names() {
    holds(PiiType::Passport, &["wrong passport in the booking, it's «AB1234567»", "旅券番号を書きます。«MU1234567»"]);
    holds(PiiType::BirthDate, &["DOB is down wrong, it's «01.04.1974»", "born (my son): «3 May\n2011»"]);
    holds(
        PiiType::Postcode,
        &["C.P.: «25010»", "(우) «01127» 맞나요", "bezorgen jullie in «4012 VK»?", "PLZ. «80331»"],
    );
    holds(PiiType::BankAccount, &["mon RIB : «30897 45082 91986457111 11»", "농협 «805-091102-31571» 예금주 본인"]);
    holds_none(PiiType::BirthDate, &["ordered on 6/13/25 for my birthday, came 7/24/24"]);
    holds_none(PiiType::Ip, &["since 6.1.0.56 it crashes", "Treiber 10.20.3.44"]);
    holds(PiiType::Ip, &["I see «10.0.0.138» in the log"]);
    holds_none(PiiType::Postcode, &["in 2019 EK", "we had 4438 PM", "add 1500 MG"]);
}
