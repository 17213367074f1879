//! Writes what was measured as JSON: four digits, keys sorted.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::tables::Table;
use super::{ASKED, CLASSES, Curve, FIELDS, HeadStanding, Line, Metrics, SentimentSet, Standing};

fn four(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// `macro F1` as `macroF1`.
fn key(name: &str) -> String {
    let mut out = String::new();
    let mut raise = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(if raise { c.to_ascii_uppercase() } else { c });
            raise = false;
        } else {
            raise = true;
        }
    }
    out
}

fn table(table: &Table) -> Value {
    let line = |line: &Line| {
        let mut object = Map::new();
        object.insert(table.by.name().to_string(), json!(line.name));
        let counts = table.counts.iter().zip(&line.counts).map(|(name, count)| (key(name), json!(count)));
        let scores = table.scores.iter().zip(&line.scores).map(|(name, score)| (key(name), json!(four(*score))));
        object.extend(counts.chain(scores));
        if table.by == super::By::Language {
            object.insert("experimental".to_string(), json!(line.experimental));
        }
        Value::Object(object)
    };
    table.lines.iter().map(line).collect()
}

fn curve(curve: &Curve) -> Value {
    let bin = |(at, bin): (usize, &super::tally::Bin)| {
        json!({
            "from": at as f64 / 10.0, "n": bin.n, "confidence": four(bin.confidence()), "right": four(bin.hits()),
        })
    };
    let bins: Vec<Value> = curve.bins.iter().enumerate().filter(|(_, bin)| bin.n > 0).map(bin).collect();
    json!({"n": curve.n(), "ece": four(curve.ece()), "bins": bins})
}

fn standing(standing: &HeadStanding) -> Value {
    let of = |one: &Standing| {
        let about = json!({
            "experimental": one.experimental.is_some(), "why": one.experimental, "sets": one.sets, "indirect": one.indirect,
            "labels": one.labels, "n": one.n, "lead": four(one.lead),
        });
        (one.language.clone(), about)
    };
    Value::Object(standing.languages.iter().map(of).collect())
}

fn sentiment(set: &SentimentSet) -> Value {
    json!({
        "set": set.name.trim_end_matches('*'), "trainedOn": set.trained_on(), "n": set.confusion.n(),
        "macroRecall": four(set.confusion.macro_recall()), "macroF1": four(set.confusion.macro_f1()),
        "accuracy": four(set.confusion.accuracy()), "ece": four(set.curve.ece()), "confusion": set.confusion.counts,
        "alwaysOneLabelMacroRecall": four(set.confusion.constant_recall()),
    })
}

impl Metrics {
    /// Everything measured, for the pack in `file`.
    pub fn to_json(&self, file: &[u8]) -> String {
        let mut heads: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for one in &self.standing {
            let experimental = one.languages.iter().all(|language| language.experimental.is_some());
            let head = heads.entry(one.head).or_default();
            head.insert("experimental".to_string(), json!(experimental));
            head.insert("standing".to_string(), standing(one));
        }
        for one in &self.tables {
            let name = format!("per{}", key(&format!(" {}", one.by.name())));
            heads.entry(one.head).or_default().insert(name, table(one));
        }
        let asked = |asked: &super::asked::Asked| {
            let value = asked.measured(&self.figures);
            json!({
                "what": asked.what, "bound": asked.bound(), "measured": value.map(four),
                "reached": value.is_some_and(|value| asked.holds(value)),
            })
        };
        let languages: BTreeMap<&String, Vec<Value>> = self
            .languages
            .iter()
            .map(|(code, classes)| {
                let cells = classes.iter().map(|hits| json!({"n": hits.n, "accuracy": four(hits.share())})).collect();
                (code, cells)
            })
            .collect();
        let figures: BTreeMap<&String, f64> = self.figures.iter().map(|(name, value)| (name, four(*value))).collect();
        let calibration: Vec<Value> = self
            .curves
            .iter()
            .map(|(name, of)| {
                let mut value = curve(of);
                value["what"] = json!(name);
                value
            })
            .collect();
        let failures = &self.failures;
        let fields: BTreeMap<&str, usize> = FIELDS.into_iter().zip(failures.fields).collect();
        let golden: BTreeMap<&String, Value> = failures
            .languages
            .iter()
            .map(|(language, (rows, wrong))| (language, json!({"rows": rows, "wrongRows": wrong})))
            .collect();
        let metrics = json!({
            "model": self.model,
            "bytes": file.len(),
            "checksum": format!("{:016x}", hearken::model::pack::checksum(file)),
            "figures": figures,
            "asked": ASKED.iter().map(asked).collect::<Vec<Value>>(),
            "sentiment": self.sentiment.iter().map(sentiment).collect::<Vec<Value>>(),
            "language": {"lengthClasses": CLASSES, "perLanguage": languages},
            "heads": heads,
            "calibration": calibration,
            "golden": {
                "rows": failures.rows, "wrongRows": failures.wrong_rows, "wrongPerField": fields,
                "perLanguage": golden,
            },
        });
        let mut text = serde_json::to_string_pretty(&metrics).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_digits() {
        assert_eq!(key("always said, macro F1"), "alwaysSaidMacroF1");
        assert_eq!(key(" language"), "Language");
        assert_eq!(four(0.123_456), 0.1235);
    }
}
