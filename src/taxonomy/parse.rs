//! Reads a taxonomy from JSON and says exactly where one is wrong.

use std::collections::HashMap;

use super::source::{ByLanguage, Sample, Source, SourceTopic, Target};
use super::{MAX_ID_CHARS, MAX_NAME_CHARS, MAX_TAXONOMY_BYTES, MAX_TEXT_CHARS, MAX_TOPICS};
use crate::error::{Error, Result};
use crate::lexicon::{MAX_NEAR_WORDS, Near, Rule, Scope};
use crate::triage::json::Json;
use crate::triage::read::{self, At};

const KEYS: &[&str] = &["$schema", "version", "id", "name", "topics"];
const TOPIC_KEYS: &[&str] = &["id", "parent", "target", "name", "definition", "phrases", "rules", "not", "examples"];
const RULE_KEYS: &[&str] = &["lang", "scope", "all", "any", "not", "near"];

impl Source {
    /// Reads and checks a taxonomy. `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Json`] with line and column when it is not JSON; [`Error::Taxonomy`] with the path
    /// of the first fault for an unknown, doubled or missing key, a wrong type, an id used twice, a
    /// parent that is unknown or has a parent, and anything over a limit.
    pub fn from_json(json: &str) -> Result<Source> {
        read_source(json).map_err(|error| match error {
            Error::Policy { path, what } => Error::Taxonomy { path, what },
            other => other,
        })
    }
}

fn read_source(json: &str) -> Result<Source> {
    let root = At::ROOT;
    if json.len() > MAX_TAXONOMY_BYTES {
        return Err(root.refuse(format!("has {} bytes, over the limit of {MAX_TAXONOMY_BYTES}", json.len())));
    }
    let json = Json::read(json, "taxonomy")?;
    let fields = read::object(&json, &root, KEYS)?;
    read::whole(read::required(fields, &root, "version")?, &root.key("version"), 1, 1)?;
    let id = slug(read::required(fields, &root, "id")?, &root.key("id"))?;
    let name = read::optional(fields, "name").map_or(Ok(Vec::new()), |name| names(name, &root.key("name")))?;
    let at = root.key("topics");
    let items = read::list(read::required(fields, &root, "topics")?, &at)?;
    if items.len() > MAX_TOPICS {
        return Err(at.refuse(format!("has {} topics, over the limit of {MAX_TOPICS}", items.len())));
    }
    // Ids first: a parent may stand behind its children.
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for (i, item) in items.iter().enumerate() {
        let at = at.index(i);
        let fields = read::object(item, &at, TOPIC_KEYS)?;
        let id = slug(read::required(fields, &at, "id")?, &at.key("id"))?;
        if let Some(first) = numbers.insert(id, i) {
            return Err(at.key("id").refuse(format!("already the id of topics[{first}]")));
        }
    }
    let topics =
        items.iter().enumerate().map(|(i, item)| topic(item, &at.index(i), &numbers)).collect::<Result<Vec<_>>>()?;
    for (i, topic) in topics.iter().enumerate() {
        let deep = topic.parent.is_some_and(|parent| topics[parent].parent.is_some());
        if deep || topic.parent == Some(i) {
            let what = "must be a topic of the first level: there are two levels at most";
            return Err(at.index(i).key("parent").refuse(what));
        }
    }
    Ok(Source { id, name, topics })
}

fn topic(json: &Json, at: &At, numbers: &HashMap<String, usize>) -> Result<SourceTopic> {
    let fields = read::object(json, at, TOPIC_KEYS)?;
    let parent = match read::optional(fields, "parent") {
        None | Some(Json::Null) => None,
        Some(parent) => {
            let at = at.key("parent");
            let id = slug(parent, &at)?;
            Some(*numbers.get(&id).ok_or_else(|| at.refuse("is not the id of a topic"))?)
        }
    };
    let optional = |key: &str| read::optional(fields, key);
    let (matches, misses) = match optional("examples") {
        None => (Vec::new(), Vec::new()),
        Some(examples) => {
            let at = at.key("examples");
            let fields = read::object(examples, &at, &["match", "miss"])?;
            let of = |key: &str| read::optional(fields, key).map_or(Ok(Vec::new()), |list| samples(list, &at.key(key)));
            (of("match")?, of("miss")?)
        }
    };
    Ok(SourceTopic {
        id: slug(read::required(fields, at, "id")?, &at.key("id"))?,
        parent,
        target: read::label(read::required(fields, at, "target")?, &at.key("target"), &Target::ALL, Target::slug)?,
        name: optional("name").map_or(Ok(Vec::new()), |name| names(name, &at.key("name")))?,
        definition: optional("definition").map_or(Ok(String::new()), |text| {
            read::text(text, &at.key("definition"), MAX_TEXT_CHARS).map(str::to_string)
        })?,
        phrases: optional("phrases").map_or(Ok(Vec::new()), |lists| phrases(lists, &at.key("phrases")))?,
        rules: optional("rules").map_or(Ok(Vec::new()), |list| rules(list, &at.key("rules")))?,
        not: optional("not").map_or(Ok(Vec::new()), |lists| phrases(lists, &at.key("not")))?,
        matches,
        misses,
    })
}

