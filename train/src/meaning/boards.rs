//! Dev texts with known labels, per label: what thresholds are fitted on and figures measured on.

use std::path::Path;

use hearken::analysis::{Act, Flag, Intent, Safety};
use hearken::model::{HeadKind, Model, Sums, sigmoid, softmax};
use hearken::text::Normalized;
use hearken::{AnalyzeOptions, Engine};

use super::goals::{COLUMNS, Column, Goal, HEADS};
use super::{authored, signs, sources};
use crate::data::Sheet;
use crate::reasons;

/// One dev text as a goal, with what the model says of it.
pub struct Case {
    pub text: String,
    pub goal: Goal,
    /// Probabilities of all columns (logistic), then of the intents (softmax).
    pub p: Vec<f32>,
}

/// The dev part of one set and language.
pub struct Board {
    pub name: String,
    pub cases: Vec<Case>,
}

impl Board {
    /// The set without its language.
    pub fn family(&self) -> &str {
        let name = self.name.trim_end_matches('*');
        name.split_once('.').map_or(name, |(family, _)| family)
    }

    /// Language code at the end of the name.
    pub fn language(&self) -> &str {
        let name = self.name.trim_end_matches('*').split(' ').next().unwrap_or("");
        name.rsplit('.').next().unwrap_or("")
    }
}

/// Answers a text: one number per column and one per intent, each in 0..=1.
pub type Answer<'a> = dyn FnMut(&str) -> Vec<f32> + 'a;

/// What the heads of a model say: probabilities.
pub fn probabilities(model: &Model) -> impl FnMut(&str) -> Vec<f32> + '_ {
    let mut sums = Sums::new(model);
    let (mut vector, mut logits) = (Vec::new(), Vec::new());
    move |text| {
        sums.read(model, Normalized::new(text).text(), None);
        let mut p = Vec::with_capacity(COLUMNS + Intent::ALL.len());
        for name in HEADS.iter().map(|head| head.name).chain(["intent"]) {
            let Some(head) = model.head(name) else {
                // Blocks trained alone lack the other heads.
                let missing = HEADS.iter().find(|head| head.name == name);
                p.resize(p.len() + missing.map_or(Intent::ALL.len(), |head| head.to - head.from), 0.0);
                continue;
            };
            sums.vector(model, head.block, &mut vector);
            head.logits(&vector, &mut logits);
            if head.kind == HeadKind::OneOf {
                softmax(&mut logits);
            } else {
                logits.iter_mut().for_each(|z| *z = sigmoid(*z));
            }
            p.extend(&logits);
        }
        p
    }
}

/// What the whole engine says, rules and phrases included: 1 for a label that is present, 0 for one
/// that is not; the confidence of the intent given, 0 for the others.
pub fn engine_answers(engine: &Engine) -> impl FnMut(&str) -> Vec<f32> + '_ {
    let options = AnalyzeOptions { pii: false, spans: false, ..AnalyzeOptions::default() };
    move |text| {
        let mut p = vec![0.0; COLUMNS + Intent::ALL.len()];
        let analysis = engine.analyze(text, &options).expect("the options are within limits");
        analysis.emotions.iter().for_each(|present| p[present.label.column()] = 1.0);
        analysis.acts.iter().for_each(|act| p[act.column()] = 1.0);
        analysis.safety.iter().for_each(|present| p[present.label.column()] = 1.0);
        let flags = [
            (Flag::Mixed, analysis.sentiment.mixed),
            (Flag::Irony, analysis.irony),
            (Flag::Broadcast, analysis.broadcast),
        ];
        flags.iter().for_each(|(flag, holds)| p[flag.column()] = f32::from(u8::from(*holds)));
        // A confidence of 0 would make another intent the likeliest.
        p[COLUMNS + analysis.intent.label as usize] = (analysis.intent.confidence as f32).max(1e-6);
        p
    }
}

/// Reads dev sets.
pub struct Reader<'a> {
    answer: &'a mut Answer<'a>,
}

impl<'a> Reader<'a> {
    fn board(&mut self, name: &str, rows: Vec<(String, Goal)>) -> Board {
        let cases = rows.into_iter().map(|(text, goal)| Case { p: (self.answer)(&text), text, goal });
        Board { name: name.to_string(), cases: cases.collect() }
    }

    /// The dev part of `stem`, its rows (text first) read by `read`.
    pub fn dev(&mut self, dir: &Path, stem: &str, read: impl Fn(&[String], &mut Goal)) -> Result<Board, String> {
        let sheet = Sheet::read(dir, &format!("{stem}.dev"))?;
        let rows = sheet.rows.iter().filter_map(|row| {
            let mut goal = Goal::new();
            read(row, &mut goal);
            (!goal.is_empty()).then(|| (row[0].clone(), goal))
        });
        Ok(self.board(stem, rows.collect()))
    }
}

