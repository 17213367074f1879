//! Measures the detectors of personal data: recall and precision by type on the labelled sets, and what they make
//! up on real comments.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use hearken::privacy::{PiiType, detect};
use hearken::text::Normalized;

use crate::data::Sheet;

/// Labels of the sets and the type each stands for.
const LABELS: [(&str, PiiType); 12] = [
    ("EMAIL_ADDRESS", PiiType::Email),
    ("PHONE_NUMBER", PiiType::Phone),
    ("CREDIT_CARD", PiiType::Card),
    ("IBAN_CODE", PiiType::Iban),
    ("IP_ADDRESS", PiiType::Ip),
    ("US_SSN", PiiType::NationalId),
    ("DOMAIN_NAME", PiiType::Url),
    ("US_DRIVER_LICENSE", PiiType::DrivingLicence),
    ("STREET_ADDRESS", PiiType::Address),
    ("ADDRESS", PiiType::Address),
    ("ZIP_CODE", PiiType::Postcode),
    ("PERSON", PiiType::Person),
];
/// Sets of real comments, and how many rows of each are read, from the first on.
const COMMENTS: [(&str, usize); 10] = [
    ("sentiment/semeval2017_task4a.en.train", 5000),
    ("sentiment/airline_tweets.en.train", 2500),
    ("sentiment/nsmc_movie_reviews.ko.train", 2500),
    ("sentiment/amazon_reviews_multi.ja.train", 2500),
    ("sentiment/polemo2_sentence.pl.train", 2500),
    ("sentiment/umsab_twitter.de.train", 1600),
    ("sentiment/umsab_twitter.fr.train", 1600),
    ("sentiment/umsab_twitter.es.train", 1600),
    ("sentiment/umsab_twitter.it.train", 1600),
    ("sentiment/umsab_twitter.pt.train", 1600),
];
/// Types that are no structure: kept out of the rate of false alarms, and shown beside it.
const SOFT: [PiiType; 5] = [PiiType::Person, PiiType::Address, PiiType::Url, PiiType::Handle, PiiType::Reference];

#[derive(Default)]
struct Tally {
    labelled: usize,
    covered: usize,
    reported: usize,
    right: usize,
}

/// Byte range of a range of code points.
fn bytes_of(text: &str, start: usize, end: usize) -> (usize, usize) {
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    (byte(start), byte(end))
}

/// Prints both parts; with `errors` also that many rows of each type that were missed or made up.
///
/// # Errors
/// Names the file that is missing or does not decode.
pub fn run(data: &Path, errors: usize) -> Result<(), String> {
    for part in ["dev", "train"] {
        labelled(data, part, errors)?;
    }
    comments(data, errors)
}

