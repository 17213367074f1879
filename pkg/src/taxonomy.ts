// A taxonomy that was compiled once and is used for many texts.

import type { RawEngine, RawTaxonomy } from "./glue.js";
import { HearkenError, kindOf } from "./errors.js";
import type { Instance } from "./instance.js";
import type { TaxonomyFinding, TaxonomyTest, TopicInfo } from "./types.js";

/** JSON text of a taxonomy given as object or text, so that errors carry line, column or path. */
export function taxonomyText(source: unknown): string {
  if (typeof source === "string") return source;
  if (typeof source !== "object" || source === null || Array.isArray(source)) {
    throw new HearkenError("E_TAXONOMY", `taxonomy refused: must be an object or JSON text, is ${kindOf(source)}`, { path: "" });
  }
  try {
    return JSON.stringify(source);
  } catch (cause) {
    throw new HearkenError("E_TAXONOMY", "taxonomy refused: the object cannot be written as JSON", { path: "" }, { cause });
  }
}

/** A taxonomy made by `Engine.taxonomy`. Belongs to that engine; `free` it, or let it go with the engine. */
export class CompiledTaxonomy implements Disposable {
  /** The taxonomy's own id, as in its JSON. */
  readonly id: string;
  /** Its topics, in the order written. */
  readonly topics: readonly TopicInfo[];
  /** Number of different phrases, terms of rules included. */
  readonly phrases: number;
  readonly #instance: Instance;
  readonly #json: string;
  #raw: RawTaxonomy | undefined;
  #generation = -1;
  #freed = false;

  /** @internal Made by `Engine.taxonomy`. */
  constructor(instance: Instance, json: string) {
    this.#instance = instance;
    this.#json = json;
    const [raw, topics] = instance.call((engine) => {
      const raw = this.#compile(engine);
      return [raw, raw.topics()] as const;
    });
    this.id = raw.id;
    this.phrases = raw.phrases;
    this.topics = Object.freeze(topics);
  }

  /** What is wrong or doubtful, the gravest first: overlaps, phrases that add nothing, examples that fail. */
  lint(): TaxonomyFinding[] {
    return this.#instance.call((engine) => this.rawFor(engine, this.#instance).lint());
  }

  /** Runs the examples that the taxonomy carries. */
  test(): TaxonomyTest {
    return this.#instance.call((engine) => this.rawFor(engine, this.#instance).test());
  }

  /** Memory that the compiled phrases take, in bytes, about. */
  get memoryBytes(): number {
    return this.#instance.call((engine) => this.rawFor(engine, this.#instance).memoryBytes);
  }

  /** @internal The taxonomy inside the live instance; compiled again when that is a new one. */
  rawFor(engine: RawEngine, instance: Instance): RawTaxonomy {
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", "the taxonomy was freed; compile it again");
    if (instance !== this.#instance) {
      throw new HearkenError("E_OPTION", "option taxonomy: was compiled by another engine", { field: "taxonomy" });
    }
    if (this.#raw && this.#generation === instance.generation) return this.#raw;
    return this.#compile(engine);
  }

  /** Gives the taxonomy's memory back. Safe to call twice. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw && !this.#instance.freed && this.#generation === this.#instance.generation) raw.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #compile(engine: RawEngine): RawTaxonomy {
    const raw = engine.compileTaxonomy(this.#json);
    this.#raw = raw;
    this.#generation = this.#instance.generation;
    return raw;
  }
}
