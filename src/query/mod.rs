//! Finds analysed rows: words, phrases, nearness, labels, ratings and dates in one line.
//!
//! ```text
//! (deliver* OR courier) NEAR/5 late NOT refund sentiment:negative rating<=2 after:2026-01-01
//! ```
//!
//! | written | finds rows |
//! |---|---|
//! | `refund` | with this word, in any case; in Korean, Japanese, Chinese and Thai with this part of a text |
//! | `deliver*`, `*kosten`, `*liefer*` | with a word that begins, ends, goes on so |
//! | `"late delivery"` | with these words one after another |
//! | `late NEAR/3 parcel` | with both at most three words apart, in any order; NEAR alone is NEAR/8 |
//! | `a b`, `a AND b`, `a OR b`, `NOT a`, `( )` | NOT binds closest, then AND, then OR |
//! | `sentiment:negative`, `lang:pl,de` | with this label; a comma means or |
//! | `topic:delivery.negative` | where something negative is said about the topic |
//! | `urgency:high`, `churn:yes`, `effort:high`, `wish:yes`, `journey:renewal` | that say so |
//! | `rating<=2`, `rating:1..3`, `rating:low` | with this rating |
//! | `after:2026-01-01 before:2026-02-01` | sent from the first moment of the one day to that of the other, in UTC |
//! | `has:pii`, `meaningful:yes` | that carry or are something |
//!
//! A query is compiled once. Evaluating it is linear in the text: each word of the query looks at
//! each word of the text at most once, so the worst case is `O(query x text)`.

mod fields;
mod find;
mod lex;
mod parse;
mod row;
mod tree;

use crate::order::Sorted;
use std::fmt;

use crate::error::Result;
use crate::limits::MAX_TEXT_BYTES;
use crate::span::Span;
use crate::text::{Normalized, Words};
pub use fields::{Field, Vocabulary};
pub use row::{Row, RowTopic};
use tree::{Node, Test};

/// A compiled query. Written with [`fmt::Display`] and read again it is the same query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    root: Node,
}

impl Query {
    /// Reads a query. Cost: linear in its length.
    ///
    /// # Errors
    /// [`crate::Error::Query`] with the place in bytes and what was expected; it never holds a word
    /// of the query. Limits: [`crate::limits::MAX_QUERY_BYTES`], [`crate::limits::MAX_QUERY_DEPTH`]
    /// and [`crate::limits::MAX_QUERY_TERMS`].
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Query> {
        Ok(Query { root: parse::parse(text, vocabulary)? })
    }

    /// True when the row is found. Reads the first [`MAX_TEXT_BYTES`] of its text, and none of it
    /// when the query has no words.
    pub fn matches(&self, row: &Row) -> bool {
        Asked::new(row).holds(&self.root)
    }

    /// The places in the row's text of the words and phrases that made it match, in order and
    /// without overlap, in bytes; `None` when the row is not found. Words under NOT have no place,
    /// and a query of labels alone gives none.
    pub fn find(&self, row: &Row) -> Option<Vec<Span>> {
        let mut asked = Asked::new(row);
        if !asked.holds(&self.root) {
            return None;
        }
        let mut spans = Vec::new();
        asked.mark(&self.root, &mut spans);
        let mut spans: Vec<Span> = match &asked.text {
            Some(Cut { normal, .. }) => spans.into_iter().map(|span| normal.to_original(span)).collect(),
            None => spans,
        };
        spans.order();
        spans.dedup_by(|next, kept| {
            let joined = next.start < kept.end;
            if joined {
                kept.end = kept.end.max(next.end);
            }
            joined
        });
        Some(spans)
    }

