//! Concept 83: what drives a rating, how surely, and what fixing it would bring.

use hearken::score::drivers::*;

use super::random::Random;

/// The example of `relWt` in the R package iopsych; its results, and the Shapley values of the same matrix by all 24
/// orders in NumPy.
const AMONG: [f64; 16] = [1.0, 0.2, 0.3, 0.4, 0.2, 1.0, 0.5, 0.1, 0.3, 0.5, 1.0, 0.2, 0.4, 0.1, 0.2, 1.0];
const OUTCOME: [f64; 4] = [-0.4, 0.1, -0.3, 0.4];

fn near(found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len());
    let far = found.iter().zip(expected).any(|(found, expected)| (found - expected).abs() > within);
    assert!(!far, "{found:?}, not {expected:?}");
}

#[test]
fn importance_has_the_reference_values() {
    let correlations = Correlations::new(&AMONG, &OUTCOME).unwrap();
    near(&correlations.johnson(), &[0.24066119, 0.05492664, 0.12143476, 0.28158189], 5e-9);
    near(&correlations.shapley(), &[0.23807039, 0.0561032, 0.11800387, 0.28642702], 5e-9);
    assert!((correlations.explained() - 0.6986044868397814).abs() < 1e-12);
    assert!((correlations.shapley().iter().sum::<f64>() - correlations.explained()).abs() < 1e-12);
    // A driver given twice shares its importance; one that says nothing has none.
    let twice = Correlations::new(&[1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0], &[0.6, 0.6, 0.0]).unwrap();
    near(&twice.shapley(), &[0.18, 0.18, 0.0], 1e-12);
    near(&twice.johnson(), &[0.18, 0.18, 0.0], 1e-9);
    for (among, outcome) in [(vec![1.0, 0.5, 0.4, 1.0], vec![0.1, 0.1]), (vec![1.0], vec![1.5]), (vec![], vec![])] {
        assert_eq!(Correlations::new(&among, &outcome).unwrap_err().code(), "E_OPTION");
    }
}

/// Importance by the definition: every order, each R squared by Gauss elimination.
fn by_all_orders(among: &[Vec<f64>], outcome: &[f64]) -> Vec<f64> {
    let explained = |set: &[usize]| {
        let mut rows: Vec<Vec<f64>> =
            set.iter().map(|a| set.iter().map(|b| among[*a][*b]).chain([outcome[*a]]).collect()).collect();
        let n = rows.len();
        for pivot in 0..n {
            let above = rows[pivot].clone();
            for row in (0..n).filter(|row| *row != pivot) {
                let factor = rows[row][pivot] / above[pivot];
                rows[row].iter_mut().zip(&above).for_each(|(cell, above)| *cell -= factor * above);
            }
        }
        (0..n).map(|at| rows[at][n] / rows[at][at] * outcome[set[at]]).sum::<f64>()
    };
    let k = outcome.len();
    let mut orders = vec![vec![]];
    for _ in 0..k {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                let rest: Vec<usize> = (0..k).filter(|at| !order.contains(at)).collect();
                rest.into_iter().map(move |at| order.iter().copied().chain([at]).collect())
            })
            .collect();
    }
    let mut gains = vec![0.0; k];
    for order in &orders {
        for at in 0..k {
            gains[order[at]] += explained(&order[..=at]) - explained(&order[..at]);
        }
    }
    gains.iter().map(|gain| gain / orders.len() as f64).collect()
}

/// A design: effects, how much the drivers share (0 is nothing), noise.
struct Design {
    effects: Vec<f64>,
    shared: f64,
    noise: f64,
}

impl Design {
    fn numbered(n: usize) -> Design {
        let mut random = Random(n as u64 + 1);
        let k = 4 + n % 3;
        let effects =
            (0..k).map(|at| (0.25 + 0.4 * at as f64) * if random.below(3) == 0 { -1.0 } else { 1.0 }).collect();
        Design { effects, shared: if n < 10 { 0.0 } else { 0.1 + 0.02 * n as f64 }, noise: 1.0 + 0.1 * n as f64 }
    }

