//! Replies asked by name with plain values: what a host of another language calls. Places are UTF-16 code units.

use serde_json::Value;

use super::super::governance::Governance;
use super::super::outbound::{OutboundContext, OutboundFault, OutboundReply, check};
use super::super::variants::{MIN_SENT, Outcomes, effects};
use super::super::{Action, DecisionMode};
use super::{Library, Values, Wanted, within};
use crate::analysis::Intent;
use crate::error::{Error, Result};
use crate::read::{Fields, told};
use crate::span::{Span, Utf16Index};

/// Answers `reply` `{libraries, action, intent, language, mode, variant, values}`, `checkReply` `{reply, context}`,
/// `replyEffects` `{outcomes, minSent}`, `handleOwner` `{governance, handle, source}` or `permits`
/// `{governance, role, action, unit}`. Cost: that of the function behind it.
///
/// # Errors
/// [`Error::Field`] or [`Error::Option`] naming the place of what cannot be read or used, as in `reply.pii[0]`;
/// [`Error::Field`] naming `question` when it is none of these.
pub fn ask(question: &str, input: Value) -> Result<Value> {
    let mut fields = Fields::new(input, "input", false)?;
    let known = match question {
        "reply" => "libraries, action, intent, language, mode, variant, values",
        "checkReply" => "reply, context",
        "replyEffects" => "outcomes, minSent",
        "handleOwner" => "governance, handle, source",
        "permits" => "governance, role, action, unit",
        _ => return Err(Error::Field { field: "question".into(), what: "is not known".into() }),
    };
    let answer = match question {
        "reply" => told(&draft(&mut fields)?),
        "checkReply" => checked(part(&mut fields, "reply")?, part(&mut fields, "context")?),
        "replyEffects" => {
            let least = fields.take("minSent", "a whole number from 1")?.unwrap_or(MIN_SENT);
            told(&effects(&Outcomes::list_from_value(part(&mut fields, "outcomes")?)?, least)?)
        }
        "handleOwner" => {
            let governance = governance(&mut fields)?;
            let source = fields.text("source")?;
            told(&governance.owner(&need(&mut fields, "handle")?, source.as_deref()))
        }
        _ => {
            let governance = governance(&mut fields)?;
            let [role, action, unit] = ["role", "action", "unit"].map(|name| need(&mut fields, name));
            told(&governance.permits(&role?, &action?, &unit?))
        }
    }?;
    fields.finish(known)?;
    Ok(answer)
}

fn part(fields: &mut Fields, name: &str) -> Result<Value> {
    Ok(fields.take(name, "a value")?.unwrap_or(Value::Null))
}

fn need(fields: &mut Fields, name: &str) -> Result<String> {
    fields.text(name)?.ok_or_else(|| fields.refuse(name, "is required"))
}

fn governance(fields: &mut Fields) -> Result<Governance> {
    Governance::from_value(part(fields, "governance")?).map_err(|error| within(error, "governance"))
}

fn draft(fields: &mut Fields) -> Result<Option<super::Reply>> {
    let libraries: Vec<Value> = fields.take("libraries", "a list of libraries")?.unwrap_or_default();
    let mut library = Library::default();
    for (at, one) in libraries.into_iter().enumerate() {
        library.add_value(one).map_err(|error| within(error, &["libraries[", &at.to_string(), "]"].concat()))?;
    }
    let values = match part(fields, "values")? {
        Value::Null => Values::default(),
        value => Values::from_value(value).map_err(|error| within(error, "values"))?,
    };
    let (action, language) = (need(fields, "action")?, need(fields, "language")?);
    let action = Action::ALL.into_iter().find(|one| one.slug() == action);
    let intent = fields.text("intent")?.map_or(Some(Intent::None), |slug| Intent::from_slug(&slug));
    let mode = fields.text("mode")?;
    let mode =
        mode.map_or(Some(DecisionMode::Suggest), |slug| DecisionMode::ALL.into_iter().find(|one| one.slug() == slug));
    let variant = fields.text("variant")?;
    let unknown = |name: &str| fields.refuse(name, "is not known");
    let wanted = Wanted {
        action: action.ok_or_else(|| unknown("action"))?,
        intent: intent.ok_or_else(|| unknown("intent"))?,
        mode: mode.ok_or_else(|| unknown("mode"))?,
        language: &language,
        variant: variant.as_deref(),
    };
    Ok(library.reply(&wanted, &values))
}

/// [`check`] with places of the reply and of the message in UTF-16 code units, in and out.
fn checked(reply: Value, context: Value) -> Result<Value> {
    let mut reply = reply;
    let text = reply.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    let index = Utf16Index::new(&text);
    let units = index.utf16(text.len()) as u64;
    let ends = reply.get_mut("pii").and_then(Value::as_array_mut).into_iter().flatten();
    for end in ends.filter_map(|one| one.get_mut("span")?.as_array_mut()).flatten() {
        // What lies behind the text stays behind it, and is refused there.
        *end = match end.as_u64() {
            Some(unit) if unit <= units => index.byte(unit as usize).into(),
            _ => u64::MAX.into(),
        };
    }
    let reply = OutboundReply::from_value(reply).map_err(|error| within(error, "reply"))?;
    let context = OutboundContext::from_value(context).map_err(|error| within(error, "context"))?;
    let mut found = check(&reply, &context);
    let asked = Utf16Index::new(context.message.as_deref().unwrap_or_default());
    let turn = |spans: &mut [Span], index: &Utf16Index| spans.iter_mut().for_each(|span| *span = index.span(*span));
    for finding in &mut found.findings {
        turn(&mut finding.spans, if finding.kind == OutboundFault::OpenQuestion { &asked } else { &index });
    }
    for question in &mut found.completeness.questions {
        question.span = asked.span(question.span);
    }
    told(&found)
}
