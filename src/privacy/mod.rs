//! Finds personal data and takes it out.
//!
//! Detectors look for structures that can be validated (check digits, number plans, host names),
//! on the normalised text, so that zero-width characters or full-width digits hide nothing; every
//! span points into the original. It finds patterns at the published rate and is no guarantee.

use serde::Serialize;

use crate::span::Span;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PiiType {
    Email,
    Phone,
    Card,
    Iban,
    /// A URL that carries credentials, a token or an e-mail address.
    UrlToken,
    Ip,
}

impl PiiType {
    pub const ALL: [PiiType; 6] =
        [PiiType::Email, PiiType::Phone, PiiType::Card, PiiType::Iban, PiiType::UrlToken, PiiType::Ip];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            PiiType::Email => "email",
            PiiType::Phone => "phone",
            PiiType::Card => "card",
            PiiType::Iban => "iban",
            PiiType::UrlToken => "url_token",
            PiiType::Ip => "ip",
        }
    }

    /// The type with this slug.
    pub fn from_slug(slug: &str) -> Option<PiiType> {
        PiiType::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// One piece of personal data found. The value itself is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pii {
    #[serde(rename = "type")]
    pub kind: PiiType,
    pub span: Span,
    /// Rank in 0..=1: how sure the structure makes it. Not a probability.
    pub certainty: f64,
    /// True when a check digit or registry rule was tested and held.
    pub validated: bool,
}

/// How a value is written in the redacted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// `[EMAIL]`
    #[default]
    Label,
    /// All but the last four letters or digits become `*`.
    Mask,
}

/// What to take out, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactOptions {
    pub mode: Mode,
    /// Kinds to take out.
    pub types: Vec<PiiType>,
    /// A longer text is refused, never cut: redaction fails closed.
    pub max_text_bytes: usize,
}

impl Default for RedactOptions {
    fn default() -> Self {
        RedactOptions {
            mode: Mode::Label,
            types: PiiType::ALL.to_vec(),
            max_text_bytes: crate::limits::DEFAULT_TEXT_BYTES,
        }
    }
}

/// A text without personal data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Redaction {
    pub text: String,
    /// What was taken out; spans point into the text given.
    pub pii: Vec<Pii>,
    pub counts: std::collections::BTreeMap<PiiType, usize>,
}
