// A policy that was checked once and is used for many messages.

import type { RawEngine, RawPolicy } from "./glue.js";
import { HearkenError, kindOf } from "./errors.js";
import { Handle, type HandleNames } from "./handle.js";
import type { Instance } from "./instance.js";
import type { PolicyFinding } from "./types.js";

/** JSON text of a policy given as object or text, so that errors carry line, column or path. */
export function policyText(source: unknown): string {
  if (typeof source === "string") return source;
  if (typeof source !== "object" || source === null || Array.isArray(source)) {
    throw new HearkenError("E_POLICY", `policy refused: must be an object or JSON text, is ${kindOf(source)}`, { path: "" });
  }
  try {
    return JSON.stringify(source);
  } catch (cause) {
    throw new HearkenError("E_POLICY", "policy refused: the object cannot be written as JSON", { path: "" }, { cause });
  }
}

const NAMES: HandleNames = {
  option: "policy", freed: "the policy was freed; compile it again", otherEngine: "was compiled by another engine",
};

/** A policy made by `Engine.policy`. Belongs to that engine; `free` it, or let it go with the engine. */
export class CompiledPolicy extends Handle<RawPolicy> {
  /** The policy's own id and version, as in its JSON. */
  readonly id: string;
  readonly version: string;
  readonly #json: string;

  /** @internal Made by `Engine.policy`. */
  constructor(instance: Instance, json: string) {
    super(instance, NAMES, (engine) => engine.compilePolicy(json));
    this.#json = json;
    this.id = this.use((_, raw) => raw.id);
    this.version = this.use((_, raw) => raw.version);
  }

  /**
   * What is odd about it: rules that never decide, conditions that never or always hold, contradictory
   * deadlines. Every finding is so for every message. `topics` are the ids that conditions may name.
   */
  lint(topics: readonly string[] = []): PolicyFinding[] {
    return this.use((_, raw) => raw.lint([...topics]));
  }

  /** @internal */
  protected override remake(engine: RawEngine): RawPolicy {
    return engine.compilePolicy(this.#json);
  }
}
