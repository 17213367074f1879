//! Queries across the boundary.

use wasm_bindgen::prelude::*;

use super::convert::{Answer, plain, refuse, to_js};
use crate::error::{Error, Result};
use crate::query::{Field, Query, Row, Vocabulary};
use crate::span::Utf16Index;

/// A compiled query.
#[wasm_bindgen]
pub struct RawQuery {
    query: Query,
}

impl RawQuery {
    /// Reads a query; the place of an error in UTF-16.
    pub(super) fn parse(text: &str, vocabulary: &Vocabulary) -> Result<RawQuery> {
        let query = Query::parse(text, vocabulary).map_err(|error| match error {
            Error::Query { at, end, what } => {
                let index = Utf16Index::new(text);
                Error::Query { at: index.utf16(at), end: index.utf16(end), what }
            }
            other => other,
        })?;
        Ok(RawQuery { query })
    }

    fn rows(rows: JsValue) -> Answer<Vec<Row<'static>>> {
        plain(rows, "rows").and_then(Row::list_from_value).map_err(refuse)
    }
}

#[wasm_bindgen]
impl RawQuery {
    /// The query as it is written out.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.query.to_string()
    }

    /// Names of the fields it tests.
    #[wasm_bindgen(getter)]
    pub fn fields(&self) -> Vec<String> {
        self.query.fields().into_iter().map(|field| field.name().to_owned()).collect()
    }

    /// True when it looks for words.
    #[wasm_bindgen(getter, js_name = readsText)]
    pub fn reads_text(&self) -> bool {
        self.query.reads_text()
    }

    /// 1 for each row that is found, 0 for the others.
    pub fn filter(&self, rows: JsValue) -> Answer<Vec<u8>> {
        Ok(RawQuery::rows(rows)?.iter().map(|row| u8::from(self.query.matches(row))).collect())
    }

    /// The places of its words in one row, in UTF-16; null when the row is not found.
    #[wasm_bindgen(unchecked_return_type = "Span[] | null")]
    pub fn find(&self, rows: JsValue) -> Answer<JsValue> {
        let rows = RawQuery::rows(rows)?;
        let spans = rows.first().and_then(|row| {
            let index = Utf16Index::new(&row.text);
            let spans = self.query.find(row)?;
            Some(spans.into_iter().map(|span| index.span(span)).collect::<Vec<_>>())
        });
        to_js(&spans)
    }
}

/// Fields and the values each takes, for help while a query is typed.
pub(super) fn fields(vocabulary: &Vocabulary) -> Vec<(&'static str, Vec<&str>)> {
    Field::ALL.into_iter().map(|field| (field.name(), vocabulary.values(field))).collect()
}
