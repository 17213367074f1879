//! Threads: comments taken over by a theme that is not the post's, and threads nobody watches.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use crate::order::Sorted;
use crate::score::{Figure, share};

/// Fewest authors of a theme that takes a thread over.
const LEAST_AUTHORS: usize = 5;
/// Lower end of the interval of its share, in percent, from which a theme has taken over.
const LEAST_SHARE: f64 = 30.0;
/// Examples and terms given.
const MAX_EXAMPLES: usize = 3;
const MAX_TERMS: usize = 5;

/// A comment under a post. Its words come as terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ThreadComment {
    pub id: String,
    pub at_ms: i64,
    /// Pseudonym of who wrote.
    pub author: Option<String>,
    /// See [`super::terms`].
    pub terms: Vec<String>,
}

/// A theme that has taken a thread over.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Takeover {
    /// The term that most of the comments off the subject share, and what is said beside it.
    pub theme: String,
    pub beside: Vec<String>,
    /// Of all comments in percent, each author's repeated comments once, with Wilson interval and n.
    pub share: Figure,
    pub authors: u64,
    /// First comment of the theme after its share rose.
    pub since_ms: i64,
    /// Ids of the first such comments, by different authors.
    pub examples: Vec<String>,
}

/// The theme that has taken a thread over, if any: said in comments that share no term with the `subject` of the post
/// (its own terms, and names of its brand), by five authors or more, with the lower end of the 95 % interval of its
/// share at 30 % or more. Comments in any order. `O(n log n)`.
pub fn takeover(subject: &[String], comments: &[ThreadComment]) -> Option<Takeover> {
    let subject: BTreeSet<&str> = subject.iter().map(String::as_str).collect();
    let mut list: Vec<&ThreadComment> = comments.iter().collect();
    list.order_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    // The same author with the same words is one comment, and one id is one comment.
    let mut seen = BTreeSet::new();
    let mut said = BTreeSet::new();
    list.retain(|one| {
        let words: BTreeSet<&str> = one.terms.iter().map(String::as_str).collect();
        let fresh = one.author.as_deref().is_none_or(|author| said.insert((author, words)));
        fresh && (one.id.is_empty() || seen.insert(one.id.as_str()))
    });
    let off = |one: &&&ThreadComment| !one.terms.iter().any(|term| subject.contains(term.as_str()));
    let mut counts: BTreeMap<&str, (u64, BTreeSet<&str>)> = BTreeMap::new();
    for one in list.iter().filter(off) {
        for term in one.terms.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            let count = counts.entry(term).or_default();
            count.0 += 1;
            count.1.extend(one.author.as_deref());
        }
    }
    let (theme, (count, authors)) = counts.iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.0.cmp(a.0)))?;
    let method = "% of comments with the theme and off the subject; Wilson score interval (Wilson 1927)";
    let share = share("takeover", method, *count, list.len() as u64);
    let low = share.interval.map_or(0.0, |[low, _]| low);
    if authors.len() < LEAST_AUTHORS || low < LEAST_SHARE {
        return None;
    }
    let of_theme = |one: &&&ThreadComment| off(one) && one.terms.iter().any(|term| term == theme);
    let marks: Vec<bool> = list.iter().map(|one| of_theme(&one)).collect();
    let rose = list.iter().skip(rise(&marks)).filter(of_theme);
    let since_ms = rose.clone().next().map(|one| one.at_ms)?;
    let mut voices = BTreeSet::new();
    let examples = rose.filter(|one| one.author.as_deref().is_none_or(|author| voices.insert(author)));
    let mut beside: BTreeMap<&str, u64> = BTreeMap::new();
    for term in list.iter().filter(of_theme).flat_map(|one| &one.terms).filter(|term| term != theme) {
        *beside.entry(term).or_default() += 1;
    }
    let mut beside: Vec<(&str, u64)> = beside.into_iter().filter(|(_, count)| *count > 1).collect();
    beside.order_by(|a, b| b.1.cmp(&a.1));
    Some(Takeover {
        theme: (*theme).to_owned(),
        beside: beside.into_iter().take(MAX_TERMS).map(|(term, _)| term.to_owned()).collect(),
        share,
        authors: authors.len() as u64,
        since_ms,
        examples: examples.take(MAX_EXAMPLES).map(|one| one.id.clone()).collect(),
    })
}

/// The place from which marks are most likely more frequent than before: the largest likelihood ratio of a split; 0
/// where none is.
fn rise(marks: &[bool]) -> usize {
    let n = marks.len() as f64;
    let all = marks.iter().filter(|mark| **mark).count() as f64;
    let fit = |hits: f64, n: f64| {
        let part = |count: f64| if count > 0.0 { count * libm::log(count / n) } else { 0.0 };
        part(hits) + part(n - hits)
    };
    let (mut best, mut hits) = ((0, fit(all, n)), 0.0);
    for (at, mark) in marks.iter().enumerate() {
        let (before, after) = (at as f64, n - at as f64);
        let rises = at > 0 && (all - hits) * before > hits * after;
        let ratio = fit(hits, before) + fit(all - hits, after);
        // A split pays for its own freedom.
        if rises && ratio > best.1 + 2.0 {
            best = (at, ratio - 2.0);
        }
        hits += f64::from(u8::from(*mark));
    }
    best.0
}

/// What happens in one thread.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ThreadActivity {
    pub id: String,
    pub comments: u64,
    /// Comments that somebody of the organisation read, and answered.
    pub reads: u64,
    pub replies: u64,
    /// Spend or reach of the post, in the caller's unit; 0 where not known.
    pub weight: f64,
}

/// Threads with comments that nobody read or answered: unread ones first, then by weight, by comments without a
/// reply, by id. `O(n log n)`.
pub fn unattended(threads: &[ThreadActivity]) -> Vec<&ThreadActivity> {
    let open = |one: &ThreadActivity| one.comments.saturating_sub(one.replies);
    let mut list: Vec<&ThreadActivity> = threads.iter().filter(|one| open(one) > 0).collect();
    list.order_by(|a, b| {
        let unread = |one: &ThreadActivity| one.reads == 0 && one.replies == 0;
        let by_weight = b.weight.total_cmp(&a.weight);
        unread(b).cmp(&unread(a)).then(by_weight).then(open(b).cmp(&open(a))).then_with(|| a.id.cmp(&b.id))
    });
    list
}