    fn draw(&self, n: usize, random: &mut Random) -> DriverTable {
        let k = self.effects.len();
        let mut columns = vec![Vec::with_capacity(n); k];
        let mut outcome = Vec::with_capacity(n);
        for _ in 0..n {
            let common = random.normal();
            let mut sum = self.noise * random.normal();
            for (column, effect) in columns.iter_mut().zip(&self.effects) {
                let value = self.shared.sqrt() * common + (1.0 - self.shared).sqrt() * random.normal();
                sum += effect * value;
                column.push(value);
            }
            outcome.push(sum);
        }
        let named = |(at, values): (usize, Vec<f64>)| DriverColumn { name: at.to_string(), values };
        DriverTable { outcome, drivers: columns.into_iter().enumerate().map(named).collect() }
    }

    /// Importance in the population.
    fn truth(&self) -> Vec<f64> {
        let k = self.effects.len();
        let cell = |a: usize, b: usize| if a == b { 1.0 } else { self.shared };
        let among: Vec<Vec<f64>> = (0..k).map(|a| (0..k).map(|b| cell(a, b)).collect()).collect();
        let with: Vec<f64> = (0..k).map(|a| (0..k).map(|b| among[a][b] * self.effects[b]).sum()).collect();
        let variance = self.noise * self.noise + (0..k).map(|a| self.effects[a] * with[a]).sum::<f64>();
        by_all_orders(&among, &with.iter().map(|value| value / variance.sqrt()).collect::<Vec<_>>())
    }
}

fn in_order(report: &DriverReport) -> Vec<&Driver> {
    let mut list: Vec<&Driver> = report.drivers.iter().collect();
    list.sort_by_key(|driver| driver.name.parse::<usize>().unwrap());
    list
}

fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |list: &[f64]| list.iter().map(|x| list.iter().filter(|y| *y < x).count() as f64).collect::<Vec<_>>();
    let n = a.len() as f64;
    let square: f64 = ranks(a).iter().zip(ranks(b)).map(|(a, b)| (a - b) * (a - b)).sum();
    1.0 - 6.0 * square / (n * (n * n - 1.0))
}

#[test]
fn twenty_simulated_designs_are_ranked_as_they_were_made() {
    let options = DriverOptions { replicates: 0, ..DriverOptions::default() };
    let mut sum = 0.0;
    for n in 0..20 {
        let design = Design::numbered(n);
        let report = drivers(&design.draw(2_000, &mut Random(n as u64 + 100)), &options).unwrap();
        let found: Vec<f64> = in_order(&report).iter().map(|driver| driver.importance).collect();
        let rho = spearman(&found, &design.truth());
        println!("design {n}: {} drivers, shared {:.2}, Spearman {rho:.3}", found.len(), design.shared);
        sum += rho;
    }
    println!("mean Spearman {:.4}", sum / 20.0);
    assert!(sum / 20.0 >= 0.9);
}

#[test]
fn intervals_hold_what_they_say() {
    let options = DriverOptions { replicates: 300, ..DriverOptions::default() };
    let (mut n, mut importance, mut coefficient, mut ranked) = (0, 0, 0, 0);
    for run in 0..400 {
        let design = Design::numbered(run % 20);
        let truth = design.truth();
        let report = drivers(&design.draw(400, &mut Random(run as u64 + 1_000)), &options).unwrap();
        for (driver, (value, effect)) in in_order(&report).into_iter().zip(truth.iter().zip(&design.effects)) {
            let within = |[low, high]: [f64; 2], value: f64| usize::from(low <= value && value <= high);
            let rank = truth.iter().filter(|other| *other > value).count() + 1;
            let [low, high] = driver.rank_interval.unwrap();
            n += 1;
            importance += within(driver.interval.unwrap(), *value);
            coefficient += within([driver.coefficient.unwrap()[1], driver.coefficient.unwrap()[2]], *effect);
            ranked += usize::from(low <= rank && rank <= high);
        }
    }
    let share = |hits: usize| 100.0 * hits as f64 / n as f64;
    let (importance, coefficient, ranked) = (share(importance), share(coefficient), share(ranked));
    println!("coverage of {n}: importance {importance:.1} %, coefficient {coefficient:.1} %, rank {ranked:.1} %");
    assert!((93.0..=97.0).contains(&importance) && (93.0..=97.0).contains(&coefficient) && ranked >= 95.0);
}

