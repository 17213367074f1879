//! Messages with hand-made analyses, so that no model can move a test of triage.
#![allow(dead_code)] // each test uses some of it

use hearken::analysis::{
    Act, Disposition, Intent, IntentAnswer, Language, Present, Safety, Sentiment, SentimentLabel,
    SentimentProbabilities,
};
use hearken::message::{Channel, Rating, Scale};
use hearken::privacy::{Pii, PiiType, Redaction};
use hearken::triage::{Decision, Policy, decide};
use hearken::{Analysis, Message, Span};

use SentimentLabel::{Negative, Neutral, Positive};

/// One message with what the analysers would say of it.
#[derive(Clone, Debug)]
pub struct Case {
    pub message: Message,
    pub analysis: Analysis,
}

pub fn case(label: SentimentLabel) -> Case {
    let score = match label {
        Negative => -0.7,
        Neutral => 0.05,
        Positive => 0.8,
    };
    let probabilities = SentimentProbabilities { negative: 0.0, neutral: 0.0, positive: 0.0 };
    Case {
        message: Message::new("The parcel and the driver"),
        analysis: Analysis {
            engine: hearken::VERSION,
            model: "test".into(),
            language: Language { code: "en".into(), script: "Latn", confidence: 0.99, reliable: true },
            sentiment: Sentiment { label, mixed: false, score, probabilities },
            sentences: None,
            emotions: vec![],
            acts: vec![],
            topics: Vec::new(),
            intent: IntentAnswer { label: Intent::None, confidence: 1.0, others: vec![] },
            safety: vec![],
            irony: false,
            broadcast: false,
            meaningful: true,
            disposition: Disposition::Engage,
            states: vec![],
            evidence: None,
            signals: hearken::analysis::Signals::default(),
            pii: vec![],
            keyphrases: None,
            truncated: false,
        },
    }
}

impl Case {
    pub fn text(mut self, text: &str) -> Case {
        self.message.text = text.into();
        self
    }
    pub fn on(mut self, channel: Channel) -> Case {
        self.message.channel = channel;
        self
    }
    pub fn rated(mut self, scale: Scale, value: u8) -> Case {
        self.message.rating = Some(Rating::new(scale, value).unwrap());
        self
    }
    pub fn asks(mut self) -> Case {
        self.analysis.acts.push(Act::Question);
        self
    }
    pub fn thanks(mut self) -> Case {
        self.analysis.acts.push(Act::Thanks);
        self
    }
    pub fn does(mut self, act: Act) -> Case {
        self.analysis.acts.push(act);
        self
    }
    pub fn intent(mut self, label: Intent) -> Case {
        self.analysis.intent.label = label;
        self
    }
    pub fn flagged(mut self, label: Safety) -> Case {
        self.analysis.safety.push(Present { label, spans: vec![] });
        self
    }
    pub fn with(mut self, change: impl FnOnce(&mut Analysis)) -> Case {
        change(&mut self.analysis);
        self
    }
    pub fn score(mut self, score: f64) -> Case {
        self.analysis.sentiment.score = score;
        self
    }
    pub fn empty(mut self) -> Case {
        self.analysis.meaningful = false;
        self
    }
    pub fn pii(mut self, kind: PiiType, start: usize, end: usize) -> Case {
        self.analysis.pii.push(Pii {
            kind,
            span: Span::new(start, end),
            certainty: 0.9,
            validated: true,
            variety: None,
        });
        self
    }
    pub fn by(&self, policy: &Policy) -> Decision {
        decide(policy, &self.message, &self.analysis, Ok(redaction("redacted")))
    }
}

pub fn redaction(text: &str) -> Redaction {
    Redaction { text: text.into(), pii: vec![], counts: Default::default() }
}
