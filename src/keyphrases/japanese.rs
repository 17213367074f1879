//! Japanese and Chinese: nouns are cut out of runs without spaces by the change of script.
//!
//! Kanji, katakana and what joins them ("待ち時間", "サポートの対応", "遅い配送") make phrases; particles,
//! auxiliaries and verbs in hiragana end them. No dictionary; the small lists were written for this
//! project.

use super::lists::{Lang, Listed};
use super::units::{Class, Reader};
use crate::span::Span;
use crate::text::{Script, script_of};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Kanji,
    Kata,
    Hira,
    Other,
}

fn shape(c: char) -> Shape {
    match c {
        '々' | '〆' | 'ヶ' => Shape::Kanji,
        'ぁ'..='ゟ' => Shape::Hira,
        'ァ'..='ヿ' => Shape::Kata,
        _ if script_of(c) == Script::Hani => Shape::Kanji,
        _ => Shape::Other,
    }
}

/// A stretch of one shape, in bytes of the normal form.
#[derive(Clone, Copy)]
struct Piece {
    shape: Shape,
    span: Span,
}

/// Kana that may begin what follows a noun: particles, する, だ and the like.
const AFTER_NOUN: &str = "がをはにでもとへのやかよしすさせだなまじっくいねばどへぐほろて";
/// Particles that follow a nominal verb stem ("遅れが", "扱いを").
const AFTER_STEM: &str = "がをはのもにでと";
/// Kana that end a verb stem used as a noun, after one kanji.
const STEMS: [&str; 32] = [
    "れ",
    "り",
    "き",
    "ち",
    "し",
    "け",
    "え",
    "み",
    "げ",
    "め",
    "べ",
    "せ",
    "わせ",
    "とし",
    "わり",
    "まり",
    "かり",
    "がり",
    "らせ",
    "かけ",
    "ぶれ",
    "くれ",
    "つき",
    "じ",
    "ね",
    "び",
    "いやり",
    "ごし",
    "ずれ",
    "やり",
    "たり",
    "ぎ",
];
/// Kanji whose form in い is a verb stem and no adjective ("支払い", "扱い").
const I_STEMS: &str = "払使問扱違買洗願匂臭遣迷誘習笑揃狙味手伝";
/// Kanji that count something after a number.
const COUNTERS: [&str; 28] = [
    "時間半",
    "時間",
    "日間",
    "週間",
    "ヶ月",
    "年間",
    "分間",
    "か月",
    "分",
    "日",
    "回",
    "個",
    "円",
    "人",
    "年",
    "月",
    "秒",
    "度",
    "本",
    "枚",
    "点",
    "台",
    "名",
    "階",
    "泊",
    "歳",
    "才",
    "時",
];
/// Nouns that are written in hiragana.
const HIRAGANA: [&str; 22] = [
    "おもてなし",
    "おすすめ",
    "やりとり",
    "あいさつ",
    "おもちゃ",
    "おしぼり",
    "ごはん",
    "おかず",
    "うどん",
    "たばこ",
    "おつり",
    "かばん",
    "まくら",
    "めがね",
    "におい",
    "ほこり",
    "そば",
    "すし",
    "ごみ",
    "いす",
    "しみ",
    "かび",
];
/// Chinese function characters, at which a run of Han is cut.
const CHINESE: &str =
    "的了是在我你他她它们很不也都就和与或但而吗呢吧啊呀把被给对从到没有这那个些还又再太真会能要想让请将为因所以及其已";

/// Reads a run; `numbered` when a number stands right before it.
pub(super) fn run(reader: &mut Reader, span: Span, numbered: bool) {
    let text = reader.text;
    let run = span.slice(text).unwrap_or_default();
    if !run.chars().any(|c| matches!(shape(c), Shape::Hira | Shape::Kata)) && run.chars().any(|c| CHINESE.contains(c)) {
        return chinese(reader, span);
    }
    if numbered && let Some(counter) = COUNTERS.iter().find(|counter| run.starts_with(**counter)) {
        // What goes on behind the counter is read as if the run began there.
        reader.cut();
        return self::run(reader, Span::new(span.start + counter.len(), span.end), false);
    }
    let pieces = pieces(run, span.start);
    let mut at = 0;
    let mut begun = None;
    while let Some(piece) = pieces.get(at) {
        let next = match piece.shape {
            Shape::Kanji | Shape::Kata => noun(reader, &pieces, at, begun.unwrap_or(piece.span.start)),
            Shape::Hira => join(reader, &pieces, at, piece.span.start),
            Shape::Other => {
                reader.cut();
                Next::piece(at + 1)
            }
        };
        Next { at, begun } = next;
    }
}

