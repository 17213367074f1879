// Cases, clocks, pauses, returns and channels. Times go in as ISO 8601 text or milliseconds since 1970 and come out as the latter.

/** A moment: ISO 8601 text or milliseconds since 1970. */
export type Time = string | number;

/** A message without its words. */
export interface CaseMessage {
  id: string;
  sentAt: Time;
  /** Default customer. A bot's reply does not count as an answer. */
  role?: "customer" | "agent" | "bot";
  channel?: Channel;
  thread?: string;
  inReplyTo?: string;
  customer?: string;
  /** Contact reason; the engine's or your own. */
  intent?: Intent | (string & {});
  /** What the policy decided; amplify, thank, ignore and block open no case. */
  action?: Action;
  emotions?: Emotion[];
  /** This message settles the matter. */
  resolves?: boolean;
}
/** What `care.cases` takes. */
export interface CaseCall {
  messages: readonly CaseMessage[];
  /** Same customer, same reason: joins within so many hours. Default 168. */
  windowHours?: number;
  now?: Time;
  /** For response times in business hours. */
  calendar?: Calendar;
}
export type CaseDecision = "open" | "join" | "none";
export type CaseReason = "new" | "reply" | "thread" | "same_intent" | "nothing";
export type CaseStatus = "open" | "answered" | "resolved" | "reopened";
/** What one message did, and where its case stood then. */
export interface CaseStep { id: string; decision: CaseDecision; because: CaseReason; case?: string; status?: CaseStatus; }
/** One message of a case; turns count from 1. */
export interface CaseMoment { id: string; turn: number; atMs: number; }
/** One emotion through a case; `gone` is absent while it holds. */
export interface EmotionPath { emotion: Emotion; first: CaseMoment; last: CaseMoment; turns: number; gone?: CaseMoment; }
/** The emotions of a case, sensed from words. */
export interface Trajectory {
  emotions: EmotionPath[];
  /** Where an upset customer was calm again. */
  normalised?: CaseMoment;
  upset: boolean;
  relapses: number;
}
/** Messages about one matter. */
export interface Case {
  /** Id of the message that opened it. */
  id: string;
  /** By time, at most 1,000. */
  messages: string[];
  messageCount: number;
  truncated: boolean;
  customers: string[];
  intents: string[];
  channels: Channel[];
  openedMs: number;
  lastMs: number;
  status: CaseStatus;
  waitingSinceMs?: number;
  firstResponseMs?: number;
  firstResponseBusinessMs?: number;
  resolutionMs?: number;
  resolutionBusinessMs?: number;
  reopened: number;
  trajectory: Trajectory;
}
/** All cases, and what was odd about the messages. */
export interface CaseReport {
  cases: Case[];
  /** Every message, by time. */
  steps: CaseStep[];
  duplicates: number;
  /** Ids under which different messages came. */
  conflicting: string[];
  /** Replies with a time before what they reply to. */
  backwards: string[];
  afterNow: number;
}

/** One step of a workflow of your own. */
export interface WorkflowStep { id: string; after?: string[]; data?: string[]; }
/** What `care.nextSteps` takes: a contact reason or a workflow of your own, what is known, what is done. */
export interface NextStepsCall { intent?: Intent | (string & {}); workflow?: readonly WorkflowStep[]; known?: readonly string[]; done?: readonly string[]; }
/** One step: data to ask for, and steps that come first. */
export interface GuidedStep { id: string; state: "done" | "skipped" | "ready" | "blocked"; asks: string[]; waitsFor: string[]; }
export interface Guidance { steps: GuidedStep[]; next: string[]; complete: boolean; }

