//! Writes the model card from what was measured.

mod data;
mod limits;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use hearken::model::Model;

use crate::eval::{ANY_OF, ASKED, By, CLASSES, Metrics, Table};

/// Rows used per set, for each block.
pub struct Sizes {
    pub sentiment: Vec<(String, usize)>,
    pub language: Vec<(String, usize)>,
    pub meaning: Vec<(String, usize)>,
    pub intent: Vec<(String, usize)>,
    pub danger: Vec<(String, usize)>,
}

/// The card as Markdown.
///
/// # Panics
/// When `file` is not the pack that was measured, or not a pack.
pub fn render(metrics: &Metrics, sizes: &Sizes, file: &[u8]) -> String {
    let model = Model::from_bytes(file).expect("the pack was just measured");
    let mut card = String::new();
    let out = &mut card;
    head(out, metrics, &model, file);
    asked(out, metrics);
    standing(out, metrics);
    tables(out, metrics);
    languages(out, metrics);
    calibration(out, metrics);
    limits::thresholds(out, &model);
    limits::held_out(out);
    limits::cannot_tell(out);
    limits::failures(out, &metrics.failures);
    data::write(out, sizes);
    card
}

/// A line of a Markdown table.
fn row(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn head(out: &mut String, metrics: &Metrics, model: &Model, file: &[u8]) {
    let _ = writeln!(
        out,
        "# Model card: {}\n\n\
         Written by `cargo xtask train --data DIR`; the same data gives the same bytes. Method, experiments\n\
         and the curves of accuracy per byte: [docs/design/model.md](../docs/design/model.md). All figures are on dev parts\n\
         that training never saw, through the whole engine with its rules and phrases. Temperatures and thresholds\n\
         were fitted on the same dev parts. `cargo xtask eval --data DIR` prints the figures again,\n\
         `--head H --errors N` the confusions and worst errors of one head.\n\n\
         - File: `models/edge.bin`, {} bytes, checksum `{:016x}` (FNV-1a, 64 bits, over\n  eight-byte words, as in src/model/pack.rs)\n\
         - Features kept: {}\n\
         - Built for: short customer texts (a word to a few paragraphs). Not for: people as such. It reads\n  words, not the world, and is wrong at the rates below.\n",
        metrics.model,
        file.len(),
        hearken::model::pack::checksum(file),
        model.features(),
    );
    let _ = writeln!(out, "| head | answers | labels |\n|---|---|---|");
    for head in &model.heads {
        let kind = if head.thresholds.is_empty() { "one of" } else { "any of" };
        let labels = if head.labels.len() > 24 {
            format!("{} language codes, see below", head.labels.len())
        } else {
            head.labels.join(", ")
        };
        row(out, &[head.name.clone(), kind.to_string(), labels]);
    }
}

fn asked(out: &mut String, metrics: &Metrics) {
    let _ = writeln!(
        out,
        "\n## Targets\n\n\
         Size and speed of the whole engine: `cargo xtask size`, `cargo xtask bench`.\n\n\
         | figure | asked | measured | reached |\n|---|--:|--:|---|"
    );
    for asked in ASKED {
        let (value, reached) = match asked.measured(&metrics.figures) {
            Some(value) => (format!("{value:.4}"), if asked.holds(value) { "yes" } else { "**no**" }),
            None => ("-".to_string(), "not measured"),
        };
        row(out, &[asked.what.to_string(), asked.bound(), value, reached.to_string()]);
    }
    let _ = writeln!(
        out,
        "\n*Lead* is the distance to the better of two baselines, every emotion always said (macro F1 of yes) and none\n\
         ever (mean F1 of yes and no). Source classes kept out of training are listed below.\n\n\
         ## All figures\n\n| figure | value |\n|---|--:|"
    );
    for (name, value) in &metrics.figures {
        row(out, &[name.clone(), format!("{value:.4}")]);
    }
}

fn standing(out: &mut String, metrics: &Metrics) {
    let _ = writeln!(
        out,
        "\n## How far to trust it, per head and language\n\n\
         A head is *experimental* in a language without twenty dev texts whose labels come from outside this\n\
         project, or where it does not beat always giving the same answer. A number is the count of such dev texts;\n\
         *exp.* marks an experimental head, a dash a language that was not looked at. An *i* means that all of these labels\n\
         are indirect: aspect sentences translated by machine (m_absa), film lines with labels projected from a\n\
         translation (xed), subtitle questions known by their mark. Intent and irony have labels from outside in\n\
         English alone.\n"
    );
    let heads: Vec<_> = metrics.standing.iter().filter(|one| one.head != "language").collect();
    let names: Vec<&str> = heads.iter().map(|one| one.head).collect();
    let _ = writeln!(out, "| language | {} |\n|---|{}", names.join(" | "), "--:|".repeat(names.len()));
    let codes: BTreeSet<&str> = heads.iter().flat_map(|one| &one.languages).map(|one| one.language.as_str()).collect();
    for code in codes {
        let cell = |at: usize| match heads[at].languages.iter().find(|one| one.language == code) {
            None => "-".to_string(),
            Some(one) if one.experimental.is_none() => format!("{}{}", one.n, if one.indirect { " i" } else { "" }),
            Some(one) if one.n == 0 => "exp.".to_string(),
            Some(one) => format!("exp. ({})", one.n),
        };
        let cells: Vec<String> = std::iter::once(code.to_string()).chain((0..heads.len()).map(cell)).collect();
        row(out, &cells);
    }
    let _ = writeln!(
        out,
        "\nA head that has labels from outside may have them for few of its labels. Labels that no set below names\n\
         rest on authored texts alone.\n\n| head | label | languages with dev labels from outside |\n|---|---|---|"
    );
    for one in &heads {
        let mut labels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for language in &one.languages {
            language.labels.iter().for_each(|label| labels.entry(label).or_default().push(&language.language));
        }
        for (label, languages) in labels {
            row(out, &[one.head.to_string(), label.to_string(), languages.join(" ")]);
        }
    }
}

fn table(out: &mut String, table: &Table) {
    let names = || table.counts.iter().chain(table.scores);
    let columns: Vec<&str> = names().copied().collect();
    let _ = writeln!(out, "| {} | {} |\n|---|{}", table.by.name(), columns.join(" | "), "--:|".repeat(columns.len()));
    for line in &table.lines {
        let name = line.name.strip_suffix('*').map_or(line.name.clone(), |name| format!("{name} (never trained on)"));
        let name = if line.experimental { format!("{name} (experimental)") } else { name };
        let counts = line.counts.iter().map(usize::to_string);
        let scores = line.scores.iter().map(|score| format!("{score:.4}"));
        row(out, &std::iter::once(name).chain(counts).chain(scores).collect::<Vec<_>>());
    }
    out.push('\n');
}

fn tables(out: &mut String, metrics: &Metrics) {
    let _ = writeln!(
        out,
        "\n## Tables per language and length\n\n\
         Over all dev texts together, authored ones among them. Lengths are in characters. ECE is the expected\n\
         calibration error of the answer's probability over ten bins. Of heads with any number of labels, macro F1 is\n\
         the mean F1 of the labels that occur (their number stands before it), precision and recall are over all labels;\n\
         *always said* and *never said* are what saying every label, or none, would score.\n"
    );
    for head in ["sentiment", "emotions", "acts", "intent", "safety", "flags"] {
        let _ = writeln!(out, "### {}{}\n", head[..1].to_uppercase(), &head[1..]);
        for by in [By::Language, By::Length, By::Label] {
            if let Some(one) = metrics.table(head, by) {
                table(out, one);
            }
        }
    }
    let _ = writeln!(
        out,
        "## Sentiment and emotions, per set\n\n\
         The tables of the other heads per set are in `metrics.json`. Sets without neutral texts (uci, pros_cons,\n\
         nhs_fft_phase1) are scored over their two labels with all three answers open. Survey answers are read with their\n\
         question.\n"
    );
    for head in ["sentiment", ANY_OF[0]] {
        if let Some(one) = metrics.table(head, By::Set) {
            table(out, one);
        }
    }
}

fn languages(out: &mut String, metrics: &Metrics) {
    let _ = writeln!(
        out,
        "## Language, accuracy by length in characters\n\n\
         The number of dev lines is in brackets; a dash means none of that length.\n\n\
         | language | {} |\n|---|--:|--:|--:|",
        CLASSES.join(" | ")
    );
    let of = metrics.standing.iter().find(|one| one.head == "language");
    for (code, classes) in &metrics.languages {
        let cell = |i: usize| match classes[i].n {
            0 => "-".to_string(),
            n => format!("{:.4} ({n})", classes[i].share()),
        };
        let experimental = of.is_some_and(|one| one.is_experimental(code));
        let name = if experimental { format!("{code} (experimental)") } else { code.clone() };
        row(out, &[name, cell(0), cell(1), cell(2)]);
    }
    let _ = writeln!(
        out,
        "\nLanguages with few dev lines here have few training lines too: their rows say little. `bs`, `hr` and\n\
         `sr` in Latin script, `id` and `ms`, `da` and `nb`, `cs` and `sk` are close and are taken for each other.\n"
    );
    if let Some(one) = metrics.table("language", By::Length) {
        table(out, one);
    }
}

fn calibration(out: &mut String, metrics: &Metrics) {
    let _ = writeln!(
        out,
        "## Calibration curves\n\n\
         Ten bins of equal width. *Said* is the mean probability of a bin, *right* the share that was right. Sentiment:\n\
         every set that people rated for all three labels counts the same.\n"
    );
    for (name, curve) in &metrics.curves {
        let _ = writeln!(
            out,
            "### {name}: error {:.4}\n\n| probability | n | said | right |\n|---|--:|--:|--:|",
            curve.ece()
        );
        for (at, bin) in curve.bins.iter().enumerate().filter(|(_, bin)| bin.n > 0) {
            let range = format!("{:.1}-{:.1}", at as f64 / 10.0, (at + 1) as f64 / 10.0);
            row(out, &[range, bin.n.to_string(), format!("{:.4}", bin.confidence()), format!("{:.4}", bin.hits())]);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Curve, Failures, HeadStanding, Line, Standing};

    fn metrics(model: &str) -> Metrics {
        let line = |name: &str, experimental| Line {
            name: name.to_string(),
            counts: vec![40, 3],
            scores: vec![0.5, 0.25],
            experimental,
        };
        let table = Table {
            head: "emotions",
            by: By::Language,
            counts: &["n", "labels"],
            scores: &["macro F1", "precision"],
            lines: vec![line("de", false), line("pl", true)],
        };
        let one = |language: &str, n, experimental| Standing {
            language: language.to_string(),
            experimental,
            sets: Vec::new(),
            indirect: language == "de",
            labels: vec!["joy"],
            n,
            lead: 0.1,
        };
        let languages = vec![one("de", 40, None), one("pl", 0, Some("no dev set with labels from outside"))];
        let mut curve = Curve::default();
        curve.add(0.75, true, 1.0);
        Metrics {
            model: model.to_string(),
            sentiment: Vec::new(),
            figures: vec![("semeval2017 en, macro recall".to_string(), 0.65), ("spam, sms en, F1".to_string(), 0.5)],
            languages: BTreeMap::new(),
            common: Default::default(),
            tables: vec![table],
            curves: vec![("language", curve)],
            standing: vec![HeadStanding { head: "emotions", languages }],
            failures: Failures::default(),
        }
    }

    #[test]
    fn the_card_says_what_was_measured_and_what_is_experimental() {
        let file = include_bytes!("../../models/edge.bin");
        let model = Model::from_bytes(file).unwrap();
        let rows = vec![("emotion/goemotions.en".to_string(), 12), ("authored.pl".to_string(), 3)];
        let none = Vec::new;
        let sizes =
            || Sizes { sentiment: none(), language: none(), meaning: rows.clone(), intent: none(), danger: none() };
        let metrics = metrics(&model.version);
        let card = render(&metrics, &sizes(), file);
        assert!(card.starts_with(&format!("# Model card: {}\n", model.version)));
        for line in [
            "| sentiment, semeval2017 en, macro recall | at least 0.64 | 0.6500 | yes |",
            "| spam, sms en, F1 | at least 0.93 | 0.5000 | **no** |",
            "| de | 40 i |",
            "| pl | exp. |",
            "| pl (experimental) | 40 | 3 | 0.5000 | 0.2500 |",
            "| 0.7-0.8 | 1 | 0.7500 | 1.0000 |",
            "| meaning | emotion/goemotions | en | 12 | Apache-2.0 |",
            "| meaning | authored | pl | 3 | written for this project |",
        ] {
            assert!(card.lines().any(|one| one == line), "{line}");
        }
        assert_eq!(card, render(&metrics, &sizes(), file));
    }
}
