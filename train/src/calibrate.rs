//! Temperatures of sentiment, language and intent, and the lift of `none`, fitted on dev texts.

use std::path::Path;

use hearken::analysis::Intent;
use hearken::analyze::asked;
use hearken::model::features::Asked;
use hearken::model::{Model, Sums, softmax};
use hearken::text::Normalized;

use crate::data::Sheet;
use crate::language::code;
use crate::meaning::boards::Board;
use crate::sets::{BARRED_LANGUAGE_SOURCES, SENTIMENT, rows};

/// Logits of one text with the label people gave, and its share of the fit.
struct Case {
    logits: Vec<f32>,
    label: usize,
    weight: f64,
}

/// Temperature under which the cases are least surprising: the lowest weighted log loss, by
/// golden-section search over 0.2..5.
fn fit(cases: &[Case]) -> f32 {
    let loss = |log_temperature: f64| -> f64 {
        let temperature = libm::exp(log_temperature) as f32;
        cases
            .iter()
            .map(|case| {
                let mut p: Vec<f32> = case.logits.iter().map(|logit| logit / temperature).collect();
                softmax(&mut p);
                -case.weight * libm::log(f64::from(p[case.label]).max(1e-9))
            })
            .sum()
    };
    let ratio = 0.618_033_988_75;
    let (mut low, mut high) = (libm::log(0.2), libm::log(5.0));
    for _ in 0..40 {
        let (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        if loss(left) < loss(right) {
            high = right;
        } else {
            low = left;
        }
    }
    libm::exp((low + high) / 2.0) as f32
}

fn logits(model: &Model, sums: &mut Sums, head: &str, text: &str) -> Vec<f32> {
    logits_asked(model, sums, head, text, None)
}

fn logits_asked(model: &Model, sums: &mut Sums, head: &str, text: &str, asked: Option<Asked>) -> Vec<f32> {
    let head = model.head(head).expect("the head was just written");
    let (mut vector, mut logits) = (Vec::new(), Vec::new());
    sums.read(model, Normalized::new(text).text(), asked);
    sums.vector(model, head.block, &mut vector);
    head.logits(&vector, &mut logits);
    logits
}

/// Temperature of the sentiment head: every dev set that has all three labels counts the same.
pub fn sentiment(dir: &Path, model: &Model) -> Result<f32, String> {
    let mut sums = Sums::new(model);
    let mut cases = Vec::new();
    for set in SENTIMENT.iter().filter(|set| set.has_neutral && !set.weak_neutral) {
        for lang in set.langs {
            let rows = rows(dir, set, lang, "dev")?;
            let weight = 1.0 / rows.len().max(1) as f64;
            cases.extend(rows.into_iter().map(|row| Case {
                logits: logits_asked(model, &mut sums, "sentiment", &row.text, row.question.as_deref().and_then(asked)),
                label: row.label,
                weight,
            }));
        }
    }
    Ok(fit(&cases))
}

/// Temperature of the language head, on dev lines of the language set.
pub fn language(dir: &Path, model: &Model) -> Result<f32, String> {
    let sheet = Sheet::read(dir, "langid/mixed_short.multi.dev")?;
    let labels = &model.head("language").expect("the head was just written").labels;
    let mut sums = Sums::new(model);
    let mut cases = Vec::new();
    let source = sheet.column("source").ok_or("source column missing")?;
    for row in sheet.rows.iter().filter(|row| !BARRED_LANGUAGE_SOURCES.contains(&row[source].as_str())) {
        if let Some(label) = labels.iter().position(|label| label == code(&row[1])) {
            cases.push(Case { logits: logits(model, &mut sums, "language", &row[0]), label, weight: 1.0 });
        }
    }
    Ok(fit(&cases))
}

/// Weight of the authored dev rows against the public ones when the temperature of intent is fitted.
const AUTHORED: f64 = 4.0;

/// Temperature of the intent head, on every dev row with a known reason of the sets that may teach. The authored rows
/// weigh [`AUTHORED`] times the public sets together: those hold the very requests that were taught, and confidence
/// must be right for others.
pub fn intent(boards: &[Board], model: &Model) -> f32 {
    let mut sums = Sums::new(model);
    let mut cases = Vec::new();
    let may_teach = |board: &&Board| {
        !board.name.ends_with('*') && ["intent/", "authored"].iter().any(|family| board.name.starts_with(family))
    };
    for board in boards.iter().filter(may_teach) {
        let known: Vec<_> = board.cases.iter().filter(|case| case.goal.intent.is_some()).collect();
        for case in &known {
            let label = case.goal.intent.map_or(0, |intent| intent as usize);
            let logits = logits(model, &mut sums, "intent", &case.text);
            cases.push((Case { logits, label, weight: 1.0 }, board.family() == "authored"));
        }
    }
    let authored = cases.iter().filter(|(_, authored)| *authored).count();
    let factor = AUTHORED * (cases.len() - authored) as f64 / authored.max(1) as f64;
    let weigh = |(case, authored): (Case, bool)| if authored { Case { weight: factor, ..case } } else { case };
    fit(&cases.into_iter().map(weigh).collect::<Vec<_>>())
}

/// Recall of `none` wanted on authored texts without a reason.
const NONE_RECALL: f64 = 0.75;

/// What to add to the logit of `none` so that texts without a reason are told: the smallest of a few
/// steps that reaches [`NONE_RECALL`] on the authored dev rows.
pub fn none_lift(boards: &[Board], model: &Model) -> f32 {
    let mut sums = Sums::new(model);
    let none = Intent::None as usize;
    let mut gaps: Vec<f32> = Vec::new();
    let authored = boards.iter().filter(|board| board.family() == "authored").flat_map(|board| &board.cases);
    for case in authored.filter(|case| case.goal.intent == Some(Intent::None)) {
        let logits = logits(model, &mut sums, "intent", &case.text);
        let best = logits.iter().enumerate().filter(|(i, _)| *i != none).map(|(_, z)| *z).fold(f32::MIN, f32::max);
        gaps.push(best - logits[none]);
    }
    let told = |lift: f32| gaps.iter().filter(|gap| **gap < lift).count() as f64;
    let mut steps = (0..=20).map(|i| i as f32 / 10.0).filter(|lift| told(*lift) >= NONE_RECALL * gaps.len() as f64);
    steps.next().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overconfident_logits_get_a_temperature_above_one() {
        let case = |label| Case { logits: vec![4.0, 0.0], label, weight: 1.0 };
        let cases: Vec<Case> = (0..10).map(|i| case(usize::from(i < 3))).collect();
        // 7 of 10 right wants p = 0.7, so 4 / T = ln(0.7 / 0.3).
        assert!((fit(&cases) - 4.0 / 0.8473).abs() < 0.01);
    }
}
