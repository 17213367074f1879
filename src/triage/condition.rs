//! The conditions of rules: asked of every message. [`super::conditions`] reads them from JSON.

use crate::order::Sorted;
use std::cell::OnceCell;

use super::labels::LabelField;
use super::phrases::{PhraseSet, Place};
use super::policy::Thresholds;
use super::said;
use super::situation::Situation;
use crate::analysis::{Analysis, Intent, SentimentLabel};
use crate::message::{Channel, Message, RatingLevel};
use crate::text::{Calm, told_at, toneless};

/// A fact that holds or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Meaningful,
    Public,
    /// Something is wished for.
    Wish,
    /// Something was expected and not given.
    Expectation,
    /// A sign of leaving.
    Leaving,
    Vip,
    /// The team works now. Holds neither way when it is not known.
    Open,
}

impl Fact {
    pub const ALL: [Fact; 7] =
        [Fact::Meaningful, Fact::Public, Fact::Wish, Fact::Expectation, Fact::Leaving, Fact::Vip, Fact::Open];

    pub fn key(self) -> &'static str {
        match self {
            Fact::Meaningful => "meaningful",
            Fact::Public => "public",
            Fact::Wish => "wish",
            Fact::Expectation => "expectation",
            Fact::Leaving => "leaving",
            Fact::Vip => "vip",
            Fact::Open => "open",
        }
    }

    pub fn of(self, facts: &Facts) -> Option<bool> {
        let signals = &facts.analysis.signals;
        Some(match self {
            Fact::Meaningful => facts.analysis.meaningful,
            Fact::Public => is_public(facts.message.channel),
            Fact::Wish => !signals.wishes.is_empty(),
            Fact::Expectation => !signals.expectations.is_empty(),
            Fact::Leaving => signals.churn.present,
            Fact::Vip => facts.situation.customer.vip,
            Fact::Open => return facts.situation.open,
        })
    }
}

/// A fact that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberField {
    Score,
    IntentConfidence,
    MinutesLost,
    /// Characters of the text told calmly.
    Length,
    /// Words of the text beside mentions, laughter and interjections.
    Words,
    RatingValue,
    AgeMinutes,
    Contacts,
    BadExperiences,
    OpenCases,
    OpenQuestions,
}

impl NumberField {
    pub const ALL: [NumberField; 11] = [
        NumberField::Score,
        NumberField::IntentConfidence,
        NumberField::MinutesLost,
        NumberField::Length,
        NumberField::Words,
        NumberField::RatingValue,
        NumberField::AgeMinutes,
        NumberField::Contacts,
        NumberField::BadExperiences,
        NumberField::OpenCases,
        NumberField::OpenQuestions,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            NumberField::Score => "score",
            NumberField::IntentConfidence => "intentConfidence",
            NumberField::MinutesLost => "minutesLost",
            NumberField::Length => "length",
            NumberField::Words => "words",
            NumberField::RatingValue => "ratingValue",
            NumberField::AgeMinutes => "ageMinutes",
            NumberField::Contacts => "contacts",
            NumberField::BadExperiences => "badExperiences",
            NumberField::OpenCases => "openCases",
            NumberField::OpenQuestions => "openQuestions",
        }
    }

    /// As it stands in a reason.
    pub fn words(self) -> &'static str {
        match self {
            NumberField::Score => "sentiment score",
            NumberField::IntentConfidence => "confidence of the intent",
            NumberField::MinutesLost => "minutes lost",
            NumberField::Length => "length of the text",
            NumberField::Words => "number of words",
            NumberField::RatingValue => "rating",
            NumberField::AgeMinutes => "age in minutes",
            NumberField::Contacts => "number of earlier contacts",
            NumberField::BadExperiences => "number of bad experiences",
            NumberField::OpenCases => "number of open cases",
            NumberField::OpenQuestions => "number of open questions",
        }
    }

    pub fn of(self, facts: &Facts) -> Option<f64> {
        let customer = facts.situation.customer;
        Some(match self {
            NumberField::Score => facts.analysis.sentiment.score,
            NumberField::IntentConfidence => facts.analysis.intent.confidence,
            NumberField::MinutesLost => f64::from(facts.analysis.signals.time_lost?.minutes),
            // Loudness makes no text longer.
            NumberField::Length => facts.calm_text().chars().count() as f64,
            NumberField::Words => *facts.words.get_or_init(|| said::words(facts.calm_text())) as f64,
            NumberField::RatingValue => f64::from(facts.message.rating?.value),
            NumberField::AgeMinutes => f64::from(facts.situation.age_minutes(facts.message)?),
            NumberField::Contacts => f64::from(customer.contacts),
            NumberField::BadExperiences => f64::from(customer.bad_experiences),
            NumberField::OpenCases => f64::from(customer.open_cases),
            NumberField::OpenQuestions => f64::from(customer.open_questions),
        })
    }
}