/// A set and which of its labels are offensive.
type Offensive = (&'static str, fn(&str) -> bool);
/// A set, its name among the reasons, and how its classes read.
type Reasons = (&'static str, &'static str, fn(&str) -> Option<Intent>);

/// Languages whose reviews with a complaint show how often attacks are seen where none is.
const CALM: [&str; 6] = ["de", "en", "es", "fr", "ko", "pt"];

/// What no complaint of these sets does.
fn calm(goal: &mut Goal) {
    goal.set(Safety::Toxic, false).set(Safety::Threat, false).set(Safety::Hate, false);
}

/// Every dev board. Sets that never train are among them; their names end in `*`.
pub fn all<'a>(dir: &Path, answer: &'a mut Answer<'a>) -> Result<Vec<Board>, String> {
    let mut reader = Reader { answer };
    let r = &mut reader;
    let mut boards = vec![
        r.dev(dir, "emotion/goemotions.en", |row, goal| {
            sources::goemotions(&row[1], goal);
            goal.set(Act::Thanks, row[1].split(',').any(|label| label == "gratitude"));
        })?,
        r.dev(dir, "emotion/kote_partial.ko", |row, goal| sources::kote(&row[1], goal))?,
    ];
    for lang in sources::BRIGHTER {
        boards.push(
            r.dev(dir, &format!("emotion/brighter_semeval2025.{lang}"), |row, goal| sources::basic(&row[1], goal))?,
        );
    }
    for lang in sources::XED {
        boards.push(
            r.dev(dir, &format!("emotion/xed_subtitles_projected.{lang}"), |row, goal| sources::basic(&row[1], goal))?,
        );
    }
    boards.push(r.dev(dir, "complaint/complaints_twitter.en", |row, goal| {
        goal.set(Act::Complaint, row[1] == "complaint");
        if !row[2].starts_with("random") {
            calm(goal);
        }
    })?);
    boards.push(r.dev(dir, "speech_act/3i4k.ko", |row, goal| {
        if row[1] != "intonation_dependent" {
            goal.set(Act::Question, row[1] == "question").set(Act::Request, row[1] == "command");
        }
    })?);
    for lang in sources::QUESTIONS {
        boards.push(r.dev(dir, &format!("speech_act/subtitle_questions_weak.{lang}"), |row, goal| {
            goal.set(Act::Question, row[1] == "question");
        })?);
    }
    boards.push(r.dev(dir, "intent/google_play_review_types.en", |row, goal| {
        goal.set(Act::Suggestion, row[1] == "feature_request");
    })?);
    let mut suggestion = r.dev(dir, "suggestion/semeval2019_t9a_forum.en", |row, goal| {
        goal.set(Act::Suggestion, row[1] == "suggestion");
    })?;
    suggestion.name.push('*');
    boards.push(suggestion);
    boards.push(r.dev(dir, "sentiment/polemo2_sentence.pl", |row, goal| {
        goal.set(Flag::Mixed, row[1] == "ambiguous");
        if row[1] != "ambiguous" {
            goal.set(Act::Praise, row[1] == "positive").set(Act::Complaint, row[1] == "negative");
        }
    })?);
    boards.push(r.dev(dir, "survey/nhs_fft_v6.en", |row, goal| {
        if row[1] != "neutral_or_mixed" {
            goal.set(Act::Praise, row[1].ends_with("positive")).set(Act::Complaint, row[1].ends_with("negative"));
        }
    })?);
    boards.push(r.dev(dir, "irony/tweeteval_irony.en", |row, goal| {
        goal.set(Flag::Irony, row[1] == "ironic");
    })?);
    let offensive: [Offensive; 5] = [
        ("toxicity/tweeteval_offensive_olid.en", |label| label == "offensive"),
        ("toxicity/germeval2018.de", |label| label == "offense"),
        ("toxicity/poleval2019_task6.pl", |label| label != "non_harmful"),
        ("toxicity/told_br.pt", |label| label == "toxic"),
        ("toxicity/kocohub_beep.ko", |label| label != "none"),
    ];
    for (stem, is) in offensive {
        boards.push(r.dev(dir, stem, |row, goal| {
            goal.set(Safety::Toxic, is(&row[1]));
        })?);
    }
    boards.push(r.dev(dir, "toxicity/tweeteval_hate.en", |row, goal| {
        goal.set(Safety::Hate, row[1] == "hate");
    })?);
    boards.push(r.dev(dir, "spam/sms_spam_collection.en", |row, goal| {
        goal.set(Safety::Spam, row[1] == "spam");
    })?);
    let mut airline = r.dev(dir, "sentiment/airline_tweets.en", |row, goal| {
        calm(goal);
        if let (Some(reason), "negative") = (reasons::airline(&row[2]), row[1].as_str()) {
            goal.intent(reason);
        }
    })?;
    airline.name.push('*');
    boards.push(airline);
    boards.push(r.dev(dir, "survey/nhs_fft_v6.en", |row, goal| {
        if row[1].ends_with("negative") {
            calm(goal);
        }
    })?);
    for lang in CALM {
        boards.push(r.dev(dir, &format!("absa/m_absa.{lang}"), |row, goal| {
            if row[1] == "negative" {
                calm(goal);
            }
        })?);
    }
    let tables: [Reasons; 5] = [
        ("intent/banking77.en", "banking77", reasons::banking77),
        ("intent/bitext_customer_support.en", "bitext", reasons::bitext),
        ("intent/clinc150.en", "clinc150", reasons::clinc150),
        ("intent/nlupp_banking.en", "nlupp", reasons::nlupp),
        ("intent/nlupp_hotels.en", "nlupp", reasons::nlupp),
    ];
    for (stem, set, reason) in tables {
        for held_out in [false, true] {
            let mut board = r.dev(dir, stem, |row, goal| {
                if let Some(reason) =
                    reason(&row[1]).filter(|_| reasons::is_held_out(set, &row[1]) == held_out && row[1] != "oos")
                {
                    goal.intent(reason);
                }
            })?;
            if held_out {
                board.name.push('*');
            }
            boards.push(board);
        }
    }
    boards.push(r.dev(dir, "intent/clinc150.en", |row, goal| {
        if row[1] == "oos" {
            goal.intent(Intent::None);
        }
    })?);
    if let Some(board) = boards.last_mut() {
        board.name = "intent/clinc150.en out of scope*".to_string();
    }
    for (lang, file) in authored::FILES {
        let rows = authored::rows(lang, file)?;
        let kept = rows.into_iter().enumerate().filter(|(at, _)| authored::is_dev(*at));
        boards.push(r.board(&format!("authored.{lang}"), kept.map(|(_, row)| (row.text, row.goal)).collect()));
    }
    for (lang, file) in signs::FILES {
        let kept = signs::rows(lang, file)?.into_iter().enumerate().filter(|(at, _)| authored::is_dev(*at));
        boards.push(r.board(&format!("signs.{lang}"), kept.map(|(_, row)| row).collect()));
    }
    boards.retain(|board| !board.cases.is_empty());
    Ok(boards)
}

