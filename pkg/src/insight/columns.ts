// Analysed batches on their way into a rollup: typed arrays in, columns of numbers out, no object a record.

import type { Batch } from "../batch.js";
import { FLAG_MEANINGFUL, FLAG_RELIABLE } from "../columns.js";
import { HearkenError, wrongField } from "../errors.js";
import type { Channel, Scale } from "../types.js";

/** Names, one a record: the same for all, a list, or numbers into a list of labels. What is `null` or no label tells nothing. */
export type Names = string | readonly (string | null | undefined)[] | { labels: readonly string[]; values: ArrayLike<number> };

/** Numbers, one a record; `null`, `undefined` and NaN tell nothing. */
export type Numbers = ArrayLike<number | null | undefined>;

/** What is known of the records of a batch beside their texts; each is as long as the batch. */
export interface BatchFields {
  /** Index of the first record; those after it follow. Absent: how many were offered before. */
  from?: number;
  rating?: { scale: Scale; values: Numbers };
  channel?: Channel | readonly (Channel | null | undefined)[];
  /** Milliseconds since 1970. */
  sentAt?: Numbers;
  /** Platform or shop. */
  source?: Names;
  /** Short name of the survey question. */
  question?: Names;
  /** Your ids: repeated ones are told. */
  id?: Names;
  /** Keyed pseudonym of who wrote; only a hash is kept. */
  person?: Names;
  /** By keys of your own, which are among the options of the rollup. */
  keys?: Readonly<Record<string, Names>>;
  /** 1 answered, 0 not; nothing where no answer is called for. */
  answered?: ArrayLike<number | boolean | null | undefined>;
  /** 1 where the record stands for an invitation to a survey. */
  invited?: ArrayLike<number | boolean | null | undefined>;
  /** How many people the answer stands for. */
  weight?: Numbers;
}

/** One part of the records, ready for wasm. */
export interface Part {
  first: number;
  length: number;
  labels: string[];
  columns: Record<string, Float64Array>;
}

const FIELDS = ["from", "rating", "channel", "sentAt", "source", "question", "id", "person", "keys", "answered", "invited", "weight"];
/** In the order of the engine. */
const SCALES: readonly Scale[] = ["nps", "csat5", "csat7", "ces7", "stars5"];
const CHANNELS: readonly Channel[] = [
  "survey", "review", "social", "ad_comment", "messaging", "chat", "email", "forum", "blog", "news", "call", "web_form", "other",
];
/** Records of one call into wasm. */
const CHUNK = 20_000;

/** The parts of a batch, or of so many records without a text. @throws HearkenError `E_FIELD` naming the field. */
export function* partsOf(batch: Batch | number, fields: BatchFields, version: string): Generator<Part> {
  const length = typeof batch === "number" ? batch : batch?.length;
  if (!Number.isInteger(length) || length < 0 || (typeof batch !== "number" && (typeof batch !== "object" || !("info" in batch)))) {
    throw wrongField("batch", "a batch of analyzeBatch or a number of records", batch);
  }
  if (typeof batch !== "number" && batch.info.engine !== version) {
    throw new HearkenError("E_FIELD", "field batch: is of another version of the package", { field: "batch" });
  }
  if (typeof fields !== "object" || fields === null) throw wrongField("fields", "an object", fields);
  for (const name of Object.keys(fields)) {
    if (!FIELDS.includes(name)) {
      throw new HearkenError("E_FIELD", `field ${name.slice(0, 64)}: is not known; known are ${FIELDS.join(", ")}`, { field: name.slice(0, 64) });
    }
  }
  for (let first = 0; first < length; first += CHUNK) {
    const part = new Columns(first, Math.min(CHUNK, length - first), length);
    if (typeof batch !== "number") part.read(batch);
    part.tell(fields);
    yield part;
  }
}

class Columns implements Part {
  readonly first: number;
  readonly length: number;
  readonly labels: string[] = [];
  readonly columns: Record<string, Float64Array> = {};
  readonly #whole: number;
  readonly #known = new Map<string, number>();

  constructor(first: number, length: number, whole: number) {
    this.first = first;
    this.length = length;
    this.#whole = whole;
  }

  /** What the analyses say. */
  read({ columns: from, info, topics }: Batch): void {
    const { first, length, columns } = this;
    const end = first + length;
    const languages = this.#list(info.languages);
    const undetermined = this.#label("und");
    const language = (columns["language"] = new Float64Array(length));
    const meaningful = (columns["meaningful"] = new Float64Array(length));
    const effort = (columns["effort"] = new Float64Array(length));
    const recommends = (columns["recommends"] = new Float64Array(length));
    for (let i = 0; i < length; i++) {
      const flags = from.flags[first + i]!;
      // A guess that is not reliable is counted as undetermined.
      language[i] = (flags & FLAG_RELIABLE) !== 0 ? languages + from.language[first + i]! : undetermined;
      meaningful[i] = flags & FLAG_MEANINGFUL;
      const level = from.effort[first + i]!;
      effort[i] = level === 0 ? NaN : level - 1;
      const advice = from.recommends[first + i]!;
      recommends[i] = advice === 0 ? NaN : Number(info.recommends[advice - 1] === "yes");
    }
    for (const name of ["sentiment", "score", "acts", "emotions", "intent", "disposition"] as const) {
      columns[name] = new Float64Array(from[name].subarray(first, end));
    }
    columns["leaving"] = new Float64Array(from.churn.subarray(first, end));
    const start = from.topicOffsets[first]!;
    const stop = from.topicOffsets[end]!;
    columns["topicOffsets"] = new Float64Array(from.topicOffsets.subarray(first, end + 1)).map((at) => at - start);
    const names = this.#list(topics.map(({ label }) => label));
    columns["topic"] = new Float64Array(from.topic.subarray(start, stop)).map((at) => at + names);
    columns["topicSentiment"] = new Float64Array(from.topicSentiment.subarray(start, stop));
  }

