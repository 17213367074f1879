//! From what is written to what is asked.

use crate::order::Sorted;
use std::sync::{Arc, OnceLock};

use super::source::{Source, Target};
use crate::error::{Error, Result};
use crate::lexicon::{Builder, In, Lexicon, Out, by_number};

/// A topic, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    pub id: String,
    /// Number of the parent among the topics.
    pub parent: Option<u32>,
    pub target: Target,
}

/// A phrase of a topic, and whether it voids a match.
pub(super) type Role = (u32, u32, bool);

/// Phrases and rules of a taxonomy, what the phrases are to the topics, topics of the rules.
fn collect(source: &Source) -> Result<(Builder, Vec<Role>, Vec<u32>)> {
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
    roles.order();
    roles.dedup();
    Ok((builder, roles, rule_topics))
}

/// A compiled taxonomy. Two are equal when they are the same object.
#[derive(Debug)]
pub struct Taxonomy {
    id: String,
    topics: Vec<Topic>,
    pub(super) source: Source,
    pub(super) lexicon: Lexicon,
    /// Phrase, topic, and whether the phrase voids a match; by phrase.
    pub(super) roles: Vec<Role>,
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
        let (builder, roles, rule_topics) = collect(&source)?;
        let topic = |topic: &super::SourceTopic| Topic {
            id: topic.id.clone(),
            parent: topic.parent.map(|parent| parent as u32),
            target: topic.target,
        };
        let topics = source.topics.iter().map(topic).collect();
        Ok(Taxonomy::join(source, topics, builder.build(), roles, rule_topics))
    }

    fn join(source: Source, topics: Vec<Topic>, lexicon: Lexicon, roles: Vec<Role>, rule_topics: Vec<u32>) -> Taxonomy {
        let (role_begins, roles) = by_number(lexicon.phrases(), &roles, |role| role.0);
        Taxonomy { id: source.id.clone(), topics, source, lexicon, roles, role_begins, rule_topics }
    }

    /// What the matcher needs of a taxonomy, in few bytes; [`Taxonomy::unpack`] reads it again.
    ///
    /// # Errors
    /// As [`Taxonomy::compile`].
    pub fn pack(source: &Source) -> Result<Vec<u8>> {
        let (builder, roles, rule_topics) = collect(source)?;
        let mut out = Out::default();
        out.text(&source.id);
        out.number(source.topics.len());
        for (t, topic) in source.topics.iter().enumerate() {
            out.text(&topic.id);
            out.number(topic.parent.map_or(0, |parent| parent + 1) * Target::ALL.len() + topic.target as usize);
            for voids in [false, true] {
                let own: Vec<u32> =
                    roles.iter().filter(|role| (role.1, role.2) == (t as u32, voids)).map(|role| role.0).collect();
                out.rising(own.into_iter());
            }
        }
        out.rising(rule_topics.into_iter());
        let mut bytes = out.bytes;
        bytes.extend(builder.pack());
        Ok(bytes)
    }

    /// What [`Taxonomy::pack`] wrote: it finds the same as the taxonomy it was made from, but has no
    /// phrases to lint and no examples to test. `None` when the bytes are not what was written.
    pub fn unpack(bytes: &[u8]) -> Option<Taxonomy> {
        let mut bytes = In { bytes };
        let id = bytes.text()?.to_string();
        let mut topics = Vec::new();
        let mut roles = Vec::new();
        for t in 0..bytes.number()? {
            let id = bytes.text()?.to_string();
            let coded = bytes.number()?;
            let parent = (coded / Target::ALL.len()).checked_sub(1).map(|parent| parent as u32);
            topics.push(Topic { id, parent, target: Target::ALL[coded % Target::ALL.len()] });
            for voids in [false, true] {
                roles.extend(bytes.rising()?.into_iter().map(|phrase| (phrase, t as u32, voids)));
            }
        }
        let rule_topics = bytes.rising()?;
        let lexicon = Builder::unpack(&mut bytes)?.build();
        if roles.iter().any(|role| role.0 as usize >= lexicon.phrases()) {
            return None;
        }
        let source = Source { id, name: Vec::new(), topics: Vec::new() };
        Some(Taxonomy::join(source, topics, lexicon, roles, rule_topics))
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

    pub(super) fn roles_of(&self, phrase: u32) -> &[Role] {
        let at = phrase as usize;
        let (Some(from), Some(to)) = (self.role_begins.get(at), self.role_begins.get(at + 1)) else { return &[] };
        &self.roles[*from as usize..*to as usize]
    }
}

/// `taxonomy/general.json` as the matcher needs it, without names, definitions and examples; a test
/// writes it and holds that both find the same.
const GENERAL: &[u8] = include_bytes!("general.bin");

/// The taxonomy of every engine that is given no other. Read on first use.
pub fn general() -> &'static Arc<Taxonomy> {
    static FILED: OnceLock<Arc<Taxonomy>> = OnceLock::new();
    // Part of the crate and read by its tests: no input from outside can make this fail.
    FILED.get_or_init(|| Arc::new(Taxonomy::unpack(GENERAL).expect("the general taxonomy is valid")))
}
