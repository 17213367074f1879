//! Lists of plain objects: turns of a conversation, corrections, rows of queries.

use serde_json::Value;

use super::{Fields, rating};
use crate::analysis::{Act, Intent, SentimentLabel};
use crate::analyze::Turn;
use crate::error::{Error, Result};
use crate::learn::{Change, Correction};
use crate::limits::MAX_TURNS;
use crate::query::{Field, Row, RowTopic};
use crate::time::sent_ms;

impl Turn {
    /// Reads a list of turns, at most [`MAX_TURNS`].
    ///
    /// # Errors
    /// [`Error::Field`] naming the turn and its field.
    pub fn list_from_value(value: Value) -> Result<Vec<Turn>> {
        let Value::Array(turns) = value else {
            return Err(Error::Field { field: "turns".into(), what: "must be a list of turns".into() });
        };
        if turns.len() > MAX_TURNS {
            return Err(Error::Field { field: "turns".into(), what: format!("must hold at most {MAX_TURNS} turns") });
        }
        let turn = |(at, value): (usize, Value)| {
            let name = format!("turns[{at}]");
            let mut fields = Fields::at(value, &name)?;
            let role = fields.need("role", "one of customer, agent, bot")?;
            let text = fields.text("text")?.ok_or_else(|| fields.refuse("text", "is required and must be a string"))?;
            fields.finish("role, text")?;
            Ok(Turn { role, text })
        };
        turns.into_iter().enumerate().map(turn).collect()
    }
}

impl Correction {
    /// Reads a log: a list of objects with `text`, `head` (sentiment, intent or acts), `to` (a label;
    /// for acts a list of them) and, not used, `from`.
    ///
    /// # Errors
    /// [`Error::Field`] naming the correction and its field.
    pub fn list_from_value(value: Value) -> Result<Vec<Correction>> {
        let Value::Array(log) = value else {
            return Err(Error::Field { field: "corrections".into(), what: "must be a list of corrections".into() });
        };
        let correction = |(at, value): (usize, Value)| {
            let name = format!("corrections[{at}]");
            let mut fields = Fields::at(value, &name)?;
            let text = fields.need("text", "a string")?;
            let head = fields.text("head").ok().flatten().unwrap_or_default();
            fields.value("from");
            let to = fields.value("to").unwrap_or_default();
            let (head_must, to_must) = ("must be one of sentiment, intent, acts", "is not a label of the head");
            let (no_head, unknown) = (fields.refuse("head", head_must), fields.refuse("to", to_must));
            fields.finish("text, head, from, to")?;
            let change = match head.as_str() {
                "sentiment" => to.as_str().and_then(SentimentLabel::from_slug).map(Change::Sentiment),
                "intent" => to.as_str().and_then(Intent::from_slug).map(Change::Intent),
                "acts" => to
                    .as_array()
                    .and_then(|acts| acts.iter().map(|act| act.as_str().and_then(Act::from_slug)).collect())
                    .map(Change::Acts),
                _ => return Err(no_head),
            };
            Ok(Correction { text, change: change.ok_or(unknown)? })
        };
        log.into_iter().enumerate().map(correction).collect()
    }
}

impl Row<'static> {
    /// Reads a list of rows: `text`, `labels` as pairs of field and label, `topics` as triples of label,
    /// parent and sentiment, `rating`, `sentAt`. Only `text` is required.
    ///
    /// # Errors
    /// [`Error::Field`] naming the row and its field.
    pub fn list_from_value(value: Value) -> Result<Vec<Row<'static>>> {
        let Value::Array(rows) = value else {
            return Err(Error::Field { field: "rows".into(), what: "must be a list of rows".into() });
        };
        rows.into_iter().enumerate().map(|(at, value)| Row::read(Fields::at(value, &format!("rows[{at}]"))?)).collect()
    }

    fn read(mut fields: Fields) -> Result<Row<'static>> {
        let pairs: Vec<(String, String)> = fields.take("labels", "a list of pairs of strings")?.unwrap_or_default();
        // A field that no query can test is of no use, and no error: rows may carry more.
        let labels = pairs.into_iter().filter_map(|(field, label)| Some((Field::from_name(&field)?, label.into())));
        let labels = labels.collect();
        type Topic = (String, Option<String>, Option<String>);
        let topics: Vec<Topic> = fields.take("topics", "a list of label, parent, sentiment")?.unwrap_or_default();
        let topic = |(label, parent, sentiment): Topic| RowTopic {
            label: label.into(),
            parent: parent.map(Into::into),
            sentiment: sentiment.map(Into::into),
        };
        let rating = rating(&mut fields)?;
        let sent_at: Option<Value> = fields.take("sentAt", "a string or a number")?;
        let text = fields.text("text")?.ok_or_else(|| fields.refuse("text", "is required and must be a string"))?;
        fields.finish("text, labels, topics, rating, sentAt")?;
        let topics = topics.into_iter().map(topic).collect();
        Ok(Row { text: text.into(), labels, topics, rating, time_ms: sent_at.as_ref().and_then(sent_ms) })
    }
}
