//! What was decided and taken out, in counts: no value ever enters.

use serde::Serialize;

use super::{Decision, Inventory, Step, Use};
use crate::privacy::options::Counts;
use crate::privacy::records::PART;

/// Most rows of one ledger; what comes after counts under `(other)`.
const MAX_ROWS: usize = 10_000;
const OTHER: &str = "(other)";
/// A field or purpose that the inventory does not name: its name may be anything, so it is not kept.
const UNLISTED: &str = "(unlisted)";

/// Counts of decisions and of what was taken out. Two can be merged, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By field, purpose, verdict, missing step, destination and origin, parted by [`PART`].
    rows: Counts,
    /// By destination and type.
    removed: Counts,
}

/// How often one thing was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerRow<'l> {
    pub field: &'l str,
    pub origin: &'l str,
    pub purpose: &'l str,
    pub destination: &'l str,
    /// As in [`Decision`].
    pub verdict: &'l str,
    pub missing: Option<&'l str>,
    pub count: usize,
}

/// How many pieces of a type were taken out on the way to a destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemovedRow<'l> {
    pub destination: &'l str,
    #[serde(rename = "type")]
    pub kind: &'l str,
    pub count: usize,
}

impl Ledger {
    pub fn new() -> Ledger {
        Ledger::default()
    }

    /// Counts decisions about one record. Names that `inventory` does not list are counted as `(unlisted)`.
    pub fn add(&mut self, inventory: &Inventory, usage: &Use, decisions: &[Decision]) {
        let purpose = listed(&usage.purpose, inventory.records.iter().flat_map(|record| &record.purposes));
        let destination = destination(inventory, &usage.destination);
        for one in decisions {
            let record = inventory.record(&one.field).map(|(_, record)| record);
            let field = record.map_or(UNLISTED, |record| record.field.as_str());
            let origin = record.map_or(UNLISTED, |record| record.origin.as_str());
            let missing = one.missing.map_or("", Step::slug);
            let mut key = joined(&[field, purpose, one.verdict, missing, destination, origin]);
            if self.rows.len() >= MAX_ROWS && !self.rows.contains_key(&key) {
                key = joined(&[OTHER, OTHER, one.verdict, missing, OTHER, OTHER]);
            }
            *self.rows.entry(key).or_insert(0) += 1;
        }
    }

    /// Counts what a redaction took out on the way to the destination of a use.
    pub fn add_removed(&mut self, inventory: &Inventory, usage: &Use, counts: &Counts) {
        for (kind, count) in counts {
            let key = joined(&[destination(inventory, &usage.destination), kind]);
            *self.removed.entry(key).or_insert(0) += count;
        }
    }

    /// Adds what another ledger counted.
    pub fn merge(&mut self, other: &Ledger) {
        other.rows.iter().for_each(|(key, count)| *self.rows.entry(key.clone()).or_insert(0) += count);
        other.removed.iter().for_each(|(key, count)| *self.removed.entry(key.clone()).or_insert(0) += count);
    }

    /// What came in, why, and what was decided, by field.
    pub fn rows(&self) -> Vec<LedgerRow<'_>> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (key, count) in &self.rows {
            let mut parts = key.split(PART);
            let mut part = || parts.next().unwrap_or("");
            let (field, purpose, verdict, missing) = (part(), part(), part(), part());
            let missing = Some(missing).filter(|step| !step.is_empty());
            let (destination, origin) = (part(), part());
            rows.push(LedgerRow { field, origin, purpose, destination, verdict, missing, count: *count });
        }
        rows
    }

    /// What was taken out, by destination and type.
    pub fn removed(&self) -> Vec<RemovedRow<'_>> {
        let mut rows = Vec::with_capacity(self.removed.len());
        for (key, count) in &self.removed {
            let (destination, kind) = key.split_once(PART).unwrap_or((key, ""));
            rows.push(RemovedRow { destination, kind, count: *count });
        }
        rows
    }
}

/// The parts as one key; a name that holds the separator itself gets a space for it.
fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| part.replace(PART, " ")).collect::<Vec<String>>().join(PART)
}

fn destination<'u>(inventory: &Inventory, name: &'u str) -> &'u str {
    listed(name, inventory.records.iter().flat_map(|record| &record.destinations))
}

/// `name` where it is one of `known`.
fn listed<'u, 'k>(name: &'u str, mut known: impl Iterator<Item = &'k String>) -> &'u str {
    if known.any(|one| one == name) { name } else { UNLISTED }
}
