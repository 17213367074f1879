//! Words that negate and words that turn: where a "not" reaches, where "but" begins a new clause.
//!
//! Lists were written for this project. Words of scripts that several languages share only count in
//! their own language: "no" is "in the" in Portuguese, "mais" is "but" in French and "more" in
//! Portuguese.

use crate::order::Sorted;
use std::sync::OnceLock;

use super::build::{Builder, Lexicon};
use super::reading::Reading;
use crate::span::Span;

/// What a marker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    /// Negates up to [`REACH`] words behind it.
    Negates,
    /// Negates what stands right before it.
    NegatesBack,
    /// Looks like a negation and is none.
    Spares,
    /// Begins a clause that contrasts.
    Turns,
    /// Ends a clause; what follows contrasts.
    TurnsBehind,
}

/// Words behind a negating one that it reaches.
const REACH: u32 = 3;
/// Bytes behind a match within which a Japanese or Chinese negation reaches back.
const REACH_BACK: usize = 18;

use Does::*;

#[rustfmt::skip] // a language to a line
const MARKERS: &[(Does, &str, &[&str])] = &[
    (Negates, "en", &["no", "not", "never", "without", "none", "neither", "nor", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "wont", "can't", "don't", "doesn't", "didn't", "isn't", "wasn't", "weren't", "aren't", "won't", "wouldn't", "couldn't", "shouldn't", "haven't", "hasn't", "hadn't", "ain't", "zero", "hardly any", "nothing"]),
    (Negates, "de", &["nicht", "kein*", "nie", "niemals", "ohne", "weder", "nichts", "nix", "net", "keinerlei"]),
    (Negates, "nl", &["niet", "geen", "nooit", "zonder", "noch", "niks", "niets"]),
    (Negates, "fr", &["pas", "jamais", "sans", "aucun*", "ni", "nul*", "rien"]),
    (Negates, "es", &["no", "nunca", "jamás", "jamas", "sin", "ningún", "ningun*", "ni", "nada", "tampoco"]),
    (Negates, "it", &["non", "mai", "senza", "nessun*", "né", "niente", "nulla", "neanche", "nemmeno"]),
    (Negates, "pt", &["não", "nao", "nunca", "sem", "nenhum*", "jamais", "nem", "nada"]),
    (Negates, "pl", &["nie", "bez", "nigdy", "żaden", "żadn*", "ani", "nic"]),
    (Negates, "ko", &["안", "못", "절대", "전혀", "아무"]),
    (NegatesBack, "ko", &["않*", "못하*", "못했*", "없*", "아니*", "아닙*", "아닌*", "말아*", "마세*", "안해*", "안돼*", "안됩*"]),
    (NegatesBack, "ja", &["ない", "ません", "なかっ", "なく", "ずに", "ではな", "じゃな", "ありませ", "無し", "なし"]),
    (Spares, "en", &["not only", "no wonder", "not just", "no doubt", "why not", "why don't", "why didn't", "why can't", "not to mention", "nothing but", "can't wait", "cannot wait", "no matter", "don't forget", "isn't it", "don't you", "didn't you", "doesn't it"]),
    (Spares, "de", &["nicht nur", "nicht zuletzt", "ohne zweifel", "warum nicht", "nicht wahr"]),
    (Spares, "nl", &["niet alleen", "niet te vergeten", "waarom niet", "zonder twijfel"]),
    (Spares, "fr", &["pas seulement", "sans aucun doute", "sans doute", "pourquoi pas", "rien que", "pas que"]),
    (Spares, "es", &["no solo", "no sólo", "no solamente", "sin duda", "nada más", "por qué no", "no obstante", "sin embargo"]),
    (Spares, "it", &["non solo", "non soltanto", "senza dubbio", "perché no", "come mai", "niente male"]),
    (Spares, "pt", &["não só", "não apenas", "sem dúvida", "nada mais", "por que não", "não somente"]),
    (Spares, "pl", &["nie tylko", "bez wątpienia", "nie ma to jak", "czemu nie", "nic dziwnego", "nie dość że"]),
    (Turns, "en", &["but", "however", "although", "though", "yet", "except", "unfortunately", "whereas", "while", "only downside", "apart from", "other than"]),
    (Turns, "de", &["aber", "jedoch", "allerdings", "leider", "obwohl", "dafür", "sondern", "trotzdem", "hingegen", "nur"]),
    (Turns, "nl", &["maar", "echter", "helaas", "hoewel", "alleen jammer", "toch", "jammer dat", "ondanks"]),
    (Turns, "fr", &["mais", "cependant", "pourtant", "malheureusement", "toutefois", "par contre", "en revanche", "bien que", "dommage que", "alors que", "sauf"]),
    (Turns, "es", &["pero", "sin embargo", "aunque", "lástima", "lastima", "en cambio", "desgraciadamente", "lamentablemente", "excepto", "salvo", "no obstante", "mientras que", "sino"]),
    (Turns, "it", &["ma", "però", "pero", "tuttavia", "purtroppo", "anche se", "peccato", "mentre", "invece", "tranne", "sebbene"]),
    (Turns, "pt", &["mas", "porém", "porem", "contudo", "infelizmente", "embora", "apesar", "no entanto", "exceto", "enquanto", "só que", "pena que"]),
    (Turns, "pl", &["ale", "jednak", "niestety", "natomiast", "chociaż", "choć", "lecz", "tylko że", "szkoda że", "za to", "mimo że", "poza tym że"]),
    (Turns, "ko", &["하지만", "그러나", "그런데", "근데", "다만", "그래도", "반면"]),
    (Turns, "ja", &["しかし", "でも", "ただし", "だが", "残念ながら", "一方"]),
    (TurnsBehind, "ko", &["*지만", "*는데", "*은데", "*른데", "*한데", "*던데", "*인데", "*쁜데", "*진데", "*러운데", "*았는데", "*었는데", "*건만", "*더라도", "*반면에"]),
    (TurnsBehind, "ja", &["けど", "けれど", "けれども", "ものの", "のですが", "んですが", "ですが", "ますが", "たのに", "なのに", "いのに", "反面", "だが", "いが", "たが"]),
];

