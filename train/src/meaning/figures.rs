//! The figures of the meaning heads, from the dev boards.

use hearken::analysis::{Act, Emotion, Intent, Safety};
use hearken::model::Model;

use super::boards::{Board, Counts};
use super::goals::{COLUMNS, Column, HEADS};

/// Times an emotion must be reported for its precision to count.
const REPORTED: usize = 10;

/// A figure: what, value.
pub type Figure = (String, f64);

/// From where a column counts as present: the model's thresholds, or one half for answers of the
/// whole engine, which are 0 or 1.
#[derive(Clone, Copy)]
pub enum Limits<'m> {
    Model(&'m Model),
    Answers,
}

impl Limits<'_> {
    /// The threshold of a column for texts of a language.
    pub fn of(&self, column: impl Column, language: &str) -> f32 {
        let Limits::Model(model) = self else { return 0.5 };
        let at = column.column();
        let head = HEADS.iter().find(|head| (head.from..head.to).contains(&at)).expect("every column has a head");
        model.head(head.name).expect("the model has the head").limits(language)[at - head.from]
    }
}

/// Counts of a column on the boards whose name passes, at the model's threshold.
pub fn counts(limits: Limits, boards: &[Board], column: impl Column, named: impl Fn(&str) -> bool) -> Counts {
    let of = boards.iter().filter(|board| named(&board.name));
    let of = of.map(|board| Counts::of(board, column, limits.of(column, board.language())));
    of.fold(Counts::default(), Counts::plus)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The intent with the highest probability.
pub fn top_intent(p: &[f32]) -> Intent {
    let p = &p[COLUMNS..];
    Intent::ALL[(0..p.len()).fold(0, |top, i| if p[i] > p[top] { i } else { top })]
}

/// Macro F1 over the intents that occur in the boards, and how many texts that is.
pub fn intent_f1(boards: &[&Board]) -> (f64, usize) {
    let mut counts = [Counts::default(); Intent::ALL.len()];
    let mut n = 0;
    for case in boards.iter().flat_map(|board| &board.cases) {
        let Some(truth) = case.goal.intent else { continue };
        let answer = top_intent(&case.p);
        n += 1;
        if truth == answer {
            counts[truth as usize].hit += 1;
        } else {
            counts[truth as usize].missed += 1;
            counts[answer as usize].false_alarm += 1;
        }
    }
    let scores: Vec<f64> = counts.iter().filter(|counts| counts.yes() > 0).map(Counts::f1).collect();
    (mean(&scores), n)
}

/// Expected calibration error of the intent confidence, ten bins.
pub fn intent_ece(boards: &[&Board]) -> f64 {
    let mut bins = [(0f64, 0f64); 10];
    let mut n = 0;
    for case in boards.iter().flat_map(|board| &board.cases) {
        let Some(truth) = case.goal.intent else { continue };
        let answer = top_intent(&case.p);
        let confidence = f64::from(case.p[COLUMNS + answer as usize]);
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += confidence;
        bin.1 += f64::from(u8::from(truth == answer));
        n += 1;
    }
    bins.iter().map(|(confidence, hits)| (confidence - hits).abs()).sum::<f64>() / n.max(1) as f64
}

/// The figures of the meaning heads.
pub fn figures(limits: Limits, boards: &[Board]) -> Vec<Figure> {
    let f1 = |column: Emotion, name: &str| counts(limits, boards, column, |board| board == name).f1();
    let mut out: Vec<Figure> = Vec::new();
    let mut add = |name: &str, value: f64| out.push((name.to_string(), value));
    let english: Vec<f64> = Emotion::ALL.map(|emotion| f1(emotion, "emotion/goemotions.en")).to_vec();
    add("goemotions en, 11 emotions, macro F1", mean(&english));
    let reported = Emotion::ALL
        .map(|emotion| counts(limits, boards, emotion, |board| board == "emotion/goemotions.en"))
        .into_iter()
        .filter(|counts| counts.hit + counts.false_alarm >= REPORTED);
    let precise: Vec<f64> = reported.map(|counts| counts.precision()).collect();
    add("goemotions en, emotions reported", precise.len() as f64);
    add("goemotions en, lowest precision of a reported emotion", precise.iter().copied().fold(1.0, f64::min));
    let groups = [
        ("kote ko", "emotion/kote"),
        ("brighter de en es pt and 7 more", "emotion/brighter"),
        ("xed projected", "emotion/xed"),
    ];
    for (name, beginning) in groups {
        let mut scores = Vec::new();
        for board in boards.iter().filter(|board| board.name.starts_with(beginning)) {
            let known = Emotion::ALL.iter().filter(|emotion| Counts::of(board, **emotion, 0.0).yes() > 0);
            let each: Vec<f64> = known.map(|emotion| f1(*emotion, &board.name)).collect();
            scores.push(mean(&each));
        }
        add(&format!("{name}, emotions known to the set, mean macro F1"), mean(&scores));
    }
    let act = |act: Act, name: &str| counts(limits, boards, act, |board| board == name);
    add(
        "complaints_twitter en, complaint or not, macro F1",
        act(Act::Complaint, "complaint/complaints_twitter.en").macro_f1(),
    );
    add("3i4k ko, question / request / neither, accuracy", speech_acts(limits, boards));
    let nine = ["pl", "de", "es", "fr", "it", "pt", "nl", "sv", "en"];
    let questions = nine.map(|lang| act(Act::Question, &format!("speech_act/subtitle_questions_weak.{lang}")));
    add("questions without their mark, 9 languages, mean F1", mean(&questions.map(|counts| counts.f1())));
    let both = questions.map(|counts| counts.macro_f1());
    add("questions without their mark, question or not, 9 languages, mean macro F1", mean(&both));
    add(
        "suggestion, semeval2019_t9a en (never trained on), F1",
        act(Act::Suggestion, "suggestion/semeval2019_t9a_forum.en*").f1(),
    );
    intent_figures(boards).into_iter().for_each(|(name, value)| add(&name, value));
    let offensive = [
        ("olid en", "toxicity/tweeteval_offensive_olid.en"),
        ("germeval2018 de", "toxicity/germeval2018.de"),
        ("poleval2019 pl", "toxicity/poleval2019_task6.pl"),
        ("told_br pt", "toxicity/told_br.pt"),
        ("kocohub ko", "toxicity/kocohub_beep.ko"),
    ];
    for (name, stem) in offensive {
        add(
            &format!("offensive or not, {name}, macro F1"),
            counts(limits, boards, Safety::Toxic, |board| board == stem).macro_f1(),
        );
    }
    for label in [Safety::Toxic, Safety::Threat, Safety::Hate] {
        for (name, stem) in
            [("airline tweets", "sentiment/airline_tweets.en*"), ("nhs negatives", "survey/nhs_fft_v6.en")]
        {
            let counts = counts(limits, boards, label, |board| board == stem);
            add(
                &format!("false alarms of {} on {name}", label.slug()),
                counts.false_alarm as f64 / counts.n().max(1) as f64,
            );
        }
    }
    add("spam, sms en, F1", counts(limits, boards, Safety::Spam, |board| board == "spam/sms_spam_collection.en").f1());
    out
}

/// The figures of the intent head.
pub fn intent_figures(boards: &[Board]) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    let mut add = |name: &str, value: f64| out.push((name.to_string(), value));
    let held: Vec<&Board> = boards
        .iter()
        .filter(|board| {
            ["intent/", "sentiment/airline"].iter().any(|b| board.name.starts_with(b))
                && board.name.ends_with('*')
                && !board.name.contains("scope")
        })
        .collect();
    add("intent, source classes never trained on (banking77, bitext, clinc150, airline), macro F1", intent_f1(&held).0);
    let every: Vec<&Board> = boards
        .iter()
        .filter(|board| ["intent/", "sentiment/airline"].iter().any(|b| board.name.starts_with(b)))
        .collect();
    add("intent, all mapped dev rows, macro F1", intent_f1(&every).0);
    let taught: Vec<&Board> =
        boards.iter().filter(|board| board.name.starts_with("intent/") && !board.name.ends_with('*')).collect();
    add("intent, classes that trained, macro F1", intent_f1(&taught).0);
    let scope: Vec<&Board> = boards.iter().filter(|board| board.name.contains("scope")).collect();
    let cases = scope.iter().flat_map(|board| &board.cases);
    let none = cases.clone().filter(|case| top_intent(&case.p) == Intent::None).count();
    add("none on clinc150 out-of-scope rows, recall", none as f64 / cases.count().max(1) as f64);
    add("intent confidence, calibration error, all mapped dev rows", intent_ece(&every));
    let authored: Vec<&Board> = boards.iter().filter(|board| board.name.starts_with("authored")).collect();
    add("intent, authored dev rows, 19 languages and mixed, macro F1", intent_f1(&authored).0);
    out
}

