//! Rollups as JSON with a name for each count, and back with every field checked.
//!
//! Numbers are those of [`super::bytes`]; hashes and registers are hexadecimal, sums of weights decimal strings. What is
//! read is written as bytes and read again, so that both forms are checked by one reader.

use serde_json::{Map, Value, json};

use super::counts::{
    ABOUT, ACTS, ANSWERED, ASKING, COUNTERS, DISPOSITIONS, EFFORT, EMOTIONS, INTENTS, INVITED, LEAVING, NAMED, RATINGS,
    RECOMMENDING, RECORDS, RESPONDED, SENTIMENT, TEXTS, UNANSWERED, VALUES, WARNING, WITH_ACTS, ZONELESS, is_unused,
};
use super::people::{Kept, People, from_hashes, from_registers};
use super::period::{Period, Unit};
use super::rollup::TOTAL_BITS;
use super::segments::Segments;
use super::tally::{SEGMENT_BITS, Tally, Weighted};
use super::telling::Top;
use super::{Dimension, Rollup, bytes};
use crate::analysis::{Act, Disposition, EffortLevel, Emotion, Intent, SentimentLabel};
use crate::bytes::hash;
use crate::error::{Error, Result};
use crate::message::Scale;

const FORMAT: &str = "hearken-rollup-1";

/// The name of each counter, by place; empty for places that are not used.
fn names() -> Vec<String> {
    let mut names = vec![String::new(); COUNTERS];
    for (place, name) in [
        (RECORDS, "records"),
        (TEXTS, "texts"),
        (WITH_ACTS, "with_acts"),
        (ASKING, "asking"),
        (ANSWERED, "answered"),
        (UNANSWERED, "unanswered"),
        (INVITED, "invited"),
        (RESPONDED, "responded"),
        (NAMED, "named"),
        (LEAVING, "leaving"),
        (ZONELESS, "zoneless"),
        (RECOMMENDING, "recommending"),
        (WARNING, "warning"),
    ] {
        names[place] = name.to_owned();
    }
    let labels = SentimentLabel::ALL.map(SentimentLabel::slug);
    let efforts: Vec<&str> = EffortLevel::ALL.iter().map(|level| level.slug()).collect();
    for (from, prefix, slugs) in [
        (SENTIMENT, "sentiment", &labels[..]),
        (ABOUT, "about", &labels),
        (EMOTIONS, "emotion", &Emotion::ALL.map(Emotion::slug)),
        (EFFORT, "effort", &efforts),
        (ACTS, "act", &Act::ALL.map(Act::slug)),
        (INTENTS, "intent", &Intent::ALL.map(Intent::slug)),
        (DISPOSITIONS, "disposition", &Disposition::ALL.map(Disposition::slug)),
    ] {
        for (at, slug) in slugs.iter().enumerate() {
            names[from + at] = [prefix, ".", slug].concat();
        }
    }
    for place in (RATINGS..RATINGS + 5 * VALUES).filter(|place| !is_unused(*place)) {
        let (row, value) = ((place - RATINGS) / VALUES, (place - RATINGS) % VALUES);
        names[place] = [Scale::ALL[row].slug(), ".", &value.to_string()].concat();
    }
    names
}

pub(super) fn write(rollup: &Rollup) -> Value {
    let names = names();
    let segments = |all: &Segments| segments(all, &names);
    let periods = rollup.dated.iter().map(|(period, all)| {
        let (zone, offsets) = period.zone();
        json!({ "unit": period.unit().slug(), "zone": zone, "offsets": offsets, "segments": segments(all) })
    });
    let dimensions =
        Dimension::ALL.into_iter().zip(&rollup.dimensions).map(|(one, all)| (one.slug().to_owned(), segments(all)));
    let comments =
        |side: &Top| side.comments().iter().map(|one| json!([one.index, one.score, one.text])).collect::<Value>();
    json!({
        "format": FORMAT,
        "offered": rollup.offered,
        "refused": rollup.refused,
        "limit": rollup.limit,
        "total": tally(&rollup.total, &names),
        "ids": people(&rollup.ids),
        "withId": rollup.with_id,
        "undated": rollup.undated,
        "dimensions": dimensions.collect::<Map<_, _>>(),
        "keys": rollup.keyed.iter().map(|(name, all)| (name.clone(), segments(all))).collect::<Map<_, _>>(),
        "periods": periods.collect::<Value>(),
        "unanswered": rollup.unanswered.iter().map(|(time, index)| json!([time.to_string(), index])).collect::<Value>(),
        "positive": comments(&rollup.positive),
        "negative": comments(&rollup.negative),
    })
}

