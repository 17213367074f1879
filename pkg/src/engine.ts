/// <reference lib="esnext.disposable" preserve="true" />
// The engine as JavaScript sees it: checks, cuts, splits and names errors; all analysis is in wasm.

import { Batch, freezeInfo, joinColumns, takeColumns, FLAG_MEANINGFUL, FLAG_RELIABLE, FLAG_TRUNCATED, type Columns, type EngineInfo } from "./batch.js";
import { HearkenError, withIndex, wrongField, wrongOption } from "./errors.js";
import { Instance } from "./instance.js";
import { clip, MAX_BATCH_BYTES, MAX_BATCH_TEXTS, textLimit, utf8Length } from "./limits.js";
import { checkLoadOptions, moduleFor, type Host, type LoadOptions } from "./load.js";
import { checkMessage, isMessage } from "./message.js";
import { CompiledPolicy, policyText } from "./policy.js";
import { Rollup } from "./rollup.js";
import type {
  Analysis, AnalyzeOptions, Decision, Message, Policy, RedactOptions, Redaction, Report, ScoreRecord,
} from "./types.js";

/** Options of `triage`. */
export type TriageOptions = Pick<AnalyzeOptions, "maxTextBytes">;
/** Options of `analyzeBatch`: those of `analyze` without `sentences`. */
export type BatchOptions = Omit<AnalyzeOptions, "sentences">;

/** How many messages `report` analyses at a time. */
const REPORT_CHUNK = 1_000;
/** Only `load` may construct. */
const KEY: unique symbol = Symbol("hearken");

/**
 * A model in its own wasm instance. Make one and keep it: loading costs milliseconds and some
 * megabytes. All calls are synchronous, hold no state between calls, and cost `O(text)`.
 */
export class Engine implements Disposable {
  /** Label lists, versions and sizes. */
  readonly info: EngineInfo;
  readonly #instance: Instance;

