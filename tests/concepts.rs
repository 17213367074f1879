//! What the engine is for, one test a concept: the acceptance tests of the design, as sentences
//! that a customer could have written.

#[path = "concepts/dispositions.rs"]
mod dispositions;
#[path = "concepts/listening.rs"]
mod listening;
#[path = "common/rows.rs"]
mod rows;
#[path = "concepts/signals.rs"]
mod signals;
#[path = "concepts/states.rs"]
mod states;

use std::sync::OnceLock;

use hearken::{Analysis, AnalyzeOptions, Engine};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().unwrap())
}

fn read(text: &str) -> Analysis {
    engine().analyze(text, &AnalyzeOptions::default()).unwrap()
}

fn answer(text: &str, question: &str) -> Analysis {
    let options = AnalyzeOptions { question: Some(question.into()), ..AnalyzeOptions::default() };
    engine().analyze(text, &options).unwrap()
}

/// Fails with all that is wrong, not with the first.
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// As [`none`], but for texts the model reads wrongly today: those must be wrong, so that a mark never
/// outlives its reason. docs/design/model.md says what it would take.
fn none_but(known: &[&str], wrong: Vec<String>) {
    let (marked, fresh): (Vec<String>, Vec<String>) =
        wrong.into_iter().partition(|one| known.iter().any(|text| one.contains(text)));
    let mended: Vec<&&str> = known.iter().filter(|text| !marked.iter().any(|one| one.contains(**text))).collect();
    assert!(mended.is_empty(), "right today, take the mark away: {mended:?}");
    println!("{} known failures", marked.len());
    none(fresh);
}
