//! What the text is about, each topic with its own sentiment.

use std::sync::Arc;

use super::Engine;
use super::called_off::called_off;
use super::heads::Scratch;
use crate::analysis::{Analysis, Sentiment, SentimentLabel, SentimentProbabilities, TopicFound};
use crate::lexicon::Reading;
use crate::model::features::Asked;
use crate::order::Sorted;
use crate::span::Span;
use crate::taxonomy::{Hit, Taxonomy};
use crate::text::tokens::Token;

/// Clauses and sentences of a text, each read once and only where a topic stands in it.
struct Opinions<'o> {
    engine: &'o Engine,
    scratch: &'o mut Scratch,
    text: &'o str,
    /// Its tokens, where the scratch has read it last.
    tokens: Option<&'o [Token]>,
    asked: Option<Asked>,
    reading: &'o Reading,
    whole: Sentiment,
    /// The text speaks in one voice: its clauses need not be read apart.
    one_voice: bool,
    /// Clauses that call a problem off, rising; looked for when one is read as negative.
    called_off: Option<Vec<u32>>,
    clauses: Vec<Option<Sentiment>>,
    sentences: Vec<Option<Sentiment>>,
    /// Places of all topics with their numbers, by where they begin.
    mentions: Vec<(Span, u32)>,
}

impl Opinions<'_> {
    fn read(&mut self, span: Span) -> Sentiment {
        let head = self.engine.heads.sentiment;
        let whole = self.tokens.is_some_and(|tokens| parts(tokens, span));
        if !whole || !self.scratch.read_piece(self.engine, head, span) {
            let piece = span.slice(self.text).unwrap_or("");
            self.scratch.read_for(self.engine, head, piece, self.asked);
        }
        self.engine.sentiment(self.scratch)
    }

    /// Sentiment of a topic in a clause: that of its part where others are joined to it, else that of the clause, or
    /// of its sentence where the clause has no opinion.
    fn of(&mut self, clause: u32, topic: u32) -> Sentiment {
        let found = self.apart(clause, topic).unwrap_or_else(|| self.as_read(clause));
        // "No problems with delivery" is no complaint, whatever the single words say.
        if found.label != SentimentLabel::Negative {
            return found;
        }
        let reading = self.reading;
        let clauses = || called_off(reading).matches.iter().map(|hit| hit.clause).collect();
        let off = self.called_off.get_or_insert_with(clauses);
        if off.binary_search(&clause).is_ok() { turned(found) } else { found }
    }

    /// "The food was great and the waiter rude": the part of the clause around the first place of the topic between
    /// words that join it to others, where this part alone has a clear opinion.
    fn apart(&mut self, clause: u32, topic: u32) -> Option<Sentiment> {
        let reading = self.reading;
        let place = reading.clauses().get(clause as usize)?;
        let begin = self.mentions.partition_point(|(span, _)| span.start < place.span.start);
        let begun = self.mentions[begin..].iter().take_while(|(span, _)| span.start < place.span.end);
        let here = begun.filter(|(span, _)| span.end <= place.span.end);
        let (own, _) = *here.clone().find(|(_, number)| *number == topic)?;
        let others = here.filter(|(_, number)| *number != topic);
        let (first, last) =
            (others.clone().map(|(other, _)| other.end).min()?, others.map(|(other, _)| other.start).max()?);
        let mut part = place.body;
        for word in reading.words().get(place.words.0 as usize..place.words.1 as usize)? {
            if first <= word.span.start && word.span.end <= own.start && reading.joins(word) {
                part.start = word.span.end;
            } else if own.end <= word.span.start && word.span.end <= last && reading.joins(word) {
                part.end = word.span.start;
                break;
            }
        }
        if part == place.body {
            return None;
        }
        let found = self.read(part);
        let SentimentProbabilities { negative, positive, .. } = found.probabilities;
        (negative.max(positive) >= CLEAR).then_some(found)
    }

    fn as_read(&mut self, clause: u32) -> Sentiment {
        let reading = self.reading;
        let Some(place) = reading.clauses().get(clause as usize) else { return self.whole };
        if reading.clauses().len() == 1 || self.one_voice {
            return self.whole;
        }
        let own = match self.clauses.get(clause as usize).copied().flatten() {
            Some(own) => own,
            None => {
                let own = self.read(place.body);
                self.clauses[clause as usize] = Some(own);
                own
            }
        };
        if own.label != SentimentLabel::Neutral {
            return own;
        }
        self.of_sentence(place.sentence, place.span)
    }

    fn of_sentence(&mut self, number: u32, clause: Span) -> Sentiment {
        let reading = self.reading;
        let Some(span) = reading.sentences().get(number as usize).copied() else { return self.whole };
        if reading.sentences().len() == 1 {
            return self.whole;
        }
        match self.sentences.get(number as usize).copied().flatten() {
            Some(sentence) => sentence,
            None => {
                let sentence = self.read(if span.len() > clause.len() { span } else { clause });
                self.sentences[number as usize] = Some(sentence);
                sentence
            }
        }
    }
}

/// True where the ends of a piece lie in no token.
fn parts(tokens: &[Token], piece: Span) -> bool {
    [piece.start, piece.end].into_iter().all(|at| {
        let behind = tokens.partition_point(|token| token.start < at);
        behind == 0 || tokens[behind - 1].end <= at
    })
}

/// Probability of a sentiment from which a text without a contrast is taken to feel the same about
/// everything it names.
const ONE_VOICE: f64 = 0.8;

/// Probability of a sentiment from which a part of a clause is believed; below it, its clause speaks. Dev figures are
/// the same from 0.6 to 0.8, lower at 0.5.
const CLEAR: f64 = 0.6;

