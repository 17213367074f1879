//! Writes the model card from what was measured.

use std::fmt::Write;

use crate::eval::Metrics;
use crate::sets::{HELD_OUT, SENTIMENT};

/// Rows used per set: sentiment, language.
type Sizes = (Vec<(String, usize)>, Vec<(String, usize)>);

/// The card as Markdown.
pub fn render(metrics: &Metrics, sizes: &Sizes, file: &[u8]) -> String {
    let mut card = String::new();
    let out = &mut card;
    let _ = writeln!(
        out,
        "# Model card: {}\n\n\
         Written by `cargo xtask train --data DIR`; the same data gives the same bytes. Method and\n\
         experiments: [docs/design/model.md](../docs/design/model.md). All figures are on dev parts that\n\
         training never saw, but for one temperature a head that was fitted on them; `cargo xtask eval --data DIR`\n\
         prints them again.\n\n\
         - File: `models/edge.bin`, {} bytes, checksum `{:016x}` (FNV-1a, 64 bits, over\n  eight-byte words, as in src/model/pack.rs)\n\
         - Heads: *sentiment* (negative, neutral, positive), *language*\n\
         - Built for: short customer texts (a word to a few paragraphs). Not for: people as such. It reads\n\
           words, knows no irony, no world, no context, and is wrong at the rates below.\n",
        metrics.model,
        file.len(),
        hearken::model::pack::checksum(file)
    );
    let _ = writeln!(out, "## Figures\n\n| figure | value |\n|---|--:|");
    for (name, value) in &metrics.figures {
        let _ = writeln!(out, "| {name} | {value:.4} |");
    }
    let _ = writeln!(
        out,
        "\n## Sentiment, per set\n\nECE is the expected calibration error of the highest probability over ten bins.\n\n\
         | set | n | macro recall | macro F1 | accuracy | ECE | its train part used |\n|---|--:|--:|--:|--:|--:|---|"
    );
    for line in &metrics.sentiment {
        let tally = &line.tally;
        let _ = writeln!(
            out,
            "| {} | {} | {:.4} | {:.4} | {:.4} | {:.3} | {} |",
            line.set,
            tally.n(),
            tally.macro_recall(),
            tally.macro_f1(),
            tally.accuracy(),
            tally.ece(),
            if line.trained_on { "yes" } else { "no" }
        );
    }
    let _ = writeln!(
        out,
        "\nSets without neutral texts (uci, pros_cons, nhs_fft_phase1) are scored over their two labels with all\n\
         three answers open.\n\n## Language, accuracy by length in characters\n\n\
         Calibration error of the confidence: {:.3}. A dash means no dev line of that length.\n\n\
         | language | 5-19 | 20-60 | 61+ |\n|---|--:|--:|--:|",
        metrics.language_ece
    );
    for (code, classes) in &metrics.languages {
        let cell = |i: usize| match classes[i].n {
            0 => "-".to_string(),
            n => format!("{:.3} ({n})", classes[i].share()),
        };
        let _ = writeln!(out, "| {code} | {} | {} | {} |", cell(0), cell(1), cell(2));
    }
    let _ = writeln!(
        out,
        "\nLanguages with few dev lines here have few training lines too: their rows say little. `bs`, `hr` and\n\
         `sr` in Latin script, `id` and `ms`, `da` and `nb`, `cs` and `sk` are close and are taken for each other.\n\n\
         ## Data that taught it\n\n\
         Only sets whose licence text allows a shipped model, or is unclear but public. No row of a set is\n\
         in this repository.\n\n| head | set | rows | licence as stated |\n|---|---|--:|---|"
    );
    for (name, rows) in &sizes.0 {
        let licence = SENTIMENT
            .iter()
            .find(|set| name.starts_with(set.stem))
            .map_or("written for this project", |set| set.licence);
        let _ = writeln!(out, "| sentiment | {name} | {rows} | {licence} |");
    }
    for (name, rows) in &sizes.1 {
        let licence = SENTIMENT
            .iter()
            .find(|set| name.starts_with(set.stem))
            .map_or("CC BY 4.0 and others, per source", |set| set.licence);
        let _ = writeln!(out, "| language | {name} | {rows} | {licence} |");
    }
    let barred: Vec<&str> = HELD_OUT.iter().map(|set| set.stem).collect();
    let _ = writeln!(out, "\nScored only, never trained on (licence): {}.", barred.join(", "));
    card
}
