//! Any text is a query or is refused at a place; printed and read again it is the same query, and what
//! it marks lies in the text. The first line is the query, the rest the text.
#![no_main]

use hearken::query::{Query, Row, Vocabulary};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (asked, text) = input.split_once('\n').unwrap_or((input, input));
    match Query::parse(asked, &Vocabulary::default()) {
        Ok(query) => {
            let again = Query::parse(&query.to_string(), &Vocabulary::default());
            assert_eq!(again.as_ref(), Ok(&query));
            let row = Row::new(text);
            let spans = query.find(&row);
            assert_eq!(spans.is_some(), query.matches(&row));
            for span in spans.unwrap_or_default() {
                assert!(span.slice(text).is_some());
            }
        }
        Err(hearken::Error::Query { at, end, .. }) => assert!(asked.get(at..end).is_some()),
        Err(other) => panic!("{other}"),
    }
});
