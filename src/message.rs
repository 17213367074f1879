//! What comes in: one message or survey answer with what is known about it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Where a message was written. Unknown names are refused, `other` is for everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Survey,
    Review,
    Social,
    AdComment,
    Messaging,
    Chat,
    Email,
    Forum,
    Blog,
    News,
    Call,
    WebForm,
    #[default]
    Other,
}

impl Channel {
    pub const ALL: [Channel; 13] = [
        Channel::Survey,
        Channel::Review,
        Channel::Social,
        Channel::AdComment,
        Channel::Messaging,
        Channel::Chat,
        Channel::Email,
        Channel::Forum,
        Channel::Blog,
        Channel::News,
        Channel::Call,
        Channel::WebForm,
        Channel::Other,
    ];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Channel::Survey => "survey",
            Channel::Review => "review",
            Channel::Social => "social",
            Channel::AdComment => "ad_comment",
            Channel::Messaging => "messaging",
            Channel::Chat => "chat",
            Channel::Email => "email",
            Channel::Forum => "forum",
            Channel::Blog => "blog",
            Channel::News => "news",
            Channel::Call => "call",
            Channel::WebForm => "web_form",
            Channel::Other => "other",
        }
    }

    /// The channel with this slug.
    pub fn from_slug(slug: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.slug() == slug)
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    #[default]
    Customer,
    /// A person of the organisation.
    Agent,
    /// An automated reply: never a first response.
    Bot,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Customer, Role::Agent, Role::Bot];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Agent => "agent",
            Role::Bot => "bot",
        }
    }
}

/// The scale a rating was given on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// 0..=10, likelihood to recommend. 0 is an answer.
    Nps,
    /// 1..=5, satisfaction.
    Csat5,
    /// 1..=7, satisfaction.
    Csat7,
    /// 1..=7, agreement with "made it easy" (CES 2.0): 7 is the least effort.
    Ces7,
    /// 1..=5 stars.
    Stars5,
}

impl Scale {
    pub const ALL: [Scale; 5] = [Scale::Nps, Scale::Csat5, Scale::Csat7, Scale::Ces7, Scale::Stars5];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Scale::Nps => "nps",
            Scale::Csat5 => "csat5",
            Scale::Csat7 => "csat7",
            Scale::Ces7 => "ces7",
            Scale::Stars5 => "stars5",
        }
    }

    /// The scale with this slug.
    pub fn from_slug(slug: &str) -> Option<Scale> {
        Scale::ALL.into_iter().find(|scale| scale.slug() == slug)
    }

    /// Lowest and highest answer.
    pub fn bounds(self) -> (u8, u8) {
        match self {
            Scale::Nps => (0, 10),
            Scale::Csat5 | Scale::Stars5 => (1, 5),
            Scale::Csat7 | Scale::Ces7 => (1, 7),
        }
    }
}

/// A third of a scale, for rules: low is a detractor, high a promoter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RatingLevel {
    Low,
    Middle,
    High,
}

/// One answer on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    pub scale: Scale,
    pub value: u8,
}

impl Rating {
    /// Checks the value against the scale.
    ///
    /// # Errors
    /// [`Error::Field`] naming `rating.value` when it lies outside the scale.
    pub fn new(scale: Scale, value: u8) -> Result<Rating> {
        let rating = Rating { scale, value };
        rating.check()?;
        Ok(rating)
    }

    /// As [`Rating::new`], for a rating that was read from outside.
    pub fn check(&self) -> Result<()> {
        let (low, high) = self.scale.bounds();
        if (low..=high).contains(&self.value) {
            return Ok(());
        }
        Err(Error::Field {
            field: "rating.value".into(),
            what: format!("must be a whole number from {low} to {high} on the scale {}", self.scale.slug()),
        })
    }

    /// NPS: 0-6 low, 7-8 middle, 9-10 high. Five points: 1-2, 3, 4-5. Seven points: 1-3, 4-5, 6-7.
    pub fn level(&self) -> RatingLevel {
        let (middle, high) = match self.scale {
            Scale::Nps => (7, 9),
            Scale::Csat5 | Scale::Stars5 => (3, 4),
            Scale::Csat7 | Scale::Ces7 => (4, 6),
        };
        if self.value >= high {
            RatingLevel::High
        } else if self.value >= middle {
            RatingLevel::Middle
        } else {
            RatingLevel::Low
        }
    }
}

/// Who wrote. Every field is identity data: it never enters a result or a log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Author {
    pub id: Option<String>,
    pub handle: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub name: Option<String>,
}

/// One message. Only `text` is required; unknown fields are kept in `extra` untouched.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub text: String,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub channel: Channel,
    /// Platform slug, such as a shop or network name.
    #[serde(default)]
    pub source: Option<String>,
    /// BCP 47 hint; used when the text itself is too short to tell.
    #[serde(default)]
    pub lang: Option<String>,
    #[serde(default)]
    pub author: Option<Author>,
    /// The caller's own key of the customer.
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    pub thread: Option<String>,
    #[serde(default)]
    pub in_reply_to: Option<String>,
    /// ISO 8601 text or milliseconds since 1970; kept as given.
    #[serde(default)]
    pub sent_at: Option<Value>,
    #[serde(default)]
    pub rating: Option<Rating>,
    /// The survey question the text answers.
    #[serde(default)]
    pub question: Option<String>,
    /// The post the text replies to.
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Message {
    /// A message that is nothing but its text.
    pub fn new(text: impl Into<String>) -> Self {
        Message { text: text.into(), ..Message::default() }
    }

    /// Checks what the types alone cannot: the rating against its scale.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field.
    pub fn check(&self) -> Result<()> {
        self.rating.as_ref().map_or(Ok(()), Rating::check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_round_trip() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_slug(channel.slug()), Some(channel));
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.slug());
        }
        for scale in Scale::ALL {
            assert_eq!(Scale::from_slug(scale.slug()), Some(scale));
            assert_eq!(serde_json::to_value(scale).unwrap(), scale.slug());
        }
    }

    #[test]
    fn zero_is_an_nps_answer_and_no_star() {
        assert_eq!(Rating::new(Scale::Nps, 0).unwrap().level(), RatingLevel::Low);
        assert_eq!(Rating::new(Scale::Stars5, 0).unwrap_err().code(), "E_FIELD");
        assert_eq!(Rating::new(Scale::Nps, 11).unwrap_err().code(), "E_FIELD");
    }

    #[test]
    fn unknown_message_fields_are_kept() {
        let message: Message = serde_json::from_str(r#"{"text":"hi","store":"42","tags":[1]}"#).unwrap();
        assert_eq!(message.extra["store"], "42");
        assert_eq!(message.extra["tags"][0], 1);
    }
}