/// Where to go on.
struct Next {
    /// The piece.
    at: usize,
    /// Where its noun begins, if before the piece: "お客様".
    begun: Option<usize>,
}

impl Next {
    fn piece(at: usize) -> Next {
        Next { at, begun: None }
    }
}

fn pieces(run: &str, from: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in run.char_indices() {
        let (start, end) = (from + at, from + at + c.len_utf8());
        match (pieces.last_mut(), shape(c)) {
            // The long mark belongs to whatever it lengthens.
            (Some(last), shape) if last.shape == shape || (c == 'ー' && last.shape == Shape::Hira) => {
                last.span.end = end
            }
            (_, shape) => pieces.push(Piece { shape, span: Span::new(start, end) }),
        }
    }
    pieces
}

/// Reads a noun that begins at byte `start` with piece `at`.
fn noun(reader: &mut Reader, pieces: &[Piece], mut at: usize, start: usize) -> Next {
    let text = reader.text;
    let of = |at: usize| pieces.get(at).and_then(|piece| piece.span.slice(text)).unwrap_or_default();
    let solid = |at: usize| pieces.get(at).is_some_and(|piece| matches!(piece.shape, Shape::Kanji | Shape::Kata));
    let end_of = |at: usize| pieces.get(at).map_or(start, |piece| piece.span.end);
    loop {
        while solid(at + 1) {
            at += 1;
        }
        let end = end_of(at);
        let Some(kana) = pieces.get(at + 1).filter(|piece| piece.shape == Shape::Hira) else {
            push(reader, Span::new(start, end));
            return Next::piece(at + 1);
        };
        let kana_text = of(at + 1);
        let kanji = pieces.get(at).is_some_and(|piece| piece.shape == Shape::Kanji);
        let last = of(at).chars().next_back().unwrap_or(' ');
        let i_stem = kana_text.starts_with('い') && I_STEMS.contains(last);
        if kanji && solid(at + 2) {
            // "待ち時間": the stem goes on into the next noun.
            if STEMS.contains(&kana_text) || (i_stem && kana_text == "い") {
                at += 2;
                continue;
            }
            // "遅い配送", "壊れた商品": a modifier and its noun.
            let first = kana_text.chars().next().unwrap_or(' ');
            let modifies = kana_text.ends_with(['い', 'た', 'る']) && kana_text.chars().count() <= 5;
            if modifies
                && !"がをはにでもとへのや".contains(first)
                && !kana_text.starts_with("した")
                && !kana_text.starts_with("され")
            {
                modifier(reader, Span::new(start, end), kana.span.end);
                return Next::piece(at + 2);
            }
        }
        if kanji {
            // "配送の遅れが": a stem with a particle behind it is a noun.
            let stem = if i_stem { Some("い") } else { stem_before_particle(kana_text) };
            if let Some(stem) = stem {
                push(reader, Span::new(start, end + stem.len()));
                return join(reader, pieces, at + 1, end + stem.len());
            }
        }
        let first = kana_text.chars().next().unwrap_or(' ');
        if !kanji
            || AFTER_NOUN.contains(first)
                && !(single(of(at)) && start == end - last.len_utf8() && "しくいすっさせてまな".contains(first))
        {
            // 遅い, 高く: an adjective behind a noun takes its kanji with it.
            if kanji && (kana_text.starts_with('い') || kana_text.starts_with("くて") || kana_text.starts_with("くな"))
            {
                push(reader, Span::new(start, end - last.len_utf8()));
                reader.cut();
                return Next::piece(at + 2);
            }
            push(reader, Span::new(start, end));
            return join(reader, pieces, at + 1, end);
        }
        // The last kanji is the root of a verb or an adjective.
        push(reader, Span::new(start, end - last.len_utf8()));
        reader.cut();
        return Next::piece(at + 2);
    }
}

fn single(text: &str) -> bool {
    text.chars().count() == 1
}

/// The stem at the start of `kana` when a particle or nothing follows it.
fn stem_before_particle(kana: &str) -> Option<&'static str> {
    let stem = STEMS.into_iter().filter(|stem| kana.starts_with(stem)).max_by_key(|stem| stem.len())?;
    let rest = kana.get(stem.len()..)?;
    let mut after = rest.chars();
    let particle = after.next().is_some_and(|c| AFTER_STEM.contains(c));
    // "し" alone is する; "返しに来た" and the like stay out.
    let alone = stem != "し" && stem != "せ" && stem != "え";
    (particle && alone && !["にな", "にく", "でき"].iter().any(|go_on| rest.starts_with(go_on))).then_some(stem)
}

