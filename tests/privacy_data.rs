//! How much personal data is found on labelled text, and how much is made up on real comments.
//!
//! Needs the data folder: `HEARKEN_DATA=DIR` or `../shared/data`. Without it the test says so and
//! checks nothing. `HEARKEN_SHOW=1` also lists what was missed and made up (the labelled sets are
//! synthetic). Run: `cargo test --release --test privacy_data -- --nocapture`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use hearken::privacy::{Pii, PiiType, detect};
use hearken::text::Normalized;

const KINDS: [(PiiType, &str); 5] = [
    (PiiType::Email, "EMAIL_ADDRESS"),
    (PiiType::Phone, "PHONE_NUMBER"),
    (PiiType::Card, "CREDIT_CARD"),
    (PiiType::Iban, "IBAN_CODE"),
    (PiiType::Ip, "IP_ADDRESS"),
];

fn data_folder() -> Option<PathBuf> {
    let folder = match std::env::var_os("HEARKEN_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
    };
    if !folder.join("pii").is_dir() {
        println!("skipped: no folder pii/ in the data folder (HEARKEN_DATA or ../shared/data)");
        return None;
    }
    if Command::new("gzip").arg("--version").output().is_err() {
        println!("skipped: gzip is not installed");
        return None;
    }
    Some(folder)
}

/// The lines of a packed file without the heading.
fn rows(path: &Path) -> Vec<String> {
    let out = Command::new("gzip").arg("-dc").arg(path).output().expect("gzip runs");
    assert!(out.status.success(), "gzip cannot read {}", path.display());
    let text = String::from_utf8(out.stdout).expect("data is UTF-8");
    text.lines().skip(1).map(str::to_owned).collect()
}

#[derive(Default, Clone, Copy)]
struct Tally {
    /// Labelled values, and those covered from end to end by spans of their kind.
    labelled: usize,
    covered: usize,
    exact: usize,
    /// Values reported, and those that overlap a label of their kind.
    reported: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.labelled += other.labelled;
        self.covered += other.covered;
        self.exact += other.exact;
        self.reported += other.reported;
        self.right += other.right;
    }

    fn recall(&self) -> f64 {
        self.covered as f64 / self.labelled.max(1) as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.reported.max(1) as f64
    }
}

/// Byte range of a range of code points.
fn bytes_of(text: &str, start: usize, end: usize) -> (usize, usize) {
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    (byte(start), byte(end))
}

fn evaluate(path: &Path) -> BTreeMap<PiiType, Tally> {
    let show = std::env::var_os("HEARKEN_SHOW").is_some();
    let mut tallies = BTreeMap::new();
    for row in rows(path) {
        let mut cells = row.split('\t');
        let (Some(text), Some(json)) = (cells.next(), cells.next()) else { panic!("row without two cells") };
        let spans: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
        let found = detect(&Normalized::new(text), &PiiType::DEFAULT);
        for (kind, name) in KINDS {
            let tally: &mut Tally = tallies.entry(kind).or_default();
            let offset = |span: &serde_json::Value, key: &str| span[key].as_u64().expect("offset") as usize;
            let gold: Vec<(usize, usize)> = spans
                .iter()
                .filter(|span| span["type"] == name)
                .map(|span| bytes_of(text, offset(span, "start"), offset(span, "end")))
                .collect();
            let mine: Vec<&Pii> = found.iter().filter(|pii| pii.kind == kind).collect();
            tally.labelled += gold.len();
            tally.reported += mine.len();
            for &(start, end) in &gold {
                if mine.iter().any(|pii| pii.span.start <= start && pii.span.end >= end) {
                    tally.covered += 1;
                } else if show {
                    println!("missed {kind:?}: {} in {text}", &text[start..end]);
                }
                tally.exact += usize::from(mine.iter().any(|pii| (pii.span.start, pii.span.end) == (start, end)));
            }
            for pii in mine {
                if gold.iter().any(|&(start, end)| start < pii.span.end && pii.span.start < end) {
                    tally.right += 1;
                } else if show {
                    println!("made up {kind:?}: {} in {text}", pii.span.slice(text).expect("boundaries"));
                }
            }
        }
    }
    tallies
}

