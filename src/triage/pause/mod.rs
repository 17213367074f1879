//! The button that stops publishing: pauses with scope, end and reason, which refuse what goes out while they hold.
//!
//! Pauses are data of the caller; nothing is kept here. [`check`] answers for one item, [`recommend`] proposes pauses
//! for alerts, [`compliance`] counts over what went out. Nothing pauses by itself. Rules: docs/design/cases.md.

mod compliance;
mod recommend;
mod scope;

pub use compliance::{Breach, Compliance, PublishedItem, compliance, compliance_of_value};
pub use recommend::{Alert, AlertLevel, Recommendation, recommend, recommend_of_value};
pub use scope::{Outbound, OutboundKind, PauseScope};

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

use crate::error::Result;
use crate::order::Sorted;
use crate::read::{Fields, refused};

/// Most pauses, items or alerts in one call.
pub const MAX_PAUSES: usize = 10_000;

/// One stop of publishing. It goes out in the form it comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pause {
    pub id: String,
    pub scope: PauseScope,
    /// A stable word or a sentence of the team; never shown to customers.
    pub reason: String,
    #[serde(rename = "from")]
    pub from_ms: i64,
    /// Absent: until somebody resumes.
    #[serde(rename = "until", skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<i64>,
    /// When somebody ended it by hand.
    #[serde(rename = "resumedAt", skip_serializing_if = "Option::is_none")]
    pub resumed_ms: Option<i64>,
}

/// Where a pause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseState {
    Scheduled,
    Active,
    /// Its time was over.
    Ended,
    /// Somebody ended it, or called it off before it began.
    Resumed,
}

/// Whether an item may go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundAnswer {
    pub id: String,
    pub publish: bool,
    /// Ids of the pauses that refuse it, by their beginning.
    pub pauses: Vec<String>,
    /// Reason of the first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When all of them are over; absent where one has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumes_ms: Option<i64>,
}

/// Something that happened to a pause, or will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PauseEvent {
    pub at_ms: i64,
    pub pause: String,
    /// The state it went into.
    pub state: PauseState,
    /// It lies after now.
    pub planned: bool,
}

impl Pause {
    /// Reads `{id, reason, from, until?, resumedAt?, scope?}`.
    ///
    /// # Errors
    /// [`crate::Error::Field`] with the path: an end that is not after the beginning.
    pub fn from_value(value: Value, path: &str) -> Result<Pause> {
        Pause::read(Fields::at(value, path)?)
    }

    fn read(mut input: Fields) -> Result<Pause> {
        let pause = Pause {
            id: input.need_key("id")?,
            reason: input.need_key("reason")?,
            from_ms: input.need_time("from")?,
            until_ms: input.time("until")?,
            resumed_ms: input.time("resumedAt")?,
            scope: input.object("scope")?.map(PauseScope::read).transpose()?.unwrap_or_default(),
        };
        if pause.until_ms.is_some_and(|until| until <= pause.from_ms) {
            return Err(input.refuse("until", "must be later than from"));
        }
        input.finish("id, reason, from, until, resumedAt, scope")?;
        Ok(pause)
    }

    /// First moment at which it holds no more; `None` without end.
    fn end(&self) -> Option<i64> {
        self.until_ms.into_iter().chain(self.resumed_ms).min()
    }

    pub fn state(&self, at_ms: i64) -> PauseState {
        if self.resumed_ms.is_some_and(|resumed| resumed <= at_ms && self.until_ms.is_none_or(|until| resumed < until))
        {
            PauseState::Resumed
        } else if at_ms < self.from_ms {
            PauseState::Scheduled
        } else if self.until_ms.is_some_and(|until| until <= at_ms) {
            PauseState::Ended
        } else {
            PauseState::Active
        }
    }
}

/// Reads pauses; an id may stand once.
fn read_pauses(input: &mut Fields) -> Result<Vec<Pause>> {
    let mut pauses: Vec<Pause> = Vec::new();
    let mut ids = BTreeSet::new();
    for (at, one) in input.objects("pauses", MAX_PAUSES)?.into_iter().enumerate() {
        let pause = Pause::read(one)?;
        if !ids.insert(pause.id.clone()) {
            return Err(input.refuse(&format!("pauses[{at}].id"), "stands twice"));
        }
        pauses.push(pause);
    }
    Ok(pauses)
}

