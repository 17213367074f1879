//! Texts put together from short sentences written for wishes, effort, urgency and churn:
//! `train/authored/frames.<lang>.tsv`.
//!
//! Every sentence of a list says one thing (a danger, a word of the same kind without danger, a deadline, goodbye), and
//! [`FRAMES`] says what a text of one or two of them is. So each word stands in several texts, as an n-gram must to be
//! kept, and stands in texts of both kinds where it is no sign by itself. `[a/b]` in a sentence is one or the other;
//! `{thing}` is a line of the list of things.

use hearken::analysis::Sign;

use super::goals::Goal;
use super::signs;
use super::sources::Mixture;
use crate::features::Random;

macro_rules! files {
    ($($lang:literal),+) => {
        [$(($lang, include_str!(concat!("../../authored/frames.", $lang, ".tsv")))),+]
    };
}

/// Language and content of each file.
pub const FILES: [(&str, &str); 10] = files!("de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt");

/// Factor on the weight of each file.
const FACTOR: f32 = 10.0;
/// Things tried in each sentence that has one.
const THINGS: usize = 5;
const SEED: u64 = 57;

/// The lists of a text, apart by blanks, and its wish, effort, urgency and churn as in `signs.<lang>.tsv`.
const FRAMES: [(&str, [&str; 4]); 78] = [
    ("safety", ["no", "-", "critical", "no"]),
    ("safety said", ["no", "-", "critical", "no"]),
    ("safety leave", ["no", "-", "critical", "yes"]),
    ("safety hard", ["no", "high", "critical", "no"]),
    ("nosafety", ["no", "-", "normal", "no"]),
    ("nosafety question", ["no", "-", "normal", "no"]),
    ("nosafety noleave", ["no", "-", "normal", "no"]),
    ("nosafety problem", ["no", "-", "normal", "no"]),
    ("nowish nosafety", ["no", "-", "normal", "no"]),
    ("frail", ["no", "-", "critical", "no"]),
    ("frail said", ["no", "-", "critical", "no"]),
    ("frail hard", ["no", "high", "critical", "no"]),
    ("problem frail", ["no", "-", "critical", "no"]),
    ("nofrail", ["no", "-", "normal", "no"]),
    ("nofrail question", ["no", "-", "normal", "no"]),
    ("nofrail nodeadline", ["no", "-", "normal", "no"]),
    ("nofrail easy", ["no", "easy", "normal", "no"]),
    ("money", ["no", "-", "high", "no"]),
    ("money said", ["no", "-", "high", "no"]),
    ("money hard", ["no", "high", "high", "no"]),
    ("money leave", ["no", "-", "high", "yes"]),
    ("nomoney", ["no", "-", "normal", "no"]),
    ("nomoney question", ["no", "-", "normal", "no"]),
    ("nomoney noleave", ["no", "-", "normal", "no"]),
    ("nomoney low", ["no", "-", "low", "no"]),
    ("outage", ["no", "-", "high", "no"]),
    ("outage said", ["no", "-", "high", "no"]),
    ("outage hard", ["no", "high", "high", "no"]),
    ("outage leave", ["no", "-", "high", "yes"]),
    ("outage deadline", ["no", "-", "high", "no"]),
    ("nooutage", ["no", "-", "normal", "no"]),
    ("nooutage question", ["no", "-", "normal", "no"]),
    ("nooutage nodeadline", ["no", "-", "normal", "no"]),
    ("nooutage wish", ["yes", "-", "normal", "no"]),
    ("nooutage leave", ["no", "-", "normal", "yes"]),
    ("nooutage low", ["no", "-", "low", "no"]),
    ("deadline problem", ["no", "-", "high", "no"]),
    ("problem deadline", ["no", "-", "high", "no"]),
    ("deadline need", ["no", "-", "high", "no"]),
    ("deadline said", ["no", "-", "high", "no"]),
    ("nodeadline", ["no", "-", "normal", "no"]),
    ("nodeadline question", ["no", "-", "normal", "no"]),
    ("nodeadline problem", ["no", "-", "normal", "no"]),
    ("nodeadline easy", ["no", "easy", "normal", "no"]),
    ("problem", ["no", "-", "normal", "no"]),
    ("problem need", ["no", "-", "high", "no"]),
    ("problem said", ["no", "-", "high", "no"]),
    ("said problem", ["no", "-", "high", "no"]),
    ("low", ["no", "-", "low", "no"]),
    ("low question", ["no", "-", "low", "no"]),
    ("question low", ["no", "-", "low", "no"]),
    ("problem low", ["no", "-", "low", "no"]),
    ("wish low", ["yes", "-", "low", "no"]),
    ("question", ["no", "-", "normal", "no"]),
    ("leave", ["no", "-", "normal", "yes"]),
    ("problem leave", ["no", "-", "normal", "yes"]),
    ("leave problem", ["no", "-", "normal", "yes"]),
    ("hard leave", ["no", "high", "normal", "yes"]),
    ("noleave", ["no", "-", "normal", "no"]),
    ("noleave question", ["no", "-", "normal", "no"]),
    ("noleave problem", ["no", "-", "normal", "no"]),
    ("hard", ["no", "high", "normal", "no"]),
    ("problem hard", ["no", "high", "normal", "no"]),
    ("hard said", ["no", "high", "high", "no"]),
    ("some", ["no", "some", "normal", "no"]),
    ("some question", ["no", "some", "normal", "no"]),
    ("nooutage some", ["no", "some", "normal", "no"]),
    ("easy", ["no", "easy", "normal", "no"]),
    ("easy question", ["no", "easy", "normal", "no"]),
    ("nowish easy", ["no", "easy", "normal", "no"]),
    ("nohard", ["no", "-", "normal", "no"]),
    ("nohard question", ["no", "-", "normal", "no"]),
    ("nohard nodeadline", ["no", "-", "normal", "no"]),
    ("wish", ["yes", "-", "normal", "no"]),
    ("problem wish", ["yes", "-", "normal", "no"]),
    ("hard wish", ["yes", "high", "normal", "no"]),
    ("nowish", ["no", "-", "normal", "no"]),
    ("nowish question", ["no", "-", "normal", "no"]),
];

