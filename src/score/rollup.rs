//! Collects records and merges with other collections in any order.

use crate::bytes::hash;
use crate::order::Sorted;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::counts::{Hits, RATINGS, TEXTS, plus, rating_place};
use super::people::People;
use super::period::Period;
use super::segments::Segments;
use super::tally::{Reading, Tally};
use super::telling::Top;
use super::{MAX_LANGUAGES, Report, ScoreRecord, Segment, TellingComments, bytes, figure, json};
use crate::analysis::SentimentLabel;
use crate::error::{Error, Result};

/// Key of what is not listed by name.
pub(super) const OTHER: &str = "other";
/// The most segments a dimension may keep, and the default.
pub const MAX_SEGMENTS: usize = 4_096;
/// Most keys and periods of the caller's own.
pub const MAX_OWN_DIMENSIONS: usize = 16;
/// Registers for all people and ids: 2^12, a standard error of 1.6 %.
pub(super) const TOTAL_BITS: u8 = 12;
/// How many unanswered records are listed.
pub const MAX_UNANSWERED: usize = 20;
/// A weight of 1.
pub(super) const WEIGHT_UNIT: f64 = 1e6;

/// What every rollup counts by, where a record tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    Channel,
    Source,
    Language,
    Topic,
    Intent,
    Question,
    Brand,
}

impl Dimension {
    pub const ALL: [Dimension; 7] = [
        Dimension::Channel,
        Dimension::Source,
        Dimension::Language,
        Dimension::Topic,
        Dimension::Intent,
        Dimension::Question,
        Dimension::Brand,
    ];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Dimension::Channel => "channel",
            Dimension::Source => "source",
            Dimension::Language => "language",
            Dimension::Topic => "topic",
            Dimension::Intent => "intent",
            Dimension::Question => "question",
            Dimension::Brand => "brand",
        }
    }
}

/// What a rollup counts by beside the dimensions every rollup has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RollupOptions {
    /// Segments kept per dimension, 1..=4096; absent is 4096. What is over it is summed under `other`.
    pub max_segments: Option<usize>,
    /// Names of the caller's own keys: 1 to 40 bytes of a-z, 0-9, `_` and `-`. Their dimension is `key:NAME`.
    pub keys: Vec<String>,
    /// Periods to count by. Their dimension is unit and zone, as in `day UTC`.
    pub periods: Vec<Period>,
}

/// Counts over many records, from which a [`Report`] is made.
///
/// `merge` is associative and commutative and an empty rollup changes nothing, so records that
/// carry their `index` may be split over any number of rollups and merged in any order: the
/// rollup is the same, and so is every bit of its report. Without an `index` the same holds for
/// all figures, and the telling comments carry the running number of the part they were added to.
/// Rollups of different options merge too: the result has the keys and periods of both and the lower limit.
///
/// Memory: about 1 KB per segment, at most [`MAX_SEGMENTS`] per dimension; at most ten comments of
/// at most 280 characters are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Rollup {
    /// Records offered, refused ones included: the running number.
    pub(super) offered: u64,
    /// Records refused.
    pub(super) refused: u64,
    pub(super) limit: usize,
    pub(super) total: Tally,
    /// By id, and how many records have one.
    pub(super) ids: People,
    pub(super) with_id: u64,
    /// Records without a time, where periods are counted.
    pub(super) undated: u64,
    pub(super) dimensions: [Segments; Dimension::ALL.len()],
    /// By the caller's own keys, and by periods; those of the options are there from the start.
    pub(super) keyed: BTreeMap<String, Segments>,
    pub(super) dated: BTreeMap<Period, Segments>,
    /// Time and index of the oldest unanswered records; those without a time come last.
    pub(super) unanswered: BTreeSet<(i64, u64)>,
    pub(super) positive: Top,
    pub(super) negative: Top,
}

impl Default for Rollup {
    fn default() -> Rollup {
        Rollup {
            offered: 0,
            refused: 0,
            limit: MAX_SEGMENTS,
            total: Tally::new(TOTAL_BITS),
            ids: People::new(TOTAL_BITS),
            with_id: 0,
            undated: 0,
            dimensions: Default::default(),
            keyed: BTreeMap::new(),
            dated: BTreeMap::new(),
            unanswered: BTreeSet::new(),
            positive: Top::default(),
            negative: Top::default(),
        }
    }
}

impl Rollup {
    /// A rollup without records; merging it changes nothing.
    pub fn new() -> Self {
        Rollup::default()
    }

