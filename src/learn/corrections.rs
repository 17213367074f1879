//! Corrections: what people changed, and what that changes for texts like those.
//!
//! Each corrected text keeps its features. A new text is compared with all of them; those it is like
//! push its answers by what was learned from the log, never by more than [`MOST`]. A text that is like
//! none of them is not touched.

use std::collections::BTreeMap;

use super::bag::{Reader, is_plain, key, read};
use super::vocabulary::{ByKey, sort};
use crate::analysis::{Act, Intent, SentimentLabel};
use crate::error::{Error, Result};
use crate::limits::{MAX_BATCH_BYTES, MAX_CORRECTIONS};
use crate::model::Model;
use crate::model::features::Group;

/// Cosine of two texts from which a correction is heard, and from which it is heard in full. Among
/// questions to one bank, one pair in 3,000 with different labels is more alike than LIKE, and one in
/// 30,000 than SAME (docs/design/learn.md).
const LIKE: f32 = 0.4;
const SAME: f32 = 0.6;
/// Weight of the character features beside the word features; as in [`super::fit`].
const CHARS: f32 = super::fit::CHARS;
/// Most that corrections add to or take from a logit.
const MOST: f32 = 8.0;
/// By how much a corrected label must lead on its own text, so that it also leads on texts like it.
const MARGIN: f32 = 4.0;
/// What a label that corrections push is taken to have at least: ln(1 / LEAST) is less than MARGIN, so
/// that a text heard in full follows however sure the engine was.
const LEAST: f32 = 0.02;
/// Rounds over the log.
const ROUNDS: usize = 12;
/// Mean vote of like corrections from which an act is added or taken away.
const MAJORITY: f32 = 0.5;
const SENTIMENTS: usize = SentimentLabel::ALL.len();
const INTENTS: usize = Intent::ALL.len();

/// What was changed about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Sentiment(SentimentLabel),
    Intent(Intent),
    /// All acts of the text.
    Acts(Vec<Act>),
}

impl Change {
    fn head(&self) -> u8 {
        match self {
            Change::Sentiment(_) => 0,
            Change::Intent(_) => 1,
            Change::Acts(_) => 2,
        }
    }
}

/// A text and the answer a person gave in place of the engine's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub text: String,
    pub change: Change,
}

/// What the engine says of a corrected text by itself.
pub(crate) struct Plain {
    pub sentiment: [f32; SENTIMENTS],
    pub intent: [f32; INTENTS],
    pub acts: Vec<Act>,
}

/// One corrected text.
#[derive(Debug, Clone)]
struct Known {
    sentiment: Option<SentimentLabel>,
    intent: Option<Intent>,
    /// Per act: added (1), taken away (-1) or left.
    acts: Option<[i8; Act::ALL.len()]>,
    /// What the text pushes, by label.
    push_sentiment: [f32; SENTIMENTS],
    push_intent: [f32; INTENTS],
}

/// What a log of corrections taught. Made by [`crate::Engine::correct`]. Two are equal when they are the
/// same object.
#[derive(Debug, Clone)]
pub struct Corrections {
    known: Vec<Known>,
    /// The corrected texts each feature stands in, with its share of the text.
    places: ByKey<Vec<(u32, f32)>>,
    /// Weight of each feature, and of one no corrected text has.
    weights: ByKey<f32>,
    stranger: f32,
}