/** Business hours. The zone is one the runtime knows, as in `Europe/Warsaw`, or the offset and the moments it changes at. */
export interface Calendar {
  zone: string | { offsetMinutes: number; transitions?: { from: Time; offsetMinutes: number }[] };
  /** Monday to Sunday: null or stretches of minutes of the day, as in [[540, 1020]]. */
  days: ([from: number, to: number][] | null)[];
  /** YYYY-MM-DD. */
  holidays?: string[];
}
/** What `care.situation` takes: the time, when the message was sent, when the team works, what is known of the customer. */
export interface SituationCall { now: Time; sentAt?: Time; calendar?: Calendar; customer?: CustomerState; }
/** What `care.due` takes beside the decision. */
export interface DueCall { sentAt: Time; now: Time; calendar?: Calendar; }
/** What `care.deadline` takes; without minutes, what people expect of the platform or channel. */
export interface DeadlineCall { sentAt: Time; now: Time; minutes?: number; channel?: Channel; source?: string; calendar?: Calendar; }
export interface Deadline {
  deadlineMs: number;
  state: "in_time" | "soon" | "late";
  respondWithinMinutes: number;
  businessMinutesLeft?: number;
  lateMinutes: number;
  /** Late: say sorry. */
  apologise: boolean;
  /** The message lies after now and was read as sent now. */
  backwards: boolean;
}

export type OutboundKind = "post" | "advert" | "campaign" | "survey" | "reply";
/** What a pause covers; lists that are absent cover all, but replies only where `kinds` names them. */
export interface PauseScope { kinds?: OutboundKind[]; channels?: string[]; brands?: string[]; markets?: string[]; campaigns?: string[]; }
/** One stop of publishing. */
export interface Pause { id: string; reason: string; from: Time; until?: Time; resumedAt?: Time; scope?: PauseScope; }
/** Something that is to go out, without its words. Default kind: post. */
export interface Outbound {
  id: string; kind?: OutboundKind; channel?: string; source?: string; brand?: string; market?: string; campaign?: string; publishAt?: Time;
}
/** What `care.pauses` takes; `resume` ends a pause by its id first. */
export interface PauseCall { pauses: readonly Pause[]; now: Time; items?: readonly Outbound[]; resume?: string; }
export interface OutboundAnswer { id: string; publish: boolean; pauses: string[]; reason?: string; resumesMs?: number; }
export type PauseState = "scheduled" | "active" | "ended" | "resumed";
export interface PauseEvent { atMs: number; pause: string; state: PauseState; planned: boolean; }
export interface PauseReport { items: OutboundAnswer[]; pauses: Pause[]; active: string[]; history: PauseEvent[]; }
export type AlertLevel = "watch" | "warning" | "critical";
/** Something that may call for a pause. Known kinds: sensitive_event, safety, burst, outage, takeover, link. */
export interface PauseAlert { id: string; kind: string; level: AlertLevel; at: Time; channels?: string[]; brands?: string[]; markets?: string[]; }
export interface RecommendCall { alerts: readonly PauseAlert[]; pauses?: readonly Pause[]; now: Time; }
export interface PauseRecommendation { pause: Pause; alert: string; level: AlertLevel; }
/** Something that went out at `publishAt`. */
export interface PublishedItem extends Outbound { checked?: boolean; breaches?: string[]; }
export interface ComplianceCall { log: readonly PublishedItem[]; pauses?: readonly Pause[]; }
export interface Compliance {
  items: number; duplicates: number; checked: number; share?: number; breached: number; breaches: { rule: string; count: number }[];
}

/** What somebody wished for. `person` is a pseudonym; addresses, numbers and names are refused. */
export interface KeptWish { person: string; object: string; at: Time; message?: string; toldAt?: Time; }
/** Given or taken back; the latest counts. */
export interface ContactConsent { person: string; at: Time; given: boolean; until?: Time; }
export interface ReturnCall {
  wishes: readonly KeptWish[]; consents: readonly ContactConsent[]; available: { object: string; also?: string[] }; now: Time;
}
export interface Return { person: string; askedMs: number; daysAgo: number; wishes: number; messages: string[]; consentMs: number; }
export type NotTold = "opted_out" | "no_consent" | "consent_ended" | "already_told" | "after_now";
export interface LeftOut { person: string; reason: NotTold; sinceMs?: number; }
export interface ReturnList { contact: Return[]; leftOut: LeftOut[]; wishes: number; duplicates: number; }

/** Where people write; slug `other` where nothing is known. */
export interface Platform {
  slug: string; class: Channel; public: boolean; synchronous: boolean; maxCharacters: number | null; reply: { minutes: number; source: string };
}
