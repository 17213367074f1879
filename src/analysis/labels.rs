//! Everything an analysis can answer by name. docs/design/labelling.md says when each holds.

use serde::Serialize;

/// An enum of labels with stable slugs, in the order of the model's columns and of batch results.
macro_rules! labels {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $label:ident = $slug:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $slug)] $label,)+
        }

        impl $name {
            /// Every label, in the order of the model's columns.
            pub const ALL: [$name; [$($slug),+].len()] = [$($name::$label),+];

            /// The stable slug.
            pub fn slug(self) -> &'static str {
                match self {
                    $($name::$label => $slug,)+
                }
            }

            /// The label with this slug.
            pub fn from_slug(slug: &str) -> Option<$name> {
                $name::ALL.into_iter().find(|label| label.slug() == slug)
            }
        }
    };
}

labels! {
    /// How the text feels about what it speaks of.
    SentimentLabel {
        Negative = "negative",
        Neutral = "neutral",
        Positive = "positive",
    }
}

labels! {
    /// An emotion the words carry: sensed, not measured.
    Emotion {
        Anger = "anger",
        Frustration = "frustration",
        Disappointment = "disappointment",
        Sadness = "sadness",
        Worry = "worry",
        Confusion = "confusion",
        Surprise = "surprise",
        Joy = "joy",
        Gratitude = "gratitude",
        Admiration = "admiration",
        Relief = "relief",
    }
}

labels! {
    /// What a person does with the words; several may hold.
    Act {
        Question = "question",
        Complaint = "complaint",
        Request = "request",
        Suggestion = "suggestion",
        Praise = "praise",
        Thanks = "thanks",
        Greeting = "greeting",
        Statement = "statement",
    }
}

labels! {
    /// Why a person makes contact.
    Intent {
        OrderStatus = "order_status",
        DeliveryProblem = "delivery_problem",
        RefundReturn = "refund_return",
        Billing = "billing",
        PaymentFailure = "payment_failure",
        AccountAccess = "account_access",
        Cancellation = "cancellation",
        TechnicalFault = "technical_fault",
        ProductDefect = "product_defect",
        HowTo = "how_to",
        Availability = "availability",
        Pricing = "pricing",
        BookingChange = "booking_change",
        StaffComplaint = "staff_complaint",
        FraudSecurity = "fraud_security",
        PrivacyRequest = "privacy_request",
        HumanAgent = "human_agent",
        Feedback = "feedback",
        PurchaseInterest = "purchase_interest",
        None = "none",
    }
}

labels! {
    /// What a moderator would look at.
    Safety {
        Toxic = "toxic",
        Threat = "threat",
        Hate = "hate",
        Sexual = "sexual",
        SelfHarm = "self_harm",
        Spam = "spam",
        Promotion = "promotion",
    }
}

labels! {
    /// Yes-or-no marks of a text.
    Flag {
        /// Something good and something bad are said.
        Mixed = "mixed",
        /// One thing is said and another meant.
        Irony = "irony",
        /// Addressed to everyone: announcement, news, advertisement, repost.
        Broadcast = "broadcast",
    }
}

labels! {
    /// What the learned head says of a text beside the listed phrases of [`crate::signals`]. No answer by itself.
    Sign {
        /// Asks for something that does not exist yet.
        Wish = "wish",
        /// It cost the customer much.
        Hard = "effort_high",
        /// It cost the customer something.
        Some = "effort_some",
        /// It was easy.
        Easy = "effort_easy",
        /// There is no hurry.
        Low = "urgency_low",
        /// High or critical urgency.
        Urgent = "urgent",
        /// Critical urgency.
        Critical = "critical",
        /// The customer goes, or says so.
        Churn = "churn",
    }
}

labels! {
    /// What kind of handling the text calls for; every analysis has exactly one.
    Disposition {
        Respond = "respond",
        FixInAggregate = "fix_in_aggregate",
        Amplify = "amplify",
        Engage = "engage",
        Close = "close",
        Ignore = "ignore",
    }
}

labels! {
    /// The state a customer is in; several may hold.
    State {
        Happy = "happy",
        Problem = "problem",
        Ambivalent = "ambivalent",
        Disappointed = "disappointed",
        Anxious = "anxious",
    }
}