fn labelled(data: &Path, part: &str, errors: usize) -> Result<(), String> {
    let mut tallies: BTreeMap<PiiType, Tally> = BTreeMap::new();
    let mut shown: BTreeMap<(PiiType, &str), usize> = BTreeMap::new();
    for set in ["presidio_synth_v2", "presidio_generated_large"] {
        let sheet = Sheet::read(data, &format!("pii/{set}.en.{part}"))?;
        for row in &sheet.rows {
            let text = &row[0];
            let labels: Vec<serde_json::Value> =
                serde_json::from_str(&row[1]).map_err(|error| format!("{set}: {error}"))?;
            let gold: Vec<(PiiType, usize, usize)> = labels
                .iter()
                .filter_map(|label| {
                    let kind = LABELS.iter().find(|(name, _)| label["type"] == *name)?.1;
                    let offset = |key: &str| label[key].as_u64().map(|n| n as usize);
                    let (start, end) = bytes_of(text, offset("start")?, offset("end")?);
                    Some((kind, start, end))
                })
                .collect();
            // Cities and countries beside a street are part of an address as well as places of their own.
            let places: Vec<(usize, usize)> = labels
                .iter()
                .filter(|label| {
                    matches!(
                        label["type"].as_str(),
                        Some("GPE" | "LOCATION" | "ZIP_CODE" | "STREET_ADDRESS" | "ADDRESS")
                    )
                })
                .filter_map(|label| {
                    let offset = |key: &str| label[key].as_u64().map(|n| n as usize);
                    Some(bytes_of(text, offset("start")?, offset("end")?))
                })
                .collect();
            let found = detect(&Normalized::new(text), &PiiType::ALL);
            let mut show = |kind: PiiType, what: &'static str, start: usize, end: usize| {
                let count = shown.entry((kind, what)).or_default();
                *count += 1;
                if *count <= errors {
                    println!("  {what} {}: «{}» in {text}", kind.slug(), text.get(start..end).unwrap_or(""));
                }
            };
            for &(kind, start, end) in &gold {
                let tally = tallies.entry(kind).or_default();
                tally.labelled += 1;
                // The letters and digits of the label, as far as findings of the type or one it may be part of go.
                let own = |one: PiiType| {
                    one == kind
                        || kind == PiiType::Postcode && one == PiiType::Address
                        || kind == PiiType::Url && one == PiiType::UrlToken
                };
                let covered = text[start..end].char_indices().filter(|(_, c)| c.is_alphanumeric()).all(|(at, _)| {
                    found.iter().any(|pii| own(pii.kind) && pii.span.start <= start + at && start + at < pii.span.end)
                });
                tally.covered += usize::from(covered);
                if !covered {
                    show(kind, "missed", start, end);
                }
            }
            for pii in &found {
                if !LABELS.iter().any(|(_, kind)| *kind == pii.kind) {
                    continue;
                }
                let tally = tallies.entry(pii.kind).or_default();
                tally.reported += 1;
                let overlaps = |start: usize, end: usize| pii.span.start < end && start < pii.span.end;
                let place = pii.kind == PiiType::Address || pii.kind == PiiType::Postcode;
                let right = gold.iter().any(|&(kind, start, end)| kind == pii.kind && overlaps(start, end))
                    || place && places.iter().any(|&(start, end)| overlaps(start, end));
                tally.right += usize::from(right);
                if !right {
                    show(pii.kind, "made up", pii.span.start, pii.span.end);
                }
            }
        }
    }
    println!(
        "\npresidio_synth_v2 and presidio_generated_large, {part}\n{:18}{:>9}{:>9}{:>10}{:>11}",
        "type", "labels", "recall", "reported", "precision"
    );
    for (kind, t) in tallies {
        let share = |part: usize, all: usize| {
            if all == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / all as f64) }
        };
        println!(
            "{:18}{:>9}{:>9}{:>10}{:>11}",
            kind.slug(),
            t.labelled,
            share(t.covered, t.labelled),
            t.reported,
            share(t.right, t.reported)
        );
    }
    Ok(())
}

fn comments(data: &Path, errors: usize) -> Result<(), String> {
    let (mut rows, mut alarms, mut bytes, mut seconds) = (0, 0, 0, 0.0);
    let mut counts: BTreeMap<PiiType, usize> = BTreeMap::new();
    for (set, limit) in COMMENTS {
        let sheet = Sheet::read(data, set)?;
        for row in sheet.rows.iter().take(limit) {
            let text = &row[0];
            let started = Instant::now();
            let found = detect(&Normalized::new(text), &PiiType::DEFAULT);
            seconds += started.elapsed().as_secs_f64();
            bytes += text.len();
            rows += 1;
            alarms += usize::from(found.iter().any(|pii| !SOFT.contains(&pii.kind)));
            for pii in &found {
                let count = counts.entry(pii.kind).or_default();
                *count += 1;
                if *count <= errors {
                    println!("  {}: «{}» in {text}", pii.kind.slug(), pii.span.slice(text).unwrap_or(""));
                }
            }
        }
    }
    println!(
        "\n{rows} real comments in eight languages: structured types in {alarms} rows ({:.2} %)",
        alarms as f64 * 100.0 / rows.max(1) as f64
    );
    for (kind, count) in counts {
        println!("{:18}{count:>7}", kind.slug());
    }
    println!("{:.0} MB/s with normalisation, native, one core", bytes as f64 / seconds / 1e6);
    Ok(())
}
