//! Differences, weighted and corrected figures against statsmodels 0.15.0 and scipy 1.17.1, and their coverage by
//! simulation.

use hearken::analysis::SentimentLabel;
use hearken::message::{Rating, Scale};
use hearken::score::*;

use super::rollups::Dice;

fn rated(scale: Scale, counts: &[(u8, u64)]) -> Rollup {
    let mut rollup = Rollup::new();
    for (value, times) in counts {
        let rating = Some(Rating { scale, value: *value });
        (0..*times).for_each(|_| rollup.add(&ScoreRecord { rating, ..ScoreRecord::default() }).unwrap());
    }
    rollup
}

fn one(before: &Rollup, now: &Rollup, metric: Metric) -> Difference {
    compare(before, now).differences.into_iter().find(|one| one.metric == metric.slug()).unwrap()
}

fn near(found: Option<[f64; 2]>, expected: [f64; 2]) {
    let found = found.unwrap();
    assert!((found[0] - expected[0]).abs() < 1e-9 && (found[1] - expected[1]).abs() < 1e-9, "{found:?} {expected:?}");
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} {expected}");
}

/// z 1.799 for 55/30/15 against 45/30/25 (measuringu.com, NPS significance test; Rocks 2016 for the variance).
#[test]
fn differences_of_nps_equal_the_formula() {
    for (a, b, p, interval) in [
        ([55, 30, 15], [45, 30, 25], 0.07200537876360824, [-1.7363731378838483, 40.57132459419452]),
        ([20, 5, 5], [3, 4, 9], 0.0005871981659675406, [33.11068755109919, 120.95629809483384]),
    ] {
        let nps = |[p, z, d]: [u64; 3]| rated(Scale::Nps, &[(10, p), (7, z), (3, d)]);
        let difference = one(&nps(b), &nps(a), Metric::Nps);
        close(difference.p, p);
        near(difference.interval, interval);
        assert_eq!(difference.significant, p < 0.05);
    }
}

/// `confint_proportions_2indep(method="newcomb")`, `proportions_ztest`, `scipy.stats.fisher_exact`.
#[test]
fn differences_of_shares_equal_statsmodels() {
    for (a, b, interval, p, exact) in [
        ([84, 100], [60, 90], [5.0960018082617795, 29.157558573871466], 0.005353324638829422, false),
        ([3, 40], [9, 35], [-35.29227387930415, -1.293711051096036], 0.031827199132860196, false),
        ([0, 10], [5, 12], [-68.04886874504503, -6.038748742091071], 0.039644565960355434, true),
        ([400, 1000], [20, 1000], [34.82227293280506, 41.14823731976672], 1.1986828667194408e-96, false),
        ([1, 2], [0, 3], [-19.259213090610793, 90.54687942657694], 0.4, true),
    ] {
        let csat = |[hits, n]: [u64; 2]| rated(Scale::Csat5, &[(5, hits), (2, n - hits)]);
        let difference = one(&csat(b), &csat(a), Metric::Csat5);
        near(difference.interval, interval);
        close(difference.p, p);
        assert_eq!(difference.method.contains("exact"), exact);
        let gap = say_do_gap(a, b);
        assert_eq!((gap.interval, gap.p), (difference.interval, difference.p));
    }
}

/// `scipy.stats.ttest_ind(equal_var=False)` and its interval; the second one is cut to the scale's width.
#[test]
fn differences_of_means_equal_scipy() {
    let ces = |counts: &[u64]| rated(Scale::Ces7, &(1..=7).zip(counts.iter().copied()).collect::<Vec<_>>());
    let a = ces(&[1, 2, 3, 10, 14, 20, 30]);
    let difference = one(&ces(&[5, 5, 9, 10, 10, 8, 6]), &a, Metric::Ces7);
    close(difference.p, 2.0814675556482903e-06);
    near(difference.interval, [0.9031772557484308, 2.0694642536855303]);
    let few = one(&ces(&[2, 3, 1]), &ces(&[1, 0, 0, 0, 0, 1, 2]), Metric::Ces7);
    close(few.p, 0.09507884231847165);
    near(few.interval, [-1.041557445344724, 6.0]);
    assert!(few.too_few && !few.significant && few.rank.is_none());
    // All answers equal on both sides: nothing to test with.
    let same = one(&ces(&[9]), &ces(&[0, 9]), Metric::Ces7);
    assert_eq!((same.value, same.p, same.interval), (Some(1.0), None, None));
}