    /// The fields the query tests, each once: what a row must carry to be asked.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        collect(&self.root, &mut fields);
        fields.order();
        fields.dedup();
        fields
    }

    /// True when the query has words or phrases, so that texts are read.
    pub fn reads_text(&self) -> bool {
        reads(&self.root)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl crate::Engine {
    /// What a query for rows of this engine may name: its languages, and the labels of the topics
    /// in force (none given allows any).
    pub fn vocabulary(&self, topics: Vec<String>) -> Vocabulary {
        Vocabulary { languages: self.languages().map(str::to_owned).collect(), topics }
    }
}

fn collect(node: &Node, fields: &mut Vec<Field>) {
    match node {
        Node::Term(_) | Node::Near(_) => {}
        Node::Test(Test::Label { field, .. }) => fields.push(*field),
        Node::Test(Test::Topic { .. }) => fields.push(Field::Topic),
        Node::Test(Test::Rating { .. }) => fields.push(Field::Rating),
        Node::Test(Test::Time { after, .. }) => fields.push(if *after { Field::After } else { Field::Before }),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| collect(node, fields)),
        Node::Not(node) => collect(node, fields),
    }
}

fn reads(node: &Node) -> bool {
    match node {
        Node::Term(_) | Node::Near(_) => true,
        Node::Test(_) => false,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(reads),
        Node::Not(node) => reads(node),
    }
}

/// A text, cut when the first word is looked for.
struct Cut<'r> {
    normal: Normalized<'r>,
    words: Words,
}

/// One row while a query is asked of it.
struct Asked<'r> {
    row: &'r Row<'r>,
    text: Option<Cut<'r>>,
}

impl<'r> Asked<'r> {
    fn new(row: &'r Row<'r>) -> Asked<'r> {
        Asked { row, text: None }
    }

    fn words(&mut self) -> &Words {
        let text: &'r str = &self.row.text;
        let cut = self.text.get_or_insert_with(|| {
            let normal = Normalized::new(text.get(..text.floor_char_boundary(MAX_TEXT_BYTES)).unwrap_or_default());
            let words = Words::new(normal.text());
            Cut { normal, words }
        });
        &cut.words
    }

    /// As deep as the query, which has a limit.
    fn holds(&mut self, node: &Node) -> bool {
        match node {
            Node::Term(term) => !find::places(self.words(), term).is_empty(),
            Node::Near(near) => find::chains(self.words(), near).is_some(),
            Node::Test(test) => self.passes(test),
            Node::And(nodes) => nodes.iter().all(|node| self.holds(node)),
            Node::Or(nodes) => nodes.iter().any(|node| self.holds(node)),
            Node::Not(node) => !self.holds(node),
        }
    }

    /// Adds the places of the words that are there, in bytes of the normal form.
    fn mark(&mut self, node: &Node, spans: &mut Vec<Span>) {
        match node {
            Node::Term(term) => spans.extend(find::places(self.words(), term).iter().map(|place| place.span)),
            Node::Near(near) => {
                let places = find::chains(self.words(), near).unwrap_or_default();
                spans.extend(places.iter().map(|place| place.span));
            }
            Node::And(nodes) => nodes.iter().for_each(|node| self.mark(node, spans)),
            Node::Or(nodes) => {
                for node in nodes {
                    // A part that does not hold as a whole has no say, even if some of its words stand there.
                    if !matches!(node, Node::And(_)) || self.holds(node) {
                        self.mark(node, spans);
                    }
                }
            }
            Node::Test(_) | Node::Not(_) => {}
        }
    }

    fn passes(&self, test: &Test) -> bool {
        let row = self.row;
        match test {
            Test::Label { field, values } => values.iter().any(|value| row.has(*field, value)),
            Test::Topic { values } => values.iter().any(|(label, sentiment)| {
                row.topics.iter().any(|topic| {
                    let named = topic.label == *label || topic.parent.as_ref().is_some_and(|parent| parent == label);
                    named
                        && sentiment.as_ref().is_none_or(|tone| topic.sentiment.as_ref().is_some_and(|own| own == tone))
                })
            }),
            Test::Rating { ranges } => {
                row.rating.is_some_and(|rating| ranges.iter().any(|(low, high)| (*low..=*high).contains(&rating.value)))
            }
            Test::Time { after, ms, .. } => row.time_ms.is_some_and(|time| (time >= *ms) == *after),
        }
    }
}

#[cfg(test)]
mod tests;