impl PartialEq for Corrections {
    fn eq(&self, other: &Corrections) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Corrections {}

/// What corrections do to the answers for one text.
pub(crate) struct Pushes {
    pub sentiment: [f32; SENTIMENTS],
    pub intent: [f32; INTENTS],
    /// Acts to add (1) or take away (-1).
    pub acts: [i8; Act::ALL.len()],
}

impl Corrections {
    /// Learns from a log. Of several corrections of one text and head the last counts. `plain` gives
    /// what the engine says of a text by itself.
    ///
    /// # Errors
    /// [`Error::BatchTooLarge`] for too many corrections or bytes.
    pub(crate) fn learn(
        model: &Model,
        log: &[Correction],
        mut plain: impl FnMut(&str) -> Result<Plain>,
    ) -> Result<Corrections> {
        let too_large = |unit, limit, actual| Err(Error::BatchTooLarge { unit, limit, actual });
        if log.len() > MAX_CORRECTIONS {
            return too_large("corrections", MAX_CORRECTIONS, log.len());
        }
        let bytes = log.iter().map(|correction| correction.text.len()).sum();
        if bytes > MAX_BATCH_BYTES {
            return too_large("bytes", MAX_BATCH_BYTES, bytes);
        }
        // By text: the result does not depend on the order, but for which correction is the last.
        let mut texts: BTreeMap<&str, [Option<&Change>; 3]> = BTreeMap::new();
        for correction in log {
            texts.entry(&correction.text).or_default()[usize::from(correction.change.head())] =
                Some(&correction.change);
        }
        let mut reader = Reader::new(model);
        let bags: Vec<Vec<(u64, f32)>> = texts.keys().map(|text| bag(&mut reader, text)).collect();
        let mut count: ByKey<f32> = ByKey::default();
        bags.iter().flatten().for_each(|(key, _)| *count.entry(*key).or_default() += 1.0);
        let total = bags.len() as f32;
        let stranger = libm::logf(1.0 + total);
        let weights: ByKey<f32> =
            count.into_iter().map(|(key, count)| (key, libm::logf(1.0 + total / count))).collect();
        let mut corrections = Corrections { known: Vec::new(), places: ByKey::default(), weights, stranger };
        let mut answers = Vec::new();
        for (at, (bag, (text, changes))) in bags.iter().zip(&texts).enumerate() {
            for (key, share) in corrections.scaled(bag) {
                corrections.places.entry(key).or_default().push((at as u32, share));
            }
            let says = plain(text)?;
            let mut known = Known {
                sentiment: None,
                intent: None,
                acts: None,
                push_sentiment: [0.0; SENTIMENTS],
                push_intent: [0.0; INTENTS],
            };
            for change in changes.iter().flatten() {
                match change {
                    Change::Sentiment(label) => known.sentiment = Some(*label),
                    Change::Intent(label) => known.intent = Some(*label),
                    Change::Acts(acts) => {
                        let vote = |act: Act| i8::from(acts.contains(&act)) - i8::from(says.acts.contains(&act));
                        known.acts = Some(Act::ALL.map(vote));
                    }
                }
            }
            corrections.known.push(known);
            answers.push(says);
        }
        let near: Vec<Vec<(u32, f32)>> = bags.iter().map(|bag| corrections.near(bag)).collect();
        for _ in 0..ROUNDS {
            for (at, near) in near.iter().enumerate() {
                let pushes = corrections.pushes(near);
                let Some(known) = corrections.known.get_mut(at) else { continue };
                let says = &answers[at];
                if let Some(label) = known.sentiment {
                    teach(&mut known.push_sentiment, &says.sentiment, &pushes.sentiment, label as usize);
                }
                if let Some(label) = known.intent {
                    teach(&mut known.push_intent, &says.intent, &pushes.intent, label as usize);
                }
            }
        }
        Ok(corrections)
    }

    /// Number of corrected texts.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What the corrections do to the answers for a text; `None` where it is like no corrected text.
    /// `O(bytes x corrected texts)` at most, of those that share features.
    pub(crate) fn hear(&self, model: &Model, text: &str) -> Option<Pushes> {
        if self.is_empty() {
            return None;
        }
        let near = self.near(&bag(&mut Reader::new(model), text));
        (!near.is_empty()).then(|| self.pushes(&near))
    }

    /// The features of a text, scaled to a length of 1.
    fn scaled(&self, bag: &[(u64, f32)]) -> Vec<(u64, f32)> {
        let weigh = |&(key, by): &(u64, f32)| (key, by * self.weights.get(&key).unwrap_or(&self.stranger));
        let mut scaled: Vec<(u64, f32)> = bag.iter().map(weigh).collect();
        let squares: f32 = scaled.iter().map(|(_, share)| share * share).sum();
        scaled.iter_mut().for_each(|(_, share)| *share /= squares.max(1e-12).sqrt());
        scaled
    }

