//! Turns an analysed message into a decision, by a policy.
//!
//! A [`Policy`] is an ordered list of rules in JSON; the first rule whose condition holds decides
//! ([`decide`]). Rules read labels, ratings, channels and listed phrases, never capitals or
//! exclamation marks. [`default_policy`] is the policy used where the caller brings none. The
//! language, the matching of phrases and the default rules are described in docs/design/triage.md.
//!
//! Around single messages: [`cases`] groups them, [`clock`] knows until when to answer, [`pause`] stops publishing,
//! [`returns`] leads back to those who asked, [`channels`] knows the platforms (docs/design/cases.md).
//! What is said then comes from [`replies`], is looked at by [`outbound`] and judged by [`variants`]; [`governance`] says
//! who may say it.

mod action;
mod ask;
pub mod cases;
pub mod channels;
pub mod clock;
mod condition;
mod conditions;
mod decide;
pub mod governance;
pub(crate) mod json;
mod labels;
mod lint;
pub mod outbound;
pub mod pause;
mod phrases;
mod policy;
pub(crate) mod read;
pub mod replies;
pub mod returns;
mod said;
mod situation;
mod thresholds;
pub mod variants;
mod words;

pub use action::{Action, DecisionMode, ToneHint};
pub use ask::ask;
pub use condition::is_public;
pub use decide::{
    Decision, Difference, Outcome, PolicyName, Reason, RedactionError, Window, decide, decide_in, difference, outcome,
};
pub use lint::{PolicyFault, PolicyFinding, lint};
pub use policy::{
    DEFAULT_POLICY_JSON, MAX_DEADLINE_MINUTES, MAX_DEPTH, MAX_NAME_CHARS, MAX_PHRASE_CHARS, MAX_POLICY_BYTES,
    MAX_RULES, Policy, Thresholds, default_policy,
};
pub use situation::{CustomerState, Situation};
pub use thresholds::{Choice, Costs, Judged, Line, choose};
