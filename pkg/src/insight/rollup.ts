// Scores over many records, one record at a time.

import { HearkenError, wrongField } from "../errors.js";
import { flat } from "../message.js";
import type { Instance } from "../instance.js";
import type { Report, ScoreRecord } from "../types.js";
import type { RawInsight, RawRollup } from "./glue.js";

const FIELDS = ["index", "sentiment", "score", "language", "channel", "rating", "text", "meaningful"] as const;

/**
 * Gathers analysed records; `merge` joins two. Belongs to the `Insight` that made it.
 *
 * When its wasm instance traps, what was gathered is gone and every later call fails with
 * `E_TRAP`: make a new rollup and add the records again.
 */
export class Rollup implements Disposable {
  readonly #instance: Instance<RawInsight>;
  readonly #raw: RawRollup;
  readonly #generation: number;
  #freed = false;

  /** @internal Made by `Insight.rollup`. */
  constructor(instance: Instance<RawInsight>) {
    this.#instance = instance;
    this.#raw = instance.call((insight) => insight.rollup());
    this.#generation = instance.generation;
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
      if (value !== undefined && value !== null) known[field] = field === "rating" ? flat(value) : value;
    }
    this.#call((raw) => raw.add(known));
    return this;
  }

  /** Adds everything `other` holds; `other` stays as it is. Order does not matter. */
  merge(other: Rollup): this {
    if (!(other instanceof Rollup)) throw wrongField("other", "a Rollup", other);
    if (other === this) throw new HearkenError("E_FIELD", "field other: is this rollup itself; everything would count twice", { field: "other" });
    if (other.#instance !== this.#instance) {
      throw new HearkenError("E_FIELD", "field other: is a rollup of another Insight", { field: "other" });
    }
    this.#call((raw) => other.#call((from) => raw.merge(from)));
    return this;
  }

  /** The figures so far; more records may be added after. */
  report(): Report {
    return this.#call((raw) => raw.report());
  }

  /** Gives the memory back. Safe to call twice. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    if (!this.#instance.freed && this.#generation === this.#instance.generation) this.#raw.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #call<T>(work: (raw: RawRollup) => T): T {
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", "the rollup was freed; make a new one");
    return this.#instance.call(() => {
      if (this.#generation === this.#instance.generation) return work(this.#raw);
      throw new HearkenError("E_TRAP", "the rollup was lost with its wasm instance; add the records again");
    });
  }
}
