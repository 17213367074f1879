//! What is wrong or doubtful about a taxonomy, with the place.

use crate::order::Sorted;
use std::collections::BTreeMap;

use serde::Serialize;

use super::compile::Taxonomy;
use super::source::SourceTopic;
use crate::lexicon::{Builder, Reading};
use crate::span::Span;
use crate::text::{Normalized, Script, is_hangul, is_unspaced, script_of};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The taxonomy does not do what it says.
    Error,
    /// Probably a mistake.
    Warning,
    /// Good to know.
    Note,
}

/// What was found; stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// An example that must match does not.
    ExampleMissed,
    /// An example that must not match does.
    ExampleMatched,
    /// A topic without phrases, rules and children.
    EmptyTopic,
    /// A phrase of two topics.
    Overlap,
    /// A phrase that adds nothing: another of its topic already matches wherever it does.
    Shadowed,
    /// A phrase that one of its topic's `not` always voids.
    Voided,
    /// A language that most topics have is missing.
    MissingLanguage,
    /// A topic without an example that must match.
    NoExample,
    /// One short word: it only counts in texts of its own language, or matches a great many words.
    Broad,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub code: Code,
    /// As `topics[3].phrases.en[7]`.
    pub path: String,
    /// The other place it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    pub message: String,
}

/// A phrase with its place.
struct Listed<'s> {
    path: String,
    topic: usize,
    lang: &'s str,
    phrase: &'s str,
    number: u32,
}

impl Taxonomy {
    /// Findings, the gravest first, then by place. `O(bytes)`: each phrase is matched once with all.
    pub fn lint(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.lint_examples(&mut findings);
        self.lint_topics(&mut findings);
        let listed = self.listed();
        overlaps(&listed, &self.source.topics, &mut findings);
        for one in &listed {
            self.lint_phrase(one, &listed, &mut findings);
        }
        findings.order();
        findings
    }

    /// Memory that the compiled phrases and rules take, in bytes, about.
    pub fn memory_bytes(&self) -> usize {
        self.lexicon.memory_bytes()
            + self.roles.len() * size_of::<(u32, u32, bool)>()
            + self.role_begins.len() * size_of::<u32>()
    }

    fn lint_examples(&self, findings: &mut Vec<Finding>) {
        for example in self.test().failed {
            let (code, message) = if example.expected {
                (Code::ExampleMissed, "is not found to be about its topic")
            } else {
                (Code::ExampleMatched, "is found to be about its topic and must not be")
            };
            let path = example.path;
            findings.push(Finding { severity: Severity::Error, code, path, other: None, message: message.into() });
        }
    }

    fn lint_topics(&self, findings: &mut Vec<Finding>) {
        let topics = &self.source.topics;
        let has = |topic: &SourceTopic, lang: &str| {
            topic.phrases.iter().any(|(other, list)| other == lang && !list.is_empty())
                || topic.rules.iter().any(|rule| rule.lang == lang)
        };
        let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
        for (lang, _) in topics.iter().flat_map(|topic| &topic.phrases) {
            languages.entry(lang).or_default();
        }
        for (lang, count) in &mut languages {
            *count = topics.iter().filter(|topic| has(topic, lang)).count();
        }
        for (t, topic) in topics.iter().enumerate() {
            let parent = topics.iter().any(|other| other.parent == Some(t));
            let silent = topic.rules.is_empty() && topic.phrases.iter().all(|(_, list)| list.is_empty());
            let mut push = |severity, code, path: String, message: &str| {
                findings.push(Finding { severity, code, path, other: None, message: message.into() });
            };
            if silent && !parent {
                push(Severity::Warning, Code::EmptyTopic, format!("topics[{t}]"), "has no phrases and no rules");
            }
            if silent {
                continue;
            }
            if topic.matches.is_empty() {
                let message = "has no example that must match";
                push(Severity::Note, Code::NoExample, format!("topics[{t}].examples"), message);
            }
            for (lang, count) in &languages {
                if count * 2 > topics.len() && !has(topic, lang) {
                    let path = format!("topics[{t}].phrases.{lang}");
                    push(Severity::Warning, Code::MissingLanguage, path, "is missing; most topics have it");
                }
            }
        }
    }

