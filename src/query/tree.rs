//! A query as it is evaluated, and as it is written again.

use std::fmt::{self, Display};

use super::fields::Field;
use crate::text::WordKind;

/// One part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Term(Term),
    Near(Near),
    Test(Test),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// As typed, white space as single spaces.
    pub text: String,
    pub quoted: bool,
    /// What must follow one another; never empty.
    pub pieces: Vec<Piece>,
}

/// One word of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: WordKind,
    /// Folded.
    pub text: String,
    /// The word may go on before it (`*kosten`).
    pub open_start: bool,
    /// The word may go on after it (`deliver*`).
    pub open_end: bool,
}

/// Alternatives, each near to one of the alternatives before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
    pub first: Vec<Term>,
    /// Distance in words to the alternatives before.
    pub rest: Vec<(usize, Vec<Term>)>,
}

/// A test of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// One of the values holds.
    Label { field: Field, values: Vec<String> },
    /// One of the topics was found; with the sentiment where one is named.
    Topic { values: Vec<(String, Option<String>)> },
    /// The number of the rating lies in one of the ranges, ends included.
    Rating { ranges: Vec<(u8, u8)> },
    /// Sent at or after (`after`) or before a moment in milliseconds.
    Time { after: bool, text: String, ms: i64 },
}

impl Node {
    /// All of `nodes`; a single one is itself, nested ones are taken in.
    pub(super) fn and(nodes: Vec<Node>) -> Node {
        join(nodes, |node| if let Node::And(inner) = node { Ok(inner) } else { Err(node) }, Node::And)
    }

    /// Any of `nodes`, as [`Node::and`].
    pub(super) fn or(nodes: Vec<Node>) -> Node {
        join(nodes, |node| if let Node::Or(inner) = node { Ok(inner) } else { Err(node) }, Node::Or)
    }
}

fn join(nodes: Vec<Node>, open: impl Fn(Node) -> Result<Vec<Node>, Node>, build: fn(Vec<Node>) -> Node) -> Node {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match open(node) {
            Ok(inner) => flat.extend(inner),
            Err(node) => flat.push(node),
        }
    }
    if flat.len() == 1
        && let Some(only) = flat.pop()
    {
        return only;
    }
    build(flat)
}

impl Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Term(term) => term.fmt(f),
            Node::Near(near) => near.fmt(f),
            Node::Test(test) => test.fmt(f),
            Node::And(nodes) => list(f, nodes, " AND ", |node| matches!(node, Node::Or(_))),
            Node::Or(nodes) => list(f, nodes, " OR ", |_| false),
            Node::Not(node) if matches!(**node, Node::And(_) | Node::Or(_)) => write!(f, "NOT ({node})"),
            Node::Not(node) => write!(f, "NOT {node}"),
        }
    }
}

/// Nodes with `between`, in parentheses where `enclose` says.
fn list(f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str, enclose: impl Fn(&Node) -> bool) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        if enclose(node) { write!(f, "({node})")? } else { write!(f, "{node}")? }
    }
    Ok(())
}

impl Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        alternatives(f, &self.first)?;
        for (within, terms) in &self.rest {
            write!(f, " NEAR/{within} ")?;
            alternatives(f, terms)?;
        }
        Ok(())
    }
}

fn alternatives(f: &mut fmt::Formatter<'_>, terms: &[Term]) -> fmt::Result {
    if let [term] = terms {
        return term.fmt(f);
    }
    for (at, term) in terms.iter().enumerate() {
        f.write_str(if at == 0 { "(" } else { " OR " })?;
        term.fmt(f)?;
    }
    f.write_str(")")
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quoted { quoted(f, &self.text) } else { f.write_str(&self.text) }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Test::Label { field, values } => {
                write!(f, "{}:", field.name())?;
                commas(f, values, |f, one| value(f, one))
            }
            Test::Topic { values } => {
                f.write_str("topic:")?;
                commas(f, values, |f, (label, sentiment)| match sentiment {
                    Some(sentiment) => value(f, &format!("{label}.{sentiment}")),
                    None => value(f, label),
                })
            }
            Test::Rating { ranges } => {
                f.write_str("rating:")?;
                commas(
                    f,
                    ranges,
                    |f, (low, high)| {
                        if low == high { write!(f, "{low}") } else { write!(f, "{low}..{high}") }
                    },
                )
            }
            Test::Time { after, text, .. } => {
                f.write_str(if *after { "after:" } else { "before:" })?;
                value(f, text)
            }
        }
    }
}

fn commas<T>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(",")?;
        }
        write(f, item)?;
    }
    Ok(())
}

fn value(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    if !text.is_empty() && text.chars().all(plain) { f.write_str(text) } else { quoted(f, text) }
}
