//! Back to those who asked: wishes are kept with a pseudonym, and when the thing is there, the list of whom to tell.
//!
//! Nobody is on the list without consent that holds now; everybody left out is told with the reason. No words of
//! customers and no addresses are kept: `person` is the caller's own pseudonym. Rules: docs/design/cases.md.

mod names;

use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::order::Sorted;
use crate::read::Fields;

/// Most wishes, and most consents, held at a time.
pub const MAX_WISHES: usize = 100_000;
const MUST: &str =
    "must be a pseudonym: up to 128 letters, digits, - _ . : with a letter, no @; never an address or phone number";

/// Something somebody wished for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wish {
    pub at_ms: i64,
    pub person: String,
    /// What was wished for, as a name: "oat milk latte". Not the customer's sentence.
    pub object: String,
    /// Message it was said in.
    pub message: Option<String>,
    /// When the person was told of it, if so.
    pub told_ms: Option<i64>,
}

/// What a person agreed to, or took back. The latest counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactConsent {
    pub at_ms: i64,
    pub person: String,
    /// False: the person opted out.
    pub given: bool,
    /// It ends by itself.
    pub until_ms: Option<i64>,
}

/// Something that is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Available {
    pub object: String,
    /// Other names of it, in any language.
    pub also: Vec<String>,
}

/// Somebody to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Return {
    pub person: String,
    /// The first time of asking.
    pub asked_ms: i64,
    /// Whole days since then.
    pub days_ago: i64,
    /// How often.
    pub wishes: u64,
    /// Messages it was said in, by time.
    pub messages: Vec<String>,
    /// Consent since.
    pub consent_ms: i64,
}

/// Why somebody who asked is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotTold {
    OptedOut,
    NoConsent,
    ConsentEnded,
    AlreadyTold,
    /// All wishes lie after now.
    AfterNow,
}

/// Somebody left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    pub person: String,
    pub reason: NotTold,
    /// Since when; absent where there never was consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<i64>,
}

/// Whom to tell that something is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReturnList {
    /// Longest waiting first.
    pub contact: Vec<Return>,
    /// By person.
    pub left_out: Vec<LeftOut>,
    /// Wishes for it, doubles not counted.
    pub wishes: u64,
    pub duplicates: u64,
}

/// Wishes and consents. The order in which they were added does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WishRegistry {
    wishes: BTreeSet<Wish>,
    consents: BTreeSet<ContactConsent>,
    given: u64,
}

impl WishRegistry {
    pub fn new() -> WishRegistry {
        WishRegistry::default()
    }

    /// Adds a wish; the same wish twice is one.
    ///
    /// # Errors
    /// [`Error::Field`] naming `person` when it is no pseudonym; [`Error::BatchTooLarge`] over [`MAX_WISHES`].
    pub fn wish(&mut self, wish: Wish) -> Result<()> {
        pseudonym(&wish.person)?;
        room("wishes", self.wishes.len())?;
        self.given += 1;
        self.wishes.insert(wish);
        Ok(())
    }

    /// Adds a consent or an opt-out.
    ///
    /// # Errors
    /// As [`WishRegistry::wish`].
    pub fn consent(&mut self, consent: ContactConsent) -> Result<()> {
        pseudonym(&consent.person)?;
        room("consents", self.consents.len())?;
        self.consents.insert(consent);
        Ok(())
    }

    /// Adds what another holds.
    ///
    /// # Errors
    /// As [`WishRegistry::wish`].
    pub fn merge(&mut self, other: &WishRegistry) -> Result<()> {
        other.wishes.iter().try_for_each(|wish| self.wish(wish.clone()))?;
        self.given += other.given - other.wishes.len() as u64;
        other.consents.iter().try_for_each(|consent| self.consent(consent.clone()))
    }

    /// Whom to tell. A wish fits when all its words stand in one name of the thing: "latte" is fulfilled by "oat milk
    /// latte", not the other way round. Wishes never grow too old. `O(wishes log wishes + consents)`.
    pub fn now_available(&self, thing: &Available, now_ms: i64) -> ReturnList {
        let names: Vec<BTreeSet<String>> =
            [&thing.object].into_iter().chain(&thing.also).map(|name| names::parts(name)).collect();
        let mut people: BTreeMap<&str, Vec<&Wish>> = BTreeMap::new();
        for wish in &self.wishes {
            let wished = names::parts(&wish.object);
            if !wished.is_empty() && names.iter().any(|name| wished.is_subset(name)) {
                people.entry(&wish.person).or_default().push(wish);
            }
        }
        let mut latest: BTreeMap<&str, &ContactConsent> = BTreeMap::new();
        for consent in self.consents.iter().filter(|consent| consent.at_ms <= now_ms) {
            // In order of time, and of two at one moment the opt-out counts.
            let before = latest.get(consent.person.as_str());
            if before.is_none_or(|before| before.at_ms < consent.at_ms || before.given) {
                latest.insert(&consent.person, consent);
            }
        }
        let mut list = ReturnList { contact: Vec::new(), left_out: Vec::new(), wishes: 0, duplicates: 0 };
        list.duplicates = self.given - self.wishes.len() as u64;
        for (person, wishes) in people {
            list.wishes += wishes.len() as u64;
            match stand(&wishes, latest.get(person).copied(), now_ms) {
                Ok(one) => list.contact.push(one),
                Err((reason, since_ms)) => list.left_out.push(LeftOut { person: person.to_owned(), reason, since_ms }),
            }
        }
        list.contact.order_by(|a, b| a.asked_ms.cmp(&b.asked_ms).then_with(|| a.person.cmp(&b.person)));
        list
    }
}

