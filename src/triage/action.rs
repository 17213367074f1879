//! What a rule may decide.

use serde::Serialize;

use crate::analysis::Emotion;

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

/// How a reply should sound. Tone is all that capitals, marks and emotions may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ToneHint {
    Plain,
    /// Say sorry before anything else.
    Apologetic,
    /// Slow down; the writer is angry.
    Calm,
    /// The writer is worried or sad.
    Reassuring,
    /// Share the joy.
    Warm,
}

impl ToneHint {
    pub const ALL: [ToneHint; 5] =
        [ToneHint::Plain, ToneHint::Apologetic, ToneHint::Calm, ToneHint::Reassuring, ToneHint::Warm];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            ToneHint::Plain => "plain",
            ToneHint::Apologetic => "apologetic",
            ToneHint::Calm => "calm",
            ToneHint::Reassuring => "reassuring",
            ToneHint::Warm => "warm",
        }
    }

    /// The hint for the emotions sensed, where the rule gives none: joy, gratitude, admiration and relief are warm;
    /// anger and frustration calm; worry, sadness and confusion reassuring; disappointment apologetic.
    pub fn for_emotions(emotions: impl Iterator<Item = Emotion>) -> ToneHint {
        let hint = |emotion| match emotion {
            Emotion::Anger | Emotion::Frustration => ToneHint::Calm,
            Emotion::Sadness | Emotion::Worry | Emotion::Confusion => ToneHint::Reassuring,
            Emotion::Disappointment => ToneHint::Apologetic,
            Emotion::Joy | Emotion::Gratitude | Emotion::Admiration | Emotion::Relief => ToneHint::Warm,
            Emotion::Surprise => ToneHint::Plain,
        };
        // Of several, the one that asks for most care.
        let care = [ToneHint::Calm, ToneHint::Reassuring, ToneHint::Apologetic, ToneHint::Warm];
        let hints: Vec<ToneHint> = emotions.map(hint).collect();
        care.into_iter().find(|one| hints.contains(one)).unwrap_or(ToneHint::Plain)
    }
}
