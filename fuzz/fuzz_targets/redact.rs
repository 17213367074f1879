//! Any text, as text, JSON, CSV or stream, is redacted or refused; what is redacted stays the same when redacted again, and
//! a stream gives what the whole gives. Any bytes are detectors, inventories and uses, or are refused.
#![no_main]

use std::sync::Arc;

use hearken::privacy::data_use::Inventory;
use hearken::privacy::{Detectors, FieldRules, Mode, RedactOptions, Redactor, Session, Stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, u8)| {
    let (text, other, choice) = input;
    if let Ok(inventory) = Inventory::from_json(other) {
        assert!(!inventory.id().is_empty());
    }
    let detectors = Detectors::from_json(other).ok();
    if let Some(detectors) = &detectors {
        detectors.lint();
    }
    // Keyed pseudonyms need a key; all else is asked for.
    let mode = [Mode::Label, Mode::Mask, Mode::Partial, Mode::Numbered, Mode::Remove][usize::from(choice) % 5];
    let deny = other.lines().filter(|line| line.chars().any(char::is_alphanumeric)).map(String::from).take(20).collect();
    let options = RedactOptions { mode, deny, detectors: detectors.map(Arc::new), ..RedactOptions::default() };
    let redactor = Redactor::new(options).expect("the options are in range");
    let rules = FieldRules::default();
    if let Ok(once) = redactor.redact(text, &mut Session::new()) {
        let twice = redactor.redact(&once.text, &mut Session::new()).expect("what is redacted can be redacted");
        assert_eq!(once.text, twice.text);
        let mut session = Session::new();
        let mut stream = Stream::new(&redactor);
        let cut = text.ceil_char_boundary(text.len() / 3);
        let mut out = stream.push(&text[..cut], &mut session).expect("the whole was redacted");
        out += &stream.push(&text[cut..], &mut session).expect("the whole was redacted");
        out += &stream.finish(&mut session).expect("the whole was redacted").0;
        assert_eq!(out, once.text);
    }
    if let Ok(once) = redactor.redact_json(text, &rules, &mut Session::new()) {
        let twice = redactor.redact_json(&once.text, &rules, &mut Session::new()).expect("what is written is JSON");
        assert_eq!(once.text, twice.text);
    }
    let _ = redactor.redact_csv(text, ',', &rules, &mut Session::new());
});
