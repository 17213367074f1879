//! Why a label was given: the parts of the text that pushed it.

use super::heads::{Heads, limit};
use crate::analysis::{Act, Analysis, Evidence, Flag, Language, Push, Safety};
use crate::model::features::Asked;
use crate::model::{HeadKind, Label, Model, Part, Sums};
use crate::order::Sorted;
use crate::span::Span;
use crate::text::{Calm, Normalized};

/// Places that speak for a label: those that push at least this share of the strongest one.
const STRONG: f32 = 0.3;
/// Most places given for a present label.
const PLACES: usize = 3;

/// The text a head read, and the way back to the original.
pub(super) struct View<'v, 't> {
    pub text: &'v str,
    pub asked: Option<Asked>,
    pub normal: &'v Normalized<'t>,
    /// Set when swearing was taken out.
    pub calm: Option<&'v Calm>,
}

impl View<'_, '_> {
    fn original(&self, span: Span) -> Span {
        self.normal.to_original(self.calm.map_or(span, |calm| calm.back(span)))
    }

    /// The parts in the original text. Parts that come from one character of it ("㍿") are one.
    fn originals(&self, parts: Vec<Part>) -> Vec<Part> {
        let mut out: Vec<Part> = Vec::new();
        for part in parts {
            let span = self.original(part.span);
            match out.last_mut() {
                Some(last) if span.start < last.span.end => {
                    last.span.end = last.span.end.max(span.end);
                    last.weight += part.weight;
                }
                _ => out.push(Part { span, weight: part.weight }),
            }
        }
        out
    }
}

/// The strongest places that push each label, strongest first. `sums` has read `view`.
pub(super) fn places(sums: &mut Sums, model: &Model, view: &View, labels: &[Label]) -> Vec<Vec<Span>> {
    let strongest = |found: crate::model::Evidence| {
        let mut parts = view.originals(found.parts);
        parts.order_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.cmp(&b.span)));
        let least = parts.first().map_or(0.0, |part| part.weight * STRONG);
        let strong = parts.iter().take_while(|part| part.weight > 0.0 && part.weight >= least).take(PLACES);
        strong.map(|part| part.span).collect()
    };
    sums.evidence(model, view.text, view.asked, labels).into_iter().map(strongest).collect()
}

/// A label to explain: head, label, their numbers.
type Wanted = (&'static str, &'static str, usize, usize);

/// The labels read from the whole text, with its swearing: emotions and attacks.
pub(super) fn toned(heads: &Heads, analysis: &Analysis) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for emotion in &analysis.emotions {
        wanted.push(("emotions", emotion.label.slug(), heads.emotions, emotion.label as usize));
    }
    for label in analysis.safety.iter().filter(|label| !is_mass(label.label)) {
        wanted.push(("safety", label.label.slug(), heads.safety, label.label as usize));
    }
    wanted
}

/// The labels read from the text without its swearing.
pub(super) fn calm(heads: &Heads, analysis: &Analysis) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> =
        vec![("sentiment", analysis.sentiment.label.slug(), heads.sentiment, analysis.sentiment.label as usize)];
    for act in &analysis.acts {
        wanted.push(("acts", act.slug(), heads.acts, *act as usize));
    }
    if analysis.meaningful {
        wanted.push(("intent", analysis.intent.label.slug(), heads.intent, analysis.intent.label as usize));
    }
    for label in analysis.safety.iter().filter(|label| is_mass(label.label)) {
        wanted.push(("safety", label.label.slug(), heads.safety, label.label as usize));
    }
    let flags =
        [(Flag::Mixed, analysis.sentiment.mixed), (Flag::Irony, analysis.irony), (Flag::Broadcast, analysis.broadcast)];
    for (flag, _) in flags.into_iter().filter(|(_, holds)| *holds) {
        wanted.push(("flags", flag.slug(), heads.flags, flag as usize));
    }
    wanted
}

/// Marks of mass text: no customer's tone moves them.
pub(super) fn is_mass(label: Safety) -> bool {
    matches!(label, Safety::Spam | Safety::Promotion)
}

/// Evidence for the labels wanted. `sums` has read `view`. `settled`: context decided, not the model.
pub(super) fn evidence(
    sums: &mut Sums,
    model: &Model,
    view: &View,
    language: &Language,
    settled: bool,
    wanted: Vec<Wanted>,
) -> Vec<Evidence> {
    let labels: Vec<Label> = wanted.iter().map(|(_, _, head, label)| (*head, *label)).collect();
    let found = sums.evidence(model, view.text, view.asked, &labels);
    let one = |((head, label, number, at), found): (Wanted, crate::model::Evidence)| {
        let kind = model.heads[number].kind;
        // A logistic head that did not reach its limit: phrases decided.
        let below = || crate::model::sigmoid(found.logit) < limit(&model.heads[number], language, at);
        let yes_no = kind == HeadKind::AnyOf;
        let by_rule = settled || (yes_no && (label == Act::Statement.slug() || below()));
        let parts = view.originals(found.parts);
        let parts = parts.iter().map(|part| Push { span: part.span, weight: part.weight.into() });
        Evidence {
            head,
            label,
            by_rule,
            logit: found.logit.into(),
            bias: found.bias.into(),
            rest: found.rest.into(),
            parts: parts.collect(),
        }
    };
    wanted.into_iter().zip(found).map(one).collect()
}
