//! What a check of a reply is given.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::limits::MAX_TEXT_BYTES;
use crate::read::{Fields, MAX_LIST};
use crate::span::Span;

/// Personal data in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboundPii {
    /// Slug of its type.
    pub kind: String,
    /// Bytes of the reply.
    pub span: Span,
}

/// What is about to go out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutboundReply {
    pub id: Option<String>,
    pub text: String,
    /// Its language, as an analysis found it; without one languages are not compared.
    pub language: Option<String>,
    /// All personal data in it: those of an analysis, or of [`super::personal_data`].
    pub pii: Vec<OutboundPii>,
    /// An advertisement or offer, whatever its words.
    pub promotional: bool,
}

/// A sensitive event: a death, an accident, an outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    /// Milliseconds since 1970; without it, or without `now`, the event lasts.
    pub until_ms: Option<i64>,
}

/// A pause that covers the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    pub id: String,
    /// As [`Event::until_ms`].
    pub until_ms: Option<i64>,
}

/// What a reply is checked against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutboundContext {
    /// The message it answers.
    pub message: Option<String>,
    /// Codes of languages the customer reads; none: any.
    pub languages: Vec<String>,
    /// Values that may be told: the customer's own and those of the company; `@example.com` stands for all its addresses.
    pub allowed: Vec<String>,
    pub events: Vec<Event>,
    pub pauses: Vec<Pause>,
    pub now_ms: Option<i64>,
}

fn text(fields: &mut Fields, name: &str) -> Result<Option<String>> {
    match fields.text(name)? {
        Some(text) if text.len() > MAX_TEXT_BYTES => {
            Err(Error::TextTooLarge { limit: MAX_TEXT_BYTES, actual: text.len() })
        }
        text => Ok(text),
    }
}

fn texts(fields: &mut Fields, name: &str) -> Result<Vec<String>> {
    let list = fields.list(name, MAX_LIST)?;
    let texts = list.into_iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<_>>();
    texts.ok_or_else(|| fields.refuse(name, "must be a list of texts"))
}

/// A list of `{id, until}`.
fn lasting(fields: &mut Fields, name: &str) -> Result<Vec<(String, Option<i64>)>> {
    let one = |mut one: Fields| {
        let id = one.text("id")?.ok_or_else(|| one.refuse("id", "is required"))?;
        let until = one.time("until")?;
        one.finish("id, until")?;
        Ok((id, until))
    };
    fields.objects(name, MAX_LIST)?.into_iter().map(one).collect()
}

impl OutboundReply {
    /// Reads `{id, text, language, pii: [{type, span}], promotional}`; `text` and `pii` are required, so that nobody
    /// forgets to look for personal data. Spans are bytes of the text; other fields of an entry of `pii` are those of an
    /// analysis and not read.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field, as in `pii[2].span`, which must lie in the text; [`Error::TextTooLarge`].
    pub fn from_value(value: Value) -> Result<OutboundReply> {
        let mut fields = Fields::new(value, "reply", false)?;
        let words = text(&mut fields, "text")?.ok_or_else(|| fields.refuse("text", "is required"))?;
        let given: Option<Vec<Value>> = fields.take("pii", "a list")?;
        let given = given.ok_or_else(|| fields.refuse("pii", "is required; an empty list says that there is none"))?;
        let mut pii = Vec::new();
        for (at, one) in given.into_iter().enumerate() {
            let span = one.get("span").and_then(Value::as_array).and_then(|ends| match ends.as_slice() {
                [start, end] => Some(Span::new(start.as_u64()? as usize, end.as_u64()? as usize)),
                _ => None,
            });
            let kind = one.get("type").and_then(Value::as_str);
            match span.filter(|span| span.slice(&words).is_some()).zip(kind) {
                Some((span, kind)) => pii.push(OutboundPii { kind: kind.to_owned(), span }),
                None => {
                    let place = ["pii[", &at.to_string(), "]"].concat();
                    return Err(fields.refuse(&place, "must have a type and a span in the text"));
                }
            }
        }
        let reply = OutboundReply {
            id: fields.text("id")?,
            language: fields.text("language")?,
            promotional: fields.take("promotional", "true or false")?.unwrap_or(false),
            text: words,
            pii,
        };
        fields.finish("id, text, language, pii, promotional")?;
        Ok(reply)
    }
}

impl OutboundContext {
    /// Reads `{message, languages, allowed, events: [{id, until}], pauses: [{id, until}], now}`; null is the default.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field, as in `events[0].until`; [`Error::TextTooLarge`].
    pub fn from_value(value: Value) -> Result<OutboundContext> {
        if value.is_null() {
            return Ok(OutboundContext::default());
        }
        let mut fields = Fields::new(value, "context", false)?;
        let events = lasting(&mut fields, "events")?;
        let pauses = lasting(&mut fields, "pauses")?;
        let context = OutboundContext {
            message: text(&mut fields, "message")?,
            languages: texts(&mut fields, "languages")?,
            allowed: texts(&mut fields, "allowed")?,
            events: events.into_iter().map(|(id, until_ms)| Event { id, until_ms }).collect(),
            pauses: pauses.into_iter().map(|(id, until_ms)| Pause { id, until_ms }).collect(),
            now_ms: fields.time("now")?,
        };
        fields.finish("message, languages, allowed, events, pauses, now")?;
        Ok(context)
    }
}
