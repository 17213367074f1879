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

/** Options of `redact`. */
export interface RedactOptions {
  /** `label` writes `[EMAIL]`; `mask` keeps the last four letters or digits of a value and stars the rest. Default `label`. */
  mode?: "label" | "mask";
  /** Which kinds to take out. Default all but `url`, `reference` and `handle`. */
  types?: PiiType[];
  /** As in `AnalyzeOptions`, but a longer text is refused with `E_TEXT_TOO_LARGE`: redaction fails closed. */
  maxTextBytes?: number;
}

/** A text without personal data. */
export interface Redaction {
  text: string;
  /** What was taken out; spans point into the text given. */
  pii: Pii[];
  /** How many of each kind; kinds with none are absent. */
  counts: Partial<Record<PiiType, number>>;
}
