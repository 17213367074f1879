//! Policies: ordered rules in JSON, checked and compiled once.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::condition::Condition;
use super::json::Json;
use super::phrases::{PhraseBuilder, PhraseSet};
use super::read::{self, At};
use crate::error::Result;

/// Longest policy, in bytes of JSON.
pub const MAX_POLICY_BYTES: usize = 64 * 1024;
/// Most rules in a policy.
pub const MAX_RULES: usize = 1_000;
/// Deepest nesting of conditions; `when` itself is 1.
pub const MAX_DEPTH: usize = 16;
/// Longest `id`, `version` and `queue`, in characters.
pub const MAX_NAME_CHARS: usize = 100;
/// Longest phrase of `textContains`, in characters.
pub const MAX_PHRASE_CHARS: usize = 200;
/// Longest `respondWithinMinutes`: a year.
pub const MAX_DEADLINE_MINUTES: u32 = 525_600;

/// What to do about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Answer the question.
    Answer,
    /// Solve the problem.
    Resolve,
    /// Make the praise heard further.
    Amplify,
    Thank,
    /// Talk to someone torn or mildly disappointed.
    Engage,
    /// Try to keep someone who is leaving.
    Retain,
    /// Hand to a person at once.
    Escalate,
    /// Let a person look; no reply is owed yet.
    Review,
    Ignore,
    Block,
}

impl Action {
    pub const ALL: [Action; 10] = [
        Action::Answer,
        Action::Resolve,
        Action::Amplify,
        Action::Thank,
        Action::Engage,
        Action::Retain,
        Action::Escalate,
        Action::Review,
        Action::Ignore,
        Action::Block,
    ];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Action::Answer => "answer",
            Action::Resolve => "resolve",
            Action::Amplify => "amplify",
            Action::Thank => "thank",
            Action::Engage => "engage",
            Action::Retain => "retain",
            Action::Escalate => "escalate",
            Action::Review => "review",
            Action::Ignore => "ignore",
            Action::Block => "block",
        }
    }
}

/// Whether a person confirms the decision first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionMode {
    /// A person decides; the decision is a proposal.
    #[default]
    Suggest,
    /// May be carried out at once; only where a rule says so.
    Automate,
}

impl DecisionMode {
    pub const ALL: [DecisionMode; 2] = [DecisionMode::Suggest, DecisionMode::Automate];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            DecisionMode::Suggest => "suggest",
            DecisionMode::Automate => "automate",
        }
    }
}

/// What a rule decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Then {
    pub action: Action,
    pub queue: String,
    pub priority: u8,
    pub respond_within_minutes: Option<u32>,
    pub mode: DecisionMode,
}

/// One rule. Only the default rule has no condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    pub id: String,
    pub when: Option<Condition>,
    pub then: Then,
}

/// A checked policy: an ordered list of rules of which the first that holds decides, and a default.
#[derive(Debug, Clone)]
pub struct Policy {
    id: String,
    version: String,
    rules: Vec<Rule>,
    default: Rule,
    phrases: PhraseSet,
}

