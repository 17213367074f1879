//! The engine for JavaScript: one text at a time or many, and what is made for it.

use std::sync::Arc;

use wasm_bindgen::prelude::*;

use super::columns::RawColumns;
use super::convert::{Answer, plain, refuse, to_js};
use super::kept::Slots;
use super::query::RawQuery;
use super::taxonomy::RawTaxonomy;
use super::themes::RawThemes;
use super::{learn, panic, query, taxonomy};
use crate::analysis::{
    Act, Advice, ChurnReason, Disposition, EffortLevel, Emotion, Intent, JourneyStage, Safety, SentimentLabel, State,
    UrgencyLevel,
};
use crate::analyze::{AnalyzeOptions, Engine, Turn};
use crate::error::{Error, Result};
use crate::learn::Corrections;
use crate::privacy::{PiiType, VARIETIES};
use crate::taxonomy::{Target, Taxonomy};
use crate::text::Script;
use crate::themes::Themes;

/// One loaded model.
#[wasm_bindgen]
pub struct RawEngine {
    pub(super) engine: Engine,
    pub(super) taxonomies: Slots<Taxonomy>,
    pub(super) corrections: Slots<Corrections>,
}

#[wasm_bindgen]
impl RawEngine {
    /// An engine with the model pack given, or the embedded one, and the taxonomy given as JSON, or
    /// the general one.
    #[wasm_bindgen(constructor)]
    pub fn new(model: Option<Vec<u8>>, taxonomy: Option<String>) -> Answer<RawEngine> {
        panic::report_place();
        let engine = match model {
            None => Engine::new(),
            Some(bytes) => Engine::with_model(&bytes),
        };
        let mut engine = engine.map_err(refuse)?;
        if let Some(json) = taxonomy {
            engine = engine.with_taxonomy(Arc::new(Taxonomy::from_json(&json).map_err(refuse)?));
        }
        Ok(RawEngine { engine, taxonomies: Slots::default(), corrections: Slots::default() })
    }

    /// Analyses one text; spans in UTF-16.
    #[wasm_bindgen(unchecked_return_type = "Analysis")]
    pub fn analyze(&self, text: &str, options: JsValue) -> Answer<JsValue> {
        let options = self.options(options).map_err(refuse)?;
        let mut analysis = self.engine.analyze(text, &options).map_err(refuse)?;
        analysis.to_utf16(text);
        to_js(&analysis)
    }

    /// Analyses many texts in one call; at most 10,000 texts or 16 MiB.
    #[wasm_bindgen(js_name = analyzeBatch)]
    pub fn analyze_batch(&self, texts: Vec<String>, options: JsValue) -> Answer<RawColumns> {
        let options = self.options(options).map_err(refuse)?;
        let single =
            [("sentences", options.sentences), ("evidence", options.evidence), ("keyphrases", options.keyphrases)];
        for (name, asked) in single {
            if asked {
                return Err(refuse(Error::Option { name: name.into(), what: "is not offered for batches".into() }));
            }
        }
        let options = AnalyzeOptions { spans: false, ..options };
        learn::check(&texts).map_err(refuse)?;
        RawColumns::fill(&self.engine, &texts, &options).map_err(refuse)
    }

    /// Analyses a conversation turn by turn, and the customer's words together; spans in UTF-16.
    #[wasm_bindgen(js_name = analyzeTurns, unchecked_return_type = "Conversation")]
    pub fn analyze_turns(&self, turns: JsValue, options: JsValue) -> Answer<JsValue> {
        let turns = plain(turns, "turns").and_then(Turn::list_from_value).map_err(refuse)?;
        let options = self.options(options).map_err(refuse)?;
        let mut conversation = self.engine.analyze_turns(&turns, &options).map_err(refuse)?;
        conversation.to_utf16(&turns);
        to_js(&conversation)
    }

