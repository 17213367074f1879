// A policy that was checked once and is used for many messages.

import type { RawEngine, RawPolicy } from "./glue.js";
import { HearkenError, kindOf } from "./errors.js";
import type { Instance } from "./instance.js";

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

/** A policy made by `Engine.policy`. Belongs to that engine; `free` it, or let it go with the engine. */
export class CompiledPolicy implements Disposable {
  /** The policy's own id and version, as in its JSON. */
  readonly id: string;
  readonly version: string;
  readonly #instance: Instance;
  readonly #json: string;
  #raw: RawPolicy | undefined;
  #generation = -1;
  #freed = false;

  /** @internal Made by `Engine.policy`. */
  constructor(instance: Instance, json: string) {
    this.#instance = instance;
    this.#json = json;
    const raw = instance.call((engine) => this.#compile(engine));
    this.id = raw.id;
    this.version = raw.version;
  }

  /** @internal The policy inside the live instance; compiled again when that is a new one. */
  rawFor(engine: RawEngine, instance: Instance): RawPolicy {
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", "the policy was freed; compile it again");
    if (instance !== this.#instance) {
      throw new HearkenError("E_OPTION", "option policy: was compiled by another engine", { field: "policy" });
    }
    if (this.#raw && this.#generation === instance.generation) return this.#raw;
    return this.#compile(engine);
  }

  /** Gives the policy's memory back. Safe to call twice. */
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

  #compile(engine: RawEngine): RawPolicy {
    const raw = engine.compilePolicy(this.#json);
    this.#raw = raw;
    this.#generation = this.#instance.generation;
    return raw;
  }
}