/// True when nothing says that a text has more than one opinion.
fn speaks_in_one_voice(analysis: &Analysis, reading: &Reading) -> bool {
    let SentimentProbabilities { negative, positive, .. } = analysis.sentiment.probabilities;
    negative.max(positive) >= ONE_VOICE && !analysis.sentiment.mixed && !reading.turns()
}

/// The same opinion the other way round.
fn turned(found: Sentiment) -> Sentiment {
    let SentimentProbabilities { negative, neutral, positive } = found.probabilities;
    Sentiment {
        label: SentimentLabel::Positive,
        mixed: false,
        score: -found.score,
        probabilities: SentimentProbabilities { negative: positive, neutral, positive: negative },
    }
}

/// The sentiment of all clauses that speak of a topic: their mean, mixed where they disagree.
fn joined(all: &[Sentiment]) -> Sentiment {
    let n = all.len().max(1) as f64;
    let mean = |of: fn(&SentimentProbabilities) -> f64| {
        // Held as f32 like every probability of the engine.
        f64::from((all.iter().map(|one| of(&one.probabilities)).sum::<f64>() / n) as f32)
    };
    let probabilities = SentimentProbabilities {
        negative: mean(|p| p.negative),
        neutral: mean(|p| p.neutral),
        positive: mean(|p| p.positive),
    };
    let has = |label: SentimentLabel| all.iter().any(|one| one.label == label);
    let SentimentProbabilities { negative, neutral, positive } = probabilities;
    let label = if positive >= negative && positive >= neutral {
        SentimentLabel::Positive
    } else if negative >= neutral {
        SentimentLabel::Negative
    } else {
        SentimentLabel::Neutral
    };
    Sentiment {
        label,
        mixed: all.iter().any(|one| one.mixed) || (has(SentimentLabel::Positive) && has(SentimentLabel::Negative)),
        score: f64::from((positive - negative) as f32),
        probabilities,
    }
}

/// The text read (without its swearing), and its tokens where the scratch has read it last.
pub(super) struct Read<'r> {
    pub text: &'r str,
    pub tokens: Option<&'r [Token]>,
}

/// Most clauses that one topic's sentiment is read from.
const MOST_CLAUSES: usize = 16;

impl Engine {
    /// The taxonomy used where the options name none.
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        self.taxonomy.as_ref().unwrap_or_else(|| crate::taxonomy::general())
    }

    /// The topics of the text read, with spans of that text.
    pub(super) fn topics(
        &self,
        scratch: &mut Scratch,
        reading: &Reading,
        read: Read,
        asked: Option<Asked>,
        analysis: &mut Analysis,
        taxonomy: &Taxonomy,
    ) {
        let Read { text, tokens } = read;
        let (hits, crowded) = taxonomy.find(reading);
        analysis.truncated |= crowded;
        if hits.is_empty() {
            return;
        }
        let mut opinions = Opinions {
            engine: self,
            scratch,
            text,
            tokens,
            asked,
            reading,
            whole: analysis.sentiment,
            one_voice: speaks_in_one_voice(analysis, reading),
            called_off: None,
            clauses: vec![None; reading.clauses().len()],
            sentences: vec![None; reading.sentences().len()],
            mentions: hits.iter().flat_map(|hit| hit.spans.iter().map(|span| (*span, hit.topic))).collect(),
        };
        opinions.mentions.order_by_key(|(span, _)| span.start);
        let topic = |hit: Hit| {
            let topic = taxonomy.topics().get(hit.topic as usize)?;
            let clauses = hit.clauses.iter().take(MOST_CLAUSES);
            let all: Vec<Sentiment> = clauses.map(|clause| opinions.of(*clause, hit.topic)).collect();
            let parent = topic.parent.and_then(|parent| taxonomy.topics().get(parent as usize));
            Some(TopicFound {
                number: hit.topic,
                label: topic.id.clone(),
                parent: parent.map(|parent| parent.id.clone()),
                target: topic.target,
                sentiment: if let [one] = all[..] { one } else { joined(&all) },
                spans: hit.spans,
                negated: hit.negated,
            })
        };
        analysis.topics = hits.into_iter().filter_map(topic).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokens;

    #[test]
    fn a_piece_of_a_text_gives_the_bits_it_gives_alone() {
        let engine = Engine::new().unwrap();
        let head = engine.heads.sentiment;
        let mut scratch = engine.scratch();
        for text in [
            "The food was great, but the waiter was rude!! I won't come back 😡",
            "See https://shop.example/x, 10 of 10... mail a@b or anna@example.com; Anna from Paris loved it :-)",
            "음식은 맛있지만 직원이 불친절해요ㅠㅠ 3시간 기다렸어요",
            "味はいいけど店員の態度が悪い。もう行きません!",
        ] {
            let all: Vec<Token> = tokens(text).collect();
            let mut read = 0;
            for (first, from) in all.iter().enumerate() {
                for to in &all[first..] {
                    let piece = Span::new(from.start, to.end);
                    assert!(parts(&all, piece));
                    scratch.read(&engine.model, &crate::text::Reading::new(text), None);
                    if scratch.read_piece(&engine, head, piece) {
                        let inside = scratch.answers(&engine, head).to_vec();
                        scratch.read_for(&engine, head, piece.slice(text).unwrap(), None);
                        assert_eq!(scratch.answers(&engine, head), inside, "{text}: {piece:?}");
                        read += 1;
                    }
                }
            }
            assert!(read > all.len(), "{text}");
            assert!(!parts(&all, Span::new(0, all[0].end - 1)));
        }
        // A piece has been read last, not the text.
        assert!(!scratch.read_piece(&engine, head, Span::new(0, 3)));
    }
}
