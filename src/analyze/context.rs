//! What surrounds a text: the survey question it answers and the post it replies to.

use crate::analysis::Analysis;
use crate::model::features::Asked;
use crate::span::Span;
use crate::text::lower;

/// Words of questions that ask what could be better, per language, lower case. Written for this project.
#[rustfmt::skip] // a language to a line
const BETTER: &[&str] = &[
    "could be better", "could be improved", "could we improve", "can we improve", "could we do better", "can we do better", "do better", "improve", "improvement", "dislike", "didn't you like", "did you not like", "don't you like", "went wrong", "was wrong", "disappoint", "could have been better", "what would make", "make your experience better", "missing", "what is bad", "complaint", "frustrat",
    "개선", "아쉬", "불편", "불만", "보완", "나빴", "부족", "싫",
    "改善", "不満", "不便", "悪かった", "残念", "良くなかった", "よくなかった", "足りな", "物足り", "気になる点", "気になった点",
    "poprawić", "ulepszyć", "lepiej", "nie podoba", "nie spodoba", "zawiodło", "brakuje", "brakowało", "zmienić",
    "verbessern", "besser machen", "verbesserung", "nicht gefallen", "gefällt ihnen nicht", "gefiel ihnen nicht", "enttäuscht", "gestört", "gefehlt", "fehlt",
    "améliorer", "amélioration", "mieux faire", "n'avez pas aimé", "n'avez-vous pas aimé", "déplu", "déçu", "manqué", "manque",
    "mejorar", "mejor podríamos", "mejora", "no te gustó", "no le gustó", "no te gusta", "no le ha gustado", "no te ha gustado", "disgustó", "faltó", "falta",
    "migliorare", "miglioramento", "non le è piaciuto", "non ti è piaciuto", "non è piaciuto", "deluso", "mancava", "manca",
    "melhorar", "melhoria", "não gostou", "não gosta", "desagradou", "decepcionou", "faltou",
    "verbeteren", "beter doen", "beter kunnen", "kan er beter", "kon er beter", "verbetering", "niet goed", "niet bevallen", "niet leuk", "tegengevallen", "viel tegen", "gemist", "mist u", "mis je",
];

/// Words of questions that ask what was good.
#[rustfmt::skip] // a language to a line
const GOOD: &[&str] = &[
    "did you like", "do you like", "you liked", "was good", "is good", "did we do well", "do we do well", "went well", "did you enjoy", "enjoy most", "what do you love", "was best", "the best", "impressed", "please you", "pleased you", "do right", "good about",
    "좋았", "좋은", "마음에 드", "마음에 든", "만족스러", "인상", "잘한",
    "良かった", "よかった", "良い点", "よい点", "気に入", "満足", "好きな",
    "podoba", "spodoba", "było dobre", "najlepsze", "zrobiliśmy dobrze", "na plus",
    "gefallen", "gefällt", "war gut", "gut gemacht", "am besten", "überzeugt",
    "avez aimé", "avez-vous aimé", "a plu", "vous plaît", "apprécié", "préféré", "était bien", "avons-nous bien",
    "te gustó", "le gustó", "te gusta", "le ha gustado", "te ha gustado", "hicimos bien", "lo mejor", "fue bueno",
    "è piaciuto", "piace", "abbiamo fatto bene", "apprezzato", "la cosa migliore",
    "gostou", "gosta", "agradou", "fizemos bem", "foi bom", "o melhor",
    "bevallen", "vond u goed", "vond je goed", "vond u leuk", "vond je leuk", "ging goed", "was goed", "deden we goed", "het beste", "goed aan",
];

/// Answers that mean there is nothing to name, lower case, without marks. Not among them: answers
/// that decline to answer ("no comment", "don't know").
#[rustfmt::skip] // a language to a line
const NOTHING: &[&str] = &[
    "nothing", "nothing at all", "nothing really", "not a thing", "absolutely nothing", "nothing comes to mind", "nothing to improve", "can't think of anything", "none", "nil", "no", "nope", "nothing it was all fine",
    "없음", "없어요", "없습니다", "없다", "딱히 없음", "딱히 없어요", "딱히 없습니다", "특별히 없음", "특별히 없습니다", "전혀 없음", "전혀 없어요", "전혀 없습니다", "아무것도 없어요",
    "なし", "無し", "特になし", "特に無し", "特にない", "特にないです", "特にありません", "特に無いです", "とくになし", "ありません", "ないです", "何もない", "何もありません", "全くない", "特に無い",
    "nic", "zupełnie nic", "kompletnie nic", "nic do poprawy", "nic nie trzeba", "brak", "absolutnie nic",
    "nichts", "gar nichts", "überhaupt nichts", "nix", "absolut nichts", "nichts zu verbessern", "fällt mir nichts ein", "keine", "nichts besonderes",
    "rien", "rien du tout", "absolument rien", "rien à améliorer", "rien à redire", "rien de particulier", "aucun", "aucune",
    "nada", "nada de nada", "absolutamente nada", "nada que mejorar", "nada en particular", "ninguno", "ninguna",
    "niente", "nulla", "proprio niente", "niente di niente", "assolutamente niente", "assolutamente nulla", "nessuno", "nessuna",
    "nada mesmo", "não mudava nada", "nenhum", "nenhuma", "nada a melhorar",
    "niets", "helemaal niets", "niks", "geen", "niets bijzonders", "absoluut niets", "niets te verbeteren",
];

