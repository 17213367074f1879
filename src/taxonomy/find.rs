//! Which topics a text is about, and where.

use super::MAX_TOPIC_SPANS;
use super::compile::Taxonomy;
use crate::lexicon::{Match, Reading};
use crate::order::Sorted;
use crate::span::Span;

/// A topic found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Number into [`Taxonomy::topics`].
    pub topic: u32,
    /// Bytes of the text read, by place, without overlap; at most [`MAX_TOPIC_SPANS`].
    pub spans: Vec<Span>,
    /// Clauses that speak of it, rising.
    pub clauses: Vec<u32>,
    /// A negation reaches every mention: "no parking".
    pub negated: bool,
}

/// One place that speaks of a topic.
struct Mention {
    topic: u32,
    spans: Vec<Span>,
    clause: u32,
    negated: bool,
    /// A phrase, and no rule.
    phrase: bool,
}

impl Mention {
    fn whole(&self) -> Span {
        let start = self.spans.first().map_or(0, |span| span.start);
        Span::new(start, self.spans.last().map_or(start, |span| span.end))
    }
}

fn inside(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// True when a negating word stands before the match in its clause, as in most languages.
fn has_negator(reading: &Reading, hit: &Match) -> bool {
    let first = hit.words.0;
    (first.saturating_sub(3)..first).any(|word| reading.is_negated_at(word + 1))
}

impl Taxonomy {
    /// The topics of a text, by first place. A phrase inside a longer one of any topic says nothing
    /// of its own ("delivery" in "delivery costs"), a phrase inside one of the topic's `not` is void,
    /// and a parent is not named where one of its children is found in the same clause. The second
    /// value is true when the text holds more than the matcher reports.
    pub fn find(&self, reading: &Reading) -> (Vec<Hit>, bool) {
        let found = self.lexicon.scan(reading);
        let mut mentions: Vec<Mention> = Vec::new();
        let mut voids: Vec<(u32, Span)> = Vec::new();
        for hit in &found.matches {
            for (_, topic, void) in self.roles_of(hit.phrase) {
                if *void {
                    voids.push((*topic, hit.span));
                } else {
                    mentions.push(Mention {
                        topic: *topic,
                        spans: vec![hit.span],
                        clause: hit.clause,
                        // "No parking", not "no problems with parking".
                        negated: hit.negated && (!has_negator(reading, hit) || reading.is_negated_at(hit.words.0)),
                        phrase: true,
                    });
                }
            }
        }
        for rule in found.rules {
            if let Some(topic) = self.rule_topics.get(rule.rule as usize) {
                mentions.push(Mention {
                    topic: *topic,
                    spans: rule.spans,
                    clause: rule.clause,
                    negated: rule.negated,
                    phrase: false,
                });
            }
        }
        voids.order();
        mentions.retain(|mention| {
            let from = voids.partition_point(|(topic, _)| *topic < mention.topic);
            let mut own = voids[from..].iter().take_while(|(topic, _)| *topic == mention.topic);
            !own.any(|(_, void)| mention.spans.iter().any(|span| inside(*span, *void)))
        });
        // By place, the longest first: what ends before one that began earlier lies inside it.
        mentions.order_by_key(|mention| {
            let whole = mention.whole();
            (!mention.phrase, whole.start, std::cmp::Reverse(whole.end), mention.topic)
        });
        let mut longest = Span::default();
        mentions.retain(|mention| {
            let whole = mention.whole();
            let covered = mention.phrase && inside(whole, longest) && whole != longest;
            if mention.phrase && whole.end > longest.end {
                longest = whole;
            }
            !covered
        });
        (self.gather(mentions), found.truncated)
    }

    fn gather(&self, mut mentions: Vec<Mention>) -> Vec<Hit> {
        // A child speaks for its parent in the same clause.
        let mut spoken: Vec<(u32, u32)> = mentions
            .iter()
            .filter_map(|mention| Some((self.topics().get(mention.topic as usize)?.parent?, mention.clause)))
            .collect();
        spoken.order();
        mentions.retain(|mention| spoken.binary_search(&(mention.topic, mention.clause)).is_err());
        mentions.order_by_key(|mention| (mention.topic, mention.whole()));
        let mut hits: Vec<Hit> = Vec::new();
        for mention in mentions {
            let same = hits.last().is_some_and(|hit| hit.topic == mention.topic);
            if !same {
                hits.push(Hit { topic: mention.topic, spans: Vec::new(), clauses: Vec::new(), negated: true });
            }
            let Some(hit) = hits.last_mut() else { continue };
            hit.spans.extend(mention.spans);
            hit.clauses.push(mention.clause);
            hit.negated &= mention.negated;
        }
        for hit in &mut hits {
            hit.spans.order();
            let mut joined: Vec<Span> = Vec::new();
            for span in hit.spans.drain(..) {
                match joined.last_mut() {
                    Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                    _ => joined.push(span),
                }
            }
            joined.truncate(MAX_TOPIC_SPANS);
            hit.spans = joined;
            hit.clauses.order();
            hit.clauses.dedup();
        }
        hits.order_by_key(|hit| (hit.spans.first().copied().unwrap_or_default(), hit.topic));
        hits
    }
}
