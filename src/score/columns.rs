//! Records as columns of numbers, for hosts where a call for each record costs more than counting it.

use std::collections::BTreeMap;

use super::counts::plus;
use super::{MAX_COUNT, RecordTopic, Rollup, ScoreRecord};
use crate::analysis::{Act, Disposition, EffortLevel, Emotion, Intent, SentimentLabel};
use crate::error::{Error, Result};
use crate::message::{Channel, Rating, Scale};

/// Most records of one call.
pub const MAX_COLUMN_RECORDS: usize = 100_000;
/// Most refusals that are told apart.
const MAX_REFUSALS: usize = 100;
/// Columns that may be given beside `key:NAME`. What a column holds is said at [`RecordColumns::columns`].
const NAMES: &str = "index sentiment score language channel scale rating meaningful id source topicOffsets topic \
    topicSentiment intent emotions acts disposition effort leaving recommends question sentMs person answered invited weight";
const COLUMNS: usize = 26;

/// Many records, one number a record in each column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordColumns {
    /// Number of records: at most [`MAX_COLUMN_RECORDS`].
    pub length: usize,
    /// What columns of names count into.
    pub labels: Vec<String>,
    /// By name; a value that is no number (NaN), and a column that is not given, tell nothing.
    ///
    /// Names, in `labels`: `language`, `id`, `source`, `question`, `person`, `topic`, `key:NAME`. Places in the list `ALL` of
    /// its type: `sentiment`, `channel`, `scale`, `intent`, `disposition`, `effort`, `topicSentiment`. One bit for each
    /// label of `ALL`: `emotions`, `acts`. 0 or 1: `meaningful`, `leaving`, `recommends`, `answered`, `invited`. As in [`ScoreRecord`]:
    /// `index`, `score`, `rating`, `sentMs`, `weight`. Topics of record i are the places `topicOffsets[i]` to
    /// `topicOffsets[i + 1]` of `topic` and `topicSentiment`.
    pub columns: BTreeMap<String, Vec<f64>>,
}

/// A record that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Its place in the columns, from 0.
    pub row: usize,
    pub error: Error,
}

/// What became of the records of one call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Added {
    pub added: u64,
    pub refused: u64,
    /// The first 100 of those refused.
    pub refusals: Vec<Refusal>,
}

impl Rollup {
    /// Adds the records of columns: the same as [`Rollup::add`] for each of them. `O(records)`.
    ///
    /// # Errors
    /// [`Error::Field`] naming the column that is not known, too short, or counts past a list; nothing is then added.
    /// Records that [`Rollup::add`] refuses are told in the result and cost the others nothing.
    pub fn add_columns(&mut self, records: &RecordColumns) -> Result<Added> {
        let reader = Reader::new(records)?;
        let mut record = ScoreRecord::default();
        let mut done = Added::default();
        for row in 0..records.length {
            let added = match reader.read(row, &mut record) {
                Ok(()) => self.add(&record),
                Err(error) => {
                    self.offered = plus(self.offered, 1);
                    self.refused = plus(self.refused, 1);
                    Err(error)
                }
            };
            match added {
                Ok(()) => done.added += 1,
                Err(error) => {
                    done.refused += 1;
                    if done.refusals.len() < MAX_REFUSALS {
                        done.refusals.push(Refusal { row, error });
                    }
                }
            }
        }
        Ok(done)
    }
}

/// The columns, each found once.
struct Reader<'c> {
    labels: &'c [String],
    known: [&'c [f64]; COLUMNS],
    keys: Vec<(&'c str, &'c [f64])>,
}

fn refuse(field: &str, what: &str) -> Error {
    Error::Field { field: field.into(), what: what.into() }
}

