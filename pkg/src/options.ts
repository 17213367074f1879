// Options of the calls, checked as far as JavaScript has to and cut to what the engine reads.

import { HearkenError, wrongOption } from "./errors.js";
import { clip, MAX_QUESTION_UNITS, textLimit } from "./limits.js";
import type { AnalyzeOptions } from "./types.js";

/** Options of `triage`. Language hint, question and parent are fields of the message. */
export type TriageOptions = Pick<AnalyzeOptions, "maxTextBytes" | "sentences" | "spans" | "evidence" | "keyphrases">;
/** Options of `analyzeBatch`: those of `analyze` without `sentences`, `spans`, `evidence` and `keyphrases`. */
export type BatchOptions = Omit<AnalyzeOptions, (typeof SINGLE)[number]>;

/** What only `analyze` gives: columns have no room for it. */
const SINGLE = ["sentences", "spans", "evidence", "keyphrases"] as const;

/** Longest option name that an error repeats, as in the engine. */
const NAME_UNITS = 64;

/** Names and values are the engine's to check; here is refused what would not cross as what it is. */
export function checkOptions(options: unknown): void {
  if (options === undefined || options === null) return;
  if (typeof options !== "object" || Array.isArray(options)) throw wrongOption("options", "an object", options);
  for (const [name, value] of Object.entries(options)) {
    const list = Array.isArray(value) && value.every((item) => typeof item === "string");
    const plain = value === null || list || ["boolean", "string", "undefined"].includes(typeof value) || Number.isFinite(value);
    if (!plain) throw wrongOption(name.slice(0, NAME_UNITS), "a plain and finite value, or a list of strings", value);
  }
}

/** As `checkOptions`, and refuses what only single texts have. */
export function checkBatchOptions(options: unknown): void {
  checkOptions(options);
  for (const name of SINGLE) {
    if (!(options as AnalyzeOptions | null | undefined)?.[name]) continue;
    throw new HearkenError("E_OPTION", `option ${name}: is not for batches; use analyze`, { field: name });
  }
}

/** The same options, with a question and a parent no longer than can matter. */
export function cutOptions<O extends object>(options: O | undefined): O | undefined {
  const { question, parent } = (options ?? {}) as AnalyzeOptions;
  // A parent longer than the text that is read cannot stand in it.
  const cut = { question: cutQuestion(question), parent: typeof parent === "string" ? clip(parent, textLimit(options)) : parent };
  return cut.question === question && cut.parent === parent ? options : { ...options!, ...cut };
}

/** A question cut to what is read of it; anything else as it is, for the engine to refuse. */
export function cutQuestion<T>(question: T): T | string {
  return typeof question === "string" ? clip(question, MAX_QUESTION_UNITS - 1) : question;
}
