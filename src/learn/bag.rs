//! What the learner sees of a text: hashed n-grams of the plain view, and the model's own vectors.

use crate::limits::MAX_LEARN_TEXT_BYTES;
use crate::model::features::{Extractor, Feature, View};
use crate::model::{Model, Sums};
use crate::text::Normalized;
use crate::text::tokens::{Token, tokens};

/// Bits of a feature's hash that name it: two of 24,000 features are alike once in 4,000 classifiers.
pub(super) const KEY_BITS: u32 = 40;

/// The name of a feature.
#[inline(always)]
pub(super) fn key(feature: &Feature) -> u64 {
    feature.hash >> (64 - KEY_BITS)
}

/// The block that tells languages apart says nothing about what is said.
const LEFT_OUT: &str = "language";

/// True for what a classifier keeps features of: the plain view.
#[inline(always)]
pub(super) fn is_plain(feature: &Feature) -> bool {
    feature.view != View::Raw
}

/// Reads texts; keeps its buffers between them.
pub(super) struct Reader<'m> {
    pub model: &'m Model,
    pub sums: Sums,
    extractor: Extractor,
    vector: Vec<f32>,
    /// Numbers of the blocks whose vectors are read.
    pub blocks: Vec<usize>,
}

impl<'m> Reader<'m> {
    pub fn new(model: &'m Model) -> Reader<'m> {
        let blocks = (0..model.blocks.len()).filter(|at| model.blocks[*at].name != LEFT_OUT).collect();
        Reader { model, sums: Sums::new(model), extractor: Extractor::default(), vector: Vec::new(), blocks }
    }

    /// Length of the model's vectors together.
    pub fn width(&self) -> usize {
        self.blocks.iter().map(|at| self.model.blocks[*at].width).sum()
    }

    /// Hands over the features of both views, repeats included. One copy of the reading serves every
    /// listener: it is large.
    pub fn features(&mut self, text: &str, take: &mut dyn FnMut(&Feature)) {
        self.hear(text, &tokens(text).collect::<Vec<_>>(), take);
    }

    /// The same, and appends the model's vectors of the text.
    pub fn features_and_vectors(&mut self, text: &str, out: &mut Vec<f32>, take: &mut dyn FnMut(&Feature)) {
        let tokens = tokens(text).collect::<Vec<_>>();
        self.hear(text, &tokens, take);
        self.sums.read_tokens(self.model, text, &tokens, None, None);
        for &block in &self.blocks {
            self.sums.vector(self.model, block, &mut self.vector);
            out.extend_from_slice(&self.vector);
        }
    }

    #[inline(never)]
    fn hear(&mut self, text: &str, tokens: &[Token], take: &mut dyn FnMut(&Feature)) {
        self.extractor.extract_tokens(text, tokens, None, |feature| take(&feature));
    }
}

/// The beginning of a text that is read, normalised.
pub(super) fn read(text: &str) -> Normalized<'_> {
    Normalized::new(&text[..text.floor_char_boundary(MAX_LEARN_TEXT_BYTES)])
}