/// `DescrStatsW` and `proportion_confint(method="wilson")` at Kish's effective number of answers.
#[test]
fn weighted_figures_equal_statsmodels() {
    let weighted = |scale, values: &[u8], weights: &[f64]| {
        let mut rollup = Rollup::new();
        for (value, weight) in values.iter().zip(weights) {
            // A weight of 1 is the same as none.
            let weight = (*weight != 1.0).then_some(*weight);
            let rating = Some(Rating { scale, value: *value });
            rollup.add(&ScoreRecord { rating, weight, ..ScoreRecord::default() }).unwrap();
        }
        rollup.summary(&SummaryOptions::default()).weighted
    };
    let nps = weighted(
        Scale::Nps,
        &[0, 3, 6, 7, 8, 9, 10, 10, 10, 9],
        &[0.5, 1.25, 2.0, 1.0, 0.75, 1.0, 1.5, 3.0, 0.25, 1.0],
    );
    close(nps[0].value, 24.489795918367342);
    near(nps[0].interval, [-34.70680868686895, 69.35618994791785]);
    assert_eq!((nps.len(), nps[0].n), (1, 10));
    let ces = weighted(Scale::Ces7, &[7, 6, 5, 3, 7, 7, 2, 6], &[0.5, 1.25, 2.0, 1.0, 0.75, 1.0, 1.5, 3.0]);
    close(ces[0].value, 5.204545454545456);
    near(ces[0].interval, [3.345679966499306, 7.0]);
    close(ces[1].value, 77.27272727272727);
    near(ces[1].interval, [38.80758494189944, 94.79924872071479]);
}

/// 115 of 1,000 found by a label that finds 70 % with 5 % false alarms: 10 % are true.
#[test]
fn corrected_shares_equal_rogan_and_gladen() {
    let quality = LabelQuality { sensitivity: 0.7, positives: 400, specificity: 0.95, negatives: 2_000 };
    let figure = corrected_share("anger", 115, 1_000, &quality).unwrap();
    close(figure.value, 10.0);
    near(figure.interval, [6.82337769917121, 13.629945998348422]);
    // Fewer found than false alarms alone would give: none are true.
    assert_eq!(corrected_share("anger", 10, 1_000, &quality).unwrap().value, Some(0.0));
    assert_eq!(corrected_share("anger", 0, 0, &quality).unwrap().value, None);
    for (name, bad) in [
        ("sensitivity", LabelQuality { sensitivity: f64::NAN, ..quality }),
        ("specificity", LabelQuality { specificity: 0.3, ..quality }),
        ("positives", LabelQuality { positives: 0, ..quality }),
    ] {
        match corrected_share("anger", 1, 2, &bad) {
            Err(hearken::Error::Option { name: found, .. }) => assert_eq!(found, name),
            other => panic!("{name}: {other:?}"),
        }
    }
}

// ---- Coverage: how often the 95 % interval holds the truth ------------------------------------

const ROUNDS: usize = 4_000;

fn covered(name: &str, mut round: impl FnMut(&mut Dice) -> (Option<[f64; 2]>, f64)) {
    let mut dice = Dice(20_261_129);
    let hits = (0..ROUNDS)
        .filter(|_| {
            let (interval, truth) = round(&mut dice);
            interval.is_some_and(|[low, high]| (low..=high).contains(&truth))
        })
        .count();
    let share = 100.0 * hits as f64 / ROUNDS as f64;
    println!("coverage of {name}: {share:.1} %");
    assert!((93.0..=97.0).contains(&share), "{name}: {share}");
}

/// How often each value comes in `n` draws.
fn draw(dice: &mut Dice, shares: &[f64], n: usize) -> Vec<u64> {
    let mut counts = vec![0; shares.len()];
    for _ in 0..n {
        let mut left = dice.chance();
        let at = shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        counts[at.unwrap_or(shares.len() - 1)] += 1;
    }
    counts
}

