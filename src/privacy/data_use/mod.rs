//! Where data comes from, what for, and where it goes: checked at the moment of use, and counted.
//!
//! Every field has a record: its origin, its purposes, the outcome hoped for, the insight drawn, and the
//! destinations. A use that the records, or the consent of the person, do not cover is redacted, refused or kept, as the
//! policy says; the ledger counts what was decided, and holds no values.

mod check;
mod form;
mod ledger;
mod parse;

use serde::Serialize;

use super::DataClass;
pub use check::{Consent, Decision, Use};
pub use form::{FormField, FormFinding};
pub use ledger::{Ledger, LedgerRow, RemovedRow};

/// Most records of one inventory.
pub const MAX_RECORDS: usize = 1_000;
/// Longest name in an inventory or a use, in characters.
pub const MAX_NAME_CHARS: usize = 128;

/// What to do with a field whose use is not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// It goes on without personal data.
    Redact,
    /// It does not go on.
    Refuse,
    /// It goes on as it is, and the ledger says so.
    Keep,
}

impl Handling {
    const ALL: [Handling; 3] = [Handling::Redact, Handling::Refuse, Handling::Keep];

    fn slug(self) -> &'static str {
        ["redact", "refuse", "keep"][self as usize]
    }
}

/// What is missing for a use, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The field has no record.
    Record,
    /// The record does not say where the field comes from.
    Origin,
    /// The purpose is not one the field was taken for.
    Purpose,
    /// The record does not say what outcome is hoped for.
    Outcome,
    /// The record does not say what is learned.
    Insight,
    /// The destination is not one the field may go to.
    Destination,
    /// There is no consent to the purpose in force.
    Consent,
}

impl Step {
    const ALL: [Step; 7] =
        [Step::Record, Step::Origin, Step::Purpose, Step::Outcome, Step::Insight, Step::Destination, Step::Consent];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        ["record", "origin", "purpose", "outcome", "insight", "destination", "consent"][self as usize]
    }
}

/// The record of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    field: String,
    origin: String,
    purposes: Vec<String>,
    outcome: String,
    insight: String,
    destinations: Vec<String>,
    class: Option<DataClass>,
    needs_consent: bool,
}

/// The records of all fields, and what to do where they do not cover a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    id: String,
    records: Vec<Record>,
    /// By [`Step`].
    policy: [Handling; 7],
}

impl Inventory {
    /// The id of the inventory, as in its JSON.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn record(&self, field: &str) -> Option<(usize, &Record)> {
        self.records.iter().enumerate().find(|(_, record)| record.field == field)
    }
}
