//! Says in plain words why a condition held. Never text of a message.

use super::condition::{Condition, Fact, Facts, NameField, NumberField, level_slug};
use super::labels::{LabelField, named};
use super::read;
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
        Condition::Labels(field, wanted) => {
            spans = field.spans(*wanted, facts);
            of_labels(*field, *wanted, held, facts)
        }
        Condition::Fact(fact, _) => {
            let signals = &analysis.signals;
            match fact {
                Fact::Wish => spans.extend(signals.wishes.iter().map(|wish| wish.span)),
                Fact::Expectation => {
                    spans.extend(signals.expectations.iter().flat_map(|one| one.spans.iter().copied()))
                }
                Fact::Leaving => spans.extend_from_slice(&signals.churn.spans),
                _ => {}
            }
            of_fact(*fact, fact.of(facts)).to_owned()
        }
        Condition::Number(field, above, below) => {
            if *field == NumberField::MinutesLost {
                spans.extend(analysis.signals.time_lost.map(|lost| lost.span));
            }
            let not = if held { "" } else { "not " };
            let bounds = [("above", above), ("below", below)];
            let bounds = bounds.iter().filter_map(|(word, bound)| bound.map(|bound| format!("{word} {bound}")));
            format!("{} is {not}{}", field.words(), bounds.collect::<Vec<_>>().join(" and "))
        }
        // Codes of languages and names of sources tell nothing of a person; keys of customers and threads may.
        Condition::Names(NameField::Language, _) => format!("language is {}", analysis.language.code),
        Condition::Names(field, _) => {
            format!("{} is {} of those listed", field.key(), if held { "one" } else { "none" })
        }
        Condition::Field(name, _) => {
            format!("field {} is {} of the values listed", read::quote(name), if held { "one" } else { "none" })
        }
        Condition::Has(names) => {
            format!("{} {}", if held { "brings" } else { "does not bring all of" }, names.join(", "))
        }
        Condition::Topics(ids, sentiments) => {
            let found: Vec<_> = facts.topics(ids, *sentiments).collect();
            spans.extend(found.iter().flat_map(|topic| topic.spans.iter().copied()));
            let names: Vec<&str> = found.iter().map(|topic| topic.label.as_str()).collect();
            if held { format!("speaks of {}", names.join(" and ")) } else { "speaks of no listed topic".to_owned() }
        }
        Condition::TextContains(phrases) => {
            spans.extend(facts.places_of(phrases).map(|place| place.span));
            if held { "contains a listed phrase" } else { "contains no listed phrase" }.to_owned()
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => return None,
    };
    Some((words, joined(spans)))
}

/// Labels: where one of a kind is always there, the fact itself is the reason, whichever way it was asked.
fn of_labels(field: LabelField, wanted: u64, held: bool, facts: &Facts) -> String {
    let present = facts.labels(field);
    match field {
        LabelField::Rating => facts.message.rating.map_or_else(|| "there is no rating".to_owned(), rating),
        LabelField::Acts | LabelField::Pii => {
            let told = wanted & if held { present } else { !present };
            let places = (0..64).filter(|at| told >> at & 1 == 1);
            if field == LabelField::Acts {
                let acts = places.filter_map(|at| Act::ALL.get(at)).map(|&act| act_words(act, held));
                return acts.collect::<Vec<_>>().join(" and ");
            }
            let kinds = places.filter_map(|at| PiiType::ALL.get(at)).map(|&kind| {
                let (article, noun) = pii_words(kind);
                format!("{} {noun}", if held { article } else { "no" })
            });
            format!("contains {}", kinds.collect::<Vec<_>>().join(" and "))
        }
        _ if field.is_single() => format!("{} is {}", noun(field), named(field, present).join(", ")),
        _ => {
            let told = named(field, if held { wanted & present } else { wanted });
            format!(
                "{} {} {}",
                noun(field),
                if held { "is" } else { "is not" },
                told.join(if held { " and " } else { " or " })
            )
        }
    }
}

/// What a field is called in a reason.
fn noun(field: LabelField) -> &'static str {
    match field {
        LabelField::Emotions => "emotion",
        LabelField::Safety => "safety label",
        LabelField::Flags => "mark",
        LabelField::States => "state",
        LabelField::UrgencyReasons => "reason of urgency",
        LabelField::Churn => "reason of leaving",
        LabelField::JourneyStage => "journey stage",
        LabelField::MediaType => "media type",
        LabelField::Links => "link",
        LabelField::Brands => "brand",
        other => other.key(),
    }
}

fn of_fact(fact: Fact, state: Option<bool>) -> &'static str {
    match (fact, state == Some(true)) {
        (Fact::Meaningful, true) => "the text says something",
        (Fact::Meaningful, false) => "the text says nothing",
        (Fact::Public, true) => "written in public",
        (Fact::Public, false) => "written in private",
        (Fact::Wish, true) => "wishes for something",
        (Fact::Wish, false) => "wishes for nothing",
        (Fact::Expectation, true) => "expected something else",
        (Fact::Expectation, false) => "tells of no expectation",
        (Fact::Leaving, true) => "shows signs of leaving",
        (Fact::Leaving, false) => "shows no sign of leaving",
        (Fact::Vip, true) => "the customer is served first",
        (Fact::Vip, false) => "the customer is served in turn",
        (Fact::Open, _) if state.is_none() => "it is not known whether the team works now",
        (Fact::Open, true) => "the team works now",
        (Fact::Open, false) => "the team does not work now",
    }
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
