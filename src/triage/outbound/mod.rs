//! Looks at a reply before it goes out: blanks left, the wrong language, another person's data, a tone that does not fit
//! the moment, a pause, a question left open.
//!
//! Method and lists: docs/replies.md. What it cannot see it does not report: an empty list is no proof.

mod asked;
mod concepts;
mod input;
mod placeholders;
mod tone;

use serde::Serialize;

use crate::privacy::{PiiType, detect};
use crate::span::Span;
use crate::text::Normalized;

pub use asked::{Completeness, Question};
pub use input::{Event, OutboundContext, OutboundPii, OutboundReply, Pause};
pub use placeholders::placeholders;

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboundFault {
    /// A blank that nobody filled: `{{name}}`, `[NAME]`, `<order>`.
    Placeholder,
    /// Not in a language the customer reads.
    WrongLanguage,
    /// Personal data that is not this customer's.
    PersonalData,
    /// Celebrating or selling while a sensitive event lasts.
    Tone,
    /// A pause holds.
    Paused,
    /// A question of the customer has no answer in it.
    OpenQuestion,
    /// There is no text.
    Empty,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundFinding {
    pub kind: OutboundFault,
    /// Why, in words; never text of a message.
    pub because: String,
    /// Where in the reply; for an open question, where in the customer's message.
    pub spans: Vec<Span>,
    /// Of the pause or the event.
    pub id: Option<String>,
}

/// What is known of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundCheck {
    /// Of the item, as given.
    pub id: Option<String>,
    /// Nothing was found.
    pub ready: bool,
    pub findings: Vec<OutboundFinding>,
    /// Of the questions asked; none where the context has no message.
    pub completeness: Completeness,
}

/// The personal data of a reply, for [`OutboundReply::pii`]: what [`detect`] finds, without links.
pub fn personal_data(text: &str) -> Vec<OutboundPii> {
    let found = detect(&Normalized::new(text), &PiiType::ALL);
    let found = found.into_iter().filter(|pii| pii.kind != PiiType::Url);
    found.map(|pii| OutboundPii { kind: pii.kind.slug().to_owned(), span: pii.span }).collect()
}

/// Letters and digits, lower case: how values are compared.
fn bare(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The same value, or a number that ends in the same nine digits (with and without a country's prefix).
fn same_value(found: &str, allowed: &str) -> bool {
    let (found, allowed) = (bare(found), bare(allowed));
    let tail = |value: &str| value.len().checked_sub(9).and_then(|from| value.get(from..)).map(str::to_owned);
    let digits = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
    !found.is_empty()
        && (found == allowed
            || digits(&found) && digits(&allowed) && tail(&found).is_some_and(|end| tail(&allowed) == Some(end)))
}

/// The main part of a language code, in lower case.
fn main_part(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// Checks a reply against its context. Findings come in the order of [`OutboundFault`]; `O(bytes)` for each of reply and
/// message, times the questions (at most 50 are read).
pub fn check(reply: &OutboundReply, context: &OutboundContext) -> OutboundCheck {
    let mut findings = Vec::new();
    let mut found = |kind, because: &str, spans: Vec<Span>, id: Option<&str>| {
        findings.push(OutboundFinding { kind, because: because.to_owned(), spans, id: id.map(str::to_owned) });
    };
    let blanks = placeholders(&reply.text);
    if !blanks.is_empty() {
        found(OutboundFault::Placeholder, "a blank was not filled", blanks, None);
    }
    if let Some(language) = &reply.language {
        let code = main_part(language);
        if !context.languages.is_empty() && !context.languages.iter().any(|one| main_part(one) == code) {
            found(OutboundFault::WrongLanguage, "not in a language of the customer", Vec::new(), None);
        }
    }
    for pii in &reply.pii {
        let value = pii.span.slice(&reply.text).unwrap_or_default();
        let domain =
            |allowed: &str| allowed.starts_with('@') && value.to_lowercase().ends_with(&allowed.to_lowercase());
        if !context.allowed.iter().any(|allowed| same_value(value, allowed) || domain(allowed)) {
            let because = ["holds ", &pii.kind, " that is not among the allowed values"].concat();
            found(OutboundFault::PersonalData, &because, vec![pii.span], None);
        }
    }
    let lasts = |until: Option<i64>| until.zip(context.now_ms).is_none_or(|(until, now)| now < until);
    let mut events = context.events.iter().filter(|event| lasts(event.until_ms)).peekable();
    if events.peek().is_some() {
        let spans = tone::festive(&reply.text);
        if reply.promotional || !spans.is_empty() {
            let because = if reply.promotional { "advertises" } else { "celebrates or sells" };
            for event in events {
                let because = [because, " while a sensitive event lasts"].concat();
                found(OutboundFault::Tone, &because, spans.clone(), Some(&event.id));
            }
        }
    }
    for pause in context.pauses.iter().filter(|pause| lasts(pause.until_ms)) {
        found(OutboundFault::Paused, "publishing is paused", Vec::new(), Some(&pause.id));
    }
    let completeness = asked::completeness(context.message.as_deref().unwrap_or_default(), &reply.text);
    for question in completeness.questions.iter().filter(|question| question.answered == Some(false)) {
        found(OutboundFault::OpenQuestion, "a question is not answered", vec![question.span], None);
    }
    if reply.text.trim().is_empty() {
        found(OutboundFault::Empty, "there is no text", Vec::new(), None);
    }
    OutboundCheck { id: reply.id.clone(), ready: findings.is_empty(), findings, completeness }
}