/// Words that join two parts of a clause, in one language.
pub(super) fn joining(language: &str) -> &'static [&'static str] {
    match language {
        "en" => &["and"],
        "de" => &["und"],
        "nl" => &["en"],
        "fr" => &["et"],
        "es" => &["y", "e"],
        "it" => &["e", "ed"],
        "pt" => &["e"],
        "pl" => &["i", "oraz", "a"],
        _ => &[],
    }
}

struct Markers {
    lexicon: Lexicon,
    /// What the phrases do, by number.
    does: Vec<Does>,
}

fn markers() -> &'static Markers {
    static MARKERS_FILED: OnceLock<Markers> = OnceLock::new();
    MARKERS_FILED.get_or_init(|| {
        let mut builder = Builder::new();
        let mut does: Vec<Does> = Vec::new();
        for (what, language, phrases) in MARKERS {
            for phrase in *phrases {
                // The lists are this file's own: a test holds that none is refused.
                if let Ok(number) = builder.phrase_only_in(language, phrase)
                    && number as usize == does.len()
                {
                    does.push(*what);
                }
            }
        }
        Markers { lexicon: builder.build(), does }
    })
}

/// What the markers of one text do.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Words that negate, by number of the word: first and last.
    negating: Vec<(u32, u32)>,
    /// Negations that reach back: where they stand in the lower-cased text, their word.
    back: Vec<(Span, u32)>,
    /// Words at which a contrasting clause begins, rising, and the word behind the conjunction there.
    turns: Vec<(u32, u32)>,
}

impl Marks {
    /// True when a contrasting clause begins anywhere.
    pub fn turns(&self) -> bool {
        !self.turns.is_empty()
    }

    /// Where a contrasting clause begins at this word, the first word behind its conjunction.
    pub fn turns_at(&self, word: usize) -> Option<usize> {
        let at = self.turns.binary_search_by_key(&(word as u32), |turn| turn.0).ok()?;
        Some(self.turns[at].1 as usize)
    }

    /// True when a negating word stands right before this one.
    pub fn negate_next(&self, word: usize) -> bool {
        let before = self.negating.partition_point(|(from, _)| (*from as usize) < word);
        before > 0 && self.negating[before - 1].1 as usize + 1 == word
    }

    pub fn negate(&self, reading: &Reading, low: Span, first: usize, last: usize) -> bool {
        let (Some(word), Some(last_word)) = (reading.words.get(first), reading.words.get(last)) else { return false };
        let before = self.negating.partition_point(|(from, _)| (*from as usize) < first);
        let negating = before.checked_sub(1).map(|i| self.negating[i]);
        let reached = negating.is_some_and(|(_, to)| {
            let clause = reading.words.get(to as usize).map(|word| word.clause);
            (to as usize) < first && first as u32 - to <= REACH && clause == Some(word.clause)
        });
        let behind = self.back.partition_point(|(span, _)| span.start < low.end);
        let back = self.back.get(behind).is_some_and(|(span, number)| {
            let near = if last_word.run {
                span.start - low.end <= REACH_BACK && *number as usize <= last + 1
            } else {
                *number as usize == last + 1
            };
            near && reading.words.get(*number as usize).is_some_and(|word| word.clause == last_word.clause)
        });
        reached || back
    }
}

