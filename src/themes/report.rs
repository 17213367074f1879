//! Themes from counts.

use crate::order::Sorted;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::mentions::PART;
use super::sketch::{Entry, Sketch};
use super::{Themes, topic};
use crate::error::{Error, Result};

/// What a report of themes holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeOptions {
    /// Most themes: 1..=500.
    pub max_themes: usize,
    /// Fewest rows of a phrase: 2 and more. A phrase also needs that many different texts (at most 3).
    pub min_rows: u64,
    /// Also give what topics explain in half of its rows or more.
    pub explained: bool,
    /// Also give each theme as a topic for a taxonomy.
    pub topics: bool,
}

impl Default for ThemeOptions {
    fn default() -> Self {
        ThemeOptions { max_themes: 20, min_rows: 3, explained: false, topics: false }
    }
}

/// Rows by sentiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ThemeSentiment {
    pub negative: u64,
    pub neutral: u64,
    pub positive: u64,
}

/// A phrase of a theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemePhrase {
    /// As somebody wrote it; ` … ` stands where its words do not follow one another.
    pub text: String,
    /// Rows; too low by at most `ThemeReport::error`.
    pub count: u64,
    pub sentiment: ThemeSentiment,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Theme {
    /// Its best phrase.
    pub name: String,
    /// ISO 639-1 code of its phrases.
    pub language: String,
    /// Rows in which its leading word stands; too low by at most `ThemeReport::error`.
    pub count: u64,
    /// Of all rows with a phrase, 0..=1.
    pub share: f64,
    pub sentiment: ThemeSentiment,
    /// Share of its rows that no topic explains, 0..=1; 1 where no places of topics were given.
    pub unexplained: f64,
    /// How many times more frequent it is than in the background; without a background, than its best
    /// phrase would be if its words met by chance. 1 for a single word without background.
    pub lift: f64,
    /// The weightiest first, at most 12; the leading word alone comes last.
    pub phrases: Vec<ThemePhrase>,
    /// Numbers of rows that hold its best phrase, at most 8, of different texts.
    pub examples: Vec<u64>,
    /// Only when asked for: a topic in the format of taxonomy files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<Value>,
}

/// What many rows speak of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeReport {
    pub engine: &'static str,
    /// Rows added.
    pub rows: u64,
    /// Rows with a phrase.
    pub texts: u64,
    /// By how much any count may be too low; 0 as long as no phrase had to be let go.
    pub error: u64,
    /// The most frequent for their lift first.
    pub themes: Vec<Theme>,
}

/// Most phrases of a theme.
const MAX_PHRASES: usize = 12;
/// Different texts that a phrase needs, so that one text sent many times is no theme.
const MIN_TEXTS: u64 = 3;

/// A phrase with its parts.
struct Phrase<'t> {
    lang: &'t str,
    words: Vec<&'t str>,
    entry: &'t Entry,
    lift: f64,
    weight: f64,
}

pub(super) fn report(themes: &Themes, options: &ThemeOptions, background: Option<&Themes>) -> Result<ThemeReport> {
    check(options)?;
    let phrases = weigh(themes, options, background);
    let mut by_word: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let mut roots: Vec<usize> = Vec::new();
    for (at, phrase) in phrases.iter().enumerate() {
        for word in &phrase.words {
            by_word.entry((phrase.lang, word)).or_default().push(at);
        }
        if phrase.entry.leads() {
            roots.push(at);
        }
    }
    let of = |at: usize| phrases.get(at);
    let members = |root: &Phrase| -> Vec<usize> {
        let word = root.words.first().copied().unwrap_or_default();
        let all = by_word.get(&(root.lang, word)).cloned().unwrap_or_default();
        all.into_iter().filter(|at| of(*at).is_some_and(|phrase| phrase.words.len() > 1)).collect()
    };
    // The word with the weightiest phrase leads first.
    let lead = |root: &Phrase| {
        let best = members(root).into_iter().filter_map(of).map(|phrase| phrase.weight).fold(0.0, f64::max);
        root.weight + best
    };
    let mut order: Vec<(f64, &Phrase)> = roots.into_iter().filter_map(of).map(|root| (lead(root), root)).collect();
    order.order_by(|(a, one), (b, other)| {
        b.total_cmp(a).then_with(|| one.words.cmp(&other.words)).then_with(|| one.lang.cmp(other.lang))
    });

    let mut taken: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut used: BTreeSet<(&str, Vec<&str>)> = BTreeSet::new();
    let mut found: Vec<(f64, Theme)> = Vec::new();
    for (_, root) in order {
        let word = root.words.first().copied().unwrap_or_default();
        if !taken.insert((root.lang, word)) {
            continue;
        }
        let mut own: Vec<usize> = Vec::new();
        for at in members(root) {
            let Some(phrase) = of(at) else { continue };
            if !used.insert((phrase.lang, phrase.words.clone())) {
                continue;
            }
            own.push(at);
            // A word that stands mostly beside this one belongs to its theme: the pair counts the rows of both.
            if let [one, two] = phrase.words.as_slice() {
                let other = if *one == word { *two } else { *one };
                let alone =
                    themes.sketch.entries.get(&format!("{}{PART}{other}", phrase.lang)).map_or(0, |entry| entry.seen);
                if phrase.entry.seen.saturating_mul(2) >= alone {
                    taken.insert((phrase.lang, other));
                }
            }
        }
        own.order_by(|a, b| {
            let weight = |at: usize| of(at).map_or(0.0, |phrase| phrase.weight);
            weight(*b).total_cmp(&weight(*a)).then(a.cmp(b))
        });
        if let Some(theme) = theme(themes, root, own.into_iter().filter_map(of).collect(), options) {
            found.push((root.entry.seen as f64 * strength(theme.lift), theme));
        }
    }
    found.order_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.name.cmp(&other.name)));
    found.truncate(options.max_themes);
    let mut list: Vec<Theme> = found.into_iter().map(|(_, theme)| theme).collect();
    topic::unique(&mut list);
    let Themes { rows, texts, sketch } = themes;
    Ok(ThemeReport { engine: crate::VERSION, rows: *rows, texts: *texts, error: sketch.error, themes: list })
}

