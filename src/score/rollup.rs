//! Collects records and merges with other collections in any order.

use crate::order::Sorted;
use std::collections::BTreeMap;

use super::tally::{Tally, plus};
use super::telling::Top;
use super::{MAX_LANGUAGES, Report, ScoreRecord, Segment, TellingComments, figure};
use crate::analysis::SentimentLabel;
use crate::error::Result;
use crate::message::Channel;

/// Key of what is not listed by name.
const OTHER: &str = "other";

/// A language code of two or three letters; the third byte is 0 for two.
type Code = [u8; 3];

/// Counts over many records, from which a [`Report`] is made.
///
/// `merge` is associative and commutative and an empty rollup changes nothing, so records that
/// carry their `index` may be split over any number of rollups and merged in any order: the
/// rollup is the same, and so is every bit of its report. Without an `index` the same holds for
/// all figures, and the telling comments carry the running number of the part they were added to.
///
/// Memory: about 500 bytes per channel and language that occurs. A language takes room only
/// under a code of two or three letters (26^2 + 26^3 at the very most); at most ten comments of
/// at most 280 characters are kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rollup {
    /// Records offered, refused ones included: the running number.
    offered: u64,
    texts: u64,
    total: Tally,
    channels: BTreeMap<Channel, Tally>,
    languages: BTreeMap<Code, Tally>,
    /// Records with a language that is no code of two or three letters.
    other_languages: Tally,
    positive: Top,
    negative: Top,
}

impl Rollup {
    /// A rollup without records; merging it changes nothing.
    pub fn new() -> Self {
        Rollup::default()
    }

    /// Counts one record. Cost: constant, apart from reading the text up to 280 characters.
    ///
    /// # Errors
    /// [`crate::Error::Field`] when [`ScoreRecord::check`] refuses the record. Nothing of it is
    /// then counted; only the running number moves on, so that it stays the position in the
    /// source.
    pub fn add(&mut self, record: &ScoreRecord) -> Result<()> {
        let running = self.offered;
        self.offered = plus(self.offered, 1);
        record.check()?;
        self.texts = plus(self.texts, u64::from(record.has_text()));
        self.total.add(record);
        self.channels.entry(record.channel.unwrap_or_default()).or_default().add(record);
        if let Some(language) = record.language.as_deref().filter(|language| !language.is_empty()) {
            match primary_code(language) {
                Some(code) => self.languages.entry(code).or_default().add(record),
                None => self.other_languages.add(record),
            }
        }
        if let (Some(label), Some(score), Some(text)) = (record.sentiment, record.score, &record.text)
            && record.counts_for_sentiment()
        {
            let side = if label == SentimentLabel::Positive { &mut self.positive } else { &mut self.negative };
            side.offer(record.index.unwrap_or(running), label, score, text);
        }
        Ok(())
    }

    /// Adds everything another rollup holds. Cost: linear in its segments.
    pub fn merge(&mut self, other: &Rollup) {
        self.offered = plus(self.offered, other.offered);
        self.texts = plus(self.texts, other.texts);
        self.total.merge(&other.total);
        for (channel, tally) in &other.channels {
            self.channels.entry(*channel).or_default().merge(tally);
        }
        for (code, tally) in &other.languages {
            self.languages.entry(*code).or_default().merge(tally);
        }
        self.other_languages.merge(&other.other_languages);
        self.positive.merge(&other.positive);
        self.negative.merge(&other.negative);
    }

    /// The report of what was added so far. The rollup can go on after it.
    pub fn report(&self) -> Report {
        Report {
            engine: crate::VERSION,
            records: self.total.records,
            texts: self.texts,
            sentiment: self.total.sentiment,
            net_sentiment: figure::net_sentiment(&self.total.sentiment),
            ratings: self.total.ratings(),
            channels: segments(self.channels.iter().map(|(channel, tally)| (channel.slug().to_owned(), tally))),
            languages: self.language_segments(),
            telling: TellingComments { positive: self.positive.comments(), negative: self.negative.comments() },
        }
    }

    /// The [`MAX_LANGUAGES`] largest by name, the rest in one.
    fn language_segments(&self) -> Vec<Segment> {
        let mut named: Vec<(String, &Tally)> =
            self.languages.iter().map(|(code, tally)| (code_text(code), tally)).collect();
        named.order_by(|(key, tally), (other_key, other)| {
            other.records.cmp(&tally.records).then_with(|| key.cmp(other_key))
        });
        let mut rest = self.other_languages.clone();
        for (_, tally) in named.iter().skip(MAX_LANGUAGES) {
            rest.merge(tally);
        }
        named.truncate(MAX_LANGUAGES);
        if rest.records > 0 {
            named.push((OTHER.to_owned(), &rest));
        }
        segments(named.into_iter())
    }
}

/// Segments, the largest first, then by key.
fn segments<'a>(groups: impl Iterator<Item = (String, &'a Tally)>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = groups.map(|(key, tally)| tally.segment(key)).collect();
    segments.order_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
    segments
}

/// The primary part of a BCP 47 tag in lower case, when it has two or three ASCII letters.
fn primary_code(language: &str) -> Option<Code> {
    let primary = language.split(['-', '_']).next()?.as_bytes();
    let mut code = [0; 3];
    if !(2..=3).contains(&primary.len()) || !primary.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    for (to, from) in code.iter_mut().zip(primary) {
        *to = from.to_ascii_lowercase();
    }
    Some(code)
}

fn code_text(code: &Code) -> String {
    code.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect()
}
