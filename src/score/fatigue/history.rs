//! What is known of one person's surveys and contacts.

use serde::Deserialize;
use std::collections::BTreeSet;

use crate::score::{Figure, share};

/// How an invitation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationOutcome {
    Answered,
    /// Closed or refused by the person.
    Dismissed,
    /// Seen or delivered, and nothing came.
    Ignored,
    /// Never reached the person: says nothing about them.
    Bounced,
    /// Not known yet; counts as ignored when old enough.
    #[default]
    Pending,
}

/// One invitation to a survey.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Invitation {
    /// The same id again is the same invitation.
    pub id: Option<String>,
    pub sent_ms: i64,
    pub outcome: InvitationOutcome,
    /// When it was answered or dismissed; absent is `sent_ms`.
    pub ended_ms: Option<i64>,
    /// The answer asked for something, or was bad: the person was owed a reply.
    pub reply_owed: bool,
    /// When that reply went out.
    pub replied_ms: Option<i64>,
}

impl Invitation {
    /// The answer was owed a reply and got none.
    pub(super) fn is_open(&self) -> bool {
        self.outcome == InvitationOutcome::Answered && self.reply_owed && self.replied_ms.is_none()
    }
}

/// A complaint or question of the person, outside surveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Contact {
    pub at_ms: i64,
    pub complaint: bool,
    /// When a person answered it; absent while it waits.
    pub answered_ms: Option<i64>,
}

/// Everything known of one person's surveys, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SurveyHistory {
    pub invitations: Vec<Invitation>,
    pub contacts: Vec<Contact>,
}

impl SurveyHistory {
    /// The invitations, each id once (the last given stands: it knows most).
    pub(super) fn distinct(&self) -> Vec<&Invitation> {
        let mut seen = BTreeSet::new();
        let all = self.invitations.iter().rev();
        all.filter(|one| one.id.as_deref().is_none_or(|id| seen.insert(id))).collect()
    }
}

/// What the person would answer on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    Phone,
    #[default]
    Other,
}

/// The person to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SurveyPerson {
    pub opted_out: bool,
    pub device: Device,
}

/// How many invitations a survey may send in a period, over all people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurveyQuota {
    pub limit: u64,
    /// Sent in the period so far.
    pub sent: u64,
    /// When the next period begins.
    pub resets_ms: i64,
}

/// The survey to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Survey {
    pub questions: u32,
    /// Fewest questions it can be cut to; absent is 1.
    pub shortest: Option<u32>,
    pub quota: Option<SurveyQuota>,
}

impl Default for Survey {
    fn default() -> Self {
        Survey { questions: 1, shortest: None, quota: None }
    }
}

impl Survey {
    pub(super) fn least_questions(&self) -> u32 {
        self.shortest.unwrap_or(1).min(self.questions)
    }
}

/// Share in percent of survey answers that were owed a reply and never got one, with Wilson interval and n.
pub fn open_loops(histories: &[SurveyHistory]) -> Figure {
    let owed = || {
        let all = histories.iter().flat_map(SurveyHistory::distinct);
        all.filter(|one| one.outcome == InvitationOutcome::Answered && one.reply_owed)
    };
    let open = owed().filter(|one| one.is_open()).count();
    let method = "% of answers owed a reply that got none; Wilson score interval (Wilson 1927)";
    share("open_loops", method, open as u64, owed().count() as u64)
}
