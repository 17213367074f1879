//! Training, classifiers and corrections across the boundary.

use wasm_bindgen::prelude::*;

use super::RawEngine;
use super::convert::{Answer, plain, refuse, to_js};
use super::kept::Kept;
use crate::error::{Error, Result};
use crate::learn::{Classifier, Correction, Corrections, Example, Predictor, Quality, TrainOptions, Trained};
use crate::limits::{MAX_BATCH_BYTES, MAX_BATCH_TEXTS};

/// A learned classifier.
#[wasm_bindgen]
pub struct RawClassifier {
    classifier: Classifier,
    /// Measured while training; not in the file.
    quality: Option<Quality>,
    duplicates: usize,
}

/// Labels of many texts.
#[wasm_bindgen]
pub struct RawLabels {
    label: Vec<u16>,
    confidence: Vec<f32>,
}

/// Number that stands for no label.
const NO_LABEL: u16 = u16::MAX;

#[wasm_bindgen]
impl RawLabels {
    /// Number into the classifier's labels; 65,535 for none.
    #[wasm_bindgen(getter)]
    pub fn label(&self) -> Vec<u16> {
        self.label.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn confidence(&self) -> Vec<f32> {
        self.confidence.clone()
    }
}

#[wasm_bindgen]
impl RawClassifier {
    /// The file of the classifier.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.classifier.to_bytes()
    }

    /// Labels, what it was learned from, and how well.
    pub fn info(&self) -> Answer<JsValue> {
        let classifier = &self.classifier;
        to_js(&serde_json::json!({
            "model": classifier.model_version(),
            "labels": classifier.labels(),
            "none": classifier.none(),
            "threshold": classifier.threshold(),
            "features": classifier.features(),
            "summary": classifier.summary(),
        }))
    }

    /// The quality measured while training; null for a classifier that was read from a file.
    pub fn quality(&self) -> Answer<JsValue> {
        to_js(&self.quality)
    }

    /// Examples left out of the training as repeats.
    #[wasm_bindgen(getter)]
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }
}

/// What a log of corrections taught.
#[wasm_bindgen]
pub struct RawCorrections(Kept<Corrections>);

#[wasm_bindgen]
impl RawCorrections {
    /// What the option `corrections` takes.
    #[wasm_bindgen(getter)]
    pub fn handle(&self) -> usize {
        self.0.at
    }

    /// Number of corrected texts.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.0.value.len()
    }
}

#[wasm_bindgen]
impl RawEngine {
    /// Learns labels: text `i` has label `i`. `progress` is called with the share done, 0..=1.
    pub fn train(
        &self,
        texts: Vec<String>,
        labels: Vec<String>,
        options: JsValue,
        progress: &js_sys::Function,
    ) -> Answer<RawClassifier> {
        let options = plain(options, "options").and_then(TrainOptions::from_value).map_err(refuse)?;
        if texts.len() != labels.len() {
            let what = "must be as many as the texts".into();
            return Err(refuse(Error::Field { field: "labels".into(), what }));
        }
        let pairs = texts.iter().zip(&labels);
        let examples: Vec<Example> = pairs.map(|(text, label)| Example { text, label }).collect();
        let mut tell = |share: f64| {
            // What a listener throws is the listener's own.
            let _ = progress.call1(&JsValue::NULL, &share.into());
        };
        let Trained { classifier, quality, duplicates } =
            self.engine.train(&examples, &options, &mut tell).map_err(refuse)?;
        Ok(RawClassifier { classifier, quality: Some(quality), duplicates })
    }

    /// Reads a classifier from its file.
    pub fn classifier(&self, bytes: &[u8]) -> Answer<RawClassifier> {
        let classifier = Classifier::from_bytes(bytes).map_err(refuse)?;
        classifier.predictor(&self.engine).map_err(refuse)?;
        Ok(RawClassifier { classifier, quality: None, duplicates: 0 })
    }

    /// The label of a text.
    #[wasm_bindgen(unchecked_return_type = "Prediction")]
    pub fn predict(&self, classifier: &RawClassifier, text: &str) -> Answer<JsValue> {
        to_js(&self.predictor(classifier).map_err(refuse)?.predict(text))
    }

    /// Labels of many texts; at most 10,000 texts or 16 MiB.
    #[wasm_bindgen(js_name = predictBatch)]
    pub fn predict_batch(&self, classifier: &RawClassifier, texts: Vec<String>) -> Answer<RawLabels> {
        check(&texts).map_err(refuse)?;
        let mut predictor = self.predictor(classifier).map_err(refuse)?;
        let (label, confidence) = texts
            .iter()
            .map(|text| {
                let (label, confidence) = predictor.label(text);
                (label.map_or(NO_LABEL, |label| label as u16), confidence)
            })
            .unzip();
        Ok(RawLabels { label, confidence })
    }

    /// Why a label would be given to a text; spans in UTF-16.
    #[wasm_bindgen(js_name = explainLabel, unchecked_return_type = "LabelEvidence")]
    pub fn explain_label(&self, classifier: &RawClassifier, text: &str, label: &str) -> Answer<JsValue> {
        let evidence = self.predictor(classifier).and_then(|mut predictor| predictor.evidence(text, label));
        let mut evidence = evidence.map_err(refuse)?;
        evidence.to_utf16(text);
        to_js(&evidence)
    }

    /// Learns from a log of corrections.
    pub fn correct(&self, log: JsValue) -> Answer<RawCorrections> {
        let log = plain(log, "corrections").and_then(Correction::list_from_value).map_err(refuse)?;
        Ok(RawCorrections(self.corrections.keep(self.engine.correct(&log).map_err(refuse)?)))
    }
}

impl RawEngine {
    fn predictor<'c>(&'c self, classifier: &'c RawClassifier) -> Result<Predictor<'c>> {
        classifier.classifier.predictor(&self.engine)
    }
}

/// # Errors
/// [`Error::BatchTooLarge`] for more texts or bytes than one call may take.
pub(super) fn check(texts: &[String]) -> Result<()> {
    if texts.len() > MAX_BATCH_TEXTS {
        return Err(Error::BatchTooLarge { unit: "texts", limit: MAX_BATCH_TEXTS, actual: texts.len() });
    }
    let bytes = texts.iter().map(String::len).sum();
    if bytes > MAX_BATCH_BYTES {
        return Err(Error::BatchTooLarge { unit: "bytes", limit: MAX_BATCH_BYTES, actual: bytes });
    }
    Ok(())
}
