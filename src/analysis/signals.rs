//! What a text asks for, what it cost the customer, how pressing it is, whether the customer goes.

use serde::Serialize;

use crate::span::Span;

macro_rules! slugs {
    ($(#[$doc:meta])* $name:ident { $($(#[$own:meta])* $variant:ident = $slug:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$own])* $variant,)* }

        impl $name {
            /// All of them, in the order of the columns.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The stable name.
            pub fn slug(self) -> &'static str {
                match self { $($name::$variant => $slug,)* }
            }
        }
    };
}

slugs! {
    /// How hard it was to get something done.
    EffortLevel { Easy = "easy", Some = "some", High = "high", }
}

slugs! {
    /// How pressing a message is.
    #[derive(Default)]
    UrgencyLevel {
        Low = "low",
        #[default]
        Normal = "normal",
        High = "high",
        Critical = "critical",
    }
}

slugs! {
    /// Why a message presses.
    UrgencyReason {
        /// Fire, gas, injury, poisoning, threat.
        SafetyRisk = "safety_risk",
        /// Somebody who cannot wait (an infant, a patient) lacks what is needed.
        VulnerablePerson = "vulnerable_person",
        /// Money is gone or going: charged twice, fraud, lost sales.
        MoneyLost = "money_lost",
        /// Something is down.
        Outage = "outage",
        /// It must be done by a time.
        Deadline = "deadline",
        /// The writer says that it is urgent.
        Stated = "stated",
        /// The writer says that it is not.
        NoHurry = "no_hurry",
    }
}

slugs! {
    /// What tells that a customer goes.
    ChurnReason {
        Leaving = "leaving",
        Switching = "switching",
        Cancelling = "cancelling",
        NeverAgain = "never_again",
        LastChance = "last_chance",
        /// A competitor is named beside another reason.
        Competitor = "competitor",
    }
}

slugs! {
    /// Whether the writer recommends it to others.
    Advice { Yes = "yes", No = "no", }
}

slugs! {
    /// Whose name it is.
    BrandRole { Own = "own", Competitor = "competitor", Other = "other", }
}

slugs! {
    /// How a brand is spoken of; the strongest that holds.
    BrandManner {
        Mentioned = "mentioned",
        Compared = "compared",
        Praised = "praised",
        SwitchedTo = "switched_to",
    }
}

slugs! {
    /// What a link, or an invitation without one, is for.
    LinkKind {
        Promotion = "promotion",
        Piracy = "piracy",
        Suspicious = "suspicious",
        /// A link to a competitor of the caller's list.
        Rival = "rival",
    }
}

slugs! {
    /// Where in the customer's journey a message stands.
    #[derive(Default)]
    JourneyStage {
        Awareness = "awareness",
        Consideration = "consideration",
        Purchase = "purchase",
        Delivery = "delivery",
        Use = "use",
        Support = "support",
        Renewal = "renewal",
        Leaving = "leaving",
        #[default]
        None = "none",
    }
}

slugs! {
    /// Who pays for the place where a message stands.
    MediaType {
        /// Others speak in their own places.
        Earned = "earned",
        /// Under or in an advertisement.
        Paid = "paid",
        /// The company's own channels.
        Owned = "owned",
    }
}

/// When or where a wish holds, in the words of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Something asked for that does not exist yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wish {
    /// What is wished for, as written: the text at `object_span`.
    pub object: String,
    pub object_span: Span,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The words that wish and the object.
    pub span: Span,
}

/// What was expected, and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expectation {
    /// As written.
    pub expected: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<String>,
    /// Of `expected`, then of `got`.
    pub spans: Vec<Span>,
}

/// What it cost the customer to get something done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effort {
    pub level: EffortLevel,
    /// At most eight, by place.
    pub spans: Vec<Span>,
    /// The customer had to ask more than once.
    pub repeated_contacts: bool,
    /// The customer was sent from one to the next.
    pub transfers: bool,
}

