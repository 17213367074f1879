//! Reads messages, records and options that come from outside as plain objects.
//!
//! Every refusal names the field and what it must be, and never repeats the value: a value in the
//! wrong place may be somebody's words.

mod fields;
mod lists;

pub(crate) use fields::{Fields, MAX_LIST, label, refused, short, told};

use serde_json::Value;

use crate::analysis::{Act, Disposition, EffortLevel, Emotion, Intent, SentimentLabel};
use crate::analyze::AnalyzeOptions;
use crate::error::{Error, Result};
use crate::learn::{NoneRule, TrainOptions};
use crate::limits::{check_text_limit, text_limit_must};
use crate::message::{Author, Channel, Message, Rating, Scale};
use crate::score::{RecordTopic, ScoreRecord};
use crate::signals::Brands;
use crate::themes::ThemeOptions;
use crate::time::{has_zone, sent_ms};

fn channel_names() -> String {
    format!("one of {}", Channel::ALL.map(Channel::slug).join(", "))
}

fn rating(fields: &mut Fields) -> Result<Option<Rating>> {
    let Some(mut inner) = fields.object("rating")? else { return Ok(None) };
    let scale: Scale = inner.need("scale", &format!("one of {}", Scale::ALL.map(Scale::slug).join(", ")))?;
    let (low, high) = scale.bounds();
    let must = format!("a whole number from {low} to {high} on the scale {}", scale.slug());
    let value: u8 = inner.need("value", &must)?;
    let outside = inner.refuse("value", &["must be ", &must].concat());
    inner.finish("scale, value")?;
    Rating::new(scale, value).map(Some).map_err(|_| outside)
}

impl Message {
    /// Reads a message. Unknown fields are kept in `extra` untouched.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field and what it must be.
    pub fn from_value(value: Value) -> Result<Message> {
        let mut fields = Fields::new(value, "message", false)?;
        let text = fields.text("text")?.ok_or_else(|| fields.refuse("text", "is required and must be a string"))?;
        let rating = rating(&mut fields)?;
        let sent_at: Option<Value> = fields.take("sentAt", "a string or a number")?;
        if sent_at.as_ref().is_some_and(|value| !value.is_string() && !value.is_number()) {
            return Err(fields.refuse("sentAt", "must be an ISO 8601 string or milliseconds since 1970"));
        }
        Ok(Message {
            text,
            id: fields.text("id")?,
            channel: fields.take("channel", &channel_names())?.unwrap_or_default(),
            source: fields.text("source")?,
            lang: fields.text("lang")?,
            author: fields.take::<Author>("author", "an object with the strings id, handle, email, phone, name")?,
            customer: fields.text("customer")?,
            thread: fields.text("thread")?,
            in_reply_to: fields.text("inReplyTo")?,
            sent_at,
            rating,
            question: fields.text("question")?,
            parent: fields.text("parent")?,
            extra: fields.rest(),
        })
    }
}

