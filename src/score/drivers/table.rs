//! From what texts say to columns of drivers.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::{DriverColumn, DriverTable, MAX_DRIVERS, MAX_SHAPLEY};
use crate::analysis::{Analysis, EffortLevel, Emotion, SentimentLabel};
use crate::order::Sorted;

/// What one text says of one driver: below 0 bad, above 0 good.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriverMark {
    pub name: String,
    pub value: f64,
}

/// One rated text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriverRow {
    pub outcome: f64,
    /// Marks of one name are summed.
    pub marks: Vec<DriverMark>,
}

/// Which drivers get a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TableOptions {
    /// Rows that must speak of a driver. Default 10.
    pub least_rows: u64,
    /// Most drivers: those spoken of most. Default [`MAX_SHAPLEY`], at most [`MAX_DRIVERS`].
    pub most: usize,
}

impl Default for TableOptions {
    fn default() -> Self {
        TableOptions { least_rows: 10, most: MAX_SHAPLEY }
    }
}

/// What an analysis says of each driver: `topic:ID` by the sentiment of the topic (1, 0 or -1), `emotion:LABEL` -1 for bad
/// emotions and 1 for good ones, `effort` -1 where it was high and 1 where it was easy.
pub fn driver_marks(analysis: &Analysis) -> Vec<DriverMark> {
    let mark = |name: String, value: f64| DriverMark { name, value };
    let mut marks: Vec<DriverMark> = Vec::new();
    for topic in &analysis.topics {
        let value = match topic.sentiment.label {
            SentimentLabel::Negative => -1.0,
            SentimentLabel::Neutral => 0.0,
            SentimentLabel::Positive => 1.0,
        };
        marks.push(mark(format!("topic:{}", topic.label), value));
    }
    for emotion in &analysis.emotions {
        let value = match emotion.label {
            Emotion::Surprise => continue,
            Emotion::Relief | Emotion::Joy | Emotion::Gratitude | Emotion::Admiration => 1.0,
            _ => -1.0,
        };
        marks.push(mark(format!("emotion:{}", emotion.label.slug()), value));
    }
    match analysis.signals.effort.as_ref().map(|effort| effort.level) {
        Some(EffortLevel::High) => marks.push(mark("effort".into(), -1.0)),
        Some(EffortLevel::Easy) => marks.push(mark("effort".into(), 1.0)),
        _ => {}
    }
    marks
}

/// Columns of the drivers that enough rows speak of, the most spoken of first. `O(marks log names)`.
pub fn driver_table(rows: &[DriverRow], options: &TableOptions) -> DriverTable {
    let mut columns: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for mark in &row.marks {
            *columns.entry(&mark.name).or_default().entry(at).or_default() += mark.value;
        }
    }
    let told = |column: &BTreeMap<usize, f64>| column.values().filter(|value| **value != 0.0).count() as u64;
    let mut chosen: Vec<(u64, &str, BTreeMap<usize, f64>)> =
        columns.into_iter().map(|(name, column)| (told(&column), name, column)).collect();
    chosen.retain(|(told, ..)| *told >= options.least_rows.max(1));
    chosen.order_by(|a, b| b.0.cmp(&a.0));
    chosen.truncate(options.most.min(MAX_DRIVERS));
    let column = |(_, name, told): (u64, &str, BTreeMap<usize, f64>)| {
        let mut values = vec![0.0; rows.len()];
        told.into_iter().for_each(|(at, value)| values[at] = value);
        DriverColumn { name: name.to_owned(), values }
    };
    DriverTable {
        outcome: rows.iter().map(|row| row.outcome).collect(),
        drivers: chosen.into_iter().map(column).collect(),
    }
}
