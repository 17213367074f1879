//! Everything a rollup knows as figures: what was asked for, what was said unasked, and each segment.

use crate::order::Sorted;
use serde::Serialize;

use super::counts::{ACTS, COUNTERS, DISPOSITIONS, EMOTIONS, INTENTS, NAMED, RECORDS, TEXTS, WITH_ACTS, ZONELESS};
use super::metric::{Block, Metric};
use super::rollup::OTHER;
use super::segments::Segments;
use super::tally::{Tally, answers};
use super::{Figure, Rollup, figure, weighted};
use crate::analysis::{Act, Disposition, Emotion, Intent};
use crate::error::{Error, Result};
use crate::message::Scale;

const INCIDENCE: &str = "% of texts in which it is sensed; Wilson score interval (Wilson 1927)";
const MIX: &str = "% of texts that have one; Wilson score interval (Wilson 1927)";
const VOLUME: &str = "% of records; Wilson score interval (Wilson 1927)";
const VOICE: &str =
    "share of voice: % of mentions, a text that names two counts for both; Wilson score interval (Wilson 1927)";
const BOUND: &str =
    "NPS if all who did not answer were detractors, or promoters (Manski 1989): a bound, not an interval";

/// How a summary is made.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryOptions {
    /// Figures of a segment of fewer people are withheld; of records where nobody is named. Default 5; 0 or 1
    /// withholds nothing.
    pub min_people: u64,
    /// Segments listed per dimension, the largest first; the rest is summed. Default 200. Periods are all listed.
    pub max_segments: usize,
}

impl Default for SummaryOptions {
    fn default() -> SummaryOptions {
        SummaryOptions { min_people: 5, max_segments: 200 }
    }
}

/// How many are different among `n`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Distinct {
    /// Records that tell it.
    pub n: u64,
    pub distinct: u64,
    /// Relative, of `distinct`; 0 when exact.
    pub standard_error: f64,
}

/// How often each value of a scale was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerCounts {
    pub scale: Scale,
    /// From the lowest value of the scale to the highest.
    pub counts: Vec<u64>,
}

/// A record that waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    pub index: u64,
    pub sent_ms: Option<i64>,
}

/// One segment, or everything.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SegmentSummary {
    pub key: String,
    pub n: u64,
    /// Absent where not every record names who wrote.
    pub people: Option<u64>,
    /// True when fewer people stand behind it than the options ask for: it has no figures then.
    pub withheld: bool,
    /// Volume: share of records, for brands share of voice.
    pub share: Figure,
    /// Some of its rows, by index, to read what stands behind the figures.
    pub rows: Vec<u64>,
    /// Every metric that has an answer, in the order of [`Metric::ALL`].
    pub figures: Vec<Figure>,
}

/// The segments of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DimensionSummary {
    pub name: String,
    /// Largest first, then by key; periods by time.
    pub segments: Vec<SegmentSummary>,
    /// About how many keys are summed under `other` because the rollup keeps no more.
    pub keys_not_kept: u64,
}

/// Every figure of a rollup.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    pub engine: &'static str,
    pub records: u64,
    pub refused: u64,
    pub texts: u64,
    /// Records without a time, where periods are counted.
    pub undated: u64,
    /// Records whose time names no zone: it is read as UTC, and their periods may be a day off.
    pub zoneless: u64,
    pub ids: Distinct,
    pub people: Distinct,
    /// What people were asked for: ratings.
    pub solicited: Vec<Figure>,
    /// The answers behind them, of each scale that occurred.
    pub answers: Vec<AnswerCounts>,
    /// The ratings with weights, where weights were given.
    pub weighted: Vec<Figure>,
    /// NPS at worst and best, given who did not answer; empty without invitations.
    pub non_response: Vec<Figure>,
    /// What was said unasked.
    pub unsolicited: Vec<Figure>,
    /// What the organisation did: response rate and answered share. Never averaged with experience.
    pub operational: Vec<Figure>,
    /// By slug.
    pub emotions: Vec<Figure>,
    pub acts: Vec<Figure>,
    pub intents: Vec<Figure>,
    pub dispositions: Vec<Figure>,
    /// The oldest that wait for an answer.
    pub unanswered: Vec<Waiting>,
    /// Some rows of everything, by index, as in segments.
    pub rows: Vec<u64>,
    pub dimensions: Vec<DimensionSummary>,
}

