//! Which sets teach what, and how their labels read.
//!
//! Only sets that the data description marks usable in a shipped product, or unclear but public,
//! are listed for training. Sets marked not usable appear in [`HELD_OUT`] for scoring alone.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::Sheet;

/// Number of the label: 0 negative, 1 neutral, 2 positive.
pub type Label = usize;

/// How the second column of a set is read as sentiment.
#[derive(Clone, Copy, PartialEq)]
pub enum Reading {
    /// negative / neutral / positive (ambiguous and conflict count as neutral; very_ is dropped).
    Words,
    /// 1-5 stars: 1-2 negative, 3 neutral, 4-5 positive.
    Stars,
    /// -5..=5 in column `criticality`: below 0 negative, above positive, 0 left out.
    Criticality,
    /// One row per opinion: a sentence takes the polarity all its opinions share, weakly neutral
    /// when they differ; a sentence marked as holding no opinion is neutral.
    Opinions,
}

/// One set of the sentiment mixture.
pub struct Set {
    pub stem: &'static str,
    pub langs: &'static [&'static str],
    pub reading: Reading,
    /// Factor on the set's weight, from the measured mixture (docs/design/model.md).
    pub factor: f32,
    /// True when every neutral of the set comes from a middling rating.
    pub weak_neutral: bool,
    /// False for sets that never say neutral: their rows teach negative against positive alone.
    pub has_neutral: bool,
    /// Licence as the data description states it.
    pub licence: &'static str,
}

