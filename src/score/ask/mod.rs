//! Everything over many records, asked by name with plain values: what a host of another language calls.
//!
//! Objects in and objects out, named as in the types of [`super`], in camel case. Refusals name the place of what is
//! wrong, as in `events[3].atMs`, and never repeat it.

mod document;
mod reading;
mod rollup;

use serde_json::Value;

use super::LabelQuality;
use super::demand::{DemandWish, demand};
use super::drivers::{DriverRow, DriverTable, driver_table, drivers};
use super::fatigue::{SurveyHistory, SurveyPolicy, decide, open_loops};
use super::journey::{
    AttributeRow, Curve, IdentityRecord, JourneyEvent, KeyKind, Outcome, SegmentRule, estimate_curve, journeys,
    normal_key, profiles, segments, stitch,
};
use super::trends::{
    Series, SpreadPost, StreamMessage, TermCounts, ThreadActivity, ThreadComment, bursts, changes, crisis, emerging,
    silence, spread, takeover, unattended,
};
use crate::error::{Error, Result};
use crate::read::told;
use reading::Asked;

/// Fewest texts that say a term before it may emerge, and most terms, unless asked otherwise.
const LEAST_TEXTS: u64 = 3;
const MOST_TERMS: usize = 20;

/// Answers a question that needs no rollup: `drivers`, `bursts`, `changes`, `silence`, `emerging`, `crisis`, `takeover`,
/// `spread`, `unattended`, `demand`, `journeys`, `stitch`, `estimateCurve`, `normalKey`, `decideSurvey`, `openLoops`,
/// `correctedShare` or `sayDoGap`. Cost: that of the function of the same name.
///
/// # Errors
/// [`Error::Field`] or [`Error::Option`] naming what cannot be read or used; [`Error::Field`] naming `question` when it is
/// none of these.
pub fn ask(question: &str, input: Value) -> Result<Value> {
    let mut asked = Asked::new(input)?;
    let answer = match question {
        "drivers" => {
            let table = match asked.read::<DriverTable>("table")? {
                Some(table) => table,
                None => driver_table(&asked.list::<DriverRow>("rows")?, &asked.options("columns")?),
            };
            told(&drivers(&table, &asked.options("options")?)?)
        }
        "bursts" => told(&bursts(&asked.need::<Series>("series")?, &asked.options("options")?)?),
        "changes" => told(&changes(&asked.need("series")?, &asked.options("options")?)?),
        "silence" => told(&silence(&asked.need("series")?, &asked.options("options")?)?),
        "emerging" => {
            let counts: Vec<TermCounts> = asked.list("terms")?;
            let least = asked.read("least")?.unwrap_or(LEAST_TEXTS);
            let most = asked.read("most")?.unwrap_or(MOST_TERMS);
            told(&emerging(&counts, asked.need("totalNow")?, &asked.list::<u64>("totalsBefore")?, least, most)?)
        }
        "crisis" => {
            let messages: Vec<StreamMessage> = asked.list("messages")?;
            told(&crisis(&messages, &asked.options("options")?, asked.need("nowMs")?)?)
        }
        "takeover" => told(&takeover(&asked.list::<String>("subject")?, &asked.list::<ThreadComment>("comments")?)),
        "spread" => told(&spread(&asked.list::<SpreadPost>("posts")?, asked.need("windowMs")?, asked.need("nowMs")?)),
        "unattended" => told(&unattended(&asked.list::<ThreadActivity>("threads")?)),
        "demand" => {
            let wishes: Vec<DemandWish> = asked.list("wishes")?;
            told(&demand(&wishes, &asked.options("options")?, asked.need("nowMs")?)?)
        }
        "journeys" => read_journeys(&mut asked),
        "stitch" => told(&stitch(&asked.list::<IdentityRecord>("records")?, &asked.options("options")?)?),
        "estimateCurve" => told(&estimate_curve(&asked.list::<Outcome>("outcomes")?)),
        "normalKey" => told(&normal_key(asked.need::<KeyKind>("kind")?, &asked.need::<String>("value")?)),
        "decideSurvey" => {
            let person = asked.read("person")?.unwrap_or_default();
            let history: SurveyHistory = asked.read("history")?.unwrap_or_default();
            let survey = asked.read("survey")?.unwrap_or_default();
            let policy: SurveyPolicy = asked.options("policy")?;
            told(&decide(&person, &history, &survey, &policy, asked.need("nowMs")?)?)
        }
        "openLoops" => told(&open_loops(&asked.list::<SurveyHistory>("histories")?)),
        "correctedShare" => {
            let quality = LabelQuality {
                sensitivity: asked.need("sensitivity")?,
                positives: asked.need("positives")?,
                specificity: asked.need("specificity")?,
                negatives: asked.need("negatives")?,
            };
            told(&super::corrected_share("corrected_share", asked.need("hits")?, asked.need("n")?, &quality)?)
        }
        "sayDoGap" => told(&super::say_do_gap(asked.need("said")?, asked.need("done")?)),
        _ => return Err(Error::Field { field: "question".into(), what: "is not known".into() }),
    }?;
    asked.finish()?;
    Ok(answer)
}

