// A taxonomy that was compiled once and is used for many texts.

import type { RawEngine, RawTaxonomy } from "./glue.js";
import { HearkenError, kindOf } from "./errors.js";
import { Handle, type HandleNames } from "./handle.js";
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

const NAMES: HandleNames = {
  option: "taxonomy", freed: "the taxonomy was freed; compile it again", otherEngine: "was compiled by another engine",
};

/** A taxonomy made by `Engine.taxonomy`. Belongs to that engine; `free` it, or let it go with the engine. */
export class CompiledTaxonomy extends Handle<RawTaxonomy> {
  /** The taxonomy's own id, as in its JSON. */
  readonly id: string;
  /** Its topics, in the order written. */
  readonly topics: readonly TopicInfo[];
  /** Number of different phrases, terms of rules included. */
  readonly phrases: number;
  readonly #json: string;

  /** @internal Made by `Engine.taxonomy`. */
  constructor(instance: Instance, json: string) {
    super(instance, NAMES, (engine) => engine.compileTaxonomy(json));
    this.#json = json;
    this.id = this.use((_, raw) => raw.id);
    this.phrases = this.use((_, raw) => raw.phrases);
    this.topics = Object.freeze(this.use((_, raw) => raw.topics()));
  }

  /** What is wrong or doubtful, the gravest first: overlaps, phrases that add nothing, examples that fail. */
  lint(): TaxonomyFinding[] {
    return this.use((_, raw) => raw.lint());
  }

  /** Runs the examples that the taxonomy carries. */
  test(): TaxonomyTest {
    return this.use((_, raw) => raw.test());
  }

  /** Memory that the compiled phrases take, in bytes, about. */
  get memoryBytes(): number {
    return this.use((_, raw) => raw.memoryBytes);
  }

  /** @internal */
  protected override remake(engine: RawEngine): RawTaxonomy {
    return engine.compileTaxonomy(this.#json);
  }
}
