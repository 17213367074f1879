//! What a case needs to know of a message: keys, time and labels, no words.

use serde_json::Value;

use crate::analysis::Emotion;
use crate::error::Result;
use crate::message::Channel;
use crate::read::{Fields, MAX_LIST, label};
use crate::triage::Action;

/// Who wrote a message of a case.
pub use crate::message::Role as CaseRole;

/// One message, without its text. Ordered by time, then id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseMessage {
    pub sent_ms: i64,
    pub id: String,
    pub role: CaseRole,
    pub channel: Channel,
    pub thread: Option<String>,
    /// Id of the message it replies to.
    pub in_reply_to: Option<String>,
    /// The caller's key of the customer; for a reply of an agent the customer it goes to.
    pub customer: Option<String>,
    /// Contact reason; the engine's or the caller's own.
    pub intent: Option<String>,
    /// What the policy decided. `amplify`, `thank`, `ignore` and `block` open no case; nothing decided opens one.
    pub action: Option<Action>,
    pub emotions: Vec<Emotion>,
    /// This message settles the matter.
    pub resolves: bool,
}

impl CaseMessage {
    /// A customer's message with nothing but its id and time.
    pub fn new(id: impl Into<String>, sent_ms: i64) -> CaseMessage {
        CaseMessage {
            sent_ms,
            id: id.into(),
            role: CaseRole::Customer,
            channel: Channel::Other,
            thread: None,
            in_reply_to: None,
            customer: None,
            intent: None,
            action: None,
            emotions: Vec::new(),
            resolves: false,
        }
    }

    /// Whether something must be done about it.
    pub fn opens(&self) -> bool {
        let nothing = [Action::Amplify, Action::Thank, Action::Ignore, Action::Block];
        self.role == CaseRole::Customer
            && !self.resolves
            && !self.action.is_some_and(|action| nothing.contains(&action))
    }

    /// Reads `{id, sentAt, role?, channel?, thread?, inReplyTo?, customer?, intent?, action?, emotions?, resolves?}`.
    ///
    /// # Errors
    /// [`crate::Error::Field`] naming the field under `path`.
    pub fn from_value(value: Value, path: &str) -> Result<CaseMessage> {
        CaseMessage::read(Fields::at(value, path)?)
    }

    pub(super) fn read(mut input: Fields) -> Result<CaseMessage> {
        let names = input.list("emotions", MAX_LIST)?;
        let emotion = |name: &Value| Emotion::from_slug(name.as_str()?);
        let emotions: Option<Vec<Emotion>> = names.iter().map(emotion).collect();
        let mut emotions =
            emotions.ok_or_else(|| input.refuse("emotions", "must be a list of labels that are known"))?;
        emotions.dedup();
        let message = CaseMessage {
            sent_ms: input.need_time("sentAt")?,
            id: input.need_key("id")?,
            role: label(&mut input, "role", &CaseRole::ALL, CaseRole::slug)?.unwrap_or_default(),
            channel: label(&mut input, "channel", &Channel::ALL, Channel::slug)?.unwrap_or_default(),
            thread: input.key("thread")?,
            in_reply_to: input.key("inReplyTo")?,
            customer: input.key("customer")?,
            intent: input.key("intent")?,
            action: label(&mut input, "action", &Action::ALL, Action::slug)?,
            emotions,
            resolves: input.flag("resolves")?,
        };
        input.finish("id, sentAt, role, channel, thread, inReplyTo, customer, intent, action, emotions, resolves")?;
        Ok(message)
    }
}
