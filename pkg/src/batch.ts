// Results of many texts as columns, with rows made when asked for.

import { HearkenError } from "./errors.js";
import type { RawColumns, RawInfo } from "./glue.js";
import type { Act, Analysis, Pii, PiiType, SentimentLabel } from "./types.js";

/** Versions, sizes and the label lists that the numbers in {@link Columns} point into. */
export interface EngineInfo {
  /** Version of the engine. */
  readonly engine: string;
  /** Version of the model pack. */
  readonly model: string;
  /** Number of text features the model keeps. */
  readonly features: number;
  readonly sentiment: readonly SentimentLabel[];
  readonly languages: readonly string[];
  readonly scripts: readonly string[];
  readonly acts: readonly Act[];
  readonly piiTypes: readonly PiiType[];
}

/** Bits of {@link Columns.flags}. */
export const FLAG_MEANINGFUL = 1;
export const FLAG_TRUNCATED = 2;
export const FLAG_RELIABLE = 4;

/**
 * One typed array per question, one place per text. A text that has an error holds the values of
 * the empty text and flags 0: look at `Batch.error(i)`.
 */
export interface Columns {
  /** Index into `info.sentiment`. */
  sentiment: Uint8Array<ArrayBuffer>;
  /** Probability of positive minus probability of negative, -1..1. */
  score: Float32Array<ArrayBuffer>;
  /** Three per text: negative, neutral, positive. */
  probabilities: Float32Array<ArrayBuffer>;
  /** Index into `info.languages`. */
  language: Uint8Array<ArrayBuffer>;
  /** Index into `info.scripts`. */
  script: Uint8Array<ArrayBuffer>;
  /** Probability of the language, 0..1. */
  languageConfidence: Float32Array<ArrayBuffer>;
  /** Bit i stands for `info.acts[i]`. */
  acts: Uint8Array<ArrayBuffer>;
  /** 1 meaningful, 2 truncated, 4 language reliable. */
  flags: Uint8Array<ArrayBuffer>;
  /** One more than texts: personal data of text i are the places `piiOffsets[i]` to `piiOffsets[i + 1]` below. */
  piiOffsets: Uint32Array<ArrayBuffer>;
  /** Index into `info.piiTypes`. */
  piiType: Uint8Array<ArrayBuffer>;
  /** Start in UTF-16 code units of its text. */
  piiStart: Uint32Array<ArrayBuffer>;
  /** End, exclusive. */
  piiEnd: Uint32Array<ArrayBuffer>;
  /** Rank 0..1, not a probability. */
  piiCertainty: Float64Array<ArrayBuffer>;
  /** 1 where a check digit or registry rule held. */
  piiValidated: Uint8Array<ArrayBuffer>;
}

/** One row of a batch: either an analysis or an error. */
export type BatchRow =
  | { index: number; analysis: Analysis; error?: undefined }
  | { index: number; analysis?: undefined; error: HearkenError };

/** Results of `analyzeBatch`, in the order of the texts. Holds no wasm memory: there is nothing to free. */
export class Batch implements Iterable<BatchRow> {
  /** Number of texts. */
  readonly length: number;
  readonly columns: Columns;
  /** Label lists of the columns. */
  readonly info: EngineInfo;
  readonly #errors: ReadonlyMap<number, HearkenError>;

  /** @internal Made by `Engine.analyzeBatch`. */
  constructor(length: number, columns: Columns, info: EngineInfo, errors: ReadonlyMap<number, HearkenError>) {
    this.length = length;
    this.columns = columns;
    this.info = info;
    this.#errors = errors;
  }

  /** Number of texts that could not be analysed. */
  get failed(): number {
    return this.#errors.size;
  }

  /** Why text `i` could not be analysed; `undefined` when it was. */
  error(i: number): HearkenError | undefined {
    return this.#errors.get(this.#check(i));
  }

