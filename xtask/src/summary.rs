//! Counts what ran, and prints one table at the end.

use std::time::{Duration, Instant};

use crate::error::Result;

/// What one step came to.
struct Step {
    name: &'static str,
    took: Duration,
    tests: Tests,
    failure: Option<String>,
}

/// Tests counted in the output of a step.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tests {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Tests {
    /// Counts one line of output. Knows the last lines of `cargo test` and of `node --test`.
    pub fn see(&mut self, line: &str) {
        let line = line.trim();
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += number_before(counts, " passed");
            self.failed += number_before(counts, " failed");
            self.skipped += number_before(counts, " ignored");
        } else if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("\u{2139} ")) {
            let mut words = rest.split_whitespace();
            let (name, number) = (words.next(), words.next().and_then(|number| number.parse::<u64>().ok()));
            match (name, number, words.next()) {
                (Some("pass"), Some(number), None) => self.passed += number,
                (Some("fail" | "cancelled"), Some(number), None) => self.failed += number,
                (Some("skipped"), Some(number), None) => self.skipped += number,
                _ => {}
            }
        }
    }
}

/// The steps of one run, in order.
pub struct Summary {
    began: Instant,
    steps: Vec<Step>,
}

impl Summary {
    pub fn new() -> Self {
        Summary { began: Instant::now(), steps: Vec::new() }
    }

    /// Runs one step, times it, and keeps what became of it. A failure is kept, not returned.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce(&mut Tests) -> Result) {
        println!("\n== {name}");
        let began = Instant::now();
        let mut tests = Tests::default();
        let failure = work(&mut tests).err().map(|error| error.to_string());
        if let Some(failure) = &failure {
            println!("== {name} failed: {failure}");
        }
        self.steps.push(Step { name, took: began.elapsed(), tests, failure });
    }

    /// Prints the table, the failures and, as the last line, `N passed, N failed`.
    /// Gives true when nothing failed.
    ///
    /// Every test counts; a step without tests counts as one, and so does a step that fails
    /// though none of its tests did.
    pub fn print(&self) -> bool {
        println!("\n{:<28} {:>8} {:>8} {:>8}", "step", "seconds", "tests", "result");
        for step in &self.steps {
            let tests = step.tests.passed + step.tests.failed;
            let tests = if tests == 0 { "-".to_owned() } else { tests.to_string() };
            let result = if step.failure.is_none() { "ok" } else { "FAILED" };
            let skipped = match step.tests.skipped {
                0 => String::new(),
                skipped => format!("  {skipped} skipped, the reason stands above"),
            };
            println!("{:<28} {:>8.1} {tests:>8} {result:>8}{skipped}", step.name, step.took.as_secs_f64());
        }
        println!("{:<28} {:>8.1}", "in all", self.began.elapsed().as_secs_f64());
        for step in &self.steps {
            if let Some(failure) = &step.failure {
                println!("{}: {failure}", step.name);
            }
        }
        let all = self.total();
        println!("{} passed, {} failed", all.passed, all.failed);
        all.failed == 0
    }

    fn total(&self) -> Tests {
        self.steps.iter().fold(Tests::default(), |mut sum, step| {
            sum.passed += step.tests.passed;
            sum.failed += step.tests.failed;
            match (&step.failure, step.tests) {
                (None, Tests { passed: 0, failed: 0, .. }) => sum.passed += 1,
                (Some(_), Tests { failed: 0, .. }) => sum.failed += 1,
                _ => {}
            }
            sum
        })
    }
}

/// The 12 of `12 passed; 1 failed`, given ` passed`. 0 when it is not there.
fn number_before(text: &str, what: &str) -> u64 {
    let Some((before, _)) = text.split_once(what) else { return 0 };
    before.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn count(lines: &[&str]) -> Tests {
        let mut tests = Tests::default();
        lines.iter().for_each(|line| tests.see(line));
        tests
    }

    #[test]
    fn results_of_cargo_are_added_up() {
        let seen = count(&[
            "running 3 tests",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s",
        ]);
        assert_eq!(seen, Tests { passed: 15, failed: 2, skipped: 1 });
    }

    #[test]
    fn results_of_node_are_added_up_in_both_its_formats() {
        assert_eq!(
            count(&["# tests 5", "# pass 4", "# fail 1", "# cancelled 0"]),
            Tests { passed: 4, failed: 1, skipped: 0 }
        );
        assert_eq!(
            count(&["\u{2139} pass 7", "\u{2139} fail 0", "\u{2139} cancelled 2"]),
            Tests { passed: 7, failed: 2, skipped: 0 }
        );
        assert_eq!(count(&["# pass the salt", "# pass 4 of 5", "# fail"]), Tests::default());
    }

    #[test]
    fn steps_without_tests_count_once_and_a_hidden_failure_is_not_lost() {
        let broken = || Err(Error::Check("broken".to_owned()));
        let mut summary = Summary::new();
        summary.step("no tests", |_| Ok(()));
        summary.step("no tests, fails", |_| broken());
        summary.step("tests", |tests| {
            tests.see("# pass 3");
            Ok(())
        });
        summary.step("one test fails", |tests| {
            tests.see("# pass 2");
            tests.see("# fail 1");
            broken()
        });
        summary.step("tests pass, the step fails", |tests| {
            tests.see("# pass 1");
            broken()
        });
        assert_eq!(summary.total(), Tests { passed: 7, failed: 3, skipped: 0 });
        assert!(!summary.print());
    }
}
