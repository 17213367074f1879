//! The words next to a number: do they make it a phone, an order number, a version?
//!
//! Only words that touch the number speak for it, with nothing but filler (`is`, `number`, `me at`)
//! between. At most six words within 96 bytes are read. Redaction labels (`[PHONE]`) are no words,
//! so that redacted text does not lend its labels to the numbers left.

use super::anchors::is_unspaced;

/// How far back and how many words are read.
const REACH: usize = 96;
const MAX_WORDS: usize = 6;

/// What the words say about a reading of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    For,
    Against,
    Silent,
}

// The lists were written for this project: words of the ten languages in which customers introduce
// a phone number, or a number that is something else. Entries of five letters or more also match
// the beginning of a longer word (`telefonnummer`, `zamówienia`).
#[rustfmt::skip]
const PHONE: &[&str] = &[
    // English
    "tel", "phone", "telephone", "telephones", "call", "calling", "ring", "dial", "mobile", "cell", "cellphone", "fax",
    "sms", "text", "texts", "whatsapp", "viber", "signal", "telegram", "voicemail", "landline", "hotline", "answering",
    "reach", "message", "messages", "desk", "office", "contact", "ph", "tf", "mob", "callback",
    // German, Dutch
    "telefon", "handy", "mobil", "mobilnr", "anrufen", "rückruf", "ruf", "rufnummer", "durchwahl", "telnr", "telefoon",
    "mobiel", "bel", "bellen", "gsm", "erreichbar", "bereikbaar", "fon",
    // Polish
    "telefonu", "komórka", "komórk", "zadzwoń", "dzwonić", "dzwoń", "kom", "oddzwoń",
    // French, Spanish, Italian, Portuguese
    "tél", "téléphone", "portable", "appeler", "appelez", "joindre", "joignable", "teléfono", "telefono", "telefone",
    "móvil", "movil", "llamar", "llame", "llámame", "llamen", "celular", "cellulare", "chiamare", "chiamami", "chiamate",
    "contato", "contacto", "kontakt", "kontaktowy", "telefonicznie", "infolinia", "komórkowy", "richiamare", "richiamate",
    "rispondo", "llamadme", "rappeler", "rappelez", "appelle", "zurückrufen", "terugbellen", "oddzwonić",
    "contatto", "chiami", "chiamino", "dzwoni", "ligar", "ligue", "telemóvel", "fone", "zap", "recapito",
];
/// Words of [`PHONE`] that are also places: they count only right before the number.
const PLACES: &[&str] = &["office", "desk", "contact", "text", "reach"];
#[rustfmt::skip]
const NOT_PHONE: &[&str] = &[
    "order", "orders", "ticket", "invoice", "receipt", "ref", "reference", "case", "tracking", "track", "shipment", "parcel",
    "package", "id", "ids", "code", "codes", "pin", "otp", "serial", "model", "sku", "isbn", "ean", "upc", "item", "product",
    "article", "account", "acct", "customer", "booking", "confirmation", "reservation", "transaction", "card", "policy", "claim",
    "contract", "member", "membership", "passport", "licence", "license", "ssn", "iban", "zip", "postcode", "version", "part",
    "bestell", "bestellung", "rechnung", "kunden", "auftrag", "sendung", "vorgang", "konto", "karte", "artikel", "vertrag",
    "plz", "factuur", "bestelling", "klant", "rekening", "zamówien", "faktur", "przesył", "paczk", "klient", "karta", "nip",
    "regon", "pesel", "commande", "facture", "colis", "client", "compte", "dossier", "carte", "siret", "pedido", "factura",
    "envío", "cuenta", "cliente", "tarjeta", "dni", "nif", "ordine", "fattura", "spedizione", "conto", "carta", "pratica",
    "encomenda", "fatura", "cpf", "cnpj", "cep", "protocolo", "rastreio", "guid", "uuid", "hash", "error", "build",
];
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "is", "are", "was", "no", "nr", "nos", "num", "number", "numbers", "numer", "numero", "número", "numéro", "nummer", "n",
    "at", "on", "to", "me", "us", "him", "her", "them", "my", "our", "his", "their", "your", "the", "this", "that", "a", "an",
    "registered", "new", "here", "or", "and", "via", "with", "under", "line", "back", "directly", "s",
    "unter", "auf", "die", "der", "ist", "lautet", "mich", "uns", "an", "meine", "unsere", "neue", "bitte",
    "mnie", "pod", "na", "do", "mój", "to", "nasz", "proszę", "o", "jest", "numerem",
    "au", "le", "la", "moi", "mon", "est", "sur", "nous", "el", "al", "es", "mi", "en", "ao", "em", "meu", "é", "il", "mio",
    "è", "allo", "het", "op", "mijn", "naar", "me", "mij", "num", "nro",
];
/// In scripts without spaces: looked for inside the word, the last one counts.
#[rustfmt::skip]
const PHONE_INSIDE: &[&str] = &[
    "전화", "연락", "핸드폰", "휴대폰", "휴대전화", "폰번호", "팩스", "문자", "電話", "携帯", "連絡", "ファックス", "ファクス", "电话", "手机", "致电", "联系",
];
#[rustfmt::skip]
const NOT_PHONE_INSIDE: &[&str] = &[
    "주문", "송장", "운송장", "예약", "접수", "계좌", "카드", "고객번호", "회원", "우편", "사업자", "인증", "注文", "伝票", "追跡", "予約", "口座",
    "会員", "カード", "問い合わせ番号", "郵便", "订单", "快递", "单号", "账号", "验证码",
];
/// Also as the beginning of a longer word.
const CARD: &[&str] = &[
    "card",
    "cc",
    "creditcard",
    "visa",
    "mastercard",
    "amex",
    "maestro",
    "discover",
    "jcb",
    "karte",
    "kredit",
    "karta",
    "kart",
    "carte",
    "tarjeta",
    "carta",
    "kaart",
    "cartão",
    "cartao",
];
const CARD_INSIDE: &[&str] = &["카드", "カード", "银行卡", "信用卡"];
const VERSION: &[&str] = &[
    "version",
    "versions",
    "versione",
    "versión",
    "versie",
    "versão",
    "wersja",
    "wersji",
    "ver",
    "vers",
    "v",
    "firmware",
    "build",
    "release",
    "update",
    "updated",
    "upgrade",
    "upgraded",
    "software",
    "driver",
    "fw",
    "sw",
    "app",
    "ios",
    "android",
    "windows",
    "chrome",
    "firefox",
    "safari",
    "edge",
    "kernel",
    "revision",
    "rev",
    "section",
    "paragraph",
    "paragraphe",
    "paragraf",
    "apartado",
    "item",
    "artikel",
    "article",
    "appli",
    "appversion",
    "appversie",
    "aplikacji",
    "wersję",
    "punkt",
    "punto",
    "paragrafo",
    "chapter",
    "clause",
    "kapitel",
    "abschnitt",
    "rozdział",
    "sección",
    "capítulo",
    "capitolo",
    "bios",
    "sdk",
    "api",
    "patch",
    "hotfix",
    "aktualisierung",
    "aktualizacja",
    "oprogramowanie",
    "logiciel",
    "micrologiciel",
    "jour",
    "actualización",
    "aggiornamento",
    "atualização",
    "programa",
    "programma",
    "rule",
    "point",
    "table",
    "figure",
    "spec",
    "requirement",
    "os",
    "rom",
    "kernel",
    "plugin",
    "system",
    "treiber",
    "sterownik",
    "pilote",
    "controlador",
    "controller",
    "stuurprogramma",
    "edition",
    "edición",
    "edizione",
    "edição",
    "wydanie",
    "beta",
    "seção",
    "sezione",
    "sectie",
    "hoofdstuk",
    "paragraaf",
    "chapitre",
    "annexe",
    "anexo",
    "allegato",
    "bijlage",
    "załącznik",
    "anlage",
    "appendix",
];
const VERSION_INSIDE: &[&str] = &[
    "항목",
    "조항",
    "ファーム",
    "項目",
    "빌드",
    "릴리스",
    "패치",
    "소프트",
    "ソフト",
    "ビルド",
    "リリース",
    "パッチ",
    "버전",
    "버젼",
    "업데이트",
    "펌웨어",
    "バージョン",
    "ファームウェア",
    "アップデート",
    "版本",
];
const IP: &[&str] =
    &["ip", "ips", "ipv", "address", "adresse", "adres", "host", "server", "ping", "gateway", "dns", "router"];
