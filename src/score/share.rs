//! Rollups for others' eyes: no texts, no ids, no small groups, and on request noise.
//!
//! Without noise a shared rollup hides groups of fewer than k people, and groups that could be worked out by
//! subtraction. With noise it holds epsilon-differential privacy for its counts (Dwork, McSherry, Nissim, Smith
//! 2006): whether one person is in it changes the probability of any outcome by a factor of at most e^epsilon.
//! Limits: docs/design/score.md.

use crate::order::Sorted;

use super::chacha::ChaCha;
use super::counts::{ANSWERED, COUNTERS, Counts, NAMED, RATINGS, RECORDS, SENTIMENT, UNANSWERED, VALUES, is_unused};
use super::segments::Segments;
use super::tally::Tally;
use super::{Dimension, MAX_COUNT, Rollup};
use crate::error::{Error, Result};

/// Counters that noise keeps, one of each kind a record: records, sentiment, rating, answered.
const KINDS: f64 = 4.0;
/// Scales whose noisy sum is under so many standard deviations of the noise are dropped.
const SURE: f64 = 3.0;

/// How a rollup is shared.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareOptions {
    /// Fewest people (records, where nobody is named) of a group, 2..=1000000; default 5.
    pub min_people: u64,
    pub noise: Option<Noise>,
}

impl Default for ShareOptions {
    fn default() -> ShareOptions {
        ShareOptions { min_people: 5, noise: None }
    }
}

/// Noise on every count.
#[derive(Debug, Clone, PartialEq)]
pub struct Noise {
    /// 0.001..=100; the smaller, the more noise.
    pub epsilon: f64,
    /// 32 bytes nobody else can know, new each time.
    pub seed: [u8; 32],
    /// How many records of one person are in the rollup at most; the promise is void beyond.
    pub records_per_person: u32,
}

/// A rollup fit to be shared.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Counts only. It merges like any other; a promise of privacy adds up over all that is shared.
    pub rollup: Rollup,
    /// Groups withheld, by dimension.
    pub withheld: Vec<(String, u64)>,
    /// Epsilon spent on it.
    pub epsilon: Option<f64>,
    /// Standard deviation of the noise on each count: 0 without noise. Intervals do not cover it.
    pub noise_deviation: f64,
}

/// What may still be told: epsilon adds up over everything shared about the same people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyBudget {
    /// In millionths, so that sums are exact.
    total: u64,
    spent: u64,
}

impl PrivacyBudget {
    /// # Errors
    /// [`Error::Option`] naming `epsilon` unless in 0..=1000.
    pub fn new(epsilon: f64) -> Result<PrivacyBudget> {
        if !(0.0..=1_000.0).contains(&epsilon) {
            return Err(Error::Option { name: "epsilon".into(), what: "must be from 0 to 1000".into() });
        }
        Ok(PrivacyBudget { total: libm::round(epsilon * 1e6) as u64, spent: 0 })
    }

    /// What is left.
    pub fn left(&self) -> f64 {
        self.total.saturating_sub(self.spent) as f64 / 1e6
    }

    fn spend(&mut self, epsilon: f64) -> Result<()> {
        // Rounded up: never less than what is used.
        let cost = (epsilon * 1e6).ceil() as u64;
        if cost > self.total.saturating_sub(self.spent) {
            return Err(Error::Option { name: "epsilon".into(), what: "is over what is left of the budget".into() });
        }
        self.spent += cost;
        Ok(())
    }
}

