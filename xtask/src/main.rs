//! `cargo xtask`: builds, tests, measures and packages hearken.
//!
//! One file per command. Nothing but the standard library and the glue generator of wasm-bindgen,
//! so that the first command on a fresh machine starts quickly.

mod allocator;
mod bench;
mod build;
mod demo;
mod error;
mod package;
mod run;
mod setup;
mod size;
mod summary;
mod test;
mod train;

use std::process::ExitCode;

use error::{Error, Result};

const HELP: &str = "\
cargo xtask COMMAND

  demo [--once]      set up, build, report on the sample, then serve the page and the worker
                     until Ctrl-C; --once stops after both have answered
  test               every check and test of the workspace, with one summary at the end
  setup              get the wasm target, the npm packages and a browser, where missing
  build [--no-simd]  wasm, glue, package, worker and page; --no-simd builds only a wasm
                     without SIMD for comparison, in target/no-simd/wasm/
  size               raw, gzip and brotli sizes against size-budget.json
  bench              speed of the built package
  allocator          memory and size with the default allocator and with wee_alloc
  package            the npm tarball, in target/package/
  train --data DIR   train the models; further arguments go to the trainer
  eval --data DIR    measure the models; with --head H one head (or topics) and its confusions, with
                     --errors N also its N worst errors; further arguments go to the trainer
  help               this text
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(if matches!(error, Error::Usage(_)) { 2 } else { 1 })
        }
    }
}

fn dispatch(args: &[String]) -> Result {
    let Some((command, rest)) = args.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match command.as_str() {
        "demo" => demo::demo(flag(command, rest, "--once")?),
        "test" => none(command, rest).and_then(|()| test::test()),
        "setup" => none(command, rest).and_then(|()| setup::setup()).map(drop),
        "build" if flag(command, rest, "--no-simd")? => {
            setup::setup_build()?;
            build::build_wasm(build::Variant::NoSimd)
        }
        "build" => {
            setup::setup_build()?;
            build::build()
        }
        "size" => none(command, rest).and_then(|()| size::size()),
        "bench" => none(command, rest).and_then(|()| bench::bench()),
        "allocator" => {
            none(command, rest)?;
            setup::setup_build()?;
            allocator::allocator()
        }
        "package" => none(command, rest).and_then(|()| package::package()),
        "train" | "eval" => train::train(command, rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Error::Usage(format!("unknown command {other}"))),
    }
}

/// Refuses arguments a command does not take.
fn none(command: &str, args: &[String]) -> Result {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(Error::Usage(format!("{command} takes no {arg}"))),
    }
}

/// True when the one flag a command takes is given.
fn flag(command: &str, args: &[String], name: &str) -> Result<bool> {
    match args {
        [] => Ok(false),
        [only] if only == name => Ok(true),
        [first, rest @ ..] => {
            let wrong = if first == name { rest.first().unwrap_or(first) } else { first };
            Err(Error::Usage(format!("{command} takes no {wrong}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_flag_of_a_command_is_read_and_others_are_refused() {
        assert!(matches!(flag("demo", &words(""), "--once"), Ok(false)));
        assert!(matches!(flag("demo", &words("--once"), "--once"), Ok(true)));
        for line in ["--twice", "--once --twice", "--once --once"] {
            assert!(matches!(flag("demo", &words(line), "--once"), Err(Error::Usage(_))), "{line}");
        }
    }

    #[test]
    fn an_unknown_command_or_argument_is_refused() {
        assert!(matches!(dispatch(&words("nothing")), Err(Error::Usage(_))));
        assert!(matches!(dispatch(&words("size --all")), Err(Error::Usage(_))));
    }

    #[test]
    fn the_help_names_every_command() {
        for command in
            ["setup", "build", "test", "demo", "size", "bench", "allocator", "package", "train", "eval", "help"]
        {
            assert!(HELP.lines().any(|line| line.trim_start().starts_with(command)), "{command}");
        }
    }
}