const fn set(stem: &'static str, langs: &'static [&'static str], licence: &'static str) -> Set {
    Set { stem, langs, reading: Reading::Words, factor: 1.0, weak_neutral: false, has_neutral: true, licence }
}

const M_ABSA: &[&str] = &[
    "ar", "da", "de", "en", "es", "fr", "hi", "hr", "id", "ja", "ko", "nl", "pt", "ru", "sk", "sv", "sw", "th", "tr",
    "vi", "zh",
];

/// The sets that teach sentiment.
pub const SENTIMENT: &[Set] = &[
    Set { factor: 2.0, ..set("sentiment/semeval2017_task4a", &["en"], "unclear (tweets; collection MIT)") },
    Set {
        factor: 2.0,
        ..set(
            "sentiment/umsab_twitter",
            &["ar", "de", "en", "es", "fr", "hi", "it", "pt"],
            "unclear (tweets; collection Apache-2.0)",
        )
    },
    Set { weak_neutral: true, ..set("sentiment/nsmc_movie_reviews", &["ko"], "CC0-1.0") },
    set("sentiment/tyqiangz_mixed", &["id", "ms"], "unclear (collection Apache-2.0)"),
    set("sentiment/polemo2_sentence", &["pl"], "unclear (upstream varies)"),
    set("sentiment/polemo2_text", &["pl"], "unclear (upstream varies)"),
    set("sentiment/sst5_movie", &["en"], "unclear (collection MIT)"),
    Set {
        has_neutral: false,
        ..set("sentiment/uci_labelled_sentences", &["en"], "unclear (mirror Apache-2.0, upstream CC BY 4.0)")
    },
    set("sentiment/vader_rated", &["en"], "MIT"),
    Set { has_neutral: false, ..set("sentiment/pros_cons", &["en"], "CC BY 4.0") },
    set("sentiment/germeval2017_bahn", &["de"], "not stated"),
    Set { reading: Reading::Stars, weak_neutral: true, ..set("stars/amazon_alexa_reviews", &["en"], "not stated") },
    Set { reading: Reading::Stars, weak_neutral: true, ..set("stars/cuba_hotel_reviews", &["es"], "not stated") },
    Set { reading: Reading::Stars, weak_neutral: true, ..set("stars/cuba_restaurant_reviews", &["es"], "not stated") },
    // Survey answers with their question: what the engine reads most.
    Set { factor: 1.6, ..set("survey/nhs_fft_v6", &["en"], "MIT (repository)") },
    Set {
        reading: Reading::Criticality,
        has_neutral: false,
        ..set("survey/nhs_fft_phase1", &["en"], "unclear (repository MIT, part CC BY-NC-SA)")
    },
    Set { reading: Reading::Opinions, factor: 0.5, ..set("absa/m_absa", M_ABSA, "not stated") },
    Set { reading: Reading::Opinions, factor: 0.5, ..set("absa/chabsa_business", &["ja"], "CC BY 4.0") },
    Set { reading: Reading::Opinions, factor: 0.5, ..set("absa/product_review_features", &["en"], "not stated") },
];

/// Sets that are only ever scored: their licence does not allow a shipped model.
pub const HELD_OUT: &[Set] = &[
    set("sentiment/airline_tweets", &["en"], "not for products"),
    set("sentiment/amazon_reviews_multi", &["ja", "zh"], "not for products"),
    set("sentiment/jrte_hotel_pn", &["ja"], "not for products"),
];

/// Languages with a sentiment set of their own, rated on native texts. For the others a translated
/// or formal sentence without opinion is the only neutral there is, and counts in full.
const RATED_BY_NATIVES: &[&str] = &["ar", "de", "en", "es", "fr", "hi", "id", "it", "ko", "ms", "pl", "pt"];

/// Sources inside the language set whose texts may not teach.
pub const BARRED_LANGUAGE_SOURCES: &[&str] = &["amazon_reviews_multi", "jrte_hotel_pn"];

/// Sets whose texts also teach the language head, so that it knows tweets and reviews.
pub const LANGUAGE_EXTRA: &[(&str, &[&str], usize)] = &[
    ("sentiment/semeval2017_task4a", &["en"], 4000),
    ("sentiment/umsab_twitter", &["ar", "de", "es", "fr", "it", "pt"], 1800),
    ("sentiment/polemo2_sentence", &["pl"], 4000),
    ("sentiment/nsmc_movie_reviews", &["ko"], 4000),
    ("absa/chabsa_business", &["ja"], 3000),
];

/// Sentences written for this project, in the ten languages: plain questions, plain facts, calm
/// complaints, negation, cancellations. The public sets hold few of them.
pub const AUTHORED: [(&str, &str); 10] = [
    ("de", include_str!("../authored/sentiment.de.tsv")),
    ("en", include_str!("../authored/sentiment.en.tsv")),
    ("es", include_str!("../authored/sentiment.es.tsv")),
    ("fr", include_str!("../authored/sentiment.fr.tsv")),
    ("it", include_str!("../authored/sentiment.it.tsv")),
    ("ja", include_str!("../authored/sentiment.ja.tsv")),
    ("ko", include_str!("../authored/sentiment.ko.tsv")),
    ("nl", include_str!("../authored/sentiment.nl.tsv")),
    ("pl", include_str!("../authored/sentiment.pl.tsv")),
    ("pt", include_str!("../authored/sentiment.pt.tsv")),
];
/// Factor on the weight of each authored file.
pub const AUTHORED_FACTOR: f32 = 2.0;

/// The rows of one authored file.
///
/// # Errors
/// Names the line that is not a text, a tab and a label.
pub fn authored(lang: &str, file: &str) -> Result<Vec<Row>, String> {
    let row = |line: &str| {
        let (text, label) = line.split_once('\t')?;
        Some(Row { text: text.to_string(), label: word(label)?, weak: false, question: None })
    };
    let rows: Option<Vec<Row>> = file.lines().skip(1).map(row).collect();
    rows.ok_or_else(|| format!("train/authored/sentiment.{lang}.tsv has a line that is not a text, a tab and a label"))
}

/// Factor on neutrals that come from middling ratings or from opinions that differ.
pub const WEAK_NEUTRAL: f32 = 0.3;

/// A text with its label.
pub struct Row {
    pub text: String,
    pub label: Label,
    /// A neutral that says little; see [`WEAK_NEUTRAL`].
    pub weak: bool,
    /// The survey question it answers.
    pub question: Option<String>,
}

/// Reads the rows of one language of a set.
pub fn rows(dir: &Path, set: &Set, lang: &str, part: &str) -> Result<Vec<Row>, String> {
    let sheet = Sheet::read(dir, &format!("{}.{lang}.{part}", set.stem))?;
    let question = sheet.column("question");
    let take = |column: usize, read: fn(&str) -> Option<Label>| {
        let row = |row: &Vec<String>| {
            let label = read(&row[column])?;
            let question = question.map(|column| row[column].clone());
            Some(Row { text: row[0].clone(), label, weak: set.weak_neutral && label == 1, question })
        };
        sheet.rows.iter().filter_map(row).collect()
    };
    Ok(match set.reading {
        Reading::Words => take(1, word),
        Reading::Stars => take(1, |stars| match stars {
            "1" | "2" => Some(0),
            "3" => Some(1),
            "4" | "5" => Some(2),
            _ => None,
        }),
        Reading::Criticality => {
            let column = sheet.column("criticality").ok_or("criticality column missing")?;
            take(column, |value| match value.parse::<i32>() {
                Ok(value) if value < 0 => Some(0),
                Ok(value) if value > 0 => Some(2),
                _ => None,
            })
        }
        Reading::Opinions => {
            let mut sentences: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
            for row in &sheet.rows {
                let counts = sentences.entry(&row[0]).or_default();
                if let Some(label) = word(&row[1]) {
                    counts[label] += 1;
                }
            }
            let row = |(text, counts): (&str, [usize; 3])| {
                let (label, weak) = match counts {
                    [0, 0, 0] => (1, RATED_BY_NATIVES.contains(&lang)),
                    [n, _, 0] if n > 0 => (0, false),
                    [0, _, p] if p > 0 => (2, false),
                    _ => (1, true),
                };
                Row { text: text.to_string(), label, weak, question: None }
            };
            sentences.into_iter().map(row).collect()
        }
    })
}

fn word(label: &str) -> Option<Label> {
    match label {
        "negative" | "very_negative" => Some(0),
        "neutral" | "neutral_or_mixed" | "ambiguous" | "conflict" => Some(1),
        "positive" | "very_positive" => Some(2),
        _ => None,
    }
}
