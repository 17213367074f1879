//! Which data taught which block, and under which licence.

use std::fmt::Write;

use super::{Sizes, row};
use crate::sets::{HELD_OUT, SENTIMENT};

/// Licences as the data description states them, for sets that [`SENTIMENT`] does not list.
const LICENCES: &[(&str, &str)] = &[
    ("absa/germeval2017_bahn", "not stated"),
    ("absa/mams_acsa", "Apache-2.0"),
    ("complaint/complaints_twitter", "not stated"),
    ("emotion/brighter_semeval2025", "CC BY 4.0"),
    ("emotion/emoevales2021", "not stated (tweets)"),
    ("emotion/goemotions", "Apache-2.0"),
    ("emotion/kote_partial", "MIT"),
    ("emotion/xed_subtitles", "CC BY 4.0"),
    ("emotion/xed_subtitles_projected", "CC BY 4.0"),
    ("intent/banking77", "CC BY 4.0"),
    ("intent/bitext_customer_support", "CDLA-Sharing-1.0"),
    ("intent/clinc150", "CC BY 3.0"),
    ("intent/google_play_review_types", "not stated"),
    ("intent/hwu64", "CC BY 4.0"),
    ("intent/nlupp_banking", "CC BY 4.0"),
    ("intent/nlupp_hotels", "CC BY 4.0"),
    ("irony/tweeteval_irony", "unclear (tweets; collection without restrictions of its own)"),
    (
        "langid/mixed_short",
        "per source: film lines CC BY 4.0, declarations of human rights public, others as in this table",
    ),
    ("spam/sms_spam_collection", "not stated (upstream archive lists CC BY 4.0)"),
    ("spam/youtube_psy_comments", "not stated"),
    ("speech_act/3i4k", "CC BY-SA 4.0"),
    ("speech_act/subtitle_questions_weak", "CC BY 4.0"),
    ("toxicity/germeval2018", "CC BY 4.0"),
    ("toxicity/germeval2021", "not stated"),
    ("toxicity/hate_offensive_twitter", "MIT (tweets)"),
    ("toxicity/japanese_toxic_subset", "Apache-2.0"),
    ("toxicity/kmhas_partial", "not stated"),
    ("toxicity/kocohub_beep", "CC BY-SA 4.0"),
    ("toxicity/poleval2019_task6", "BSD-3-Clause (tweets; mirror without a statement)"),
    ("toxicity/told_br", "CC BY-SA 4.0"),
    ("toxicity/tweeteval_hate", "unclear (tweets; collection without restrictions of its own)"),
    ("toxicity/tweeteval_offensive_olid", "unclear (tweets; collection without restrictions of its own)"),
];

/// Sets that are scored, never trained on, for their licence; beside those of [`HELD_OUT`].
const SCORED: &[&str] = &["suggestion/semeval2019_t9a_forum"];

/// The licence of a set, without its language.
fn licence(set: &str) -> Option<&'static str> {
    if set.starts_with("authored") {
        return Some("written for this project");
    }
    let listed = SENTIMENT.iter().find(|one| one.stem == set).map(|one| one.licence);
    listed.or_else(|| LICENCES.iter().find(|(name, _)| *name == set).map(|(_, licence)| *licence))
}

/// Sets with their languages and rows, in the order of training.
fn families(rows: &[(String, usize)]) -> Vec<(&str, Vec<&str>, usize)> {
    let mut families: Vec<(&str, Vec<&str>, usize)> = Vec::new();
    for (name, count) in rows {
        let (set, language) = name.rsplit_once('.').unwrap_or((name, "many"));
        match families.iter_mut().find(|(one, _, _)| *one == set) {
            Some((_, languages, sum)) => {
                if !languages.contains(&language) {
                    languages.push(language);
                }
                *sum += count;
            }
            None => families.push((set, vec![language], *count)),
        }
    }
    families
}

/// Writes the table of all sets.
pub fn write(out: &mut String, sizes: &Sizes) {
    let _ = writeln!(
        out,
        "## Data that taught it\n\n\
         Only sets whose licence text allows a shipped model, or is unclear but public. No row of a public set is in this\n\
         repository; rows written for this project are in train/authored/. Texts of other sets without their labels were\n\
         judged by a sentence encoder and taught sentiment: see train/teacher/README.md.\n\n\
         | block | set | languages | rows | licence as stated |\n|---|---|---|--:|---|"
    );
    let blocks = [
        ("sentiment", &sizes.sentiment),
        ("language", &sizes.language),
        ("meaning", &sizes.meaning),
        ("intent", &sizes.intent),
        ("danger", &sizes.danger),
    ];
    for (block, rows) in blocks {
        for (set, languages, count) in families(rows) {
            let licence = licence(set).unwrap_or("**not in the list of licences**");
            row(out, &[block.into(), set.into(), languages.join(" "), count.to_string(), licence.into()]);
        }
    }
    let barred: Vec<&str> = HELD_OUT.iter().map(|set| set.stem).chain(SCORED.iter().copied()).collect();
    let _ = writeln!(out, "\nScored only, never trained on (licence): {}.", barred.join(", "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_a_set_stand_in_one_row() {
        let rows = [("absa/m_absa.de", 3), ("langid/mixed_short", 5), ("absa/m_absa.fr", 4)];
        let rows: Vec<(String, usize)> = rows.map(|(name, count)| (name.to_string(), count)).to_vec();
        let families = families(&rows);
        assert_eq!(families[0], ("absa/m_absa", vec!["de", "fr"], 7));
        assert_eq!(families[1], ("langid/mixed_short", vec!["many"], 5));
    }

    /// Every set named in the sources of the blocks has a licence here.
    #[test]
    fn every_set_that_teaches_has_a_licence() {
        let sources = [
            include_str!("../meaning/sources.rs"),
            include_str!("../meaning/taught.rs"),
            include_str!("../intent.rs"),
            include_str!("../language.rs"),
        ];
        let mut seen = 0;
        for set in sources.iter().flat_map(|source| source.split('"')) {
            let Some((folder, rest)) = set.split_once('/') else { continue };
            let is_name = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let stem = rest.split('.').next().unwrap_or("");
            let folders = [
                "absa",
                "complaint",
                "emotion",
                "intent",
                "irony",
                "langid",
                "spam",
                "speech_act",
                "survey",
                "toxicity",
            ];
            if folders.contains(&folder) && is_name(stem) && !stem.is_empty() {
                seen += 1;
                assert!(licence(&format!("{folder}/{stem}")).is_some(), "{folder}/{stem}");
            }
        }
        assert!(seen > 20, "{seen}");
        for (stem, _, _) in crate::sets::LANGUAGE_EXTRA {
            assert!(licence(stem).is_some(), "{stem}");
        }
    }
}