  /** @internal Use `Engine.load`. */
  protected constructor(key: symbol, module: WebAssembly.Module, model: Uint8Array | undefined) {
    if (key !== KEY) throw new HearkenError("E_OPTION", "an Engine is made by Engine.load()", { field: "new" });
    this.#instance = new Instance(module, model);
    this.info = freezeInfo(this.#instance.call((raw) => raw.info()));
  }

  /**
   * Compiles the wasm (once per process) and starts an engine.
   *
   * @throws HearkenError `E_OPTION` for an option that cannot be used, `E_MODEL` for a model pack
   * that is corrupt, cut short or of another version.
   */
  static load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, {});
  }

  /** @internal `load` with what the runtime adds. */
  static async start(options: LoadOptions | undefined, host: Host): Promise<Engine> {
    const checked = checkLoadOptions(options);
    const module = await moduleFor(checked, host);
    // A copy: after a trap the engine starts again from the same model.
    return new this(KEY, module, checked.model?.slice());
  }

  /**
   * What one text says. Longer texts are cut at `maxTextBytes` and flagged `truncated`.
   *
   * @throws HearkenError `E_FIELD` when `text` is no string, `E_OPTION` for an unknown option.
   */
  analyze(text: string, options?: AnalyzeOptions): Analysis {
    checkText(text);
    checkOptions(options);
    return this.#instance.call((raw) => raw.analyze(clip(text, textLimit(options)), options));
  }

  /**
   * What many texts say, as columns. Any number of texts: they cross in parts. A text that is no
   * string becomes a row with an error; the others are analysed.
   *
   * @throws HearkenError `E_FIELD` when `texts` is no array, `E_OPTION` for an unknown option.
   */
  analyzeBatch(texts: readonly string[], options?: BatchOptions): Batch {
    if (!Array.isArray(texts)) throw wrongField("texts", "an array of strings", texts);
    checkOptions(options);
    if ((options as AnalyzeOptions | undefined)?.sentences) {
      throw new HearkenError("E_OPTION", "option sentences: is not for batches; use analyze", { field: "sentences" });
    }
    const limit = textLimit(options);
    const errors = new Map<number, HearkenError>();
    const parts: Columns[] = [];
    let part: string[] = [];
    let bytes = 0;
    const send = (): void => {
      const texts = part;
      parts.push(this.#instance.call((raw) => takeColumns(raw.analyzeBatch(texts, options))));
      part = [];
      bytes = 0;
    };
    for (let index = 0; index < texts.length; index++) {
      const given: unknown = texts[index];
      let text = "";
      if (typeof given === "string") text = clip(given, limit);
      else errors.set(index, wrongField("text", "a string", given, index));
      // At most three bytes a code unit; counting exactly is not worth a pass over the text.
      const most = text.length * 3;
      if (part.length === MAX_BATCH_TEXTS || (part.length > 0 && bytes + most > MAX_BATCH_BYTES)) send();
      part.push(text);
      bytes += most;
    }
    if (part.length > 0 || parts.length === 0) send();
    const columns = joinColumns(parts);
    for (const index of errors.keys()) columns.flags[index] = 0;
    return new Batch(texts.length, columns, this.info, errors);
  }

  /**
   * The text without personal data. Fails closed: a text over `maxTextBytes` is refused, not cut.
   *
   * @throws HearkenError `E_TEXT_TOO_LARGE` with `limit` and `actual` in bytes, `E_FIELD`, `E_OPTION`.
   */
  redact(text: string, options?: RedactOptions): Redaction {
    checkText(text);
    checkOptions(options);
    const limit = textLimit(options);
    return this.#instance.call((raw) => {
      if (text.length <= limit) return raw.redact(text, options);
      // Options are checked first, as the engine does; the text itself need not cross to be refused.
      raw.redact("", options);
      throw tooLarge(limit, utf8Length(text));
    });
  }

  /** Checks and compiles a policy for many calls of `triage`. @throws HearkenError `E_POLICY` with `path`, `E_JSON` with line and column. */
  policy(source: Policy | string): CompiledPolicy {
    return new CompiledPolicy(this.#instance, policyText(source));
  }

  /** The policy that `triage` uses when none is given. */
  defaultPolicy(): Policy {
    return JSON.parse(this.#instance.call((raw) => raw.defaultPolicy())) as Policy;
  }

  /**
   * What to do about one message. A policy given as object or text is compiled for this call only;
   * use `policy` for many.
   *
   * @throws HearkenError `E_FIELD`, `E_OPTION`, `E_POLICY`, `E_JSON`.
   */
  triage(message: Message, policy?: Policy | CompiledPolicy | string, options?: TriageOptions): Decision {
    checkOptions(options);
    const limit = textLimit(options);
    const known = checkMessage(message, limit);
    const own = policy === undefined || policy === null || policy instanceof CompiledPolicy ? undefined : this.policy(policy);
    const compiled = own ?? (policy as CompiledPolicy | undefined) ?? undefined;
    try {
      const decision = this.#instance.call((raw) => {
        if (!compiled) return raw.triageByDefault(known, options);
        return raw.triage(known, compiled.rawFor(raw, this.#instance), options);
      });
      const refused = decision.redactionError;
      if (refused?.code === "E_TEXT_TOO_LARGE" && known.text.length < message.text.length) {
        // The engine saw the cut text; the length to name is that of the text given.
        refused.message = tooLarge(limit, utf8Length(message.text)).message;
      }
      return decision;
    } finally {
      own?.free();
    }
  }

  /**
   * Scores over records. A record without `sentiment`, `score` and `meaningful` but with `text` is
   * a message: it is analysed here, and its text is redacted before it may appear among the telling
   * comments. Memory is that of the rollup and of one part of messages, not of all records.
   *
   * @throws HearkenError of the first record that cannot be used, with its `index`.
   */
  report(records: Iterable<ScoreRecord | Message>): Report {
    if (typeof (records as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] !== "function" || typeof records === "string") {
      throw wrongField("records", "an iterable of records", records);
    }
    const rollup = this.rollup();
    try {
      return this.#reportWith(rollup, records);
    } finally {
      rollup.free();
    }
  }

  #reportWith(rollup: Rollup, records: Iterable<ScoreRecord | Message>): Report {
    let part: { index: number; record: ScoreRecord | Message }[] = [];
    let index = 0;
    for (const record of records) {
      if (typeof record !== "object" || record === null || Array.isArray(record)) {
        throw wrongField("record", "an object", record, index);
      }
      part.push({ index, record });
      index += 1;
      if (part.length === REPORT_CHUNK) {
        this.#addPart(rollup, part);
        part = [];
      }
    }
    this.#addPart(rollup, part);
    return rollup.report();
  }

  /** An empty rollup, to add records to as they come. */
  rollup(): Rollup {
    return new Rollup(this.#instance);
  }

  /** Gives the instance and its memory back; later calls fail with `E_ENGINE_FREED`. Safe to call twice. */
  free(): void {
    this.#instance.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** Bytes of wasm memory this engine holds now; 0 after `free`. */
  get memoryBytes(): number {
    return this.#instance.memoryBytes;
  }

  /** Adds analysed records as they are and messages after analysing them, in order. */
  #addPart(rollup: Rollup, part: { index: number; record: ScoreRecord | Message }[]): void {
    // One batch a language hint: hints are options of a whole batch.
    const groups = new Map<string | undefined, { index: number; record: Message }[]>();
    for (const { index, record } of part) {
      if (!isMessage(record)) continue;
      const lang: unknown = record.lang ?? undefined;
      if (lang !== undefined && typeof lang !== "string") throw wrongField("lang", "a string", lang, index);
      const group = groups.get(lang);
      if (group) group.push({ index, record });
      else groups.set(lang, [{ index, record }]);
    }
    const rows = new Map<number, { batch: Batch; row: number }>();
    for (const [lang, group] of groups) {
      const texts = group.map(({ record }) => record.text);
      const batch = this.analyzeBatch(texts, lang === undefined ? undefined : { lang });
      group.forEach(({ index }, row) => rows.set(index, { batch, row }));
    }
    for (const { index, record } of part) {
      try {
        const found = rows.get(index);
        if (found) rollup.add(this.#scored(found.batch, found.row, index, record as Message));
        else rollup.add({ ...(record as ScoreRecord), index: (record as ScoreRecord).index ?? index });
      } catch (error) {
        throw error instanceof HearkenError ? withIndex(error, index) : error;
      }
    }
  }

  #scored(batch: Batch, row: number, index: number, message: Message): ScoreRecord {
    const { columns, info } = batch;
    const scored: ScoreRecord = {
      index,
      sentiment: info.sentiment[columns.sentiment[row]!]!,
      score: columns.score[row]!,
      // A guess that is not reliable is counted as undetermined.
      language: (columns.flags[row]! & FLAG_RELIABLE) !== 0 ? info.languages[columns.language[row]!]! : "und",
      meaningful: (columns.flags[row]! & FLAG_MEANINGFUL) !== 0,
    };
    if (message.channel) scored.channel = message.channel;
    if (message.rating) scored.rating = message.rating;
    const cut = (columns.flags[row]! & FLAG_TRUNCATED) !== 0;
    const clean = columns.piiOffsets[row] === columns.piiOffsets[row + 1];
    // A text too long to be redacted stays out of the telling comments: redaction fails closed.
    if (!cut) scored.text = clean ? message.text : this.redact(message.text).text;
    return scored;
  }
}

function checkText(text: unknown): void {
  if (typeof text !== "string") throw wrongField("text", "a string", text);
}

/** Names and values are the engine's to check; here is refused what would not cross as what it is. */
function checkOptions(options: unknown): void {
  if (options === undefined || options === null) return;
  if (typeof options !== "object" || Array.isArray(options)) throw wrongOption("options", "an object", options);
  for (const [name, value] of Object.entries(options)) {
    const list = Array.isArray(value) && value.every((item) => typeof item === "string");
    const plain = value === null || list || ["boolean", "string", "undefined"].includes(typeof value) || Number.isFinite(value);
    if (!plain) throw wrongOption(name, "a plain and finite value, or a list of strings", value);
  }
}

/** In the words of the engine's own error. */
function tooLarge(limit: number, actual: number): HearkenError {
  return new HearkenError("E_TEXT_TOO_LARGE", `text of ${actual} bytes is over the limit of ${limit} bytes`, { limit, actual });
}
