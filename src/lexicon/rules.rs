//! Rules over phrases: all, any, not, near, within one clause or sentence.

use crate::order::Sorted;
use serde::Deserialize;

use super::build::Builder;
use super::error::{LexiconError, What};
use super::packed::{In, Out};
use super::reading::Reading;
use super::scan::Match;
use super::{MAX_NEAR_WORDS, MAX_RULE_TERMS};
use crate::span::Span;

/// Where the terms of a rule must stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    #[default]
    Clause,
    Sentence,
}

impl Scope {
    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Scope::Clause => "clause",
            Scope::Sentence => "sentence",
        }
    }
}

/// Terms that must stand close together, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    pub terms: Vec<String>,
    /// Words from the first to the last term at most, 1..=[`MAX_NEAR_WORDS`]; neighbours are 1 apart.
    pub within: usize,
}

/// A rule. Holds where all terms of `all`, one of `any` and those of `near` are found, and none of `not`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Language of the terms. As with phrases, it only binds single Latin words of three letters or fewer.
    #[serde(default)]
    pub lang: String,
    #[serde(default)]
    pub scope: Scope,
    #[serde(default)]
    pub all: Vec<String>,
    #[serde(default)]
    pub any: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
    #[serde(default)]
    pub near: Option<Near>,
}

/// A rule with its terms as numbers of phrases.
#[derive(Debug, Clone)]
pub(super) struct CompiledRule {
    scope: Scope,
    all: Vec<u32>,
    any: Vec<u32>,
    not: Vec<u32>,
    near: Vec<u32>,
    within: u32,
}

impl Rule {
    pub(super) fn compile(&self, builder: &mut Builder) -> Result<CompiledRule, LexiconError> {
        let near = self.near.as_ref().map_or(&[][..], |near| near.terms.as_slice());
        if self.all.is_empty() && self.any.is_empty() && self.near.is_none() {
            return Err(What::NoTerms.into());
        }
        if self.all.len() + self.any.len() + self.not.len() + near.len() > MAX_RULE_TERMS {
            return Err(What::TooManyTerms.into());
        }
        if let Some(near) = &self.near {
            if near.terms.len() < 2 {
                return Err(LexiconError { at: "near.terms".into(), what: What::NearTerms });
            }
            if !(1..=MAX_NEAR_WORDS).contains(&near.within) {
                return Err(LexiconError { at: "near.within".into(), what: What::Within });
            }
        }
        let mut terms = |name: &str, terms: &[String]| {
            let term = |(i, term): (usize, &String)| {
                let refuse = |what| LexiconError { at: format!("{name}[{i}]"), what };
                builder.phrase(&self.lang, term).map_err(refuse)
            };
            terms.iter().enumerate().map(term).collect::<Result<Vec<u32>, LexiconError>>()
        };
        Ok(CompiledRule {
            scope: self.scope,
            all: terms("all", &self.all)?,
            any: terms("any", &self.any)?,
            not: terms("not", &self.not)?,
            near: terms("near.terms", near)?,
            within: self.near.as_ref().map_or(0, |near| near.within as u32),
        })
    }
}

/// A rule that holds in a clause or sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMatch {
    /// Number the builder gave.
    pub rule: u32,
    /// Where its terms stand, in bytes of the text read; by place, without overlap.
    pub spans: Vec<Span>,
    /// Number of the clause of the first term.
    pub clause: u32,
    pub sentence: u32,
    /// A negation reaches one of the terms.
    pub negated: bool,
}

/// Rules, filed by a term without which they cannot hold.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<CompiledRule>,
    /// Phrase and rule, by phrase.
    triggers: Vec<(u32, u32)>,
    /// Terms of any rule, by number of the phrase.
    is_term: Vec<bool>,
}

impl Rules {
    pub fn new(rules: Vec<CompiledRule>, phrases: usize) -> Rules {
        let mut triggers = Vec::new();
        let mut is_term = vec![false; if rules.is_empty() { 0 } else { phrases }];
        for (number, rule) in rules.iter().enumerate() {
            let must = rule.all.first().or(rule.near.first());
            let triggering = must.map_or(rule.any.as_slice(), std::slice::from_ref);
            triggers.extend(triggering.iter().map(|phrase| (*phrase, number as u32)));
            for term in rule.all.iter().chain(&rule.any).chain(&rule.not).chain(&rule.near) {
                if let Some(is_term) = is_term.get_mut(*term as usize) {
                    *is_term = true;
                }
            }
        }
        triggers.order();
        triggers.dedup();
        Rules { rules, triggers, is_term }
    }

    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// The rules that hold. `matches` by place; `steps` is the work left.
    pub fn find(&self, reading: &Reading, matches: &[Match], steps: &mut usize) -> Vec<RuleMatch> {
        let is_term = |hit: &&Match| self.is_term.get(hit.phrase as usize).copied().unwrap_or(false);
        let terms: Vec<&Match> = matches.iter().filter(is_term).collect();
        let mut held = Vec::new();
        if !terms.is_empty() {
            for scope in [Scope::Clause, Scope::Sentence] {
                let unit = |hit: &&Match| if scope == Scope::Clause { hit.clause } else { hit.sentence };
                for unit in terms.chunk_by(|a, b| unit(a) == unit(b)) {
                    self.find_in(reading, unit, scope, steps, &mut held);
                }
            }
        }
        held.order_by(|a: &RuleMatch, b| (a.rule, &a.spans).cmp(&(b.rule, &b.spans)));
        held
    }

