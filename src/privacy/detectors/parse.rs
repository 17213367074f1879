//! Reads detectors from JSON and says exactly where one is wrong.

use super::checksum::Checksum;
use super::shape::Shape;
use super::{Detector, Detectors, MAX_DETECTOR_BYTES, MAX_DETECTORS, MAX_SHAPES};
use crate::error::{Error, Result};
use crate::privacy::phrases::{MAX_PHRASE_BYTES, MAX_PHRASES, Phrases};
use crate::triage::json::Json;
use crate::triage::read::{self, At};

const KEYS: &[&str] = &["$schema", "version", "detectors"];
const DETECTOR_KEYS: &[&str] = &["id", "label", "phrases", "shapes", "checksum", "context", "within", "examples"];
const MAX_NAME_CHARS: usize = 32;
/// How far a context word may be unless the detector says otherwise, and at most, in characters.
const WITHIN: u32 = 60;
const MAX_WITHIN: u32 = 1_000;
/// Weights and moduli: room for every known scheme, none for an overflow.
const MAX_WEIGHT: f64 = 1_000.0;

impl Detectors {
    /// Reads and checks detectors. `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Json`] with line and column when it is not JSON; [`Error::Detectors`] with the path of the first
    /// fault. No phrase and no example is repeated in an error.
    pub fn from_json(json: &str) -> Result<Detectors> {
        read_all(json).map_err(|error| match error {
            Error::Policy { path, what } => Error::Detectors { path, what },
            other => other,
        })
    }
}

fn read_all(json: &str) -> Result<Detectors> {
    let root = At::ROOT;
    if json.len() > MAX_DETECTOR_BYTES {
        return Err(root.refuse("has more than 1048576 bytes"));
    }
    let json = Json::read(json, "detectors")?;
    let fields = read::object(&json, &root, KEYS)?;
    read::whole(read::required(fields, &root, "version")?, &root.key("version"), 1, 1)?;
    let at = root.key("detectors");
    let items = read::list(read::required(fields, &root, "detectors")?, &at)?;
    let mut all: Vec<Detector> = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let at = at.index(i);
        let one = detector(item, &at)?;
        if all.iter().any(|earlier| earlier.id == one.id) {
            return Err(at.key("id").refuse("is the id of an earlier detector"));
        }
        all.push(one);
    }
    let total = |of: fn(&Detector) -> usize| all.iter().map(of).sum::<usize>();
    if all.len() > MAX_DETECTORS {
        return Err(at.refuse("has more than 64 detectors"));
    }
    if total(|one| one.shapes.len()) > MAX_SHAPES {
        return Err(at.refuse("has more than 128 shapes"));
    }
    if total(|one| one.listed.len()) > MAX_PHRASES {
        return Err(at.refuse("has more than 10000 phrases"));
    }
    Ok(Detectors::new(all))
}

fn detector(json: &Json, at: &At) -> Result<Detector> {
    let fields = read::object(json, at, DETECTOR_KEYS)?;
    let optional = |key: &str| read::optional(fields, key);
    let texts = |key: &str| optional(key).map_or(Ok(Vec::new()), |list| texts(list, &at.key(key)));
    let id = read::text(read::required(fields, at, "id")?, &at.key("id"), MAX_NAME_CHARS)?;
    if !is_name(id, u8::is_ascii_lowercase) {
        return Err(at.key("id").refuse("must begin with a letter and hold only a to z, 0 to 9 and _"));
    }
    let known = crate::privacy::PiiType::from_slug(id).is_some() || id == crate::privacy::redact::DENIED.0;
    if known {
        return Err(at.key("id").refuse("is a type of the engine"));
    }
    let label = match optional("label") {
        None => id.to_ascii_uppercase(),
        Some(label) => read::text(label, &at.key("label"), MAX_NAME_CHARS)?.to_string(),
    };
    let numbered = label.rsplit_once('_').is_some_and(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
    if !is_name(&label, u8::is_ascii_uppercase) || numbered {
        let what = "must begin with a letter, hold only A to Z, 0 to 9 and _, and not end in _ and digits";
        return Err(at.key("label").refuse(what));
    }
    let mut shapes = Vec::new();
    for (i, source) in texts("shapes")?.iter().enumerate() {
        let refuse = |(place, what): (usize, &str)| {
            at.key("shapes").index(i).refuse(format!("character {place} of the shape {what}"))
        };
        shapes.push(Shape::parse(source).map_err(refuse)?);
    }
    let listed = texts("phrases")?;
    if shapes.is_empty() && listed.is_empty() {
        return Err(at.refuse("must have phrases or shapes"));
    }
    let (matches, misses) = match optional("examples") {
        None => (Vec::new(), Vec::new()),
        Some(examples) => {
            let at = at.key("examples");
            let fields = read::object(examples, &at, &["match", "miss"])?;
            let of =
                |key: &str| read::optional(fields, key).map_or(Ok(Vec::new()), |list| self::texts(list, &at.key(key)));
            (of("match")?, of("miss")?)
        }
    };
    let context = texts("context")?;
    Ok(Detector {
        id: id.to_string(),
        label,
        shapes,
        listed,
        checksum: optional("checksum").map(|rule| checksum(rule, &at.key("checksum"))).transpose()?,
        context: Phrases::new(context.iter().map(|word| (word.as_str(), 0))),
        within: optional("within").map_or(Ok(WITHIN), |n| read::whole(n, &at.key("within"), 1, MAX_WITHIN))? as usize,
        matches,
        misses,
    })
}

fn is_name(text: &str, letter: fn(&u8) -> bool) -> bool {
    text.as_bytes().first().is_some_and(letter) && text.bytes().all(|b| letter(&b) || b.is_ascii_digit() || b == b'_')
}

fn texts(json: &Json, at: &At) -> Result<Vec<String>> {
    let items = read::list(json, at)?.iter().enumerate();
    items
        .map(|(i, item)| {
            let at = at.index(i);
            let text = read::text(item, &at, MAX_PHRASE_BYTES)?;
            if !text.contains(|c: char| c.is_alphanumeric() || matches!(c, '#' | '@' | '*')) {
                return Err(at.refuse("must have a letter or digit"));
            }
            Ok(text.to_string())
        })
        .collect()
}

fn checksum(json: &Json, at: &At) -> Result<Checksum> {
    if matches!(json, Json::Text(_)) {
        let named = read::label(json, at, &["luhn", "mod97"], |name| name)?;
        return Ok(if named == "luhn" { Checksum::Luhn } else { Checksum::Mod97 });
    }
    let fields = read::object(json, at, &["weights", "modulus", "remainder"])?;
    let whole = |json: &Json, at: &At, low: f64| {
        let number = read::number(json, at, low, MAX_WEIGHT)?;
        if number.fract() == 0.0 { Ok(number as i32) } else { Err(at.refuse("must be a whole number")) }
    };
    let list = at.key("weights");
    let weights = read::list(read::required(fields, at, "weights")?, &list)?.iter().enumerate();
    let weights =
        weights.map(|(i, weight)| whole(weight, &list.index(i), -MAX_WEIGHT)).collect::<Result<Vec<i32>>>()?;
    if weights.len() > super::shape::MAX_LENGTH {
        return Err(list.refuse("has more than 100 weights"));
    }
    let modulus = whole(read::required(fields, at, "modulus")?, &at.key("modulus"), 2.0)?;
    let remainder = read::optional(fields, "remainder").map_or(Ok(0), |json| whole(json, &at.key("remainder"), 0.0))?;
    Ok(Checksum::Weights { weights, modulus, remainder })
}