impl Rollup {
    /// Every figure so far. Cost: linear in the segments.
    pub fn summary(&self, options: &SummaryOptions) -> Summary {
        let total = &self.total;
        let figures = all_figures(total);
        let texts = total.counts[TEXTS];
        let parts = |from: usize, slugs: &[&'static str], n: u64, method: &'static str| {
            let one = |(at, slug): (usize, &&'static str)| figure::share(slug, method, total.counts[from + at], n);
            slugs.iter().enumerate().map(one).collect::<Vec<_>>()
        };
        let sum = |from: usize, len: usize| total.counts.iter().skip(from).take(len).sum::<u64>();
        let block = |block: Block| {
            let own = |one: &&Figure| Metric::from_slug(one.metric).is_some_and(|metric| metric.block() == block);
            figures.iter().filter(own).cloned().collect::<Vec<Figure>>()
        };
        let waiting =
            |(time, index): &(i64, u64)| Waiting { index: *index, sent_ms: (*time < i64::MAX).then_some(*time) };
        Summary {
            engine: crate::VERSION,
            records: total.records(),
            refused: self.refused,
            texts,
            undated: self.undated,
            zoneless: total.counts[ZONELESS],
            ids: Distinct { n: self.with_id, distinct: self.ids.count(), standard_error: self.ids.standard_error() },
            people: Distinct {
                n: total.counts[NAMED],
                distinct: total.people.count(),
                standard_error: total.people.standard_error(),
            },
            solicited: block(Block::Solicited),
            answers: distributions(total),
            weighted: weighted::figures(total),
            non_response: non_response(total),
            unsolicited: block(Block::Unsolicited),
            operational: block(Block::Operational),
            emotions: parts(EMOTIONS, &Emotion::ALL.map(Emotion::slug), texts, INCIDENCE),
            acts: parts(ACTS, &Act::ALL.map(Act::slug), total.counts[WITH_ACTS], MIX),
            intents: parts(INTENTS, &Intent::ALL.map(Intent::slug), sum(INTENTS, Intent::ALL.len()), MIX),
            dispositions: parts(
                DISPOSITIONS,
                &Disposition::ALL.map(Disposition::slug),
                sum(DISPOSITIONS, Disposition::ALL.len()),
                MIX,
            ),
            unanswered: self.unanswered.iter().map(waiting).collect(),
            rows: total.rows.indexes(),
            dimensions: self
                .all_dimensions()
                .into_iter()
                .map(|(name, all)| self.dimension_summary(&name, all, options))
                .collect(),
        }
    }

    /// One figure of everything, or of one segment.
    ///
    /// # Errors
    /// [`Error::Option`] naming `segment` when the rollup has no such dimension or key.
    pub fn figure(&self, metric: Metric, segment: Option<(&str, &str)>) -> Result<Figure> {
        let Some((dimension, key)) = segment else { return Ok(metric.figure(&self.total.counts)) };
        let segments = self.dimension(dimension).into_iter().flat_map(|segments| segments.kept.values());
        let found = segments.into_iter().find(|(name, _)| name == key);
        let missing = || Error::Option { name: "segment".into(), what: "is not in the rollup".into() };
        found.map(|(_, tally)| metric.figure(&tally.counts)).ok_or_else(missing)
    }

    fn dimension_summary(&self, name: &str, all: &Segments, options: &SummaryOptions) -> DimensionSummary {
        let mut listed: Vec<(&str, &Tally)> = all.kept.values().map(|(key, tally)| (key.as_str(), tally)).collect();
        let by_time = self.dated.keys().any(|period| period.dimension() == name);
        let mentions = listed.iter().fold(all.other.records(), |sum, (_, tally)| sum.saturating_add(tally.records()));
        let (n, method) = if name == "brand" { (mentions, VOICE) } else { (self.total.records(), VOLUME) };
        if by_time {
            listed.order_by(|a, b| a.0.cmp(b.0));
        } else {
            listed.order_by(|a, b| b.1.records().cmp(&a.1.records()).then_with(|| a.0.cmp(b.0)));
        }
        let most = if by_time { listed.len() } else { options.max_segments.min(listed.len()) };
        let mut rest = all.other.clone();
        listed.iter().skip(most).for_each(|(_, tally)| rest.merge(tally));
        listed.truncate(most);
        if rest.records() > 0 {
            listed.push((OTHER, &rest));
        }
        let segments = listed.into_iter().map(|(key, tally)| {
            let people = (tally.counts[NAMED] == tally.records()).then(|| tally.people.count());
            let withheld = people.unwrap_or(tally.records()) < options.min_people;
            SegmentSummary {
                key: key.to_owned(),
                n: tally.records(),
                people,
                withheld,
                share: figure::share("share", method, tally.counts[RECORDS], n),
                rows: if withheld { Vec::new() } else { tally.rows.indexes() },
                figures: if withheld { Vec::new() } else { all_figures(tally) },
            }
        });
        DimensionSummary { name: name.to_owned(), segments: segments.collect(), keys_not_kept: all.dropped.count() }
    }
}

/// Every metric that has an answer.
fn all_figures(tally: &Tally) -> Vec<Figure> {
    debug_assert_eq!(tally.counts.len(), COUNTERS);
    Metric::ALL.iter().map(|metric| metric.figure(&tally.counts)).filter(|figure| figure.n > 0).collect()
}

fn distributions(total: &Tally) -> Vec<AnswerCounts> {
    let of = |scale: Scale| {
        let (low, high) = scale.bounds();
        let counts = answers(&total.counts, scale);
        AnswerCounts { scale, counts: counts.iter().take(high as usize + 1).skip(low as usize).copied().collect() }
    };
    Scale::ALL.into_iter().map(of).filter(|one| one.counts.iter().any(|count| *count > 0)).collect()
}

/// NPS at worst and at best: those who did not answer say nothing of what they would have said.
fn non_response(total: &Tally) -> Vec<Figure> {
    let (response, nps) = (Metric::ResponseRate.figure(&total.counts), Metric::Nps.figure(&total.counts));
    let (Some(rate), Some(score)) = (response.value, nps.value) else { return Vec::new() };
    let bound = |metric, missing: f64| Figure {
        metric,
        value: Some(figure::clean((rate * score + (100.0 - rate) * missing) / 100.0)),
        interval: None,
        n: response.n,
        too_few: response.too_few || nps.too_few,
        method: BOUND,
    };
    vec![bound("nps_at_worst", -100.0), bound("nps_at_best", 100.0)]
}
