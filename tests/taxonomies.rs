//! The shipped taxonomies: they load, pass their own examples, and the embedded one is the general
//! one; hostile taxonomies end in typed errors.

use std::path::Path;

use hearken::lexicon::Reading;
use hearken::taxonomy::{Severity, Source, Taxonomy, general};
use hearken::text::Normalized;

/// Files of the shipped taxonomies with their JSON.
fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("taxonomy");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_string(), path))
        .filter(|(name, _)| name != "taxonomy.schema")
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn general_source() -> Source {
    let (_, json) = shipped().into_iter().find(|(name, _)| name == "general").unwrap();
    Source::from_json(&json).unwrap()
}

/// `HEARKEN_WRITE_GENERAL=1` writes the embedded form anew.
#[test]
fn the_embedded_taxonomy_is_the_general_one() {
    let packed = Taxonomy::pack(&general_source()).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/taxonomy/general.bin");
    if std::env::var_os("HEARKEN_WRITE_GENERAL").is_some() {
        std::fs::write(&file, &packed).unwrap();
    }
    let same = std::fs::read(&file).unwrap() == packed;
    assert!(same, "run HEARKEN_WRITE_GENERAL=1 cargo test --test taxonomies, then again");
    assert_eq!(Taxonomy::unpack(&packed[..packed.len() - 1]), None);
}

#[test]
fn shipped_taxonomies_pass_their_own_examples() {
    for (name, json) in shipped() {
        let taxonomy = Taxonomy::from_json(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(taxonomy.id(), name);
        let tested = taxonomy.test();
        let failed: Vec<_> = tested.failed.iter().map(|one| (&one.path, &one.topic, &one.found)).collect();
        assert!(failed.is_empty(), "{name}: {failed:#?}");
        let grave: Vec<_> = taxonomy.lint().into_iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(grave.is_empty(), "{name}: {grave:#?}");
    }
}

/// A user's own taxonomy with the same content gives the same result as the embedded one.
#[test]
fn the_same_content_gives_the_same_result() {
    let own = Taxonomy::compile(general_source()).unwrap();
    for (_, json) in shipped() {
        for topic in Source::from_json(&json).unwrap().topics {
            for sample in topic.matches.iter().chain(&topic.misses) {
                let normal = Normalized::new(&sample.text);
                let reading = Reading::new(normal.text(), &sample.lang);
                assert_eq!(own.find(&reading), general().find(&reading), "{}", sample.text);
            }
        }
    }
    assert_eq!(own.topics(), general().topics());
}
