//! Korean words: particles off, nouns out of verbs made with 하다 and 되다, other predicates left out.
//!
//! Particle and ending lists follow the usual school grammar; they were written for this project.

use super::lists::{Lang, Listed};
use super::units::{Class, Reader};
use crate::span::Span;
use crate::text::particles::{PHRASE, Particle, RARE, particles};

/// Nouns that end like a noun with a particle.
const WHOLE: [&str; 58] = [
    "속도",
    "온도",
    "태도",
    "제도",
    "강도",
    "난이도",
    "만족도",
    "완성도",
    "용도",
    "한도",
    "지도",
    "각도",
    "결과",
    "효과",
    "사과",
    "성과",
    "통과",
    "치과",
    "내과",
    "문의",
    "회의",
    "동의",
    "주의",
    "예의",
    "편의",
    "강의",
    "추가",
    "휴가",
    "허가",
    "물가",
    "경로",
    "도로",
    "통로",
    "불만",
    "어린이",
    "고양이",
    "떡볶이",
    "손잡이",
    "쓰레기",
    "가로",
    "이해",
    "오해",
    "피해",
    "손해",
    "방해",
    "광고",
    "재고",
    "사고",
    "창고",
    "신고",
    "경고",
    "중고",
    "보고",
    "참고",
    "바다",
    "소다",
    "냉장고",
    "로고",
];

/// Endings of "it is", after a noun.
const COPULAS: [&str; 16] = [
    "입니다만",
    "입니다",
    "이에요",
    "이예요",
    "예요",
    "인데요",
    "인데",
    "이네요",
    "인가요",
    "이라서",
    "이라고",
    "이라",
    "이지만",
    "이고",
    "인지",
    "임",
];

/// Endings of predicates that few nouns share.
const PREDICATES: [&str; 64] = [
    "니다",
    "니까",
    "요",
    "죠",
    "네",
    "지만",
    "는데",
    "은데",
    "던데",
    "한데",
    "운데",
    "면서",
    "으면",
    "하면",
    "되면",
    "려면",
    "다면",
    "려고",
    "으러",
    "도록",
    "다가",
    "자마자",
    "든지",
    "거나",
    "라고",
    "다고",
    "냐고",
    "자고",
    "하니",
    "으니",
    "아서",
    "어서",
    "여서",
    "와서",
    "려서",
    "져서",
    "겨서",
    "켜서",
    "돼서",
    "되서",
    "해서",
    "하게",
    "럽게",
    "롭게",
    "있게",
    "없게",
    "되게",
    "르게",
    "쁘게",
    "하고",
    "되고",
    "되어",
    "하여",
    "해야",
    "아요",
    "어요",
    "한다",
    "된다",
    "는다",
    "이다",
    "았다",
    "었다",
    "하지",
    "되지",
];

/// Verb syllables that follow a noun of two syllables or more: forms of 하다, 되다, 시키다.
const LIGHT_VERBS: [char; 16] =
    ['하', '해', '했', '할', '합', '함', '되', '돼', '됐', '된', '될', '됩', '시', '당', '받', '드'];

/// The number of the final consonant of a syllable, 0 for none, as Unicode composes Hangul.
fn final_of(c: char) -> Option<u32> {
    ('\u{AC00}'..='\u{D7A3}').contains(&c).then(|| (c as u32 - 0xAC00) % 28)
}

/// ㅆ, the mark of the past, and of 있다 and 겠다.
const PAST: u32 = 20;

/// Reads one word.
pub(super) fn word(reader: &mut Reader, folded: &str, span: Span) {
    let lists = |word: &str, section| Lang::Ko.lists(word, section);
    let part = |len: usize| Span::new(span.start, span.start + len);
    if lists(folded, Listed::Weak) {
        return reader.push(Class::Weak, folded.to_owned(), span);
    }
    if lists(folded, Listed::Stop) || folded.chars().count() < 2 {
        return reader.cut();
    }
    if WHOLE.iter().any(|noun| folded.ends_with(noun)) {
        return noun(reader, folded, span);
    }
    if folded.chars().any(|c| final_of(c) == Some(PAST)) {
        return predicate(reader, folded, part);
    }
    if let Some(stem) = COPULAS.iter().find_map(|ending| folded.strip_suffix(ending)).filter(|stem| long(stem, 2)) {
        noun(reader, stem, part(stem.len()));
        return reader.cut();
    }
    // "직원의 태도": the one particle that joins.
    if let Some(stem) = folded.strip_suffix('의').filter(|stem| long(stem, 2)) {
        noun(reader, stem, part(stem.len()));
        return reader.link("의", Span::new(span.start + stem.len(), span.end));
    }
    let plain =
        folded.strip_suffix('다').and_then(|stem| stem.chars().next_back()).is_some_and(|c| final_of(c).is_some());
    if plain || folded.ends_with(['고', '해', '돼', '히']) || PREDICATES.iter().any(|ending| folded.ends_with(ending))
    {
        return predicate(reader, folded, part);
    }
    // "주문한 상품", "파손된 상자"
    if long(folded, 3)
        && folded.ends_with(['한', '된', '할', '될', '던'])
        && !folded.ends_with("제한")
        && !folded.ends_with("권한")
    {
        return reader.push(Class::Weak, folded.to_owned(), span);
    }
    if let Some(stem) = without_particle(folded) {
        noun(reader, stem, part(stem.len()));
        return reader.cut();
    }
    noun(reader, folded, span);
}

fn long(word: &str, least: usize) -> bool {
    word.chars().count() >= least
}

fn without_particle(word: &str) -> Option<&str> {
    let fits = |(particle, before, _): &Particle, least: usize| {
        let stem = word.strip_suffix(particle).filter(|stem| long(stem, least))?;
        let closed = final_of(stem.chars().next_back()?)? != 0;
        // 로 also follows ㄹ, which counts as no consonant here.
        (*before == '-' || (*before == 'c') == closed).then_some(stem)
    };
    let longest = |of: u8| particles(of).find_map(|particle| fits(particle, 2));
    longest(PHRASE).or_else(|| longest(RARE))
}

fn noun(reader: &mut Reader, stem: &str, span: Span) {
    if Lang::Ko.lists(stem, Listed::Stop) || !long(stem, 2) {
        return reader.cut();
    }
    let class = if Lang::Ko.lists(stem, Listed::Weak) {
        Class::Weak
    } else if Lang::Ko.lists(stem, Listed::Light) {
        Class::Light
    } else {
        Class::Content
    };
    reader.push(class, stem.to_owned(), span);
}

/// "환불해주세요" speaks of a refund: the noun before 하다 stays. Any other predicate ends the run.
fn predicate(reader: &mut Reader, word: &str, part: impl Fn(usize) -> Span) {
    let light = word.char_indices().enumerate().find(|(n, (_, c))| *n >= 2 && LIGHT_VERBS.contains(c));
    if let Some((_, (at, _))) = light
        && let Some(stem) = word.get(..at)
    {
        noun(reader, stem, part(at));
    }
    reader.cut();
}
