// Personal data: what is found and what is taken out.

/**
 * A kind of personal data. `url` is any link; `url_token` one that carries credentials, a token or an e-mail address;
 * `reference` an order, booking or customer number. `url`, `reference` and `handle` are looked for only when asked.
 */
export type PiiType =
  | "email" | "phone" | "card" | "iban" | "bank_account" | "ip" | "mac" | "url" | "url_token" | "secret" | "crypto"
  | "national_id" | "company_id" | "passport" | "driving_licence" | "birth_date" | "address" | "postcode" | "location"
  | "plate" | "reference" | "handle" | "person";

/** One piece of personal data found; the value itself is not part of it. */
export interface Pii {
  type: PiiType;
  span: Span;
  /** Rank in 0..1: how sure the structure makes it. Not a probability. */
  certainty: number;
  /** True when a check digit or registry rule was tested and held. */
  validated: boolean;
  /** Which number or credential within the type, one of `info.piiKinds`: `pl_pesel`, `jwt`. Absent where there is one kind only. */
  kind?: string;
}

/**
 * How a value is written. `label`: `[EMAIL]`. `mask`: stars, but the last four of more than eight letters or digits.
 * `partial`: what tells little stays, as in `j***@example.com`. `numbered`: `[EMAIL_1]`, the same for the same value.
 * `keyed`: `[EMAIL:kfbdnpaoclghijem]`, the same for the same value and key everywhere. `remove`: nothing.
 */
export type RedactMode = "label" | "mask" | "partial" | "numbered" | "keyed" | "remove";

/** A type of the engine, `denied` for the deny list, or the id of a detector of your own. */
export type RemovedType = PiiType | "denied" | (string & {});

/** Options of `redact`. */
export interface RedactOptions {
  /** Default `label`. */
  mode?: RedactMode;
  /** Modes of single types. */
  modes?: { [type: string]: RedactMode };
  /** Which types to take out. Default all but `url`, `reference` and `handle`. */
  types?: PiiType[];
  /** As in `AnalyzeOptions`, but a longer text is refused with `E_TEXT_TOO_LARGE`: redaction fails closed. */
  maxTextBytes?: number;
  /** Key of `keyed`: 16 to 128 bytes of your own, kept secret. */
  key?: Uint8Array;
  /** Values that stay, however they are typed. `*` in front: values that end so, as in `*@example.com`. */
  allow?: string[];
  /** Phrases that go wherever they stand, however they are typed. */
  deny?: string[];
  /** Detectors of your own, as an object or as JSON text. */
  detectors?: DetectorFile | string;
}

/** One piece of personal data that was taken out. */
export interface Removed extends Omit<Pii, "type"> {
  type: RemovedType;
}

/** A text without personal data. */
export interface Redaction {
  text: string;
  /** What was taken out; spans point into the text given. */
  pii: Removed[];
  /** How many of each type; types with none are absent. */
  counts: { [type: string]: number };
}

/** Detectors of your own; docs/privacy.md is the guide. */
export interface DetectorFile {
  $schema?: string;
  version: 1;
  detectors: DetectorSource[];
}

export interface DetectorSource {
  /** `a` to `z`, `0` to `9`, `_`; stands as `type` in results. */
  id: string;
  /** What stands in brackets; default the id in capitals. */
  label?: string;
  phrases?: string[];
  /** `#` digit, `@` letter, `*` either, space a sign that may be missing, `?` and `{2,4}` repeat, `\` before any of them. */
  shapes?: string[];
  checksum?: "luhn" | "mod97" | { weights: number[]; modulus: number; remainder?: number };
  /** One of these words must stand near a shape. */
  context?: string[];
  /** How near, in characters; default 60. */
  within?: number;
  examples?: { match?: string[]; miss?: string[] };
}

/** What is wrong or doubtful about a detector. */
export interface DetectorFinding {
  severity: "error" | "warning" | "note";
  code: "example_missed" | "example_matched" | "broad" | "shadowed" | "unused" | "no_example";
  /** As in `detectors[3].shapes[1]`. */
  path: string;
}

/** Options of `Engine.redactor`. */
export interface RedactorOptions extends RedactOptions {
  /** What to do with single fields of records, by path: `customer.email`, `items.*.note`. */
  fields?: { [path: string]: "keep" | "scan" | PiiType };
  /** Keep what the pseudonyms stand for, for `Redactor.vault`. Default false. */
  vault?: boolean;
}

/** What was taken out of one field, over all records of a call. */
export interface FieldCount {
  /** Keys joined by `.`, items of a list as `*`. */
  path: string;
  type: RemovedType;
  /** How it was known. */
  by: "name" | "rule" | "text";
  count: number;
}

/** Records without personal data. */
export interface RecordRedaction {
  text: string;
  counts: { [type: string]: number };
  fields: FieldCount[];
}

/** What one pseudonym stands for: keep it apart from the redacted texts. */
export interface VaultEntry {
  token: string;
  value: string;
}

/** What kind of data a field holds. */
export type DataClass = "identity" | "descriptive" | "attitudinal" | "behavioural";

/** What a field holds, and why that is thought. */
export interface FieldClass {
  /** `null` where neither name nor sample tells: ask. */
  class: DataClass | null;
  type: PiiType | null;
  reason: "name" | "sample" | "unknown";
}

/** Where the data of each field comes from, what for, and where it may go. */
export interface DataInventory {
  $schema?: string;
  version: 1;
  id: string;
  fields: DataRecord[];
  /** What happens where something is missing; default `refuse`. */
  policy?: Partial<Record<UseStep, "redact" | "refuse" | "keep">>;
}

export interface DataRecord {
  field: string;
  origin?: string;
  purposes?: string[];
  /** The outcome hoped for. */
  outcome?: string;
  /** What is learned from it. */
  insight?: string;
  destinations?: string[];
  /** Default by the name. */
  type?: DataClass;
  /** The person must have agreed to the purpose. Default false. */
  consent?: boolean;
}

/** What may be missing for a use. */
export type UseStep = "record" | "origin" | "purpose" | "outcome" | "insight" | "destination" | "consent";

/** One use of the fields of one person's data. */
export interface DataUseCall {
  purpose: string;
  destination: string;
  /** The moment of use, in milliseconds since 1970. */
  nowMs: number;
  consent?: Consent[];
}

/** What one person agreed to, until `expiresMs` (not itself). */
export interface Consent {
  id: string;
  purpose: string;
  givenMs: number;
  expiresMs?: number;
  withdrawnMs?: number;
}

/** What is decided about one field. */
export interface UseDecision {
  field: string;
  verdict: "allowed" | "redact" | "refuse" | "keep";
  missing: UseStep | null;
  /** What decided: `fields[2].purposes`, `policy.record`, `consent:c7`. */
  rule: string;
  consent: "ok" | "expired" | "withdrawn" | "absent" | "not_needed";
  type: DataClass | null;
}

/** What is thought of one field of a form. */
export interface FormFinding {
  field: string;
  verdict: "justified" | "unjustified" | "ask";
  missing: UseStep | null;
  required: boolean;
  class: DataClass | null;
  type: PiiType | null;
}

/** Counts of decisions and of what was taken out; holds no values. */
export interface LedgerReport {
  rows: {
    field: string; origin: string; purpose: string; destination: string;
    verdict: UseDecision["verdict"]; missing: UseStep | null; count: number;
  }[];
  removed: { destination: string; type: string; count: number }[];
}
