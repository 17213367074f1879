//! Signals of a text: what the other answers know about them, and what they tell the others.

use super::{AnalyzeOptions, settle, why};
use crate::analysis::{Act, Analysis, Language, LinkFinding, LinkKind, Present, Safety, Signals};
use crate::lexicon;
use crate::signals;

/// The signals of a text without its swearing; spans are bytes of it.
pub(super) fn find(
    text: &str,
    reading: &lexicon::Reading,
    language: &Language,
    analysis: &Analysis,
    (signs, danger): (u32, bool),
    options: &AnalyzeOptions,
) -> Signals {
    let has = |acts: &[Act]| analysis.acts.iter().any(|act| acts.contains(act));
    let known = signals::Known {
        language,
        sentiment: analysis.sentiment.label,
        intent: analysis.intent.label,
        praises: has(&[Act::Praise, Act::Thanks]),
        suggests: has(&[Act::Suggestion, Act::Request, Act::Question]),
        wants: has(&[Act::Request, Act::Complaint, Act::Question]),
        promotion: analysis.safety.iter().any(|present| present.label == Safety::Promotion),
        signs,
        danger,
        tells: signals::is_telling(text),
        brands: &options.brands,
    };
    let mut found = signals::read(text, reading, &known);
    found.media_type = found.media_type.or_else(|| signals::media_type(options.channel));
    found
}

/// A link or an invitation that promotes or leads to pirated copies is promotion, whatever the learned head says. Not
/// where it is spam already, and not where somebody complains or asks, who may speak of such links. Its places stand with
/// the links.
pub(super) fn promote(analysis: &mut Analysis, found: &Signals, text: &str) {
    let promotes = |link: &LinkFinding| matches!(link.kind, LinkKind::Promotion | LinkKind::Piracy);
    let speaks = analysis.acts.iter().any(|act| matches!(act, Act::Complaint | Act::Question));
    if !speaks && found.links.iter().any(promotes) && !analysis.safety.iter().any(|one| why::is_mass(one.label)) {
        analysis.safety.push(Present { label: Safety::Promotion, spans: Vec::new() });
        settle::follow(analysis, text);
    }
}
