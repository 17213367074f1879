//! From what is written to what is asked.

use std::sync::{Arc, OnceLock};

use super::source::{Source, Target};
use crate::error::{Error, Result};
use crate::lexicon::{Builder, Lexicon};

/// A topic, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    pub id: String,
    /// Number of the parent among the topics.
    pub parent: Option<u32>,
    pub target: Target,
}

/// A compiled taxonomy. Two are equal when they are the same object.
#[derive(Debug)]
pub struct Taxonomy {
    id: String,
    topics: Vec<Topic>,
    pub(super) source: Source,
    pub(super) lexicon: Lexicon,
    /// Phrase, topic, and whether the phrase voids a match; by phrase.
    pub(super) roles: Vec<(u32, u32, bool)>,
    /// Where the roles of each phrase begin.
    pub(super) role_begins: Vec<u32>,
    /// Topic of each rule.
    pub(super) rule_topics: Vec<u32>,
}

impl PartialEq for Taxonomy {
    fn eq(&self, other: &Taxonomy) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Taxonomy {}

impl Taxonomy {
    /// Reads and compiles a taxonomy. `O(bytes)` up to a sort; 2,000 phrases take a few milliseconds.
    ///
    /// # Errors
    /// [`Error::Json`] or [`Error::Taxonomy`] with the place of the first fault, as
    /// `topics[3].phrases.en[7]`; the fault names the limit, never the phrase.
    pub fn from_json(json: &str) -> Result<Taxonomy> {
        Taxonomy::compile(Source::from_json(json)?)
    }

    /// Compiles a taxonomy that was read.
    ///
    /// # Errors
    /// [`Error::Taxonomy`] with the place of the first phrase or rule that cannot be used.
    pub fn compile(source: Source) -> Result<Taxonomy> {
        let mut builder = Builder::new();
        let mut roles = Vec::new();
        let mut rule_topics = Vec::new();
        for (t, topic) in source.topics.iter().enumerate() {
            for (key, lists, voids) in [("phrases", &topic.phrases, false), ("not", &topic.not, true)] {
                for (lang, phrases) in lists {
                    for (i, phrase) in phrases.iter().enumerate() {
                        let number = builder.phrase(lang, phrase).map_err(|what| Error::Taxonomy {
                            path: format!("topics[{t}].{key}.{lang}[{i}]"),
                            what: what.message(),
                        })?;
                        roles.push((number, t as u32, voids));
                    }
                }
            }
            for (i, rule) in topic.rules.iter().enumerate() {
                builder.rule(rule).map_err(|fault| {
                    let dot = if fault.at.is_empty() { "" } else { "." };
                    let path = format!("topics[{t}].rules[{i}]{dot}{}", fault.at);
                    Error::Taxonomy { path, what: fault.what.message() }
                })?;
                rule_topics.push(t as u32);
            }
        }
        let lexicon = builder.build();
        roles.sort_unstable();
        roles.dedup();
        let mut role_begins = vec![0u32; lexicon.phrases() + 1];
        for (phrase, ..) in &roles {
            role_begins[*phrase as usize + 1] += 1;
        }
        for i in 1..role_begins.len() {
            role_begins[i] += role_begins[i - 1];
        }
        let topic = |topic: &super::SourceTopic| Topic {
            id: topic.id.clone(),
            parent: topic.parent.map(|parent| parent as u32),
            target: topic.target,
        };
        let topics = source.topics.iter().map(topic).collect();
        Ok(Taxonomy { id: source.id.clone(), topics, source, lexicon, roles, role_begins, rule_topics })
    }

    /// The taxonomy's own name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The topics, in the order written; numbers of topics count into it.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// What it was compiled from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Number of different phrases, terms of rules included.
    pub fn phrases(&self) -> usize {
        self.lexicon.phrases()
    }

    pub(super) fn roles_of(&self, phrase: u32) -> &[(u32, u32, bool)] {
        let at = phrase as usize;
        let (Some(from), Some(to)) = (self.role_begins.get(at), self.role_begins.get(at + 1)) else { return &[] };
        &self.roles[*from as usize..*to as usize]
    }
}

/// The general taxonomy without names, definitions and examples: what `taxonomy/general.json` says
/// to the matcher. `cargo xtask taxonomy` writes it; a test holds that both are the same.
pub const GENERAL_JSON: &str = include_str!("general.json");

/// The taxonomy of every engine that is given no other. Compiled on first use.
pub fn general() -> &'static Arc<Taxonomy> {
    static GENERAL: OnceLock<Arc<Taxonomy>> = OnceLock::new();
    // Part of the crate and read by its tests: no input from outside can make this fail.
    GENERAL.get_or_init(|| Arc::new(Taxonomy::from_json(GENERAL_JSON).expect("the general taxonomy is valid")))
}
