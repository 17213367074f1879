// Counts: records into a rollup, rollups into one, a rollup into a report for a program or for a reader.

import type { Analysis, Engine, RedactorOptions, TextOptions } from "hearken";
import {
  HearkenError, PrivacyBudget, recordOf, type CxWeights, type DocumentOptions, type Insight, type Rollup, type RollupJson, type RollupOptions, type ScoreRecord,
  type Shared, type ShareOptions,
} from "hearken/insight/slim";
import { headers } from "./headers.ts";
import { MAX_ERRORS, MAX_MESSAGES, MAX_RECORDS, MAX_ROLLUPS } from "./limits.ts";
import { tooMany } from "./messages.ts";
import { describe, json, Refusal, wrong, type ErrorBody } from "./respond.ts";
import type { Taxonomies } from "./taxonomies.ts";

/** What records are read with. */
export interface Counting {
  engine: Engine;
  insight: Insight;
  taxonomies: Taxonomies;
  redaction: RedactorOptions;
}

type Given = Record<string, unknown>;

/**
 * `{added, refused, errors, rollup, shared?}` of `{records?, rollups?, options?, share?, as?}`, or of a list of records. A record that is
 * refused costs no other.
 *
 * @throws Refusal 400, 413; HearkenError
 */
export function rollup(counting: Counting, body: unknown): Response {
  const given = Array.isArray(body) ? { records: body } : objectOf(body, "body");
  const records = listOf(given, "records", MAX_RECORDS);
  const texts = records.filter(isMessage).length;
  if (texts > MAX_MESSAGES) throw tooMany(texts, MAX_MESSAGES, "records to analyse");
  const saved = listOf(given, "rollups", MAX_ROLLUPS);
  const form = choice(given, "as", ["json", "bytes"]);
  const [first, ...others] = saved;
  const { insight } = counting;
  const has = given["options"] !== undefined && given["options"] !== null;
  const whole = has || first === undefined ? insight.rollup((given["options"] ?? undefined) as RollupOptions | undefined) : read(insight, first, "rollups[0]");
  try {
    for (const [at, one] of (has ? saved : others).entries()) {
      const part = read(insight, one, `rollups[${has ? at : at + 1}]`);
      whole.merge(part);
      part.free();
    }
    const reading = new Reading(counting);
    const errors: { index: number; error: ErrorBody }[] = [];
    let refused = 0;
    for (const [index, record] of records.entries()) {
      try {
        whole.add(reading.record(record, index));
      } catch (error) {
        const { status, body: told } = describe(error);
        if (status >= 500) throw error;
        refused += 1;
        if (errors.length < MAX_ERRORS) errors.push({ index, error: told });
      }
    }
    const counts = { added: records.length - refused, refused, errors };
    if (given["share"] === undefined || given["share"] === null) return json({ ...counts, rollup: written(whole, form) });
    const { rollup: fit, ...facts } = shared(whole, objectOf(given["share"], "share"));
    try {
      return json({ ...counts, rollup: written(fit, form), shared: facts });
    } finally {
      fit.free();
    }
  } finally {
    whole.free();
  }
}

function written(rollup: Rollup, form: "json" | "bytes"): object | string {
  return form === "bytes" ? base64(rollup.toBytes()) : rollup.toJson();
}

/**
 * The rollup for others' eyes: no texts, no ids, no small groups, and noise where it is asked for. Noise is drawn here: who
 * knew its seed could take it off. `budget` is what may still be told of the same people; the answer says what is left.
 */
function shared(rollup: Rollup, { minPeople, noise, budget }: Given): Omit<Shared, "rollup"> & { rollup: Rollup; budget?: number } {
  const options: Record<string, unknown> = minPeople === undefined || minPeople === null ? {} : { minPeople };
  if (noise !== undefined && noise !== null) {
    const { epsilon, recordsPerPerson } = objectOf(noise, "share.noise");
    options["noise"] = { epsilon, recordsPerPerson };
  }
  const left = budget === undefined || budget === null ? undefined : new PrivacyBudget(budget as number);
  const made = rollup.share(options as ShareOptions, left);
  return left ? { ...made, budget: left.left } : made;
}

/**
 * `{report}`, Markdown or HTML of `{rollup, before?, as?, options?, weights?}`. Figures of fewer people than `minPeople`
 * are withheld.
 *
 * @throws Refusal 400; HearkenError
 */
export function report(insight: Insight, body: unknown): Response {
  const given = objectOf(body, "body");
  const form = choice(given, "as", ["json", "markdown", "html"]);
  const options = (given["options"] ?? {}) as DocumentOptions;
  const rollup = read(insight, given["rollup"], "rollup");
  let before: Rollup | undefined;
  try {
    if (given["before"] !== undefined && given["before"] !== null) before = read(insight, given["before"], "before");
    if (form === "markdown") return document("text/markdown", rollup.document(form, options, before));
    if (form === "html") return document("text/html", rollup.document(form, options, before));
    const weights = (given["weights"] ?? undefined) as CxWeights | undefined;
    const { minPeople, maxSegments } = objectOf(options, "options");
    const summary = rollup.summary({ ...(minPeople !== undefined && { minPeople: minPeople as number }), ...(maxSegments !== undefined && { maxSegments: maxSegments as number }) });
    const findings = rollup.findings(options, before);
    const changes = before && { changes: rollup.compare(before), scoreChange: rollup.scoreChange(before, weights) };
    return json({ report: { summary, score: rollup.score(weights), sufficiency: rollup.sufficiency(), findings, telling: rollup.report().telling, ...changes } });
  } finally {
    rollup.free();
    before?.free();
  }
}