/// A lower-case slug.
fn slug(json: &Json, at: &At) -> Result<String> {
    let text = read::text(json, at, MAX_ID_CHARS)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.chars().all(plain) {
        return Err(at.refuse("must begin with a letter and hold only a to z, 0 to 9, _ and -"));
    }
    Ok(text.to_string())
}

/// The fields of an object whose keys are language codes, each once.
fn by_language<'j>(json: &'j Json, at: &At) -> Result<&'j [(String, Json)]> {
    let Json::Object(fields) = json else {
        return Err(at.refuse(format!("must be an object, is {}", json.kind())));
    };
    for (i, (key, _)) in fields.iter().enumerate() {
        language(key, &at.key(key))?;
        if fields[..i].iter().any(|(earlier, _)| earlier == key) {
            return Err(at.key(key).refuse("key given twice"));
        }
    }
    Ok(fields)
}

fn language(code: &str, at: &At) -> Result<()> {
    let plain = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    if plain { Ok(()) } else { Err(at.refuse("must be a language code of two or three letters, as en")) }
}

fn names(json: &Json, at: &At) -> Result<ByLanguage<String>> {
    let name = |(lang, name): &(String, Json)| {
        Ok((lang.clone(), read::text(name, &at.key(lang), MAX_NAME_CHARS)?.to_string()))
    };
    by_language(json, at)?.iter().map(name).collect()
}

fn phrases(json: &Json, at: &At) -> Result<ByLanguage<Vec<String>>> {
    let list = |(lang, list): &(String, Json)| Ok((lang.clone(), texts(list, &at.key(lang))?));
    by_language(json, at)?.iter().map(list).collect()
}

/// A list of texts; it may be empty, they may not.
fn texts(json: &Json, at: &At) -> Result<Vec<String>> {
    let Json::List(items) = json else { return Err(at.refuse(format!("must be a list, is {}", json.kind()))) };
    let text = |(i, item): (usize, &Json)| read::text(item, &at.index(i), MAX_TEXT_CHARS).map(str::to_string);
    items.iter().enumerate().map(text).collect()
}

fn samples(json: &Json, at: &At) -> Result<Vec<Sample>> {
    let Json::List(items) = json else { return Err(at.refuse(format!("must be a list, is {}", json.kind()))) };
    let sample = |(i, item): (usize, &Json)| {
        let at = at.index(i);
        let fields = read::object(item, &at, &["lang", "text"])?;
        let lang = read::text(read::required(fields, &at, "lang")?, &at.key("lang"), MAX_ID_CHARS)?;
        language(lang, &at.key("lang"))?;
        let text = read::text(read::required(fields, &at, "text")?, &at.key("text"), MAX_TEXT_CHARS)?;
        Ok(Sample { lang: lang.to_string(), text: text.to_string() })
    };
    items.iter().enumerate().map(sample).collect()
}

fn rules(json: &Json, at: &At) -> Result<Vec<Rule>> {
    let Json::List(items) = json else { return Err(at.refuse(format!("must be a list, is {}", json.kind()))) };
    items.iter().enumerate().map(|(i, item)| rule(item, &at.index(i))).collect()
}

fn rule(json: &Json, at: &At) -> Result<Rule> {
    let fields = read::object(json, at, RULE_KEYS)?;
    let lang = read::text(read::required(fields, at, "lang")?, &at.key("lang"), MAX_ID_CHARS)?;
    language(lang, &at.key("lang"))?;
    let scope = match read::optional(fields, "scope") {
        None => Scope::Clause,
        Some(scope) => read::label(scope, &at.key("scope"), &[Scope::Clause, Scope::Sentence], Scope::slug)?,
    };
    let terms = |key: &str| read::optional(fields, key).map_or(Ok(Vec::new()), |list| texts(list, &at.key(key)));
    let near = match read::optional(fields, "near") {
        None => None,
        Some(near) => {
            let at = at.key("near");
            let fields = read::object(near, &at, &["terms", "within"])?;
            let within = read::required(fields, &at, "within")?;
            let within = read::whole(within, &at.key("within"), 1, MAX_NEAR_WORDS as u32)? as usize;
            Some(Near { terms: texts(read::required(fields, &at, "terms")?, &at.key("terms"))?, within })
        }
    };
    Ok(Rule { lang: lang.to_string(), scope, all: terms("all")?, any: terms("any")?, not: terms("not")?, near })
}
