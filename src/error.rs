//! One error type for everything the engine can refuse.
//!
//! No variant carries text of a message: an error names the field, the limit and the position,
//! so that it may be logged anywhere. Codes are stable; see [`Error::code`].

/// Why the engine refused. Stable codes, no input text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A text is longer than the limit that applies to the call.
    #[error("text of {actual} bytes is over the limit of {limit} bytes")]
    TextTooLarge { limit: usize, actual: usize },
    /// A batch holds more texts or bytes than one call may take.
    #[error("batch of {actual} {unit} is over the limit of {limit} {unit}")]
    BatchTooLarge { unit: &'static str, limit: usize, actual: usize },
    /// A model file cannot be used. `at` is the byte offset where reading stopped.
    #[error("model file refused at byte {at}: {what}")]
    Model { at: usize, what: &'static str },
    /// A classifier file cannot be used. `at` is the byte offset where reading stopped.
    #[error("classifier file refused at byte {at}: {what}")]
    Classifier { at: usize, what: &'static str },
    /// A policy cannot be used. `path` points into it, as in `rules[3].when.all[0].in[1]`.
    #[error("policy refused at {path}: {what}")]
    Policy { path: String, what: String },
    /// A taxonomy cannot be used. `path` points into it, as in `topics[3].rules[1].near.within`.
    #[error("taxonomy refused at {path}: {what}")]
    Taxonomy { path: String, what: String },
    /// Detectors of the caller's own that cannot be used. `path` points into them, as in `detectors[3].shapes[1]`.
    #[error("detectors refused at {path}: {what}")]
    Detectors { path: String, what: String },
    /// An inventory of data use that cannot be used. `path` points into it, as in `fields[3].purposes`.
    #[error("data use refused at {path}: {what}")]
    DataUse { path: String, what: String },
    /// JSON that does not parse. Lines and columns count from 1.
    #[error("{what} is not valid JSON at line {line}, column {column}")]
    Json { what: &'static str, line: usize, column: usize },
    /// A query that cannot be read. `at` and `end` are bytes of the query (UTF-16 code units in
    /// JavaScript): the place that was not understood.
    #[error("query refused at {at}: {what}")]
    Query { at: usize, end: usize, what: String },
    /// Saved themes that cannot be used. `at` is the byte offset where reading stopped.
    #[error("themes refused at byte {at}: {what}")]
    Themes { at: usize, what: &'static str },
    /// An option that does not exist or has a value out of range.
    #[error("option {name}: {what}")]
    Option { name: String, what: String },
    /// A field of a message or record with a value that cannot be used.
    #[error("field {field}: {what}")]
    Field { field: String, what: String },
}

impl Error {
    /// The stable code, the same in Rust, JavaScript, the CLI and the worker.
    pub fn code(&self) -> &'static str {
        match self {
            Error::TextTooLarge { .. } => "E_TEXT_TOO_LARGE",
            Error::BatchTooLarge { .. } => "E_BATCH_TOO_LARGE",
            Error::Model { .. } => "E_MODEL",
            Error::Classifier { .. } => "E_CLASSIFIER",
            Error::Policy { .. } => "E_POLICY",
            Error::Taxonomy { .. } => "E_TAXONOMY",
            Error::Detectors { .. } => "E_DETECTORS",
            Error::DataUse { .. } => "E_DATA_USE",
            Error::Json { .. } => "E_JSON",
            Error::Query { .. } => "E_QUERY",
            Error::Themes { .. } => "E_THEMES",
            Error::Option { .. } => "E_OPTION",
            Error::Field { .. } => "E_FIELD",
        }
    }
}

/// The result of everything that can refuse.
pub type Result<T> = std::result::Result<T, Error>;