impl Policy {
    /// Reads and checks a policy. `O(bytes)`, once per policy.
    ///
    /// # Errors
    /// [`Error::Json`](crate::Error::Json) with line and column when it is not JSON;
    /// [`Error::Policy`](crate::Error::Policy) with the path of the first fault, such as
    /// `rules[3].when.all[0].sentiment[1]` (`$` is the policy as a whole), for: an unknown, doubled
    /// or missing key, an unknown label, a wrong type, a number out of range, an empty list or
    /// text, a rule id used twice, a rule that can never be reached, no default rule, and more
    /// than [`MAX_POLICY_BYTES`], [`MAX_RULES`], [`MAX_DEPTH`], [`MAX_NAME_CHARS`] or
    /// [`MAX_PHRASE_CHARS`].
    pub fn from_json(json: &str) -> Result<Policy> {
        let root = At::ROOT;
        if json.len() > MAX_POLICY_BYTES {
            let what = format!("has {} bytes, over the limit of {MAX_POLICY_BYTES}", json.len());
            return Err(root.refuse(what));
        }
        let json = Json::read(json, "policy")?;
        let fields = read::object(&json, &root, &["id", "version", "rules"])?;
        let name = |key| read::text(read::required(fields, &root, key)?, &root.key(key), MAX_NAME_CHARS);
        let (id, version) = (name("id")?.to_owned(), name("version")?.to_owned());

        let at = root.key("rules");
        let items = read::list(read::required(fields, &root, "rules")?, &at)?;
        if items.len() > MAX_RULES {
            return Err(at.refuse(format!("has {} rules, over the limit of {MAX_RULES}", items.len())));
        }
        let mut phrases = PhraseBuilder::default();
        let mut seen: HashMap<String, usize> = HashMap::with_capacity(items.len());
        let mut rules: Vec<Rule> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let at = at.index(index);
            if let Some(last) = rules.last().filter(|rule| rule.when.is_none()) {
                let what = format!("can never be reached: rule {} before it has no `when`", read::quote(&last.id));
                return Err(at.refuse(what));
            }
            let rule = read_rule(item, &at, &mut phrases)?;
            if let Some(first) = seen.insert(rule.id.clone(), index) {
                return Err(at.key("id").refuse(format!("already the id of rules[{first}]")));
            }
            rules.push(rule);
        }
        match rules.pop() {
            Some(default) if default.when.is_none() => {
                Ok(Policy { id, version, rules, default, phrases: phrases.build() })
            }
            _ => Err(at.refuse("the default is missing: the last rule must have no `when`")),
        }
    }

    /// The policy's own name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The policy's own version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Ids of the rules in their order; the default is the last.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().chain([&self.default]).map(|rule| rule.id.as_str())
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub(super) fn default_rule(&self) -> &Rule {
        &self.default
    }

    pub(super) fn phrases(&self) -> &PhraseSet {
        &self.phrases
    }
}

fn read_rule(json: &Json, at: &At, phrases: &mut PhraseBuilder) -> Result<Rule> {
    let fields = read::object(json, at, &["id", "when", "then"])?;
    let id = read::text(read::required(fields, at, "id")?, &at.key("id"), MAX_NAME_CHARS)?.to_owned();
    let when = match read::optional(fields, "when") {
        Some(when) => Some(Condition::read(when, &at.key("when"), 1, phrases)?),
        None => None,
    };
    let then = read_then(read::required(fields, at, "then")?, &at.key("then"))?;
    Ok(Rule { id, when, then })
}

fn read_then(json: &Json, at: &At) -> Result<Then> {
    let fields = read::object(json, at, &["action", "queue", "priority", "respondWithinMinutes", "mode"])?;
    let action = read::label(read::required(fields, at, "action")?, &at.key("action"), &Action::ALL, Action::slug)?;
    let queue = read::text(read::required(fields, at, "queue")?, &at.key("queue"), MAX_NAME_CHARS)?.to_owned();
    let priority = read::whole(read::required(fields, at, "priority")?, &at.key("priority"), 1, 4)? as u8;
    let respond_within_minutes = match read::optional(fields, "respondWithinMinutes") {
        Some(value) => Some(read::whole(value, &at.key("respondWithinMinutes"), 1, MAX_DEADLINE_MINUTES)?),
        None => None,
    };
    let mode = match read::optional(fields, "mode") {
        Some(value) => read::label(value, &at.key("mode"), &DecisionMode::ALL, DecisionMode::slug)?,
        None => DecisionMode::default(),
    };
    Ok(Then { action, queue, priority, respond_within_minutes, mode })
}

/// The JSON of [`default_policy`].
pub const DEFAULT_POLICY_JSON: &str = include_str!("default_policy.json");

/// The policy used where the caller brings none; its rules are explained in
/// docs/design/triage.md. Compiled on first use.
pub fn default_policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    // Part of the crate and read by its tests: no input from outside can make this fail.
    POLICY.get_or_init(|| Policy::from_json(DEFAULT_POLICY_JSON).expect("the default policy is valid"))
}
