//! How a customer's emotions went through a case, and when they were back to normal.

use serde::Serialize;

use super::message::{CaseMessage, CaseRole};
use crate::analysis::Emotion;

/// One message of a case. Turns count all messages of the case from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    pub id: String,
    pub turn: usize,
    pub at_ms: i64,
}

/// One emotion through a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmotionPath {
    pub emotion: Emotion,
    /// Where it was sensed first and last.
    pub first: Moment,
    pub last: Moment,
    /// In how many turns.
    pub turns: usize,
    /// The first words of the customer without it, after the last with it; absent while it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone: Option<Moment>,
}

/// The emotions of a case. Emotions are sensed from words, not measured.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Trajectory {
    /// In the order of the labels.
    pub emotions: Vec<EmotionPath>,
    /// Where an upset customer was calm again; absent where nobody was upset or somebody still is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub normalised: Option<Moment>,
    pub upset: bool,
    /// How often an upset came back after calm words.
    pub relapses: usize,
}

fn upsets(emotion: &Emotion) -> bool {
    use Emotion::{Anger, Confusion, Disappointment, Frustration, Sadness, Worry};
    matches!(emotion, Anger | Frustration | Disappointment | Sadness | Worry | Confusion)
}

/// The trajectory of one case, whose messages stand in order of time. `O(messages)`.
pub fn trajectory(messages: &[&CaseMessage]) -> Trajectory {
    let mut result = Trajectory::default();
    let mut paths: [Option<EmotionPath>; Emotion::ALL.len()] = [const { None }; Emotion::ALL.len()];
    let mut was_upset = false;
    for (at, message) in messages.iter().enumerate().filter(|(_, message)| message.role == CaseRole::Customer) {
        let here = || Moment { id: message.id.clone(), turn: at + 1, at_ms: message.sent_ms };
        for (emotion, path) in Emotion::ALL.into_iter().zip(&mut paths) {
            match (path, message.emotions.contains(&emotion)) {
                (path @ None, true) => {
                    *path = Some(EmotionPath { emotion, first: here(), last: here(), turns: 1, gone: None });
                }
                (Some(path), true) => {
                    path.last = here();
                    path.turns += 1;
                    path.gone = None;
                }
                (Some(path), false) if path.gone.is_none() => path.gone = Some(here()),
                _ => {}
            }
        }
        let upset = message.emotions.iter().any(upsets);
        if upset {
            result.relapses += usize::from(was_upset && !result.upset);
            result.normalised = None;
        } else if result.upset {
            result.normalised = Some(here());
        }
        was_upset |= upset;
        result.upset = upset;
    }
    result.emotions = paths.into_iter().flatten().collect();
    result
}
