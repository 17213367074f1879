//! Words of celebrating and selling.

use std::sync::OnceLock;

use super::super::phrases::{PhraseBuilder, PhraseSet};
use crate::order::Sorted;
use crate::span::Span;

/// Written for this project.
const FESTIVE: &str = include_str!("festive.txt");

/// Where a text celebrates or sells, in ten languages and emoji; sorted.
pub(super) fn festive(text: &str) -> Vec<Span> {
    static PHRASES: OnceLock<PhraseSet> = OnceLock::new();
    let mut spans: Vec<Span> = set(&PHRASES, FESTIVE).find(text).iter().map(|place| place.span).collect();
    spans.order();
    spans.dedup();
    spans
}

/// The phrases of a list: lines `language: phrase, phrase`.
pub(super) fn set<'s>(once: &'s OnceLock<PhraseSet>, list: &str) -> &'s PhraseSet {
    once.get_or_init(|| {
        let mut builder = PhraseBuilder::default();
        for (_, phrases) in list.lines().filter_map(|line| line.split_once(": ")) {
            phrases.split(", ").for_each(|phrase| {
                builder.add(phrase);
            });
        }
        builder.build()
    })
}