/// Journeys; with attributes also profiles, and with rules the segment of each profile.
fn read_journeys(asked: &mut Asked) -> Result<Value> {
    let events: Vec<JourneyEvent> = asked.list("events")?;
    // A curve by its name stands for what it holds.
    if let Some(curve) = asked.inner("options", "curve").filter(|curve| curve.is_string()) {
        let found = curve.as_str().and_then(Curve::named);
        let what = "must be pwc-2018, as-quoted or a curve of your own";
        *curve = told(&found.ok_or_else(|| Error::Option { name: "curve".into(), what: what.into() })?)?;
    }
    let found = journeys(&events, &asked.options("options")?, asked.need("nowMs")?)?;
    let mut answer = told(&found)?;
    let rows: Vec<AttributeRow> = asked.list("attributes")?;
    let rules: Vec<SegmentRule> = asked.list("rules")?;
    if !rows.is_empty() || !rules.is_empty() {
        let profiles = profiles(&found.identities, &rows);
        let segments = segments(&profiles, &found.people, &rules)?;
        answer["profiles"] = told(&profiles)?;
        answer["segments"] = told(&segments)?;
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(question: &str, input: Value) -> (&'static str, String) {
        match ask(question, input).unwrap_err() {
            Error::Field { field, .. } => ("field", field),
            Error::Option { name, .. } => ("option", name),
            _ => ("", String::new()),
        }
    }

    #[test]
    fn answers_are_those_of_the_functions() {
        let day = 86_400_000;
        let mut counts = vec![10u64; 40];
        counts[35] = 60;
        let series = json!({ "startMs": 0, "bucketMs": day, "counts": counts });
        let answer = ask("bursts", json!({ "series": series })).unwrap();
        let own = bursts(&Series { start_ms: 0, bucket_ms: day, counts }, &Default::default()).unwrap();
        assert_eq!(answer, serde_json::to_value(&own).unwrap());
        assert_eq!(answer["bursts"][0]["first"], 35);
        assert_eq!(
            ask("normalKey", json!({ "kind": "email", "value": " Kim@Example.com" })).unwrap(),
            "kim@example.com"
        );
        let survey = ask("decideSurvey", json!({ "person": { "optedOut": true }, "nowMs": 0 })).unwrap();
        assert_eq!(survey["decision"], "never");
        let gap = ask("sayDoGap", json!({ "said": [80, 100], "done": [20, 100] })).unwrap();
        assert_eq!(gap["value"], 60.0);
    }

    #[test]
    fn journeys_take_a_curve_by_name_and_give_segments() {
        let event = |id: &str, at: i64| {
            json!({ "id": id, "atMs": at, "complains": true, "experience": "bad", "channel": "chat",
                    "keys": [{ "kind": "customer", "value": "c1" }] })
        };
        let input = |curve: Value| {
            json!({ "events": [event("a", 0), event("b", 900_000_000)], "options": { "curve": curve }, "nowMs": 1_000_000_000,
                    "attributes": [{ "record": "a", "attributes": { "plan": "gold" } }],
                    "rules": [{ "segment": "at risk", "all": [{ "field": "badInRow", "least": 2 }] }] })
        };
        let answer = ask("journeys", input(json!("as-quoted"))).unwrap();
        assert_eq!(answer["curve"]["name"], "as-quoted");
        assert_eq!(answer["people"][0]["leaving"]["badInRow"], 2);
        assert_eq!(answer["profiles"][0]["attributes"]["plan"], "gold");
        assert_eq!(answer["segments"][0]["segment"], "at risk");
        assert_eq!(refusal("journeys", input(json!("made-up"))), ("option", "curve".into()));
    }

    #[test]
    fn refusals_name_the_place_and_never_the_value() {
        let event = json!({ "id": "a", "atMs": "secret words" });
        let good = json!({ "id": "a" });
        let input = json!({ "events": [good, event], "nowMs": 0 });
        assert_eq!(refusal("journeys", input.clone()), ("field", "events[1].atMs".into()));
        assert!(!ask("journeys", input).unwrap_err().to_string().contains("secret"));
        let rows = json!({ "rows": [{ "outcome": 1 }] });
        assert_eq!(refusal("drivers", rows), ("field", "rows[0].marks".into()));
        assert_eq!(refusal("drivers", json!({ "rows": [7] })), ("field", "rows[0]".into()));
        assert_eq!(refusal("drivers", json!({ "rows": 7 })), ("field", "rows".into()));
        assert_eq!(refusal("drivers", json!([])), ("field", "input".into()));
        let unknown = json!({ "wishes": [], "nowMs": 0, "options": { "wndowDays": 3 } });
        assert_eq!(refusal("demand", unknown), ("option", "wndowDays".into()));
        let wrong = json!({ "wishes": [], "nowMs": 0, "options": { "windowDays": "three" } });
        assert_eq!(refusal("demand", wrong), ("option", "windowDays".into()));
        assert_eq!(refusal("demand", json!({ "wishes": [] })), ("field", "nowMs".into()));
        assert_eq!(refusal("demand", json!({ "wishes": [], "nowMs": 0, "more": 1 })), ("field", "more".into()));
        assert_eq!(refusal("fortune", Value::Null), ("field", "question".into()));
        let kind = json!({ "kind": "pager", "value": "1" });
        let told = ask("normalKey", kind).unwrap_err().to_string();
        assert!(told.starts_with("field kind: must be one of") && !told.contains("pager"), "{told}");
    }
}