    /// A rollup without records that counts by keys and periods of the caller's own.
    ///
    /// # Errors
    /// [`Error::Option`] naming `maxSegments`, `keys` or `periods`.
    pub fn with_options(options: &RollupOptions) -> Result<Rollup> {
        let refuse = |name: &str, what: &str| Error::Option { name: name.into(), what: what.into() };
        let limit = options.max_segments.unwrap_or(MAX_SEGMENTS);
        if !(1..=MAX_SEGMENTS).contains(&limit) {
            return Err(refuse("maxSegments", "must be a whole number from 1 to 4096"));
        }
        if options.keys.len() > MAX_OWN_DIMENSIONS || !options.keys.iter().all(|key| is_key_name(key)) {
            return Err(refuse("keys", "must be at most 16 names of 1 to 40 bytes of a-z, 0-9, _ and -"));
        }
        if options.periods.len() > MAX_OWN_DIMENSIONS {
            return Err(refuse("periods", "must be at most 16"));
        }
        let keyed = options.keys.iter().map(|key| (key.clone(), Segments::default())).collect();
        let dated = options.periods.iter().map(|period| (period.clone(), Segments::default())).collect();
        Ok(Rollup { limit, keyed, dated, ..Rollup::default() })
    }

    /// Counts one record. Cost: constant, apart from reading the text up to 280 characters.
    ///
    /// # Errors
    /// [`Error::Field`] when [`ScoreRecord::check`] refuses the record, or naming `keys` when it has a key that is
    /// not among the options. Nothing of it is then counted but that it was refused; the running number moves on,
    /// so that it stays the position in the source.
    pub fn add(&mut self, record: &ScoreRecord) -> Result<()> {
        let running = self.offered;
        self.offered = plus(self.offered, 1);
        let checked =
            record.check().and_then(|()| match record.keys.keys().all(|name| self.keyed.contains_key(name)) {
                true => Ok(()),
                false => {
                    Err(Error::Field { field: "keys".into(), what: "must be among the keys of the rollup".into() })
                }
            });
        if checked.is_err() {
            self.refused = plus(self.refused, 1);
            return checked;
        }
        let index = record.index.unwrap_or(running);
        let row = (hash(&index.to_le_bytes()), index);
        let mut reading = Reading { hits: Hits::of(record), person: None, row, weight: None };
        reading.person = record.person.as_ref().map(|person| hash(person.as_bytes()));
        if let (Some(weight), Some(rating)) = (record.weight, record.rating) {
            let place = rating_place(rating.scale, rating.value).and_then(|place| place.checked_sub(RATINGS));
            reading.weight = place.map(|place| (place as u8, libm::round(weight * WEIGHT_UNIT) as u64));
        }
        self.total.add(&reading);
        self.add_to_segments(record, &reading);
        if let Some(id) = &record.id {
            self.ids.add(hash(id.as_bytes()));
            self.with_id = plus(self.with_id, 1);
        }
        if record.answered == Some(false) {
            self.unanswered.insert((record.sent_ms.unwrap_or(i64::MAX), index));
            self.keep_oldest();
        }
        if let (Some(label), Some(score), Some(text)) = (record.sentiment, record.score, &record.text)
            && record.counts_for_sentiment()
        {
            let side = if label == SentimentLabel::Positive { &mut self.positive } else { &mut self.negative };
            side.offer(index, label, score, text);
        }
        Ok(())
    }

    fn add_to_segments(&mut self, record: &ScoreRecord, reading: &Reading) {
        let limit = self.limit;
        let [channel, source, language, topic, intent, question, brand] = &mut self.dimensions;
        channel.add(record.channel.unwrap_or_default().slug(), reading, None, limit);
        if let Some(name) = &record.source {
            source.add(name, reading, None, limit);
        }
        if let Some(tag) = record.language.as_deref().filter(|tag| !tag.is_empty()) {
            match primary_code(tag) {
                Some((code, len)) => {
                    language.add(std::str::from_utf8(&code[..len]).unwrap_or_default(), reading, None, limit);
                }
                None => language.other.add(reading),
            }
        }
        if let Some(label) = record.intent.filter(|_| record.counts_for_sentiment()) {
            intent.add(label.slug(), reading, None, limit);
        }
        if let Some(name) = &record.question {
            question.add(name, reading, None, limit);
        }
        for (at, about) in record.topics.iter().enumerate() {
            if !record.topics.iter().take(at).any(|before| before.label == about.label) {
                topic.add(&about.label, reading, about.sentiment, limit);
            }
        }
        for (at, name) in record.brands.iter().enumerate() {
            if !record.brands.iter().take(at).any(|before| before == name) {
                brand.add(name, reading, None, limit);
            }
        }
        for (name, key) in &record.keys {
            if let Some(segments) = self.keyed.get_mut(name) {
                segments.add(key, reading, None, limit);
            }
        }
        match record.sent_ms {
            None if self.dated.is_empty() => {}
            None => self.undated = plus(self.undated, 1),
            Some(ms) => {
                for (period, segments) in &mut self.dated {
                    segments.add(&period.key(ms), reading, None, limit);
                }
            }
        }
    }

    fn keep_oldest(&mut self) {
        while self.unanswered.len() > MAX_UNANSWERED {
            self.unanswered.pop_last();
        }
    }

