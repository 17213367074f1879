//! Guided next steps: what is to be done in a case, in which order, without asking for what is known.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::error::Result;
use crate::read::{Fields, refused};

const TABLE: &str = include_str!("workflows.txt");
/// Most steps of a workflow.
pub const MAX_STEPS: usize = 100;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkflowStep {
    pub id: String,
    /// Steps that come first.
    pub after: Vec<String>,
    /// Data it obtains. Known data make it superfluous; a step without is something to do.
    pub data: Vec<String>,
}

/// Steps with their preconditions: no cycle, every name there once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workflow {
    steps: Vec<WorkflowStep>,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    /// All it would obtain is known.
    Skipped,
    Ready,
    /// Another step comes first.
    Blocked,
}

/// One step of the guidance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GuidedStep {
    pub id: String,
    pub state: StepState,
    /// Data to ask for: what the step obtains and is not known.
    pub asks: Vec<String>,
    /// Steps that come first and are neither done nor skipped.
    pub waits_for: Vec<String>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guidance {
    pub steps: Vec<GuidedStep>,
    /// Steps that may be taken now.
    pub next: Vec<String>,
    /// Nothing is left.
    pub complete: bool,
}

impl Workflow {
    /// The built-in steps for a contact reason; `general` for any other.
    pub fn for_intent(intent: &str) -> Workflow {
        let steps = steps_of(intent);
        Workflow { steps: if steps.is_empty() { steps_of("general") } else { steps } }
    }

    /// Reads `[{id, after?, data?}]`, steps in any order.
    ///
    /// # Errors
    /// [`crate::Error::Field`] with the path: a step twice, an unknown step in `after`, a cycle, over [`MAX_STEPS`].
    pub fn from_value(value: Value, path: &str) -> Result<Workflow> {
        let Value::Array(list) = value else { return Err(refused(path, "must be a list of steps")) };
        if list.len() > MAX_STEPS {
            return Err(refused(path, "must hold at most 100 steps"));
        }
        let read = |(at, value)| {
            let mut input = Fields::at(value, &format!("{path}[{at}]"))?;
            let (after, data) = (input.keys("after")?, input.keys("data")?);
            let step = WorkflowStep { id: input.need_key("id")?, after, data };
            input.finish("id, after, data").map(|()| step)
        };
        let steps: Vec<WorkflowStep> = list.into_iter().enumerate().map(read).collect::<Result<_>>()?;
        check(&steps, path)?;
        Ok(Workflow { steps })
    }

    pub fn steps(&self) -> &[WorkflowStep] {
        &self.steps
    }

    /// What to do next when these data are known and these steps done. Steps done that the workflow does not have are
    /// refused. `O(steps^2)`.
    ///
    /// # Errors
    /// [`crate::Error::Field`] naming the place in `done`.
    pub fn next(&self, known: &[String], done: &[String]) -> Result<Guidance> {
        if let Some(at) = done.iter().position(|id| !self.steps.iter().any(|step| step.id == *id)) {
            return Err(refused(&format!("done[{at}]"), "is no step of the workflow"));
        }
        let skipped = |step: &WorkflowStep| !step.data.is_empty() && step.data.iter().all(|name| known.contains(name));
        let over = |step: &WorkflowStep| done.contains(&step.id) || skipped(step);
        let open = |id: &&String| self.steps.iter().any(|step| step.id == **id && !over(step));
        let guide = |step: &WorkflowStep| {
            let waits_for: Vec<String> = step.after.iter().filter(open).cloned().collect();
            let state = if done.contains(&step.id) {
                StepState::Done
            } else if skipped(step) {
                StepState::Skipped
            } else if waits_for.is_empty() {
                StepState::Ready
            } else {
                StepState::Blocked
            };
            let idle = over(step);
            let asks = step.data.iter().filter(|name| !idle && !known.contains(name)).cloned().collect();
            GuidedStep { id: step.id.clone(), state, asks, waits_for: if idle { Vec::new() } else { waits_for } }
        };
        let steps: Vec<GuidedStep> = self.steps.iter().map(guide).collect();
        let ready = |step: &&GuidedStep| step.state == StepState::Ready;
        let next = steps.iter().filter(ready).map(|step| step.id.clone()).collect();
        let complete = self.steps.iter().all(over);
        Ok(Guidance { steps, next, complete })
    }
}

fn steps_of(intent: &str) -> Vec<WorkflowStep> {
    let names = |list: &str| list.split(',').filter(|name| *name != "-").map(str::to_owned).collect();
    let read = |line: &str| {
        let mut fields = line.split(' ');
        let (of, id, after, data) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        (of == intent).then(|| WorkflowStep { id: id.to_owned(), after: names(after), data: names(data) })
    };
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(read).collect()
}

/// Names once, preconditions there, no cycle.
fn check(steps: &[WorkflowStep], path: &str) -> Result<()> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        if places.insert(&step.id, at).is_some() {
            return Err(refused(&format!("{path}[{at}].id"), "stands twice"));
        }
    }
    for (at, step) in steps.iter().enumerate() {
        if let Some(name) = step.after.iter().position(|name| !places.contains_key(name.as_str())) {
            return Err(refused(&format!("{path}[{at}].after[{name}]"), "is no step of the workflow"));
        }
    }
    // Takes away steps whose preconditions are gone; what is left goes round in a circle.
    let mut gone = vec![false; steps.len()];
    let is_gone =
        |gone: &[bool], name: &String| places.get(name.as_str()).is_some_and(|at| gone.get(*at) == Some(&true));
    for _ in steps {
        for (at, step) in steps.iter().enumerate() {
            let free = step.after.iter().all(|name| is_gone(&gone, name));
            if let Some(flag) = gone.get_mut(at).filter(|_| free) {
                *flag = true;
            }
        }
    }
    match gone.iter().position(|gone| !gone) {
        Some(at) => Err(refused(&format!("{path}[{at}].after"), "waits for itself, over other steps")),
        None => Ok(()),
    }
}

/// Reads `{intent? | workflow?, known?, done?}` and gives the next steps.
///
/// # Errors
/// [`crate::Error::Field`] naming the field.
pub fn guidance_of_value(value: Value) -> Result<Guidance> {
    let mut input = Fields::at(value, "")?;
    let intent = input.key("intent")?;
    let workflow = match input.value("workflow") {
        Some(_) if intent.is_some() => return Err(input.refuse("workflow", "stands beside intent; give one of them")),
        Some(own) => Workflow::from_value(own, "workflow")?,
        None => Workflow::for_intent(intent.as_deref().unwrap_or("general")),
    };
    let (known, done) = (input.keys("known")?, input.keys("done")?);
    input.finish("intent, workflow, known, done")?;
    workflow.next(&known, &done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Intent;
    use std::collections::BTreeSet;

    #[test]
    fn every_contact_reason_has_steps_without_faults() {
        let named: BTreeSet<&str> =
            TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(' ').next()).collect();
        let known: BTreeSet<&str> = Intent::ALL.iter().map(|intent| intent.slug()).chain(["general"]).collect();
        assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
        for intent in Intent::ALL.iter().map(|intent| intent.slug()).chain(["general"]) {
            let steps = steps_of(intent);
            assert!(!steps.is_empty() || intent == "none", "{intent}");
            check(&steps, intent).unwrap();
        }
    }
}
