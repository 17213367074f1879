// Records over which figures are made, and the figures.

import type { Batch } from "../batch.js";
import { HearkenError, wrongField, wrongOption } from "../errors.js";
import { Gathered, type GatheredNames } from "../gathered.js";
import { flat } from "../message.js";
import type { Instance } from "../instance.js";
import type {
  Comparison, Coverage, CxChange, CxScore, CxWeights, DocumentOptions, ErrorCode, Figure, Finding, Metric, Report, RollupJson, ScoreRecord, SegmentMove, ShareOptions,
  Sufficiency, Summary, SummaryOptions,
} from "../types.js";
import { partsOf, type BatchFields } from "./columns.js";
import type { RawInsight, RawRollup } from "./glue.js";
import { plain } from "./plain.js";
import { PrivacyBudget, type Shared } from "./share.js";

/** Fields of a record; the last ones are lists and objects. */
const FIELDS = [
  "index", "sentiment", "score", "language", "channel", "rating", "text", "meaningful", "id", "source", "intent", "disposition", "effort", "leaving", "recommends",
  "question", "sentAt", "person", "answered", "invited", "weight", "topics", "emotions", "acts", "brands", "keys",
] as const;
const NESTED: readonly string[] = ["topics", "emotions", "acts", "brands", "keys"];
/** Most errors that `addBatch` names. */
const MAX_ERRORS = 100;

/** What became of the records of one `addBatch`. */
export interface AddedRecords {
  added: number;
  refused: number;
  /** Of the first hundred refused, each with the `index` of its place in the batch. */
  errors: HearkenError[];
}

const NAMES: GatheredNames = {
  freed: "the rollup was freed; make a new one",
  lost: "the rollup was lost with its wasm instance; add the records again",
};

/**
 * Gathers analysed records; `merge` joins two. Belongs to the `Insight` that made it.
 *
 * When its wasm instance traps, what was gathered is gone and every later call fails with
 * `E_TRAP`: make a new rollup and add the records again.
 */
export class Rollup extends Gathered<RawRollup, RawInsight> {

  /** @internal Made by `Insight`. */
  constructor(instance: Instance<RawInsight>, make: (insight: RawInsight) => RawRollup = (insight) => insight.rollup(undefined)) {
    super(instance, NAMES, make);
  }

  /**
   * Adds one analysed record. Fields that `ScoreRecord` does not have are not read.
   *
   * @throws HearkenError `E_FIELD` naming the field, as in `rating.value`.
   */
  add(record: ScoreRecord): this {
    if (typeof record !== "object" || record === null || Array.isArray(record)) {
      throw wrongField("record", "an object", record);
    }
    const known: Record<string, unknown> = {};
    for (const field of FIELDS) {
      const value = record[field];
      if (value === undefined || value === null) continue;
      known[field] = NESTED.includes(field) ? plain(value, field, 3) : field === "rating" ? flat(value) : value;
    }
    this.use((raw) => raw.add(known));
    return this;
  }

  /**
   * Adds the records of `engine.analyzeBatch`, with what is known beside their texts, many times faster than one by
   * one; a number instead of a batch stands for so many records without a text. A text that could not be analysed counts
   * as none. Texts are not kept: records added here give no telling comments.
   *
   * @throws HearkenError `E_FIELD` naming a field that does not fit. A record that is refused costs no other.
   */
  addBatch(batch: Batch | number, fields: BatchFields = {}): AddedRecords {
    const done: AddedRecords = { added: 0, refused: 0, errors: [] };
    const version = this.use(() => this.instance.call((insight) => insight.version));
    for (const { first, length, labels, columns } of partsOf(batch, fields, version)) {
      const { added, refused, errors } = this.use((raw) => raw.addColumns(length, labels, columns));
      done.added += added;
      done.refused += refused;
      for (const { row, code, message, field } of errors.slice(0, MAX_ERRORS - done.errors.length)) {
        done.errors.push(new HearkenError(code as ErrorCode, message, { field, index: first + row }));
      }
    }
    return done;
  }

  /** Adds everything `other` holds; `other` stays as it is. Order does not matter. */
  merge(other: Rollup): this {
    this.#with(other, "other", (raw, from) => raw.merge(from));
    return this;
  }

  /** The main figures so far; more records may be added after. */
  report(): Report {
    return this.use((raw) => raw.report());
  }

  /** Every figure so far, with segments. Figures of groups of fewer than `minPeople` are withheld. */
  summary(options?: SummaryOptions): Summary {
    return this.#ask("summary", options);
  }