fn check(options: &ThemeOptions) -> Result<()> {
    let refuse = |name: &str, what: &str| Err(Error::Option { name: name.into(), what: what.into() });
    if !(1..=500).contains(&options.max_themes) {
        return refuse("maxThemes", "must be a whole number from 1 to 500");
    }
    if options.min_rows < 2 {
        return refuse("minRows", "must be a whole number from 2");
    }
    Ok(())
}

/// 0..1 for a lift from 0 up; one half where something is as frequent as expected.
fn strength(lift: f64) -> f64 {
    lift / (1.0 + lift)
}

/// Phrases that are frequent enough, each with its lift and weight, by key.
fn weigh<'t>(themes: &'t Themes, options: &ThemeOptions, background: Option<&Themes>) -> Vec<Phrase<'t>> {
    let Sketch { entries, .. } = &themes.sketch;
    let texts = themes.texts.max(1) as f64;
    let enough = |entry: &Entry| {
        entry.seen >= options.min_rows
            && entry.sample.distinct() as u64 >= options.min_rows.min(MIN_TEXTS)
            && (options.explained || entry.covered < entry.seen.saturating_sub(entry.covered))
    };
    entries
        .iter()
        .filter(|(_, entry)| enough(entry))
        .map(|(key, entry)| {
            let mut parts = key.split(PART);
            let lang = parts.next().unwrap_or_default();
            let words: Vec<&str> = parts.collect();
            let rate = entry.seen as f64 / texts;
            let lift = match background {
                Some(other) => {
                    // Half a row is added, so that what never occurs there gives no infinite lift.
                    let seen = other.sketch.entries.get(key).map_or(0, |entry| entry.seen);
                    rate / ((seen as f64 + 0.5) / (other.texts as f64 + 1.0))
                }
                None => {
                    let rate_of = |word: &&str| {
                        let seen = entries.get(&format!("{lang}{PART}{word}")).map_or(entry.seen, |single| single.seen);
                        seen as f64 / texts
                    };
                    if words.len() == 1 { 1.0 } else { rate / words.iter().map(rate_of).product::<f64>() }
                }
            };
            // Words that do not follow one another say less; so does one word alone.
            let kind = match (entry.surface.gap, words.len()) {
                (0, 1) => 0.5,
                (0, _) => 1.0,
                _ => 0.6,
            };
            Phrase { lang, weight: entry.seen as f64 * strength(lift) * kind, words, entry, lift }
        })
        .collect()
}

fn theme(themes: &Themes, root: &Phrase, members: Vec<&Phrase>, options: &ThemeOptions) -> Option<Theme> {
    // A word alone must be clearly frequent to be a theme.
    if members.is_empty() && root.entry.seen < options.min_rows.saturating_mul(2) {
        return None;
    }
    // The best phrase names the theme when it stands in a third of its rows.
    let naming = members
        .iter()
        .find(|phrase| phrase.entry.surface.gap == 0 && phrase.entry.seen.saturating_mul(3) >= root.entry.seen);
    let best = naming.copied().unwrap_or(root);
    let shown = |phrase: &&Phrase| ThemePhrase {
        text: phrase.entry.surface.text.clone(),
        count: phrase.entry.seen,
        sentiment: split(phrase.entry),
    };
    let mut phrases: Vec<ThemePhrase> = members.iter().take(MAX_PHRASES - 1).map(shown).collect();
    phrases.push(shown(&root));
    let mut examples: Vec<u64> = best.entry.sample.texts().iter().map(|(_, id)| *id).collect();
    examples.order();
    examples.dedup();
    let count = root.entry.seen;
    Some(Theme {
        name: best.entry.surface.text.clone(),
        language: root.lang.to_owned(),
        count,
        share: count as f64 / themes.texts.max(1) as f64,
        sentiment: split(root.entry),
        unexplained: 1.0 - root.entry.covered as f64 / count as f64,
        lift: best.lift,
        topic: options.topics.then(|| {
            let own = if members.is_empty() {
                vec![&root.entry.surface]
            } else {
                members.iter().take(MAX_PHRASES).map(|one| &one.entry.surface).collect()
            };
            topic::topic(&best.entry.surface.text, root.lang, &own, count, themes.rows)
        }),
        phrases,
        examples,
    })
}

fn split(entry: &Entry) -> ThemeSentiment {
    let [negative, neutral, positive] = entry.sentiment;
    ThemeSentiment { negative, neutral, positive }
}