/// Three classes from two columns: the one further above its threshold, or neither.
fn speech_acts(limits: Limits, boards: &[Board]) -> f64 {
    let least = [Act::Question, Act::Request].map(|act| limits.of(act, "ko"));
    let (mut right, mut n) = (0, 0);
    for case in boards.iter().filter(|board| board.name == "speech_act/3i4k.ko").flat_map(|board| &board.cases) {
        let over = std::array::from_fn::<f32, 2, _>(|i| case.p[[Act::Question, Act::Request][i].column()] - least[i]);
        let answer = if over[0] < 0.0 && over[1] < 0.0 {
            0
        } else if over[0] >= over[1] {
            1
        } else {
            2
        };
        let yes = |act: Act| case.goal.yes >> act.column() & 1 == 1;
        let truth = if yes(Act::Question) {
            1
        } else if yes(Act::Request) {
            2
        } else {
            0
        };
        right += usize::from(answer == truth);
        n += 1;
    }
    right as f64 / n.max(1) as f64
}

/// Prints what each label does on each board that knows it.
pub fn print_labels(limits: Limits, boards: &[Board]) {
    fn table<C: Column>(limits: Limits, boards: &[Board], all: &[C], slug: fn(C) -> &'static str) {
        for column in all {
            println!(
                "\n{} (threshold {:.2}, en {:.2})",
                slug(*column),
                limits.of(*column, ""),
                limits.of(*column, "en")
            );
            for board in boards.iter().filter(|board| Counts::of(board, *column, 0.0).n() > 0) {
                let counts = Counts::of(board, *column, limits.of(*column, board.language()));
                println!(
                    "  {:<48} n {:>5} yes {:>5}  P {:.3} R {:.3} F1 {:.3}  macro {:.3}",
                    board.name,
                    counts.n(),
                    counts.yes(),
                    counts.precision(),
                    counts.recall(),
                    counts.f1(),
                    counts.macro_f1()
                );
            }
        }
    }
    table(limits, boards, &Emotion::ALL, Emotion::slug);
    table(limits, boards, &Act::ALL, Act::slug);
    table(limits, boards, &Safety::ALL, Safety::slug);
    table(limits, boards, &hearken::analysis::Flag::ALL, hearken::analysis::Flag::slug);
}

/// Prints macro F1 and the commonest answers of every board that knows the intent.
pub fn print_intents(boards: &[Board]) {
    for board in boards.iter().filter(|board| board.cases.iter().any(|case| case.goal.intent.is_some())) {
        let (f1, n) = intent_f1(&[board]);
        println!("intent on {:<48} n {n:>5} macro F1 {f1:.3}", board.name);
        let mut pairs = std::collections::BTreeMap::<(&str, &str), usize>::new();
        for case in &board.cases {
            if let Some(truth) = case.goal.intent {
                *pairs.entry((truth.slug(), top_intent(&case.p).slug())).or_default() += 1;
            }
        }
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.1));
        for ((truth, answer), count) in pairs.into_iter().take(14) {
            println!("    {truth:<18} as {answer:<18} {count}");
        }
    }
}
