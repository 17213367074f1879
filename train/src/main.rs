//! Trains the models of hearken and scores them.
//!
//! `hearken-train train --data DIR [--out DIR]` writes `edge.bin`, `metrics.json` and
//! `CARD.md`; the same data gives the same bytes. `hearken-train eval --data DIR [--model FILE]`
//! prints the tables of every head; `--head H` those of one with its confusions, and `--errors N` its
//! N worst errors with their texts, for a person to read. `hearken-train sentiment|meaning|intent
//! --data DIR [--keep N]` trains one block alone and prints its figures: for size curves and quick rounds.
//! `hearken-train learn --data DIR` measures the learner of the engine (`src/learn`) on a public set,
//! `hearken-train privacy --data DIR` the detectors of personal data.

mod calibrate;
mod card;
mod danger;
mod data;
mod embed;
mod eval;
mod features;
mod intent;
mod language;
mod learn;
mod linear;
mod meaning;
mod pack;
mod phrases;
mod privacy;
mod reasons;
mod sentiment;
mod sets;
mod teacher;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hearken::analysis::Intent;
use hearken::model::Model;

/// Numbers of blocks in the pack.
const DANGER_BLOCK: u8 = 2;
const MEANING_BLOCK: u8 = 3;
const INTENT_BLOCK: u8 = 4;

const USAGE: &str = "usage: hearken-train train --data DIR [--out DIR]
       hearken-train eval --data DIR [--model FILE] [--head HEAD [--errors N]]
       hearken-train sentiment|meaning|intent --data DIR [--keep N]
       hearken-train learn --data DIR
       hearken-train privacy --data DIR [--errors N]

  --data DIR    the folder with the labelled sets
  --out DIR     where edge.bin, metrics.json and CARD.md go (models)
  --keep N      features of the block trained alone
  --model FILE  the pack to measure (models/edge.bin)
  --head HEAD   one head in detail: sentiment, emotions, acts, intent, safety, flags or language
  --errors N    also print the N worst errors of that head with the texts of the dev sets";

/// What the command line says.
struct Args {
    command: String,
    data: PathBuf,
    out: PathBuf,
    model: Option<PathBuf>,
    keep: Option<usize>,
    head: Option<eval::Head>,
    errors: usize,
}

fn args() -> Result<Args, String> {
    let mut words = std::env::args().skip(1);
    let command = words.next().ok_or(USAGE)?;
    let mut args = Args {
        command,
        data: PathBuf::new(),
        out: PathBuf::from("models"),
        model: None,
        keep: None,
        head: None,
        errors: 0,
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value\n{USAGE}"))?;
        match word.as_str() {
            "--data" => args.data = value.into(),
            "--out" => args.out = value.into(),
            "--model" => args.model = Some(value.into()),
            "--keep" => args.keep = Some(value.parse().map_err(|_| "--keep takes a whole number")?),
            "--head" => args.head = Some(eval::Head::from_name(&value)?),
            "--errors" => args.errors = value.parse().map_err(|_| "--errors takes a whole number")?,
            _ => return Err(format!("unknown option {word}\n{USAGE}")),
        }
    }
    if args.errors > 0 && args.head.is_none() && args.command != "privacy" {
        return Err(format!("--errors needs --head\n{USAGE}"));
    }
    if !args.data.is_dir() {
        return Err(format!("--data must name the folder with the labelled sets\n{USAGE}"));
    }
    Ok(args)
}

fn train(args: &Args) -> Result<(), String> {
    let sentiment = sentiment::run(&args.data, sentiment::KEEP)?;
    let ((language, intent), meaning) = std::thread::scope(|scope| {
        let others = scope.spawn(|| (language::run(&args.data), intent::run(&args.data, INTENT_BLOCK, intent::KEEP)));
        let meaning = meaning::run(&args.data, MEANING_BLOCK, meaning::KEEP);
        (others.join().expect("training thread"), meaning)
    });
    let (language, intent, meaning) = (language?, intent?, meaning?);
    let danger = danger::run(&args.data, DANGER_BLOCK, danger::KEEP)?;
    let sizes = card::Sizes {
        sentiment: sentiment.sizes,
        language: language.sizes,
        meaning: meaning.sizes,
        intent: intent.sizes,
        danger: danger.sizes,
    };
    // Blocks of the raw view come first; heads name their block by this order.
    let blocks = [language.block, sentiment.block, danger.block, meaning.block, intent.block];
    let mut heads = vec![language.head, sentiment.head, intent.head];
    heads.extend(meaning.heads);
    heads.push(danger.head);
    let quantised = blocks.each_ref().map(pack::quantise);
    let read = |heads: &[pack::HeadOut]| {
        Model::from_bytes(&pack::write("draft", &blocks, &quantised, heads)).map_err(|error| error.to_string())
    };

    let model = read(&heads)?;
    heads[0].temperature = calibrate::language(&args.data, &model)?;
    heads[1].temperature = calibrate::sentiment(&args.data, &model)?;
    let boards = meaning::boards::all(&args.data, &mut meaning::boards::probabilities(&model))?;
    // The logits are still unscaled here, so the lift is one of the bias.
    heads[2].bias[Intent::None as usize] += calibrate::none_lift(&boards, &model);
    let lifted = read(&heads)?;
    heads[2].temperature = calibrate::intent(&boards, &lifted);
    for (head, thresholds) in heads[3..].iter_mut().zip(meaning::thresholds::fit(&boards)) {
        head.thresholds = thresholds;
    }
    let weights = hearken::model::pack::checksum(&pack::write("", &blocks, &quantised, &heads));
    let version = format!("edge-2-{:08x}", weights as u32);
    let file = pack::write(&version, &blocks, &quantised, &heads);

    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(args.out.join(name), bytes).map_err(|error| format!("{name}: {error}"))
    };
    write("edge.bin", &file)?;
    let metrics = eval::measure(&args.data, file.clone())?;
    metrics.print();
    write("metrics.json", metrics.to_json(&file).as_bytes())?;
    write("CARD.md", card::render(&metrics, &sizes, &file).as_bytes())?;
    eprintln!("{version}: {} bytes", file.len());
    Ok(())
}

fn eval(args: &Args) -> Result<(), String> {
    let path = args.model.clone().unwrap_or_else(|| Path::new("models").join("edge.bin"));
    let file = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    eval::run(&args.data, file, args.head, args.errors)
}

fn main() -> ExitCode {
    if std::env::args().skip(1).any(|word| matches!(word.as_str(), "--help" | "-h" | "help")) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let done = args().and_then(|args| match args.command.as_str() {
        "train" => train(&args),
        "eval" => eval(&args),
        "sentiment" => sentiment::alone(&args.data, args.keep.unwrap_or(sentiment::KEEP)),
        "intent" => intent::alone(&args.data, args.keep.unwrap_or(intent::KEEP)),
        "learn" => learn::run(&args.data),
        "privacy" => privacy::run(&args.data, args.errors),
        "danger" => danger::alone(&args.data, args.keep.unwrap_or(danger::KEEP)),
        "meaning" => meaning::alone(&args.data, args.keep.unwrap_or(meaning::KEEP)),
        other => Err(format!("unknown command {other}\n{USAGE}")),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
