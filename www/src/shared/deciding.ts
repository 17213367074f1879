/** What page and worker say to each other about decisions, policies and replies. */
import type { Action, PolicyFault, PolicyOutcome, ReplyDraft, ReplyValues, ToneHint } from "hearken";
import type { TextPlace } from "./json-place.ts";
import type { PolicyName } from "./policies.ts";
import type { Part } from "./protocol.ts";
import type { TaxonomyName } from "./taxonomies.ts";

/** The policy that decides: one that the page carries, or JSON text with the taxonomy whose topics it names (`null`: that of the comments). */
export type PolicyWish = { name: PolicyName } | { json: string; topics: TaxonomyName | null };

/** The policy in use. */
export interface PolicyInUse {
  id: string;
  version: string;
}

/** One thing wrong or doubtful about a JSON text, and where. */
export interface LineFinding {
  severity: "error" | "warning" | "note";
  message: string;
  place: TextPlace;
  line: number;
  column: number;
}

/** A policy as it is being written. */
export interface PolicyCheck {
  usable: boolean;
  id: string;
  version: string;
  /** How many, the default among them. */
  rules: number;
  lines: LineFinding[];
  counts: Record<LineFinding["severity"], number>;
}

/** How grave each finding of the linter is. */
export const FAULT_SEVERITY: Readonly<Record<PolicyFault, LineFinding["severity"]>> = {
  shadowed: "warning",
  never_holds: "warning",
  contradictory_deadlines: "warning",
  missing_deadline: "warning",
  automated_block: "warning",
  unknown_topic: "warning",
  always_holds: "note",
  deadline_without_reply: "note",
};

/** One comment that another policy would treat differently. */
export interface EffectLine {
  row: number;
  parts: Part[];
  before: PolicyOutcome;
  after: PolicyOutcome;
  changed: string[];
  /** Why the new rule holds, in words. */
  because: string[];
}

/** What would change if a policy took the place of the one in use. */
export interface PolicyEffect {
  /** Comments compared. */
  rows: number;
  different: number;
  /** The first of them. */
  lines: EffectLine[];
  before: PolicyInUse;
}

/** From when deadlines are counted: the clock, or the newest date of the table. */
export type AsOf = "now" | "newest";

/** Decisions about all rows; arrays have one entry a row. */
export interface Decided {
  policy: PolicyInUse;
  actions: Action[];
  queues: string[];
  /** Rows with a decision: by priority, then what is due first, then as they stand. */
  order: Uint32Array<ArrayBuffer>;
  /** Index into `actions`; `NO_ACTION` for a row without a decision. */
  action: Uint8Array<ArrayBuffer>;
  /** Index into `queues`. */
  queue: Uint16Array<ArrayBuffer>;
  /** 1 to 4. */
  priority: Uint8Array<ArrayBuffer>;
  /** Minutes left, below 0 when late; `NO_DUE` where no reply is owed. */
  due: Int32Array<ArrayBuffer>;
  /** Whether rows have dates: without, deadlines count from `asOfMs`. */
  dated: boolean;
  asOf: AsOf;
  asOfMs: number;
}

/** `action` of a row without a decision. */
export const NO_ACTION = 255;
/** `due` where no reply is owed. */
export const NO_DUE = 2147483647;

/** A draft, as the page shows it. */
export type Draft = Pick<ReplyDraft, "template" | "language" | "text" | "missing" | "fallbacks" | "variants">;

/** Everything about one item of the list. */
export interface Item {
  row: number;
  /** The comment, with the places of the reasons marked. */
  parts: Part[];
  action: Action;
  queue: string;
  priority: number;
  mode: "suggest" | "automate";
  toneHint: ToneHint;
  respondWithinMinutes: number | null;
  window: { ageMinutes: number; remainingMinutes: number; late: boolean } | null;
  missing: string[];
  hold: boolean;
  rule: string;
  reasons: { because: string; words: Part[][] }[];
  language: string;
  /** `null` where the action owes no words. */
  draft: Draft | null;
}

/** What a draft is made with. */
export interface DraftWish {
  row: number;
  /** Id of the template; `null` for the first that fits. */
  variant: string | null;
  values: ReplyValues;
  /** True when values may be taken from personal data of the comment. */
  reveal: boolean;
}

/** What speaks against sending a reply, in words. */
export interface ReplyDoubt {
  kind: string;
  text: string;
}

/** Which decisions to write into a file, and how. */
export interface DecisionExport {
  /** In their order. */
  rows: Uint32Array;
  /** 1 where a row of the table is done. */
  done: Uint8Array;
  form: "csv" | "json";
  masked: boolean;
}

/** Requests about decisions: what goes in, what comes back. */
export interface DecidingRequests {
  /** JSON text of a policy that the page carries. */
  policy: { in: { name: PolicyName }; out: string };
  /** Decides from now on. Refused with `E_JSON` or `E_POLICY`. */
  usePolicy: { in: PolicyWish; out: PolicyInUse };
  checkPolicy: { in: { json: string; topics: TaxonomyName | null }; out: PolicyCheck };
  /** Of the policy in use against another. Replaced by a newer one. */
  policyEffect: { in: { json: string; topics: TaxonomyName | null }; out: PolicyEffect };
  decide: { in: { asOf: AsOf | null }; out: Decided };
  item: { in: { row: number; reveal: boolean; values: ReplyValues }; out: Item };
  draft: { in: DraftWish; out: Draft | null };
  checkReply: { in: { row: number; text: string }; out: ReplyDoubt[] };
  exportDecisions: { in: DecisionExport; out: { blob: Blob; rows: number } };
}
