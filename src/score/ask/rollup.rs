//! What rollups are asked: options and figures as plain values.

use serde_json::{Value, json};

use super::document::document;
use super::reading::Asked;
use crate::error::{Error, Result};
use crate::read::told;
use crate::score::{
    CxWeights, Metric, Noise, Period, PrivacyBudget, Rollup, RollupOptions, ShareOptions, SummaryOptions, compare,
    compare_by, cx_change, json as rollup_json, moved_by, share_rollup,
};

pub(super) fn refuse(name: &str, what: &str) -> Error {
    Error::Option { name: name.into(), what: what.into() }
}

impl Rollup {
    /// An empty rollup of options: `maxSegments`, `keys`, and `periods` as `{unit, zone, offsets}`.
    ///
    /// # Errors
    /// As [`Rollup::with_options`], and [`Error::Field`] naming what cannot be read.
    pub fn from_options(options: Value) -> Result<Rollup> {
        let mut asked = Asked::new(options)?;
        let periods: Vec<Value> = asked.list("periods")?;
        let period = |mut value: Value| -> Result<Period> {
            let Some(map) = value.as_object_mut() else { return Err(refuse("periods", "must be objects with a unit")) };
            map.entry("zone").or_insert_with(|| "UTC".into());
            map.entry("offsets").or_insert_with(|| json!([]));
            rollup_json::period(&value)
        };
        let options = RollupOptions {
            max_segments: asked.read("maxSegments")?,
            keys: asked.list("keys")?,
            periods: periods.into_iter().map(period).collect::<Result<_>>()?,
        };
        asked.finish()?;
        Rollup::with_options(&options)
    }

    /// Answers a question about this rollup: `summary`, `score`, `figure`, `segments`, `coverage` or `sufficiency`;
    /// against the rollup of an earlier period `compare`, `compareBy`, `moved` or `scoreChange`; with or without one
    /// `findings`, `markdown` or `html`. Cost: linear in the segments.
    ///
    /// # Errors
    /// [`Error::Option`] or [`Error::Field`] naming what cannot be read or used, `before` when it is missing, `question` when
    /// it is none of these.
    pub fn ask(&self, question: &str, before: Option<&Rollup>, input: Value) -> Result<Value> {
        let mut asked = Asked::new(input)?;
        let earlier = || before.ok_or_else(|| Error::Field { field: "before".into(), what: "is required".into() });
        let answer = match question {
            "summary" => told(&self.summary(&summary_options(&mut asked)?)),
            "findings" | "markdown" | "html" => document(self, question, before, &mut asked),
            "score" => told(&self.cx_score(&weights(&mut asked)?)?),
            "scoreChange" => told(&cx_change(earlier()?, self, &weights(&mut asked)?)?),
            "figure" => {
                let metric = metric(&mut asked)?;
                let segment: Option<[String; 2]> = asked.read("segment")?;
                let segment = segment.as_ref().map(|[dimension, key]| (dimension.as_str(), key.as_str()));
                told(&self.figure(metric, segment)?)
            }
            "segments" => told(&self.compare_segments(&dimension(&mut asked)?, metric(&mut asked)?)?),
            "compare" => told(&compare(earlier()?, self)),
            "compareBy" => told(&compare_by(earlier()?, self, &dimension(&mut asked)?, metric(&mut asked)?)?),
            "moved" => told(&moved_by(earlier()?, self, &dimension(&mut asked)?)?),
            "coverage" => {
                let watched: Option<Vec<String>> = asked.read("watched")?;
                told(&self.coverage(&dimension(&mut asked)?, watched.as_deref())?)
            }
            "sufficiency" => told(&self.sufficiency()),
            _ => return Err(Error::Field { field: "question".into(), what: "is not known".into() }),
        }?;
        asked.finish()?;
        Ok(answer)
    }

    /// [`share_rollup`] with options `minPeople`, `noise` as `{epsilon, seed, recordsPerPerson}` with the seed as 32 numbers, and
    /// `budget`, the epsilon that is left. Gives the rollup and `{withheld, epsilon, noiseDeviation, budget}`.
    ///
    /// # Errors
    /// As [`share_rollup`], and [`Error::Field`] naming what cannot be read.
    pub fn share_with(&self, options: Value) -> Result<(Rollup, Value)> {
        let mut asked = Asked::new(options)?;
        let usual = ShareOptions::default();
        let min_people = asked.read("minPeople")?.unwrap_or(usual.min_people);
        let mut budget = PrivacyBudget::new(asked.read("budget")?.unwrap_or_default())?;
        let noise = match asked.read::<Value>("noise")? {
            None => None,
            Some(value) => {
                let mut inner = Asked::new(value)?;
                let noise = Noise {
                    epsilon: inner.need("epsilon")?,
                    seed: inner.need("seed")?,
                    records_per_person: inner.need("recordsPerPerson")?,
                };
                inner.finish()?;
                Some(noise)
            }
        };
        asked.finish()?;
        let shared = share_rollup(self, &ShareOptions { min_people, noise }, &mut budget)?;
        let withheld = shared.withheld.into_iter().map(|(name, groups)| (name, groups.into())).collect();
        let facts = json!({
            "withheld": Value::Object(withheld),
            "epsilon": shared.epsilon,
            "noiseDeviation": shared.noise_deviation,
            "budget": budget.left(),
        });
        Ok((shared.rollup, facts))
    }
}