impl ScoreRecord {
    /// Reads a record; unknown fields are refused.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field and what it must be.
    pub fn from_value(value: Value) -> Result<ScoreRecord> {
        let mut fields = Fields::new(value, "record", false)?;
        let rating = rating(&mut fields)?;
        let topics =
            match fields.take::<Vec<(String, Option<String>)>>("topics", "a list of pairs of label and sentiment")? {
                None => Vec::new(),
                Some(pairs) => {
                    let topic = |(label, slug): (String, Option<String>)| {
                        let sentiment =
                            slug.map(|slug| one(&fields, "topics", &slug, SentimentLabel::from_slug)).transpose()?;
                        Ok(RecordTopic { label, sentiment })
                    };
                    pairs.into_iter().map(topic).collect::<Result<_>>()?
                }
            };
        let (sent_ms, zoneless) = match fields.take::<Value>("sentAt", "a time")? {
            None => (None, false),
            Some(time) => {
                let ms =
                    sent_ms(&time).ok_or_else(|| fields.refuse("sentAt", "must be ISO 8601 text or milliseconds"))?;
                (Some(ms), !has_zone(&time))
            }
        };
        let record = ScoreRecord {
            index: fields.take("index", "a whole number from 0")?,
            sentiment: slug(&mut fields, "sentiment", SentimentLabel::from_slug)?,
            score: fields.take("score", "a number from -1 to 1")?,
            language: fields.text("language")?,
            channel: fields.take("channel", &channel_names())?,
            rating,
            text: fields.text("text")?,
            meaningful: fields.take("meaningful", "true or false")?,
            id: fields.text("id")?,
            source: fields.text("source")?,
            topics,
            intent: slug(&mut fields, "intent", Intent::from_slug)?,
            emotions: slugs(&mut fields, "emotions", Emotion::from_slug)?,
            acts: slugs(&mut fields, "acts", Act::from_slug)?,
            disposition: slug(&mut fields, "disposition", Disposition::from_slug)?,
            effort: slug(&mut fields, "effort", |slug| {
                EffortLevel::ALL.iter().copied().find(|level| level.slug() == slug)
            })?,
            leaving: fields.take("leaving", "true or false")?.unwrap_or_default(),
            recommends: fields.take("recommends", "true or false")?,
            question: fields.text("question")?,
            brands: fields.take("brands", "a list of strings")?.unwrap_or_default(),
            keys: fields.take("keys", "an object of strings")?.unwrap_or_default(),
            sent_ms,
            zoneless,
            person: fields.text("person")?,
            answered: fields.take("answered", "true or false")?,
            invited: fields.take("invited", "true or false")?.unwrap_or_default(),
            weight: fields.take("weight", "a number from 0 to 1000")?,
        };
        fields.finish(
            "index, sentiment, score, language, channel, rating, text, meaningful, id, source, topics, intent, emotions, \
             acts, disposition, effort, leaving, recommends, question, brands, keys, sentAt, person, answered, invited, \
             weight",
        )?;
        Ok(record)
    }
}

/// A label by its slug, or a refusal that does not repeat it.
fn one<T>(fields: &Fields, name: &str, slug: &str, from: impl Fn(&str) -> Option<T>) -> Result<T> {
    from(slug).ok_or_else(|| fields.refuse(name, "is no label that is known"))
}

fn slug<T>(fields: &mut Fields, name: &str, from: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    fields.text(name)?.map(|slug| one(fields, name, &slug, from)).transpose()
}

fn slugs<T>(fields: &mut Fields, name: &str, from: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let slugs: Vec<String> = fields.take(name, "a list of strings")?.unwrap_or_default();
    slugs.iter().map(|slug| one(fields, name, slug, &from)).collect()
}

pub(crate) fn max_text_bytes(fields: &mut Fields, default: usize) -> Result<usize> {
    let bytes = fields.take("maxTextBytes", &text_limit_must())?.unwrap_or(default);
    check_text_limit(bytes).map(|()| bytes)
}

/// The caller's brands: an object with the lists `own` and `competitors`.
fn brands(fields: &mut Fields) -> Result<Brands> {
    let must = "an object with the lists of names own and competitors";
    let Some(value) = fields.take::<Value>("brands", must)? else { return Ok(Brands::default()) };
    let refuse = || Error::Option { name: "brands".into(), what: format!("must be {must}") };
    let mut inner = Fields::new(value, "brands", true).map_err(|_| refuse())?;
    let mut list =
        |name: &str| inner.take::<Vec<String>>(name, "").map_err(|_| refuse()).map(Option::unwrap_or_default);
    let (own, competitors) = (list("own")?, list("competitors")?);
    inner.finish("own, competitors").map_err(|_| refuse())?;
    Brands::new(&own, &competitors)
}