    /// Adds everything another rollup holds. Cost: linear in its segments.
    pub fn merge(&mut self, other: &Rollup) {
        self.offered = plus(self.offered, other.offered);
        self.refused = plus(self.refused, other.refused);
        self.limit = self.limit.min(other.limit);
        self.total.merge(&other.total);
        self.ids.merge(&other.ids);
        self.with_id = plus(self.with_id, other.with_id);
        self.undated = plus(self.undated, other.undated);
        for (mine, theirs) in self.dimensions.iter_mut().zip(&other.dimensions) {
            mine.merge(theirs, self.limit);
        }
        for (name, theirs) in &other.keyed {
            self.keyed.entry(name.clone()).or_default().merge(theirs, self.limit);
        }
        for (period, theirs) in &other.dated {
            self.dated.entry(period.clone()).or_default().merge(theirs, self.limit);
        }
        self.keyed.values_mut().chain(self.dated.values_mut()).for_each(|mine| mine.cut(self.limit));
        self.unanswered.extend(&other.unanswered);
        self.keep_oldest();
        self.positive.merge(&other.positive);
        self.negative.merge(&other.negative);
    }

    /// The report of what was added so far. The rollup can go on after it.
    pub fn report(&self) -> Report {
        Report {
            engine: crate::VERSION,
            records: self.total.records(),
            texts: self.total.counts[TEXTS],
            sentiment: self.total.sentiment(),
            net_sentiment: figure::net_sentiment(&self.total.sentiment()),
            ratings: self.total.ratings(),
            channels: self.listed(Dimension::Channel),
            languages: self.listed(Dimension::Language),
            telling: TellingComments { positive: self.positive.comments(), negative: self.negative.comments() },
        }
    }

    /// The rollup as bytes, the same for equal rollups; [`Rollup::from_bytes`] reads them. The telling comments are
    /// in them; [`super::share`] leaves them out.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// Reads what [`Rollup::to_bytes`] wrote. Cost: linear.
    ///
    /// # Errors
    /// [`Error::Rollup`] with the byte where reading stopped, for bytes of another version, damaged ones, and any
    /// that no rollup could have written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Rollup> {
        bytes::read(bytes)
    }

    /// The segments of a dimension: a slug of [`Dimension`], `key:NAME`, or a unit and zone. None when it has none.
    pub(super) fn dimension(&self, name: &str) -> Option<&Segments> {
        self.all_dimensions().into_iter().find(|(other, _)| other == name).map(|(_, segments)| segments)
    }

    /// The rollup as JSON with a name for each count; [`Rollup::from_json`] reads it. About five times the bytes.
    pub fn to_json(&self) -> Value {
        json::write(self)
    }

    /// Reads what [`Rollup::to_json`] wrote.
    ///
    /// # Errors
    /// [`Error::Field`] naming a field that is missing or wrong, [`Error::Rollup`] for counts that no rollup could
    /// have, [`Error::Option`] for a zone that cannot be.
    pub fn from_json(value: &Value) -> Result<Rollup> {
        json::read(value)
    }

    /// Every dimension that has a segment, with its name.
    pub(super) fn all_dimensions(&self) -> Vec<(String, &Segments)> {
        let mut all = Vec::new();
        for (dimension, segments) in Dimension::ALL.into_iter().zip(&self.dimensions) {
            all.push((dimension.slug().to_owned(), segments));
        }
        for (name, segments) in &self.keyed {
            all.push((["key:", name].concat(), segments));
        }
        for (period, segments) in &self.dated {
            all.push((period.dimension(), segments));
        }
        all.retain(|(_, segments)| !segments.is_empty());
        all
    }

    /// The [`MAX_LANGUAGES`] largest by name, the rest in one, largest first.
    fn listed(&self, dimension: Dimension) -> Vec<Segment> {
        let segments = &self.dimensions[dimension as usize];
        let mut named: Vec<(&str, &Tally)> =
            segments.kept.values().map(|(name, tally)| (name.as_str(), tally)).collect();
        let largest_first =
            |a: &(&str, &Tally), b: &(&str, &Tally)| b.1.records().cmp(&a.1.records()).then_with(|| a.0.cmp(b.0));
        named.order_by(largest_first);
        let mut rest = segments.other.clone();
        for (_, tally) in named.iter().skip(MAX_LANGUAGES) {
            rest.merge(tally);
        }
        named.truncate(MAX_LANGUAGES);
        if rest.records() > 0 {
            // A dimension may have a segment named "other"; it is then listed apart only when something is summed.
            if let Some(at) = named.iter().position(|(name, _)| *name == OTHER) {
                rest.merge(named.remove(at).1);
            }
            named.push((OTHER, &rest));
            named.order_by(largest_first);
        }
        named.into_iter().map(|(name, tally)| tally.segment(name.to_owned())).collect()
    }
}

pub(super) fn is_key_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    (1..=40).contains(&name.len()) && name.bytes().all(letter)
}

/// The primary part of a BCP 47 tag in lower case, when it has two or three ASCII letters.
fn primary_code(language: &str) -> Option<([u8; 3], usize)> {
    let primary = language.split(['-', '_']).next()?.as_bytes();
    let mut code = [0; 3];
    if !(2..=3).contains(&primary.len()) || !primary.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    for (to, from) in code.iter_mut().zip(primary) {
        *to = from.to_ascii_lowercase();
    }
    Some((code, primary.len()))
}
