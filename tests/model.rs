//! The model that is shipped: the file, what `models/metrics.json` and `models/CARD.md` say of it, and that a
//! damaged copy is refused.

use std::path::Path;

use hearken::model::pack::checksum;
use hearken::{Engine, Error};
use serde_json::Value;

fn read(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("models/{name}: {error}"))
}

#[test]
fn the_model_file_matches_its_manifest() {
    let file = read("edge.bin");
    let manifest: Value = serde_json::from_slice(&read("metrics.json")).unwrap();
    assert_eq!(manifest["bytes"], file.len());
    assert_eq!(manifest["checksum"], format!("{:016x}", checksum(&file)));
    let engine = Engine::with_model(&file).unwrap();
    assert_eq!(manifest["model"], engine.model_version());
}

#[test]
fn the_card_is_about_the_model_file() {
    let file = read("edge.bin");
    let card = String::from_utf8(read("CARD.md")).unwrap();
    let engine = Engine::with_model(&file).unwrap();
    assert!(card.starts_with(&format!("# Model card: {}\n", engine.model_version())));
    for said in [format!("{} bytes", file.len()), format!("`{:016x}`", checksum(&file))] {
        assert!(card.contains(&said), "the card should say {said}");
    }
}

#[test]
fn the_model_file_is_the_one_inside_the_engine() {
    let inside = Engine::new().unwrap();
    let given = Engine::with_model(&read("edge.bin")).unwrap();
    assert_eq!(inside.model_version(), given.model_version());
    let text = "The courier was kind, but the parcel came two weeks late. ありがとう, 배송이 늦었어요.";
    let options = hearken::AnalyzeOptions { sentences: true, ..Default::default() };
    assert_eq!(inside.analyze(text, &options).unwrap(), given.analyze(text, &options).unwrap());
}

/// A byte is changed, or the end is missing, at places all over the file.
#[test]
fn a_damaged_or_truncated_copy_is_refused_with_the_place() {
    let file = read("edge.bin");
    let refused = |bytes: &[u8], what: &str| match Engine::with_model(bytes) {
        Err(Error::Model { at, .. }) => assert!(at <= file.len(), "{what}: byte {at} lies outside the file"),
        Err(other) => panic!("{what}: {}", other.code()),
        Ok(_) => panic!("{what}: the model was taken"),
    };
    let places = (0..24).chain((1..40).map(|i| file.len() * i / 40)).chain([file.len() - 1]);
    for at in places {
        let mut damaged = file.clone();
        damaged[at] ^= 0x10;
        refused(&damaged, &format!("byte {at} changed"));
        refused(&file[..at], &format!("cut at byte {at}"));
    }
    let mut longer = file.clone();
    longer.push(0);
    refused(&longer, "one byte more");
}
