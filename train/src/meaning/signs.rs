//! The rows written for wishes, effort, urgency and churn: `train/authored/signs.<lang>.tsv`.

use hearken::analysis::Sign;

use super::authored::is_dev;
use super::goals::Goal;
use super::sources::Mixture;

macro_rules! files {
    ($($lang:literal),+) => {
        [$(($lang, include_str!(concat!("../../authored/signs.", $lang, ".tsv")))),+]
    };
}

/// Language and content of each file.
pub const FILES: [(&str, &str); 10] = files!("de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt");

/// Factor on the weight of each file.
const FACTOR: f32 = 21.0;

/// The rows of one file: text and goal.
///
/// # Errors
/// Names the file and the line that is not understood.
pub fn rows(lang: &str, file: &str) -> Result<Vec<(String, Goal)>, String> {
    let lines = file.lines().enumerate().skip(1);
    lines
        .map(|(at, line)| read(line).ok_or_else(|| format!("train/authored/signs.{lang}.tsv line {}", at + 1)))
        .collect()
}

fn read(line: &str) -> Option<(String, Goal)> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [text, wish, effort, urgency, churn] = cells[..] else { return None };
    let known = |cell: &str, all: &[&str]| all.contains(&cell);
    let fits = known(wish, &["yes", "no"])
        && known(effort, &["-", "easy", "some", "high"])
        && known(urgency, &["low", "normal", "high", "critical"])
        && known(churn, &["yes", "no"]);
    let mut goal = Goal::new();
    goal.set(Sign::Wish, wish == "yes")
        .set(Sign::Hard, effort == "high")
        .set(Sign::Some, effort == "some")
        .set(Sign::Easy, effort == "easy")
        .set(Sign::Low, urgency == "low")
        .set(Sign::Urgent, matches!(urgency, "high" | "critical"))
        .set(Sign::Critical, urgency == "critical")
        .set(Sign::Churn, churn == "yes");
    fits.then(|| (text.to_string(), goal))
}

/// Adds every file to the mixture.
pub fn read_all(mix: &mut Mixture) -> Result<(), String> {
    for (lang, file) in FILES {
        let rows = rows(lang, file)?.into_iter().enumerate().filter(|(at, _)| !is_dev(*at));
        mix.add(&format!("authored signs.{lang}"), rows.map(|(_, row)| row).collect(), FACTOR);
    }
    Ok(())
}
