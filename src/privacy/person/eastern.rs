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
/// The first syllables of both.
const AFTER_FIRST: [char; 20] = [
    '고', '님', '씨', '선', '매', '기', '과', '상', '대', '차', '부', '팀', '실', '점', '원', '주', '직', '간', '교',
    '담',
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

/// A word as the bytes show it.
struct Seen {
    end: usize,
    /// It has a colon.
    colon: bool,
    /// It has one of the syllables of which each of [`KOREAN_AFTER`] has one.
    marked: bool,
}

/// The word that begins at byte `start`.
fn seen(bytes: &[u8], start: usize) -> Seen {
    let mut seen = Seen { end: start, colon: false, marked: false };
    while let Some(&b) = bytes.get(seen.end) {
        match (b, bytes.get(seen.end + 1..seen.end + 3)) {
            (b' ' | b'\n' | b',' | b'(' | b')' | b'.' | b'!' | b'?' | b'~', _) => break,
            (0xE3, Some([0x80, 0x80])) => break,
            (0xE0.., Some(rest)) => {
                // 님, 씨, 저, 장
                seen.marked |=
                    matches!((b, rest), (0xEB, [0x8B, 0x98]) | (0xEC, [0x94, 0xA8] | [0xA0, 0x80] | [0x9E, 0xA5]));
                seen.end += 3;
            }
            _ => {
                seen.colon |= b == b':';
                seen.end += 1;
            }
        }
    }
    seen
}

/// Words one by one, with the one before and the one behind.
pub(super) fn korean(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut before;
    let mut word = "";
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let Seen { end, colon, marked: may } = seen(bytes, start);
        at = end + if bytes.get(end) == Some(&0xE3) { 3 } else { 1 };
        before = word;
        word = &text[start..end];
        // `이름:김민수` and the like are cut at the colon below.
        let (lead, body) = match word.rsplit_once(':').filter(|_| colon) {
            Some((lead, body)) => (lead.len() + 1, body),
            None if word.len() > 48 || !(0xEA..=0xED).contains(&bytes[start]) => continue,
            None => (0, word),
        };
        let introduced = || is_introduced(before.trim_end_matches(':')) || lead > 0 && is_introduced(&word[..lead - 1]);
        let mut stem = body;
        let (mut marked, mut cut) = (false, false);
        let next = || text[at.min(text.len())..].trim_start_matches(' ');
        let says = stem.ends_with(['고', '다', '요', '로', '며', '임']);
        if let Some(mark) = KOREAN_AFTER.iter().filter(|_| may).find(|mark| stem.find(**mark).is_some_and(|i| i >= 6)) {
            let i = stem.find(mark).unwrap_or(0);
            stem = &stem[..i];
            marked = true;
        } else if body.len() == 9
            && bytes.get(end) == Some(&b' ')
            && next().starts_with(AFTER_FIRST)
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

/// Names before and behind the marks of Japanese.
pub(super) fn japanese(text: &str, found: &mut Vec<Pii>) {
    let is_kana_name = |c: char| matches!(c, '\u{30A1}'..='\u{30FC}');
    let mut add = |start: usize, end: usize| {
        found.push(Pii::new(PiiType::Person, Span::new(start, end), rank::PERSON_NAMED));
    };
    let bytes = text.as_bytes();
    let mut next = 0;
    while let Some(&b) = bytes.get(next) {
        let at = next;
        next += match b {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        // The first characters of the marks, and the second ones of those in kana.
        let fits = match bytes.get(at..next) {
            // と申, とい, と言
            Some([0xE3, 0x81, 0xA8]) => text[next..].starts_with(['申', 'い', '言']),
            // さん, さま
            Some([0xE3, 0x81, 0x95]) => text[next..].starts_with(['ん', 'ま']),
            // お名
            Some([0xE3, 0x81, 0x8A]) => text[next..].starts_with('名'),
            // です
            Some([0xE3, 0x81, 0xA7]) => text[next..].starts_with('す'),
            // 予, 名, 受, 宛, 契, 様, 氏, 担
            Some([0xE4, 0xBA, 0x88] | [0xE5, 0x90, 0x8D] | [0xE5, 0x8F, 0x97] | [0xE5, 0xAE, 0x9B]) => true,
            Some([0xE5, 0xA5, 0x91] | [0xE6, 0xA7, 0x98] | [0xE6, 0xB0, 0x8F] | [0xE6, 0x8B, 0x85]) => true,
            _ => false,
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
        if text[at..].starts_with('で') {
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
