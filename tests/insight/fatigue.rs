//! Concepts 61 to 63: open loops, survey fatigue, phones.

use hearken::score::fatigue::*;

const DAY: i64 = 86_400_000;
const NOW: i64 = 2_000 * DAY;

fn sent(days_ago: i64, outcome: InvitationOutcome) -> Invitation {
    Invitation { sent_ms: NOW - days_ago * DAY, outcome, ..Invitation::default() }
}

fn history(invitations: &[Invitation]) -> SurveyHistory {
    SurveyHistory { invitations: invitations.to_vec(), contacts: Vec::new() }
}

fn decided(history: &SurveyHistory) -> SurveyDecision {
    decide(&SurveyPerson::default(), history, &Survey::default(), &SurveyPolicy::default(), NOW).unwrap()
}

fn rules(decision: &SurveyDecision) -> Vec<SurveyRule> {
    decision.reasons.iter().map(|reason| reason.rule).collect()
}

use InvitationOutcome::*;

#[test]
fn somebody_new_is_asked() {
    let decision = decided(&history(&[]));
    assert_eq!((decision.decision, decision.questions, decision.expected_response), (SurveyAnswer::Ask, Some(1), 0.5));
    assert!(decision.reasons.is_empty());
}

#[test]
fn three_ignored_in_a_row_end_the_asking() {
    let ignored = [sent(400, Ignored), sent(300, Ignored), sent(200, Pending)];
    let decision = decided(&history(&ignored));
    assert_eq!(decision.decision, SurveyAnswer::Never);
    assert_eq!(rules(&decision), [SurveyRule::NeverAnswers]);
    assert_eq!(decision.reasons[0].count, 3);
    // Beta(1, 1) and three without an answer.
    assert_eq!(decision.expected_response, 0.2);
    assert_eq!(decided(&history(&ignored[..2])).decision, SurveyAnswer::Ask, "two say nothing yet");
}

#[test]
fn one_answer_keeps_a_person_askable() {
    let decision = decided(&history(&[sent(400, Ignored), sent(300, Ignored), sent(200, Answered)]));
    assert_eq!(decision.decision, SurveyAnswer::Ask);
    // An answer long ago and three ignored since: a long rest, no end.
    let tired = [sent(400, Answered), sent(160, Ignored), sent(130, Ignored), sent(100, Ignored)];
    let decision = decided(&history(&tired));
    assert_eq!(rules(&decision), [SurveyRule::IgnoredInRow]);
    assert_eq!((decision.decision, decision.until_ms), (SurveyAnswer::Wait, Some(NOW + 80 * DAY)));
    let mut long: Vec<Invitation> = (1..=6).map(|n| sent(390 * n, Ignored)).collect();
    long.push(sent(3_000, Answered));
    assert_eq!(rules(&decided(&history(&long))), [SurveyRule::StoppedAnswering]);
}

#[test]
fn the_order_of_the_history_and_repeated_ids_change_nothing() {
    let mut list = vec![sent(400, Answered), sent(160, Ignored), sent(130, Ignored), sent(100, Ignored)];
    for (at, one) in list.iter_mut().enumerate() {
        one.id = Some(at.to_string());
    }
    let plain = decided(&history(&list));
    list.reverse();
    list.push(list[0].clone());
    assert_eq!(decided(&history(&list)), plain);
}

#[test]
fn rests_after_asking_answering_and_dismissing() {
    for (outcome, days) in [(Ignored, 30), (Answered, 90), (Dismissed, 60), (Pending, 30)] {
        let decision = decided(&history(&[sent(days - 1, outcome)]));
        assert_eq!((decision.decision, decision.until_ms), (SurveyAnswer::Wait, Some(NOW + DAY)), "{outcome:?}");
        assert_eq!(decided(&history(&[sent(days, outcome)])).decision, SurveyAnswer::Ask, "{outcome:?}");
    }
    let bounced = decided(&history(&[sent(1, Bounced)]));
    assert_eq!((bounced.decision, bounced.n), (SurveyAnswer::Ask, 0));
    let pending = decided(&history(&[sent(3, Pending)]));
    assert_eq!(rules(&pending), [SurveyRule::Pending, SurveyRule::Cooldown]);
}

#[test]
fn quotas_of_the_person_and_of_the_survey() {
    let four: Vec<Invitation> = [95, 190, 280, 360].map(|ago| sent(ago, Answered)).to_vec();
    let decision = decided(&history(&four));
    assert_eq!(rules(&decision), [SurveyRule::PersonQuota]);
    assert_eq!(decision.until_ms, Some(NOW + 5 * DAY));
    let quota = Some(SurveyQuota { limit: 100, sent: 100, resets_ms: NOW + 7 });
    let survey = Survey { quota, ..Survey::default() };
    let (person, policy) = (SurveyPerson::default(), SurveyPolicy::default());
    let decision = decide(&person, &history(&[]), &survey, &policy, NOW).unwrap();
    assert_eq!((rules(&decision), decision.until_ms), (vec![SurveyRule::SurveyQuota], Some(NOW + 7)));
}