    /// The corrected texts this one is like, and how much each is heard: 0..=1.
    fn near(&self, bag: &[(u64, f32)]) -> Vec<(u32, f32)> {
        let mut cosines = vec![0f32; self.known.len()];
        for (key, share) in self.scaled(bag) {
            for &(text, other) in self.places.get(&key).into_iter().flatten() {
                cosines[text as usize] += share * other;
            }
        }
        let heard = |cosine: f32| ((cosine - LIKE) / (SAME - LIKE)).clamp(0.0, 1.0);
        let all = cosines.into_iter().enumerate().map(|(text, cosine)| (text as u32, heard(cosine)));
        all.filter(|(_, heard)| *heard > 0.0).collect()
    }

    fn pushes(&self, near: &[(u32, f32)]) -> Pushes {
        let mut pushes = Pushes { sentiment: [0.0; SENTIMENTS], intent: [0.0; INTENTS], acts: [0; Act::ALL.len()] };
        let mut votes = [0f32; Act::ALL.len()];
        let mut voters = 0f32;
        for &(text, heard) in near {
            let Some(known) = self.known.get(text as usize) else { continue };
            pushes.sentiment.iter_mut().zip(known.push_sentiment).for_each(|(sum, push)| *sum += push * heard);
            pushes.intent.iter_mut().zip(known.push_intent).for_each(|(sum, push)| *sum += push * heard);
            if let Some(acts) = known.acts {
                voters += heard;
                votes.iter_mut().zip(acts).for_each(|(vote, act)| *vote += f32::from(act) * heard);
            }
        }
        let bound = |push: &mut f32| *push = push.clamp(-MOST, MOST);
        pushes.sentiment.iter_mut().chain(&mut pushes.intent).for_each(bound);
        for (act, vote) in pushes.acts.iter_mut().zip(votes) {
            let vote = vote / voters.max(1.0);
            *act = i8::from(vote >= MAJORITY) - i8::from(vote <= -MAJORITY);
        }
        pushes
    }
}

/// The logit of a label the engine gives this probability, pushed by corrections.
pub(crate) fn pushed_logit(p: f32, push: f32) -> f32 {
    libm::logf(p.max(LEAST * push.clamp(0.0, 1.0)).max(1e-6)) + push
}

/// Moves what a text pushes until its label leads by [`MARGIN`]: half the gap up, half down.
fn teach(push: &mut [f32], says: &[f32], pushes: &[f32], label: usize) {
    let logit = |at: usize| pushed_logit(says[at], pushes[at]);
    let rival = (0..says.len()).filter(|at| *at != label).max_by(|a, b| logit(*a).total_cmp(&logit(*b)).then(b.cmp(a)));
    let Some(rival) = rival else { return };
    let gap = logit(rival) + MARGIN - logit(label);
    if gap > 0.0 {
        push[label] = (push[label] + gap / 2.0).clamp(-MOST, MOST);
        push[rival] = (push[rival] - gap / 2.0).clamp(-MOST, MOST);
    }
}

/// The features of a text, each once, by name; word and character features each of length 1 together.
fn bag(reader: &mut Reader, text: &str) -> Vec<(u64, f32)> {
    let mut all: Vec<(u64, u64)> = Vec::new();
    reader.features(read(text).text(), &mut |feature| {
        // A length or a question alone makes no text like another.
        if is_plain(feature) && feature.at.0 != feature.at.1 {
            all.push((key(feature), feature.group as u64));
        }
    });
    sort(&mut all);
    all.dedup_by_key(|(key, _)| *key);
    let count = |group: Group| all.iter().filter(|(_, other)| *other == group as u64).count().max(1) as f32;
    let norms = [1.0 / count(Group::Word).sqrt(), CHARS / count(Group::Char).sqrt()];
    all.into_iter().map(|(key, group)| (key, norms[group as usize])).collect()
}