fn column(name: &str, values: &[f64]) -> DriverColumn {
    DriverColumn { name: name.into(), values: values.to_vec() }
}

#[test]
fn removing_a_theme_has_the_reference_value() {
    // NPS 40 of 100; the theme has 4 promoters, 6 passives, 10 detractors: -17.5.
    let (mut outcome, mut theme) = (Vec::new(), Vec::new());
    for (value, with, without) in [(100.0, 4, 51), (0.0, 6, 24), (-100.0, 10, 5)] {
        outcome.extend(vec![value; with + without]);
        theme.extend(vec![-1.0; with]);
        theme.extend(vec![0.0; without]);
    }
    let report = drivers(&DriverTable { outcome, drivers: vec![column("t", &theme)] }, &Default::default()).unwrap();
    assert_eq!(report.outcome_mean, 40.0);
    let driver = &report.drivers[0];
    assert!((driver.by_removal.unwrap() + 17.5).abs() < 1e-12);
    // Mean with the theme -30, without 57.5: a bad mention costs 87.5, and 20 of 100 have one.
    assert!((driver.contrast.penalty.unwrap()[0] - 87.5).abs() < 1e-9);
    assert!((driver.contrast.if_fixed.unwrap()[0] - 17.5).abs() < 1e-9);
    assert_eq!((driver.contrast.reward, driver.contrast.kind), (None, DriverKind::Unclear));
    assert_eq!((driver.share, driver.rank, driver.rank_interval), (100.0, 1, Some([1, 1])));
}

#[test]
fn musts_delights_and_performance_are_told_apart() {
    let mut random = Random(8);
    let n = 3_000;
    let mut mention = |_: usize| [-1.0, 0.0, 0.0, 1.0][random.below(4)];
    let columns: Vec<Vec<f64>> = (0..4).map(|_| (0..n).map(&mut mention).collect()).collect();
    let effects = [[2.0, 0.2], [0.2, 2.0], [1.0, 1.0], [0.0, 0.0]];
    let outcome: Vec<f64> = (0..n)
        .map(|row| {
            let effect = |(column, [low, high]): (&Vec<f64>, [f64; 2])| match column[row] {
                -1.0 => -low,
                1.0 => high,
                _ => 0.0,
            };
            7.0 + random.normal() + columns.iter().zip(effects).map(effect).sum::<f64>()
        })
        .collect();
    let drivers_: Vec<DriverColumn> =
        columns.iter().enumerate().map(|(at, values)| column(&at.to_string(), values)).collect();
    let report = drivers(&DriverTable { outcome, drivers: drivers_ }, &Default::default()).unwrap();
    let kinds: Vec<DriverKind> = in_order(&report).iter().map(|driver| driver.contrast.kind).collect();
    assert_eq!(kinds, [DriverKind::Basic, DriverKind::Delight, DriverKind::Performance, DriverKind::Unclear]);
    let must = &in_order(&report)[0].contrast;
    let [value, low, high] = must.if_fixed.unwrap();
    // A quarter of the rows are bad and cost 2 each.
    assert!(low < 0.5 && 0.5 < high && (value - 0.5).abs() < 0.06, "{must:?}");
    assert_eq!(must.bad, columns[0].iter().filter(|value| **value < 0.0).count() as u64);
}

#[test]
fn many_drivers_take_johnson_weights_and_order_of_rows_matters_little() {
    let design = Design { effects: (1..=20).map(|n| n as f64 / 10.0).collect(), shared: 0.2, noise: 3.0 };
    let mut table = design.draw(1_500, &mut Random(77));
    let report = drivers(&table, &DriverOptions::default()).unwrap();
    assert!(report.method.contains("Johnson"));
    let found: Vec<f64> = in_order(&report).iter().map(|driver| driver.importance).collect();
    assert!(spearman(&found, &design.effects) >= 0.9, "{found:?}");
    assert!(report.drivers.iter().all(|driver| driver.interval.is_some()));
    assert_eq!(drivers(&table, &DriverOptions::default()).unwrap(), report, "the same seed, the same intervals");
    table.outcome.reverse();
    table.drivers.iter_mut().for_each(|driver| driver.values.reverse());
    let turned = drivers(&table, &DriverOptions::default()).unwrap();
    for (one, other) in in_order(&report).iter().zip(in_order(&turned)) {
        assert!((one.importance - other.importance).abs() < 1e-9);
    }
}