impl AnalyzeOptions {
    /// Reads options; null gives the defaults.
    ///
    /// # Errors
    /// [`Error::Option`] naming the option that is unknown or out of range.
    pub fn from_value(value: Value) -> Result<AnalyzeOptions> {
        let mut fields = Fields::new(value, "options", true)?;
        let default = AnalyzeOptions::default();
        let options = AnalyzeOptions {
            lang: fields.text("lang")?,
            question: fields.text("question")?,
            parent: fields.text("parent")?,
            sentences: fields.take("sentences", "true or false")?.unwrap_or(default.sentences),
            spans: fields.take("spans", "true or false")?.unwrap_or(default.spans),
            evidence: fields.take("evidence", "true or false")?.unwrap_or(default.evidence),
            topics: fields.take("topics", "true or false")?.unwrap_or(default.topics),
            taxonomy: None,
            keyphrases: fields.take("keyphrases", "true or false")?.unwrap_or(default.keyphrases),
            pii: fields.take("pii", "true or false")?.unwrap_or(default.pii),
            signals: fields.take("signals", "true or false")?.unwrap_or(default.signals),
            words: fields.take("words", "true or false")?.unwrap_or(default.words),
            corrections: None,
            brands: brands(&mut fields)?,
            channel: fields.take("channel", &channel_names())?.unwrap_or_default(),
            max_text_bytes: max_text_bytes(&mut fields, default.max_text_bytes)?,
        };
        fields.finish(
            "lang, question, parent, sentences, spans, evidence, topics, keyphrases, pii, signals, words, brands, channel, maxTextBytes",
        )?;
        Ok(options)
    }
}

impl TrainOptions {
    /// Reads options; null gives the defaults.
    ///
    /// # Errors
    /// [`Error::Option`] naming the option that is unknown or of the wrong type.
    pub fn from_value(value: Value) -> Result<TrainOptions> {
        let mut fields = Fields::new(value, "options", true)?;
        let none = match fields.value("none") {
            None | Some(Value::Bool(false)) => NoneRule::Never,
            Some(Value::Bool(true)) => NoneRule::Threshold,
            Some(Value::String(label)) => NoneRule::Label(label),
            Some(_) => return Err(fields.refuse("none", "must be true, false or a label")),
        };
        fields.finish("none")?;
        Ok(TrainOptions { none })
    }
}

