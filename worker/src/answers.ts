// What each route answers for one object of the body. No answer holds a text that was sent, but for
// redacted ones.

import type {
  Analysis, AnalyzeOptions, CompiledPolicy, Conversation, Decision, Engine, Message, PiiType, RecordRedaction, RedactMode, Redaction,
  RedactorOptions, Turn,
} from "hearken";
import { wrong } from "./respond.ts";

/** A redacted text, or a redacted record with what was taken out of each field. */
export type Redacted = Redaction | (Omit<RecordRedaction, "text"> & { record: object });

/** Answers one object of the body. Throws when it cannot be used. */
export type Answer = (given: Record<string, unknown>) =>
  | { analysis: Analysis } | { conversation: Omit<Conversation, "text"> } | { decision: Decision } | { redaction: Redacted };

/** Answers with the analysis: labels and places. Reads `text`, `lang`, `question`, `parent` and `options`. */
export function analyzing(engine: Engine): Answer {
  return (given) => ({ analysis: withoutWords(engine.analyze(given["text"] as string, optionsOf(given))) });
}

/** Answers with the analyses of all turns and of the customer's words together. Reads `turns` and what `analyzing` reads beside the text. */
export function conversing(engine: Engine): Answer {
  return (given) => {
    const { text: _, ...conversation } = engine.analyzeConversation(given["turns"] as Turn[], optionsOf(given));
    return { conversation };
  };
}

/** Answers with the decision, whose only text is redacted. Reads every field of a message. */
export function triaging(engine: Engine, policy: CompiledPolicy | undefined): Answer {
  return (given) => ({ decision: engine.triage(given as unknown as Message, policy) });
}

/**
 * Answers with the text, or the record, without personal data. Reads `text` or `record`, `mode` and `types`; the rest
 * is for the settings to say. Pseudonyms are numbered within one message.
 */
export function redacting(engine: Engine, settings: RedactorOptions): Answer {
  return (given) => {
    const { text, record, mode, types } = given;
    const options = { ...settings, ...(mode === undefined || mode === null ? {} : { mode: mode as RedactMode }), ...(types === undefined || types === null ? {} : { types: types as PiiType[] }) };
    const isRecord = record !== undefined && record !== null;
    if (isRecord && text !== undefined && text !== null) throw wrong("record", "must not stand beside text");
    if (isRecord && typeof record !== "object") throw wrong("record", "must be an object or a list");
    const redactor = engine.redactor(options);
    try {
      return { redaction: isRecord ? redactor.redactRecord(record as object) : redactor.redact(text as string) };
    } finally {
      redactor.free();
    }
  };
}

/** What surrounds a text, as a message names it. */
const CONTEXT = ["lang", "question", "parent"] as const;
/** What `options` may hold. */
const OPTIONS: readonly string[] = ["sentences", "spans", "evidence", "pii", "maxTextBytes"];

/**
 * The options of one analysis; the engine checks their values.
 *
 * @throws Refusal 400 `E_FIELD` naming the field. The name of an unknown option is not repeated: it
 * may be anything.
 */
function optionsOf(given: Record<string, unknown>): AnalyzeOptions {
  const options = given["options"] ?? {};
  if (typeof options !== "object" || Array.isArray(options)) throw wrong("options", "must be an object");
  if (!Object.keys(options).every((name) => OPTIONS.includes(name))) throw wrong("options", `must hold nothing but ${OPTIONS.join(", ")}`);
  const found: AnalyzeOptions = { ...options };
  for (const field of CONTEXT) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") throw wrong(field, "must be a string");
    found[field] = value;
  }
  return found;
}

/** The analysis with the places of wishes and expectations and without their words: an answer holds no words of the message. */
function withoutWords(analysis: Analysis): Analysis {
  const bare = { ...analysis };
  if (bare.wishes) bare.wishes = bare.wishes.map(({ condition: _, ...wish }) => ({ ...wish, object: "" }));
  if (bare.expectations) bare.expectations = bare.expectations.map(({ got: _, ...pair }) => ({ ...pair, expected: "" }));
  return bare;
}