fn print(title: &str, tallies: &BTreeMap<PiiType, Tally>) {
    println!(
        "{title}\n  {:8}{:>9}{:>9}{:>9}{:>10}{:>11}",
        "kind", "labelled", "recall", "exact", "reported", "precision"
    );
    for (kind, t) in tallies {
        let exact = t.exact as f64 / t.labelled.max(1) as f64;
        println!(
            "  {:8}{:>9}{:>9.4}{:>9.4}{:>10}{:>11.4}",
            kind.slug(),
            t.labelled,
            t.recall(),
            exact,
            t.reported,
            t.precision()
        );
    }
}

#[test]
fn labelled_sets_reach_their_floors() {
    let Some(folder) = data_folder() else { return };
    let mut total: BTreeMap<PiiType, BTreeMap<&str, Tally>> = BTreeMap::new();
    for part in ["train", "dev"] {
        for set in ["presidio_generated_large", "presidio_synth_v2"] {
            let tallies = evaluate(&folder.join(format!("pii/{set}.en.{part}.tsv.gz")));
            print(&format!("{set} {part}"), &tallies);
            for (kind, tally) in tallies {
                total.entry(kind).or_default().entry(part).or_default().add(&tally);
            }
        }
    }
    for (kind, parts) in total {
        for (part, tally) in parts {
            assert!(tally.recall() >= 0.98, "{kind:?} recall {} on {part}", tally.recall());
            assert!(tally.precision() >= 0.97, "{kind:?} precision {} on {part}", tally.precision());
        }
    }
}

/// Sets of real comments; what is found there is nearly always made up, but not always: tweets
/// hold hotline numbers. So the rate is an upper bound.
const COMMENTS: [&str; 14] = [
    "sentiment/airline_tweets.en",
    "sentiment/semeval2017_task4a.en",
    "sentiment/pros_cons.en",
    "sentiment/nsmc_movie_reviews.ko",
    "sentiment/amazon_reviews_multi.ja",
    "sentiment/amazon_reviews_multi.zh",
    "sentiment/jrte_hotel_pn.ja",
    "sentiment/polemo2_text.pl",
    "sentiment/umsab_twitter.de",
    "sentiment/umsab_twitter.fr",
    "sentiment/umsab_twitter.es",
    "complaint/complaints_twitter.en",
    "intent/google_play_review_types.en",
    "intent/banking77.en",
];

#[test]
fn real_comments_give_few_false_alarms() {
    let Some(folder) = data_folder() else { return };
    let show = std::env::var_os("HEARKEN_SHOW").is_some();
    println!("{:36}{:>9}  findings per 10,000 rows", "set", "rows");
    let (mut rows_all, mut found_all) = (0usize, 0usize);
    for set in COMMENTS {
        let mut counts: BTreeMap<PiiType, usize> = BTreeMap::new();
        let mut n = 0;
        for part in ["train", "dev"] {
            let path = folder.join(format!("{set}.{part}.tsv.gz"));
            if !path.exists() {
                println!("{set} {part}: not there");
                continue;
            }
            for row in rows(&path) {
                let text = row.split('\t').next().unwrap_or("");
                n += 1;
                // Names and addresses are told by words, and are often those of the famous: docs/design/privacy.md has their rate.
                let structured =
                    PiiType::DEFAULT.into_iter().filter(|kind| !matches!(kind, PiiType::Person | PiiType::Address));
                for pii in detect(&Normalized::new(text), &structured.collect::<Vec<_>>()) {
                    *counts.entry(pii.kind).or_default() += 1;
                    if show {
                        println!("found {:?}: {} in {text}", pii.kind, pii.span.slice(text).expect("boundaries"));
                    }
                }
            }
        }
        let rate = |count: usize| count as f64 * 1e4 / n.max(1) as f64;
        let cells: Vec<String> = counts.iter().map(|(k, &c)| format!("{} {:.2}", k.slug(), rate(c))).collect();
        println!("{set:36}{n:>9}  {}", if cells.is_empty() { "none".into() } else { cells.join(", ") });
        rows_all += n;
        found_all += counts.values().sum::<usize>();
    }
    let rate = found_all as f64 * 1e4 / rows_all.max(1) as f64;
    println!("all: {rate:.2} per 10,000 of {rows_all} rows");
    assert!(rate <= 10.0, "{rate} findings per 10,000 comments");
}