impl ThemeOptions {
    /// Reads options; null gives the defaults.
    ///
    /// # Errors
    /// [`Error::Option`] naming the option that is unknown or of the wrong type.
    pub fn from_value(value: Value) -> Result<ThemeOptions> {
        let mut fields = Fields::new(value, "options", true)?;
        let default = ThemeOptions::default();
        let options = ThemeOptions {
            max_themes: fields.take("maxThemes", "a whole number from 1 to 500")?.unwrap_or(default.max_themes),
            min_rows: fields.take("minRows", "a whole number from 2")?.unwrap_or(default.min_rows),
            explained: fields.take("explained", "true or false")?.unwrap_or(default.explained),
            topics: fields.take("topics", "true or false")?.unwrap_or(default.topics),
        };
        fields.finish("maxThemes, minRows, explained, topics")?;
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::{Change, Correction};
    use crate::privacy::RedactOptions;
    use crate::query::Row;
    use serde_json::json;

    fn refused(error: Error) -> (&'static str, String) {
        let name = match &error {
            Error::Field { field, .. } => field.clone(),
            Error::Option { name, .. } => name.clone(),
            _ => String::new(),
        };
        assert!(!error.to_string().contains("secret"), "{error}");
        (error.code(), name)
    }

    #[test]
    fn messages_name_the_field_that_is_wrong() {
        for (value, field) in [
            (json!("secret"), "message"),
            (json!({}), "text"),
            (json!({"text": 5}), "text"),
            (json!({"text": "", "channel": "secret"}), "channel"),
            (json!({"text": "", "rating": "secret"}), "rating"),
            (json!({"text": "", "rating": {"value": 3}}), "rating.scale"),
            (json!({"text": "", "rating": {"scale": "secret", "value": 3}}), "rating.scale"),
            (json!({"text": "", "rating": {"scale": "nps"}}), "rating.value"),
            (json!({"text": "", "rating": {"scale": "nps", "value": 11}}), "rating.value"),
            (json!({"text": "", "rating": {"scale": "nps", "value": 2.5}}), "rating.value"),
            (json!({"text": "", "author": "secret"}), "author"),
            (json!({"text": "", "sentAt": ["secret"]}), "sentAt"),
        ] {
            assert_eq!(refused(Message::from_value(value).unwrap_err()), ("E_FIELD", field.to_string()));
        }
        let message = Message::from_value(json!({"text": "hi", "lang": null, "store": 4})).unwrap();
        assert_eq!(message.extra["store"], 4);
    }

    #[test]
    fn options_name_what_is_unknown_or_out_of_range() {
        for (value, name) in [
            (json!({"colour": "secret"}), "colour"),
            (json!({"maxTextBytes": 0}), "maxTextBytes"),
            (json!({"maxTextBytes": 9_000_000}), "maxTextBytes"),
            (json!({"pii": "secret"}), "pii"),
            (json!([]), "options"),
        ] {
            let refused = refused(AnalyzeOptions::from_value(value).unwrap_err());
            assert_eq!(refused, ("E_OPTION", name.to_string()));
        }
        let wrong_type = RedactOptions::from_value(json!({"types": ["email", "canary"]})).unwrap_err();
        assert!(
            wrong_type.to_string().starts_with("option types[1]: is unknown")
                && !wrong_type.to_string().contains("canary")
        );
        assert_eq!(refused(RedactOptions::from_value(json!({"mode": "secret"})).unwrap_err()).1, "mode");
        assert_eq!(AnalyzeOptions::from_value(Value::Null).unwrap(), AnalyzeOptions::default());
    }

    #[test]
    fn training_options_and_corrections_name_what_is_wrong() {
        assert_eq!(refused(TrainOptions::from_value(json!({"none": 3})).unwrap_err()).1, "none");
        assert_eq!(refused(TrainOptions::from_value(json!({"some": 3})).unwrap_err()).1, "some");
        let label = TrainOptions::from_value(json!({"none": "other"})).unwrap();
        assert_eq!(label.none, NoneRule::Label("other".into()));
        for (value, field) in [
            (json!("secret"), "corrections"),
            (json!([{"text": 5}]), "corrections[0].text"),
            (json!([{"text": "secret", "head": "secret", "to": "x"}]), "corrections[0].head"),
            (json!([{"text": "secret", "head": "intent", "to": "secret"}]), "corrections[0].to"),
            (json!([{"text": "secret", "head": "acts", "to": "question"}]), "corrections[0].to"),
            (json!([{"text": "secret", "head": "acts", "to": [], "why": 1}]), "corrections[0].why"),
        ] {
            assert_eq!(refused(Correction::list_from_value(value).unwrap_err()), ("E_FIELD", field.to_string()));
        }
        let log = json!([{"text": "a", "head": "acts", "from": ["praise"], "to": ["question", "thanks"]}]);
        let read = Correction::list_from_value(log).unwrap();
        assert_eq!(read[0].change, Change::Acts(vec![Act::Question, Act::Thanks]));
    }

    #[test]
    fn rows_of_queries_name_the_field_that_is_wrong() {
        for (value, field) in [
            (json!("secret"), "rows"),
            (json!([{"text": "x"}, {"text": 4}]), "rows[1].text"),
            (json!([{}]), "rows[0].text"),
            (json!([{"text": "x", "labels": ["secret"]}]), "rows[0].labels"),
            (json!([{"text": "x", "rating": {"scale": "nps", "value": 30}}]), "rows[0].rating.value"),
        ] {
            assert_eq!(refused(Row::list_from_value(value).unwrap_err()), ("E_FIELD", field.to_string()));
        }
        let rows = json!([{"text": "x", "labels": [["act", "question"], ["new", "y"]], "topics": [["a", null, "negative"]], "sentAt": 5}]);
        let rows = Row::list_from_value(rows).unwrap();
        assert_eq!((rows[0].labels.len(), rows[0].topics.len(), rows[0].time_ms), (1, 1, Some(5)));
        assert_eq!(refused(ThemeOptions::from_value(json!({"maxThemes": -1})).unwrap_err()).1, "maxThemes");
    }

    #[test]
    fn records_name_the_field_that_is_wrong() {
        for (value, field) in [
            (json!({"sentiment": "secret"}), "sentiment"),
            (json!({"index": -1}), "index"),
            (json!({"extra": 1}), "extra"),
        ] {
            assert_eq!(refused(ScoreRecord::from_value(value).unwrap_err()), ("E_FIELD", field.to_string()));
        }
    }
}
