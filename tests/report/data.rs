//! Reads an authored dataset and computes all a document is made of.

use hearken::analysis::{EffortLevel, SentimentLabel};
use hearken::message::Channel;
use hearken::score::demand::{DemandOptions, DemandReport, DemandWish, demand};
use hearken::score::document::{Inputs, Lang, Trend};
use hearken::score::drivers::*;
use hearken::score::trends::*;
use hearken::score::*;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Set {
    lang: String,
    pub title: Option<String>,
    names: BTreeMap<String, String>,
    /// What drivers move.
    metric: String,
    before: Vec<Group>,
    now: Vec<Group>,
    watched: Option<Vec<String>>,
    trend: Option<SetTrend>,
    #[serde(default)]
    stream: Vec<Messages>,
    now_ms: i64,
    wishes: Vec<Wishes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    times: u64,
    people: u64,
    record: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetTrend {
    series: Series,
    options: TrendOptions,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Messages {
    times: i64,
    from_ms: i64,
    every_ms: i64,
    channel: Channel,
    terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wishes {
    times: u64,
    object: String,
    language: String,
    at_ms: i64,
}

impl Set {
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap()
    }
}

pub fn read(name: &str) -> Set {
    let text = std::fs::read_to_string(super::path(&format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All results of a dataset.
#[derive(Clone)]
pub struct Results {
    pub summary: Summary,
    pub report: Report,
    pub cx: CxScore,
    pub periods: Option<Comparison>,
    pub segments: Vec<(String, Comparison)>,
    pub drivers: Option<(Metric, DriverReport)>,
    pub trend: Option<(Series, Bursts, Vec<ChangePoint>)>,
    pub crisis: Option<CrisisAlert>,
    pub demand: DemandReport,
    pub coverage: Vec<Coverage>,
    pub sufficiency: Sufficiency,
}

impl Results {
    pub fn of(set: &Set) -> Results {
        let (before, _) = records(&set.before);
        let (now, rows) = records(&set.now);
        let metric = Metric::from_slug(&set.metric).unwrap();
        let slice = |name: &str, metric| now.compare_segments(name, metric).ok().map(|found| (name.to_owned(), found));
        let table = driver_table(&driver_rows(metric, &rows), &TableOptions::default());
        let report =
            (!table.drivers.is_empty()).then(|| drivers(&table, &DriverOptions { replicates: 200, seed: 7 }).unwrap());
        let stream: Vec<StreamMessage> = set.stream.iter().enumerate().flat_map(messages).collect();
        Results {
            summary: now.summary(&SummaryOptions::default()),
            report: now.report(),
            cx: now.cx_score(&CxWeights::default()).unwrap(),
            periods: (!set.before.is_empty()).then(|| compare(&before, &now)),
            segments: [slice("channel", Metric::NetSentiment), slice("language", Metric::NetSentiment)]
                .into_iter()
                .flatten()
                .collect(),
            drivers: report.map(|report| (metric, report)),
            trend: set.trend.as_ref().map(|trend| {
                let SetTrend { series, options } = trend;
                (series.clone(), bursts(series, options).unwrap(), changes(series, options).unwrap())
            }),
            crisis: crisis(&stream, &CrisisOptions::default(), set.now_ms).unwrap(),
            demand: demand(&wishes(set), &DemandOptions::default(), set.now_ms).unwrap(),
            coverage: now.coverage("channel", set.watched.as_deref()).unwrap(),
            sufficiency: now.sufficiency(),
        }
    }

    pub fn inputs<'a>(&'a self, set: &'a Set) -> Inputs<'a> {
        Inputs {
            title: set.title.as_deref(),
            names: set.names.clone(),
            summary: Some(&self.summary),
            report: Some(&self.report),
            cx: Some(&self.cx),
            periods: self.periods.as_ref(),
            segments: self.segments.iter().map(|(name, found)| (name.as_str(), found)).collect(),
            drivers: self.drivers.as_ref().map(|(metric, report)| (*metric, report)),
            trend: self.trend.as_ref().map(|(series, bursts, changes)| Trend { series, bursts, changes }),
            crisis: self.crisis.as_ref(),
            demand: Some(&self.demand),
            coverage: &self.coverage,
            sufficiency: Some(&self.sufficiency),
        }
    }
}

fn records(groups: &[Group]) -> (Rollup, Vec<ScoreRecord>) {
    let (mut rollup, mut rows) = (Rollup::new(), Vec::new());
    for (number, group) in groups.iter().enumerate() {
        let record = ScoreRecord::from_value(group.record.clone()).unwrap();
        for at in 0..group.times {
            let person = Some(format!("p{number}-{}", at % group.people));
            rows.push(ScoreRecord { person, ..record.clone() });
        }
    }
    rows.iter().for_each(|record| rollup.add(record).unwrap());
    (rollup, rows)
}

/// Ratings of the metric's scale with what the records say of topics and effort.
fn driver_rows(metric: Metric, records: &[ScoreRecord]) -> Vec<DriverRow> {
    let mut rows = Vec::new();
    for record in records {
        let Some(rating) = record.rating.as_ref() else { continue };
        let value = f64::from(rating.value);
        let outcome = match metric {
            Metric::Nps if value >= 9.0 => 100.0,
            Metric::Nps if value >= 7.0 => 0.0,
            Metric::Nps => -100.0,
            _ => value,
        };
        let sign = |label: SentimentLabel| match label {
            SentimentLabel::Negative => -1.0,
            SentimentLabel::Neutral => 0.0,
            SentimentLabel::Positive => 1.0,
        };
        let mark = |name: String, value| DriverMark { name, value };
        let topic = |topic: &RecordTopic| mark(format!("topic:{}", topic.label), topic.sentiment.map_or(0.0, sign));
        let mut marks: Vec<DriverMark> = record.topics.iter().map(topic).collect();
        match record.effort {
            Some(EffortLevel::High) => marks.push(mark("effort".into(), -1.0)),
            Some(EffortLevel::Easy) => marks.push(mark("effort".into(), 1.0)),
            _ => {}
        }
        rows.push(DriverRow { outcome, marks });
    }
    rows
}

fn messages((number, group): (usize, &Messages)) -> Vec<StreamMessage> {
    let one = |at: i64| StreamMessage {
        id: format!("m{number}-{at}"),
        at_ms: group.from_ms + at * group.every_ms,
        channel: group.channel,
        author: Some(format!("a{number}-{at}")),
        negative: true,
        severe: false,
        terms: group.terms.clone(),
    };
    (0..group.times).map(one).collect()
}

fn wishes(set: &Set) -> Vec<DemandWish> {
    let one = |(number, group): (usize, &Wishes), at: u64| DemandWish {
        id: format!("w{number}-{at}"),
        at_ms: Some(group.at_ms),
        person: Some(format!("w{number}-{at}")),
        language: group.language.clone(),
        object: group.object.clone(),
        time: None,
    };
    set.wishes.iter().enumerate().flat_map(|group| (0..group.1.times).map(move |at| one(group, at))).collect()
}
