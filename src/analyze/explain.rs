//! Gives an analysis its places and its evidence, where asked for.

use super::heads::Scratch;
use super::{AnalyzeOptions, Engine, why};
use crate::analysis::{Analysis, Emotion, Language, Present, Safety};
use crate::model::features::Asked;
use crate::span::Span;
use crate::text::{Calm, Normalized, Reading};

/// What was read, for the explanation.
pub(super) struct Told<'t, 'n> {
    pub normal: &'t Normalized<'n>,
    pub calm: Option<&'t Calm>,
    pub asked: Option<Asked>,
    /// Language of the text without its swearing, where it has some.
    pub without: Option<Language>,
    /// Context decided sentiment, acts and intent.
    pub settled: bool,
}

impl Engine {
    /// Places and evidence, where asked for. The scratch has read the text without its swearing last.
    pub(super) fn explain(&self, scratch: &mut Scratch, analysis: &mut Analysis, options: &AnalyzeOptions, told: Told) {
        let Told { normal, calm, asked, without, settled } = told;
        let places = options.spans && !(analysis.emotions.is_empty() && analysis.safety.is_empty());
        if !places && !options.evidence {
            return;
        }
        let model = &self.model;
        let mut evidence = Vec::new();
        let view = why::View { text: calm.map_or(normal.text(), |calm| &calm.text), asked, normal, calm };
        if options.spans {
            self.place(scratch, &view, &mut [], &mut analysis.safety, true);
        }
        if options.evidence {
            let wanted = why::calm(&self.heads, analysis);
            let spoken = without.as_ref().unwrap_or(&analysis.language);
            evidence = why::evidence(&mut scratch.sums, model, &view, spoken, settled, wanted);
        }
        if calm.is_some() {
            scratch.read(model, &Reading::new(normal.text()), asked);
        }
        let view = why::View { text: normal.text(), asked, normal, calm: None };
        if options.spans {
            self.place(scratch, &view, &mut analysis.emotions, &mut analysis.safety, false);
        }
        if options.evidence {
            let wanted = why::toned(&self.heads, analysis);
            let mut toned = why::evidence(&mut scratch.sums, model, &view, &analysis.language, false, wanted);
            toned.append(&mut evidence);
            analysis.evidence = Some(toned);
        }
    }

    /// Gives emotions and the safety labels that are (`mass`) or are not marks of mass text their places.
    fn place(
        &self,
        scratch: &mut Scratch,
        view: &why::View,
        emotions: &mut [Present<Emotion>],
        safety: &mut [Present<Safety>],
        mass: bool,
    ) {
        let mut labels = Vec::new();
        let mut spans: Vec<&mut Vec<Span>> = Vec::new();
        for emotion in emotions {
            labels.push((self.heads.emotions, emotion.label as usize));
            spans.push(&mut emotion.spans);
        }
        for label in safety.iter_mut().filter(|label| why::is_mass(label.label) == mass) {
            labels.push((self.heads.safety, label.label as usize));
            spans.push(&mut label.spans);
        }
        if labels.is_empty() {
            return;
        }
        let found = why::places(&mut scratch.sums, &self.model, view, &labels);
        spans.into_iter().zip(found).for_each(|(spans, found)| *spans = found);
    }
}
