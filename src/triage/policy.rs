//! Policies: ordered rules in JSON, checked and compiled once.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::action::{Action, DecisionMode, ToneHint};
use super::condition::Condition;
use super::json::Json;
use super::phrases::{PhraseBuilder, PhraseSet};
use super::read::{self, At};
use crate::analysis::Intent;
use crate::error::Result;

/// Longest policy, in bytes of JSON.
pub const MAX_POLICY_BYTES: usize = 256 * 1024;
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

/// What a rule decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Then {
    pub action: Action,
    pub queue: String,
    pub priority: u8,
    pub respond_within_minutes: Option<u32>,
    pub mode: DecisionMode,
    pub tone: Option<ToneHint>,
    /// What must be known to solve it, by the names of [`Condition::Has`].
    pub needs: Vec<String>,
    /// Outbound messages to the customer wait until the case is settled.
    pub hold: bool,
}

/// From which confidence on an intent is suggested, and from which it may be acted on without a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// By the place of the intent in [`Intent::ALL`]: suggest, automate.
    by_intent: [(f64, f64); Intent::ALL.len()],
}

impl Default for Thresholds {
    /// Every intent counts, and none is too unsure for a rule that automates.
    fn default() -> Self {
        Thresholds { by_intent: [(0.0, 0.0); Intent::ALL.len()] }
    }
}

impl Thresholds {
    fn of(&self, intent: Intent) -> (f64, f64) {
        let place = Intent::ALL.iter().position(|one| *one == intent);
        place.and_then(|place| self.by_intent.get(place)).copied().unwrap_or_default()
    }

    /// Least confidence, 0..=1, from which the intent counts in conditions.
    pub fn suggest(&self, intent: Intent) -> f64 {
        self.of(intent).0
    }

    /// Least confidence, 0..=1, from which a rule may automate.
    pub fn automate(&self, intent: Intent) -> f64 {
        self.of(intent).1
    }
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
    thresholds: Thresholds,
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
        let fields = read::object(&json, &root, &["$schema", "id", "version", "thresholds", "rules"])?;
        let name = |key| read::text(read::required(fields, &root, key)?, &root.key(key), MAX_NAME_CHARS);
        let (id, version) = (name("id")?.to_owned(), name("version")?.to_owned());

        let thresholds = match read::optional(fields, "thresholds") {
            Some(json) => read_thresholds(json, &root.key("thresholds"))?,
            None => Thresholds::default(),
        };
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
                Ok(Policy { id, version, rules, default, thresholds, phrases: phrases.build() })
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

    /// How sure an intent must be.
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
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
    let known = ["action", "queue", "priority", "respondWithinMinutes", "mode", "toneHint", "needs", "hold"];
    let fields = read::object(json, at, &known)?;
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
    let tone = match read::optional(fields, "toneHint") {
        Some(value) => Some(read::label(value, &at.key("toneHint"), &ToneHint::ALL, ToneHint::slug)?),
        None => None,
    };
    let mut needs = Vec::new();
    if let Some(value) = read::optional(fields, "needs") {
        let at = at.key("needs");
        for (index, item) in read::list(value, &at)?.iter().enumerate() {
            needs.push(read::text(item, &at.index(index), MAX_NAME_CHARS)?.to_owned());
        }
    }
    let hold = match read::optional(fields, "hold") {
        Some(value) => read::boolean(value, &at.key("hold"))?,
        None => false,
    };
    Ok(Then { action, queue, priority, respond_within_minutes, mode, tone, needs, hold })
}

/// `{intent: {label: {suggest, automate}}}`.
fn read_thresholds(json: &Json, at: &At) -> Result<Thresholds> {
    let mut thresholds = Thresholds::default();
    let fields = read::object(json, at, &["intent"])?;
    let at = at.key("intent");
    let labels = Intent::ALL.map(Intent::slug);
    let items = read::object(read::required(fields, &at, "intent")?, &at, &labels)?;
    for (label, bounds) in items {
        let at = at.key(label);
        let fields = read::object(bounds, &at, &["suggest", "automate"])?;
        let bound =
            |key| read::optional(fields, key).map(|value| read::number(value, &at.key(key), 0.0, 1.0)).transpose();
        let suggest = bound("suggest")?.unwrap_or(0.0);
        let automate = bound("automate")?.unwrap_or(suggest);
        if automate < suggest {
            return Err(at.key("automate").refuse("must not be below suggest"));
        }
        let place = Intent::ALL.iter().position(|intent| intent.slug() == label);
        if let Some(slot) = place.and_then(|place| thresholds.by_intent.get_mut(place)) {
            *slot = (suggest, automate);
        }
    }
    Ok(thresholds)
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
