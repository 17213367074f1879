/// <reference lib="esnext.disposable" preserve="true" />
// What many analysed records say. A wasm module of its own, small and without a model: who only reads
// texts does not load it, and who only counts does not load the engine.

import type { Engine } from "../engine.js";
import { HearkenError, wrongField } from "../errors.js";
import { Instance } from "../instance.js";
import { checkNames, moduleFor, type Host, type WasmSource } from "../load.js";
import type { Message, ReplyLibrary, Report, RollupJson, RollupOptions, ScoreRecord } from "../types.js";
import { Analyses } from "./analyses.js";
import { Care } from "./care.js";
import { createGlue, type RawInsight } from "./glue.js";
import { plain } from "./plain.js";
import { Replies } from "./replies.js";
import { Rollup } from "./rollup.js";
import { addPart, type Placed } from "./scoring.js";
import { withOffsets } from "./zones.js";

/** How many messages `collect` analyses at a time. */
const CHUNK = 1_000;
/** Only `load` may construct. */
const KEY: unique symbol = Symbol("hearken/insight");

/** Options of `Insight.load`. */
export interface InsightOptions {
  /** The wasm. Every entry except `hearken/insight/slim` brings its own. */
  wasm?: WasmSource | PromiseLike<WasmSource>;
}

/** Counts and scores, in their own wasm instance. Make one and keep it. All calls are synchronous. */
export class Insight extends Analyses implements Disposable {
  /** Version of the engine it belongs to. */
  readonly version: string;
  readonly #instance: Instance<RawInsight>;

  /** @internal Use `Insight.load`. */
  protected constructor(key: symbol, module: WebAssembly.Module) {
    super();
    if (key !== KEY) throw new HearkenError("E_OPTION", "an Insight is made by Insight.load()", { field: "new" });
    this.#instance = new Instance(() => {
      const glue = createGlue();
      const { memory } = glue.initSync({ module });
      return { raw: new glue.RawInsight(), memory };
    });
    this.version = this.#instance.call((raw) => raw.version);
  }

  /** Compiles the wasm (once per process) and starts. @throws HearkenError `E_OPTION`. */
  static load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, {});
  }

  /** @internal `load` with what the runtime adds. */
  static async start(options: InsightOptions | undefined, host: Host): Promise<Insight> {
    return new this(KEY, await moduleFor(checkNames(options, ["wasm"]), host));
  }

  /** An empty rollup, to add records to as they come. @throws HearkenError naming the option. */
  rollup(options?: RollupOptions): Rollup {
    const given = withOffsets(plain(options, "options"));
    return new Rollup(this.#instance, (raw) => raw.rollup(given));
  }

  /** A rollup out of what `toBytes` or `toJson` gave. @throws HearkenError `E_ROLLUP` with the byte, or `E_FIELD`. */
  readRollup(saved: Uint8Array | RollupJson): Rollup {
    if (saved instanceof Uint8Array) return new Rollup(this.#instance, (raw) => raw.readRollup(saved));
    const json = plain(saved, "rollup");
    return new Rollup(this.#instance, (raw) => raw.readRollupJson(json));
  }

  /** Drafts from these templates (`hearken/replies/en.json`), and the check of what goes out. */
  replies(...libraries: ReplyLibrary[]): Replies {
    return new Replies((question, input) => this.#instance.call((raw) => raw.askReply(question, input)), libraries);
  }

  /**
   * A rollup of records. A record without `sentiment`, `score` and `meaningful` but with `text` is a message: `engine`
   * analyses it, and its text is redacted before it may appear among the telling comments. Memory is that of the
   * rollup and of one part of messages, not of all records.
   *
   * @throws HearkenError of the first record that cannot be used, with its `index`.
   */
  collect(records: Iterable<ScoreRecord | Message>, engine?: Engine, options?: RollupOptions): Rollup {
    if (typeof (records as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] !== "function" || typeof records === "string") {
      throw wrongField("records", "an iterable of records", records);
    }
    const rollup = this.rollup(options);
    try {
      let part: Placed[] = [];
      let index = 0;
      for (const record of records) {
        if (typeof record !== "object" || record === null || Array.isArray(record)) {
          throw wrongField("record", "an object", record, index);
        }
        part.push({ index, record });
        index += 1;
        if (part.length === CHUNK) {
          addPart(engine, rollup, part);
          part = [];
        }
      }
      addPart(engine, rollup, part);
      return rollup;
    } catch (error) {
      rollup.free();
      throw error;
    }
  }

  /** The main figures over records, as `collect` takes them. */
  report(records: Iterable<ScoreRecord | Message>, engine?: Engine): Report {
    const rollup = this.collect(records, engine);
    try {
      return rollup.report();
    } finally {
      rollup.free();
    }
  }

  /** @internal */
  protected ask<T>(question: string, input: Readonly<Record<string, unknown>>): T {
    const given = plain(input, "input");
    return this.#instance.call((raw) => raw.ask(question, given)) as T;
  }

  /** Cases, clocks, pauses, returns and channels. */
  get care(): Care {
    return new Care((question, input) => {
      const given = plain(input, "input");
      return this.#instance.call((raw) => raw.care(question, given));
    });
  }

  /** Gives the instance and its memory back; later calls fail with `E_ENGINE_FREED`. Safe to call twice. */
  free(): void {
    this.#instance.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** Bytes of wasm memory held now; 0 after `free`. */
  get memoryBytes(): number {
    return this.#instance.memoryBytes;
  }
}