#[test]
fn an_open_loop_blocks_the_next_question() {
    let mut answered = sent(200, Answered);
    answered.reply_owed = true;
    let decision = decided(&history(&[answered.clone()]));
    assert_eq!((decision.decision, decision.until_ms), (SurveyAnswer::Wait, None));
    assert_eq!(rules(&decision), [SurveyRule::OpenLoop]);
    assert_eq!(serde_json::to_value(&decision).unwrap()["reasons"][0]["rule"], "open_loop");
    let closed = Invitation { replied_ms: Some(NOW - DAY), ..answered.clone() };
    assert_eq!(decided(&history(std::slice::from_ref(&closed))).decision, SurveyAnswer::Ask);
    let figure = open_loops(&[history(&[answered]), history(&[closed]), history(&[sent(1, Answered)])]);
    assert_eq!((figure.value, figure.n), (Some(50.0), 2));
}

#[test]
fn complaints_are_answered_first() {
    let waits = Contact { at_ms: NOW - DAY, complaint: true, answered_ms: None };
    let mut one = history(&[]);
    one.contacts.push(waits);
    let decision = decided(&one);
    assert_eq!((decision.decision, decision.until_ms), (SurveyAnswer::Wait, None));
    assert_eq!(rules(&decision), [SurveyRule::AnswerFirst]);
    one.contacts[0].answered_ms = Some(NOW - 4 * DAY);
    let decision = decided(&one);
    assert_eq!((rules(&decision), decision.until_ms), (vec![SurveyRule::RecentComplaint], Some(NOW + 10 * DAY)));
    one.contacts[0].complaint = false;
    assert_eq!(decided(&one).decision, SurveyAnswer::Ask, "an answered question is no complaint");
}

#[test]
fn twelve_questions_on_a_phone_are_shortened() {
    let (policy, phone) = (SurveyPolicy::default(), SurveyPerson { device: Device::Phone, opted_out: false });
    let survey = Survey { questions: 12, ..Survey::default() };
    let decision = decide(&phone, &history(&[]), &survey, &policy, NOW).unwrap();
    assert_eq!((decision.decision, decision.questions), (SurveyAnswer::Ask, Some(5)));
    assert_eq!(rules(&decision), [SurveyRule::Shortened]);
    let rigid = Survey { shortest: Some(8), ..survey };
    let decision = decide(&phone, &history(&[]), &rigid, &policy, NOW).unwrap();
    assert_eq!((decision.decision, rules(&decision)), (SurveyAnswer::Wait, vec![SurveyRule::TooLong]));
    let desk = decide(&SurveyPerson::default(), &history(&[]), &survey, &policy, NOW).unwrap();
    assert_eq!((desk.decision, desk.questions), (SurveyAnswer::Ask, Some(12)));
}

#[test]
fn bad_input_is_flagged_or_refused() {
    let decision = decided(&history(&[sent(-5, Answered)]));
    assert_eq!(rules(&decision), [SurveyRule::Cooldown, SurveyRule::Clock]);
    assert_eq!(decision.until_ms, Some(NOW + 90 * DAY), "a time to come counts as now");
    let extreme = history(&[Invitation { sent_ms: i64::MIN, ..sent(0, Ignored) }, sent(0, Pending)]);
    assert_eq!(decided(&extreme).decision, SurveyAnswer::Wait);
    let out = SurveyPerson { opted_out: true, ..SurveyPerson::default() };
    let policy = SurveyPolicy::default();
    let decision = decide(&out, &history(&[sent(200, Answered)]), &Survey::default(), &policy, NOW).unwrap();
    assert_eq!(decision.decision, SurveyAnswer::Never);
    for (name, policy) in [
        ("leastResponse", SurveyPolicy { least_response: f64::NAN, ..policy }),
        ("stopAfterIgnored", SurveyPolicy { stop_after_ignored: 0, ..policy }),
        ("restAfterAnswerDays", SurveyPolicy { rest_after_answer_days: 9_999, ..policy }),
    ] {
        let error = decide(&out, &history(&[]), &Survey::default(), &policy, NOW).unwrap_err();
        assert_eq!(error.code(), "E_OPTION");
        assert!(error.to_string().contains(name), "{error}");
    }
    assert!(serde_json::from_str::<SurveyPolicy>(r#"{"mostAYear": 2, "unknown": 1}"#).is_err());
}