  /**
   * The same object `analyze` gives for text `i`. Built on each call.
   *
   * @throws the row's own error when it has one; `E_FIELD` when `i` is no row.
   */
  row(i: number): Analysis {
    const error = this.error(i);
    if (error) throw error;
    const { columns, info } = this;
    const flags = columns.flags[i]!;
    const acts = columns.acts[i]!;
    return {
      engine: info.engine,
      model: info.model,
      language: {
        code: info.languages[columns.language[i]!]!,
        script: info.scripts[columns.script[i]!]!,
        confidence: columns.languageConfidence[i]!,
        reliable: (flags & FLAG_RELIABLE) !== 0,
      },
      sentiment: {
        label: info.sentiment[columns.sentiment[i]!]!,
        score: columns.score[i]!,
        probabilities: {
          negative: columns.probabilities[3 * i]!,
          neutral: columns.probabilities[3 * i + 1]!,
          positive: columns.probabilities[3 * i + 2]!,
        },
      },
      acts: info.acts.filter((_, bit) => (acts >> bit) & 1),
      meaningful: (flags & FLAG_MEANINGFUL) !== 0,
      pii: this.#pii(i),
      truncated: (flags & FLAG_TRUNCATED) !== 0,
    };
  }

  /** All rows in order; a row that failed has `error` and no `analysis`. */
  *[Symbol.iterator](): Generator<BatchRow, void, undefined> {
    for (let index = 0; index < this.length; index++) {
      const error = this.#errors.get(index);
      yield error ? { index, error } : { index, analysis: this.row(index) };
    }
  }

  #check(i: number): number {
    if (Number.isInteger(i) && i >= 0 && i < this.length) return i;
    throw new HearkenError("E_FIELD", `field row: must be a whole number from 0 to ${this.length - 1}`, { field: "row", limit: this.length });
  }

  #pii(i: number): Pii[] {
    const { columns, info } = this;
    const found: Pii[] = [];
    for (let at = columns.piiOffsets[i]!; at < columns.piiOffsets[i + 1]!; at++) {
      found.push({
        type: info.piiTypes[columns.piiType[at]!]!,
        span: [columns.piiStart[at]!, columns.piiEnd[at]!],
        certainty: columns.piiCertainty[at]!,
        validated: columns.piiValidated[at] === 1,
      });
    }
    return found;
  }
}

/** Copies the columns of one call out of wasm and frees them there. */
export function takeColumns(raw: RawColumns): Columns {
  try {
    // The getters give fresh copies; wasm-bindgen types them by the wider ArrayBufferLike.
    return {
      sentiment: raw.sentiment, score: raw.score, probabilities: raw.probabilities,
      language: raw.language, script: raw.script, languageConfidence: raw.languageConfidence,
      acts: raw.acts, flags: raw.flags, piiOffsets: raw.piiOffsets,
      piiType: raw.piiType, piiStart: raw.piiStart, piiEnd: raw.piiEnd,
      piiCertainty: raw.piiCertainty, piiValidated: raw.piiValidated,
    } as Columns;
  } finally {
    raw.free();
  }
}

/** One set of columns out of several, in order. A single part is passed through. */
export function joinColumns(parts: Columns[]): Columns {
  if (parts.length === 1) return parts[0]!;
  const joined = {} as Record<keyof Columns, unknown>;
  for (const key of Object.keys(parts[0]!) as (keyof Columns)[]) {
    if (key !== "piiOffsets") joined[key] = concat(parts.map((part) => part[key]));
  }
  joined.piiOffsets = joinOffsets(parts.map((part) => part.piiOffsets));
  return joined as Columns;
}

type Column = Columns[keyof Columns];

function concat(parts: Column[]): Column {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new (parts[0]!.constructor as new (length: number) => Column)(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Each part counts from 0: shifts it by what came before. */
function joinOffsets(parts: Uint32Array[]): Uint32Array {
  const joined = new Uint32Array(parts.reduce((sum, part) => sum + part.length - 1, 1));
  let at = 0;
  let base = 0;
  for (const part of parts) {
    for (let i = 1; i < part.length; i++) joined[++at] = base + part[i]!;
    base += part[part.length - 1]!;
  }
  return joined;
}

/** The engine's own description, frozen. */
export function freezeInfo(raw: RawInfo): EngineInfo {
  for (const list of [raw.sentiment, raw.languages, raw.scripts, raw.acts, raw.piiTypes]) Object.freeze(list);
  return Object.freeze(raw) as EngineInfo;
}
