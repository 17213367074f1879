//! Reads conditions from the JSON of a policy.

use std::sync::LazyLock;

use crate::order::Sorted;

use super::condition::{Condition, Fact, NameField, NumberField};
use super::json::Json;
use super::labels::LabelField;
use super::phrases::PhraseBuilder;
use super::policy::{MAX_DEPTH, MAX_NAME_CHARS, MAX_PHRASE_CHARS};
use super::read::{self, At};
use crate::error::Result;

/// Every key a condition may have, in the order of the guide.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let labels = LabelField::ALL.map(LabelField::key);
    let facts = Fact::ALL.map(Fact::key);
    let names = NameField::ALL.map(NameField::key);
    let rest = ["scoreBelow", "scoreAbove", "number", "field", "has", "topics", "textContains", "all", "any", "not"];
    labels.into_iter().chain(facts).chain(names).chain(rest).collect()
});

impl Condition {
    /// Reads the condition at `at`; `depth` counts from 1 at `when`.
    pub fn read(json: &Json, at: &At, depth: usize, phrases: &mut PhraseBuilder) -> Result<Condition> {
        if depth > MAX_DEPTH {
            return Err(at.refuse(format!("conditions are nested deeper than {MAX_DEPTH}")));
        }
        let fields = read::object(json, at, &KEYS)?;
        let (key, value) = match fields {
            [(key, value)] => (key.as_str(), value),
            [] => return Err(at.refuse(format!("needs one key of {}", KEYS.join(", ")))),
            [_, (second, _), ..] => {
                return Err(at.key(second).refuse("a condition has exactly one key; join conditions with all or any"));
            }
        };
        let at = at.key(key);
        if let Some(field) = LabelField::ALL.into_iter().find(|field| field.key() == key) {
            return Ok(Condition::Labels(field, read_labels(value, &at, field)?));
        }
        if let Some(fact) = Fact::ALL.into_iter().find(|fact| fact.key() == key) {
            return Ok(Condition::Fact(fact, read::boolean(value, &at)?));
        }
        if let Some(field) = NameField::ALL.into_iter().find(|field| field.key() == key) {
            return Ok(Condition::Names(field, read_names(value, &at, field == NameField::Language)?));
        }
        Ok(match key {
            "scoreBelow" => Condition::Number(NumberField::Score, None, Some(read::number(value, &at, -1.0, 1.0)?)),
            "scoreAbove" => Condition::Number(NumberField::Score, Some(read::number(value, &at, -1.0, 1.0)?), None),
            "number" => read_number(value, &at)?,
            "field" => read_field(value, &at)?,
            "has" => Condition::Has(read_names(value, &at, false)?),
            "topics" => read_topics(value, &at)?,
            "textContains" => Condition::TextContains(read_phrases(value, &at, phrases)?),
            "all" => Condition::All(read_conditions(value, &at, depth, phrases)?),
            "any" => Condition::Any(read_conditions(value, &at, depth, phrases)?),
            // The keys were checked: this is `not`.
            _ => Condition::Not(Box::new(Condition::read(value, &at, depth + 1, phrases)?)),
        })
    }
}

fn read_conditions(json: &Json, at: &At, depth: usize, phrases: &mut PhraseBuilder) -> Result<Vec<Condition>> {
    let items = read::list(json, at)?;
    items.iter().enumerate().map(|(index, item)| Condition::read(item, &at.index(index), depth + 1, phrases)).collect()
}

/// The bits of a list of labels.
pub(super) fn read_labels(json: &Json, at: &At, field: LabelField) -> Result<u64> {
    let labels = field.labels();
    let mut set = 0;
    for (index, item) in read::list(json, at)?.iter().enumerate() {
        set |= 1 << read::one_of(item, &at.index(index), &labels)?;
    }
    Ok(set)
}

/// Names, sorted. Codes of languages are checked by their shape: which languages exist is a matter of the model.
fn read_names(json: &Json, at: &At, codes: bool) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for (index, item) in read::list(json, at)?.iter().enumerate() {
        let at = at.index(index);
        let name = read::text(item, &at, MAX_PHRASE_CHARS)?;
        if codes && !(matches!(name.len(), 2 | 3) && name.bytes().all(|b| b.is_ascii_lowercase())) {
            return Err(at.refuse(format!(
                "unknown label {}; allowed: codes of two or three lower-case letters (ISO 639), und",
                read::quote(name)
            )));
        }
        names.push(name.to_owned());
    }
    names.order();
    names.dedup();
    Ok(names)
}

/// `{field, above?, below?}` with at least one bound.
fn read_number(json: &Json, at: &At) -> Result<Condition> {
    let fields = read::object(json, at, &["field", "above", "below"])?;
    let slugs = NumberField::ALL.map(NumberField::slug);
    let place = read::one_of(read::required(fields, at, "field")?, &at.key("field"), &slugs)?;
    let field = NumberField::ALL.get(place).copied().unwrap_or(NumberField::Score);
    let bound = |key| read::optional(fields, key).map(|value| read::number(value, &at.key(key), -1e9, 1e9)).transpose();
    let (above, below) = (bound("above")?, bound("below")?);
    if above.is_none() && below.is_none() {
        return Err(at.refuse("needs above or below"));
    }
    Ok(Condition::Number(field, above, below))
}

/// `{name, is}`.
fn read_field(json: &Json, at: &At) -> Result<Condition> {
    let fields = read::object(json, at, &["name", "is"])?;
    let name = read::text(read::required(fields, at, "name")?, &at.key("name"), MAX_NAME_CHARS)?.to_owned();
    Ok(Condition::Field(name, read_names(read::required(fields, at, "is")?, &at.key("is"), false)?))
}

/// A list of ids, or `{of, sentiment}`.
fn read_topics(json: &Json, at: &At) -> Result<Condition> {
    if matches!(json, Json::List(_)) {
        return Ok(Condition::Topics(read_names(json, at, false)?, 0));
    }
    let fields = read::object(json, at, &["of", "sentiment"])?;
    let ids = read_names(read::required(fields, at, "of")?, &at.key("of"), false)?;
    let sentiment = read_labels(read::required(fields, at, "sentiment")?, &at.key("sentiment"), LabelField::Sentiment)?;
    Ok(Condition::Topics(ids, sentiment))
}

fn read_phrases(json: &Json, at: &At, phrases: &mut PhraseBuilder) -> Result<Vec<u32>> {
    let items = read::list(json, at)?;
    let mut numbers = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let at = at.index(index);
        let phrase = read::text(item, &at, MAX_PHRASE_CHARS)?;
        let number = phrases.add(phrase).ok_or_else(|| at.refuse("nothing is left of the phrase in normal form"))?;
        numbers.push(number);
    }
    numbers.order();
    numbers.dedup();
    Ok(numbers)
}