    /// Every phrase of every topic.
    fn listed(&self) -> Vec<Listed<'_>> {
        // Numbers are given in the order of `compile`.
        let mut builder = Builder::new();
        let mut listed = Vec::new();
        for (t, topic) in self.source.topics.iter().enumerate() {
            for (key, lists) in [("phrases", &topic.phrases), ("not", &topic.not)] {
                for (lang, phrases) in lists {
                    for (i, phrase) in phrases.iter().enumerate() {
                        let Ok(number) = builder.phrase(lang, phrase) else { continue };
                        if key == "phrases" {
                            let path = format!("topics[{t}].phrases.{lang}[{i}]");
                            listed.push(Listed { path, topic: t, lang, phrase, number });
                        }
                    }
                }
            }
            for rule in &topic.rules {
                // It compiled before.
                let _ = builder.rule(rule);
            }
        }
        listed
    }

    fn lint_phrase(&self, one: &Listed, listed: &[Listed], findings: &mut Vec<Finding>) {
        let text = shown(one.phrase);
        let normal = Normalized::new(&text);
        let reading = Reading::new(normal.text(), one.lang);
        let found = self.lexicon.scan(&reading);
        let own: Vec<_> = found.matches.iter().filter(|hit| hit.phrase == one.number).collect();
        let inside = |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
        let of_topic = |phrase: u32, void: bool| {
            self.roles_of(phrase).iter().any(|role| (role.1 as usize, role.2) == (one.topic, void))
        };
        if let Some(own) = own.first() {
            let other = found.matches.iter().filter(|hit| hit.phrase != one.number && !hit.slip);
            let mut other = other.filter(|hit| of_topic(hit.phrase, false) && inside(hit.span, own.span));
            if let Some(other) = other.next() {
                // Of two that match the same, as with and without accents, one is enough to tell.
                let path = listed.iter().find(|one| one.number == other.phrase).map(|one| one.path.clone());
                findings.push(Finding {
                    severity: Severity::Note,
                    code: Code::Shadowed,
                    path: one.path.clone(),
                    other: path,
                    message: "adds nothing: another phrase of its topic matches wherever it does".into(),
                });
            }
            if found.matches.iter().any(|hit| of_topic(hit.phrase, true) && inside(own.span, hit.span)) {
                findings.push(Finding {
                    severity: Severity::Warning,
                    code: Code::Voided,
                    path: one.path.clone(),
                    other: None,
                    message: "never counts: a phrase under not always covers it".into(),
                });
            }
        }
        let letters = one.phrase.chars().filter(|c| c.is_alphanumeric()).count();
        let single = !one.phrase.trim().contains(char::is_whitespace);
        let starred = one.phrase.contains('*');
        let latin = one.phrase.chars().any(|c| script_of(c) == Script::Latn);
        let broad = match () {
            () if !single => None,
            () if starred && latin && letters <= 3 => {
                Some("is a stem of three letters or fewer: it matches many words")
            }
            () if latin && letters <= 3 => {
                Some("is a word of three letters or fewer: it only counts in its own language")
            }
            () if letters == 1 && starred => Some("is a stem of one syllable: it matches many words"),
            () if letters == 1 && one.phrase.chars().any(is_unspaced) => {
                Some("is one character: it matches inside many words")
            }
            () => None,
        };
        if let Some(message) = broad {
            findings.push(Finding {
                severity: Severity::Note,
                code: Code::Broad,
                path: one.path.clone(),
                other: None,
                message: message.into(),
            });
        }
    }
}

/// A text the phrase matches, and that a whole word under a star does not.
fn shown(phrase: &str) -> String {
    let words = phrase.split_whitespace().map(|word| {
        let bare = word.trim_matches('*');
        let filler = if bare.chars().any(is_hangul) { "힣" } else { "qzx" };
        let before = if word.starts_with('*') { filler } else { "" };
        let after = if word.ends_with('*') && !bare.chars().any(is_unspaced) { filler } else { "" };
        format!("{before}{bare}{after}")
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Phrases of two topics of which none is the other's parent.
fn overlaps(listed: &[Listed], topics: &[SourceTopic], findings: &mut Vec<Finding>) {
    let mut by_number: BTreeMap<u32, Vec<&Listed>> = BTreeMap::new();
    for one in listed {
        by_number.entry(one.number).or_default().push(one);
    }
    for same in by_number.values() {
        let Some(first) = same.first() else { continue };
        for other in &same[1..] {
            if other.topic == first.topic {
                continue;
            }
            let family =
                topics[other.topic].parent == Some(first.topic) || topics[first.topic].parent == Some(other.topic);
            findings.push(Finding {
                severity: if family { Severity::Note } else { Severity::Warning },
                code: Code::Overlap,
                path: other.path.clone(),
                other: Some(first.path.clone()),
                message: "is a phrase of another topic too: both are found".into(),
            });
        }
    }
}
