//! What figures say, for a reader: findings as plain sentences, the strongest first, and a document with tables and
//! charts, as Markdown or as one HTML file.
//!
//! Seven languages. Every sentence carries its n and interval, or says that there are too few. What ranks findings and
//! how input is kept from being read as markup: docs/design/report.md.

mod blocks;
mod chart;
mod escape;
mod finding;
mod html;
mod lang;
mod markdown;
mod sections;
mod text;

pub use lang::Lang;

use serde::Serialize;
use std::collections::BTreeMap;

use super::demand::DemandReport;
use super::drivers::DriverReport;
use super::trends::{Bursts, ChangePoint, CrisisAlert, Series};
use super::{Comparison, Coverage, CxScore, Metric, Report, Sufficiency, Summary};

/// Most findings of one document.
pub const MAX_FINDINGS: usize = 10;

/// What a document is made of. Whatever is absent or empty has no part in it.
#[derive(Debug, Clone, Default)]
pub struct Inputs<'a> {
    /// Heading; absent: one in the reader's language.
    pub title: Option<&'a str>,
    /// Names of topics, brands, drivers and the like for the reader, by key; keys without one are shown as they are.
    pub names: BTreeMap<String, String>,
    pub summary: Option<&'a Summary>,
    /// For its telling comments; give redacted texts.
    pub report: Option<&'a Report>,
    pub cx: Option<&'a CxScore>,
    /// The later period against the earlier one: [`super::compare`].
    pub periods: Option<&'a Comparison>,
    /// Dimensions and their segments against all others: [`super::Rollup::compare_segments`].
    pub segments: Vec<(&'a str, &'a Comparison)>,
    /// Drivers, and the figure whose mean they move.
    pub drivers: Option<(Metric, &'a DriverReport)>,
    pub trend: Option<Trend<'a>>,
    pub crisis: Option<&'a CrisisAlert>,
    pub demand: Option<&'a DemandReport>,
    /// Of one dimension, best of channels.
    pub coverage: &'a [Coverage],
    pub sufficiency: Option<&'a Sufficiency>,
}

/// Counts by time, and what stands out in them.
#[derive(Debug, Clone, Copy)]
pub struct Trend<'a> {
    pub series: &'a Series,
    pub bursts: &'a Bursts,
    pub changes: &'a [ChangePoint],
}

/// One thing found, as a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// `crisis`, `burst`, `level`, `driver`, `change`, `segment`, `topic`, `unanswered`, `unwatched`, `demand`,
    /// `share`, `figure` or `score`.
    pub kind: &'static str,
    /// What it is about: the key of a segment, driver or demand, else the metric.
    pub subject: String,
    /// The metric of `value`.
    pub metric: &'static str,
    /// 0..=100, to rank by: points of a scale of 0 to 100 that are at stake, by the end of the interval that is
    /// nearest to nothing. 0 for what is told without anything to compare it with. No forecast.
    pub impact: f64,
    /// In the reader's language, with n and interval.
    pub sentence: String,
    pub value: Option<f64>,
    /// 95 % interval of `value`.
    pub interval: Option<[f64; 2]>,
    pub n: u64,
    /// Too few to rely on; the sentence says so.
    pub too_few: bool,
    /// Name and source of the formula.
    pub method: &'static str,
}

/// The findings, by falling impact, at most [`MAX_FINDINGS`]. What has too few answers comes after what has enough.
/// Cost: linear in the input, apart from sorting.
pub fn findings(inputs: &Inputs, lang: Lang) -> Vec<Finding> {
    finding::all(inputs, &text::Text::new(lang, &inputs.names))
}

/// The document as Markdown (CommonMark with tables). Charts are tables there. Words of the input cannot become markup
/// or links.
pub fn markdown(inputs: &Inputs, lang: Lang) -> String {
    let text = text::Text::new(lang, &inputs.names);
    markdown::write(&sections::blocks(inputs, &text))
}

/// The document as one HTML file: no scripts, nothing loaded, styles and charts inside; a table follows each chart.
/// Every word of the input is escaped.
pub fn html(inputs: &Inputs, lang: Lang) -> String {
    let text = text::Text::new(lang, &inputs.names);
    html::write(&sections::blocks(inputs, &text), lang)
}
