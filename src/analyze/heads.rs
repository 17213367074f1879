//! The heads an engine needs, and reading them.

use super::Engine;
use crate::analysis::{Act, Emotion, Flag, Intent, Language, Safety, SentimentLabel, Sign};
use crate::error::{Error, Result};
use crate::model::features::Asked;
use crate::model::{Head, HeadKind, Lines, Model, Sums, Thresholds, softmax};
use crate::span::Span;
use crate::text::Reading;
use crate::text::tokens::{Token, tokens};

/// Numbers of the heads in the model, and all heads laid out for reading.
#[derive(Debug)]
pub(super) struct Heads {
    pub language: usize,
    pub sentiment: usize,
    pub emotions: usize,
    pub acts: usize,
    pub safety: usize,
    pub flags: usize,
    pub signs: usize,
    pub danger: usize,
    pub intent: usize,
    lines: Vec<Lines>,
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
            signs: find(
                "signs",
                any,
                Some(Sign::ALL.map(Sign::slug).to_vec()),
                "the head signs is missing or has other labels",
            )?,
            danger: find("danger", any, Some(vec!["danger"]), "the head danger is missing or has other labels")?,
            intent: find(
                "intent",
                one,
                Some(Intent::ALL.map(Intent::slug).to_vec()),
                "the head intent is missing or has other labels",
            )?,
            lines: model.heads.iter().map(Lines::new).collect(),
        })
    }
}

/// Buffers one run of analyses needs; reused between the texts of a batch.
pub(super) struct Scratch {
    pub sums: Sums,
    /// Per block, its vector for the text read last; empty until a head asks for it.
    vectors: Vec<Vec<f32>>,
    answers: Vec<f32>,
}

impl Scratch {
    pub fn new(model: &Model) -> Scratch {
        Scratch { sums: Sums::new(model), vectors: vec![Vec::new(); model.blocks.len()], answers: Vec::new() }
    }

    /// Reads a text: the heads then speak of it.
    pub fn read(&mut self, model: &Model, reading: &Reading, asked: Option<Asked>) {
        self.sums.read_tokens(model, reading.text, &reading.tokens, asked, None);
        self.vectors.iter_mut().for_each(Vec::clear);
    }

    /// Reads a piece of a text for one head, and those of its view: half the work.
    pub fn read_for(&mut self, engine: &Engine, head: usize, piece: &str, asked: Option<Asked>) {
        let model = &engine.model;
        let tokens: Vec<Token> = tokens(piece).collect();
        let view = model.blocks[model.heads[head].block].view;
        self.sums.read_tokens(model, piece, &tokens, asked, Some(view));
        self.vectors.iter_mut().for_each(Vec::clear);
    }

    /// The same for a piece of the text read last, a part of its work; its ends lie in no token. False where the text was
    /// not read as a whole: then nothing is read.
    pub fn read_piece(&mut self, engine: &Engine, head: usize, piece: Span) -> bool {
        let read = self.sums.read_piece(&engine.model, engine.model.heads[head].block, piece);
        if read {
            self.vectors.iter_mut().for_each(Vec::clear);
        }
        read
    }

    /// Logits of a head's labels for the text read last.
    fn logits(&mut self, engine: &Engine, head: usize) -> &mut [f32] {
        let block = engine.model.heads[head].block;
        let vector = &mut self.vectors[block];
        if vector.is_empty() {
            self.sums.vector(&engine.model, block, vector);
        }
        engine.heads.lines[head].logits(vector, &mut self.answers);
        &mut self.answers
    }

    /// Probabilities of a one-of head's labels for the text read last; they sum to 1.
    pub fn answers(&mut self, engine: &Engine, head: usize) -> &mut [f32] {
        let answers = self.logits(engine, head);
        softmax(answers);
        answers
    }

    /// One bit per label of a yes-or-no head that reaches its limit for texts of this language. Where
    /// the language is a guess among those that share a script, a label must reach every set's limit.
    pub fn present(&mut self, engine: &Engine, head: usize, language: &Language) -> u32 {
        let logits = self.logits(engine, head);
        let sets = &engine.model.heads[head].thresholds;
        let own = || sets.iter().skip(1).position(|set| set.language == language.code).map_or(0, |set| set + 1);
        engine.heads.lines[head].present(logits, (!is_guess(language)).then(own))
    }
}

/// True where the language is a guess among those that share a script.
fn is_guess(language: &Language) -> bool {
    !language.reliable && language.script == "Latn"
}

/// The probability from which a label of a yes-or-no head is present in a text of this language; see
/// [`Scratch::present`].
pub(super) fn limit(head: &Head, language: &Language, label: usize) -> f32 {
    let own = head.limits(&language.code).get(label).copied().unwrap_or(f32::INFINITY);
    let sets: &[Thresholds] = if is_guess(language) { &head.thresholds } else { &[] };
    sets.iter().map(|set| set.values[label]).fold(own, f32::max)
}
