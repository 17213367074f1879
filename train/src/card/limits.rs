//! The parts of the card that say where the model ends: thresholds, classes kept out, failures.

use std::fmt::Write;

use hearken::model::Model;

use super::row;
use crate::eval::{FIELDS, Failures};
use crate::reasons::HELD_OUT;

/// The probability from which each label is said.
pub fn thresholds(out: &mut String, model: &Model) {
    let _ = writeln!(
        out,
        "## Thresholds\n\n\
         A label is said from this probability on, fitted on dev texts. *Never* means that no threshold kept the precision\n\
         promised: the label is said by phrases alone, or not at all.\n"
    );
    for head in model.heads.iter().filter(|head| !head.thresholds.is_empty()) {
        let language = |name: &String| if name.is_empty() { "other languages".to_string() } else { name.clone() };
        let names: Vec<String> = head.thresholds.iter().map(|set| language(&set.language)).collect();
        let _ = writeln!(out, "| {} | {} |\n|---|{}", head.name, names.join(" | "), "--:|".repeat(names.len()));
        for (at, label) in head.labels.iter().enumerate() {
            let cell = |value: f32| if value > 1.0 { "never".to_string() } else { format!("{value:.4}") };
            let cells = head.thresholds.iter().map(|set| cell(set.values[at]));
            row(out, &std::iter::once(label.clone()).chain(cells).collect::<Vec<_>>());
        }
        out.push('\n');
    }
}

/// Source classes of the intent sets that never taught.
pub fn held_out(out: &mut String) {
    let _ = writeln!(
        out,
        "## Source classes kept out of training\n\n\
         The intent figure is measured on these classes, and on the reasons of airline tweets, so that it says how well\n\
         a reason is known from classes of other wording.\n\n| set | classes |\n|---|---|"
    );
    for (set, classes) in HELD_OUT {
        let classes: Vec<String> = classes.iter().map(|class| format!("`{class}`")).collect();
        row(out, &[set.to_string(), classes.join(", ")]);
    }
}

/// What no figure above says.
pub fn cannot_tell(out: &mut String) {
    let _ = writeln!(
        out,
        "\n## What it cannot tell\n\n\
         - It reads words and phrases, not the world: hints, allusions, jokes and facts that only the reader knows are lost.\n\
         - Irony is found where its words give it away. \"Great, another outage\" may come out as praise.\n\
         - Of two things compared it does not know which one is yours.\n\
         - Emotions are what the words carry, not what a person feels. They have no strength.\n\
         - `threat`, `hate`, `sexual` and `self_harm` are rare in every set: a text without the label is not thereby safe. No\n  decision about a person should rest on them.\n\
         - Who said a quoted sentence: quotes, forwarded mail and signatures count as the writer's words.\n\
         - Dialects, code-switching and transliteration (Arabizi, Hindi in Latin script) are read far worse than the\n  standard language.\n\
         - One to three words rarely hold enough: see the rows for 1 to 20 characters.\n"
    );
}

/// The golden rows that come out wrong.
pub fn failures(out: &mut String, failures: &Failures) {
    if failures.rows == 0 {
        return;
    }
    let _ = writeln!(
        out,
        "## Known failures\n\n\
         Of {} golden rows written for this project (tests/golden/, hard ones among them), {} have at least one wrong\n\
         field.\n\n| field | rows wrong |\n|---|--:|",
        failures.rows, failures.wrong_rows
    );
    for (field, count) in FIELDS.into_iter().zip(failures.fields) {
        row(out, &[field.to_string(), count.to_string()]);
    }
    let _ = writeln!(out, "\n| language | rows | with a wrong field |\n|---|--:|--:|");
    for (language, (rows, wrong)) in &failures.languages {
        row(out, &[language.clone(), rows.to_string(), wrong.to_string()]);
    }
    let _ = writeln!(
        out,
        "\nExamples, short ones that mislead, two a language:\n\n\
         | language | text | field: a person says / the engine says |\n|---|---|---|"
    );
    for example in &failures.examples {
        let wrong: Vec<String> =
            example.wrong.iter().map(|(field, wanted, said)| format!("{field}: {wanted} / {said}")).collect();
        row(out, &[example.language.clone(), example.text.clone(), wrong.join("; ")]);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_out_of_reach_are_called_never() {
        let mut out = String::new();
        let bytes = include_bytes!("../../../models/edge.bin");
        let Ok(model) = Model::from_bytes(bytes) else { panic!("models/edge.bin is no pack") };
        thresholds(&mut out, &model);
        assert!(!out.contains("2.0000"));
        let labels = model.heads.iter().filter(|head| !head.thresholds.is_empty()).flat_map(|head| &head.labels);
        for label in labels {
            assert!(out.contains(&format!("| {label} |")), "{label}");
        }
    }

    #[test]
    fn every_class_kept_out_is_named() {
        let mut out = String::new();
        held_out(&mut out);
        assert!(HELD_OUT.iter().flat_map(|(_, classes)| *classes).all(|class| out.contains(&format!("`{class}`"))));
    }
}