/** Pages for a reader have their styles inside; nothing else is allowed. */
function document(type: string, text: string): Response {
  const all = headers({ "content-type": `${type}; charset=utf-8` });
  if (type === "text/html") all.set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  return new Response(text, { headers: all });
}

/** Fields of a message that an analysis reads beside its text. */
const CONTEXT = ["lang", "question", "parent"] as const;
/** Longest name of a segment, as in the package. */
const MAX_KEY_UNITS = 66;

/** True for what has words and was not analysed. */
function isMessage(record: unknown): boolean {
  const { text, sentiment, score, meaningful } = (record ?? {}) as ScoreRecord;
  return typeof text === "string" && sentiment === undefined && score === undefined && meaningful === undefined;
}

/** Makes records of what is sent: all that can be shown is redacted, texts as well as names of segments. */
class Reading {
  readonly #counting: Counting;
  /** Names that were redacted, by what they were. */
  readonly #names = new Map<string, string>();

  constructor(counting: Counting) {
    this.#counting = counting;
  }

  /** A record as it is counted: a message is analysed; a text is redacted whoever analysed it, and left out where that fails. */
  record(given: unknown, index: number): ScoreRecord {
    const { text, customer, ...record } = objectOf(given, "record");
    const counted: Given = { index, ...record };
    if (typeof customer === "string") counted["person"] ??= customer;
    for (const name of ["source", "question"] as const) if (typeof record[name] === "string") counted[name] = this.#name(record[name]);
    const { brands, keys } = record;
    if (Array.isArray(brands)) counted["brands"] = brands.map((one: unknown) => (typeof one === "string" ? this.#name(one) : one));
    if (typeof keys === "object" && keys !== null && !Array.isArray(keys)) {
      counted["keys"] = Object.fromEntries(Object.entries(keys).map(([key, one]: [string, unknown]) => [key, typeof one === "string" ? this.#name(one) : one]));
    }
    if (isMessage(given)) Object.assign(counted, recordOf(this.#analysis(text as string, record)));
    const shown = typeof text === "string" ? this.#redacted(text) : undefined;
    if (shown !== undefined) counted["text"] = shown;
    return counted as ScoreRecord;
  }

  #analysis(text: string, record: Given): Analysis {
    const { engine, taxonomies } = this.#counting;
    const taxonomy = taxonomies(undefined);
    const options: TextOptions = { words: false, ...(taxonomy && { taxonomy }) };
    for (const name of CONTEXT) {
      const value = record[name];
      if (value !== undefined && value !== null && typeof value !== "string") throw wrong(name, "must be a string");
      if (typeof value === "string") options[name] = value;
    }
    return engine.analyze(text, options);
  }

  #name(given: string): string {
    const known = this.#names.get(given) ?? this.#redacted(given.slice(0, MAX_KEY_UNITS)) ?? "";
    this.#names.set(given, known);
    return known;
  }

  #redacted(text: string): string | undefined {
    const redactor = this.#counting.engine.redactor(this.#counting.redaction);
    try {
      return redactor.redact(text).text;
    } catch (error) {
      if (!(error instanceof HearkenError) || error.code !== "E_TEXT_TOO_LARGE") throw error;
      return undefined;
    } finally {
      redactor.free();
    }
  }
}

/** A rollup as JSON, or its bytes in base64. @throws Refusal 400 `E_ROLLUP` naming the field and nothing of what is in it. */
function read(insight: Insight, saved: unknown, field: string): Rollup {
  const refused = new Refusal(400, "E_ROLLUP", `field ${field}: is no rollup of this version, or is damaged`, { field });
  if (typeof saved !== "string" && (typeof saved !== "object" || saved === null)) throw wrong(field, "must be a rollup: an object, or its bytes in base64");
  try {
    return insight.readRollup(typeof saved === "string" ? Uint8Array.from(atob(saved), (unit) => unit.charCodeAt(0)) : (saved as RollupJson));
  } catch (error) {
    if (error instanceof HearkenError && error.code === "E_TRAP") throw error;
    throw refused;
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  // Parts, since each byte is an argument.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

function objectOf(value: unknown, field: string): Given {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(field, "must be an object");
  return value as Given;
}

function listOf(given: Given, field: string, most: number): unknown[] {
  const list = given[field] ?? [];
  if (!Array.isArray(list)) throw wrong(field, "must be a list");
  if (list.length > most) throw tooMany(list.length, most, field);
  return list as unknown[];
}

function choice<C extends string>(given: Given, field: string, valid: readonly [C, ...C[]]): C {
  const value = given[field] ?? valid[0];
  if (!(valid as readonly unknown[]).includes(value)) throw wrong(field, `must be one of ${valid.join(", ")}`);
  return value as C;
}
