//! Which language a text is in.

use super::{Scratch, probabilities};
use crate::analysis::Language;
use crate::model::{Head, Model};
use crate::text::{Normalized, Script, script_of};

/// Confidence from which a language is called reliable.
const RELIABLE: f64 = 0.8;
/// Letters a text needs to be called reliable; half as many in scripts without spaces.
const RELIABLE_LETTERS: usize = 10;
/// Letters below which a text is not guessed at unless the hint agrees, in scripts that many languages share.
const GUESSED_LETTERS: usize = 4;
/// How much likelier than the text alone says a hinted language is taken to be.
const HINT_ODDS: f32 = 20.0;
const UNDETERMINED: &str = "und";

/// Letters per script outside links, addresses and mentions, in the order of [`Script::ALL`].
fn letters(text: &str) -> [usize; Script::ALL.len()] {
    use crate::text::tokens::{Kind, tokens};
    let mut counts = [0; Script::ALL.len()];
    for token in tokens(text) {
        if matches!(token.kind, Kind::Word | Kind::Unspaced) {
            for c in text[token.start..token.end].chars() {
                counts[script_of(c) as usize] += 1;
            }
        }
    }
    counts
}

/// Script and language of the text whose sums `scratch` holds.
pub(super) fn detect(
    model: &Model,
    head: &Head,
    scratch: &mut Scratch,
    normal: &Normalized<'_>,
    hint: Option<&str>,
) -> Language {
    let mut counts = letters(normal.text());
    // Kana beside kanji is one script, Japanese.
    if counts[Script::Jpan as usize] > 0 {
        counts[Script::Jpan as usize] += std::mem::take(&mut counts[Script::Hani as usize]);
    }
    counts[Script::Zyyy as usize] = 0;
    let total: usize = counts.iter().sum();
    let top = (0..counts.len()).fold(0, |top, i| if counts[i] > counts[top] { i } else { top });
    let script = if total == 0 { Script::Zyyy } else { Script::ALL[top] };
    let undetermined =
        || Language { code: UNDETERMINED.into(), script: script.code(), confidence: 0.0, reliable: false };
    if total == 0 || scratch.sums.is_blank(model, head.block) {
        return undetermined();
    }
    let p = probabilities(model, head, scratch);
    let hinted = hint.and_then(|hint| {
        let code = hint.split(['-', '_']).next().unwrap_or(hint);
        head.labels.iter().position(|label| label.eq_ignore_ascii_case(code))
    });
    let weight = |i: usize| if Some(i) == hinted { p[i] * HINT_ODDS } else { p[i] };
    let best = (0..p.len()).fold(0, |best, i| if weight(i) > weight(best) { i } else { best });
    let agreed = Some(best) == hinted;
    let shared = matches!(script, Script::Latn | Script::Cyrl | Script::Arab);
    if shared && total < GUESSED_LETTERS && !agreed {
        return undetermined();
    }
    let sum: f32 = (0..p.len()).map(weight).sum();
    let confidence = f64::from(weight(best) / sum);
    let needed = match script {
        Script::Hang | Script::Jpan | Script::Hani => RELIABLE_LETTERS / 2,
        _ => RELIABLE_LETTERS,
    };
    Language {
        code: head.labels[best].clone(),
        script: script.code(),
        confidence,
        reliable: confidence >= RELIABLE && (total >= needed || agreed),
    }
}
