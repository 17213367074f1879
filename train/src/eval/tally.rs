//! Counts behind the figures: confusions of one-of heads, calibration, baselines of any-of heads.

use crate::meaning::boards::Counts;

/// Right answers among all.
#[derive(Default, Clone, Copy)]
pub struct Hits {
    pub right: usize,
    pub n: usize,
}

impl Hits {
    /// Share of right answers, 0..=1; 0 without answers.
    pub fn share(&self) -> f64 {
        self.right as f64 / self.n.max(1) as f64
    }

    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.n += 1;
    }
}

/// How often each true label got each answer.
#[derive(Clone)]
pub struct Confusion {
    /// `[truth][answer]`.
    pub counts: Vec<Vec<usize>>,
}

impl Confusion {
    /// For so many labels.
    pub fn new(labels: usize) -> Confusion {
        Confusion { counts: vec![vec![0; labels]; labels] }
    }

    pub fn add(&mut self, truth: usize, answer: usize) {
        self.counts[truth][answer] += 1;
    }

    pub fn n(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// Texts whose true label is this.
    fn truths(&self, label: usize) -> usize {
        self.counts[label].iter().sum()
    }

    /// Texts that were given this label.
    fn answers(&self, label: usize) -> usize {
        self.counts.iter().map(|row| row[label]).sum()
    }

    /// Labels that occur as truth.
    fn occurring(&self) -> impl Iterator<Item = usize> {
        (0..self.counts.len()).filter(|label| self.truths(*label) > 0)
    }

    pub fn accuracy(&self) -> f64 {
        (0..self.counts.len()).map(|i| self.counts[i][i]).sum::<usize>() as f64 / self.n().max(1) as f64
    }

    /// Mean recall over the labels that occur.
    pub fn macro_recall(&self) -> f64 {
        mean(self.occurring().map(|i| self.counts[i][i] as f64 / self.truths(i) as f64))
    }

    /// Mean F1 over the labels that occur.
    pub fn macro_f1(&self) -> f64 {
        mean(self.occurring().map(|i| 2.0 * self.counts[i][i] as f64 / (self.truths(i) + self.answers(i)) as f64))
    }

    /// Macro recall of answering one label always: one over the labels that occur.
    pub fn constant_recall(&self) -> f64 {
        1.0 / self.occurring().count().max(1) as f64
    }

    /// Macro F1 of answering the commonest label always.
    pub fn constant_f1(&self) -> f64 {
        let most = self.occurring().map(|label| self.truths(label)).max().unwrap_or(0);
        2.0 * most as f64 / (self.n() + most).max(1) as f64 / self.occurring().count().max(1) as f64
    }
}

/// Mean of the values; 0 without any.
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0usize), |(sum, n), value| (sum + value, n + 1));
    sum / n.max(1) as f64
}

/// One tenth of confidence.
#[derive(Default, Clone, Copy)]
pub struct Bin {
    pub n: usize,
    weight: f64,
    confidence: f64,
    hits: f64,
}

impl Bin {
    /// Mean confidence, 0..=1.
    pub fn confidence(&self) -> f64 {
        if self.weight > 0.0 { self.confidence / self.weight } else { 0.0 }
    }

    /// Share of hits, 0..=1.
    pub fn hits(&self) -> f64 {
        if self.weight > 0.0 { self.hits / self.weight } else { 0.0 }
    }
}

/// Confidence against hits over ten equal bins.
#[derive(Default, Clone)]
pub struct Curve {
    pub bins: [Bin; 10],
}

impl Curve {
    /// Adds an answer of this confidence (0..=1) that was right or not.
    pub fn add(&mut self, confidence: f64, hit: bool, weight: f64) {
        let bin = &mut self.bins[((confidence * 10.0) as usize).min(9)];
        bin.n += 1;
        bin.weight += weight;
        bin.confidence += confidence * weight;
        bin.hits += if hit { weight } else { 0.0 };
    }

    pub fn n(&self) -> usize {
        self.bins.iter().map(|bin| bin.n).sum()
    }

    /// Expected calibration error (Naeini, Cooper and Hauskrecht 2015): the mean distance of
    /// confidence and share of hits, bins weighted by what is in them. 0..=1.
    pub fn ece(&self) -> f64 {
        let weight: f64 = self.bins.iter().map(|bin| bin.weight).sum();
        let apart: f64 = self.bins.iter().map(|bin| (bin.confidence - bin.hits).abs()).sum();
        if weight > 0.0 { apart / weight } else { 0.0 }
    }
}