/// Hits and misses of one yes-or-no column.
#[derive(Default, Clone, Copy)]
pub struct Counts {
    pub hit: usize,
    pub false_alarm: usize,
    pub missed: usize,
    pub right_no: usize,
}

impl Counts {
    pub fn of(board: &Board, column: impl Column, threshold: f32) -> Counts {
        let mut counts = Counts::default();
        let bit = 1u64 << column.column();
        for case in board.cases.iter().filter(|case| case.goal.known & bit != 0) {
            match (case.goal.yes & bit != 0, case.p[column.column()] >= threshold) {
                (true, true) => counts.hit += 1,
                (false, true) => counts.false_alarm += 1,
                (true, false) => counts.missed += 1,
                (false, false) => counts.right_no += 1,
            }
        }
        counts
    }

    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            hit: self.hit + other.hit,
            false_alarm: self.false_alarm + other.false_alarm,
            missed: self.missed + other.missed,
            right_no: self.right_no + other.right_no,
        }
    }

    /// Texts whose label is yes.
    pub fn yes(&self) -> usize {
        self.hit + self.missed
    }

    pub fn n(&self) -> usize {
        self.hit + self.false_alarm + self.missed + self.right_no
    }

    pub fn precision(&self) -> f64 {
        self.hit as f64 / (self.hit + self.false_alarm).max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        self.hit as f64 / self.yes().max(1) as f64
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / (2 * self.hit + self.false_alarm + self.missed).max(1) as f64
    }

    /// Mean F1 of yes and no.
    pub fn macro_f1(&self) -> f64 {
        let no = 2.0 * self.right_no as f64 / (2 * self.right_no + self.false_alarm + self.missed).max(1) as f64;
        (self.f1() + no) / 2.0
    }
}