#[test]
fn intervals_hold_the_truth_in_95_of_100_samples() {
    for (shares, n) in [([0.55, 0.30, 0.15], 100), ([0.3, 0.3, 0.4], 30), ([0.7, 0.2, 0.1], 400)] {
        covered("nps", |dice| {
            let counts = draw(dice, &shares, n);
            (nps(counts[0], counts[1], counts[2]).interval, 100.0 * (shares[0] - shares[2]))
        });
        covered("net sentiment", |dice| {
            let counts = draw(dice, &shares, n);
            let counts = SentimentCounts { positive: counts[0], neutral: counts[1], negative: counts[2] };
            (net_sentiment(&counts).interval, 100.0 * (shares[0] - shares[2]))
        });
    }
    for (p, n) in [(0.84, 100), (0.5, 40), (0.93, 300)] {
        covered("csat", |dice| (share("csat", "", draw(dice, &[p, 1.0 - p], n)[0], n as u64).interval, 100.0 * p));
    }
    let ces = [0.03, 0.04, 0.08, 0.15, 0.2, 0.25, 0.25];
    let truth = ces.iter().zip(1..).map(|(share, value)| share * f64::from(value)).sum::<f64>();
    for n in [30, 200] {
        covered("ces", |dice| {
            let mut counts = [0; 11];
            counts[1..8].copy_from_slice(&draw(dice, &ces, n));
            (mean("ces7", "", Scale::Ces7, &counts).interval, truth)
        });
    }
    covered("corrected share", |dice| {
        let found = |dice: &mut Dice, p: f64, n: usize| draw(dice, &[p, 1.0 - p], n)[0];
        let (sensitivity, specificity) = (found(dice, 0.7, 300) as f64 / 300.0, found(dice, 0.95, 900) as f64 / 900.0);
        let quality = LabelQuality { sensitivity, positives: 300, specificity, negatives: 900 };
        let hits = found(dice, 0.2 * 0.7 + 0.8 * 0.05, 800);
        (corrected_share("anger", hits, 800, &quality).unwrap().interval, 20.0)
    });
}

fn group(shares: [f64; 3], n: usize, dice: &mut Dice) -> Rollup {
    let counts = draw(dice, &shares, n);
    rated(Scale::Nps, &[(10, counts[0]), (8, counts[1]), (2, counts[2])])
}

#[test]
fn intervals_of_differences_hold_the_truth() {
    covered("difference of nps", |dice| {
        let (a, b) = (group([0.55, 0.3, 0.15], 80, dice), group([0.4, 0.3, 0.3], 60, dice));
        (one(&b, &a, Metric::Nps).interval, 30.0)
    });
    covered("difference of csat", |dice| {
        let (a, b) = (draw(dice, &[0.8, 0.2], 90)[0], draw(dice, &[0.65, 0.35], 70)[0]);
        (say_do_gap([a, 90], [b, 70]).interval, 15.0)
    });
}

/// Of thirty stores that do not differ, none is ranked in 95 of 100 tables; the strict correction keeps it too.
#[test]
fn stores_that_do_not_differ_are_ranked_in_few_tables() {
    let (mut ranked, tables) = (0, 400);
    let mut dice = Dice(5);
    let options = RollupOptions { keys: vec!["store".into()], ..RollupOptions::default() };
    for _ in 0..tables {
        let mut rollup = Rollup::with_options(&options).unwrap();
        for _ in 0..1_800 {
            let value = [10, 8, 3][draw(&mut dice, &[0.5, 0.3, 0.2], 1).iter().position(|n| *n == 1).unwrap()];
            let keys = [("store".to_owned(), dice.roll(30).to_string())].into();
            let rating = Some(Rating { scale: Scale::Nps, value });
            rollup.add(&ScoreRecord { rating, keys, ..ScoreRecord::default() }).unwrap();
        }
        let table = rollup.compare_segments("key:store", Metric::Nps).unwrap();
        assert_eq!(table.tests, 30);
        ranked += u64::from(table.differences.iter().any(|one| one.significant));
    }
    println!("tables with a false finding: {ranked} of {tables}");
    assert!(ranked * 100 <= tables * 7, "{ranked}");
}

/// The CX score of a known population: its interval adds the errors within a part, so it holds the truth at least
/// as often as said.
#[test]
fn the_interval_of_the_cx_score_holds_the_truth_at_least_as_often() {
    let mut dice = Dice(9);
    let truth = 0.4 * (100.0 + 40.0) / 2.0 + 0.4 * (100.0 + 10.0) / 2.0 + 0.2 * 80.0;
    let rounds = 4_000;
    let mut hits = 0i32;
    for _ in 0..rounds {
        let mut rollup = group([0.55, 0.3, 0.15], 150, &mut dice);
        for (label, times) in SentimentLabel::ALL.into_iter().zip(draw(&mut dice, &[0.4, 0.1, 0.5], 200)) {
            (0..times)
                .for_each(|_| rollup.add(&ScoreRecord { sentiment: Some(label), ..ScoreRecord::default() }).unwrap());
        }
        for (answered, times) in [true, false].into_iter().zip(draw(&mut dice, &[0.8, 0.2], 120)) {
            let record = ScoreRecord { answered: Some(answered), ..ScoreRecord::default() };
            (0..times).for_each(|_| rollup.add(&record).unwrap());
        }
        let [low, high] = rollup.cx_score(&CxWeights::default()).unwrap().interval.unwrap();
        hits += i32::from((low..=high).contains(&truth));
    }
    let share = 100.0 * f64::from(hits) / f64::from(rounds);
    println!("coverage of cx score: {share:.1} %");
    assert!((93.0..=98.5).contains(&share), "{share}");
}