/// What a label would score if it were always said, or never.
pub fn baselines(counts: &Counts) -> (Counts, Counts) {
    let (yes, no) = (counts.yes(), counts.n() - counts.yes());
    let always = Counts { hit: yes, false_alarm: no, ..Counts::default() };
    let never = Counts { missed: yes, right_no: no, ..Counts::default() };
    (always, never)
}

/// Scores of an any-of head over some texts. Means are over the labels that occur.
#[derive(Default, Clone, Copy)]
pub struct Several {
    /// Labels that occur as yes.
    pub labels: usize,
    /// Mean F1 of yes.
    pub macro_f1: f64,
    /// Over all labels together, those that never occur included.
    pub precision: f64,
    pub recall: f64,
    /// Mean F1 of yes, every label always said.
    pub always: f64,
    /// Mean over yes and no of F1.
    pub both: f64,
    /// The same, every label always said.
    pub always_both: f64,
    /// The same, no label ever said.
    pub never: f64,
}

impl Several {
    /// From the counts of each label.
    pub fn of(labels: &[Counts]) -> Several {
        let occurring = || labels.iter().filter(|counts| counts.yes() > 0);
        let all = labels.iter().fold(Counts::default(), |sum, counts| sum.plus(*counts));
        Several {
            labels: occurring().count(),
            macro_f1: mean(occurring().map(Counts::f1)),
            precision: all.precision(),
            recall: all.recall(),
            always: mean(occurring().map(|counts| baselines(counts).0.f1())),
            both: mean(occurring().map(Counts::macro_f1)),
            always_both: mean(occurring().map(|counts| baselines(counts).0.macro_f1())),
            never: mean(occurring().map(|counts| baselines(counts).1.macro_f1())),
        }
    }

    /// How far above both baselines the head is, the smaller distance; below 0 when it is not.
    pub fn lead(&self) -> f64 {
        (self.macro_f1 - self.always).min(self.both - self.never)
    }

    /// The same with one measure for both baselines: mean over yes and no of F1. Where nearly every text has some
    /// label, as film lines chosen for theirs do, the F1 of yes alone rewards who always says it.
    pub fn lead_both(&self) -> f64 {
        self.both - self.never.max(self.always_both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    #[test]
    fn a_confusion_gives_recall_f1_and_its_baseline() {
        let mut confusion = Confusion::new(4);
        for (truth, answer, times) in [(0, 0, 6), (0, 1, 2), (1, 1, 1), (1, 2, 1)] {
            (0..times).for_each(|_| confusion.add(truth, answer));
        }
        near(confusion.accuracy(), 0.7);
        near(confusion.macro_recall(), (0.75 + 0.5) / 2.0);
        // F1 of 0: 12 / (8 + 6); of 1: 2 / (2 + 3). Labels 2 and 3 never occur.
        near(confusion.macro_f1(), (12.0 / 14.0 + 2.0 / 5.0) / 2.0);
        near(confusion.constant_recall(), 0.5);
        near(confusion.constant_f1(), 16.0 / 18.0 / 2.0);
    }

    #[test]
    fn calibration_error_is_the_mean_distance_of_confidence_and_hits() {
        let mut curve = Curve::default();
        (0..4).for_each(|i| curve.add(0.95, i < 3, 1.0));
        (0..6).for_each(|i| curve.add(0.55, i < 3, 1.0));
        // Four are 0.2 apart, six are 0.05 apart.
        near(curve.ece(), (4.0 * 0.2 + 6.0 * 0.05) / 10.0);
        curve.add(1.0, true, 2.0);
        assert_eq!((curve.n(), curve.bins[9].n), (11, 5));
        near(curve.bins[9].hits(), 5.0 / 6.0);
        near(Curve::default().ece(), 0.0);
    }

    #[test]
    fn a_head_is_above_its_baselines_or_not() {
        let counts = Counts { hit: 10, false_alarm: 10, missed: 10, right_no: 70 };
        let (always, never) = baselines(&counts);
        near(always.f1(), 40.0 / 120.0);
        near(never.f1(), 0.0);
        near(never.macro_f1(), 160.0 / 180.0 / 2.0);
        let absent = Counts { false_alarm: 5, right_no: 95, ..Counts::default() };
        let several = Several::of(&[counts, absent]);
        assert_eq!(several.labels, 1);
        near(several.macro_f1, 0.5);
        near(several.precision, 10.0 / 25.0);
        near(several.lead(), 0.5 - 40.0 / 120.0);
        let silent = Several::of(&[never]);
        assert!(silent.lead() < 0.0);
    }
}
