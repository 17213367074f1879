// Policies and decisions.

/** What to do about a message. */
export type Action =
  | "answer" | "resolve" | "amplify" | "thank" | "engage" | "retain"
  | "escalate" | "review" | "ignore" | "block";

/** How a reply should sound. Tone is all that capitals, marks and emotions may change. */
export type ToneHint = "plain" | "apologetic" | "calm" | "reassuring" | "warm";

/** Why a decision was taken. */
export interface Reason {
  /** Id of the rule. */
  rule: string;
  /** The conditions that held, in words. */
  because: string;
  /** Where in the text, when the reason is a place. */
  spans: Span[];
}

/** What to do now about one message. */
export interface Decision {
  action: Action;
  queue: string;
  /** 1 is the most urgent, 4 the least. */
  priority: 1 | 2 | 3 | 4;
  /** Absent when no reply is owed. */
  respondWithinMinutes?: number;
  /** `automate` only where the rule says so. */
  mode: "suggest" | "automate";
  /** What the rule says, else what the emotions sensed suggest; `apologetic` when it is late. */
  toneHint: ToneHint;
  /** What the rule `needs` to know and the message does not bring; absent when nothing is missing. */
  missing?: string[];
  /** True when other outbound messages to the customer should wait. */
  hold?: true;
  /**
   * Minutes since `sentAt` and left of the deadline; only when `now`, `sentAt` and a deadline are known. What is left
   * counts by `waitedMinutes` where the situation has them, but for `escalate`.
   */
  window?: { ageMinutes: number; remainingMinutes: number; late: boolean };
  reasons: Reason[];
  /** The text without personal data; null when it could not be redacted (fails closed). */
  redacted: string | null;
  /** Why `redacted` is null. */
  redactionError?: { code: ErrorCode; message: string };
  policy: { id: string; version: string };
  analysis: Analysis;
}

/** What the caller knows of the customer when the message comes. Counts are whole numbers from 0. */
export interface CustomerState {
  /** A customer who is served first. */
  vip?: boolean;
  /** Times the customer wrote before about the open matter. */
  contacts?: number;
  /** Bad experiences in a row before this message. */
  badExperiences?: number;
  openCases?: number;
  /** Questions of the customer that nobody answered. */
  openQuestions?: number;
}

/** The time and the customer, as data: the engine has no clock. */
export interface Situation {
  /** ISO 8601 or milliseconds since 1970. */
  now?: string | number;
  /** Whether the team works now. Conditions on it hold neither way when it is not given. */
  open?: boolean;
  /** Minutes since `sentAt` that count against a deadline; `care.situation` tells them by a calendar. Default: all. */
  waitedMinutes?: number;
  customer?: CustomerState;
}

/**
 * A number that a condition compares. `length` is in characters, `words` counts those beside mentions, laughter and
 * interjections, both without swearing and marks at the end; `minutesLost` is what the text says was lost.
 */
export type PolicyNumber =
  | "score" | "intentConfidence" | "minutesLost" | "length" | "words" | "ratingValue" | "ageMinutes"
  | "contacts" | "badExperiences" | "openCases" | "openQuestions";

/** One condition of a policy: exactly one key. A list holds when any of its members does. */
export type Condition =
  | { sentiment: SentimentLabel[] }
  | { emotions: Emotion[] }
  | { acts: Act[] }
  | { intent: Intent[] }
  | { safety: Safety[] }
  | { flags: Flag[] }
  | { disposition: Disposition[] }
  | { states: State[] }
  | { urgency: UrgencyLevel[] }
  | { urgencyReasons: UrgencyReason[] }
  | { churn: ChurnReason[] }
  | { effort: EffortLevel[] }
  | { journeyStage: JourneyStage[] }
  | { mediaType: MediaType[] }
  | { links: LinkKind[] }
  | { brands: BrandRole[] }
  | { pii: PiiType[] }
  | { rating: ("low" | "middle" | "high")[] }
  | { channel: Channel[] }
  | { meaningful: boolean }
  | { public: boolean }
  | { wish: boolean }
  | { expectation: boolean }
  | { leaving: boolean }
  | { vip: boolean }
  | { open: boolean }
  | { language: string[] }
  | { source: string[] }
  | { customer: string[] }
  | { thread: string[] }
  | { scoreBelow: number }
  | { scoreAbove: number }
  | { number: NumberBounds }
  | { field: FieldValues }
  | { has: string[] }
  | { topics: string[] | TopicsInMood }
  | { textContains: string[] }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** Strictly above and strictly below; at least one bound. A number that is not known holds neither way. */