/// A fact that is a name of the caller's own or of an open list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameField {
    Language,
    Source,
    Customer,
    Thread,
}

impl NameField {
    pub const ALL: [NameField; 4] = [NameField::Language, NameField::Source, NameField::Customer, NameField::Thread];

    pub fn key(self) -> &'static str {
        match self {
            NameField::Language => "language",
            NameField::Source => "source",
            NameField::Customer => "customer",
            NameField::Thread => "thread",
        }
    }

    pub fn of<'f>(self, facts: &Facts<'f>) -> Option<&'f str> {
        match self {
            NameField::Language => Some(&facts.analysis.language.code),
            NameField::Source => facts.message.source.as_deref(),
            NameField::Customer => facts.message.customer.as_deref(),
            NameField::Thread => facts.message.thread.as_deref(),
        }
    }
}

/// One condition. Lists hold when any of their members does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// A field has one of the labels; bits of [`LabelField::labels`].
    Labels(LabelField, u64),
    Fact(Fact, bool),
    /// Strictly above the first and strictly below the second; a number that is not known holds neither way.
    Number(NumberField, Option<f64>, Option<f64>),
    /// Sorted names.
    Names(NameField, Vec<String>),
    /// A further field of the message is one of these texts; sorted.
    Field(String, Vec<String>),
    /// The message brings all these fields.
    Has(Vec<String>),
    /// One of these topics, or a part of one, is spoken of, in one of these sentiments (bits; 0 is any).
    Topics(Vec<String>, u64),
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

pub(super) const RATING_LEVELS: [RatingLevel; 3] = [RatingLevel::Low, RatingLevel::Middle, RatingLevel::High];

/// The slug of a level, the same as its JSON.
pub(super) fn level_slug(level: RatingLevel) -> &'static str {
    match level {
        RatingLevel::Low => "low",
        RatingLevel::Middle => "middle",
        RatingLevel::High => "high",
    }
}

impl Condition {
    /// Whether it holds. `O(size of the condition)`; the first phrase asked for reads the text.
    pub fn holds(&self, facts: &Facts) -> bool {
        match self {
            Condition::Labels(field, wanted) => facts.labels(*field) & wanted != 0,
            Condition::Fact(fact, wanted) => fact.of(facts) == Some(*wanted),
            Condition::Number(field, above, below) => field.of(facts).is_some_and(|value| {
                above.is_none_or(|bound| value > bound) && below.is_none_or(|bound| value < bound)
            }),
            Condition::Names(field, names) => field.of(facts).is_some_and(|name| among(names, name)),
            Condition::Field(name, values) => facts.field(name).is_some_and(|value| among(values, &value)),
            Condition::Has(names) => names.iter().all(|name| facts.has(name)),
            Condition::Topics(ids, sentiments) => facts.topics(ids, *sentiments).next().is_some(),
            Condition::TextContains(phrases) => facts.places_of(phrases).next().is_some(),
            Condition::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Condition::Not(part) => !part.holds(facts),
        }
    }
}

fn among(sorted: &[String], name: &str) -> bool {
    sorted.binary_search_by(|one| one.as_str().cmp(name)).is_ok()
}

/// What conditions are asked of.
pub(super) struct Facts<'f> {
    pub message: &'f Message,
    pub analysis: &'f Analysis,
    pub situation: &'f Situation,
    thresholds: &'f Thresholds,
    phrases: &'f PhraseSet,
    places: OnceCell<Vec<Place>>,
    /// The text told calmly, where it is loud, and its words; read when first asked for: a policy asks several times.
    calm: OnceCell<Option<Calm>>,
    words: OnceCell<usize>,
    /// The labels of each field, read when first asked for.
    labels: [OnceCell<u64>; LabelField::ALL.len()],
}