/// Time the customer says was lost by waiting or trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TimeLost {
    /// 1..=5,256,000 (ten years); days count 24 hours, months 30 days. Of several the longest.
    pub minutes: u32,
    pub span: Span,
}

/// How pressing a message is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Urgency {
    pub level: UrgencyLevel,
    /// In the order of the enum.
    pub reasons: Vec<UrgencyReason>,
    /// At most eight, by place.
    pub spans: Vec<Span>,
}

/// Whether the customer goes, and what tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Churn {
    pub present: bool,
    /// In the order of the enum.
    pub reasons: Vec<ChurnReason>,
    /// At most eight, by place.
    pub spans: Vec<Span>,
}

/// A recommendation in words, or the advice to stay away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommends {
    /// Of two that disagree the later.
    pub answer: Advice,
    /// Of that answer; at most eight, by place.
    pub spans: Vec<Span>,
}

/// A brand named in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrandMention {
    /// As in the caller's list; as written where the role is `other`.
    pub name: String,
    pub role: BrandRole,
    #[serde(rename = "as")]
    pub manner: BrandManner,
    /// At most eight, by place.
    pub spans: Vec<Span>,
}

/// A promotion, a pirated offer, a lure, or a competitor's link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LinkFinding {
    pub kind: LinkKind,
    pub span: Span,
    /// It was written so that filters miss it: spaced letters, `hxxp`, "dot com", look-alike letters.
    pub disguised: bool,
}

/// All of it for one text. Absent or empty where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Signals {
    /// At most 16.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<Wish>,
    /// What the customer would buy, each as a wish without condition. At most 16.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purchase_interest: Vec<Wish>,
    /// At most 16.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expectations: Vec<Expectation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_lost: Option<TimeLost>,
    pub urgency: Urgency,
    pub churn: Churn,
    /// Absent where the writer neither recommends nor advises against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommends: Option<Recommends>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub brands: Vec<BrandMention>,
    /// At most 32.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkFinding>,
    pub journey_stage: JourneyStage,
    /// Further stages the text speaks of, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_stages: Vec<JourneyStage>,
    /// Only where the channel is known or the text says that it is an advertisement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
}

impl Signals {
    /// Writes the pieces anew as they stand in `text`, into which the spans point.
    pub(crate) fn write_pieces(&mut self, text: &str) {
        let piece = |span: &Span| span.slice(text).map(str::to_string);
        for wish in self.wishes.iter_mut().chain(&mut self.purchase_interest) {
            wish.object = piece(&wish.object_span).unwrap_or_default();
        }
        for pair in &mut self.expectations {
            pair.expected = pair.spans.first().and_then(piece).unwrap_or_default();
            pair.got = pair.spans.get(1).and_then(piece);
        }
    }

    /// Leaves out the words of the text; the spans stand. What travels on should hold no words of a message.
    pub fn drop_words(&mut self) {
        for wish in self.wishes.iter_mut().chain(&mut self.purchase_interest) {
            wish.object.clear();
            wish.condition = None;
        }
        for pair in &mut self.expectations {
            pair.expected.clear();
            pair.got = None;
        }
    }

    /// Hands over every span.
    pub(crate) fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        for wish in self.wishes.iter_mut().chain(&mut self.purchase_interest) {
            change(&mut wish.object_span);
            change(&mut wish.span);
        }
        let expectations = self.expectations.iter_mut().flat_map(|one| &mut one.spans);
        let effort = self.effort.iter_mut().flat_map(|one| &mut one.spans);
        let lost = self.time_lost.iter_mut().map(|one| &mut one.span);
        let told = self.urgency.spans.iter_mut().chain(&mut self.churn.spans);
        let told = told.chain(self.recommends.iter_mut().flat_map(|one| &mut one.spans));
        let brands = self.brands.iter_mut().flat_map(|one| &mut one.spans);
        let links = self.links.iter_mut().map(|one| &mut one.span);
        expectations.chain(effort).chain(lost).chain(told).chain(brands).chain(links).for_each(change);
    }
}
