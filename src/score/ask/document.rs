//! Findings and documents of a rollup, asked for with plain values.

use serde_json::Value;
use std::collections::BTreeMap;

use super::reading::Asked;
use super::rollup::{metric, refuse, summary_options};
use crate::error::Result;
use crate::read::told;
use crate::score::demand::{DemandReport, demand};
use crate::score::document::{Inputs, Lang, Trend, findings, html, markdown};
use crate::score::drivers::{DriverReport, DriverRow, driver_table, drivers};
use crate::score::trends::{CrisisAlert, Series, StreamMessage, bursts, changes, crisis};
use crate::score::{Comparison, CxWeights, Metric, Rollup, compare};

/// Answers `findings` (a list), `markdown` or `html` (text) about a rollup, against an earlier one where it is given.
///
/// `lang` is a BCP 47 tag, `title` the heading, `names` what keys are called, `minPeople` and `maxSegments` as in summaries, `by` the pairs
/// of dimension and metric whose segments are compared, `watched` the channels that somebody watches; `drivers` as
/// `{metric, rows, options}`, `crisis` as `{messages, nowMs, options}`, `demand` as `{wishes, nowMs}` and `series` with `trend`
/// add their parts.
pub(super) fn document(rollup: &Rollup, form: &str, before: Option<&Rollup>, asked: &mut Asked) -> Result<Value> {
    let tag: Option<String> = asked.read("lang")?;
    let lang = tag.map_or(Some(Lang::default()), |tag| Lang::from_tag(&tag));
    let lang = lang.ok_or_else(|| refuse("lang", "must be en, ko, ja, pl, de, es or fr"))?;
    let title: Option<String> = asked.read("title")?;
    let names: BTreeMap<String, String> = asked.read("names")?.unwrap_or_default();
    let summary = rollup.summary(&summary_options(asked)?);
    let (report, sufficiency) = (rollup.report(), rollup.sufficiency());
    let cx = rollup.cx_score(&CxWeights::default())?;
    let periods = before.map(|before| compare(before, rollup));
    let mut segments: Vec<(String, Comparison)> = Vec::new();
    for (dimension, slug) in asked.list::<(String, String)>("by")? {
        let metric = Metric::from_slug(&slug).ok_or_else(|| refuse("by", "must be pairs of dimension and metric"))?;
        let compared = rollup.compare_segments(&dimension, metric)?;
        segments.push((dimension, compared));
    }
    let watched: Option<Vec<String>> = asked.read("watched")?;
    // A rollup without records has no channels.
    let coverage = rollup.coverage("channel", watched.as_deref()).unwrap_or_default();
    let driven: Option<(Metric, DriverReport)> = match asked.part("drivers")? {
        None => None,
        Some(mut part) => {
            let of = metric(&mut part)?;
            let table = driver_table(&part.list::<DriverRow>("rows")?, &part.options("columns")?);
            let options = part.options("options")?;
            part.finish()?;
            // Too few rows speak of anything: the document does without.
            if table.drivers.is_empty() { None } else { Some((of, drivers(&table, &options)?)) }
        }
    };
    let wished: Option<DemandReport> = match asked.part("demand")? {
        None => None,
        Some(mut part) => {
            let (wishes, now_ms) = (part.list("wishes")?, part.need("nowMs")?);
            part.finish()?;
            Some(demand(&wishes, &Default::default(), now_ms)?)
        }
    };
    let alert: Option<CrisisAlert> = match asked.part("crisis")? {
        None => None,
        Some(mut part) => {
            let messages: Vec<StreamMessage> = part.list("messages")?;
            let (options, now_ms) = (part.options("options")?, part.need("nowMs")?);
            part.finish()?;
            crisis(&messages, &options, now_ms)?
        }
    };
    let series: Option<Series> = asked.read("series")?;
    let options = asked.options("trend")?;
    let trend = match &series {
        None => None,
        Some(series) => Some((series, bursts(series, &options)?, changes(series, &options)?)),
    };
    let inputs = Inputs {
        title: title.as_deref(),
        names,
        summary: Some(&summary),
        report: Some(&report),
        cx: Some(&cx),
        periods: periods.as_ref(),
        segments: segments.iter().map(|(dimension, compared)| (dimension.as_str(), compared)).collect(),
        drivers: driven.as_ref().map(|(metric, report)| (*metric, report)),
        trend: trend.as_ref().map(|(series, bursts, changes)| Trend { series, bursts, changes }),
        crisis: alert.as_ref(),
        demand: wished.as_ref(),
        coverage: &coverage,
        sufficiency: Some(&sufficiency),
    };
    match form {
        "findings" => told(&findings(&inputs, lang)),
        "markdown" => Ok(markdown(&inputs, lang).into()),
        _ => Ok(html(&inputs, lang).into()),
    }
}