const IP_INSIDE: &[&str] = &["아이피", "서버", "アドレス", "サーバ", "地址"];
/// Behind a number.
const PHONE_AFTER: &[&str] = &[
    "office",
    "fax",
    "mobile",
    "cell",
    "cellphone",
    "handy",
    "landline",
    "tel",
    "phone",
    "whatsapp",
    "mobil",
    "móvil",
];

/// The words before a place.
pub(super) struct Before<'t> {
    /// The text read, up to the place; it may begin inside a word when `cut`.
    reach: &'t str,
    cut: bool,
}

impl<'t> Before<'t> {
    /// Looks back from byte `at` of `text`. Words are cut out when they are asked for.
    pub(super) fn read(text: &'t str, at: usize) -> Self {
        let floor = text.ceil_char_boundary(at.saturating_sub(REACH));
        Before { reach: &text[floor..at], cut: floor > 0 }
    }

    /// The words, nearest first, in lower case.
    fn words(&self) -> impl Iterator<Item = String> {
        let (mut rest, mut first, cut) = (self.reach, true, self.cut);
        std::iter::from_fn(move || {
            let is_gap = |c: char| is_gap(c) || first && matches!(c, '\n' | '\r' | '+' | '=');
            let word_end = rest.trim_end_matches(is_gap);
            let gap = &rest[word_end.len()..];
            let head = word_end.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}'));
            let word = &word_end[head.len()..];
            // A dot ends the sentence unless the word is an abbreviation or the number follows it.
            let ended = gap.contains('.') && !first && word.chars().count() > 5;
            if word.is_empty() || ended || head.is_empty() && cut {
                return None;
            }
            (rest, first) = (head, false);
            Some(if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() })
        })
        .take(MAX_WORDS)
    }

    /// Is the number a phone number?
    pub(super) fn phone(&self) -> Sense {
        for (at, word) in self.words().enumerate() {
            match inside(&word, PHONE_INSIDE, NOT_PHONE_INSIDE) {
                Sense::Silent => {}
                sense => return sense,
            }
            if word.starts_with(is_unspaced) {
                return Sense::Silent;
            }
            // `office: 555 0199`, but not `the office is at 58 2347 ...`
            if listed(&word, PHONE) && (at == 0 || !among(&word, PLACES)) {
                return Sense::For;
            }
            if listed(&word, NOT_PHONE) {
                return Sense::Against;
            }
            if !among(&word, FILLER) {
                return Sense::Silent;
            }
        }
        Sense::Silent
    }

    /// Does a word like `card` stand near the number?
    pub(super) fn card(&self) -> bool {
        let named = |word: &str| CARD.iter().any(|entry| *entry == word || entry.len() >= 4 && word.starts_with(entry));
        self.words().any(|word| named(&word) || inside(&word, CARD_INSIDE, &[]) == Sense::For)
    }

    /// Is the number an IP address (for) or a version (against)?
    pub(super) fn ip(&self) -> Sense {
        if self.words().any(|word| among(&word, IP) || inside(&word, IP_INSIDE, &[]) == Sense::For) {
            return Sense::For;
        }
        for word in self.words() {
            // `l'appli`
            let bare = word.rsplit(['\'', '\u{2019}']).next().unwrap_or(&word);
            if among(bare, VERSION) || inside(&word, VERSION_INSIDE, &[]) == Sense::For {
                return Sense::Against;
            }
            if !among(&word, FILLER) && !matches!(word.as_str(), "from" | "von" | "z" | "de" | "da" | "van") {
                break;
            }
        }
        Sense::Silent
    }
}

