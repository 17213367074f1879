//! Themes across the boundary.

use wasm_bindgen::prelude::*;

use super::convert::{Answer, plain, refuse, to_js};
use crate::analysis::SentimentLabel;
use crate::error::Error;
use crate::span::{Span, Utf16Index};
use crate::themes::{ThemeOptions, ThemeRow, Themes};

/// Themes in the making.
#[wasm_bindgen]
pub struct RawThemes {
    pub(super) themes: Themes,
}

#[wasm_bindgen]
impl RawThemes {
    /// Counts rows. `languages` and `sentiments` (255 for none) are numbers into the lists of `info`,
    /// `ids` the caller's row numbers; all as long as `texts`. `places` are the parts that topics
    /// cover, three numbers each: position in `texts`, start and end in UTF-16, by rising position.
    pub fn add(
        &mut self,
        texts: Vec<String>,
        ids: Vec<f64>,
        languages: Vec<String>,
        sentiments: Vec<u8>,
        places: Vec<u32>,
    ) -> Answer<()> {
        let mut places = places.chunks_exact(3).filter_map(|place| <[u32; 3]>::try_from(place).ok()).peekable();
        for (at, text) in texts.iter().enumerate() {
            let mut covered = Vec::new();
            let mut index = None;
            while let Some([_, start, end]) = places.next_if(|[row, ..]| *row as usize <= at) {
                let index = index.get_or_insert_with(|| Utf16Index::new(text));
                covered.push(Span::new(index.byte(start as usize), index.byte(end as usize)));
            }
            let id = ids.get(at).copied().unwrap_or(-1.0);
            // 2^53 is one more than the largest row number.
            if !(0.0..9_007_199_254_740_992.0).contains(&id) || id as u64 as f64 != id {
                let what = "must be a whole number from 0 to 9007199254740991".into();
                return Err(refuse(Error::Field { field: "id".into(), what }));
            }
            let sentiment = sentiments.get(at).and_then(|label| SentimentLabel::ALL.get(usize::from(*label))).copied();
            let language = languages.get(at).map_or("und", String::as_str);
            let row = ThemeRow { id: id as u64, text, language, sentiment, covered: &covered };
            self.themes.add(&row).map_err(refuse)?;
        }
        Ok(())
    }

    /// Adds what others hold.
    pub fn merge(&mut self, other: &RawThemes) {
        self.themes.merge(&other.themes);
    }

    /// The themes so far.
    #[wasm_bindgen(unchecked_return_type = "ThemeReport")]
    pub fn report(&self, options: JsValue) -> Answer<JsValue> {
        self.answer(options, None)
    }

    /// As `report`, compared with the rows of others.
    #[wasm_bindgen(js_name = reportAgainst, unchecked_return_type = "ThemeReport")]
    pub fn report_against(&self, options: JsValue, background: &RawThemes) -> Answer<JsValue> {
        self.answer(options, Some(&background.themes))
    }

    /// Everything as bytes.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.themes.to_bytes()
    }
}

impl RawThemes {
    fn answer(&self, options: JsValue, background: Option<&Themes>) -> Answer<JsValue> {
        let options = plain(options, "options").and_then(ThemeOptions::from_value).map_err(refuse)?;
        to_js(&self.themes.report(&options, background).map_err(refuse)?)
    }
}