#[test]
fn columns_come_from_what_texts_say() {
    let engine = hearken::Engine::new().unwrap();
    let marks = |text: &str| driver_marks(&engine.analyze(text, &Default::default()).unwrap());
    let bad = marks("The delivery was three days late, I am so angry.");
    let delivery = bad.iter().find(|mark| mark.name.starts_with("topic:delivery")).unwrap().clone();
    assert_eq!(delivery.value, -1.0, "{bad:?}");
    let good = marks("Thank you so much, the delivery was super fast!");
    assert!(good.iter().any(|mark| mark.name.starts_with("topic:delivery") && mark.value > 0.0), "{good:?}");
    let row = |outcome, marks: &[DriverMark]| DriverRow { outcome, marks: marks.to_vec() };
    let rare = DriverMark { name: "rare".into(), value: 1.0 };
    let twice = DriverMark { name: "twice".into(), value: -1.0 };
    let mut rows: Vec<DriverRow> = (0..30).map(|_| row(2.0, std::slice::from_ref(&delivery))).collect();
    rows.extend((0..30).map(|_| row(9.0, &[])));
    rows.extend((0..12).map(|_| row(5.0, &[twice.clone(), twice.clone()])));
    rows.push(row(5.0, &[rare]));
    let table = driver_table(&rows, &TableOptions::default());
    let names: Vec<&str> = table.drivers.iter().map(|driver| driver.name.as_str()).collect();
    assert_eq!(names, [delivery.name.as_str(), "twice"]);
    assert_eq!((table.drivers[1].values[60], table.outcome.len()), (-2.0, 73));
    let report = drivers(&table, &DriverOptions::default()).unwrap();
    assert_eq!(report.drivers[0].name, delivery.name);
    let [value, ..] = report.drivers[0].contrast.if_fixed.unwrap();
    // About 6.9 for each of 30 in 73.
    assert!((value - 6.87 * 30.0 / 73.0).abs() < 0.05, "{value}");
    assert_eq!(driver_table(&rows, &TableOptions { most: 1, ..TableOptions::default() }).drivers.len(), 1);
}

#[test]
fn bad_tables_are_refused_or_flagged() {
    let values = [1.0, 2.0, 3.0, 4.0];
    let table =
        DriverTable { outcome: values.to_vec(), drivers: vec![column("a", &values), column("b", &values[..3])] };
    let error = drivers(&table, &DriverOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "field drivers[1].values: must be as long as outcome");
    let none = DriverTable { drivers: Vec::new(), ..table.clone() };
    assert_eq!(drivers(&none, &DriverOptions::default()).unwrap_err().code(), "E_FIELD");
    let options = DriverOptions { replicates: 9_999, seed: 0 };
    let good = DriverTable { drivers: vec![column("a", &values)], ..table.clone() };
    assert_eq!(drivers(&good, &options).unwrap_err().code(), "E_OPTION");
    let holes = DriverTable {
        outcome: vec![1.0, f64::NAN, 2.0, 4.0, 3.0],
        drivers: vec![column("a", &[1.0, 2.0, f64::INFINITY, 3.0, 2.0]), column("same", &[5.0; 5])],
    };
    let report = drivers(&holes, &DriverOptions::default()).unwrap();
    assert_eq!((report.n, report.left_out, report.too_few), (3, 2, true));
    assert!(report.drivers[1].undetermined && report.drivers[1].importance == 0.0);
    for outcome in [vec![], vec![3.0; 50]] {
        let drivers_ = vec![column("a", &(0..outcome.len()).map(|n| n as f64).collect::<Vec<_>>())];
        let report = drivers(&DriverTable { outcome, drivers: drivers_ }, &DriverOptions::default()).unwrap();
        assert!(report.too_few && report.explained == 0.0);
        assert!(!serde_json::to_string(&report).unwrap().contains("null"));
    }
}
