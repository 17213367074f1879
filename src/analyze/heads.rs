//! The heads an engine needs, and reading them.

use crate::analysis::{Act, Emotion, Flag, Intent, Language, Safety, SentimentLabel};
use crate::error::{Error, Result};
use crate::model::{Head, HeadKind, Model, Sums, Thresholds, sigmoid, softmax};

/// Numbers of the heads in the model.
#[derive(Debug)]
pub(super) struct Heads {
    pub language: usize,
    pub sentiment: usize,
    pub emotions: usize,
    pub acts: usize,
    pub safety: usize,
    pub flags: usize,
    pub intent: usize,
}

impl Heads {
    /// Finds the heads and checks that their labels are those of the engine, in its order.
    ///
    /// # Errors
    /// [`Error::Model`] naming what is missing; `at` is the length of the file.
    pub fn find(model: &Model, at: usize) -> Result<Heads> {
        let refuse = |what| Error::Model { at, what };
        let find = |name: &str, kind, labels: Option<Vec<&str>>, what| {
            let number = model.heads.iter().position(|head| head.name == name).ok_or_else(|| refuse(what))?;
            let head = &model.heads[number];
            let fits = head.kind == kind && labels.is_none_or(|labels| head.labels == labels);
            if fits { Ok(number) } else { Err(refuse(what)) }
        };
        let one = HeadKind::OneOf;
        let any = HeadKind::AnyOf;
        Ok(Heads {
            language: find("language", one, None, "the head language is missing or not of its kind")?,
            sentiment: find(
                "sentiment",
                one,
                Some(SentimentLabel::ALL.map(SentimentLabel::slug).to_vec()),
                "the head sentiment is missing or has other labels",
            )?,
            emotions: find(
                "emotions",
                any,
                Some(Emotion::ALL.map(Emotion::slug).to_vec()),
                "the head emotions is missing or has other labels",
            )?,
            acts: find(
                "acts",
                any,
                Some(Act::ALL.map(Act::slug).to_vec()),
                "the head acts is missing or has other labels",
            )?,
            safety: find(
                "safety",
                any,
                Some(Safety::ALL.map(Safety::slug).to_vec()),
                "the head safety is missing or has other labels",
            )?,
            flags: find(
                "flags",
                any,
                Some(Flag::ALL.map(Flag::slug).to_vec()),
                "the head flags is missing or has other labels",
            )?,
            intent: find(
                "intent",
                one,
                Some(Intent::ALL.map(Intent::slug).to_vec()),
                "the head intent is missing or has other labels",
            )?,
        })
    }
}

/// Buffers one run of analyses needs; reused between the texts of a batch.
pub(super) struct Scratch {
    pub sums: Sums,
    vector: Vec<f32>,
    /// Block whose vector `vector` is, for the text read last.
    vector_of: Option<usize>,
    answers: Vec<f32>,
}

impl Scratch {
    pub fn new(model: &Model) -> Scratch {
        Scratch { sums: Sums::new(model), vector: Vec::new(), vector_of: None, answers: Vec::new() }
    }

    /// Reads a text: the heads then speak of it.
    pub fn read(&mut self, model: &Model, text: &str, asked: Option<crate::model::features::Asked>) {
        self.sums.read(model, text, asked);
        self.vector_of = None;
    }

    /// Probabilities of a head's labels for the text read last. They sum to 1 for one-of heads.
    pub fn answers(&mut self, model: &Model, head: &Head) -> &[f32] {
        if self.vector_of != Some(head.block) {
            self.sums.vector(model, head.block, &mut self.vector);
            self.vector_of = Some(head.block);
        }
        head.logits(&self.vector, &mut self.answers);
        match head.kind {
            HeadKind::OneOf => softmax(&mut self.answers),
            HeadKind::AnyOf => self.answers.iter_mut().for_each(|z| *z = sigmoid(*z)),
        }
        &self.answers
    }

    /// One bit per label that reaches its limit for texts of this language. Where the language is a
    /// guess among those that share a script, a label must reach every set's limit.
    pub fn present(&mut self, model: &Model, head: &Head, language: &Language) -> u32 {
        let answers = self.answers(model, head);
        answers.iter().enumerate().fold(0, |bits, (i, p)| bits | u32::from(*p >= limit(head, language, i)) << i)
    }
}

/// The probability from which a label of a yes-or-no head is present in a text of this language; see
/// [`Scratch::present`].
pub(super) fn limit(head: &Head, language: &Language, label: usize) -> f32 {
    let own = head.limits(&language.code).get(label).copied().unwrap_or(f32::INFINITY);
    let guessed = !language.reliable && language.script == "Latn";
    let sets: &[Thresholds] = if guessed { &head.thresholds } else { &[] };
    sets.iter().map(|set| set.values[label]).fold(own, f32::max)
}