    fn find_in(&self, reading: &Reading, unit: &[&Match], scope: Scope, steps: &mut usize, held: &mut Vec<RuleMatch>) {
        // By phrase; those of one phrase by place.
        let mut filed: Vec<&Match> = unit.to_vec();
        filed.order_by_key(|hit| hit.phrase);
        let mut rules: Vec<u32> = Vec::new();
        for hits in filed.chunk_by(|a, b| a.phrase == b.phrase) {
            let from = self.triggers.partition_point(|(phrase, _)| *phrase < hits[0].phrase);
            let own = self.triggers[from..].iter().take_while(|(phrase, _)| *phrase == hits[0].phrase);
            rules.extend(own.map(|(_, rule)| *rule));
        }
        rules.order();
        rules.dedup();
        for number in rules {
            let rule = &self.rules[number as usize];
            if rule.scope != scope {
                continue;
            }
            let terms = rule.all.len() + rule.any.len() + rule.not.len() + rule.near.len();
            let Some(left) = steps.checked_sub(terms) else {
                *steps = 0;
                return;
            };
            *steps = left;
            if let Some(hits) = rule.holds(reading, &filed) {
                held.push(RuleMatch {
                    rule: number,
                    clause: hits.iter().map(|hit| hit.clause).min().unwrap_or(0),
                    sentence: unit[0].sentence,
                    negated: hits.iter().any(|hit| hit.negated),
                    spans: joined(hits.iter().map(|hit| hit.span).collect()),
                });
            }
        }
    }
}

impl CompiledRule {
    pub fn pack(&self, out: &mut Out) {
        out.number(self.within as usize * 2 + usize::from(self.scope == Scope::Sentence));
        for terms in [&self.all, &self.any, &self.not, &self.near] {
            out.number(terms.len());
            terms.iter().for_each(|term| out.number(*term as usize));
        }
    }

    pub fn unpack(bytes: &mut In) -> Option<CompiledRule> {
        let coded = bytes.number()?;
        let mut terms =
            || (0..bytes.number()?).map(|_| bytes.number().map(|term| term as u32)).collect::<Option<Vec<u32>>>();
        Some(CompiledRule {
            scope: if coded % 2 == 1 { Scope::Sentence } else { Scope::Clause },
            all: terms()?,
            any: terms()?,
            not: terms()?,
            near: terms()?,
            within: (coded / 2) as u32,
        })
    }

    /// The matches by which the rule holds, if it does. `filed` by phrase.
    fn holds<'m>(&self, reading: &Reading, filed: &[&'m Match]) -> Option<Vec<&'m Match>> {
        let of = |phrase: u32| {
            let from = filed.partition_point(|hit| hit.phrase < phrase);
            let to = from + filed[from..].partition_point(|hit| hit.phrase == phrase);
            &filed[from..to]
        };
        if self.not.iter().any(|term| !of(*term).is_empty()) {
            return None;
        }
        let mut hits: Vec<&Match> = Vec::new();
        for term in &self.all {
            hits.push(of(*term).first().copied()?);
        }
        if !self.any.is_empty() {
            hits.push(self.any.iter().find_map(|term| of(*term).first().copied())?);
        }
        if !self.near.is_empty() {
            let mut lists: Vec<&[&Match]> = self.near.iter().map(|term| of(*term)).collect();
            hits.append(&mut closest(reading, &mut lists, self.within)?);
        }
        Some(hits)
    }
}

/// One match of each list, the first within reach of each other.
fn closest<'m>(reading: &Reading, lists: &mut [&[&'m Match]], within: u32) -> Option<Vec<&'m Match>> {
    let at = |hit: &Match| {
        let word = &reading.words[hit.words.0 as usize];
        let into = hit.low.start.saturating_sub(word.low.start);
        // A run counts a word for every two characters, of three bytes each.
        word.at + if word.run { (into / 6) as u32 } else { 0 }
    };
    loop {
        let mut firsts = Vec::with_capacity(lists.len());
        for list in lists.iter() {
            firsts.push(*list.first()?);
        }
        let places = || firsts.iter().map(|hit| at(hit));
        let (low, high) = (places().min()?, places().max()?);
        // Two terms in the same word are one place; a word cannot be near itself.
        let distinct = firsts.iter().enumerate().all(|(i, a)| firsts[..i].iter().all(|b| !a.low.overlaps(&b.low)));
        if high - low <= within && distinct {
            return Some(firsts);
        }
        let first = places().position(|place| place == low)?;
        lists[first] = lists[first].get(1..)?;
    }
}

/// Spans by place, those that overlap joined.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.order();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
