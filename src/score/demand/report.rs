//! What is told of each demand.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

use super::{DemandOptions, DemandWish, people, times};
use crate::order::Sorted;
use crate::score::trends::log_odds;
use crate::score::{Figure, share};
use crate::time::{DAY_MS, HOUR_MS, local, weekday};

/// Most sub-items of a demand.
const MAX_SUB: usize = 5;

/// Wishes with the same words.
pub(super) struct Wording<'w> {
    pub words: BTreeSet<String>,
    pub wishes: Vec<&'w DemandWish>,
}

/// A part of a demand: one wording and who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubItem {
    pub object: String,
    pub people: u64,
    pub mentions: u64,
}

/// People who asked in the last window against the window before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Growth {
    pub now: u64,
    pub before: u64,
    /// z of the log-odds ratio of this demand among all people who asked; 1.96 or more: it grows.
    pub z: f64,
}

/// Somebody who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The pseudonym given.
    pub person: String,
    /// When last, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_ms: Option<i64>,
}

/// One demand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Demand {
    /// The wording most like all others of the demand, as somebody wrote it.
    pub object: String,
    pub language: String,
    /// Distinct people, however often they asked.
    pub people: u64,
    pub mentions: u64,
    /// Mentions whose person is not known: in `mentions`, not in `people`.
    pub anonymous: u64,
    /// Of all people with a wish in percent, with Wilson interval and n.
    pub share: Figure,
    /// Mentions by local hour and by weekday (Monday first) of asking, where the time is known.
    pub asked_hours: Vec<u64>,
    pub asked_weekdays: Vec<u64>,
    /// Mentions by the hours that they wish it for, where their words tell; a stretch counts in each of its hours.
    pub wanted_hours: Vec<u64>,
    pub growth: Growth,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_ms: Option<i64>,
    /// Message ids: the latest, of different people.
    pub examples: Vec<String>,
    /// The most frequent wordings.
    pub sub_items: Vec<SubItem>,
    /// Everybody who asked, by pseudonym: whom to return to.
    pub who: Vec<Asked>,
}

/// All demand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DemandReport {
    /// The most people first, then mentions.
    pub demands: Vec<Demand>,
    /// Demands found; `demands` holds the first of them.
    pub found: usize,
    /// Distinct people with a wish.
    pub people: u64,
    pub mentions: u64,
    /// Wishes whose words say nothing of what is wished.
    pub unclear: u64,
}

pub(super) fn report(
    demands: Vec<Vec<Wording>>,
    wishes: &[DemandWish],
    unclear: u64,
    options: &DemandOptions,
    now_ms: i64,
) -> DemandReport {
    let window = i64::from(options.window_days) * DAY_MS;
    let from = now_ms.saturating_sub(window);
    let within =
        |wish: &&DemandWish, from: i64| wish.at_ms.is_some_and(|at| at > from && at <= from.saturating_add(window));
    let periods = |list: &mut dyn Iterator<Item = &DemandWish>| {
        let list: Vec<&DemandWish> = list.collect();
        let count = |from: i64| {
            let (known, anonymous) = people(list.iter().copied().filter(|wish| within(wish, from)));
            known.len() as u64 + anonymous
        };
        [count(from), count(from.saturating_sub(window))]
    };
    let (all_people, _) = people(wishes.iter());
    let totals = periods(&mut wishes.iter());
    let found = demands.len();
    let mut list: Vec<Demand> = demands
        .iter()
        .map(|wordings| {
            let all: Vec<&DemandWish> = wordings.iter().flat_map(|wording| &wording.wishes).copied().collect();
            let [now, before] = periods(&mut all.iter().copied());
            let (_, z) = log_odds(now as f64, totals[0] as f64, before as f64, totals[1] as f64, 0.5, 1.0);
            let mut demand = described(wordings, &all, all_people.len() as u64, options);
            demand.growth = Growth { now, before, z };
            demand
        })
        .collect();
    list.order_by(|a, b| {
        (b.people, b.mentions)
            .cmp(&(a.people, a.mentions))
            .then_with(|| (&a.object, &a.language).cmp(&(&b.object, &b.language)))
    });
    let mentions = list.iter().map(|demand| demand.mentions).sum();
    list.truncate(options.most);
    DemandReport { demands: list, found, people: all_people.len() as u64, mentions, unclear }
}