/// What the question leans to. A question that asks for both sides, or for neither, leans to none.
pub fn asked(question: &str) -> Option<Asked> {
    let mut question = lower(question);
    let mut better = false;
    // "What did you not like" holds "like": what asks for the better is taken out first.
    for phrase in BETTER {
        if question.contains(phrase) {
            better = true;
            question = question.replace(phrase, " ");
        }
    }
    match (better, GOOD.iter().any(|phrase| question.contains(phrase))) {
        (true, false) => Some(Asked::Better),
        (false, true) => Some(Asked::Good),
        _ => None,
    }
}

/// True when the whole answer is that there is nothing to name.
pub(super) fn is_nothing(text: &str) -> bool {
    let bare =
        text.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || "。、…！？・ー–—".contains(c));
    bare.len() <= 64 && NOTHING.contains(&lower(bare).as_str())
}

/// Shortest copy of a parent that is taken for a quotation, in bytes.
const QUOTED: usize = 24;

/// A text without the copy of its parent that it holds.
pub(super) struct Own {
    text: String,
    /// Where the copy stood, and its length.
    at: usize,
    len: usize,
}

impl std::ops::Deref for Own {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Own {
    /// Makes the spans of an analysis of the shortened text point into the whole one.
    pub fn move_back(&self, analysis: &mut Analysis) {
        // A phrase over the place of the copy would take the copy in.
        if let Some(phrases) = &mut analysis.keyphrases {
            phrases.retain(|span| span.end <= self.at || span.start >= self.at);
        }
        analysis.each_span(|span| {
            let back = |at: usize| if at >= self.at { at + self.len } else { at };
            *span = Span::new(back(span.start), back(span.end.saturating_sub(1)) + 1);
        });
    }
}

/// `text` without a copy of the post it replies to, or nothing when it holds none of at least
/// [`QUOTED`] bytes, or is nothing else.
pub(super) fn without_parent(text: &str, parent: &str) -> Option<Own> {
    let parent = parent.trim();
    if parent.len() < QUOTED {
        return None;
    }
    let at = text.find(parent)?;
    // One space stands for the copy, so that what was around it stays apart.
    let own = format!("{} {}", &text[..at], &text[at + parent.len()..]);
    (!own.trim().is_empty()).then_some(Own { text: own, at, len: parent.len() - 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_lean_to_one_side() {
        for question in [
            "What could be better?",
            "What didn’t you like?",
            "Was könnten wir verbessern?",
            "아쉬웠던 점은 무엇인가요?",
            "改善してほしい点を教えてください",
            "Co moglibyśmy poprawić?",
            "What did you dislike about your stay?",
            "Wat kan er beter?",
            "Qu'est-ce qui vous a déplu ?",
        ] {
            assert_eq!(asked(question), Some(Asked::Better), "{question}");
        }
        for question in [
            "What did you like?",
            "Co się Panu podobało?",
            "良かった点は？",
            "¿Qué te gustó más?",
            "Cosa le è piaciuto?",
        ] {
            assert_eq!(asked(question), Some(Asked::Good), "{question}");
        }
        for question in [
            "Why did you give this score?",
            "Any other comments?",
            "What went well and what could be improved?",
            "Was war gut, was können wir verbessern?",
            "",
        ] {
            assert_eq!(asked(question), None, "{question}");
        }
    }

    #[test]
    fn nothing_is_an_answer_and_silence_is_none() {
        for text in ["Nothing.", "없습니다", "特になし。", "Nichts!", "nic"] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["no comment", "nothing works", "n/a", "keine Ahnung"] {
            assert!(!is_nothing(text), "{text}");
        }
    }
}
