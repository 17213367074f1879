//! The probability from which a yes-or-no label is reported, fitted on dev texts.

use std::collections::BTreeMap;

use hearken::analysis::{Act, Emotion, Flag, Safety, Sign};
use hearken::model::{HeadKind, Thresholds};

use super::boards::{Board, Counts};
use super::goals::{Column, HEADS, HeadColumns};

/// Precision every emotion keeps on the English dev set, a little above what is promised (0.60).
const EMOTION_PRECISION: f64 = 0.62;
/// Precision every emotion keeps on authored texts of the other languages, where the public sets
/// are film lines and comments with far more feeling than customers show.
const CUSTOMER_PRECISION: f64 = 0.4;
/// Precision complaint, praise and greeting keep on authored texts: a false complaint opens a case.
const ACT_PRECISION: f64 = 0.5;
/// Precision a flag keeps over all dev texts that know it: a wrong flag turns praise into blame.
const FLAG_PRECISION: f64 = 0.5;
/// Precision a sign keeps on the authored rows it is fitted on: it speaks where no listed words do.
const SIGN_PRECISION: f64 = 0.7;
const IRONY_PRECISION: f64 = 0.65;
/// Most false alarms of an attack label on customers' complaints.
const FALSE_ALARMS: f64 = 0.0155;
/// The same where the complaints are translated reviews, which read ruder than native ones.
const FALSE_ALARMS_TRANSLATED: f64 = 0.0185;
/// No attack or mass text is reported under this probability: few dev texts show the rare kinds, and their best threshold may lie
/// anywhere.
const LEAST_SAFETY: f32 = 0.2;
/// Complaints of one kind needed to tell that share.
const LEAST_CALM: usize = 60;

/// Sets gathered by keyword, in which half of the texts have the label: their share says nothing
/// of customers.
const EVEN: [&str; 2] = ["irony/", "toxicity/tweeteval_hate"];

/// Texts with a label needed to fit a threshold of their own languages.
const LEAST_YES: usize = 12;

/// Authored texts with a label needed to tell its precision in their own languages.
const LEAST_PRECISE: usize = 60;

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

/// Languages with dev texts of their own for attacks (`boards.rs`): how rude a language is, and how its raters
/// judged, differ too much for one threshold.
const OWN_SAFETY: [&str; 4] = ["de", "ko", "pl", "pt"];

/// Thresholds of every yes-or-no head, in the order of [`HEADS`]: one set fitted on the dev texts of
/// all languages but English, one for English, which has several thousand dev texts of its own, and for
/// safety one for each of [`OWN_SAFETY`].
pub fn fit(boards: &[Board]) -> Vec<Vec<Thresholds>> {
    let fair = |board: &&Board| !board.name.ends_with('*') && !EVEN.iter().any(|even| board.name.starts_with(even));
    let fair: Vec<&Board> = boards.iter().filter(fair).collect();
    let of = |head: &str, language: &str, boards: &[&Board]| Thresholds {
        language: language.to_string(),
        values: match head {
            "emotions" => Emotion::ALL.map(|emotion| emotion_limit(boards, &fair, emotion)).to_vec(),
            "acts" => Act::ALL.map(|act| act_limit(boards, &fair, act)).to_vec(),
            "safety" => Safety::ALL.map(|label| safety_limit(boards, &fair, label)).to_vec(),
            "flags" => Flag::ALL.map(|flag| flag_limit(&fair, flag)).to_vec(),
            "signs" => Sign::ALL.map(|sign| sign_limit(&fair, sign)).to_vec(),
            _ => Vec::new(),
        },
    };
    let (english, others): (Vec<&Board>, Vec<&Board>) = fair.iter().partition(|board| board.language() == "en");
    let head_sets = |head: &HeadColumns| {
        let mut sets = vec![of(head.name, "", &others), of(head.name, "en", &english)];
        if head.name == "safety" {
            for language in OWN_SAFETY {
                let own: Vec<&Board> = fair.iter().copied().filter(|board| board.language() == language).collect();
                let mut set = Thresholds { language: language.to_string(), values: sets[0].values.clone() };
                set.values[Safety::Toxic as usize] = safety_limit(&own, &fair, Safety::Toxic);
                sets.push(set);
            }
        }
        sets
    };
    HEADS.iter().map(|head| if head.kind == HeadKind::AnyOf { head_sets(head) } else { Vec::new() }).collect()
}

/// The best threshold over the boards that know the label; over all languages when those show it less than
/// [`LEAST_YES`] times.
fn limit<C: Column>(
    boards: &[&Board],
    all: &[&Board],
    column: C,
    score: fn(&Counts) -> f64,
    allowed: impl Fn(f32) -> bool,
) -> f32 {
    fn know<'b, C: Column>(boards: &[&'b Board], column: C) -> (Vec<&'b Board>, usize) {
        let yes = |board: &&Board| Counts::of(board, column, 0.0).yes();
        let known: Vec<&Board> = boards.iter().copied().filter(|board| yes(board) > 0).collect();
        let count = known.iter().map(yes).sum();
        (known, count)
    }
    let (own, yes) = know(boards, column);
    let own = if yes < LEAST_YES { know(all, column).0 } else { own };
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
    let precise_on = if on_customers(boards, act, 0.0).yes() >= LEAST_PRECISE { boards } else { all };
    limit(boards, all, act, Counts::f1, |step| {
        let counts = on_customers(precise_on, act, step);
        !precise || (counts.hit > 0 && counts.precision() >= ACT_PRECISION)
    })
}

/// No language has many dev rows with a sign: all share its threshold.
fn sign_limit(all: &[&Board], sign: Sign) -> f32 {
    limit(all, all, sign, Counts::f1, |step| {
        let counts = all.iter().map(|board| Counts::of(board, sign, step)).fold(Counts::default(), Counts::plus);
        counts.hit > 0 && counts.precision() >= SIGN_PRECISION
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
    // Customers who complain, in tweets to brands, survey answers and reviews: of the languages of the boards where
    // those have enough of a kind, else of all.
    let bit = 1u64 << label.column();
    let calm = |boards: &[&Board]| -> Vec<Vec<f32>> {
        let kinds = ["complaint/", "survey/nhs", "absa/"].map(|kind| {
            let of_kind = boards.iter().filter(|board| board.name.starts_with(kind));
            let cases = of_kind.flat_map(|board| &board.cases);
            let harmless = cases.filter(|case| case.goal.known & bit != 0 && case.goal.yes & bit == 0);
            harmless.map(|case| case.p[label.column()]).collect()
        });
        kinds.into_iter().filter(|kind: &Vec<f32>| kind.len() >= LEAST_CALM).collect()
    };
    let own = calm(boards);
    let calm = if own.is_empty() { calm(all) } else { own };
    let english = boards.iter().any(|board| board.language() == "en");
    let most = if english { FALSE_ALARMS } else { FALSE_ALARMS_TRANSLATED };
    let best = limit(boards, all, label, Counts::macro_f1, |step| {
        calm.iter().all(|p| p.iter().filter(|p| **p >= step).count() as f64 <= p.len() as f64 * most)
    });
    best.max(LEAST_SAFETY)
}