/// Whether a person may be told, or why not. Wishes stand in order of time.
fn stand(
    wishes: &[&Wish],
    consent: Option<&ContactConsent>,
    now_ms: i64,
) -> std::result::Result<Return, (NotTold, Option<i64>)> {
    let consent = consent.ok_or((NotTold::NoConsent, None))?;
    if !consent.given {
        return Err((NotTold::OptedOut, Some(consent.at_ms)));
    }
    if let Some(until) = consent.until_ms.filter(|until| *until <= now_ms) {
        return Err((NotTold::ConsentEnded, Some(until)));
    }
    if let Some(told) = wishes.iter().filter_map(|wish| wish.told_ms).max() {
        return Err((NotTold::AlreadyTold, Some(told)));
    }
    let asked: Vec<&&Wish> = wishes.iter().filter(|wish| wish.at_ms <= now_ms).collect();
    let first = asked.first().ok_or((NotTold::AfterNow, wishes.first().map(|wish| wish.at_ms)))?;
    Ok(Return {
        person: first.person.clone(),
        asked_ms: first.at_ms,
        days_ago: now_ms.saturating_sub(first.at_ms).div_euclid(86_400_000),
        wishes: asked.len() as u64,
        messages: asked.iter().filter_map(|wish| wish.message.clone()).collect(),
        consent_ms: consent.at_ms,
    })
}

fn room(unit: &'static str, held: usize) -> Result<()> {
    if held < MAX_WISHES {
        return Ok(());
    }
    Err(Error::BatchTooLarge { unit, limit: MAX_WISHES, actual: held + 1 })
}

/// Refuses what looks like an address, a name or a number to call.
fn pseudonym(person: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if person.len() <= 128 && person.chars().all(fits) && person.chars().any(|c| c.is_ascii_alphabetic()) {
        return Ok(());
    }
    Err(Error::Field { field: "person".into(), what: MUST.into() })
}

fn read_person(input: &mut Fields) -> Result<String> {
    let person = input.need_key("person")?;
    pseudonym(&person).map_err(|_| input.refuse("person", MUST)).map(|()| person)
}

/// Reads `{wishes, consents, available: {object, also?}, now}` and gives whom to tell. A wish is
/// `{person, object, at, message?, toldAt?}`, a consent `{person, at, given, until?}`.
///
/// # Errors
/// [`Error::Field`] naming the field, as in `wishes[3].person`.
pub fn returns_of_value(value: Value) -> Result<ReturnList> {
    let mut input = Fields::at(value, "")?;
    let mut registry = WishRegistry::new();
    for mut one in input.objects("wishes", MAX_WISHES)? {
        let wish = Wish {
            at_ms: one.need_time("at")?,
            person: read_person(&mut one)?,
            object: one.need_key("object")?,
            message: one.key("message")?,
            told_ms: one.time("toldAt")?,
        };
        one.finish("person, object, at, message, toldAt")?;
        registry.wish(wish)?;
    }
    for mut one in input.objects("consents", MAX_WISHES)? {
        let given = match one.value("given") {
            Some(Value::Bool(given)) => given,
            _ => return Err(one.refuse("given", "is required: true, or false for an opt-out")),
        };
        let (at_ms, until_ms) = (one.need_time("at")?, one.time("until")?);
        let consent = ContactConsent { at_ms, person: read_person(&mut one)?, given, until_ms };
        one.finish("person, at, given, until")?;
        registry.consent(consent)?;
    }
    let mut thing = input.object("available")?.ok_or_else(|| input.refuse("available", "is required"))?;
    let available = Available { object: thing.need_key("object")?, also: thing.keys("also")? };
    thing.finish("object, also")?;
    let now_ms = input.need_time("now")?;
    input.finish("wishes, consents, available, now")?;
    Ok(registry.now_available(&available, now_ms))
}
