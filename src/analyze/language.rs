//! Which language a text is in.

use super::Engine;
use super::heads::Scratch;
use crate::analysis::Language;
use crate::text::tokens::Kind;
use crate::text::{Reading, Script, script_of};

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
fn letters(reading: &Reading) -> [usize; Script::ALL.len()] {
    let mut counts = [0; Script::ALL.len()];
    for token in reading.tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Unspaced)) {
        for c in reading.text[token.start..token.end].chars() {
            counts[script_of(c) as usize] += 1;
        }
    }
    counts
}

/// The language that alone writes a script of the text, where that script has a quarter of the
/// letters and two at least: a Latin brand name does not make Korean Spanish.
fn own_language(counts: &[usize; Script::ALL.len()], total: usize) -> Option<&'static str> {
    let own =
        [(Script::Hang, "ko"), (Script::Jpan, "ja"), (Script::Thai, "th"), (Script::Grek, "el"), (Script::Hebr, "he")];
    own.into_iter()
        .find(|(script, _)| counts[*script as usize] >= 2 && counts[*script as usize] * 4 >= total)
        .map(|(_, code)| code)
}

/// Script and language of the text whose sums `scratch` holds.
pub(super) fn detect(engine: &Engine, scratch: &mut Scratch, reading: &Reading, hint: Option<&str>) -> Language {
    let head = &engine.model.heads[engine.heads.language];
    let mut counts = letters(reading);
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
    if total == 0 || scratch.sums.is_blank(&engine.model, head.block) {
        return undetermined();
    }
    let p = scratch.answers(engine, engine.heads.language);
    let hinted = hint.and_then(|hint| {
        let code = hint.split(['-', '_']).next().unwrap_or(hint);
        head.labels.iter().position(|label| label.eq_ignore_ascii_case(code))
    });
    let own = own_language(&counts, total).and_then(|code| head.labels.iter().position(|label| label == code));
    if let Some(hinted) = hinted.and_then(|hinted| p.get_mut(hinted)) {
        *hinted *= HINT_ODDS;
    }
    let likeliest = (0..p.len()).fold(0, |best, i| if p[i] > p[best] { i } else { best });
    let best = own.unwrap_or(likeliest);
    let agreed = Some(best) == hinted;
    let shared = matches!(script, Script::Latn | Script::Cyrl | Script::Arab);
    if own.is_none() && shared && total < GUESSED_LETTERS && !agreed {
        return undetermined();
    }
    let confidence = match own {
        // Only one language writes this script.
        Some(_) => 1.0,
        None => f64::from(p[best] / p.iter().sum::<f32>()),
    };
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
