// The one error class of the package, and the way wasm errors become it.

import type { ErrorCode } from "./types.js";

/** What an error can say besides its code. No field ever holds text of a message. */
export interface ErrorDetails {
  /** The option or field that was refused, as in `rating.value`. */
  field?: string;
  /** The limit that was passed, in the unit of the message (bytes, texts). */
  limit?: number;
  /** What was given, in the same unit. */
  actual?: number;
  /** Position of the record in the list that was given, from 0. */
  index?: number;
  /** Where in a policy, taxonomy, detectors or data use, as in `rules[3].when`. */
  path?: string;
  /** Line in JSON text, from 1. */
  line?: number;
  /** Column in JSON text, from 1. */
  column?: number;
  /** Byte offset in a model file or in saved themes; in a query, UTF-16 code units. */
  at?: number;
  /** In a query: the end of the place that was not understood. */
  end?: number;
}

const DETAILS = ["field", "limit", "actual", "index", "path", "line", "column", "at", "end"] as const;

/**
 * Everything the engine refuses, with a stable {@link ErrorCode}.
 * Message and fields name the option, limit and position, never the text, so it may be logged.
 */
export class HearkenError extends Error {
  /** Stable code, the same in Rust, JavaScript, the CLI and the worker. */
  readonly code: ErrorCode;
  declare readonly field?: string;
  declare readonly limit?: number;
  declare readonly actual?: number;
  declare readonly index?: number;
  declare readonly path?: string;
  declare readonly line?: number;
  declare readonly column?: number;
  declare readonly at?: number;
  declare readonly end?: number;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    for (const key of DETAILS) {
      const value = details[key];
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
  }

  override get name(): string {
    return "HearkenError";
  }

  /** A plain object of the code, the message and the details that apply; safe to log and to send. */
  toJSON(): { code: ErrorCode; message: string } & ErrorDetails {
    return { code: this.code, message: this.message, ...details(this) };
  }
}

/** The details an object carries, only those that apply. */
function details(from: object): ErrorDetails {
  const found: Record<string, unknown> = {};
  for (const key of DETAILS) {
    const value = (from as Record<string, unknown>)[key];
    if (typeof value === "string" || typeof value === "number") found[key] = value;
  }
  return found as ErrorDetails;
}

/** The typed form of an error that the wasm boundary threw; `undefined` when it is none of ours. */
export function fromBoundary(error: unknown): HearkenError | undefined {
  if (error instanceof HearkenError) return error;
  if (!(error instanceof Error)) return undefined;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string" || !code.startsWith("E_")) return undefined;
  return new HearkenError(code as ErrorCode, error.message, details(error));
}

/** The same error with the position of the record it belongs to. */
export function withIndex(error: HearkenError, index: number): HearkenError {
  return new HearkenError(error.code, error.message, { ...details(error), index }, { cause: error.cause });
}

/** Names the type of a value for a message, without its content. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value === undefined) return "undefined";
  const type = typeof value;
  return type === "object" ? "an object" : `a ${type}`;
}

/** `E_FIELD` for a field of the wrong type. */
export function wrongField(field: string, wanted: string, value: unknown, index?: number): HearkenError {
  const at = index === undefined ? {} : { index };
  return new HearkenError("E_FIELD", `field ${field}: must be ${wanted}, is ${kindOf(value)}`, { field, ...at });
}

/** `E_OPTION` for an option of the wrong type. */
export function wrongOption(field: string, wanted: string, value: unknown): HearkenError {
  return new HearkenError("E_OPTION", `option ${field}: must be ${wanted}, is ${kindOf(value)}`, { field });
}
