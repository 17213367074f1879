// Policies and decisions.

/** What to do about a message. */
export type Action =
  | "answer" | "resolve" | "amplify" | "thank" | "engage" | "retain"
  | "escalate" | "review" | "ignore" | "block";

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
  reasons: Reason[];
  /** The text without personal data; null when it could not be redacted (fails closed). */
  redacted: string | null;
  /** Why `redacted` is null. */
  redactionError?: { code: ErrorCode; message: string };
  policy: { id: string; version: string };
  analysis: Analysis;
}

/** One condition of a policy: exactly one key. */
export type Condition =
  | { sentiment: SentimentLabel[] }
  | { scoreBelow: number }
  | { scoreAbove: number }
  | { acts: Act[] }
  | { pii: PiiType[] }
  | { rating: ("low" | "middle" | "high")[] }
  | { channel: Channel[] }
  | { language: string[] }
  | { meaningful: boolean }
  | { public: boolean }
  | { textContains: string[] }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

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
  };
}

/** An ordered list of rules; the last must be a default without `when`. */
export interface Policy {
  id: string;
  version: string;
  rules: Rule[];
}