fn weights(asked: &mut Asked) -> Result<CxWeights> {
    let usual = CxWeights::default();
    Ok(CxWeights {
        solicited: asked.read("solicited")?.unwrap_or(usual.solicited),
        unsolicited: asked.read("unsolicited")?.unwrap_or(usual.unsolicited),
        acting: asked.read("acting")?.unwrap_or(usual.acting),
    })
}

pub(super) fn summary_options(asked: &mut Asked) -> Result<SummaryOptions> {
    let usual = SummaryOptions::default();
    Ok(SummaryOptions {
        min_people: asked.read("minPeople")?.unwrap_or(usual.min_people),
        max_segments: asked.read("maxSegments")?.unwrap_or(usual.max_segments),
    })
}

pub(super) fn metric(asked: &mut Asked) -> Result<Metric> {
    let slug: String = asked.need("metric")?;
    Metric::from_slug(&slug).ok_or_else(|| refuse("metric", "is not known"))
}

fn dimension(asked: &mut Asked) -> Result<String> {
    asked.need("dimension")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Rating, Scale};
    use crate::score::ScoreRecord;

    fn rollup(values: &[u8]) -> Rollup {
        let mut rollup =
            Rollup::from_options(json!({ "keys": ["store"], "periods": [{ "unit": "day" }, { "unit": "month", "zone": "KST", "offsets": [[0, 540]] }] }))
                .unwrap();
        for value in values {
            let rating = Some(Rating { scale: Scale::Nps, value: *value });
            let keys = [("store".to_owned(), (value % 2).to_string())].into();
            rollup.add(&ScoreRecord { rating, keys, sent_ms: Some(0), ..ScoreRecord::default() }).unwrap();
        }
        rollup
    }

    #[test]
    fn rollups_answer_by_name() {
        let (before, now) = (rollup(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), rollup(&[9, 10, 9, 10, 9, 10, 7, 8, 9, 10]));
        let summary = now.ask("summary", None, json!({ "minPeople": 0 })).unwrap();
        assert_eq!(
            summary,
            serde_json::to_value(now.summary(&SummaryOptions { min_people: 0, max_segments: 200 })).unwrap()
        );
        assert_eq!(summary["solicited"][0]["value"], 80.0);
        assert_eq!(now.ask("figure", None, json!({ "metric": "nps", "segment": ["key:store", "0"] })).unwrap()["n"], 5);
        assert_eq!(now.ask("compare", Some(&before), Value::Null).unwrap()["differences"][0]["value"], 140.0);
        let by = json!({ "dimension": "key:store", "metric": "nps" });
        assert_eq!(now.ask("compareBy", Some(&before), by.clone()).unwrap()["tests"], 2);
        assert_eq!(now.ask("segments", None, by).unwrap()["differences"][0]["metric"], "nps");
        assert_eq!(now.ask("score", None, Value::Null).unwrap()["missing"], json!(["unsolicited", "acting"]));
        assert!(now.ask("scoreChange", Some(&before), Value::Null).unwrap()["value"].as_f64().unwrap() > 0.0);
        assert_eq!(now.ask("sufficiency", None, Value::Null).unwrap()["records"], 10);
        for (question, input, named) in [
            ("compare", Value::Null, "before"),
            ("fortune", Value::Null, "question"),
            ("figure", json!({ "metric": "joy" }), "metric"),
            ("figure", json!({}), "metric"),
            ("coverage", json!({ "dimension": "moon" }), "dimension"),
            ("score", json!({ "acting": -1 }), "acting"),
            ("summary", json!({ "minPeople": 1.5 }), "minPeople"),
            ("summary", json!({ "more": 1 }), "more"),
        ] {
            match now.ask(question, None, input).unwrap_err() {
                Error::Field { field, .. } => assert_eq!(field, named),
                Error::Option { name, .. } => assert_eq!(name, named),
                other => panic!("{other}"),
            }
        }
    }

    #[test]
    fn sharing_spends_its_budget() {
        let rollup = rollup(&[9; 40]);
        let noise = json!({ "epsilon": 1, "seed": vec![7; 32], "recordsPerPerson": 1 });
        let (shared, facts) = rollup.share_with(json!({ "noise": noise, "budget": 1.5 })).unwrap();
        assert_eq!((facts["epsilon"].as_f64(), facts["budget"].as_f64()), (Some(1.0), Some(0.5)));
        assert_ne!(shared.to_bytes(), rollup.to_bytes());
        let (_, plain) = rollup.share_with(Value::Null).unwrap();
        assert_eq!((plain["epsilon"].is_null(), plain["noiseDeviation"].as_f64()), (true, Some(0.0)));
        for (options, code) in [
            (json!({ "noise": noise, "budget": 0.5 }), "E_OPTION"),
            (json!({ "noise": { "epsilon": 1, "recordsPerPerson": 1, "seed": [1, 2] }, "budget": 2 }), "E_FIELD"),
            (json!({ "minPeople": 1 }), "E_OPTION"),
        ] {
            assert_eq!(rollup.share_with(options).unwrap_err().code(), code);
        }
    }

    #[test]
    fn options_that_cannot_be_are_refused() {
        for options in [
            json!({ "periods": ["day"] }),
            json!({ "periods": [{ "unit": "year" }] }),
            json!({ "periods": [{ "unit": "day", "zone": "KST" }] }),
            json!({ "keys": [7] }),
            json!({ "keys": ["No"] }),
            json!({ "maxSegments": 0 }),
            json!({ "maxSegmnts": 5 }),
        ] {
            assert!(["E_OPTION", "E_FIELD"].contains(&Rollup::from_options(options).unwrap_err().code()));
        }
    }
}
