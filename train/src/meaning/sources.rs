//! The public sets behind the meaning block, and how their labels read.
//!
//! Only sets marked usable or unclear-but-public teach. A label that stands for two of ours, or for
//! half of one, leaves that column unknown rather than guessed (docs/design/model.md).

use std::collections::BTreeMap;
use std::path::Path;

use hearken::analysis::{Act, Emotion, Flag, Intent, Safety};

use super::goals::Goal;
use crate::data::Sheet;
use crate::features::Bag;
use crate::reasons;

/// Texts and goals of the whole mixture.
#[derive(Default)]
pub struct Mixture {
    pub bag: Bag,
    pub goals: Vec<Goal>,
    /// Rows per set and language, for the model card.
    pub sizes: Vec<(String, usize)>,
}

/// A set's weight is `factor` times the root of its size; a rare label of it is lifted to the
/// root of evenness, at most this many times.
const LIFT_CAP: f32 = 6.0;
/// How far a rare label is lifted towards evenness: the power of its rarity.
const LIFT: f32 = 0.35;

impl Mixture {
    /// Adds the rows of one set and language.
    pub fn add(&mut self, name: &str, rows: Vec<(String, Goal)>, factor: f32) {
        let n = rows.len().max(1) as f32;
        let mut yes = [0f32; 64];
        for (_, goal) in &rows {
            yes.iter_mut().enumerate().for_each(|(bit, yes)| *yes += (goal.yes >> bit & 1) as f32);
        }
        self.sizes.push((name.to_string(), rows.len()));
        for (text, mut goal) in rows {
            let weight = factor / n.sqrt();
            goal.weight *= weight;
            let rarest = (0..64).filter(|bit| goal.yes >> bit & 1 == 1).map(|bit| n / yes[bit]).fold(1.0, f32::max);
            goal.lift = libm::powf(rarest, LIFT).min(LIFT_CAP);
            self.bag.push(&text);
            self.goals.push(goal);
        }
    }

    /// Reads one file and adds what `read` makes of its rows (text first).
    fn sheet(
        &mut self,
        dir: &Path,
        stem: &str,
        factor: f32,
        most: usize,
        read: impl Fn(&[String], &mut Goal),
    ) -> Result<(), String> {
        let sheet = Sheet::read(dir, &format!("{stem}.train"))?;
        let rows = sheet.rows.iter().filter_map(|row| {
            let mut goal = Goal::new();
            read(row, &mut goal);
            (!goal.is_empty()).then(|| (row[0].clone(), goal))
        });
        self.add(stem, rows.take(most).collect(), factor);
        Ok(())
    }
}

/// Reads every public set.
pub fn read(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    emotions(dir, mix)?;
    acts(dir, mix)?;
    reviews(dir, mix)?;
    intent(dir, mix)?;
    safety(dir, mix)
}

const ALL: usize = usize::MAX;

/// Languages of the projected film lines, by their name in the set.
pub const XED: [&str; 20] = [
    "pl", "de", "es", "fr", "it", "nl", "pt", "pt-BR", "tr", "sv", "da", "no", "cs", "hu", "ro", "ru", "ar", "zh",
    "zh-cn", "vi",
];
/// Languages of the native emotion set.
pub const BRIGHTER: [&str; 11] = ["de", "en", "es", "pt", "zh", "ru", "ro", "sv", "uk", "hi", "ar"];
/// The five emotions that the six-emotion sets know (their disgust is none of ours).
pub const BASIC: [(Emotion, &str); 5] = [
    (Emotion::Anger, "anger"),
    (Emotion::Worry, "fear"),
    (Emotion::Joy, "joy"),
    (Emotion::Sadness, "sadness"),
    (Emotion::Surprise, "surprise"),
];

fn has(cell: &str, label: &str) -> bool {
    cell.split(',').any(|one| one == label)
}

fn any(cell: &str, labels: &[&str]) -> bool {
    labels.iter().any(|label| has(cell, label))
}