    /// Reads and compiles a taxonomy; its handle is the option `taxonomy`.
    #[wasm_bindgen(js_name = compileTaxonomy)]
    pub fn compile_taxonomy(&self, json: &str) -> Answer<RawTaxonomy> {
        Ok(RawTaxonomy(self.taxonomies.keep(Taxonomy::from_json(json).map_err(refuse)?)))
    }

    /// Topics of the taxonomy used where no option names one; numbers of topics count into it.
    #[wasm_bindgen(unchecked_return_type = "TopicInfo[]")]
    pub fn topics(&self) -> Answer<JsValue> {
        to_js(&taxonomy::topics(self.engine.taxonomy()))
    }

    /// Reads a query. `topics` are the labels it may name; none allows any.
    pub fn query(&self, text: &str, topics: Vec<String>) -> Answer<RawQuery> {
        RawQuery::parse(text, &self.engine.vocabulary(topics)).map_err(refuse)
    }

    /// Themes without rows that keep so many phrases, or the default.
    pub fn themes(&self, phrases: Option<usize>) -> Answer<RawThemes> {
        let themes = phrases.map_or_else(|| Ok(Themes::new()), Themes::with_capacity);
        Ok(RawThemes { themes: themes.map_err(refuse)? })
    }

    /// Themes from the bytes of others.
    #[wasm_bindgen(js_name = readThemes)]
    pub fn read_themes(&self, bytes: &[u8]) -> Answer<RawThemes> {
        Ok(RawThemes { themes: Themes::from_bytes(bytes).map_err(refuse)? })
    }

    /// Versions and label lists; the columns of a batch are numbers into these lists.
    pub fn info(&self) -> Answer<JsValue> {
        to_js(&serde_json::json!({
            "engine": crate::VERSION,
            "model": self.engine.model_version(),
            "features": self.engine.features(),
            "sentiment": SentimentLabel::ALL.map(SentimentLabel::slug),
            "languages": self.engine.languages().collect::<Vec<_>>(),
            "scripts": Script::ALL.map(Script::code),
            "acts": Act::ALL.map(Act::slug),
            "emotions": Emotion::ALL.map(Emotion::slug),
            "intents": Intent::ALL.map(Intent::slug),
            "safety": Safety::ALL.map(Safety::slug),
            "dispositions": Disposition::ALL.map(Disposition::slug),
            "states": State::ALL.map(State::slug),
            "effort": slugs(EffortLevel::ALL, EffortLevel::slug),
            "urgency": slugs(UrgencyLevel::ALL, UrgencyLevel::slug),
            "churn": slugs(ChurnReason::ALL, ChurnReason::slug),
            "recommends": slugs(Advice::ALL, Advice::slug),
            "journeyStages": slugs(JourneyStage::ALL, JourneyStage::slug),
            "targets": Target::ALL.map(Target::slug),
            "piiTypes": PiiType::ALL.map(PiiType::slug),
            "piiKinds": VARIETIES.as_slice(),
            "queryFields": query::fields(&self.engine.vocabulary(Vec::new())).into_iter()
                .map(|(name, values)| serde_json::json!({ "name": name, "values": values })).collect::<Vec<_>>(),
        }))
    }
}

fn slugs<L: Copy>(all: &[L], slug: fn(L) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|label| slug(*label)).collect()
}

impl RawEngine {
    /// Options of an analysis; `taxonomy` and `corrections` are handles.
    pub(super) fn options(&self, options: JsValue) -> Result<AnalyzeOptions> {
        self.options_from(plain(options, "options")?)
    }

    pub(super) fn options_from(&self, mut options: serde_json::Value) -> Result<AnalyzeOptions> {
        let mut handle =
            |name: &str| options.as_object_mut().and_then(|fields| fields.remove(name)).unwrap_or_default();
        let taxonomy = self.taxonomies.named(&handle("taxonomy"), "taxonomy")?;
        let corrections = self.corrections.named(&handle("corrections"), "corrections")?;
        Ok(AnalyzeOptions { taxonomy, corrections, ..AnalyzeOptions::from_value(options)? })
    }
}
