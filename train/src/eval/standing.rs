//! How far each head can be trusted in each language: what dev labels from outside this project say.
//!
//! A head is experimental in a language when fewer than [`LEAST`] dev texts with labels from
//! outside know it, or when it does not beat saying the same always.

use std::collections::BTreeSet;

use super::read::{Part, Sample};
use super::tables::{columns, count, is_outside, knowing, labels, language};
use super::tally::Several;
use crate::meaning::authored;
use crate::meaning::boards::{Board, Case};

/// Fewer dev texts than this show nothing.
const LEAST: usize = 20;

/// One head in one language.
pub struct Standing {
    pub language: String,
    /// Why it is experimental; `None` when it is not.
    pub experimental: Option<&'static str>,
    /// Dev sets with labels from outside.
    pub sets: Vec<String>,
    /// True when all of them are translated, projected from a translation, or labelled by a mark of the text.
    pub indirect: bool,
    /// Labels that occur in them; empty for one-of heads.
    pub labels: Vec<&'static str>,
    /// Dev texts with labels from outside.
    pub n: usize,
    /// Distance to the better of the baselines, in macro F1; below 0 when the head does not reach it.
    pub lead: f64,
}

/// All languages of one head.
pub struct HeadStanding {
    pub head: &'static str,
    pub languages: Vec<Standing>,
}

impl HeadStanding {
    /// True when the head is experimental in this language, or nothing is known of the language.
    pub fn is_experimental(&self, language: &str) -> bool {
        self.languages.iter().find(|one| one.language == language).is_none_or(|one| one.experimental.is_some())
    }
}

/// Sets whose texts or labels do not come from a person who wrote or read the language.
fn is_indirect(name: &str) -> bool {
    let translated = name.starts_with("absa/m_absa") && language(name) != "en";
    translated
        || ["emotion/xed_subtitles_projected", "speech_act/subtitle_questions_weak"]
            .iter()
            .any(|set| name.starts_with(set))
}

fn verdict(n: usize, lead: f64) -> Option<&'static str> {
    if n < LEAST {
        Some("no dev set with labels from outside")
    } else if lead <= 0.0 {
        Some("not above the baselines")
    } else {
        None
    }
}

/// Languages with authored texts of every head, and those of the sets.
fn languages<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
    let offered = authored::FILES.iter().map(|(lang, _)| *lang).filter(|lang| *lang != "mixed");
    offered.chain(names.map(language)).filter(|name| *name != "mixed").map(str::to_string).collect()
}

/// Standing of a one-of head with so many labels. The baseline is the commonest label always.
pub fn one_of(head: &'static str, parts: &[Part], labels: usize) -> HeadStanding {
    let outside = || parts.iter().filter(|part| is_outside(&part.name));
    let of = |code: String| {
        let own: Vec<&Part> = outside().filter(|part| language(&part.name) == code).collect();
        let samples = own.iter().flat_map(|part| &part.samples);
        let (confusion, _) = Part::score(samples, labels);
        let lead = confusion.macro_f1() - confusion.constant_f1();
        Standing {
            experimental: verdict(confusion.n(), lead),
            indirect: own.iter().all(|part| is_indirect(&part.name)),
            sets: own.iter().map(|part| part.name.clone()).collect(),
            labels: Vec::new(),
            n: confusion.n(),
            lead,
            language: code,
        }
    };
    let languages = languages(outside().map(|part| part.name.as_str())).into_iter().map(of).collect();
    HeadStanding { head, languages }
}

/// Standing of an any-of head. The baselines are every label always, and no label ever.
pub fn any_of(head: &'static str, boards: &[Board]) -> HeadStanding {
    let columns = columns(head);
    let outside: Vec<(&str, Vec<&Case>)> =
        knowing(boards, columns).into_iter().filter(|(name, _)| is_outside(name)).collect();
    let of = |code: String| {
        let own: Vec<&(&str, Vec<&Case>)> = outside.iter().filter(|(name, _)| language(name) == code).collect();
        let n = own.iter().map(|(_, cases)| cases.len()).sum();
        let counts = count(own.iter().flat_map(|(_, cases)| cases.iter().copied()), columns);
        let several = Several::of(&counts);
        let lead = if several.labels == 0 { 0.0 } else { several.lead() };
        let occurring = labels(head).into_iter().zip(&counts).filter(|(_, counts)| counts.yes() > 0);
        Standing {
            experimental: verdict(n, lead),
            indirect: own.iter().all(|(name, _)| is_indirect(name)),
            sets: own.iter().map(|(name, _)| name.to_string()).collect(),
            labels: occurring.map(|(label, _)| label).collect(),
            n,
            lead,
            language: code,
        }
    };
    let languages = languages(outside.iter().map(|(name, _)| *name)).into_iter().map(of).collect();
    HeadStanding { head, languages }
}

/// Standing of the language head: enough dev lines of the language, and more of them right than wrong.
pub fn language_head(parts: &[Part]) -> HeadStanding {
    let of = |part: &Part| {
        let right = part.samples.iter().filter(|sample: &&Sample| sample.truth == sample.answer).count();
        let share = right as f64 / part.samples.len().max(1) as f64;
        Standing {
            language: language(&part.name).to_string(),
            experimental: match verdict(part.samples.len(), share - 0.5) {
                Some(_) if part.samples.len() >= LEAST => Some("more often wrong than right"),
                Some(_) => Some("fewer than 20 dev lines"),
                None => None,
            },
            indirect: false,
            sets: vec!["langid/mixed_short".to_string()],
            labels: Vec::new(),
            n: part.samples.len(),
            lead: share - 0.5,
        }
    };
    HeadStanding { head: "language", languages: parts.iter().map(of).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::goals::{COLUMNS, Column, Goal};
    use hearken::analysis::Emotion;

    fn board(name: &str, n: usize, says: fn(usize) -> bool) -> Board {
        let case = |i: usize| {
            let mut goal = Goal::new();
            goal.set(Emotion::Joy, i.is_multiple_of(4));
            let mut p = vec![0.0; COLUMNS];
            p[Emotion::Joy.column()] = f32::from(u8::from(says(i)));
            Case { text: String::new(), goal, p }
        };
        Board { name: name.to_string(), cases: (0..n).map(case).collect() }
    }

    #[test]
    fn a_language_without_outside_labels_or_lead_is_experimental() {
        let boards = [
            board("emotion/one.de", 40, |i| i % 4 == 0),
            board("emotion/one.sv", 40, |_| true),
            board("emotion/one.nl", 12, |i| i % 4 == 0),
            board("authored.pl", 40, |i| i % 4 == 0),
        ];
        let standing = any_of("emotions", &boards);
        assert!(!standing.is_experimental("de"));
        assert!(is_indirect("absa/m_absa.de") && !is_indirect("absa/m_absa.en") && !is_indirect("emotion/one.de"));
        for (code, why) in
            [("sv", "not above the baselines"), ("nl", "no dev set"), ("pl", "no dev set"), ("ja", "no dev set")]
        {
            let one = standing.languages.iter().find(|one| one.language == code);
            assert!(one.and_then(|one| one.experimental).is_some_and(|said| said.starts_with(why)), "{code}");
        }
        assert!(standing.is_experimental("xx"));
    }
}
