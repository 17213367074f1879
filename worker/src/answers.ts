// What the routes that read and redact answer for one object of the body. No answer holds a text that was sent, but
// for redacted ones.

import type {
  Analysis, Conversation, Decision, Engine, RecordRedaction, RedactMode, Redaction, RedactorOptions, TextOptions, TriageOptions, Turn,
} from "hearken";
import type { Deadline, OutboundCheck, ReplyDraft } from "hearken/insight";
import { wrong } from "./respond.ts";
import type { Taxonomies } from "./taxonomies.ts";

/** A redacted text, or a redacted record with what was taken out of each field. */
export type Redacted = Redaction | (Omit<RecordRedaction, "text"> & { record: object });

/** What a draft was made for; `draft` is null where the action owes no words or no template fits. */
export interface Drafted extends Pick<Decision, "action" | "queue" | "priority" | "mode"> {
  draft: ReplyDraft | null;
}

/** Answers one object of the body. Throws when it cannot be used. */
export type Answer = (given: Record<string, unknown>) =>
  | { analysis: Analysis } | { conversation: Omit<Conversation, "text"> } | { decision: Decision; due?: Deadline } | { redaction: Redacted }
  | Drafted | { check: OutboundCheck; pauses: string[] };

/** Answers with the analysis: labels and places. Reads `text`, `lang`, `question`, `parent` and `options`. */
export function analyzing(engine: Engine, taxonomies: Taxonomies): Answer {
  return (given) => ({ analysis: engine.analyze(given["text"] as string, { ...optionsOf(given, taxonomies), words: false }) });
}

/** Answers with the analyses of all turns and of the customer's words together. Reads `turns` and what `analyzing` reads beside the text. */
export function conversing(engine: Engine, taxonomies: Taxonomies): Answer {
  return (given) => {
    const { text: _, ...conversation } = engine.analyzeConversation(given["turns"] as Turn[], optionsOf(given, taxonomies));
    return { conversation };
  };
}

/**
 * Answers with the text, or the record, without personal data. Reads `text` or `record`, `mode`, `modes` and `types`; the
 * rest is for the settings to say. Pseudonyms are numbered within one message.
 */
export function redacting(engine: Engine, settings: RedactorOptions): Answer {
  return (given) => {
    const { text, record } = given;
    const options = redactionOf(given, settings);
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

/** How to redact: the settings, and over them what the caller says. The engine checks the values. */
export function redactionOf(asked: Record<string, unknown>, settings: RedactorOptions): RedactorOptions {
  const options: Record<string, unknown> = { ...settings };
  for (const name of OF_REDACTION) {
    const value = asked[name];
    if (value === undefined || value === null) continue;
    // Names of types that are none would be repeated.
    if (name === "modes" && !isModes(value)) throw wrong("modes", "must be an object of modes by type");
    options[name] = value;
  }
  return options as RedactorOptions;
}

function isModes(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.entries(value).every(([type, mode]) => /^[a-z][a-z0-9_]{0,31}$/.test(type) && MODES.includes(mode as RedactMode));
}

const OF_REDACTION = ["mode", "modes", "types"] as const;
const MODES: readonly RedactMode[] = ["label", "mask", "partial", "numbered", "keyed", "remove"];

/** What surrounds a text, as a message names it. */
const CONTEXT = ["lang", "question", "parent"] as const;
/** What `options` may hold. */
const OPTIONS: readonly string[] = ["sentences", "spans", "evidence", "topics", "taxonomy", "signals", "pii", "maxTextBytes"];
/**
 * The options of one analysis; the engine checks their values.
 *
 * @throws Refusal 400 `E_FIELD` naming the field. The name of an unknown option is not repeated: it
 * may be anything.
 */
function optionsOf(given: Record<string, unknown>, taxonomies: Taxonomies): TextOptions {
  const found = named<TextOptions>(given["options"], OPTIONS, taxonomies);
  for (const field of CONTEXT) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") throw wrong(field, "must be a string");
    found[field] = value;
  }
  return found;
}

/** `options` with the taxonomy it names. @throws Refusal 400 `E_FIELD` for an option that is not among `known`. */
export function named<O extends TextOptions | TriageOptions>(options: unknown, known: readonly string[], taxonomies: Taxonomies): O {
  options ??= {};
  if (typeof options !== "object" || options === null || Array.isArray(options)) throw wrong("options", "must be an object");
  if (!Object.keys(options).every((name) => known.includes(name))) throw wrong("options", `must hold nothing but ${known.join(", ")}`);
  const { taxonomy, ...others } = options as { taxonomy?: unknown };
  const compiled = taxonomies(taxonomy);
  return { ...others, ...(compiled && { taxonomy: compiled }) } as O;
}