impl<'f> Facts<'f> {
    pub fn new(
        message: &'f Message,
        analysis: &'f Analysis,
        situation: &'f Situation,
        thresholds: &'f Thresholds,
        phrases: &'f PhraseSet,
    ) -> Self {
        let labels = std::array::from_fn(|_| OnceCell::new());
        Facts {
            message,
            analysis,
            situation,
            thresholds,
            phrases,
            places: OnceCell::new(),
            calm: OnceCell::new(),
            words: OnceCell::new(),
            labels,
        }
    }

    fn calm(&self) -> Option<&Calm> {
        self.calm.get_or_init(|| toneless(&self.message.text)).as_ref()
    }

    /// The text told calmly.
    fn calm_text(&self) -> &str {
        self.calm().map_or(&self.message.text, |calm| &calm.text)
    }

    /// The labels that a field has.
    pub fn labels(&self, field: LabelField) -> u64 {
        match self.labels.get(field as usize) {
            Some(cell) => *cell.get_or_init(|| field.present(self)),
            None => field.present(self),
        }
    }

    /// The intent, or none where the policy does not trust one so unsure.
    pub fn intent(&self) -> Intent {
        let intent = &self.analysis.intent;
        let trusted = intent.confidence >= self.thresholds.suggest(intent.label);
        if trusted { intent.label } else { Intent::None }
    }

    /// The topics of these ids, and parts of them, in one of these sentiments.
    pub fn topics<'t>(
        &'t self,
        ids: &'t [String],
        sentiments: u64,
    ) -> impl Iterator<Item = &'t crate::analysis::TopicFound> {
        self.analysis.topics.iter().filter(move |topic| {
            let named = among(ids, &topic.label) || topic.parent.as_deref().is_some_and(|parent| among(ids, parent));
            let at = SentimentLabel::ALL.iter().position(|label| *label == topic.sentiment.label).unwrap_or_default();
            named && (sentiments == 0 || sentiments >> at & 1 == 1)
        })
    }

    /// A further field of the message, as text.
    pub fn field(&self, name: &str) -> Option<String> {
        match self.message.extra.get(name)? {
            serde_json::Value::String(text) => Some(text.clone()),
            value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => Some(value.to_string()),
            _ => None,
        }
    }

    /// Whether the message brings a field, or personal data of that type in its text.
    pub fn has(&self, name: &str) -> bool {
        let message = self.message;
        let author = message.author.as_ref();
        match name {
            "rating" => message.rating.is_some(),
            "customer" => message.customer.is_some(),
            "thread" => message.thread.is_some(),
            "source" => message.source.is_some(),
            "id" => message.id.is_some(),
            "sentAt" => message.sent_at.is_some(),
            "email" if author.is_some_and(|author| author.email.is_some()) => true,
            "phone" if author.is_some_and(|author| author.phone.is_some()) => true,
            "handle" if author.is_some_and(|author| author.handle.is_some()) => true,
            "name" if author.is_some_and(|author| author.name.is_some()) => true,
            other => {
                message.extra.get(other).is_some_and(|value| !value.is_null())
                    || self.analysis.pii.iter().any(|pii| pii.kind.slug() == other)
            }
        }
    }

    /// The places of these phrases (sorted numbers), in the order of the text.
    pub fn places_of(&self, phrases: &[u32]) -> impl Iterator<Item = &Place> {
        let places = self.places.get_or_init(|| {
            let mut places = self.phrases.find(&self.message.text);
            // A phrase is the same told loudly and with a swear word in it.
            if let Some(calm) = self.calm() {
                let back = |place: Place| Place { span: told_at(calm, &self.message.text, place.span), ..place };
                places.extend(self.phrases.find(&calm.text).into_iter().map(back));
                places.order_by_key(|place| (place.span, place.phrase));
                places.dedup_by_key(|place| (place.span, place.phrase));
            }
            places
        });
        places.iter().filter(move |place| phrases.binary_search(&place.phrase).is_ok())
    }
}