/// Yes for the first list, unknown for the second alone, else no.
type Reading = (Emotion, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const GOEMOTIONS: [Reading; 11] = [
    (Emotion::Anger, &["anger"], &["disgust", "annoyance"]),
    (Emotion::Frustration, &["annoyance", "disapproval"], &["anger", "disgust", "disappointment"]),
    (Emotion::Disappointment, &["disappointment"], &["disapproval", "remorse"]),
    (Emotion::Sadness, &["sadness", "grief"], &["remorse", "embarrassment"]),
    (Emotion::Worry, &["fear", "nervousness"], &[]),
    (Emotion::Confusion, &["confusion"], &["curiosity"]),
    (Emotion::Surprise, &["surprise"], &["realization"]),
    (Emotion::Joy, &["joy", "amusement", "excitement", "pride"], &["optimism"]),
    (Emotion::Gratitude, &["gratitude"], &[]),
    (Emotion::Admiration, &["admiration", "love"], &["approval", "caring"]),
    (Emotion::Relief, &["relief"], &[]),
];

#[rustfmt::skip]
const KOTE: [Reading; 11] = [
    (Emotion::Anger, &["anger_rage"], &["hatred", "contempt_arrogance"]),
    (Emotion::Frustration, &["complaint", "irritation", "fed_up"], &["absurd_dumbfounded", "burden_reluctance"]),
    (Emotion::Disappointment, &["pity_disappointment"], &["boring"]),
    (Emotion::Sadness, &["sadness", "sorrow", "despair"], &["exhaustion", "guilt", "shame", "compassion"]),
    (Emotion::Worry, &["fear", "anxiety"], &["doubt_distrust"]),
    (Emotion::Confusion, &["embarrassed_awkward"], &["absurd_dumbfounded"]),
    (Emotion::Surprise, &["surprise", "shock"], &["realization"]),
    (Emotion::Joy, &["fun_excitement", "happiness", "joy"], &["pride", "fondness_cute"]),
    (Emotion::Gratitude, &["gratitude"], &[]),
    (Emotion::Admiration, &["respect", "touched_admiration"], &["caring", "welcome_favor"]),
    (Emotion::Relief, &["comfort", "relief_trust"], &[]),
];

fn feel(goal: &mut Goal, cell: &str, table: &[Reading]) {
    for (emotion, yes, unknown) in table {
        if any(cell, yes) {
            goal.set(*emotion, true);
        } else if !any(cell, unknown) {
            goal.set(*emotion, false);
        }
    }
}

/// The eleven emotions a row of the English set shows.
pub fn goemotions(cell: &str, goal: &mut Goal) {
    feel(goal, cell, &GOEMOTIONS);
}

/// The eleven emotions a row of the Korean set shows.
pub fn kote(cell: &str, goal: &mut Goal) {
    feel(goal, cell, &KOTE);
}

/// The five emotions a row of a six-emotion set shows.
pub fn basic(cell: &str, goal: &mut Goal) {
    for (emotion, name) in BASIC {
        let unclear = emotion == Emotion::Anger && has(cell, "disgust");
        if has(cell, name) || !unclear {
            goal.set(emotion, has(cell, name));
        }
    }
}

fn emotions(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    mix.sheet(dir, "emotion/goemotions.en", 60.0, ALL, |row, goal| goemotions(&row[1], goal))?;
    // What forum talk says of acts counts less: customers praise and complain in other words.
    mix.sheet(dir, "emotion/goemotions.en", 4.0, ALL, |row, goal| {
        let cell = &row[1];
        let only = |labels: &[&str]| cell.split(',').all(|label| labels.contains(&label));
        goal.set(Act::Thanks, has(cell, "gratitude"));
        if !any(cell, &["love", "approval", "joy", "excitement", "gratitude"]) {
            goal.set(Act::Praise, has(cell, "admiration"));
        }
        if only(&["neutral"]) {
            goal.set(Act::Complaint, false);
        }
    })?;
    mix.sheet(dir, "emotion/kote_partial.ko", 4.0, ALL, |row, goal| {
        kote(&row[1], goal);
        if !any(&row[1], &["irritation", "fed_up", "anger_rage", "pity_disappointment"]) || has(&row[1], "complaint") {
            goal.set(Act::Complaint, has(&row[1], "complaint"));
        }
    })?;
    for lang in BRIGHTER {
        mix.sheet(dir, &format!("emotion/brighter_semeval2025.{lang}"), 2.5, ALL, |row, goal| basic(&row[1], goal))?;
    }
    mix.sheet(dir, "emotion/xed_subtitles.en", 0.5, ALL, |row, goal| basic(&row[1], goal))?;
    for lang in XED {
        mix.sheet(dir, &format!("emotion/xed_subtitles_projected.{lang}"), 0.6, ALL, |row, goal| basic(&row[1], goal))?;
    }
    mix.sheet(dir, "emotion/emoevales2021.es", 0.7, ALL, |row, goal| basic(&row[1], goal))?;
    mix.sheet(dir, "irony/tweeteval_irony.en", 4.0, ALL, |row, goal| {
        goal.set(Flag::Irony, row[1] == "ironic");
    })
}

/// Languages of the question lines, by their name in the set.
pub const QUESTIONS: [&str; 26] = [
    "pl", "de", "es", "fr", "it", "pt", "pt-BR", "nl", "sv", "da", "no", "cs", "tr", "ru", "ro", "hu", "fi", "bg",
    "hr", "sr", "ar", "vi", "sk", "sl", "id", "en",
];

fn acts(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    mix.sheet(dir, "speech_act/3i4k.ko", 5.0, ALL, |row, goal| {
        let class = row[1].as_str();
        if class != "intonation_dependent" {
            goal.set(Act::Question, class == "question").set(Act::Request, class == "command");
        }
        if class == "statement" {
            goal.set(Flag::Broadcast, false);
        }
    })?;
    for lang in QUESTIONS {
        mix.sheet(dir, &format!("speech_act/subtitle_questions_weak.{lang}"), 3.0, ALL, |row, goal| {
            goal.set(Act::Question, row[1] == "question");
            goal.set(Flag::Broadcast, false);
        })?;
    }
    mix.sheet(dir, "complaint/complaints_twitter.en", 36.0, ALL, |row, goal| {
        goal.set(Act::Complaint, row[1] == "complaint");
        if !row[2].starts_with("random") {
            customer(goal);
        }
    })?;
    mix.sheet(dir, "intent/google_play_review_types.en", 10.0, ALL, |row, goal| {
        let class = row[1].as_str();
        goal.set(Act::Suggestion, class == "feature_request");
        if class == "bug_report" {
            goal.set(Act::Complaint, true);
        }
        customer(goal);
    })
}

/// What no customer of these sets does: they neither attack nor advertise.
fn customer(goal: &mut Goal) {
    goal.all(&Safety::ALL, |_| false).set(Flag::Broadcast, false);
}

/// What a review of this sentiment does. `both` when it praises and blames.
fn review(goal: &mut Goal, sentiment: &str) {
    match sentiment {
        "negative" | "very_negative" => goal.set(Act::Complaint, true).set(Act::Praise, false).set(Flag::Mixed, false),
        "positive" | "very_positive" => goal.set(Act::Complaint, false).set(Act::Praise, true).set(Flag::Mixed, false),
        "mixed" => goal.set(Act::Complaint, true).set(Act::Praise, true).set(Flag::Mixed, true),
        "neutral" => goal.set(Act::Praise, false).set(Flag::Mixed, false),
        _ => return,
    };
    customer(goal);
}

/// Languages of the aspect set.
const M_ABSA: [&str; 21] = [
    "ar", "da", "de", "en", "es", "fr", "hi", "hr", "id", "ja", "ko", "nl", "pt", "ru", "sk", "sv", "sw", "th", "tr",
    "vi", "zh",
];

fn reviews(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    mix.sheet(dir, "sentiment/polemo2_sentence.pl", 2.5, 12_000, |row, goal| {
        review(goal, if row[1] == "ambiguous" { "mixed" } else { &row[1] });
    })?;
    mix.sheet(dir, "survey/nhs_fft_v6.en", 5.0, ALL, |row, goal| match row[1].as_str() {
        "neutral_or_mixed" => customer(goal),
        sentiment => review(goal, sentiment),
    })?;
    mix.sheet(dir, "sentiment/germeval2017_bahn.de", 2.5, ALL, |row, goal| review(goal, &row[1]))?;
    for lang in M_ABSA {
        opinions(dir, mix, "absa/m_absa", lang, 4000, 0.6)?;
    }
    opinions(dir, mix, "absa/mams_acsa", "en", ALL, 0.6)
}

/// One row per opinion: a sentence with both polarities is mixed.
fn opinions(dir: &Path, mix: &mut Mixture, stem: &str, lang: &str, most: usize, factor: f32) -> Result<(), String> {
    let sheet = Sheet::read(dir, &format!("{stem}.{lang}.train"))?;
    // In the order of the file, which is random.
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sentences: Vec<(&str, (bool, bool))> = Vec::new();
    for row in &sheet.rows {
        let number = *numbers.entry(&row[0]).or_insert_with(|| {
            sentences.push((&row[0], (false, false)));
            sentences.len() - 1
        });
        let sides = &mut sentences[number].1;
        sides.0 |= row[1] == "negative";
        sides.1 |= row[1] == "positive";
    }
    let rows = sentences.into_iter().take(most).map(|(text, sides)| {
        let mut goal = Goal::new();
        let sentiment = match sides {
            (true, true) => "mixed",
            (true, false) => "negative",
            (false, true) => "positive",
            (false, false) => "neutral",
        };
        review(&mut goal, sentiment);
        (text.to_string(), goal)
    });
    mix.add(&format!("{stem}.{lang}"), rows.collect(), factor);
    Ok(())
}

fn intent(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    let teach = |set: &str, class: &str, reason: Option<Intent>, goal: &mut Goal| {
        if reason.is_some() && !reasons::is_held_out(set, class) {
            goal.set(Flag::Irony, false);
            customer(goal);
        }
    };
    mix.sheet(dir, "intent/banking77.en", 4.0, ALL, |row, goal| {
        teach("banking77", &row[1], reasons::banking77(&row[1]), goal);
    })?;
    mix.sheet(dir, "intent/bitext_customer_support.en", 3.0, ALL, |row, goal| {
        teach("bitext", &row[1], reasons::bitext(&row[1]), goal);
    })?;
    mix.sheet(dir, "intent/clinc150.en", 4.0, ALL, |row, goal| {
        teach("clinc150", &row[1], reasons::clinc150(&row[1]), goal);
        if !goal.is_empty() {
            goal.set(Act::Greeting, ["greeting", "goodbye"].contains(&row[1].as_str()));
            goal.set(Act::Thanks, row[1] == "thank_you");
        }
    })?;
    mix.sheet(dir, "intent/hwu64.en", 2.0, ALL, |row, goal| {
        teach("hwu64", &row[1], reasons::hwu64(&row[1]), goal);
    })?;
    for stem in ["intent/nlupp_banking.en", "intent/nlupp_hotels.en"] {
        mix.sheet(dir, stem, 1.5, ALL, |row, goal| {
            teach("nlupp", &row[1], reasons::nlupp(&row[1]), goal);
            goal.set(Act::Thanks, has(&row[1], "thank")).set(Act::Greeting, has(&row[1], "greet"));
            if any(&row[1], &["request_info", "how", "why", "when", "how_much", "how_long"]) {
                goal.set(Act::Question, true);
            }
        })?;
    }
    Ok(())
}

fn safety(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    mix.sheet(dir, "toxicity/tweeteval_offensive_olid.en", 40.0, ALL, |row, goal| {
        goal.set(Safety::Toxic, row[1] == "offensive");
    })?;
    mix.sheet(dir, "toxicity/tweeteval_hate.en", 4.0, ALL, |row, goal| {
        goal.set(Safety::Hate, row[1] == "hate");
        if row[1] == "hate" {
            goal.set(Safety::Toxic, true);
        }
    })?;
    mix.sheet(dir, "toxicity/hate_offensive_twitter.en", 3.0, ALL, |row, goal| {
        goal.set(Safety::Hate, row[1] == "hate").set(Safety::Toxic, row[1] != "neither");
    })?;
    mix.sheet(dir, "toxicity/kocohub_beep.ko", 24.0, ALL, |row, goal| {
        goal.set(Safety::Hate, row[1] == "hate").set(Safety::Toxic, row[1] != "none");
    })?;
    mix.sheet(dir, "toxicity/kmhas_partial.ko", 4.0, ALL, |row, goal| match row[1].as_str() {
        "profanity" => {}
        "not_hate" => {
            goal.set(Safety::Toxic, false).set(Safety::Hate, false);
        }
        cell => {
            goal.set(Safety::Toxic, true);
            if any(cell, &["origin", "gender", "race", "religion"]) {
                goal.set(Safety::Hate, true);
            }
        }
    })?;
    mix.sheet(dir, "toxicity/poleval2019_task6.pl", 12.0, ALL, |row, goal| {
        goal.set(Safety::Toxic, row[1] != "non_harmful").set(Safety::Hate, row[1] == "hate_speech");
    })?;
    mix.sheet(dir, "toxicity/told_br.pt", 16.0, ALL, |row, goal| {
        goal.set(Safety::Toxic, row[1] == "toxic");
    })?;
    let germeval = Sheet::read(dir, "toxicity/germeval2018.de.train")?;
    let fine = germeval.column("fine").ok_or("fine column missing")?;
    mix.sheet(dir, "toxicity/germeval2018.de", 32.0, ALL, |row, goal| match row[fine].as_str() {
        "profanity" => {}
        class => {
            goal.set(Safety::Toxic, class != "other");
        }
    })?;
    mix.sheet(dir, "toxicity/germeval2021.de", 3.5, ALL, |row, goal| {
        goal.set(Safety::Toxic, row[1] == "toxic");
    })?;
    mix.sheet(dir, "toxicity/japanese_toxic_subset.ja", 5.0, ALL, |row, goal| {
        if row[1] != "unsure" {
            goal.set(Safety::Toxic, row[1] == "toxic");
        }
    })?;
    for stem in ["spam/sms_spam_collection.en", "spam/youtube_psy_comments.en"] {
        mix.sheet(dir, stem, 80.0, ALL, |row, goal| {
            goal.set(Safety::Spam, row[1] == "spam");
        })?;
    }
    Ok(())
}