/// True when a word such as `office` or `fax` follows at byte `at`.
pub(super) fn phone_after(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars().peekable();
    let mut skipped = 0;
    while skipped < 3 && rest.next_if(|&c| matches!(c, ' ' | '-' | '(' | ',')).is_some() {
        skipped += 1;
    }
    let mut word = String::new();
    while let Some(c) = rest.next_if(|&c| c.is_alphabetic() && word.len() < 16) {
        word.extend(c.to_lowercase());
    }
    among(&word, PHONE_AFTER)
}

fn is_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\u{A0}'
            | ':'
            | '.'
            | ','
            | '('
            | ')'
            | '-'
            | '\u{2013}'
            | '"'
            | '/'
            | '\u{3001}'
            | '\u{FF1A}'
            | '~'
    )
}

/// True when `word` is an entry, or begins with one of five letters or more. Compares first bytes
/// before anything else: nearly all entries differ there.
fn listed(word: &str, list: &[&str]) -> bool {
    let Some(&first) = word.as_bytes().first() else { return false };
    list.iter().any(|entry| {
        entry.as_bytes()[0] == first
            && word.starts_with(entry)
            && (word.len() == entry.len() || entry.chars().count() >= 5)
    })
}

/// True when `word` is in `list`. Like [`listed`], quick on the first byte.
pub(super) fn among(word: &str, list: &[&str]) -> bool {
    let Some(&first) = word.as_bytes().first() else { return false };
    list.iter().any(|entry| entry.as_bytes()[0] == first && *entry == word)
}

fn inside(word: &str, good: &[&str], bad: &[&str]) -> Sense {
    if word.is_ascii() {
        return Sense::Silent;
    }
    let last = |list: &[&str]| list.iter().filter_map(|entry| word.rfind(entry)).max();
    match (last(good), last(bad)) {
        (None, None) => Sense::Silent,
        (good, bad) if good > bad => Sense::For,
        _ => Sense::Against,
    }
}
