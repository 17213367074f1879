//! Which fields of a form are not needed for what it is for.

use serde::Serialize;

use super::{Inventory, Step};
use crate::privacy::{DataClass, PiiType, classify_field};

/// A field that a form asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    pub name: String,
    pub required: bool,
}

/// What is thought of one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormFinding {
    pub field: String,
    /// `justified`, `unjustified`, or `ask` where it is not known what the field holds.
    pub verdict: &'static str,
    /// What no record says; `None` when justified.
    pub missing: Option<Step>,
    /// The form cannot be sent without it.
    pub required: bool,
    pub class: Option<DataClass>,
    #[serde(rename = "type")]
    pub kind: Option<PiiType>,
}

impl Inventory {
    /// Which of `fields` a form for `purpose` has a reason to ask for: those whose record names the purpose. Attitudes
    /// and descriptions without a record are worth a question, identity and behaviour without one are unjustified.
    /// `O(fields * records)`.
    pub fn check_form(&self, fields: &[FormField], purpose: &str) -> Vec<FormFinding> {
        let finding = |field: &FormField| {
            let found = classify_field(&field.name, None);
            let record = self.record(&field.name).map(|(_, record)| record);
            let class = record.and_then(|record| record.class).or(found.class);
            let is_personal = matches!(class, Some(DataClass::Identity | DataClass::Behavioural));
            let (verdict, missing) = match record {
                Some(record) if record.purposes.iter().any(|one| one == purpose) => ("justified", None),
                Some(_) => ("unjustified", Some(Step::Purpose)),
                None if is_personal => ("unjustified", Some(Step::Record)),
                None => ("ask", Some(Step::Record)),
            };
            FormFinding {
                field: field.name.clone(),
                verdict,
                missing,
                required: field.required,
                class,
                kind: found.kind,
            }
        };
        fields.iter().map(finding).collect()
    }
}
