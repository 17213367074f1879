// Checks and trims messages before they cross into wasm.

import { wrongField } from "./errors.js";
import { clip } from "./limits.js";
import { cutQuestion } from "./options.js";
import type { Message, ScoreRecord } from "./types.js";

/** Fields the engine knows. Of others those with a plain value cross, because a policy may ask for them. */
const FIELDS = [
  "id", "channel", "source", "lang", "author", "customer", "thread", "inReplyTo", "sentAt", "rating", "question", "parent",
] as const;
/** Most other fields that cross, and the most of a text in one. */
const MAX_OTHERS = 64;
const MAX_OTHER_UNITS = 200;
const TEXTS: readonly string[] = ["id", "source", "lang", "customer", "thread", "inReplyTo", "question", "parent"];

/**
 * The known fields of a message, texts cut to what the engine reads. Absent, `undefined` and
 * `null` are the same.
 *
 * @throws HearkenError `E_FIELD` naming the field that has the wrong type.
 */
export function checkMessage(message: unknown, limit: number): Record<string, unknown> & { text: string } {
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    throw wrongField("message", "an object", message);
  }
  const given = message as Record<string, unknown>;
  if (typeof given["text"] !== "string") throw wrongField("text", "a string", given["text"]);
  const known: Record<string, unknown> & { text: string } = { text: clip(given["text"], limit) };
  for (const field of FIELDS) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    if (TEXTS.includes(field)) {
      if (typeof value !== "string") throw wrongField(field, "a string", value);
      known[field] = field === "question" ? cutQuestion(value) : clip(value, limit);
    } else known[field] = flat(value);
  }
  const { sentAt } = known;
  if (sentAt !== undefined && typeof sentAt !== "string" && !Number.isFinite(sentAt)) {
    throw wrongField("sentAt", "a string (ISO 8601) or a finite number of milliseconds", sentAt);
  }
  let others = 0;
  for (const [name, value] of Object.entries(given)) {
    if (name in known || (FIELDS as readonly string[]).includes(name) || others === MAX_OTHERS) continue;
    if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) continue;
    known[name] = typeof value === "string" ? value.slice(0, MAX_OTHER_UNITS) : value;
    others += 1;
  }
  return known;
}

/** An object one level deep, for fields that are no deeper: whatever nests further is passed on as `true`, which the engine refuses by name. */
export function flat(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return Array.isArray(value) ? true : value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeof inner === "object" && inner !== null ? true : inner]));
}

/** True for a message that still has to be analysed, false for a record that says what was found. */
export function isMessage(record: ScoreRecord | Message): record is Message {
  const { sentiment, score, meaningful } = record as ScoreRecord;
  return typeof record.text === "string" && sentiment === undefined && score === undefined && meaningful === undefined;
}
