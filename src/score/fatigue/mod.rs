//! Survey fatigue: whether to ask this person now, when to ask later, or never again.
//!
//! Every rule that speaks is in the answer, so that a decision can be explained and replayed. Nothing is learned from
//! people who never answer, but to stop asking them. Defaults and sources: docs/design/fatigue.md.

mod history;
mod policy;

pub use history::{
    Contact, Device, Invitation, InvitationOutcome, Survey, SurveyHistory, SurveyPerson, SurveyQuota, open_loops,
};
pub use policy::SurveyPolicy;

use serde::Serialize;

use crate::error::Result;
use crate::order::Sorted;
use crate::time::DAY_MS;

/// What to do with a survey for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyAnswer {
    /// Ask now.
    Ask,
    /// Ask from `untilMs` on, or when what the reasons name has happened.
    Wait,
    /// Do not ask this person again.
    Never,
}

/// A rule that spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyRule {
    OptedOut,
    /// Asked often enough and never answered once.
    NeverAnswers,
    /// Answered before, but ignored too many in a row.
    StoppedAnswering,
    /// Ignored several in a row: a long rest.
    IgnoredInRow,
    /// The estimated share of answers is below the policy's.
    RarelyAnswers,
    /// A complaint or question waits for an answer: answer first.
    AnswerFirst,
    /// A complaint was answered a short while ago.
    RecentComplaint,
    /// An earlier survey answer was owed a reply and got none.
    OpenLoop,
    /// An invitation is out and not yet old enough to count as ignored.
    Pending,
    Cooldown,
    PersonQuota,
    SurveyQuota,
    /// Too many questions for the device, and the survey cannot be shortened to fit.
    TooLong,
    /// The survey is to be shortened to `questions`.
    Shortened,
    /// Something in the history lies after `now` and was read as if it had happened now.
    Clock,
}

/// Why: a rule, and what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SurveyReason {
    pub rule: SurveyRule,
    /// When the rule stops to speak; absent where that is an event or never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<i64>,
    /// How many invitations, contacts or questions the rule counted.
    pub count: u64,
}

/// The answer for one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SurveyDecision {
    pub decision: SurveyAnswer,
    /// First moment to ask again; absent when asked now, never, or when an event is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<i64>,
    /// How many questions to ask at most; absent unless asked now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions: Option<u32>,
    /// Every rule that spoke, in the order of [`SurveyRule`]; empty when nothing speaks against asking.
    pub reasons: Vec<SurveyReason>,
    /// Estimated share of invitations this person answers, 0..=1: mean of a Beta(1, 1) prior with what was seen.
    /// A rank for comparing people, not a promise.
    pub expected_response: f64,
    /// Invitations the estimate rests on.
    pub n: u64,
}

/// Decides whether to ask. `now_ms` and all times are milliseconds since 1970. Invitations in any order; one id counts
/// once. `O(n log n)` in the length of the history.
///
/// # Errors
/// [`crate::Error::Option`] naming a policy field out of range.
pub fn decide(
    person: &SurveyPerson,
    history: &SurveyHistory,
    survey: &Survey,
    policy: &SurveyPolicy,
    now_ms: i64,
) -> Result<SurveyDecision> {
    policy.check()?;
    let mut found = Found { reasons: Vec::new(), now_ms };
    let mut sent: Vec<&Invitation> = history.distinct();
    sent.order_by_key(|one| one.sent_ms);
    let later = sent.iter().filter(|one| one.sent_ms > now_ms).count()
        + history.contacts.iter().filter(|one| one.at_ms > now_ms).count();
    if later > 0 {
        found.says(SurveyRule::Clock, None, later);
    }
    if person.opted_out {
        found.says(SurveyRule::OptedOut, None, 1);
    }
    let (answered, known) = answers(&sent, policy, &mut found);
    cooldowns(&sent, policy, &mut found);
    contacts(&history.contacts, policy, &mut found);
    let open = sent.iter().filter(|one| one.is_open()).count();
    if open > 0 {
        found.says(SurveyRule::OpenLoop, None, open);
    }
    if let Some(quota) = survey.quota.filter(|quota| quota.sent >= quota.limit && quota.resets_ms > now_ms) {
        found.says(SurveyRule::SurveyQuota, Some(quota.resets_ms), quota.sent as usize);
    }
    let expected_response = (1.0 + answered as f64) / (2.0 + known as f64);
    let most = policy.questions_on(person.device);
    let questions = survey.questions.min(most);
    if questions < survey.least_questions() {
        found.says(SurveyRule::TooLong, None, survey.questions as usize);
    } else if questions < survey.questions {
        found.says(SurveyRule::Shortened, None, questions as usize);
    }
    let mut reasons = found.reasons;
    reasons.order_by_key(|reason| reason.rule);
    let decision = reasons.iter().map(|reason| weight(reason.rule)).max().unwrap_or(0);
    let blocks = || reasons.iter().filter(|reason| weight(reason.rule) == 1);
    let dated = decision == 1 && blocks().all(|reason| reason.until_ms.is_some());
    Ok(SurveyDecision {
        decision: [SurveyAnswer::Ask, SurveyAnswer::Wait, SurveyAnswer::Never][decision],
        until_ms: if dated { blocks().filter_map(|reason| reason.until_ms).max() } else { None },
        questions: (decision == 0).then_some(questions),
        reasons,
        expected_response,
        n: known,
    })
}