/// Whether an item may go out, now or when it is to be published. `O(pauses)`.
pub fn check(pauses: &[Pause], item: &Outbound, now_ms: i64) -> OutboundAnswer {
    let at = item.publish_ms.unwrap_or(now_ms).max(now_ms);
    let mut holding: Vec<&Pause> =
        pauses.iter().filter(|pause| pause.state(at) == PauseState::Active && pause.scope.covers(item)).collect();
    holding.order_by(|a, b| a.from_ms.cmp(&b.from_ms).then_with(|| a.id.cmp(&b.id)));
    let ends: Option<Vec<i64>> = holding.iter().map(|pause| pause.end()).collect();
    OutboundAnswer {
        id: item.id.clone(),
        publish: holding.is_empty(),
        reason: holding.first().map(|pause| pause.reason.clone()),
        resumes_ms: ends.and_then(|ends| ends.into_iter().max()),
        pauses: holding.into_iter().map(|pause| pause.id.clone()).collect(),
    }
}

/// Ends a pause by hand, or calls off one that is scheduled. Gives the pause as it is then.
///
/// # Errors
/// [`crate::Error::Field`]: no pause of that id, or one that is over already.
pub fn resume(pauses: &[Pause], id: &str, now_ms: i64) -> Result<Pause> {
    let pause = pauses.iter().find(|pause| pause.id == id).ok_or_else(|| refused("id", "is no pause"))?;
    match pause.state(now_ms) {
        PauseState::Active | PauseState::Scheduled if pause.resumed_ms.is_none() => {
            Ok(Pause { resumed_ms: Some(now_ms), ..pause.clone() })
        }
        _ => Err(refused("id", "is a pause that is over, or that somebody ended already")),
    }
}

/// What happened to the pauses and what is planned, by time.
pub fn history(pauses: &[Pause], now_ms: i64) -> Vec<PauseEvent> {
    let mut events = Vec::new();
    let mut add = |pause: &Pause, at_ms, state| {
        events.push(PauseEvent { at_ms, pause: pause.id.clone(), state, planned: at_ms > now_ms });
    };
    for pause in pauses {
        let called_off = pause.resumed_ms.is_some_and(|resumed| resumed <= pause.from_ms);
        if !called_off {
            add(pause, pause.from_ms, PauseState::Active);
        }
        match (pause.resumed_ms, pause.until_ms) {
            (Some(resumed), until) if until.is_none_or(|until| resumed < until) => {
                add(pause, resumed, PauseState::Resumed);
            }
            (_, Some(until)) => add(pause, until, PauseState::Ended),
            _ => {}
        }
    }
    events.order_by(|a, b| a.at_ms.cmp(&b.at_ms).then_with(|| a.pause.cmp(&b.pause)).then(a.state.cmp(&b.state)));
    events
}

/// What [`pause_of_value`] gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PauseReport {
    /// One for each item, in their order.
    pub items: Vec<OutboundAnswer>,
    /// The pauses as they are now, with the one that was resumed.
    pub pauses: Vec<Pause>,
    /// Ids of those that hold now.
    pub active: Vec<String>,
    pub history: Vec<PauseEvent>,
}

/// Reads `{pauses, now, items?, resume?}`: resumes a pause where `resume` names one, then checks the items.
///
/// # Errors
/// [`crate::Error::Field`] naming the field.
pub fn pause_of_value(value: Value) -> Result<PauseReport> {
    let mut input = Fields::at(value, "")?;
    let mut pauses = read_pauses(&mut input)?;
    let now_ms = input.need_time("now")?;
    if let Some(id) = input.key("resume")? {
        let resumed = resume(&pauses, &id, now_ms).map_err(|error| match error {
            crate::Error::Field { what, .. } => crate::Error::Field { field: "resume".into(), what },
            other => other,
        })?;
        pauses.iter_mut().filter(|pause| pause.id == id).for_each(|pause| *pause = resumed.clone());
    }
    let items = input.objects("items", MAX_PAUSES)?.into_iter().map(Outbound::read).collect::<Result<Vec<_>>>()?;
    input.finish("pauses, now, items, resume")?;
    let active = pauses.iter().filter(|pause| pause.state(now_ms) == PauseState::Active);
    Ok(PauseReport {
        items: items.iter().map(|item| check(&pauses, item, now_ms)).collect(),
        active: active.map(|pause| pause.id.clone()).collect(),
        history: history(&pauses, now_ms),
        pauses,
    })
}