impl<'c> Reader<'c> {
    fn new(records: &'c RecordColumns) -> Result<Reader<'c>> {
        let n = records.length;
        if n > MAX_COLUMN_RECORDS {
            return Err(refuse("length", "must be at most 100000"));
        }
        let mut reader = Reader { labels: &records.labels, known: [&[]; COLUMNS], keys: Vec::new() };
        for (name, column) in &records.columns {
            let at = NAMES.split(' ').position(|known| known == name);
            let topics = name.starts_with("topic");
            if !topics && column.len() < n || name == "topicOffsets" && column.len() <= n {
                return Err(refuse(name, "must have a value for each record"));
            }
            match (at, name.strip_prefix("key:")) {
                (Some(at), _) => reader.known[at] = column,
                (None, Some(key)) => reader.keys.push((key, column)),
                (None, None) => return Err(refuse("columns", "must have names that are known")),
            }
        }
        Ok(reader)
    }

    fn read(&self, row: usize, record: &mut ScoreRecord) -> Result<()> {
        let [
            index,
            sentiment,
            score,
            language,
            channel,
            scale,
            rating,
            meaningful,
            id,
            source,
            offsets,
            topic,
            about,
            intent,
            emotions,
            acts,
            disposition,
            effort,
            leaving,
            recommends,
            question,
            sent_ms,
            person,
            answered,
            invited,
            weight,
        ] = &self.known;
        record.index = whole(index, row, "index")?;
        record.sentiment = label(sentiment, row, &SentimentLabel::ALL, "sentiment")?;
        record.score = number(score, row);
        self.name(language, row, &mut record.language, "language")?;
        record.channel = label(channel, row, &Channel::ALL, "channel")?;
        record.rating = match (label(scale, row, &Scale::ALL, "scale")?, number(rating, row)) {
            (Some(scale), Some(value)) => {
                let whole = libm::trunc(value) == value && (0.0..=255.0).contains(&value);
                let value = if whole { value as u8 } else { u8::MAX };
                Some(Rating { scale, value })
            }
            (None, Some(_)) => return Err(refuse("scale", "is needed where there is a rating")),
            _ => None,
        };
        record.meaningful = flag(meaningful, row);
        self.name(id, row, &mut record.id, "id")?;
        self.name(source, row, &mut record.source, "source")?;
        self.name(question, row, &mut record.question, "question")?;
        self.name(person, row, &mut record.person, "person")?;
        record.intent = label(intent, row, &Intent::ALL, "intent")?;
        record.disposition = label(disposition, row, &Disposition::ALL, "disposition")?;
        record.effort = label(effort, row, EffortLevel::ALL, "effort")?;
        marks(emotions, row, &Emotion::ALL, &mut record.emotions);
        marks(acts, row, &Act::ALL, &mut record.acts);
        record.leaving = flag(leaving, row).unwrap_or_default();
        record.recommends = flag(recommends, row);
        record.sent_ms = number(sent_ms, row).map(|ms| ms as i64);
        record.answered = flag(answered, row);
        record.invited = flag(invited, row).unwrap_or_default();
        record.weight = number(weight, row);
        self.topics(offsets, topic, about, row, &mut record.topics)?;
        for (key, column) in &self.keys {
            match number(column, row) {
                None => _ = record.keys.remove(*key),
                Some(at) => {
                    let name = self.label(at, "keys")?;
                    match record.keys.get_mut(*key) {
                        Some(known) => replace(known, name),
                        None => _ = record.keys.insert((*key).to_owned(), name.to_owned()),
                    }
                }
            }
        }
        Ok(())
    }

    fn topics(
        &self,
        offsets: &[f64],
        topic: &[f64],
        about: &[f64],
        row: usize,
        to: &mut Vec<RecordTopic>,
    ) -> Result<()> {
        to.clear();
        let (Some(from), Some(end)) = (number(offsets, row), number(offsets, row + 1)) else { return Ok(()) };
        let range = from.max(0.0) as usize..(end.max(0.0) as usize).min(topic.len());
        for at in range {
            let Some(place) = number(topic, at) else { continue };
            let name = self.label(place, "topic")?.to_owned();
            to.push(RecordTopic { label: name, sentiment: label(about, at, &SentimentLabel::ALL, "topicSentiment")? });
        }
        Ok(())
    }

    /// Writes a name into a record, in the room that it has.
    fn name(&self, column: &[f64], row: usize, to: &mut Option<String>, field: &str) -> Result<()> {
        match (number(column, row), &mut *to) {
            (None, _) => *to = None,
            (Some(at), Some(known)) => replace(known, self.label(at, field)?),
            (Some(at), None) => *to = Some(self.label(at, field)?.to_owned()),
        }
        Ok(())
    }

    fn label(&self, at: f64, field: &str) -> Result<&'c str> {
        let place = if at >= 0.0 { at as usize } else { usize::MAX };
        self.labels.get(place).map(String::as_str).ok_or_else(|| refuse(field, "counts past the list of labels"))
    }
}

