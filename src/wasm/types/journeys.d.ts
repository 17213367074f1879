// Journeys and survey fatigue. Times are milliseconds since 1970.

/** What a key of a person is, the most trusted first. */
export type KeyKind = "customer" | "email" | "phone" | "handle";

/** A key of a person: a keyed pseudonym of its normal form (`normalKey`). */
export interface IdentityKey { kind: KeyKind; value: string; }

/** Something that carries keys: a message, a row of a customer table. */
export interface IdentityRecord { id: string; keys: readonly IdentityKey[]; }

/** What may not join, and the way back from a wrong join. */
export interface StitchOptions {
  /** Keys that never join. */
  deny?: readonly IdentityKey[];
  /** Keys of single records that are not used. */
  detach?: readonly { record: string; kind: KeyKind }[];
  /** Most records of one person. Default 10000. */
  mostRecords?: number;
}

/** One person: the records joined, and each join with its key. */
export interface IdentityPerson { id: string; records: string[]; links: { kind: KeyKind; records: [string, string] }[]; }

/** The people found, and shared keys that joined nobody. */
export interface Identities {
  people: IdentityPerson[];
  unused: { kind: KeyKind; because: "denied" | "customers_differ" | "too_large"; count: number; records: string[] }[];
}

/** One moment of a customer's way. No words of the customer. */
export interface JourneyEvent {
  /** The same id again is the same event. */
  id: string;
  atMs: number;
  channel?: Channel;
  /** Default `customer`. A bot's reply is no first response. */
  speaker?: "customer" | "agent" | "bot";
  keys?: readonly IdentityKey[];
  thread?: string;
  /** Waits for an answer. */
  asks?: boolean;
  complains?: boolean;
  experience?: "bad" | "good";
  upset?: boolean;
  leaves?: boolean;
  /** The matter is settled. */
  resolves?: boolean;
  /** Contact reason. */
  intent?: string;
  /** Journey stage or touchpoint. */
  moment?: string;
}

/** When a team answers. */
export interface BusinessHours {
  utcOffsetMinutes: number;
  /** Monday to Sunday: first and last minute of the day; null when closed. */
  days: readonly ([from: number, to: number] | null)[];
}

/** Share of customers who stay after 0, 1, 2 ... bad experiences in a row. */
export interface Curve { name: string; survival: readonly number[]; source: string; warning?: string; }

/** One test of a rule: over an attribute, or `conversations`, `repeatContacts`, `badInRow`, `openItems`. */
export interface SegmentTest { field: string; in?: readonly unknown[]; least?: number; most?: number; }

/** How journeys are read, and what is told of people beside. */
export interface JourneyCall {
  stitch?: StitchOptions;
  hours?: BusinessHours;
  /** Without threads, silence that ends a conversation. Default 72. */
  sessionHours?: number;
  /** A conversation for the same reason within so many days is a repeat. Default 7. */
  repeatDays?: number;
  /** What waits longer is late. Default 24. */
  answerWithinHours?: number;
  /** After so many days an experience weighs half. Default 90. */
  halfLifeDays?: number;
  /** Who stays after bad experiences. Default `pwc-2018`. */
  curve?: "pwc-2018" | "as-quoted" | Curve;
  /** Attributes of people as another system keeps them, by record id: gives `profiles`. */
  attributes?: readonly { record: string; attributes: Record<string, unknown> }[];
  /** The first rule whose tests all hold names the segment of a person: gives `segments`. */
  rules?: readonly { segment: string; all: readonly SegmentTest[] }[];
}

/** A question or complaint that nobody answered. */
export interface OpenItem { id: string; atMs: number; waitingMs: number; complaint: boolean; }

/** One conversation of a journey. */
export interface JourneyConversation {
  id: string;
  channel: Channel;
  startedMs: number;
  events: number;
  needsAnswer: boolean;
  open: OpenItem[];
  firstResponseMs?: number;
  firstResponseBusinessMs?: number;
  resolutionMs?: number;
  /** The same in business hours. */
  resolutionBusinessMs?: number;
  /** When an upset customer was calm again. */
  normalised?: { id: string; turn: number };
  experience?: "bad" | "good";
  intent?: string;
  repeated: boolean;
}

