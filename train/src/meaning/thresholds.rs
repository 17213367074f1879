//! The probability from which a yes-or-no label is reported, fitted on dev texts.

use std::collections::BTreeMap;

use hearken::analysis::{Act, Emotion, Flag, Safety};
use hearken::model::{HeadKind, Thresholds};

use super::boards::{Board, Case, Counts};
use super::goals::{Column, HEADS};

/// Precision every emotion keeps on the English dev set, a little above what is promised (0.60).
const EMOTION_PRECISION: f64 = 0.61;
/// Precision every emotion keeps on authored texts of the other languages, where the public sets
/// are film lines and comments with far more feeling than customers show.
const CUSTOMER_PRECISION: f64 = 0.4;
/// Precision complaint, praise and greeting keep on authored texts: a false complaint opens a case.
const ACT_PRECISION: f64 = 0.6;
/// Precision a flag keeps over all dev texts that know it: a wrong flag turns praise into blame.
const FLAG_PRECISION: f64 = 0.5;
const IRONY_PRECISION: f64 = 0.65;
/// Most false alarms of an attack label on customers' complaints.
const FALSE_ALARMS: f64 = 0.015;

/// Sets gathered by keyword, in which half of the texts have the label: their share says nothing
/// of customers.
const EVEN: [&str; 2] = ["irony/", "toxicity/tweeteval_hate"];

/// Reached by no probability: the label is not reported.
const NEVER: f32 = 2.0;

/// Thresholds tried.
fn steps() -> impl Iterator<Item = f32> {
    (2..=98).map(|i| i as f32 / 100.0)
}

/// The threshold with the best mean score over families of sets, among those `allowed`. A family
/// is the languages of one set together; the authored texts are one.
fn best(boards: &[&Board], column: impl Column, score: fn(&Counts) -> f64, allowed: impl Fn(f32) -> bool) -> f32 {
    let mut families: BTreeMap<&str, Vec<&Board>> = BTreeMap::new();
    for board in boards {
        families.entry(board.family()).or_default().push(board);
    }
    let mut best = (f64::MIN, NEVER);
    for step in steps().filter(|step| allowed(*step)) {
        let counts = |family: &Vec<&Board>| {
            family.iter().map(|board| Counts::of(board, column, step)).fold(Counts::default(), Counts::plus)
        };
        // A family with few texts that have the label says little.
        let weigh = |counts: Counts| (counts.yes() as f64).sqrt() * score(&counts);
        let sum: f64 = families.values().map(|family| weigh(counts(family))).sum();
        if sum > best.0 + 1e-9 {
            best = (sum, step);
        }
    }
    best.1
}

/// Thresholds of every yes-or-no head, in the order of [`HEADS`]: one set fitted on the dev texts of
/// all languages but English, and one for English, which has several thousand dev texts of its own.
pub fn fit(boards: &[Board]) -> Vec<Vec<Thresholds>> {
    let fair = |board: &&Board| !board.name.ends_with('*') && !EVEN.iter().any(|even| board.name.starts_with(even));
    let fair: Vec<&Board> = boards.iter().filter(fair).collect();
    let (english, others): (Vec<&Board>, Vec<&Board>) = fair.iter().partition(|board| board.language() == "en");
    let sets = [("", others), ("en", english)];
    HEADS
        .iter()
        .map(|head| {
            let fitted = sets.iter().map(|(language, boards)| Thresholds {
                language: language.to_string(),
                values: match head.name {
                    "emotions" => Emotion::ALL.map(|emotion| emotion_limit(boards, &fair, emotion)).to_vec(),
                    "acts" => Act::ALL.map(|act| act_limit(boards, &fair, act)).to_vec(),
                    "safety" => Safety::ALL.map(|label| safety_limit(boards, &fair, label)).to_vec(),
                    "flags" => Flag::ALL.map(|flag| flag_limit(&fair, flag)).to_vec(),
                    _ => Vec::new(),
                },
            });
            if head.kind == HeadKind::AnyOf { fitted.collect() } else { Vec::new() }
        })
        .collect()
}

/// The best threshold over the boards that know the label; over all languages when none does.
fn limit<C: Column>(
    boards: &[&Board],
    all: &[&Board],
    column: C,
    score: fn(&Counts) -> f64,
    allowed: impl Fn(f32) -> bool,
) -> f32 {
    fn know<'b, C: Column>(boards: &[&'b Board], column: C) -> Vec<&'b Board> {
        boards.iter().copied().filter(|board| Counts::of(board, column, 0.0).yes() > 0).collect()
    }
    let own = know(boards, column);
    let own = if own.is_empty() { know(all, column) } else { own };
    best(&own, column, score, allowed)
}

fn emotion_limit(boards: &[&Board], all: &[&Board], emotion: Emotion) -> f32 {
    let english: Vec<&Board> =
        boards.iter().copied().filter(|board| board.name.starts_with("emotion/goemotions")).collect();
    let near = |board: &&Board| board.family() == "authored" || board.family() == "emotion/goemotions";
    let english_boards: Vec<&Board> = boards.iter().copied().filter(near).collect();
    match english.first() {
        // The English set is large: the precision promised is kept on it.
        Some(board) => best(&english_boards, emotion, Counts::f1, |step| {
            let counts = Counts::of(board, emotion, step);
            counts.hit > 0 && counts.precision() >= EMOTION_PRECISION
        }),
        None => limit(boards, all, emotion, Counts::f1, |step| {
            let counts = on_customers(boards, emotion, step);
            counts.hit > 0 && counts.precision() >= CUSTOMER_PRECISION
        }),
    }
}

/// Counts on authored texts, all languages of `boards` together.
fn on_customers(boards: &[&Board], column: impl Column, step: f32) -> Counts {
    let authored = boards.iter().filter(|board| board.family() == "authored");
    authored.map(|board| Counts::of(board, column, step)).fold(Counts::default(), Counts::plus)
}

fn act_limit(boards: &[&Board], all: &[&Board], act: Act) -> f32 {
    let precise = [Act::Complaint, Act::Praise, Act::Greeting].contains(&act);
    limit(boards, all, act, Counts::f1, |step| {
        let counts = on_customers(boards, act, step);
        !precise || (counts.hit > 0 && counts.precision() >= ACT_PRECISION)
    })
}

/// Few texts have a flag: all languages share its threshold.
fn flag_limit(all: &[&Board], flag: Flag) -> f32 {
    limit(all, all, flag, Counts::f1, |step| {
        let counts = on_customers(all, flag, step);
        let least = if flag == Flag::Irony { IRONY_PRECISION } else { FLAG_PRECISION };
        counts.hit > 0 && counts.precision() >= least
    })
}

fn safety_limit(boards: &[&Board], all: &[&Board], label: Safety) -> f32 {
    // Customers who complain: survey answers, and authored texts that are no attack.
    let bit = 1u64 << label.column();
    let complains = |case: &Case| case.goal.yes >> Act::Complaint.column() & 1 == 1;
    let negative = |board: &Board| board.name.starts_with("survey/nhs");
    let calm: Vec<f32> = all
        .iter()
        .flat_map(|board| board.cases.iter().map(move |case| (board, case)))
        .filter(|(board, case)| {
            (negative(board) || complains(case)) && case.goal.known & bit != 0 && case.goal.yes & bit == 0
        })
        .map(|(_, case)| case.p[label.column()])
        .collect();
    limit(boards, all, label, Counts::macro_f1, |step| {
        calm.iter().filter(|p| **p >= step).count() as f64 <= calm.len() as f64 * FALSE_ALARMS
    })
}
