//! Phrases written for this project (`train/authored/phrases.<lang>.tsv`): pieces of what customers
//! write that point to one label by themselves. They give each label its words in each language.

use hearken::analysis::{Act, Emotion, Flag, Intent, Safety, SentimentLabel};

use crate::meaning::goals::Goal;

macro_rules! files {
    ($kind:literal) => {
        files!($kind, "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt")
    };
    ($kind:literal, $($lang:literal),+) => {
        [$(($lang, include_str!(concat!("../authored/", $kind, ".", $lang, ".tsv")))),+]
    };
}

/// Language and content of each file of phrases.
pub const FILES: [(&str, &str); 10] = files!("phrases");
/// Language and content of each file of first messages with their reason.
pub const REASONS: [(&str, &str); 10] = files!("reasons");

/// The rows of one file of first messages.
///
/// # Errors
/// Names the file and the line that is not a text, a tab and a reason.
pub fn reasons(lang: &str, file: &str) -> Result<Vec<(String, Intent)>, String> {
    let row = |(at, line): (usize, &str)| {
        let (text, label) = line.split_once('\t').unwrap_or((line, ""));
        let intent = Intent::from_slug(label);
        let intent =
            intent.ok_or_else(|| format!("train/authored/reasons.{lang}.tsv line {} has no reason", at + 1))?;
        Ok((text.to_string(), intent))
    };
    file.lines().enumerate().skip(1).map(row).collect()
}

/// The label a phrase points to.
#[derive(Clone, Copy)]
pub enum Points {
    Intent(Intent),
    Emotion(Emotion),
    Act(Act),
    Safety(Safety),
    Flag(Flag),
}

/// One phrase.
pub struct Phrase {
    pub text: String,
    pub points: Points,
}

/// The phrases of one file.
///
/// # Errors
/// Names the file and the line that is not head, label and phrases.
pub fn rows(lang: &str, file: &str) -> Result<Vec<Phrase>, String> {
    let mut out = Vec::new();
    for (at, line) in file.lines().enumerate().skip(1) {
        let read = || {
            let cells: Vec<&str> = line.split('\t').collect();
            let [head, label, phrases] = cells[..] else { return None };
            let points = match head {
                "intent" => Points::Intent(Intent::from_slug(label)?),
                "emotions" => Points::Emotion(Emotion::from_slug(label)?),
                "acts" => Points::Act(Act::from_slug(label)?),
                "safety" => Points::Safety(Safety::from_slug(label)?),
                "flags" => Points::Flag(Flag::from_slug(label)?),
                _ => return None,
            };
            Some((points, phrases))
        };
        let (points, phrases) =
            read().ok_or_else(|| format!("train/authored/phrases.{lang}.tsv line {} is not understood", at + 1))?;
        out.extend(phrases.split(" | ").map(|text| Phrase { text: text.trim().to_string(), points }));
    }
    Ok(out)
}

/// Emotions that words of one another may carry too: nothing is known of these.
const NEAR: [&[Emotion]; 3] = [
    &[Emotion::Anger, Emotion::Frustration, Emotion::Disappointment, Emotion::Sadness],
    &[Emotion::Joy, Emotion::Gratitude, Emotion::Admiration, Emotion::Relief, Emotion::Surprise],
    &[Emotion::Worry, Emotion::Confusion, Emotion::Sadness],
];

impl Phrase {
    /// What the heads know of the phrase.
    pub fn goal(&self) -> Goal {
        let mut goal = Goal::new();
        match self.points {
            Points::Intent(_) => {
                goal.all(&Safety::ALL, |_| false).set(Flag::Broadcast, false);
            }
            Points::Emotion(emotion) => {
                let near = |other: Emotion| NEAR.iter().any(|list| list.contains(&emotion) && list.contains(&other));
                for other in Emotion::ALL.into_iter().filter(|other| *other == emotion || !near(*other)) {
                    goal.set(other, other == emotion);
                }
                goal.all(&[Safety::Threat, Safety::Hate, Safety::Sexual, Safety::Spam, Safety::Promotion], |_| false);
            }
            Points::Act(act) => {
                let acts: Vec<Act> = Act::ALL.into_iter().filter(|other| *other != Act::Statement).collect();
                goal.all(&acts, |other| other == act).all(&Safety::ALL, |_| false);
            }
            Points::Safety(label) => {
                let near: &[Safety] = match label {
                    Safety::Toxic => &[Safety::Hate, Safety::Threat],
                    Safety::Threat | Safety::Hate => &[Safety::Toxic, Safety::Threat],
                    Safety::Sexual => &[Safety::Spam, Safety::Promotion],
                    Safety::Spam | Safety::Promotion => &[Safety::Spam, Safety::Promotion],
                    Safety::SelfHarm => &[],
                };
                for other in Safety::ALL.into_iter().filter(|other| *other == label || !near.contains(other)) {
                    goal.set(other, other == label);
                }
            }
            Points::Flag(flag) => {
                goal.set(flag, true).all(&Safety::ALL[..5], |_| false);
            }
        }
        goal
    }

