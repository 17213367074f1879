// The one place where answers and errors become JSON.

import { HearkenError } from "hearken";
import { headers } from "./headers.ts";

/** What an error says besides its code and message. */
export interface Details {
  /** The field of a message, or the header, that was refused. */
  field?: string;
  /** The limit that was passed, in the unit of the message. */
  limit?: number;
  /** What was given, in the same unit, where it is known. */
  actual?: number;
  /** Line in the body, from 1. */
  line?: number;
  /** Column in UTF-16 code units, from 1. */
  column?: number;
  /** Where in the policy, as in `rules[3].when`. */
  path?: string;
}

/** The body of an error: `{ "error": ErrorBody }`. Never holds text of a message. */
export interface ErrorBody extends Details {
  /** Stable code, `E_...`. */
  code: string;
  message: string;
}

/** A request, or one message of it, that the worker refuses. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Details;
  readonly more: Readonly<Record<string, string>>;

  /** `more` are headers that belong to the status, such as `allow`. */
  constructor(status: number, code: string, message: string, details: Details = {}, more: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.more = more;
  }
}

/** 400 `E_FIELD` for a field of the body. */
export function wrong(field: string, what: string, limit?: number): Refusal {
  return new Refusal(400, "E_FIELD", `field ${field}: ${what}`, { field, ...(limit === undefined ? {} : { limit }) });
}

const DETAILS = ["field", "limit", "actual", "line", "column", "path"] as const;

/** Codes of the engine that are the caller's to mend; all others are faults of this side. */
const CALLERS: ReadonlySet<string> = new Set(["E_FIELD", "E_OPTION", "E_JSON", "E_TEXT_TOO_LARGE", "E_BATCH_TOO_LARGE"]);

/** Names of this side that may stand in a place. */
const PLACES: ReadonlySet<string> = new Set([
  "messages", "records", "rollups", "options", "pauses", "scope", "items", "events", "context", "reply", "values", "action", "intent", "mode",
  "metric", "by", "noise", "series", "trend", "demand", "wishes", "drivers", "rows", "marks", "crisis", "rating", "keys", "periods", "weights",
]);

/** What is said of a name that is not known: the name may be anything, so only the way to it is told. */
function withoutName({ message, field }: HearkenError): Pick<ErrorBody, "message" | "field"> {
  const parts = (field ?? "").split(".");
  const end = parts.findIndex((part) => !PLACES.has(part.replace(/\[\d+\]$/, "")));
  const place = (end < 0 ? parts : parts.slice(0, end)).join(".");
  const known = /known are [\w ,]+$/.exec(message)?.[0];
  const what = `is not known, or holds a field that is not known${known === undefined ? "" : `; ${known}`}`;
  return place === "" ? { message: `the input ${what}`, field: undefined } as Pick<ErrorBody, "message"> : { message: `field ${place}: ${what}`, field: place };
}

/** Status and body of any error. What is not known is `E_INTERNAL` and says nothing more. */
export function describe(error: unknown): { status: number; body: ErrorBody } {
  if (error instanceof Refusal) {
    return { status: error.status, body: { code: error.code, message: error.message, ...error.details } };
  }
  if (error instanceof HearkenError) {
    const body: Record<string, unknown> = { code: error.code, message: error.message };
    for (const key of DETAILS) if (error[key as keyof HearkenError] !== undefined) body[key] = error[key as keyof HearkenError];
    if (error.message.includes("is not known")) Object.assign(body, withoutName(error));
    return { status: CALLERS.has(error.code) ? 400 : 500, body: body as unknown as ErrorBody };
  }
  return { status: 500, body: { code: "E_INTERNAL", message: "the request could not be handled" } };
}

/** Writes the code of a fault of this side to the log: the code alone, for any text could be someone's. */
export function logFault(status: number, code: string): void {
  if (status >= 500) console.error(JSON.stringify({ code }));
}

/** A JSON response. */
export function json(value: unknown, status = 200, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers: headers({ ...more, "content-type": "application/json" }) });
}

/** The response for an error. */
export function failure(error: unknown): Response {
  const { status, body } = describe(error);
  logFault(status, body.code);
  return json({ error: body }, status, error instanceof Refusal ? error.more : {});
}
