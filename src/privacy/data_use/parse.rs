//! Reads inventories and uses, and says exactly where one is wrong.

use serde_json::Value;

use super::check::{Consent, Use};
use super::form::FormField;
use super::{Handling, Inventory, MAX_NAME_CHARS, MAX_RECORDS, Record, Step};
use crate::error::{Error, Result};
use crate::privacy::{DataClass, classify_field};
use crate::read::Fields;
use crate::triage::json::Json;
use crate::triage::read::{self, At};

const KEYS: &[&str] = &["$schema", "version", "id", "fields", "policy"];
const RECORD_KEYS: &[&str] = &["field", "origin", "purposes", "outcome", "insight", "destinations", "type", "consent"];
/// Largest inventory, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

impl Inventory {
    /// Reads and checks an inventory. `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Json`] with line and column when it is not JSON; [`Error::DataUse`] with the path of the first fault.
    pub fn from_json(json: &str) -> Result<Inventory> {
        read_all(json).map_err(|error| match error {
            Error::Policy { path, what } => Error::DataUse { path, what },
            other => other,
        })
    }
}

fn read_all(json: &str) -> Result<Inventory> {
    let root = At::ROOT;
    if json.len() > MAX_BYTES {
        return Err(root.refuse("has more than 1048576 bytes"));
    }
    let json = Json::read(json, "data use")?;
    let fields = read::object(&json, &root, KEYS)?;
    read::whole(read::required(fields, &root, "version")?, &root.key("version"), 1, 1)?;
    let id = read::text(read::required(fields, &root, "id")?, &root.key("id"), MAX_NAME_CHARS)?.to_string();
    let at = root.key("fields");
    let items = read::list(read::required(fields, &root, "fields")?, &at)?;
    if items.len() > MAX_RECORDS {
        return Err(at.refuse("has more than 1000 records"));
    }
    let mut records: Vec<Record> = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let at = at.index(i);
        let one = record(item, &at)?;
        if records.iter().any(|earlier| earlier.field == one.field) {
            return Err(at.key("field").refuse("has a record already"));
        }
        records.push(one);
    }
    // Without a word, nothing that is not covered goes on.
    let mut policy = [Handling::Refuse; 7];
    if let Some(json) = read::optional(fields, "policy") {
        let at = root.key("policy");
        let slugs = Step::ALL.map(Step::slug);
        for (key, value) in read::object(json, &at, &slugs)? {
            if let Some(step) = slugs.iter().position(|slug| slug == key) {
                policy[step] = read::label(value, &at.key(key), &Handling::ALL, Handling::slug)?;
            }
        }
    }
    Ok(Inventory { id, records, policy })
}

fn record(json: &Json, at: &At) -> Result<Record> {
    let fields = read::object(json, at, RECORD_KEYS)?;
    let name = |json: &Json, at: &At| read::text(json, at, MAX_NAME_CHARS).map(str::to_string);
    // What a record does not say is found missing when the field is used, not when the record is read.
    let said = |key: &str| read::optional(fields, key).map_or(Ok(String::new()), |json| name(json, &at.key(key)));
    let list = |key: &str| {
        let at = at.key(key);
        let items = read::optional(fields, key).map_or(Ok(&[][..]), |json| read::list(json, &at))?;
        items.iter().enumerate().map(|(i, item)| name(item, &at.index(i))).collect::<Result<Vec<_>>>()
    };
    let field = name(read::required(fields, at, "field")?, &at.key("field"))?;
    let class = match read::optional(fields, "type") {
        None => classify_field(&field, None).class,
        Some(json) => Some(read::label(json, &at.key("type"), &DataClass::ALL, DataClass::slug)?),
    };
    let consent =
        read::optional(fields, "consent").map_or(Ok(false), |json| read::boolean(json, &at.key("consent")))?;
    Ok(Record {
        field,
        origin: said("origin")?,
        purposes: list("purposes")?,
        outcome: said("outcome")?,
        insight: said("insight")?,
        destinations: list("destinations")?,
        class,
        needs_consent: consent,
    })
}

impl Use {
    /// Reads a use: `purpose`, `destination`, `nowMs` and, where a person's data is used, `consent`, a list of `{id,
    /// purpose, givenMs, expiresMs?, withdrawnMs?}`.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field.
    pub fn from_value(value: Value) -> Result<Use> {
        let mut fields = Fields::new(value, "use", false)?;
        let mut required = |name: &str| {
            let text = fields.text(name)?.filter(|text| (1..=4 * MAX_NAME_CHARS).contains(&text.trim().len()));
            text.ok_or_else(|| wrong(name, "is required and must be a short string"))
        };
        let (purpose, destination) = (required("purpose")?, required("destination")?);
        let now_ms = fields.take("nowMs", "milliseconds since 1970")?;
        let now_ms = now_ms.ok_or_else(|| wrong("nowMs", "is required: milliseconds since 1970"))?;
        let given: Vec<Value> = fields.take("consent", "a list of consents")?.unwrap_or_default();
        fields.finish("purpose, destination, nowMs, consent")?;
        let consent = given.into_iter().enumerate().map(|(i, one)| consent(one, &format!("consent[{i}]")));
        Ok(Use { purpose, destination, now_ms, consent: consent.collect::<Result<_>>()? })
    }
}

fn consent(value: Value, name: &str) -> Result<Consent> {
    let refuse = |error| match error {
        Error::Field { field, what } => Error::Field { field: format!("{name}.{field}"), what },
        other => other,
    };
    let mut fields = Fields::new(value, name, false)?;
    let mut text = |key: &str| {
        let text = fields.text(key).map_err(refuse)?;
        text.ok_or_else(|| wrong(&format!("{name}.{key}"), "is required and must be a string"))
    };
    let (id, purpose) = (text("id")?, text("purpose")?);
    let mut time = |key: &str| fields.take::<f64>(key, "milliseconds since 1970").map_err(refuse);
    let (given_ms, expires_ms, withdrawn_ms) = (time("givenMs")?, time("expiresMs")?, time("withdrawnMs")?);
    fields.finish("id, purpose, givenMs, expiresMs, withdrawnMs").map_err(refuse)?;
    let given_ms = given_ms.ok_or_else(|| wrong(&format!("{name}.givenMs"), "is required: milliseconds since 1970"))?;
    Ok(Consent { id, purpose, given_ms, expires_ms, withdrawn_ms })
}

impl FormField {
    /// Reads the fields of a form: a list of names, or of `{name, required?}`.
    ///
    /// # Errors
    /// [`Error::Field`] naming the field.
    pub fn list_from_value(value: Value) -> Result<Vec<FormField>> {
        let Value::Array(items) = value else { return Err(wrong("fields", "must be a list")) };
        if items.len() > MAX_RECORDS {
            return Err(wrong("fields", "must hold at most 1000 fields"));
        }
        let read = |(i, item): (usize, Value)| {
            let at = format!("fields[{i}]");
            if let Value::String(name) = item {
                return Ok(FormField { name, required: false });
            }
            let mut fields = Fields::new(item, &at, false)?;
            let name = fields.text("name").ok().flatten();
            let required = fields.take("required", "true or false").ok().flatten().unwrap_or(false);
            let name = name.ok_or_else(|| wrong(&at, "must be a name, or an object with a name"))?;
            Ok(FormField { name, required })
        };
        items.into_iter().enumerate().map(read).collect()
    }
}

fn wrong(field: &str, what: &str) -> Error {
    Error::Field { field: field.into(), what: what.into() }
}
