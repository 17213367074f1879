//! Runs the examples a taxonomy carries.

use serde::Serialize;

use super::compile::Taxonomy;
use super::source::Sample;
use crate::lexicon::Reading;
use crate::text::Normalized;

/// One example and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// As `topics[3].examples.match[0]`.
    pub path: String,
    /// Id of the topic.
    pub topic: String,
    pub lang: String,
    /// The topic must be found; else it must not.
    pub expected: bool,
    pub passed: bool,
    /// Ids of the topics found in the example.
    pub found: Vec<String>,
}

/// All examples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tested {
    pub examples: usize,
    pub passed: usize,
    /// Those that did not pass.
    pub failed: Vec<Example>,
}

impl Taxonomy {
    /// Ids of the topics of a text in the language with this code.
    pub fn topics_of(&self, text: &str, lang: &str) -> Vec<&str> {
        let normal = Normalized::new(text);
        let (hits, _) = self.find(&Reading::new(normal.text(), lang));
        hits.iter().filter_map(|hit| self.topics().get(hit.topic as usize)).map(|topic| topic.id.as_str()).collect()
    }

    /// Runs every example: those under `match` must be found to be about their topic or a child of
    /// it, those under `miss` must not be about the topic. `O(bytes of the examples)`.
    pub fn test(&self) -> Tested {
        let mut tested = Tested { examples: 0, passed: 0, failed: Vec::new() };
        for (t, topic) in self.source.topics.iter().enumerate() {
            for (key, samples, expected) in [("match", &topic.matches, true), ("miss", &topic.misses, false)] {
                for (i, sample) in samples.iter().enumerate() {
                    let Sample { lang, text } = sample;
                    let found = self.topics_of(text, lang);
                    let is_child =
                        |id: &&str| self.source.topics.iter().any(|other| other.id == **id && other.parent == Some(t));
                    let about = found.contains(&topic.id.as_str()) || (expected && found.iter().any(is_child));
                    tested.examples += 1;
                    if about == expected {
                        tested.passed += 1;
                        continue;
                    }
                    tested.failed.push(Example {
                        path: format!("topics[{t}].examples.{key}[{i}]"),
                        topic: topic.id.clone(),
                        lang: lang.clone(),
                        expected,
                        passed: false,
                        found: found.into_iter().map(str::to_string).collect(),
                    });
                }
            }
        }
        tested
    }
}
