//! Korean and Japanese names, by the words and endings around them.

use crate::model::is_name;
use crate::privacy::{Pii, PiiType, rank};
use crate::span::Span;

/// Surnames of one syllable, the most frequent (Statistics Korea, census of 2015).
const SURNAMES: &str = "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모";
/// Syllables of given names, the most frequent: two of them follow the surname.
const GIVEN: &str = "가강건겸경광국규균근금기길나남다대덕도동두라란람랑래련령루률린림명미민범병보복봉빈상새서석선설섭성세소솔송수숙순슬승식실아안애양언연열영예옥온완용우욱운웅원유윤율은을의이익일자재정종주준지진찬창채천철청초춘충치태택필하학한해향혁현형혜호홍화환효후훈휘희";
/// Words of three syllables that begin like a surname and are none.
const NO_NAMES: &str = "이용자 주문자 조리사 정비사 구매자 안내원 전문가 고객 기사 선생 사장 매니저 상담사 상담원 담당자 배송원 배달원 판매자 관리자 \
    한국인 신입생 임산부 고등학 주인 손님 여러분 이용객 점장 원장 이모 고모 부모 신부 주부 정말 이번 오늘 지난 하지만 그냥 진짜 제발 안녕 \
    여자친 남자친 이제 전화 문의 주문 배송 환불 유학생 외국인 장애인 성인 남편 여성 남성 직장인 공무원 신규회 회원 기존고 추기경 장난";
/// Forms of address behind a Korean name.
const KOREAN_AFTER: [&str; 7] = ["고객님", "님", "씨", "선생님", "매니저", "기사님", "과장"];
/// What somebody is, in a word of its own behind a Korean name.
const KOREAN_ROLES: [&str; 16] = [
    "상담원",
    "상담사",
    "대리",
    "과장",
    "차장",
    "부장",
    "팀장",
    "실장",
    "점장",
    "원장",
    "주임",
    "기사",
    "직원",
    "간호사",
    "교수",
    "담당자",
];
/// Words before somebody names themselves.
const GREETINGS: [&str; 4] = ["안녕하세요", "안녕하십니까", "반갑습니다", "수고하십니다"];
/// Words a Korean name stands behind.
const KOREAN_BEFORE: [&str; 20] = [
    "사람",
    "보호자",
    "신청인",
    "신청자",
    "명의자",
    "수취인",
    "이름은",
    "성함은",
    "이름",
    "성함",
    "성명",
    "저는",
    "예금주",
    "담당자",
    "수령인",
    "받는분",
    "받는",
    "주문자",
    "예약자",
    "분은",
];
/// Endings of a word that holds a Korean name.
const KOREAN_END: [&str; 14] = [
    "이라고",
    "라고",
    "입니다",
    "이에요",
    "이예요",
    "예요",
    "인데요",
    "이고요",
    "이고",
    "이구요",
    "으로",
    "이요",
    "이며",
    "임",
];
/// Japanese endings that follow a name.
const JAPANESE_AFTER: [&str; 8] = ["と申します", "と申す", "といいます", "と言います", "様", "さん", "さま", "氏"];
/// Words a Japanese name stands behind.
const JAPANESE_BEFORE: [&str; 10] =
    ["お名前", "名前", "氏名", "名義", "受取人", "担当", "宛名", "契約者", "予約者", "予約名"];
/// What `様` and `さん` follow without a name.
const NO_JAPANESE: [&str; 18] = [
    "客",
    "皆",
    "神",
    "王",
    "殿",
    "店員",
    "業者",
    "奥",
    "娘",
    "母",
    "父",
    "子",
    "会員",
    "患者",
    "各位",
    "利用者",
    "担当者",
    "店長",
];

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '々')
}

pub(super) fn find(text: &str, found: &mut Vec<Pii>) {
    let mut korean = false;
    let mut japanese = false;
    for b in text.bytes() {
        korean |= (0xEA..=0xED).contains(&b);
        japanese |= matches!(b, 0xE3..=0xE9);
    }
    if korean {
        self::korean(text, found);
    }
    if japanese {
        self::japanese(text, found);
    }
}

