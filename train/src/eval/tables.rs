//! Tables of a head by set, by language, by length of the text and by label.

use std::collections::BTreeMap;

use hearken::analysis::{Act, Emotion, Flag, Safety};

use super::read::{Part, Sample};
use super::tally::Several;
use crate::meaning::boards::{Board, Case, Counts};
use crate::meaning::goals::{HEADS, HeadColumns};

/// Lengths in characters (Unicode code points).
pub const LENGTHS: [&str; 4] = ["1-20", "21-60", "61-140", "141+"];

/// The length class of a text.
pub fn length(text: &str) -> usize {
    match text.chars().count() {
        0..=20 => 0,
        21..=60 => 1,
        61..=140 => 2,
        _ => 3,
    }
}

/// The language at the end of a set's name, as the engine calls it.
pub fn language(name: &str) -> &str {
    let name = name.trim_end_matches('*').split(' ').next().unwrap_or("");
    match name.rsplit('.').next().unwrap_or("") {
        "pt-BR" => "pt",
        "zh-cn" => "zh",
        "no" => "nb",
        code => code,
    }
}

/// True for sets whose labels were not written for this project.
pub fn is_outside(name: &str) -> bool {
    !name.starts_with("authored")
}

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    Set,
    Language,
    Length,
    Label,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            By::Set => "set",
            By::Language => "language",
            By::Length => "length",
            By::Label => "label",
        }
    }
}

/// One line of a table.
pub struct Line {
    pub name: String,
    pub counts: Vec<usize>,
    pub scores: Vec<f64>,
    /// Marked in tables by language.
    pub experimental: bool,
}

/// A table of one head.
pub struct Table {
    pub head: &'static str,
    pub by: By,
    /// Names of the columns: whole numbers first, then scores in 0..=1.
    pub counts: &'static [&'static str],
    pub scores: &'static [&'static str],
    pub lines: Vec<Line>,
}

/// Sorts the items of sets (name, items) into the lines of a table.
fn group<'a, T>(sets: &[(&'a str, Vec<&'a T>)], by: By, text: impl Fn(&T) -> &str) -> Vec<(String, Vec<&'a T>)> {
    let mut groups: BTreeMap<(usize, String), Vec<&T>> = BTreeMap::new();
    for (at, (name, items)) in sets.iter().enumerate() {
        for item in items {
            let key = match by {
                By::Language => (0, language(name).to_string()),
                By::Length => (length(text(item)), LENGTHS[length(text(item))].to_string()),
                By::Set | By::Label => (at, name.to_string()),
            };
            groups.entry(key).or_default().push(item);
        }
    }
    groups.into_iter().map(|((_, name), items)| (name, items)).collect()
}

const ONE: [&str; 5] = ["macro recall", "macro F1", "accuracy", "ECE", "always one label, macro F1"];

/// A table of a one-of head with so many labels.
pub fn one_of(head: &'static str, parts: &[Part], labels: usize, by: By) -> Table {
    let sets: Vec<(&str, Vec<&Sample>)> =
        parts.iter().map(|part| (part.name.as_str(), part.samples.iter().collect())).collect();
    let line = |(name, samples): (String, Vec<&Sample>)| {
        let (confusion, curve) = Part::score(samples, labels);
        let scores = [
            confusion.macro_recall(),
            confusion.macro_f1(),
            confusion.accuracy(),
            curve.ece(),
            confusion.constant_f1(),
        ];
        Line { name, counts: vec![confusion.n()], scores: scores.to_vec(), experimental: false }
    };
    let lines = group(&sets, by, |sample| &sample.text).into_iter().map(line).collect();
    Table { head, by, counts: &["n"], scores: &ONE, lines }
}

/// The columns of an any-of head.
///
/// # Panics
/// On a name that is not in [`HEADS`].
pub fn columns(head: &str) -> &'static HeadColumns {
    HEADS.iter().find(|columns| columns.name == head).expect("a head of the meaning block")
}

/// The labels of an any-of head, in the order of its columns.
pub fn labels(head: &str) -> Vec<&'static str> {
    match head {
        "emotions" => Emotion::ALL.map(Emotion::slug).to_vec(),
        "acts" => Act::ALL.map(Act::slug).to_vec(),
        "safety" => Safety::ALL.map(Safety::slug).to_vec(),
        _ => Flag::ALL.map(Flag::slug).to_vec(),
    }
}

