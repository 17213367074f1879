//! How often people may be asked.

use serde::Deserialize;

use super::Device;
use crate::error::{Error, Result};

/// Most days a rest may last: ten years.
const MAX_DAYS: u32 = 3_650;

/// Limits of asking. Defaults are choices within what survey tools advise, not laws: docs/design/fatigue.md.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SurveyPolicy {
    /// Rest after an invitation that was not answered. Default 30.
    pub rest_after_invitation_days: u32,
    /// Default 90.
    pub rest_after_answer_days: u32,
    /// Default 60.
    pub rest_after_dismissal_days: u32,
    /// Rest after a complaint was answered. Default 14.
    pub rest_after_complaint_days: u32,
    /// An invitation without an end counts as ignored after this time. Default 14.
    pub ignored_after_days: u32,
    /// So many ignored or dismissed in a row end the asking of a person who never answered; one who did rests, and
    /// is left alone after twice as many. Default 3.
    pub stop_after_ignored: u32,
    /// Default 180.
    pub rest_after_ignored_days: u32,
    /// Invitations a person gets in 365 days at most. Default 4.
    pub most_a_year: u32,
    /// Below this estimated share of answers a person rests, 0..=1. Default 0.1.
    pub least_response: f64,
    /// Most questions on a phone. Default 5.
    pub most_questions_phone: u32,
    /// Most questions elsewhere. Default 15.
    pub most_questions: u32,
}

impl Default for SurveyPolicy {
    fn default() -> Self {
        SurveyPolicy {
            rest_after_invitation_days: 30,
            rest_after_answer_days: 90,
            rest_after_dismissal_days: 60,
            rest_after_complaint_days: 14,
            ignored_after_days: 14,
            stop_after_ignored: 3,
            rest_after_ignored_days: 180,
            most_a_year: 4,
            least_response: 0.1,
            most_questions_phone: 5,
            most_questions: 15,
        }
    }
}

impl SurveyPolicy {
    /// Checks every field.
    ///
    /// # Errors
    /// [`Error::Option`] naming the field: days over 3,650, counts of 0 or over 1,000, a share outside 0..=1.
    pub fn check(&self) -> Result<()> {
        let days = [
            ("restAfterInvitationDays", self.rest_after_invitation_days),
            ("restAfterAnswerDays", self.rest_after_answer_days),
            ("restAfterDismissalDays", self.rest_after_dismissal_days),
            ("restAfterComplaintDays", self.rest_after_complaint_days),
            ("ignoredAfterDays", self.ignored_after_days),
            ("restAfterIgnoredDays", self.rest_after_ignored_days),
        ];
        let counts = [
            ("stopAfterIgnored", self.stop_after_ignored),
            ("mostAYear", self.most_a_year),
            ("mostQuestionsPhone", self.most_questions_phone),
            ("mostQuestions", self.most_questions),
        ];
        let refuse = |name: &str, what: &str| Err(Error::Option { name: name.into(), what: what.into() });
        if let Some((name, _)) = days.iter().find(|(_, days)| *days > MAX_DAYS) {
            return refuse(name, "must be a whole number of days from 0 to 3650");
        }
        if let Some((name, _)) = counts.iter().find(|(_, count)| !(1..=1_000).contains(count)) {
            return refuse(name, "must be a whole number from 1 to 1000");
        }
        if !(0.0..=1.0).contains(&self.least_response) {
            return refuse("leastResponse", "must be a number from 0 to 1");
        }
        Ok(())
    }

    pub(super) fn questions_on(&self, device: Device) -> u32 {
        match device {
            Device::Phone => self.most_questions_phone,
            Device::Other => self.most_questions,
        }
    }
}
