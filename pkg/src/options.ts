// Options of the calls, checked as far as JavaScript has to and cut to what the engine reads.

import { Corrections } from "./corrections.js";
import { HearkenError, wrongOption } from "./errors.js";
import type { RawEngine } from "./glue.js";
import type { Instance } from "./instance.js";
import { clip, MAX_QUESTION_UNITS, textLimit } from "./limits.js";
import { CompiledTaxonomy } from "./taxonomy.js";
import type { AnalyzeOptions, Situation } from "./types.js";

/** What a call is given that was made by the same engine. */
export interface WithHandles {
  /** Made by `Engine.taxonomy`. Default the one the engine was loaded with. */
  taxonomy?: CompiledTaxonomy;
  /** Made by `Engine.correct`: they move the answers for texts like those corrected. */
  corrections?: Corrections;
}
/** Options of `analyze` and `analyzeConversation`. */
export type TextOptions = AnalyzeOptions & WithHandles;
/** Options of `triage`. Language hint, question and parent are fields of the message. */
export type TriageOptions = Pick<AnalyzeOptions, "maxTextBytes" | "sentences" | "spans" | "evidence" | "topics" | "keyphrases" | "signals" | "brands"> & WithHandles & {
  /** The time and what is known of the customer. */
  situation?: Situation;
};
/** Options of `analyzeBatch`: those of `analyze` without `sentences`, `spans`, `evidence` and `keyphrases`. */
export type BatchOptions = Omit<AnalyzeOptions, (typeof SINGLE)[number]> & WithHandles;

/** What only `analyze` gives: columns have no room for it. */
const SINGLE = ["sentences", "spans", "evidence", "keyphrases"] as const;

/** Longest option name that an error repeats, as in the engine. */
const NAME_UNITS = 64;

/** Names and values are the engine's to check; here is refused what would not cross as what it is. */
export function checkOptions(options: unknown): void {
  if (options === undefined || options === null) return;
  if (typeof options !== "object" || Array.isArray(options)) throw wrongOption("options", "an object", options);
  for (const [name, value] of Object.entries(options)) {
    if (name === "taxonomy" && refuseOther(name, CompiledTaxonomy, "a taxonomy made by Engine.taxonomy", value)) continue;
    if (name === "corrections" && refuseOther(name, Corrections, "made by Engine.correct", value)) continue;
    const list = Array.isArray(value) && value.every((item) => typeof item === "string");
    if (name === "brands" && isBrands(value)) continue;
    if (name === "situation" && isSituation(value)) continue;
    const plain = value === null || list || ["boolean", "string", "undefined"].includes(typeof value) || Number.isFinite(value);
    if (!plain) throw wrongOption(name.slice(0, NAME_UNITS), "a plain and finite value, or a list of strings", value);
  }
}

/** True for what `made` made; nothing at all is false. @throws HearkenError `E_OPTION` for anything else. */
function refuseOther(name: string, made: Function, must: string, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (value instanceof made) return true;
  throw wrongOption(name, must, value);
}

/** Lists of names, as they may cross; what they must hold is the engine's to check. */
function isBrands(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((list) => list === undefined || (Array.isArray(list) && list.every((name) => typeof name === "string")));
}

/** Plain values, one level deep but for the customer; what they must be is the engine's to check. */
function isSituation(value: unknown): boolean {
  const plain = (inner: unknown): boolean => inner === null || ["boolean", "string", "undefined"].includes(typeof inner) || Number.isFinite(inner);
  const flat = (object: unknown): boolean => typeof object === "object" && object !== null && !Array.isArray(object) && Object.values(object).every(plain);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, inner]) => plain(inner) || (name === "customer" && flat(inner)));
}

/** As `checkOptions`, and refuses what only single texts have. */
export function checkBatchOptions(options: unknown): void {
  checkOptions(options);
  for (const name of SINGLE) {
    if (!(options as AnalyzeOptions | null | undefined)?.[name]) continue;
    throw new HearkenError("E_OPTION", `option ${name}: is not for batches; use analyze`, { field: name });
  }
}

/** The options as they cross: taxonomy and corrections by their handles. */
export function rawOptions(options: object | undefined, raw: RawEngine, instance: Instance): object | undefined {
  const { taxonomy, corrections } = (options ?? {}) as TextOptions;
  if (!taxonomy && !corrections) return options;
  return { ...options, taxonomy: taxonomy?.rawFor(raw, instance).handle, corrections: corrections?.rawFor(raw, instance).handle };
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