/// Finds the markers. Runs are cut behind a turn inside them.
pub(super) fn mark(reading: &mut Reading) -> Marks {
    let Markers { lexicon, does } = markers();
    let mut marks = Marks::default();
    let found = lexicon.scan(reading).matches;
    if found.is_empty() {
        return marks;
    }
    let what = |phrase: u32| does.get(phrase as usize).copied().unwrap_or(Spares);
    let spared: Vec<Span> = found.iter().filter(|hit| what(hit.phrase) == Spares).map(|hit| hit.low).collect();
    let is_spared = |low: Span| {
        let from = spared.partition_point(|span| span.end <= low.start);
        spared.get(from).is_some_and(|span| span.overlaps(&low))
    };
    let mut cuts: Vec<usize> = Vec::new();
    for hit in &found {
        match what(hit.phrase) {
            Negates if !is_spared(hit.low) => marks.negating.push(hit.words),
            NegatesBack => marks.back.push((hit.low, hit.words.0)),
            // Inside a run the turn is where the marker begins, or where it ends.
            Turns if is_run(reading, hit.words.0) => cuts.push(hit.low.start),
            TurnsBehind if is_run(reading, hit.words.0) => cuts.push(hit.low.end),
            Turns => marks.turns.push((hit.words.0, hit.words.1 + 1)),
            TurnsBehind => marks.turns.push((hit.words.1 + 1, hit.words.1 + 1)),
            _ => {}
        }
    }
    if !cuts.is_empty() {
        cuts.order();
        cut_runs(reading, &mut marks, &cuts);
    }
    marks.turns.order();
    marks.turns.dedup_by_key(|turn| turn.0);
    marks
}

fn is_run(reading: &Reading, word: u32) -> bool {
    reading.words.get(word as usize).is_some_and(|word| word.run)
}

/// Cuts runs at places of the lower-cased text; numbers of words move accordingly.
fn cut_runs(reading: &mut Reading, marks: &mut Marks, cuts: &[usize]) {
    let mut words = Vec::with_capacity(reading.words.len() + cuts.len());
    // New number of each old word: of its first piece.
    let mut moved: Vec<u32> = Vec::with_capacity(reading.words.len() + 1);
    let mut turns = Vec::new();
    let mut next = 0;
    for word in &reading.words {
        moved.push(words.len() as u32);
        let mut rest = *word;
        while let Some(&cut) = cuts.get(next).filter(|cut| **cut < rest.low.end) {
            next += 1;
            if !rest.run || cut <= rest.low.start {
                continue;
            }
            let mut head = rest;
            head.low.end = cut;
            head.span = reading.to_text(head.low);
            rest.low.start = cut;
            rest.span = reading.to_text(rest.low);
            rest.stopped = false;
            let chars = reading.lower.get(head.low.start..head.low.end).map_or(0, |piece| piece.chars().count());
            rest.at += chars.div_ceil(2) as u32;
            words.push(head);
            turns.push((words.len() as u32, words.len() as u32));
        }
        words.push(rest);
    }
    moved.push(words.len() as u32);
    let to = |old: u32| moved.get(old as usize).copied().unwrap_or(words.len() as u32);
    for (first, last) in &mut marks.negating {
        (*first, *last) = (to(*first), to(*last));
    }
    marks.turns.iter_mut().for_each(|turn| *turn = (to(turn.0), to(turn.1)));
    marks.turns.append(&mut turns);
    for (span, number) in &mut marks.back {
        *number = words.partition_point(|word| word.low.end <= span.start) as u32;
    }
    reading.words = words;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_can_be_filed() {
        let mut builder = Builder::new();
        for (_, language, phrases) in MARKERS {
            for phrase in *phrases {
                assert!(builder.phrase_only_in(language, phrase).is_ok(), "{phrase}");
            }
        }
        let Markers { lexicon, does } = markers();
        assert_eq!(lexicon.phrases(), does.len());
    }

    fn clauses(text: &str, language: &str) -> Vec<String> {
        let reading = Reading::new(text, language);
        reading.clauses().iter().map(|clause| clause.span.slice(text).unwrap().to_string()).collect()
    }

    #[test]
    fn contrasts_begin_clauses() {
        for (language, text, parts) in [
            ("en", "Food was great but the waiter was rude.", vec!["Food was great", "but the waiter was rude."]),
            ("de", "Essen gut, Service schlecht", vec!["Essen gut,", "Service schlecht"]),
            ("ko", "음식은 맛있지만 직원이 불친절해요", vec!["음식은 맛있지만", "직원이 불친절해요"]),
            ("ja", "味はいいけど店員の態度が悪い", vec!["味はいいけど", "店員の態度が悪い"]),
            ("pl", "Jedzenie super, ale obsługa fatalna", vec!["Jedzenie super,", "ale obsługa fatalna"]),
            ("pt", "quero mais comida", vec!["quero mais comida"]),
            ("fr", "bon repas mais service lent", vec!["bon repas", "mais service lent"]),
        ] {
            assert_eq!(clauses(text, language), parts, "{text}");
        }
    }
}