/// 0: the rule only tells; 1: wait; 2: never.
fn weight(rule: SurveyRule) -> usize {
    match rule {
        SurveyRule::OptedOut | SurveyRule::NeverAnswers | SurveyRule::StoppedAnswering => 2,
        SurveyRule::Shortened | SurveyRule::Clock => 0,
        _ => 1,
    }
}

struct Found {
    reasons: Vec<SurveyReason>,
    now_ms: i64,
}

impl Found {
    fn says(&mut self, rule: SurveyRule, until_ms: Option<i64>, count: usize) {
        self.reasons.push(SurveyReason { rule, until_ms, count: count as u64 });
    }

    /// Speaks only while the time `days` after `from` has not come. A time after now counts as now.
    fn rests(&mut self, rule: SurveyRule, from_ms: i64, days: u32, count: usize) {
        let until = from_ms.min(self.now_ms).saturating_add(i64::from(days) * DAY_MS);
        if until > self.now_ms {
            self.says(rule, Some(until), count);
        }
    }
}

/// What answers and silence say; gives the number of answers and of invitations whose end is known.
fn answers(sent: &[&Invitation], policy: &SurveyPolicy, found: &mut Found) -> (u64, u64) {
    let now = found.now_ms;
    let wait = i64::from(policy.ignored_after_days) * DAY_MS;
    let reached = sent.iter().filter(|one| one.outcome != InvitationOutcome::Bounced);
    let is_open =
        |one: &Invitation| one.outcome == InvitationOutcome::Pending && one.sent_ms.min(now).saturating_add(wait) > now;
    let (open, known): (Vec<&Invitation>, Vec<&Invitation>) = reached.partition(|one| is_open(one));
    if let Some(last) = open.last() {
        found.rests(SurveyRule::Pending, last.sent_ms, policy.ignored_after_days, open.len());
    }
    let is_answer = |one: &&&Invitation| one.outcome == InvitationOutcome::Answered;
    let answered = known.iter().filter(is_answer).count();
    let row = known.iter().rev().take_while(|one| one.outcome != InvitationOutcome::Answered).count();
    let last = known.last().map_or(now, |one| one.sent_ms);
    if answered == 0 && row >= policy.stop_after_ignored as usize {
        found.says(SurveyRule::NeverAnswers, None, row);
    } else if row >= policy.stop_after_ignored as usize * 2 {
        found.says(SurveyRule::StoppedAnswering, None, row);
    } else if row >= policy.stop_after_ignored as usize {
        found.rests(SurveyRule::IgnoredInRow, last, policy.rest_after_ignored_days, row);
    }
    if (1.0 + answered as f64) / (2.0 + known.len() as f64) < policy.least_response {
        found.rests(SurveyRule::RarelyAnswers, last, policy.rest_after_ignored_days, known.len());
    }
    (answered as u64, known.len() as u64)
}

/// Rests after what was sent, and the most a person is asked in a year.
fn cooldowns(sent: &[&Invitation], policy: &SurveyPolicy, found: &mut Found) {
    let until = |one: &&Invitation| {
        let (from, days) = match one.outcome {
            InvitationOutcome::Answered => (one.ended_ms.unwrap_or(one.sent_ms), policy.rest_after_answer_days),
            InvitationOutcome::Dismissed => (one.ended_ms.unwrap_or(one.sent_ms), policy.rest_after_dismissal_days),
            InvitationOutcome::Bounced => return None,
            _ => (one.sent_ms, policy.rest_after_invitation_days),
        };
        Some(from.min(found.now_ms).saturating_add(i64::from(days) * DAY_MS))
    };
    let now = found.now_ms;
    if let Some(until) = sent.iter().filter_map(until).max().filter(|until| *until > now) {
        found.says(SurveyRule::Cooldown, Some(until), sent.len());
    }
    let year = 365 * DAY_MS;
    let within: Vec<i64> =
        sent.iter().map(|one| one.sent_ms.min(now)).filter(|at| at.saturating_add(year) > now).collect();
    // Asked again when so many have left the year that one more fits.
    let over = (within.len() + 1).saturating_sub(policy.most_a_year as usize);
    if let Some(at) = over.checked_sub(1).and_then(|nth| within.get(nth)) {
        found.says(SurveyRule::PersonQuota, Some(at.saturating_add(year)), within.len());
    }
}

/// Complaints and questions come before surveys.
fn contacts(contacts: &[Contact], policy: &SurveyPolicy, found: &mut Found) {
    let open = contacts.iter().filter(|one| one.answered_ms.is_none()).count();
    if open > 0 {
        found.says(SurveyRule::AnswerFirst, None, open);
    }
    let answered = contacts.iter().filter(|one| one.complaint).filter_map(|one| one.answered_ms);
    if let Some(last) = answered.max() {
        found.rests(SurveyRule::RecentComplaint, last, policy.rest_after_complaint_days, 1);
    }
}
