//! Says in plain words why a condition held. Never text of a message.

use super::condition::{Condition, Facts, is_public, level_slug};
use crate::analysis::Act;
use crate::message::{Rating, Scale};
use crate::order::Sorted;
use crate::privacy::PiiType;
use crate::span::Span;

/// Words and places for a condition on one fact, or `None` for all, any and not. `held` is false
/// where a `not` stands above it: then the words say that it did not hold.
pub(super) fn because(condition: &Condition, held: bool, facts: &Facts) -> Option<(String, Vec<Span>)> {
    let analysis = facts.analysis;
    let mut spans = Vec::new();
    let words = match condition {
        // Labels and levels: the fact itself is the reason, whichever way it was asked.
        Condition::Sentiment(_) => format!("sentiment is {}", analysis.sentiment.label.slug()),
        Condition::Rating(_) => facts.message.rating.map_or_else(|| "there is no rating".to_owned(), rating),
        Condition::Channel(_) => format!("channel is {}", facts.message.channel.slug()),
        Condition::Language(_) => format!("language is {}", analysis.language.code),
        Condition::Meaningful(_) if analysis.meaningful => "the text says something".to_owned(),
        Condition::Meaningful(_) => "the text says nothing".to_owned(),
        Condition::Public(_) if is_public(facts.message.channel) => "written in public".to_owned(),
        Condition::Public(_) => "written in private".to_owned(),
        Condition::ScoreBelow(bound) if held => format!("sentiment score is below {bound}"),
        Condition::ScoreBelow(bound) => format!("sentiment score is not below {bound}"),
        Condition::ScoreAbove(bound) if held => format!("sentiment score is above {bound}"),
        Condition::ScoreAbove(bound) => format!("sentiment score is not above {bound}"),
        Condition::Acts(acts) => {
            let present = acts.iter().filter(|act| analysis.acts.contains(act) == held);
            let words: Vec<&str> = present.map(|&act| act_words(act, held)).collect();
            words.join(" and ")
        }
        Condition::Pii(kinds) => {
            spans.extend(analysis.pii.iter().filter(|pii| kinds.contains(&pii.kind)).map(|pii| pii.span));
            let present = |kind: &PiiType| analysis.pii.iter().any(|pii| pii.kind == *kind);
            let words = kinds.iter().filter(|kind| present(kind) == held).map(|&kind| {
                let (article, noun) = pii_words(kind);
                format!("{} {noun}", if held { article } else { "no" })
            });
            format!("contains {}", words.collect::<Vec<_>>().join(" and "))
        }
        Condition::TextContains(phrases) => {
            spans.extend(facts.places_of(phrases).map(|place| place.span));
            if held { "contains a listed phrase" } else { "contains no listed phrase" }.to_owned()
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => return None,
    };
    Some((words, joined(spans)))
}

/// In order, overlapping spans made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.order();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if last.overlaps(&span) => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

fn act_words(act: Act, held: bool) -> &'static str {
    match (act, held) {
        (Act::Question, true) => "asks a question",
        (Act::Question, false) => "asks no question",
        (Act::Complaint, true) => "complains",
        (Act::Complaint, false) => "does not complain",
        (Act::Request, true) => "asks for something to be done",
        (Act::Request, false) => "asks for nothing to be done",
        (Act::Suggestion, true) => "makes a suggestion",
        (Act::Suggestion, false) => "makes no suggestion",
        (Act::Praise, true) => "praises",
        (Act::Praise, false) => "does not praise",
        (Act::Thanks, true) => "gives thanks",
        (Act::Thanks, false) => "gives no thanks",
        (Act::Greeting, true) => "greets",
        (Act::Greeting, false) => "does not greet",
        (Act::Statement, true) => "states something",
        (Act::Statement, false) => "states nothing",
    }
}

/// Article and noun.
fn pii_words(kind: PiiType) -> (&'static str, &'static str) {
    let noun = match kind {
        PiiType::Email => "e-mail address",
        PiiType::Phone => "phone number",
        PiiType::Card => "card number",
        PiiType::Iban => "IBAN",
        PiiType::BankAccount => "bank account number",
        PiiType::Ip => "IP address",
        PiiType::Mac => "MAC address",
        PiiType::Url => "link",
        PiiType::UrlToken => "URL with personal data",
        PiiType::Secret => "secret",
        PiiType::Crypto => "crypto address",
        PiiType::NationalId => "national id",
        PiiType::CompanyId => "company id",
        PiiType::Passport => "passport number",
        PiiType::DrivingLicence => "driving licence number",
        PiiType::BirthDate => "date of birth",
        PiiType::Address => "address",
        PiiType::Postcode => "postcode",
        PiiType::Location => "location",
        PiiType::Plate => "number plate",
        PiiType::Reference => "reference number",
        PiiType::Handle => "handle",
        PiiType::Person => "name",
    };
    // Read aloud: an IBAN, a URL.
    let open = noun.starts_with(['a', 'e', 'i', 'o', 'I']);
    (if open { "an" } else { "a" }, noun)
}

fn rating(rating: Rating) -> String {
    let (value, level) = (rating.value, level_slug(rating.level()));
    match rating.scale {
        Scale::Nps => format!("NPS answer {value} is {level}"),
        Scale::Csat5 => format!("CSAT answer {value} of 5 is {level}"),
        Scale::Csat7 => format!("CSAT answer {value} of 7 is {level}"),
        Scale::Ces7 => format!("CES answer {value} of 7 is {level}"),
        Scale::Stars5 => format!("star rating {value} of 5 is {level}"),
    }
}
