//! What is not listened to, not answered, and not known for want of data.

use crate::order::Sorted;
use serde::Serialize;

use super::counts::{TEXTS, ZONELESS};
use super::metric::{Block, Metric};
use super::{Dimension, Figure, MIN_ANSWERS, Rollup, figure};
use crate::error::{Error, Result};

const WITH_TEXT: &str = "% of records with a meaningful text; Wilson score interval (Wilson 1927)";

/// How a segment is looked after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    pub key: String,
    /// Records received.
    pub n: u64,
    /// False when the key is not on the list of those that somebody watches.
    pub watched: bool,
    /// Share answered of what calls for an answer.
    pub answered: Figure,
}

/// Whether there is enough to say something.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sufficiency {
    pub records: u64,
    /// Share of records with a text.
    pub with_text: Figure,
    pub channels: u64,
    pub languages: u64,
    /// First and last of the shortest periods counted by, as in `2026-11-03` and `2026-11-29`; absent without a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<[String; 2]>,
    /// What is missing: `no_records`, `no_texts` (nothing qualitative), `no_ratings` (nothing quantitative),
    /// `one_channel`, `no_times`, `no_zones` (times are read as UTC), `no_people`, `no_answers_known`.
    pub gaps: Vec<&'static str>,
    /// Metrics with too few answers to be used, and how many they have; those without any answer are not listed.
    pub disabled: Vec<(&'static str, u64)>,
}

impl Rollup {
    /// Segments of a dimension, the least looked after first: those nobody watches, then by the share answered (what
    /// has no answer at all comes first), then the largest. `watched` absent means all are watched.
    ///
    /// # Errors
    /// [`Error::Option`] naming `dimension` when the rollup has none of this name.
    pub fn coverage(&self, dimension: &str, watched: Option<&[String]>) -> Result<Vec<Coverage>> {
        let missing = || Error::Option { name: "dimension".into(), what: "is not in the rollup".into() };
        let segments = self.dimension(dimension).ok_or_else(missing)?;
        let mut all: Vec<Coverage> = segments
            .kept
            .values()
            .map(|(key, tally)| Coverage {
                key: key.clone(),
                n: tally.records(),
                watched: watched.is_none_or(|watched| watched.contains(key)),
                answered: Metric::Answered.figure(&tally.counts),
            })
            .collect();
        let share = |one: &Coverage| one.answered.value.unwrap_or(101.0);
        all.order_by(|a, b| {
            let by_watch = a.watched.cmp(&b.watched).then_with(|| share(a).total_cmp(&share(b)));
            by_watch.then_with(|| b.n.cmp(&a.n)).then_with(|| a.key.cmp(&b.key))
        });
        Ok(all)
    }

    /// What the data are enough for.
    pub fn sufficiency(&self) -> Sufficiency {
        let counts = &self.total.counts;
        let size = |dimension: Dimension| {
            let segments = &self.dimensions[dimension as usize];
            segments.kept.len() as u64 + u64::from(segments.other.records() > 0)
        };
        let n = |metric: Metric| metric.sample(counts).n();
        let rated = Metric::ALL.iter().any(|metric| metric.block() == Block::Solicited && n(*metric) > 0);
        let dated = self.dated.values().any(|segments| !segments.is_empty());
        let gaps = [
            (self.total.records() == 0, "no_records"),
            (counts[TEXTS] == 0, "no_texts"),
            (!rated, "no_ratings"),
            (size(Dimension::Channel) == 1, "one_channel"),
            (!dated, "no_times"),
            (counts[ZONELESS] > 0, "no_zones"),
            (self.total.people.count() == 0, "no_people"),
            (n(Metric::Answered) == 0, "no_answers_known"),
        ];
        let shortest = self.dated.values().find(|segments| !segments.is_empty());
        let mut keys: Vec<&String> =
            shortest.into_iter().flat_map(|all| all.kept.values()).map(|(key, _)| key).collect();
        keys.order();
        let period = keys.first().zip(keys.last()).map(|(first, last)| [(*first).clone(), (*last).clone()]);
        let few = |metric: &Metric| Some((metric.slug(), n(*metric))).filter(|(_, n)| (1..MIN_ANSWERS).contains(n));
        Sufficiency {
            records: self.total.records(),
            with_text: figure::share("with_text", WITH_TEXT, counts[TEXTS], self.total.records()),
            channels: size(Dimension::Channel),
            languages: size(Dimension::Language),
            period,
            gaps: gaps.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect(),
            disabled: Metric::ALL.iter().filter_map(few).collect(),
        }
    }
}