/// A modifier: the kanji before its last root is a noun of its own.
fn modifier(reader: &mut Reader, noun: Span, end: usize) {
    let text = noun.slice(reader.text).unwrap_or_default();
    let root = text.chars().next_back().map_or(0, char::len_utf8);
    if text.chars().count() > 2 {
        push(reader, Span::new(noun.start, noun.end - root));
        reader.cut();
        push_weak(reader, Span::new(noun.end - root, end));
    } else {
        push_weak(reader, Span::new(noun.start, end));
    }
}

fn push_weak(reader: &mut Reader, span: Span) {
    let key = span.slice(reader.text).unwrap_or_default().to_owned();
    reader.push(Class::Weak, key, span);
}

/// Reads the hiragana of piece `at` from byte `from` on: の and な join, nouns among it are read, お and ご begin the next
/// noun, everything else ends the run.
fn join(reader: &mut Reader, pieces: &[Piece], at: usize, from: usize) -> Next {
    let end = pieces.get(at).map_or(from, |piece| piece.span.end);
    let kana = reader.text.get(from..end).unwrap_or_default();
    let solid = pieces.get(at + 1).is_some_and(|piece| matches!(piece.shape, Shape::Kanji | Shape::Kata));
    let polite = if solid { kana.strip_suffix(['お', 'ご']) } else { None };
    let rest = polite.unwrap_or(kana);
    match rest {
        "の" => reader.link("の", Span::new(from, from + rest.len())),
        "な" => {
            if reader.last().is_some() {
                reader.reclass(Class::Weak);
                reader.link("な", Span::new(from, from + rest.len()));
            }
        }
        "" => {}
        _ => match listed(rest) {
            Some((start, noun)) => {
                if rest.get(..start) == Some("の") {
                    reader.link("の", Span::new(from, from + start));
                } else {
                    reader.cut();
                }
                let begin = from + start;
                reader.push(Class::Content, noun.to_owned(), Span::new(begin, begin + noun.len()));
                if rest.get(start + noun.len()..) == Some("の") {
                    reader.link("の", Span::new(begin + noun.len(), from + rest.len()));
                } else if start + noun.len() < rest.len() {
                    reader.cut();
                }
            }
            None => reader.cut(),
        },
    }
    // The noun begins with its お or ご.
    Next { at: at + 1, begun: polite.map(|before| from + before.len()) }
}

/// The first noun written in hiragana, where a noun can begin.
fn listed(kana: &str) -> Option<(usize, &'static str)> {
    HIRAGANA.into_iter().find_map(|noun| {
        let at = kana.find(noun)?;
        let before = kana.get(..at)?;
        let begins = before.is_empty() || before.ends_with(['の', 'が', 'を', 'は', 'に', 'も', 'と', 'や']);
        let rest = kana.get(at + noun.len()..)?;
        let ends = rest.is_empty() || rest.starts_with(['の', 'が', 'を', 'は', 'に', 'も', 'と', 'や', 'で']);
        (begins && ends).then_some((at, noun))
    })
}

/// Adds a noun by what the lists say.
fn push(reader: &mut Reader, span: Span) {
    let noun = span.slice(reader.text).unwrap_or_default();
    let bare = noun.trim_start_matches(['お', 'ご']);
    let lists = |section| Lang::Ja.lists(noun, section) || Lang::Ja.lists(bare, section);
    let kanji_only = bare.chars().count() < 2 && noun == bare;
    if noun.is_empty() || lists(Listed::Stop) || kanji_only {
        return reader.cut();
    }
    let class = if lists(Listed::Weak) {
        Class::Weak
    } else if lists(Listed::Light) {
        Class::Light
    } else {
        Class::Content
    };
    reader.push(class, bare.to_owned(), span);
}

/// Chinese: what stands between function characters, two to six characters of it.
fn chinese(reader: &mut Reader, span: Span) {
    let text = reader.text;
    let mut start = span.start;
    let run = span.slice(text).unwrap_or_default();
    let take = |reader: &mut Reader, from: usize, to: usize| {
        let noun = text.get(from..to).unwrap_or_default();
        if (2..=6).contains(&noun.chars().count()) {
            reader.push(Class::Content, noun.to_owned(), Span::new(from, to));
        } else if from < to {
            reader.cut();
        }
    };
    for (at, c) in run.char_indices() {
        if !CHINESE.contains(c) {
            continue;
        }
        let here = span.start + at;
        take(reader, start, here);
        start = here + c.len_utf8();
        if c == '的' {
            reader.link("的", Span::new(here, start));
        } else {
            reader.cut();
        }
    }
    take(reader, start, span.end);
}