fn is_korean_name(stem: &str, sure: bool) -> bool {
    let count = stem.chars().count();
    let begins = stem.chars().next().is_some_and(|c| SURNAMES.contains(c));
    let given = || stem.chars().skip(1).all(|c| GIVEN.contains(c));
    let usual = (count == 3 && given() || sure && (2..=4).contains(&count)) && stem.chars().all(is_hangul);
    let listed = || is_name(stem);
    usual && (begins || listed()) && !NO_NAMES.split_whitespace().any(|word| stem.starts_with(word))
}

/// True behind a word that introduces a Korean name.
fn is_introduced(before: &str) -> bool {
    // The last characters of the words.
    before.ends_with(['은', '름', '함', '명', '는', '주', '자', '인', '분', '람'])
        && KOREAN_BEFORE.iter().any(|intro| before.ends_with(intro))
}

/// The end of the word that begins at byte `start`.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let ends = |i: usize| match bytes[i] {
        b' ' | b'\n' | b',' | b'(' | b')' | b'.' | b'!' | b'?' | b'~' => true,
        0xE3 => bytes[i..].starts_with("\u{3000}".as_bytes()),
        _ => false,
    };
    (start..bytes.len()).find(|i| ends(*i)).unwrap_or(bytes.len())
}

/// Words one by one, with the one before and the one behind.
fn korean(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut before;
    let mut word = "";
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let end = word_end(bytes, start);
        at = end + if bytes.get(end) == Some(&0xE3) { 3 } else { 1 };
        before = word;
        word = &text[start..end];
        // `이름:김민수` and the like are cut at the colon below.
        let (lead, body) = match word.rsplit_once(':') {
            Some((lead, body)) => (lead.len() + 1, body),
            None if word.len() > 48 || !word.starts_with(is_hangul) => continue,
            None => (0, word),
        };
        let introduced = || is_introduced(before.trim_end_matches(':')) || lead > 0 && is_introduced(&word[..lead - 1]);
        let mut stem = body;
        let (mut marked, mut cut) = (false, false);
        let next = || text[at.min(text.len())..].trim_start_matches(' ');
        let may = stem.chars().any(|c| matches!(c, '님' | '씨' | '저' | '장'));
        let says = stem.ends_with(['고', '다', '요', '로', '며', '임']);
        if let Some(mark) = KOREAN_AFTER.iter().filter(|_| may).find(|mark| stem.find(**mark).is_some_and(|i| i >= 6)) {
            let i = stem.find(mark).unwrap_or(0);
            stem = &stem[..i];
            marked = true;
        } else if body.len() == 9
            && text[end..].starts_with(' ')
            && KOREAN_AFTER.iter().chain(&KOREAN_ROLES).any(|mark| next().starts_with(mark))
        {
            marked = true;
        } else if let Some(end) =
            KOREAN_END.iter().filter(|_| says).find(|end| stem.len() > end.len() + 3 && stem.ends_with(**end))
        {
            stem = &stem[..stem.len() - end.len()];
            cut = true;
            // `김민수라고 합니다`
            let says = *end == "라고" || *end == "이라고";
            let ends = says && ["합니다", "해요", "하는데"].iter().any(|word| next().starts_with(word));
            marked = ends || GREETINGS.contains(&before.trim_end_matches([',', '.', '!', '~', '^', ':']));
        } else if !introduced() {
            continue;
        }
        if !cut && !marked && (stem.ends_with('은') || stem.ends_with('는')) && stem.chars().count() > 3 {
            stem = &stem[..stem.len() - 3];
        }
        let introduced = introduced();
        if (marked || introduced) && is_korean_name(stem, introduced) {
            let from = start + lead;
            found.push(Pii::new(PiiType::Person, Span::new(from, from + stem.len()), rank::PERSON_NAMED));
        }
    }
}