  /** What the caller knows. */
  tell(fields: BatchFields): void {
    const { first, length, columns } = this;
    if (fields.from !== undefined) columns["index"] = new Float64Array(length).map((_, i) => fields.from! + first + i);
    if (fields.rating) {
      const scale = SCALES.indexOf(fields.rating.scale);
      if (scale < 0) throw new HearkenError("E_FIELD", `field rating.scale: must be one of ${SCALES.join(", ")}`, { field: "rating.scale" });
      columns["rating"] = this.#numbers(fields.rating.values, "rating.values");
      columns["scale"] = new Float64Array(length).fill(scale);
    }
    if (fields.channel !== undefined) columns["channel"] = this.#channels(fields.channel);
    for (const name of ["answered", "invited", "weight"] as const) {
      const values = fields[name];
      if (values !== undefined) columns[name] = this.#numbers(values, name);
    }
    if (fields.sentAt !== undefined) columns["sentMs"] = this.#numbers(fields.sentAt, "sentAt");
    for (const name of ["id", "source", "question", "person"] as const) {
      const names = fields[name];
      if (names !== undefined) columns[name] = this.#names(names, name);
    }
    for (const [key, names] of Object.entries(fields.keys ?? {})) columns[`key:${key}`] = this.#names(names, `keys.${key}`);
  }

  #channels(channel: Channel | readonly (Channel | null | undefined)[]): Float64Array {
    const place = (name: unknown): number => {
      if (name === null || name === undefined) return NaN;
      const at = CHANNELS.indexOf(name as Channel);
      if (at < 0) throw new HearkenError("E_FIELD", `field channel: must be one of ${CHANNELS.join(", ")}`, { field: "channel" });
      return at;
    };
    if (typeof channel === "string") return new Float64Array(this.length).fill(place(channel));
    this.#fits(channel, "channel");
    return Float64Array.from({ length: this.length }, (_, i) => place(channel[this.first + i]));
  }

  #numbers(values: ArrayLike<number | boolean | null | undefined>, field: string): Float64Array {
    this.#fits(values, field);
    const { first, length } = this;
    if (typeof (values[0] as unknown) === "bigint") throw wrongField(field, "numbers", values[0], 0);
    if (ArrayBuffer.isView(values)) return new Float64Array((values as unknown as Float64Array).subarray(first, first + length));
    const column = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const value = values[first + i];
      if (value !== null && value !== undefined && typeof value !== "number" && typeof value !== "boolean") {
        throw wrongField(field, "numbers", value, first + i);
      }
      column[i] = value === null || value === undefined ? NaN : Number(value);
    }
    return column;
  }

  #names(names: Names, field: string): Float64Array {
    const { first, length } = this;
    if (typeof names === "string") return new Float64Array(length).fill(this.#label(names));
    if (typeof names === "object" && names !== null && "labels" in names) {
      if (!Array.isArray(names.labels) || !names.labels.every((label) => typeof label === "string")) {
        throw wrongField(`${field}.labels`, "a list of strings", names.labels);
      }
      const { labels } = names;
      // Only labels that occur cross into wasm.
      const places = new Float64Array(labels.length).fill(NaN);
      return this.#numbers(names.values, `${field}.values`).map((at) => {
        const label = labels[at];
        if (label === undefined) return NaN;
        if (Number.isNaN(places[at])) places[at] = this.#label(label);
        return places[at]!;
      });
    }
    this.#fits(names, field);
    const column = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const name = names[first + i];
      if (name !== null && name !== undefined && typeof name !== "string") throw wrongField(field, "strings", name, first + i);
      column[i] = name === null || name === undefined ? NaN : this.#label(name);
    }
    return column;
  }

  /** The place of a label, which is added where it is new. */
  #label(label: string): number {
    let at = this.#known.get(label);
    if (at === undefined) {
      at = this.labels.push(label) - 1;
      this.#known.set(label, at);
    }
    return at;
  }

  /** The place where a whole list begins. */
  #list(labels: readonly string[]): number {
    const from = this.labels.length;
    for (const label of labels) this.labels.push(label);
    return from;
  }

  #fits(values: ArrayLike<unknown>, field: string): void {
    if (typeof values !== "object" || values === null || values.length !== this.#whole) {
      throw new HearkenError("E_FIELD", `field ${field}: must have ${this.#whole} values, one a record`, { field, limit: this.#whole });
    }
  }
}
