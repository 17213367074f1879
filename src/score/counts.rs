//! What is counted of a record: one place a counter, the same in every segment.
//!
//! Whole numbers only, so that sums have no order. A record adds 1 to some counters, at most once to each, so no
//! counter of a segment is above its number of records.

use super::{MAX_COUNT, ScoreRecord};
use crate::analysis::{Act, Disposition, EffortLevel, Emotion, Intent};
use crate::message::Scale;

/// Records.
pub(super) const RECORDS: usize = 0;
/// Records with a meaningful text.
pub(super) const TEXTS: usize = 1;
/// Negative, neutral and positive texts.
pub(super) const SENTIMENT: usize = 2;
/// Negative, neutral and positive about the topic; only in segments by topic.
pub(super) const ABOUT: usize = SENTIMENT + 3;
/// For each scale, in the order of [`Scale::ALL`], how often each of 0..=10 was answered.
pub(super) const RATINGS: usize = ABOUT + 3;
/// Texts in which each emotion is sensed.
pub(super) const EMOTIONS: usize = RATINGS + 5 * VALUES;
/// Texts that tell of effort, by level.
pub(super) const EFFORT: usize = EMOTIONS + Emotion::ALL.len();
/// Texts by act.
pub(super) const ACTS: usize = EFFORT + EffortLevel::ALL.len();
/// Texts by contact reason.
pub(super) const INTENTS: usize = ACTS + Act::ALL.len();
/// Texts by disposition.
pub(super) const DISPOSITIONS: usize = INTENTS + Intent::ALL.len();
/// Texts whose acts are known.
pub(super) const WITH_ACTS: usize = DISPOSITIONS + Disposition::ALL.len();
/// Texts that ask for something: question, request or suggestion.
pub(super) const ASKING: usize = WITH_ACTS + 1;
/// Answered, and not answered, of those that call for an answer.
pub(super) const ANSWERED: usize = ASKING + 1;
pub(super) const UNANSWERED: usize = ANSWERED + 1;
/// Invitations to a survey, and those that were answered.
pub(super) const INVITED: usize = UNANSWERED + 1;
pub(super) const RESPONDED: usize = INVITED + 1;
/// Records that name who wrote.
pub(super) const NAMED: usize = RESPONDED + 1;
/// Texts that say the customer goes.
pub(super) const LEAVING: usize = NAMED + 1;
/// Records whose time names no zone.
pub(super) const ZONELESS: usize = LEAVING + 1;
/// Texts that recommend, and those that advise against it.
pub(super) const RECOMMENDING: usize = ZONELESS + 1;
pub(super) const WARNING: usize = RECOMMENDING + 1;
/// What is new stands behind what was: older bytes stay readable.
pub(super) const COUNTERS: usize = WARNING + 1;
/// Values of a scale: 0..=10.
pub(super) const VALUES: usize = 11;

/// The counters of one segment.
pub(super) type Counts = [u64; COUNTERS];

/// A sum that stops at [`MAX_COUNT`]; associative and commutative for counts up to it.
pub(super) fn plus(a: u64, b: u64) -> u64 {
    a.saturating_add(b).min(MAX_COUNT)
}

/// The place of an answer among the counters; none when it lies outside its scale.
pub(super) fn rating_place(scale: Scale, value: u8) -> Option<usize> {
    let (low, high) = scale.bounds();
    let row = Scale::ALL.into_iter().position(|other| other == scale)?;
    (low..=high).contains(&value).then(|| RATINGS + row * VALUES + usize::from(value))
}

/// True for the places of answers that no scale has.
pub(super) fn is_unused(place: usize) -> bool {
    let Some(cell) = place.checked_sub(RATINGS).filter(|cell| *cell < 5 * VALUES) else { return false };
    let Some(scale) = Scale::ALL.get(cell / VALUES) else { return true };
    rating_place(*scale, (cell % VALUES) as u8).is_none()
}

/// Most counters of one record: one of each kind, every emotion and every act.
const MAX_HITS: usize = 17 + Emotion::ALL.len() + Act::ALL.len();

/// The counters one record adds to.
pub(super) struct Hits {
    places: [u8; MAX_HITS],
    len: usize,
}

impl Hits {
    /// Reads a record that has passed [`ScoreRecord::check`].
    pub fn of(record: &ScoreRecord) -> Hits {
        let mut hits = Hits { places: [0; MAX_HITS], len: 0 };
        hits.read(record);
        hits
    }

    fn read(&mut self, record: &ScoreRecord) {
        self.add(RECORDS);
        if record.has_text() {
            self.add(TEXTS);
        }
        if record.counts_for_sentiment() {
            self.read_text(record);
        }
        if let Some(place) = record.rating.and_then(|rating| rating_place(rating.scale, rating.value)) {
            self.add(place);
        }
        match record.answered {
            Some(true) => self.add(ANSWERED),
            Some(false) => self.add(UNANSWERED),
            None => {}
        }
        if record.invited {
            self.add(INVITED);
            if record.rating.is_some() || record.has_text() {
                self.add(RESPONDED);
            }
        }
        if record.person.is_some() {
            self.add(NAMED);
        }
        if record.zoneless {
            self.add(ZONELESS);
        }
    }

    /// What the analysis says of a meaningful text.
    fn read_text(&mut self, record: &ScoreRecord) {
        let alone = [
            record.sentiment.map(|label| SENTIMENT + label as usize),
            record.effort.map(|level| EFFORT + level as usize),
            record.intent.map(|intent| INTENTS + intent as usize),
            record.disposition.map(|disposition| DISPOSITIONS + disposition as usize),
        ];
        alone.into_iter().flatten().for_each(|place| self.add(place));
        for emotion in &record.emotions {
            self.once(EMOTIONS + *emotion as usize);
        }
        if record.leaving {
            self.add(LEAVING);
        }
        if let Some(yes) = record.recommends {
            self.add(if yes { RECOMMENDING } else { WARNING });
        }
        if !record.acts.is_empty() {
            self.add(WITH_ACTS);
            record.acts.iter().for_each(|act| self.once(ACTS + *act as usize));
            if record.acts.iter().any(|act| matches!(act, Act::Question | Act::Request | Act::Suggestion)) {
                self.add(ASKING);
            }
        }
    }

    fn add(&mut self, place: usize) {
        if let Some(free) = self.places.get_mut(self.len) {
            *free = place as u8;
            self.len += 1;
        }
    }

    fn once(&mut self, place: usize) {
        if !self.places[..self.len].contains(&(place as u8)) {
            self.add(place);
        }
    }

    /// Adds the record to a segment.
    pub fn count(&self, counts: &mut Counts) {
        for place in &self.places[..self.len] {
            if let Some(count) = counts.get_mut(usize::from(*place)) {
                *count = plus(*count, 1);
            }
        }
    }
}
