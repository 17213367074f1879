//! Trains the models of hearken and scores them.
//!
//! `hearken-train train --data DIR [--out DIR] [--keep N]` writes `edge.bin`, `metrics.json` and
//! `CARD.md`; the same data gives the same bytes. `hearken-train eval --data DIR [--model FILE]`
//! prints one table per head.

mod calibrate;
mod card;
mod data;
mod embed;
mod eval;
mod features;
mod language;
mod linear;
mod pack;
mod sentiment;
mod sets;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hearken::model::Model;

const USAGE: &str = "usage: hearken-train train --data DIR [--out DIR] [--keep N]
       hearken-train eval --data DIR [--model FILE]";

/// What the command line says.
struct Args {
    command: String,
    data: PathBuf,
    out: PathBuf,
    model: Option<PathBuf>,
    keep: usize,
}

fn args() -> Result<Args, String> {
    let mut words = std::env::args().skip(1);
    let command = words.next().ok_or(USAGE)?;
    let mut args =
        Args { command, data: PathBuf::new(), out: PathBuf::from("models"), model: None, keep: sentiment::KEEP };
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value\n{USAGE}"))?;
        match word.as_str() {
            "--data" => args.data = value.into(),
            "--out" => args.out = value.into(),
            "--model" => args.model = Some(value.into()),
            "--keep" => args.keep = value.parse().map_err(|_| "--keep takes a whole number")?,
            _ => return Err(format!("unknown option {word}\n{USAGE}")),
        }
    }
    if !args.data.is_dir() {
        return Err(format!("--data must name the folder with the labelled sets\n{USAGE}"));
    }
    Ok(args)
}

fn train(args: &Args) -> Result<(), String> {
    let sentiment = sentiment::run(&args.data, args.keep)?;
    let language = language::run(&args.data)?;
    let sizes = (sentiment.sizes, language.sizes);
    let blocks = [sentiment.block, language.block];
    let mut heads = [sentiment.head, language.head];
    let quantised = blocks.each_ref().map(pack::quantise);

    let draft = pack::write("draft", &blocks, &quantised, &heads);
    let model = Model::from_bytes(&draft).map_err(|error| error.to_string())?;
    heads[0].temperature = calibrate::sentiment(&args.data, &model)?;
    heads[1].temperature = calibrate::language(&args.data, &model)?;
    let weights = hearken::model::pack::checksum(&pack::write("", &blocks, &quantised, &heads));
    let version = format!("edge-1-{:08x}", weights as u32);
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
    eval::measure(&args.data, file)?.print();
    Ok(())
}

fn main() -> ExitCode {
    let done = args().and_then(|args| match args.command.as_str() {
        "train" => train(&args),
        "eval" => eval(&args),
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
