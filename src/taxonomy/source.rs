//! A taxonomy as it is written.

use serde::{Deserialize, Serialize};

use crate::lexicon::Rule;

/// What a topic is a part of: whose work it is to better it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    Product,
    Place,
    Agent,
    Price,
    Website,
    Delivery,
    Process,
    Company,
}

impl Target {
    pub const ALL: [Target; 8] = [
        Target::Product,
        Target::Place,
        Target::Agent,
        Target::Price,
        Target::Website,
        Target::Delivery,
        Target::Process,
        Target::Company,
    ];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Target::Product => "product",
            Target::Place => "place",
            Target::Agent => "agent",
            Target::Price => "price",
            Target::Website => "website",
            Target::Delivery => "delivery",
            Target::Process => "process",
            Target::Company => "company",
        }
    }
}

/// A list for each language, in the order written.
pub type ByLanguage<T> = Vec<(String, T)>;

/// A text with its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub lang: String,
    pub text: String,
}

/// One topic as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceTopic {
    pub id: String,
    /// Number of the parent among the topics.
    pub parent: Option<usize>,
    pub target: Target,
    pub name: ByLanguage<String>,
    pub definition: String,
    pub phrases: ByLanguage<Vec<String>>,
    pub rules: Vec<Rule>,
    pub not: ByLanguage<Vec<String>>,
    /// Texts that are about the topic.
    pub matches: Vec<Sample>,
    /// Texts that are not.
    pub misses: Vec<Sample>,
}

/// A taxonomy as written; ids are unique, parents exist and have no parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: String,
    pub name: ByLanguage<String>,
    pub topics: Vec<SourceTopic>,
}
