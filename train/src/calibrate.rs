//! One temperature a head, fitted on dev texts.

use std::path::Path;

use hearken::model::{Model, Sums, softmax};
use hearken::text::Normalized;

use crate::data::Sheet;
use crate::language::code;
use crate::sets::{SENTIMENT, rows};

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
    let head = model.head(head).expect("the head was just written");
    let (mut vector, mut logits) = (Vec::new(), Vec::new());
    sums.read(model, Normalized::new(text).text());
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
                logits: logits(model, &mut sums, "sentiment", &row.text),
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
    for row in &sheet.rows {
        if let Some(label) = labels.iter().position(|label| label == code(&row[1])) {
            cases.push(Case { logits: logits(model, &mut sums, "language", &row[0]), label, weight: 1.0 });
        }
    }
    Ok(fit(&cases))
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
