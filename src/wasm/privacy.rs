//! Redaction and data use for JavaScript.

use std::sync::OnceLock;

use wasm_bindgen::prelude::*;

use super::RawEngine;
use super::convert::{Answer, plain, refuse, to_js};
use crate::error::{Error, Result};
use crate::privacy::data_use::{FormField, Inventory, Ledger, Use};
use crate::privacy::{self, Counts, FieldRules, RedactOptions, Redaction, Redactor, Session, StreamState};

/// A redaction of `text` with spans in UTF-16. Undefined where nothing was taken out: the caller has the text, unless
/// half a surrogate pair became another character on the way.
fn answer(redaction: Result<Redaction>, text: &str) -> Answer<JsValue> {
    let mut redaction = redaction.map_err(refuse)?;
    if redaction.pii.is_empty() && !text.contains('\u{FFFD}') {
        return Ok(JsValue::UNDEFINED);
    }
    redaction.to_utf16(text);
    to_js(&redaction)
}

#[wasm_bindgen]
impl RawEngine {
    /// Takes personal data out of a text; spans in UTF-16. Nothing where the text stays as it is.
    #[wasm_bindgen(unchecked_return_type = "Redaction | undefined")]
    pub fn redact(&self, text: &str, options: JsValue) -> Answer<JsValue> {
        if options.is_undefined() {
            static USUAL: OnceLock<Redactor> = OnceLock::new();
            let usual = USUAL.get_or_init(Redactor::default);
            return answer(usual.redact(text, &mut Session::new()), text);
        }
        let options = plain(options, "options").and_then(RedactOptions::from_value).map_err(refuse)?;
        answer(privacy::redact(text, &options), text)
    }

    /// A redactor with a session of its own; with `vault` it keeps what its pseudonyms stand for.
    pub fn redactor(&self, options: JsValue, vault: bool) -> Answer<RawRedactor> {
        let made = || -> Result<RawRedactor> {
            let (options, rules) = privacy::record_options(plain(options, "options")?)?;
            let session = if vault { Session::with_vault() } else { Session::new() };
            let stream = StreamState::default();
            Ok(RawRedactor { redactor: Redactor::new(options)?, rules, session, stream })
        };
        made().map_err(refuse)
    }

    /// What a field holds, by its name or a sample.
    #[wasm_bindgen(js_name = classifyField, unchecked_return_type = "FieldClass")]
    pub fn classify_field(&self, name: &str, sample: Option<String>) -> Answer<JsValue> {
        to_js(&privacy::classify_field(name, sample.as_deref()))
    }

    /// Reads an inventory of data use from JSON text.
    #[wasm_bindgen(js_name = dataUse)]
    pub fn data_use(&self, json: &str) -> Answer<RawDataUse> {
        Ok(RawDataUse { inventory: Inventory::from_json(json).map_err(refuse)?, ledger: Ledger::new() })
    }
}

/// Options ready for many texts, with the numbers of a session and one stream.
#[wasm_bindgen]
pub struct RawRedactor {
    redactor: Redactor,
    rules: FieldRules,
    session: Session,
    stream: StreamState,
}

#[wasm_bindgen]
impl RawRedactor {
    #[wasm_bindgen(unchecked_return_type = "Redaction | undefined")]
    pub fn redact(&mut self, text: &str) -> Answer<JsValue> {
        answer(self.redactor.redact(text, &mut self.session), text)
    }

    #[wasm_bindgen(unchecked_return_type = "RecordRedaction")]
    pub fn json(&mut self, json: &str) -> Answer<JsValue> {
        to_js(&self.redactor.redact_json(json, &self.rules, &mut self.session).map_err(refuse)?)
    }

    #[wasm_bindgen(unchecked_return_type = "RecordRedaction")]
    pub fn csv(&mut self, csv: &str, delimiter: char) -> Answer<JsValue> {
        to_js(&self.redactor.redact_csv(csv, delimiter, &self.rules, &mut self.session).map_err(refuse)?)
    }

    /// Takes a piece of a long text; gives what is certain by now.
    pub fn push(&mut self, piece: &str) -> Answer<String> {
        self.stream.push(&self.redactor, piece, &mut self.session).map_err(refuse)
    }

    /// The rest of the long text and the counts of all of it.
    #[wasm_bindgen(unchecked_return_type = "[string, Record<string, number>]")]
    pub fn finish(&mut self) -> Answer<JsValue> {
        let rest = self.stream.finish(&self.redactor, &mut self.session);
        let counts = self.stream.counts().clone();
        self.stream = StreamState::default();
        to_js(&(rest.map_err(refuse)?, counts))
    }

    /// What the pseudonyms so far stand for.
    #[wasm_bindgen(unchecked_return_type = "VaultEntry[]")]
    pub fn vault(&self) -> Answer<JsValue> {
        to_js(&self.session.vault())
    }

    /// What is wrong or doubtful about the detectors.
    #[wasm_bindgen(unchecked_return_type = "DetectorFinding[]")]
    pub fn lint(&self) -> Answer<JsValue> {
        to_js(&self.redactor.lint())
    }
}

/// Records of fields, and the ledger of what was decided by them.
#[wasm_bindgen]
pub struct RawDataUse {
    inventory: Inventory,
    ledger: Ledger,
}

#[wasm_bindgen]
impl RawDataUse {
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.inventory.id().to_string()
    }

    /// What to do with each field in a use; counted.
    #[wasm_bindgen(unchecked_return_type = "UseDecision[]")]
    pub fn check(&mut self, fields: Vec<String>, usage: JsValue) -> Answer<JsValue> {
        let usage = plain(usage, "use").and_then(Use::from_value).map_err(refuse)?;
        let decisions = self.inventory.check(&fields, &usage);
        self.ledger.add(&self.inventory, &usage, &decisions);
        to_js(&decisions)
    }

    /// Counts what was taken out on the way to the destination of a use.
    pub fn removed(&mut self, usage: JsValue, counts: JsValue) -> Answer<()> {
        let usage = plain(usage, "use").and_then(Use::from_value).map_err(refuse)?;
        let wrong = |_| Error::Field { field: "counts".into(), what: "must be counts by type".into() };
        let counts = plain(counts, "counts").and_then(|counts| serde_json::from_value::<Counts>(counts).map_err(wrong));
        self.ledger.add_removed(&self.inventory, &usage, &counts.map_err(refuse)?);
        Ok(())
    }

    /// Which fields of a form have a reason.
    #[wasm_bindgen(unchecked_return_type = "FormFinding[]")]
    pub fn form(&self, fields: JsValue, purpose: &str) -> Answer<JsValue> {
        let fields = plain(fields, "fields").and_then(FormField::list_from_value).map_err(refuse)?;
        to_js(&self.inventory.check_form(&fields, purpose))
    }

    /// Adds what another ledger counted.
    pub fn merge(&mut self, other: &RawDataUse) {
        self.ledger.merge(&other.ledger);
    }

    /// Everything counted so far.
    #[wasm_bindgen(unchecked_return_type = "LedgerReport")]
    pub fn ledger(&self) -> Answer<JsValue> {
        to_js(&serde_json::json!({ "rows": self.ledger.rows(), "removed": self.ledger.removed() }))
    }
}