fn japanese(text: &str, found: &mut Vec<Pii>) {
    let is_kana_name = |c: char| matches!(c, '\u{30A1}'..='\u{30FC}');
    let mut add = |start: usize, end: usize| {
        found.push(Pii::new(PiiType::Person, Span::new(start, end), rank::PERSON_NAMED));
    };
    for (at, c) in text.char_indices() {
        // The first characters of the marks.
        if !matches!(c, 'と' | '様' | 'さ' | '氏' | '名' | 'お' | 'で' | '担' | '受' | '宛' | '契' | '予') {
            continue;
        }
        // And the second ones.
        let next = text[at + c.len_utf8()..].chars().next();
        let fits = match c {
            'と' => matches!(next, Some('申' | 'い' | '言')),
            'さ' => matches!(next, Some('ん' | 'ま')),
            'お' => next == Some('名'),
            'で' => next == Some('す'),
            _ => true,
        };
        if !fits {
            continue;
        }
        if let Some(mark) = JAPANESE_AFTER.iter().find(|mark| text[at..].starts_with(**mark)) {
            let head = text[..at].trim_end_matches(['\u{3000}', ' ']);
            let same = |c: char| is_han(c) || is_kana_name(c) || c == ' ' || c == '\u{3000}';
            let len: usize = head.chars().rev().take(12).take_while(|c| same(*c)).map(char::len_utf8).sum();
            let run = head[head.len() - len..].trim_start_matches([' ', '\u{3000}']);
            let name = run.rsplit_once("担当").map_or(run, |(_, name)| name).trim_start_matches([' ', '\u{3000}']);
            let count = name.chars().filter(|c| !c.is_whitespace()).count();
            let honorific = !mark.starts_with('と');
            let known = is_name(name) || starts_with_name(name);
            let plain = NO_JAPANESE.iter().any(|word| name.ends_with(word) && (!known || name.len() == word.len()));
            let fits = if honorific { known && (2..=6).contains(&count) } else { (2..=8).contains(&count) };
            if fits && !plain {
                add(head.len() - name.len(), head.len());
            } else if let Some(len) = with_kana(head) {
                add(head.len() - len, head.len());
            }
        }
        if c == 'で' {
            let head = &text[..at];
            let is_part = |c: &char| is_han(*c) || is_kana_name(*c);
            let len: usize = head.chars().rev().take(7).take_while(is_part).map(char::len_utf8).sum();
            let name = &head[head.len() - len..];
            let begins =
                head[..head.len() - len].chars().next_back().is_none_or(|c| "。、！？!?\n\u{3000} ".contains(c));
            let place = name.ends_with(['県', '市', '町', '村', '区', '店', '社', '部', '課', '駅', '店']);
            if (2..=5).contains(&name.chars().count()) && begins && !place && starts_with_name(name) {
                add(head.len() - len, head.len());
            } else if let Some(len) = with_kana(head) {
                add(head.len() - len, head.len());
            }
        }
        if let Some(intro) = JAPANESE_BEFORE.iter().find(|intro| text[at..].starts_with(**intro)) {
            let rest = &text[at + intro.len()..];
            let body = rest.trim_start_matches([' ', '\u{3000}', '人', '者', 'は', 'の', ':', '=']);
            let len = body
                .find(|c: char| !(is_han(c) || is_kana_name(c) || c == ' ' || c == '\u{3000}'))
                .unwrap_or(body.len());
            // `名義 佐藤さくらです`
            let kana: usize = body[len..].chars().take(3).take_while(|c| is_hiragana(*c)).map(char::len_utf8).sum();
            let len = match body.get(..len + kana).and_then(with_kana) {
                Some(whole) if whole == len + kana => whole,
                _ => len,
            };
            let name = body[..len].trim_end_matches([' ', '\u{3000}']);
            let count = name.chars().filter(|c| !c.is_whitespace()).count();
            if (2..=6).contains(&count) && starts_with_name(name) {
                let start = text.len() - body.len();
                add(start, start + name.len());
            }
        }
    }
}

/// True when a listed surname of one to three characters begins the name.
fn starts_with_name(name: &str) -> bool {
    name.char_indices().skip(1).take(3).map(|(at, _)| at).chain([name.len()]).any(|end| is_name(&name[..end]))
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

/// Bytes of the name at the end of `head` whose given name is in hiragana, behind a listed surname: `佐藤さくら`.
fn with_kana(head: &str) -> Option<usize> {
    let given: usize = head.chars().rev().take(5).take_while(|c| is_hiragana(*c)).map(char::len_utf8).sum();
    let (front, given) = head.split_at(head.len() - given);
    let particle = given.starts_with(['の', 'は', 'が', 'を', 'も', 'に', 'で', 'と', 'へ', 'や', 'さ', 'か']);
    if !(2..=4).contains(&given.chars().count()) || particle && !given.starts_with("さく") {
        return None;
    }
    let gap = front.len() - front.trim_end_matches([' ', '\u{3000}']).len();
    let front = &front[..front.len() - gap];
    let surname = front.char_indices().rev().take(3).map(|(at, _)| at).find(|at| is_name(&front[*at..]))?;
    Some(head.len() - surname)
}