fn replace(known: &mut String, name: &str) {
    if known != name {
        known.clear();
        known.push_str(name);
    }
}

fn number(column: &[f64], row: usize) -> Option<f64> {
    column.get(row).copied().filter(|value| !value.is_nan())
}

fn flag(column: &[f64], row: usize) -> Option<bool> {
    number(column, row).map(|value| value != 0.0)
}

fn whole(column: &[f64], row: usize, field: &str) -> Result<Option<u64>> {
    let Some(value) = number(column, row) else { return Ok(None) };
    let fits = (0.0..=MAX_COUNT as f64).contains(&value) && libm::trunc(value) == value;
    if fits { Ok(Some(value as u64)) } else { Err(refuse(field, "must be a whole number from 0 to 2^53 - 1")) }
}

fn label<T: Copy>(column: &[f64], row: usize, all: &[T], field: &str) -> Result<Option<T>> {
    let Some(value) = number(column, row) else { return Ok(None) };
    let place = if value >= 0.0 { value as usize } else { usize::MAX };
    all.get(place).copied().map(Some).ok_or_else(|| refuse(field, "counts past the list of its labels"))
}

fn marks<T: Copy>(column: &[f64], row: usize, all: &[T], to: &mut Vec<T>) {
    to.clear();
    let bits = number(column, row).map_or(0, |value| value as u32);
    to.extend(all.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, label)| *label));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{Period, RollupOptions, Unit};

    fn options() -> RollupOptions {
        RollupOptions { keys: vec!["store".into()], periods: vec![Period::utc(Unit::Day)], ..RollupOptions::default() }
    }

    fn columns() -> RecordColumns {
        let nan = f64::NAN;
        let columns = [
            ("sentiment", vec![0.0, 2.0, 1.0]),
            ("score", vec![-0.75, 0.5, 0.0]),
            ("language", vec![0.0, 1.0, nan]),
            ("channel", vec![1.0, nan, 0.0]),
            ("scale", vec![0.0, nan, 4.0]),
            ("rating", vec![3.0, nan, 5.0]),
            ("topicOffsets", vec![0.0, 2.0, 2.0, 3.0]),
            ("topic", vec![2.0, 3.0, 2.0]),
            ("topicSentiment", vec![0.0, nan, 2.0]),
            ("emotions", vec![5.0, 0.0, nan]),
            ("acts", vec![2.0, 1.0, 0.0]),
            ("key:store", vec![4.0, nan, 4.0]),
            ("sentMs", vec![86_400_000.0, nan, 0.0]),
            ("person", vec![5.0, 5.0, nan]),
            ("answered", vec![0.0, 1.0, nan]),
            ("recommends", vec![0.0, 1.0, nan]),
            ("weight", vec![1.5, nan, nan]),
        ];
        let labels = ["en", "ko", "delivery", "price", "17", "p1"].map(str::to_owned).to_vec();
        RecordColumns { length: 3, labels, columns: columns.map(|(name, column)| (name.to_owned(), column)).into() }
    }

    #[test]
    fn columns_count_as_records_one_by_one() {
        let topic = |label: &str, sentiment| RecordTopic { label: label.into(), sentiment };
        let person = Some("p1".to_owned());
        let records = [
            ScoreRecord {
                sentiment: Some(SentimentLabel::Negative),
                score: Some(-0.75),
                language: Some("en".into()),
                channel: Some(Channel::Review),
                rating: Some(Rating { scale: Scale::Nps, value: 3 }),
                topics: vec![topic("delivery", Some(SentimentLabel::Negative)), topic("price", None)],
                emotions: vec![Emotion::ALL[0], Emotion::ALL[2]],
                acts: vec![Act::ALL[1]],
                keys: [("store".to_owned(), "17".to_owned())].into(),
                sent_ms: Some(86_400_000),
                person: person.clone(),
                answered: Some(false),
                recommends: Some(false),
                weight: Some(1.5),
                ..ScoreRecord::default()
            },
            ScoreRecord {
                sentiment: Some(SentimentLabel::Positive),
                score: Some(0.5),
                language: Some("ko".into()),
                acts: vec![Act::ALL[0]],
                person,
                answered: Some(true),
                recommends: Some(true),
                ..ScoreRecord::default()
            },
            ScoreRecord {
                sentiment: Some(SentimentLabel::Neutral),
                score: Some(0.0),
                channel: Some(Channel::Survey),
                rating: Some(Rating { scale: Scale::Stars5, value: 5 }),
                topics: vec![topic("delivery", Some(SentimentLabel::Positive))],
                keys: [("store".to_owned(), "17".to_owned())].into(),
                sent_ms: Some(0),
                ..ScoreRecord::default()
            },
        ];
        let mut one = Rollup::with_options(&options()).unwrap();
        records.iter().for_each(|record| one.add(record).unwrap());
        let mut other = Rollup::with_options(&options()).unwrap();
        let done = other.add_columns(&columns()).unwrap();
        assert_eq!((done.added, done.refused), (3, 0));
        assert_eq!(other.to_bytes(), one.to_bytes());
    }

    #[test]
    fn one_bad_record_costs_no_other() {
        for (name, at, value, field) in [
            ("rating", 0, 11.0, "rating.value"),
            ("rating", 0, 2.5, "rating.value"),
            ("rating", 1, 3.0, "scale"),
            ("language", 0, 99.0, "language"),
            ("language", 0, -1.0, "language"),
            ("intent", 2, 99.0, "intent"),
            ("score", 1, 2.0, "score"),
            ("index", 2, 0.5, "index"),
        ] {
            let mut records = columns();
            records.columns.entry(name.into()).or_insert_with(|| vec![f64::NAN; 3])[at] = value;
            let mut rollup = Rollup::with_options(&options()).unwrap();
            let done = rollup.add_columns(&records).unwrap();
            assert_eq!((done.added, done.refused), (2, 1), "{name}");
            assert_eq!(done.refusals[0].row, at, "{name}");
            assert!(matches!(&done.refusals[0].error, Error::Field { field: named, .. } if named == field), "{name}");
            assert_eq!(rollup.report().records, 2);
        }
    }

    #[test]
    fn columns_that_cannot_be_are_refused_whole() {
        for (name, column) in [
            ("sentiment", vec![0.0]),
            ("topicOffsets", vec![0.0; 3]),
            ("mood", vec![0.0; 3]),
            ("key:store", Vec::new()),
        ] {
            let mut records = columns();
            records.columns.insert(name.into(), column);
            let mut rollup = Rollup::with_options(&options()).unwrap();
            assert_eq!(rollup.add_columns(&records).unwrap_err().code(), "E_FIELD", "{name}");
            assert_eq!(rollup, Rollup::with_options(&options()).unwrap());
        }
    }
}