  /** One figure, of everything or of one segment, as in `["channel", "chat"]`. */
  figure(metric: Metric, segment?: readonly [dimension: string, key: string]): Figure {
    return this.#ask("figure", { metric, segment });
  }

  /** Each segment of a dimension against all others, tested and corrected for how many there are. */
  segments(dimension: string, metric: Metric): Comparison {
    return this.#ask("segments", { dimension, metric });
  }

  /** Every figure against an earlier period. Both must be of different people. */
  compare(before: Rollup): Comparison {
    return this.#against("compare", before);
  }

  /** One figure of each segment against the same segment earlier: which store got worse. */
  compareBy(before: Rollup, dimension: string, metric: Metric): Comparison {
    return this.#against("compareBy", before, { dimension, metric });
  }

  /** Which segments moved net sentiment since an earlier period: by their size, or by what is said in them. */
  moved(before: Rollup, dimension: string): SegmentMove[] {
    return this.#against("moved", before, { dimension });
  }

  /** The CX score: solicited, unsolicited, acting on it. */
  score(weights?: CxWeights): CxScore {
    return this.#ask("score", weights);
  }

  /** What moved the CX score since an earlier period. */
  scoreChange(before: Rollup, weights?: CxWeights): CxChange {
    return this.#against("scoreChange", before, weights);
  }

  /** Segments of a dimension, the least looked after first; `watched` names those that somebody watches. */
  coverage(dimension: string, watched?: readonly string[]): Coverage[] {
    return this.#ask("coverage", { dimension, watched });
  }

  /** What the data are enough for, and what is missing. */
  sufficiency(): Sufficiency {
    return this.#ask("sufficiency");
  }

  /** At most ten findings as sentences in the reader's language, the strongest first. */
  findings(options?: DocumentOptions, before?: Rollup): Finding[] {
    return this.#document("findings", options, before);
  }

  /** A report for a reader: Markdown, or one HTML file without scripts that loads nothing. */
  document(form: "markdown" | "html", options?: DocumentOptions, before?: Rollup): string {
    if (form !== "markdown" && form !== "html") throw wrongOption("form", "markdown or html", form);
    return this.#document(form, options, before);
  }

  /**
   * A rollup for others' eyes: no texts, no ids, no small groups, and noise where it is asked for, paid from `budget`.
   *
   * @throws HearkenError `E_OPTION` naming `epsilon` when the budget does not hold it; nothing is then spent.
   */
  share(options: ShareOptions = {}, budget?: PrivacyBudget): Shared {
    const given: Record<string, unknown> = { ...(plain(options, "options") as object) };
    const noise = given["noise"] as Record<string, unknown> | undefined;
    if (noise && noise["seed"] === undefined) noise["seed"] = Array.from(crypto.getRandomValues(new Uint8Array(32)));
    if (budget) given["budget"] = budget.left;
    const rollup = new Rollup(this.instance, () => this.use((raw) => raw.share(given)));
    const { budget: left, ...facts } = rollup.use((raw) => raw.facts()) as { budget: number } & Omit<Shared, "rollup">;
    if (budget) budget.left = left;
    return { rollup, ...facts };
  }

  /** The rollup as bytes, telling comments included; `Insight.readRollup` reads them. The same bytes for equal rollups. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.use((raw) => raw.toBytes());
  }

  /** The rollup as JSON with a name for each count, about five times the bytes; `Insight.readRollup` reads it. */
  toJson(): RollupJson {
    return this.use((raw) => raw.toJson()) as RollupJson;
  }

  #ask<T>(question: string, input?: object): T {
    const given = plain(input, "options");
    return this.use((raw) => raw.ask(question, given)) as T;
  }

  #against<T>(question: string, before: Rollup, input?: object): T {
    const given = plain(input, "options");
    return this.#with(before, "before", (raw, from) => raw.askAgainst(question, from, given)) as T;
  }

  #document<T>(form: string, options: DocumentOptions | undefined, before: Rollup | undefined): T {
    return before === undefined ? this.#ask(form, options) : this.#against(form, before, options);
  }

  /** Works with another rollup of the same `Insight`. */
  #with<T>(other: Rollup, field: string, work: (raw: RawRollup, other: RawRollup) => T): T {
    if (!(other instanceof Rollup)) throw wrongField(field, "a Rollup", other);
    const wrong = (what: string): HearkenError => new HearkenError("E_FIELD", `field ${field}: ${what}`, { field });
    if (other === this) throw wrong("is this rollup itself; everything would count twice");
    if (other.instance !== this.instance) throw wrong("is a rollup of another Insight");
    return this.use((raw) => other.use((from) => work(raw, from)));
  }
}