/// The texts of one file with their goals, the same each time.
///
/// # Errors
/// Names the file and the list that a frame or a sentence lacks.
pub fn rows(lang: &str, file: &str) -> Result<Vec<(String, Goal)>, String> {
    let mut random = Random(SEED);
    let list = |name: &str| -> Result<Vec<&str>, String> {
        let lines = file.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
        let texts: Vec<&str> = lines.flat_map(|line| line.split(" | ")).collect();
        if texts.is_empty() { Err(format!("train/authored/frames.{lang}.tsv has no list {name}")) } else { Ok(texts) }
    };
    let things = list("thing")?;
    let mut rows = Vec::new();
    for (parts, cells) in FRAMES {
        let mut goal = signs::goal(cells).ok_or_else(|| format!("the frame {parts} has unknown labels"))?;
        if parts.contains("frail") && cells[2] == "critical" {
            // How much somebody who cannot wait suffers is for rows of their own to tell.
            goal.forget(Sign::Critical);
        }
        let mut lists = Vec::new();
        for part in parts.split(' ') {
            let mut texts: Vec<String> = list(part)?
                .iter()
                .flat_map(|text| alternatives(text))
                .flat_map(|text| filled(&text, &things))
                .collect();
            random.shuffle(&mut texts);
            lists.push((part, texts));
        }
        let most = lists.iter().map(|(_, texts)| texts.len()).max().unwrap_or(0);
        for at in 0..most {
            let texts = lists.iter().map(|(part, texts)| sentence(lang, part, &texts[at % texts.len()], at));
            rows.push((texts.collect::<Vec<_>>().join(if lang == "ja" { "" } else { " " }), goal));
        }
    }
    Ok(rows)
}

/// The text with each choice of its brackets.
fn alternatives(text: &str) -> Vec<String> {
    let Some((before, (choices, after))) =
        text.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)))
    else {
        return vec![text.to_string()];
    };
    let rest = alternatives(after);
    let with = |choice: &str| rest.iter().map(|rest| format!("{before}{choice}{rest}")).collect::<Vec<_>>();
    choices.split('/').flat_map(with).collect()
}

/// The text with some of the things, beginning elsewhere in each text; itself where it has none.
fn filled(text: &str, things: &[&str]) -> Vec<String> {
    if !text.contains("{thing}") {
        return vec![text.to_string()];
    }
    let from = text.len();
    (0..THINGS).map(|i| text.replace("{thing}", things[(from + i * 7) % things.len()])).collect()
}

/// A sentence as people write it: with a capital or without, with a mark at its end or without.
fn sentence(lang: &str, list: &str, text: &str, at: usize) -> String {
    let mut letters = text.chars();
    let text = match letters.next() {
        Some(first) if at % 4 != 3 => first.to_uppercase().chain(letters).collect(),
        _ => text.to_string(),
    };
    let mark = match (list, lang) {
        _ if text.ends_with('?') => "",
        ("question", "ja") => "？",
        ("question", _) => "?",
        (_, "ja") => ["。", "。", "！", "、"][at % 4],
        _ => [".", ".", "!", ","][at % 4],
    };
    text + mark
}

/// Adds every file to the mixture.
pub fn read_all(mix: &mut Mixture) -> Result<(), String> {
    for (lang, file) in FILES {
        mix.add(&format!("authored frames.{lang}"), rows(lang, file)?, FACTOR);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn brackets_and_things_are_filled_in() {
        assert_eq!(alternatives("my [cat/dog] is [in/out]").len(), 4);
        assert_eq!(alternatives("as it is"), ["as it is"]);
        let filled = filled("add {thing}", &["a lid", "a bench"]);
        assert!(filled.len() == THINGS && filled.iter().all(|text| !text.contains('{')), "{filled:?}");
        assert_eq!(sentence("en", "question", "is it open", 0), "Is it open?");
        assert_eq!(sentence("ja", "low", "急ぎません", 3), "急ぎません、");
    }

    #[test]
    fn every_file_fills_every_frame() {
        for (lang, file) in FILES {
            let rows = rows(lang, file).unwrap();
            assert!(rows.len() > 3000, "{lang}: {} rows", rows.len());
            assert!(rows.iter().all(|(text, _)| !text.contains(['[', ']', '{', '|', '\t'])), "{lang}");
            // A text is not two things.
            let mut known: BTreeMap<String, u64> = BTreeMap::new();
            for (text, goal) in rows {
                let plain: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
                assert_eq!(*known.entry(plain).or_insert(goal.yes), goal.yes, "{lang}: {text}");
            }
        }
    }
}