fn described(wordings: &[Wording], all: &[&DemandWish], total: u64, options: &DemandOptions) -> Demand {
    let (known, anonymous) = people(all.iter().copied());
    let mut hours = [vec![0; 24], vec![0; 7], vec![0; 24]];
    for wish in all {
        if let Some(at) = wish.at_ms {
            let (day, of_day) = local(at, i64::from(options.utc_offset_minutes));
            hours[0][(of_day / HOUR_MS) as usize] += 1;
            hours[1][weekday(day)] += 1;
        }
        if let Some([first, last]) = wish.time.as_deref().and_then(times::hours) {
            let stretch = (last + 24 - first) % 24;
            (0..=stretch).for_each(|more| hours[2][usize::from((first + more) % 24)] += 1);
        }
    }
    let [asked_hours, asked_weekdays, wanted_hours] = hours;
    let mut latest: Vec<&DemandWish> = all.to_vec();
    latest.order_by(|a, b| b.at_ms.cmp(&a.at_ms).then_with(|| a.id.cmp(&b.id)));
    let mut voices = BTreeSet::new();
    let mut who: BTreeMap<&str, Option<i64>> = BTreeMap::new();
    let mut examples = Vec::new();
    for wish in &latest {
        let fresh = wish.person.as_deref().is_none_or(|person| voices.insert(person));
        if fresh && examples.len() < options.examples {
            examples.push(wish.id.clone());
        }
        if let Some(person) = wish.person.as_deref() {
            let last = who.entry(person).or_default();
            *last = (*last).max(wish.at_ms);
        }
    }
    let sub = |wording: &Wording| SubItem {
        object: shortest(wording),
        people: people(wording.wishes.iter().copied()).0.len() as u64,
        mentions: wording.wishes.len() as u64,
    };
    let mut sub_items: Vec<SubItem> = wordings.iter().map(sub).collect();
    sub_items.order_by(|a, b| (b.people, b.mentions).cmp(&(a.people, a.mentions)));
    sub_items.truncate(MAX_SUB);
    let method = "% of people with a wish; Wilson score interval (Wilson 1927)";
    Demand {
        object: most_typical(wordings),
        language: all.first().map(|wish| wish.language.clone()).unwrap_or_default(),
        people: known.len() as u64,
        mentions: all.len() as u64,
        anonymous,
        share: share("demand_share", method, known.len() as u64, total),
        asked_hours,
        asked_weekdays,
        wanted_hours,
        growth: Growth { now: 0, before: 0, z: 0.0 },
        first_ms: all.iter().filter_map(|wish| wish.at_ms).min(),
        last_ms: all.iter().filter_map(|wish| wish.at_ms).max(),
        examples,
        sub_items,
        who: who.into_iter().map(|(person, last_ms)| Asked { person: person.to_owned(), last_ms }).collect(),
    }
}

/// The shortest way the words were written.
fn shortest(wording: &Wording) -> String {
    let least = wording.wishes.iter().map(|wish| &wish.object).min_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    least.cloned().unwrap_or_default()
}

/// The wording whose words stand most in the others, each weighed by how often it was said.
fn most_typical(wordings: &[Wording]) -> String {
    let mut common: BTreeMap<&str, f64> = BTreeMap::new();
    for wording in wordings {
        for word in &wording.words {
            *common.entry(word).or_default() += wording.wishes.len() as f64;
        }
    }
    let mut best: Option<(f64, &Wording)> = None;
    for wording in wordings {
        let sum: f64 = wording.words.iter().filter_map(|word| common.get(word.as_str())).sum();
        let value = sum / (wording.words.len() as f64).sqrt();
        if best.is_none_or(|(most, _)| value > most) {
            best = Some((value, wording));
        }
    }
    best.map(|(_, wording)| shortest(wording)).unwrap_or_default()
}

/// Who is to be told that a wish came true, and who is not, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhomToTell {
    /// However long ago they asked.
    pub tell: Vec<Asked>,
    /// They want no messages.
    pub opted_out: Vec<Asked>,
}

/// Sorts those who asked by whether they may be told; `opted_out` holds pseudonyms. `O(n log n)`.
pub fn whom_to_tell(demand: &Demand, opted_out: &[String]) -> WhomToTell {
    let out: BTreeSet<&str> = opted_out.iter().map(String::as_str).collect();
    let (opted_out, tell) = demand.who.iter().cloned().partition(|asked| out.contains(asked.person.as_str()));
    WhomToTell { tell, opted_out }
}