/// A rollup for others: see [`ShareOptions`]. Nothing is spent of `budget` without noise, or when refused.
///
/// # Errors
/// [`Error::Option`] naming `minPeople` (out of range, or more than the whole rollup has), `epsilon` (out of range,
/// or over the budget) or `recordsPerPerson` (0).
pub fn share(rollup: &Rollup, options: &ShareOptions, budget: &mut PrivacyBudget) -> Result<Shared> {
    let refuse = |name: &str, what: &str| Err(Error::Option { name: name.into(), what: what.into() });
    if !(2..=1_000_000).contains(&options.min_people) {
        return refuse("minPeople", "must be a whole number from 2 to 1000000");
    }
    if let Some(noise) = &options.noise {
        if !(0.001..=100.0).contains(&noise.epsilon) {
            return refuse("epsilon", "must be from 0.001 to 100");
        }
        if noise.records_per_person == 0 {
            return refuse("recordsPerPerson", "must be at least 1");
        }
    } else if people(&rollup.total) < options.min_people {
        return refuse("minPeople", "is more than the rollup has");
    }
    let mut shared = Rollup { limit: rollup.limit, ..Rollup::new() };
    shared.dimensions.clone_from(&rollup.dimensions);
    shared.keyed.clone_from(&rollup.keyed);
    shared.dated.clone_from(&rollup.dated);
    shared.total = bare(&rollup.total);
    let mut withheld = Vec::new();
    let mut scale = 0.0;
    if let Some(noise) = &options.noise {
        budget.spend(noise.epsilon)?;
        for several in [Dimension::Topic, Dimension::Brand] {
            shared.dimensions[several as usize] = Segments::default();
        }
        let groups = 1 + shared.all_dimensions().len();
        scale = KINDS * groups as f64 * f64::from(noise.records_per_person) / noise.epsilon;
        let mut source = ChaCha::new(&noise.seed);
        shared.total = noisy(&shared.total, scale, &mut source);
        for (name, all) in dimensions(&mut shared) {
            let hidden = all.kept.len();
            all.other = Tally::default();
            for (_, tally) in all.kept.values_mut() {
                *tally = noisy(tally, scale, &mut source);
            }
            all.kept.retain(|_, (_, tally)| tally.records() >= options.min_people);
            withheld.push((name, (hidden - all.kept.len()) as u64));
        }
    } else {
        for (name, all) in dimensions(&mut shared) {
            withheld.push((name, withhold(all, options.min_people)));
        }
    }
    shared.offered = shared.total.records();
    let alpha = libm::exp(-1.0 / scale);
    let deviation = if scale > 0.0 { (2.0 * alpha).sqrt() / (1.0 - alpha) } else { 0.0 };
    let epsilon = options.noise.as_ref().map(|noise| noise.epsilon);
    Ok(Shared { rollup: shared, withheld, epsilon, noise_deviation: deviation })
}

fn dimensions(rollup: &mut Rollup) -> Vec<(String, &mut Segments)> {
    let built_in = Dimension::ALL.into_iter().map(|dimension| dimension.slug().to_owned()).zip(&mut rollup.dimensions);
    let keyed = rollup.keyed.iter_mut().map(|(name, all)| (["key:", name].concat(), all));
    let dated = rollup.dated.iter_mut().map(|(period, all)| (period.dimension(), all));
    built_in.chain(keyed).chain(dated).filter(|(_, all)| !all.is_empty()).collect()
}

/// How many people a group has; where nobody is named, how many records.
fn people(tally: &Tally) -> u64 {
    if tally.counts[NAMED] == 0 { tally.records() } else { tally.people.count() }
}

/// The counts without what points to people.
fn bare(tally: &Tally) -> Tally {
    let mut bare = Tally { counts: tally.counts, weighted: tally.weighted.clone(), ..Tally::new(tally.people.bits) };
    bare.counts[NAMED] = 0;
    bare
}

/// Takes out groups of fewer than `least` people and, since the sum of all that is out can be worked out, the next
/// smallest ones until at least `least` people are out. How many groups are out.
fn withhold(all: &mut Segments, least: u64) -> u64 {
    let mut order: Vec<(u64, u64)> = all.kept.iter().map(|(hash, (_, tally))| (people(tally), *hash)).collect();
    order.order();
    let mut out = core::mem::take(&mut all.other);
    let mut groups = u64::from(out.records() > 0);
    for (size, hash) in order {
        if size >= least && (groups == 0 || people(&out) >= least) {
            break;
        }
        if let Some((_, tally)) = all.kept.remove(&hash) {
            out.merge(&tally);
            groups += 1;
        }
    }
    all.dropped = Segments::default().dropped;
    all.kept.values_mut().for_each(|(_, tally)| *tally = bare(tally));
    groups
}

/// Records, sentiment, ratings and answers with noise; other counters are 0. What cannot be is mended afterwards,
/// which takes nothing from the promise: no count below 0 or above the records, no scale that is noise alone.
fn noisy(tally: &Tally, scale: f64, source: &mut ChaCha) -> Tally {
    let mut draws: [i64; COUNTERS] = [0; COUNTERS];
    let kept = |place: usize| {
        matches!(place, RECORDS | ANSWERED | UNANSWERED)
            || (SENTIMENT..SENTIMENT + 3).contains(&place)
            || ((RATINGS..RATINGS + 5 * VALUES).contains(&place) && !is_unused(place))
    };
    for place in (0..COUNTERS).filter(|place| kept(*place)) {
        draws[place] = tally.counts[place].min(MAX_COUNT) as i64 + source.noise(scale);
    }
    for at in 0..5 {
        let cells = RATINGS + at * VALUES..RATINGS + (at + 1) * VALUES;
        let used = cells.clone().filter(|place| !is_unused(*place)).count() as f64;
        if (draws[cells.clone()].iter().sum::<i64>() as f64) < SURE * scale * (2.0 * used).sqrt() {
            draws[cells].fill(0);
        }
    }
    let mut counts: Counts = draws.map(|draw| draw.max(0) as u64);
    let records = counts[RECORDS];
    counts.iter_mut().for_each(|count| *count = (*count).min(records));
    Tally { counts, ..Tally::new(tally.people.bits) }
}
