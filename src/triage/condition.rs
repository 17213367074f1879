//! The conditions of rules: read once from JSON, then asked of every message.

use crate::order::Sorted;
use std::cell::OnceCell;

use super::json::Json;
use super::phrases::{PhraseBuilder, PhraseSet, Place};
use super::policy::{MAX_DEPTH, MAX_PHRASE_CHARS};
use super::read::{self, At};
use crate::analysis::{Act, Analysis, SentimentLabel};
use crate::error::Result;
use crate::message::{Channel, Message, RatingLevel};
use crate::privacy::PiiType;
use crate::text::without_swearing;

const KEYS: [&str; 14] = [
    "sentiment",
    "scoreBelow",
    "scoreAbove",
    "acts",
    "pii",
    "rating",
    "channel",
    "language",
    "meaningful",
    "public",
    "textContains",
    "all",
    "any",
    "not",
];

/// One condition. Lists hold when any of their members does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    Sentiment(Vec<SentimentLabel>),
    ScoreBelow(f64),
    ScoreAbove(f64),
    Acts(Vec<Act>),
    Pii(Vec<PiiType>),
    Rating(Vec<RatingLevel>),
    Channel(Vec<Channel>),
    Language(Vec<String>),
    Meaningful(bool),
    Public(bool),
    /// Numbers of phrases in the policy's set, sorted.
    TextContains(Vec<u32>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// Where a reply can be read by anyone: `social`, `ad_comment`, `review`, `forum`, `blog`, `news`.
/// The other channels, `other` among them, count as private: what is not known to be public is
/// never amplified.
pub fn is_public(channel: Channel) -> bool {
    match channel {
        Channel::Social | Channel::AdComment | Channel::Review | Channel::Forum | Channel::Blog | Channel::News => true,
        Channel::Survey
        | Channel::Messaging
        | Channel::Chat
        | Channel::Email
        | Channel::Call
        | Channel::WebForm
        | Channel::Other => false,
    }
}

const RATING_LEVELS: [RatingLevel; 3] = [RatingLevel::Low, RatingLevel::Middle, RatingLevel::High];

/// The slug of a level, the same as its JSON.
pub(super) fn level_slug(level: RatingLevel) -> &'static str {
    match level {
        RatingLevel::Low => "low",
        RatingLevel::Middle => "middle",
        RatingLevel::High => "high",
    }
}

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
        Ok(match key {
            "sentiment" => Condition::Sentiment(read::labels(value, &at, &SentimentLabel::ALL, SentimentLabel::slug)?),
            "scoreBelow" => Condition::ScoreBelow(read::number(value, &at, -1.0, 1.0)?),
            "scoreAbove" => Condition::ScoreAbove(read::number(value, &at, -1.0, 1.0)?),
            "acts" => Condition::Acts(read::labels(value, &at, &Act::ALL, Act::slug)?),
            "pii" => Condition::Pii(read::labels(value, &at, &PiiType::ALL, PiiType::slug)?),
            "rating" => Condition::Rating(read::labels(value, &at, &RATING_LEVELS, level_slug)?),
            "channel" => Condition::Channel(read::labels(value, &at, &Channel::ALL, Channel::slug)?),
            "language" => Condition::Language(read_languages(value, &at)?),
            "meaningful" => Condition::Meaningful(read::boolean(value, &at)?),
            "public" => Condition::Public(read::boolean(value, &at)?),
            "textContains" => Condition::TextContains(read_phrases(value, &at, phrases)?),
            "all" => Condition::All(read_conditions(value, &at, depth, phrases)?),
            "any" => Condition::Any(read_conditions(value, &at, depth, phrases)?),
            // The keys were checked: this is `not`.
            _ => Condition::Not(Box::new(Condition::read(value, &at, depth + 1, phrases)?)),
        })
    }

    /// Whether it holds. `O(size of the condition)`; the first phrase asked for reads the text.
    pub fn holds(&self, facts: &Facts) -> bool {
        let analysis = facts.analysis;
        match self {
            Condition::Sentiment(labels) => labels.contains(&analysis.sentiment.label),
            Condition::ScoreBelow(bound) => analysis.sentiment.score < *bound,
            Condition::ScoreAbove(bound) => analysis.sentiment.score > *bound,
            Condition::Acts(acts) => acts.iter().any(|act| analysis.acts.contains(act)),
            Condition::Pii(kinds) => analysis.pii.iter().any(|pii| kinds.contains(&pii.kind)),
            Condition::Rating(levels) => facts.message.rating.is_some_and(|rating| levels.contains(&rating.level())),
            Condition::Channel(channels) => channels.contains(&facts.message.channel),
            Condition::Language(codes) => codes.contains(&analysis.language.code),
            Condition::Meaningful(wanted) => analysis.meaningful == *wanted,
            Condition::Public(wanted) => is_public(facts.message.channel) == *wanted,
            Condition::TextContains(phrases) => facts.places_of(phrases).next().is_some(),
            Condition::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Condition::Not(part) => !part.holds(facts),
        }
    }
}

fn read_conditions(json: &Json, at: &At, depth: usize, phrases: &mut PhraseBuilder) -> Result<Vec<Condition>> {
    let items = read::list(json, at)?;
    items.iter().enumerate().map(|(index, item)| Condition::read(item, &at.index(index), depth + 1, phrases)).collect()
}

/// Codes by their shape: which languages exist is a matter of the model.
fn read_languages(json: &Json, at: &At) -> Result<Vec<String>> {
    let items = read::list(json, at)?;
    items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let at = at.index(index);
            let code = read::text(item, &at, MAX_PHRASE_CHARS)?;
            if matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase()) {
                return Ok(code.to_owned());
            }
            Err(at.refuse(format!(
                "unknown label {}; allowed: codes of two or three lower-case letters (ISO 639), und",
                read::quote(code)
            )))
        })
        .collect()
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

/// What conditions are asked of.
pub(super) struct Facts<'f> {
    pub message: &'f Message,
    pub analysis: &'f Analysis,
    phrases: &'f PhraseSet,
    places: OnceCell<Vec<Place>>,
}

impl<'f> Facts<'f> {
    pub fn new(message: &'f Message, analysis: &'f Analysis, phrases: &'f PhraseSet) -> Self {
        Facts { message, analysis, phrases, places: OnceCell::new() }
    }

    /// The places of these phrases (sorted numbers), in the order of the text.
    pub fn places_of(&self, phrases: &[u32]) -> impl Iterator<Item = &Place> {
        let places = self.places.get_or_init(|| {
            let mut places = self.phrases.find(&self.message.text);
            // A phrase is the same with a swear word in it.
            if let Some(calm) = without_swearing(&self.message.text) {
                let back = |place: Place| Place { span: calm.back(place.span), ..place };
                places.extend(self.phrases.find(&calm.text).into_iter().map(back));
                places.order_by_key(|place| (place.span, place.phrase));
                places.dedup_by_key(|place| (place.span, place.phrase));
            }
            places
        });
        places.iter().filter(move |place| phrases.binary_search(&place.phrase).is_ok())
    }
}