    /// The reason the phrase points to.
    pub fn intent(&self) -> Option<Intent> {
        match self.points {
            Points::Intent(intent) => Some(intent),
            _ => None,
        }
    }

    /// The sentiment the phrase has by itself.
    pub fn sentiment(&self) -> Option<SentimentLabel> {
        use SentimentLabel::{Negative, Neutral, Positive};
        Some(match self.points {
            Points::Intent(Intent::None) => Neutral,
            Points::Emotion(Emotion::Joy | Emotion::Gratitude | Emotion::Admiration | Emotion::Relief) => Positive,
            Points::Emotion(Emotion::Surprise) | Points::Intent(_) => return None,
            Points::Emotion(_) | Points::Act(Act::Complaint) => Negative,
            Points::Act(Act::Praise | Act::Thanks) => Positive,
            Points::Act(_) | Points::Flag(Flag::Broadcast) => Neutral,
            Points::Safety(Safety::Toxic | Safety::Hate | Safety::Threat | Safety::SelfHarm) => Negative,
            Points::Flag(Flag::Irony) => Negative,
            Points::Safety(_) | Points::Flag(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::danger;
    use crate::meaning::{authored, signs};
    use crate::reasons::bare;

    /// Texts of eight letters and more that tests are measured on.
    fn tested() -> BTreeSet<String> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
        let mut texts = BTreeSet::new();
        for (folder, columns) in
            [("golden", 1..2), ("evaluation", 0..1), ("invariance", 2..4), ("signals", 0..1), ("triage", 4..5)]
        {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "tsv") {
                    let file = std::fs::read_to_string(path).unwrap();
                    for line in file.lines().skip(1) {
                        let cells: Vec<&str> = line.split('\t').collect();
                        texts.extend(cells[columns.clone()].iter().map(|text| bare(text)));
                    }
                }
            }
        }
        texts.retain(|text| text.chars().count() >= 8);
        assert!(texts.len() > 1000, "{} texts", texts.len());
        texts
    }

    #[test]
    fn no_tested_text_is_taught() {
        let tested = tested();
        let mut taught: Vec<String> = Vec::new();
        for (lang, file) in authored::FILES {
            taught.extend(authored::rows(lang, file).unwrap().into_iter().map(|row| row.text));
        }
        for (lang, file) in authored::LINES {
            taught.extend(authored::rows(lang, file).unwrap().into_iter().map(|row| row.text));
        }
        for (lang, file) in signs::FILES {
            taught.extend(signs::rows(lang, file).unwrap().into_iter().map(|(text, _)| text));
        }
        for (lang, file) in danger::FILES {
            taught.extend(danger::rows(lang, file).unwrap().into_iter().map(|(text, _)| text));
        }
        for (lang, file) in REASONS {
            taught.extend(reasons(lang, file).unwrap().into_iter().map(|(text, _)| text));
        }
        let both: Vec<&String> = taught.iter().filter(|text| tested.contains(&bare(text))).collect();
        assert!(both.is_empty(), "{both:?}");
    }

    #[test]
    fn every_phrase_knows_its_own_label() {
        for (lang, file) in FILES {
            for phrase in rows(lang, file).unwrap() {
                assert!(!phrase.text.is_empty());
                assert!(phrase.intent().is_some() || phrase.goal().yes != 0, "{lang}");
            }
        }
    }
}