/// Counts of each label of a head; an answer of one half or more is a yes.
pub fn count<'c>(cases: impl IntoIterator<Item = &'c Case>, head: &HeadColumns) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); head.to - head.from];
    for case in cases {
        for (at, column) in (head.from..head.to).enumerate() {
            if case.goal.known >> column & 1 == 0 {
                continue;
            }
            let count = &mut counts[at];
            match (case.goal.yes >> column & 1 == 1, case.p[column] >= 0.5) {
                (true, true) => count.hit += 1,
                (false, true) => count.false_alarm += 1,
                (true, false) => count.missed += 1,
                (false, false) => count.right_no += 1,
            }
        }
    }
    counts
}

/// The cases of each board that know a label of the head.
pub fn knowing<'b>(boards: &'b [Board], head: &HeadColumns) -> Vec<(&'b str, Vec<&'b Case>)> {
    let mask = ((1u64 << (head.to - head.from)) - 1) << head.from;
    let of = |board: &'b Board| {
        (board.name.as_str(), board.cases.iter().filter(|case| case.goal.known & mask != 0).collect::<Vec<_>>())
    };
    boards.iter().map(of).filter(|(_, cases)| !cases.is_empty()).collect()
}

const SEVERAL: [&str; 6] =
    ["macro F1", "precision", "recall", "always said, macro F1", "yes-and-no F1", "never said, yes-and-no F1"];

/// A table of an any-of head.
pub fn any_of(head: &'static str, boards: &[Board], by: By) -> Table {
    let columns = columns(head);
    let line = |(name, cases): (String, Vec<&Case>)| {
        let several = Several::of(&count(cases.iter().copied(), columns));
        let scores = [several.macro_f1, several.precision, several.recall, several.always, several.both, several.never];
        Line { name, counts: vec![cases.len(), several.labels], scores: scores.to_vec(), experimental: false }
    };
    let lines = group(&knowing(boards, columns), by, |case| &case.text).into_iter().map(line).collect();
    Table { head, by, counts: &["n", "labels"], scores: &SEVERAL, lines }
}

/// Precision, recall and F1 of each label of an any-of head, over all boards that know it.
pub fn per_label(head: &'static str, boards: &[Board]) -> Table {
    let counts = count(boards.iter().flat_map(|board| &board.cases), columns(head));
    let line = |(name, counts): (&str, &Counts)| Line {
        name: name.to_string(),
        counts: vec![counts.n(), counts.yes()],
        scores: vec![counts.precision(), counts.recall(), counts.f1()],
        experimental: false,
    };
    let lines = labels(head).into_iter().zip(&counts).map(line).collect();
    Table { head, by: By::Label, counts: &["n", "yes"], scores: &["precision", "recall", "F1"], lines }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::goals::{COLUMNS, Column, Goal};

    #[test]
    fn lengths_and_languages_are_read_as_written() {
        assert_eq!([0, 20, 21, 60, 61, 140, 141].map(|n| length(&"ü".repeat(n))), [0, 0, 1, 1, 2, 2, 3]);
        let names = ["emotion/xed_subtitles_projected.pt-BR", "intent/clinc150.en out of scope*", "authored.mixed"];
        assert_eq!(names.map(language), ["pt", "en", "mixed"]);
        assert_eq!(names.map(is_outside), [true, true, false]);
    }

    #[test]
    fn labels_nothing_is_known_of_do_not_count() {
        let mut goal = Goal::new();
        goal.set(Act::Question, true).set(Act::Praise, false);
        let mut p = vec![0.0; COLUMNS];
        p[Act::Question.column()] = 1.0;
        p[Act::Praise.column()] = 1.0;
        p[Act::Thanks.column()] = 1.0;
        let case = Case { text: "Where is it?".to_string(), goal, p };
        let counts = count([&case], columns("acts"));
        assert_eq!(counts.iter().map(Counts::n).sum::<usize>(), 2);
        assert_eq!((counts[Act::Question as usize].hit, counts[Act::Praise as usize].false_alarm), (1, 1));
        let board = Board { name: "speech_act/made.en".to_string(), cases: vec![case] };
        let boards = [board];
        assert!(any_of("safety", &boards, By::Set).lines.is_empty());
        assert_eq!(any_of("acts", &boards, By::Length).lines[0].name, "1-20");
    }
}