fn people(people: &People) -> Value {
    match &people.kept {
        Kept::Hashes(hashes) => hashes.iter().map(|hash| Value::from(hex(&hash.to_be_bytes()))).collect(),
        Kept::Registers(registers) => hex(registers).into(),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from(b"0123456789abcdef"[usize::from(four & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

fn tally(tally: &Tally, names: &[String]) -> Value {
    let counts = names.iter().zip(&tally.counts).filter(|(_, count)| **count > 0);
    let rows: Value = tally.rows.kept().iter().map(|(_, index)| Value::from(*index)).collect();
    let weight = |(place, cell): (&u8, &Weighted)| {
        let name = names.get(RATINGS + usize::from(*place)).cloned().unwrap_or_default();
        (name, json!([cell.n, cell.sum.to_string(), cell.squares.to_string()]))
    };
    json!({
        "counts": counts.map(|(name, count)| (name.clone(), (*count).into())).collect::<Map<_, _>>(),
        "people": people(&tally.people),
        "rows": rows,
        "weights": tally.weighted.iter().map(weight).collect::<Map<_, _>>(),
    })
}

fn segments(all: &Segments, names: &[String]) -> Value {
    let kept = all.kept.values().map(|(key, one)| (key.clone(), tally(one, names)));
    json!({ "kept": kept.collect::<Map<_, _>>(), "other": tally(&all.other, names), "dropped": people(&all.dropped) })
}

/// A value with the name of the field it stands in, for errors.
#[derive(Clone, Copy)]
struct At<'v>(&'v Value, &'static str);

impl<'v> At<'v> {
    fn refuse(self, what: &str) -> Error {
        Error::Field { field: self.1.into(), what: what.into() }
    }

    fn get(self, name: &'static str) -> Result<At<'v>> {
        let value = self.0.get(name).ok_or_else(|| At(self.0, name).refuse("is required in a rollup"))?;
        Ok(At(value, name))
    }

    fn number(self) -> Result<u64> {
        self.0.as_u64().ok_or_else(|| self.refuse("must be a whole number"))
    }

    fn text(self) -> Result<&'v str> {
        self.0.as_str().ok_or_else(|| self.refuse("must be a string"))
    }

    fn parse<T: core::str::FromStr>(self) -> Result<T> {
        self.text()?.parse().map_err(|_| self.refuse("must be a whole number as a string"))
    }

    fn list(self) -> Result<Vec<At<'v>>> {
        let list = self.0.as_array().ok_or_else(|| self.refuse("must be a list"))?;
        Ok(list.iter().map(|value| At(value, self.1)).collect())
    }

    /// A list of so many.
    fn tuple<const N: usize>(self) -> Result<[At<'v>; N]> {
        self.list()?.try_into().map_err(|_| self.refuse("has a list of the wrong length"))
    }

    fn map(self) -> Result<Vec<(&'v String, At<'v>)>> {
        let map = self.0.as_object().ok_or_else(|| self.refuse("must be an object"))?;
        Ok(map.iter().map(|(name, value)| (name, At(value, self.1))).collect())
    }

    fn bytes(self) -> Result<Vec<u8>> {
        let text = self.text()?.as_bytes();
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let pairs: Option<Vec<u8>> =
            text.as_chunks::<2>().0.iter().map(|[high, low]| Some((digit(*high)? << 4 | digit(*low)?) as u8)).collect();
        pairs.filter(|_| text.len() % 2 == 0).ok_or_else(|| self.refuse("must be hexadecimal"))
    }

    fn people(self, bits: u8) -> Result<People> {
        let people = if self.0.is_string() {
            from_registers(bits, &self.bytes()?)
        } else {
            let word = |one: At| Ok(one.bytes()?.iter().fold(0u64, |word, byte| word << 8 | u64::from(*byte)));
            from_hashes(bits, self.list()?.into_iter().map(word).collect::<Result<_>>()?)
        };
        people.ok_or_else(|| self.refuse("has people out of order or range"))
    }

    fn tally(self, bits: u8, names: &[String]) -> Result<Tally> {
        let place = |name: &str, at: At| {
            let found = names.iter().position(|other| other == name && !name.is_empty());
            found.ok_or_else(|| at.refuse("has a name that is not known"))
        };
        let mut tally = Tally::new(bits);
        for (name, count) in self.get("counts")?.map()? {
            tally.counts[place(name, count)?] = count.number()?;
        }
        tally.people = self.get("people")?.people(bits)?;
        for index in self.get("rows")?.list()? {
            let index = index.number()?;
            tally.rows.add((hash(&index.to_le_bytes()), index));
        }
        for (name, cell) in self.get("weights")?.map()? {
            let at = place(name, cell)?.checked_sub(RATINGS).and_then(|at| u8::try_from(at).ok());
            let at = at.ok_or_else(|| cell.refuse("has a name that is not known"))?;
            let [n, sum, squares] = cell.tuple()?;
            tally.weighted.insert(at, Weighted { n: n.number()?, sum: sum.parse()?, squares: squares.parse()? });
        }
        Ok(tally)
    }

    fn segments(self, names: &[String]) -> Result<Segments> {
        let mut all = Segments::default();
        for (key, one) in self.get("kept")?.map()? {
            all.kept.insert(hash(key.as_bytes()), (key.clone(), one.tally(SEGMENT_BITS, names)?));
        }
        all.other = self.get("other")?.tally(SEGMENT_BITS, names)?;
        all.dropped = self.get("dropped")?.people(SEGMENT_BITS)?;
        Ok(all)
    }

    fn period(self) -> Result<Period> {
        let slug = self.get("unit")?.text()?;
        let unit = Unit::ALL.into_iter().find(|unit| unit.slug() == slug);
        let unit = unit.ok_or_else(|| At(self.0, "unit").refuse("must be hour, day, week or month"))?;
        let mut offsets = Vec::new();
        for pair in self.get("offsets")?.list()? {
            let [from, minutes] = pair.tuple()?;
            let number = |at: At| at.0.as_i64().ok_or_else(|| at.refuse("must be whole numbers"));
            let minutes =
                i16::try_from(number(minutes)?).map_err(|_| minutes.refuse("must be at most 1440 minutes"))?;
            offsets.push((number(from)?, minutes));
        }
        let zone = self.get("zone")?.text()?;
        if offsets.is_empty() && zone == "UTC" { Ok(Period::utc(unit)) } else { Period::new(unit, zone, &offsets) }
    }

    fn comments(self, side: SentimentLabel) -> Result<Top> {
        let mut top = Top::default();
        for comment in self.list()? {
            let [index, score, text] = comment.tuple()?;
            let number = score.0.as_f64().ok_or_else(|| score.refuse("must be a number"))?;
            top.offer(index.number()?, side, number, text.text()?);
        }
        Ok(top)
    }
}

/// A period as `{unit, zone, offsets}`.
pub(super) fn period(value: &Value) -> Result<Period> {
    At(value, "periods").period()
}

pub(super) fn read(value: &Value) -> Result<Rollup> {
    let names = names();
    let at = At(value, "rollup");
    if at.get("format")?.text()? != FORMAT {
        return Err(At(value, "format").refuse("must be hearken-rollup-1"));
    }
    let mut rollup = Rollup::new();
    rollup.offered = at.get("offered")?.number()?;
    rollup.refused = at.get("refused")?.number()?;
    rollup.limit = usize::try_from(at.get("limit")?.number()?).unwrap_or(usize::MAX);
    rollup.total = at.get("total")?.tally(TOTAL_BITS, &names)?;
    rollup.ids = at.get("ids")?.people(TOTAL_BITS)?;
    rollup.with_id = at.get("withId")?.number()?;
    rollup.undated = at.get("undated")?.number()?;
    let dimensions = at.get("dimensions")?;
    for (dimension, all) in Dimension::ALL.into_iter().zip(&mut rollup.dimensions) {
        *all = dimensions.get(dimension.slug())?.segments(&names)?;
    }
    for (name, all) in at.get("keys")?.map()? {
        rollup.keyed.insert(name.clone(), all.segments(&names)?);
    }
    for period in at.get("periods")?.list()? {
        rollup.dated.insert(period.period()?, period.get("segments")?.segments(&names)?);
    }
    for entry in at.get("unanswered")?.list()? {
        let [time, index] = entry.tuple()?;
        rollup.unanswered.insert((time.parse()?, index.number()?));
    }
    rollup.positive = at.get("positive")?.comments(SentimentLabel::Positive)?;
    rollup.negative = at.get("negative")?.comments(SentimentLabel::Negative)?;
    bytes::read(&bytes::write(&rollup))
}