/** One customer over all channels. */
export interface Journey {
  person: string;
  timeline: { id: string; atMs: number; channel: Channel; speaker: "customer" | "agent" | "bot"; moment?: string }[];
  conversations: JourneyConversation[];
  repeatContacts: number;
  preferredChannel?: { channel: Channel; share: Figure };
  standing: "unknown" | "good" | "recovered" | "bad";
  standingSum: number;
  leaving: {
    reasons: ("says_so" | "unanswered_complaints" | "bad_in_row")[];
    events: string[];
    badInRow: number;
    /** Share, 0 to 1, that stays after so many, by the curve; of a group, not of this person. */
    stays: number;
    curve: string;
  };
  next: { step: "retain" | "resolve" | "answer" | "recover" | "thank" | "nothing"; late: boolean; holdSurveys: boolean; events: string[] };
}

/** How fast and how completely customers were answered. */
export interface ResponseTimes {
  answered: Figure;
  n: number;
  medianMs?: number;
  p90Ms?: number;
  medianBusinessMs?: number;
  p90BusinessMs?: number;
  resolved: number;
  medianResolutionMs?: number;
  waiting: number;
  /** The hundred that wait longest. */
  unanswered: OpenItem[];
}

/** Everybody's journeys and figures over them. */
export interface Journeys {
  identities: Identities;
  people: Journey[];
  response: ResponseTimes;
  moments: { counts: { moment: string; count: number }[]; transitions: { from: string; to: string; count: number }[] };
  curve: Curve;
  duplicates: number;
  unassigned: number;
  afterNow: number;
  profiles?: { person: string; attributes: Record<string, unknown>; conflicts: string[] }[];
  segments?: { person: string; segment?: string; overlaps: string[] }[];
}

/** What became of one customer after so many bad experiences in a row. */
export interface CustomerOutcome { bad: number; left: boolean; }

/** One step of an estimated curve. */
export interface CurveStep { bad: number; atRisk: number; left: number; hazard: Figure; survival: number; interval?: [number, number]; tooFew: boolean; }

/** A curve from outcomes of your own, to be given as `curve`. */
export interface EstimatedCurve { curve: Curve; n: number; steps: CurveStep[]; leftWithoutBad: number; }

/** One invitation to a survey. */
export interface Invitation {
  id?: string;
  sentMs: number;
  outcome?: "answered" | "dismissed" | "ignored" | "bounced" | "pending";
  endedMs?: number;
  /** The answer asked for something, or was bad. */
  replyOwed?: boolean;
  repliedMs?: number;
}

/** Everything known of one person's surveys and of their complaints and questions, in any order. */
export interface SurveyHistory {
  invitations?: readonly Invitation[];
  contacts?: readonly { atMs: number; complaint?: boolean; answeredMs?: number }[];
}

/** How often people may be asked; defaults in docs/design/fatigue.md. */
export interface SurveyPolicy {
  restAfterInvitationDays?: number;
  restAfterAnswerDays?: number;
  restAfterDismissalDays?: number;
  restAfterComplaintDays?: number;
  ignoredAfterDays?: number;
  stopAfterIgnored?: number;
  restAfterIgnoredDays?: number;
  mostAYear?: number;
  leastResponse?: number;
  mostQuestionsPhone?: number;
  mostQuestions?: number;
}

/** Whom to ask what, and when. */
export interface SurveyCall {
  nowMs: number;
  person?: { optedOut?: boolean; device?: "phone" | "other" };
  history?: SurveyHistory;
  survey?: { questions?: number; shortest?: number; quota?: { limit: number; sent: number; resetsMs: number } };
  policy?: SurveyPolicy;
}

/** A rule that spoke about asking. */
export type SurveyRule =
  | "opted_out" | "never_answers" | "stopped_answering" | "ignored_in_row" | "rarely_answers" | "answer_first" | "recent_complaint"
  | "open_loop" | "pending" | "cooldown" | "person_quota" | "survey_quota" | "too_long" | "shortened" | "clock";

/** Whether to ask, and why. */
export interface SurveyDecision {
  decision: "ask" | "wait" | "never";
  /** First moment to ask again; absent when an event is waited for. */
  untilMs?: number;
  /** Most questions, when asked now. */
  questions?: number;
  reasons: { rule: SurveyRule; untilMs?: number; count: number }[];
  /** Estimated share of invitations this person answers, 0 to 1. */
  expectedResponse: number;
  n: number;
}