export interface NumberBounds { field: PolicyNumber; above?: number; below?: number; }

/** A further field of the message is one of these texts; numbers and truth values count as written. */
export interface FieldValues { name: string; is: string[]; }

/** One of these topics, or a part of one, is spoken of in one of these sentiments. */
export interface TopicsInMood { of: string[]; sentiment: SentimentLabel[]; }

/** One rule: the first whose condition holds decides. A rule without `when` always holds and must be the last. */
export interface Rule {
  id: string;
  when?: Condition;
  then: {
    action: Action;
    queue: string;
    priority: 1 | 2 | 3 | 4;
    respondWithinMinutes?: number;
    mode?: "suggest" | "automate";
    toneHint?: ToneHint;
    /** Fields of the message, of its author or types of personal data that are needed to solve it. */
    needs?: string[];
    /** Other outbound messages to the customer wait. */
    hold?: boolean;
  };
}

/** An ordered list of rules; the last must be a default without `when`. */
export interface Policy {
  /** Where policy.schema.json lies, for editors; never read. */
  $schema?: string;
  id: string;
  version: string;
  /** Least confidence, 0..1, from which an intent counts, and from which a rule may automate; both 0 where not given. */
  thresholds?: { intent: Partial<Record<Intent, { suggest?: number; automate?: number }>> };
  rules: Rule[];
}

/** What the linter finds odd; each finding is so for every message. */
export type PolicyFault =
  | "shadowed" | "never_holds" | "always_holds" | "contradictory_deadlines" | "deadline_without_reply"
  | "missing_deadline" | "automated_block" | "unknown_topic";

/** One finding of the linter, with its place as in errors: `rules[3].when.all[0]`. */
export interface PolicyFinding { fault: PolicyFault; rule: string; path: string; message: string; }

/** What a policy does with a message, without the reasons. */
export interface PolicyOutcome {
  rule: string;
  action: Action;
  queue: string;
  priority: 1 | 2 | 3 | 4;
  respondWithinMinutes?: number;
  mode: "suggest" | "automate";
}

/** What changes for a message when one policy takes the place of another; `changed` is empty when nothing does. */
export interface PolicyDifference {
  before: PolicyOutcome;
  after: PolicyOutcome;
  changed: ("action" | "queue" | "priority" | "respondWithinMinutes" | "mode")[];
}

/** One answer of the engine that a person judged. */
export interface Judged { confidence: number; correct: boolean; }

/** What mistakes cost, in any one unit; all above 0. */
export interface DecisionCosts {
  /** Acting without a person on an answer that is wrong. */
  wrongAutomated: number;
  /** Leaving to a person what could have been automated. */
  missedAutomated: number;
  /** Showing a person a suggestion that is wrong. */
  wrongSuggested: number;
  /** Not suggesting what was right. */
  missedSuggested: number;
}

/** A threshold and what lies at or above it. */
export interface ThresholdLine {
  /** Least confidence; null where never acting costs least. */
  threshold: number | null;
  n: number;
  /** Share of all rows, 0..1. */
  coverage: number;
  /** Wrong share of the rows at or above it in percent, with its 95 % Wilson interval; null without rows. */
  error: number | null;
  interval: [number, number] | null;
  /** Total cost over the rows given. */
  cost: number;
}

/** Where to draw the two lines. */
export interface ThresholdChoice { n: number; suggest: ThresholdLine; automate: ThresholdLine; }
