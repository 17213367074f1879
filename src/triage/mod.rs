//! Turns an analysed message into a decision, by a policy.
//!
//! A [`Policy`] is an ordered list of rules in JSON; the first rule whose condition holds decides
//! ([`decide`]). Rules read labels, ratings, channels and listed phrases, never capitals or
//! exclamation marks. [`default_policy`] is the policy used where the caller brings none. The
//! language, the matching of phrases and the default rules are described in docs/design/triage.md.

mod condition;
mod decide;
pub(crate) mod json;
mod phrases;
mod policy;
pub(crate) mod read;
mod words;

pub use condition::is_public;
pub use decide::{Decision, PolicyName, Reason, RedactionError, decide};
pub use policy::{
    Action, DEFAULT_POLICY_JSON, DecisionMode, MAX_DEADLINE_MINUTES, MAX_DEPTH, MAX_NAME_CHARS, MAX_PHRASE_CHARS,
    MAX_POLICY_BYTES, MAX_RULES, Policy, default_policy,
};
