/**
 * The plain-English name of every label, said once: page, filters and tests read it here.
 * When a label holds, docs/design/labelling.md says.
 */
import type {
  Act, Action, ChurnReason, Disposition, EffortLevel, Emotion, Evidence, Flag, Intent, JourneyStage, LinkKind, PiiType, Safety, SentimentLabel, State, ToneHint,
  UrgencyLevel, UrgencyReason,
} from "hearken";

type Names<L extends string> = Readonly<Record<L, string>>;

export const SENTIMENT: Names<SentimentLabel> = { negative: "Negative", neutral: "Neutral", positive: "Positive" };

export const EMOTION: Names<Emotion> = {
  anger: "Anger",
  frustration: "Frustration",
  disappointment: "Disappointment",
  sadness: "Sadness",
  worry: "Worry",
  confusion: "Confusion",
  surprise: "Surprise",
  joy: "Joy",
  gratitude: "Gratitude",
  admiration: "Admiration",
  relief: "Relief",
};

export const ACT: Names<Act> = {
  question: "Question",
  complaint: "Complaint",
  request: "Request",
  suggestion: "Suggestion",
  praise: "Praise",
  thanks: "Thanks",
  greeting: "Greeting",
  statement: "Statement",
};

export const INTENT: Names<Intent> = {
  order_status: "Order status",
  delivery_problem: "Delivery problem",
  refund_return: "Refund or return",
  billing: "Billing",
  payment_failure: "Payment failure",
  account_access: "Account access",
  cancellation: "Cancellation",
  technical_fault: "Technical fault",
  product_defect: "Product defect",
  how_to: "How to do it",
  availability: "Availability",
  pricing: "Prices",
  booking_change: "Booking or change",
  staff_complaint: "Staff or service",
  fraud_security: "Fraud or security",
  privacy_request: "Privacy request",
  human_agent: "Wants a person",
  feedback: "Feedback",
  purchase_interest: "Wants to buy",
  none: "No contact reason",
};

export const SAFETY: Names<Safety> = {
  toxic: "Insult",
  threat: "Threat",
  hate: "Hate",
  sexual: "Sexual content",
  self_harm: "Self-harm",
  spam: "Spam",
  promotion: "Promotion",
};

export const FLAG: Names<Flag> = { mixed: "Mixed", irony: "Irony", broadcast: "Addressed to everyone" };

export const STATE: Names<State> = {
  happy: "Happy",
  problem: "Has a problem",
  ambivalent: "In two minds",
  disappointed: "Disappointed",
  anxious: "Anxious",
};

export const EFFORT: Names<EffortLevel> = { easy: "Easy", some: "Some effort", high: "Hard" };

export const URGENCY: Names<UrgencyLevel> = { low: "No hurry", normal: "Normal", high: "Urgent", critical: "Critical" };

export const URGENCY_REASON: Names<UrgencyReason> = {
  safety_risk: "danger",
  vulnerable_person: "somebody who cannot wait",
  money_lost: "money lost",
  outage: "something is down",
  deadline: "a deadline",
  stated: "the writer says so",
  no_hurry: "the writer says so",
};

export const CHURN: Names<ChurnReason> = {
  leaving: "Leaving",
  switching: "Switching",
  cancelling: "Cancelling",
  never_again: "Never again",
  last_chance: "Last chance",
  competitor: "Names a competitor",
};

export const LINK: Names<LinkKind> = {
  promotion: "Promotion",
  piracy: "Piracy",
  suspicious: "Suspicious link",
  rival: "Competitor's link",
};

export const STAGE: Names<JourneyStage> = {
  awareness: "Awareness",
  consideration: "Consideration",
  purchase: "Purchase",
  delivery: "Delivery",
  use: "Use",
  support: "Support",
  renewal: "Renewal",
  leaving: "Leaving",
  none: "Not told",
};

/** Name of each disposition, and one sentence of what it means. */
export const DISPOSITION: Readonly<Record<Disposition, { name: string; meaning: string }>> = {
  respond: { name: "Respond", meaning: "Somebody asks, requests, or reports a problem that can be acted on: it waits for an answer." },
  fix_in_aggregate: { name: "Fix for everyone", meaning: "A suggestion or a general complaint: count it with others like it and fix the cause." },
  amplify: { name: "Amplify", meaning: "Praise without a complaint: worth showing to others." },
  engage: { name: "Engage", meaning: "A statement or a greeting that asks for nothing: an answer is a choice." },
  close: { name: "Close", meaning: "Thanks or a goodbye, and nothing is left open." },
  ignore: { name: "Ignore", meaning: "Says nothing that can be read, or is mass text: spam, advertising, an announcement." },
};

/** Name of each action, and one sentence of what it means. */
export const ACTION: Readonly<Record<Action, { name: string; meaning: string }>> = {
  answer: { name: "Answer", meaning: "A question waits for an answer." },
  resolve: { name: "Resolve", meaning: "A problem is to be solved, then told of." },
  amplify: { name: "Amplify", meaning: "Praise in public: thank, and ask whether it may be shown." },
  thank: { name: "Thank", meaning: "Praise or thanks: say thank you." },
  engage: { name: "Engage", meaning: "Disappointed or in two minds: talk, and ask what would be better." },
  retain: { name: "Retain", meaning: "The customer is about to leave: look for a solution together." },
  escalate: { name: "Escalate", meaning: "Danger or harm: a person takes it over at once." },
  review: { name: "Review", meaning: "A person looks at it and decides." },
  ignore: { name: "Ignore", meaning: "Nothing is said that wants an answer." },
  block: { name: "Block", meaning: "Spam or piracy: hide it after a look." },
};

export const TONE: Names<ToneHint> = {
  plain: "Plain",
  apologetic: "Say sorry first",
  calm: "Calm, without excuses",
  reassuring: "Reassuring",
  warm: "Warm",
};

export const PII: Names<PiiType> = {
  email: "E-mail address",
  phone: "Phone number",
  card: "Card number",
  iban: "IBAN",
  bank_account: "Bank account",
  ip: "IP address",
  mac: "MAC address",
  url: "Link",
  url_token: "Link with credentials",
  secret: "Secret",
  crypto: "Crypto address",
  national_id: "National id",
  company_id: "Company id",
  passport: "Passport",
  driving_licence: "Driving licence",
  birth_date: "Date of birth",
  address: "Address",
  postcode: "Postcode",
  location: "Location",
  plate: "Number plate",
  reference: "Reference number",
  handle: "Handle",
  person: "Name",
};

/** The question each head of the model answers, for one label of it. */
export const HEAD: Names<Evidence["head"]> = {
  sentiment: "Sentiment",
  emotions: "Emotion",
  acts: "Act",
  intent: "Reason",
  safety: "Safety",
  flags: "Mark",
};

const BY_HEAD: Readonly<Record<Evidence["head"], Readonly<Record<string, string>>>> = {
  sentiment: SENTIMENT, emotions: EMOTION, acts: ACT, intent: INTENT, safety: SAFETY, flags: FLAG,
};

/** Name of a label of a head; a label this page does not know yet is written as it is. */
export const labelName = (head: Evidence["head"], label: string): string => BY_HEAD[head][label] ?? label;

/** The sentiments in the order of every chart. */
export const SENTIMENTS: readonly SentimentLabel[] = ["negative", "neutral", "positive"];
