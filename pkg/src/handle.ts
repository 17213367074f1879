// What lives in an engine's wasm and is made again after a trap: who owns it, and when it is given back.

import type { RawEngine } from "./glue.js";
import { HearkenError } from "./errors.js";
import type { Instance } from "./instance.js";

/** How a kind of handle is named in errors. */
export interface HandleNames {
  /** The option it is given as. */
  option: string;
  freed: string;
  otherEngine: string;
}

/** Belongs to the engine that made it; `free` it, or let it go with the engine. */
export abstract class Handle<R extends { free(): void }> implements Disposable {
  readonly #instance: Instance;
  readonly #names: HandleNames;
  #raw: R | undefined;
  #generation: number;
  #freed = false;

  /** @internal Made at once by `make`; `remake` serves later instances. */
  protected constructor(instance: Instance, names: HandleNames, make: (engine: RawEngine) => R) {
    this.#instance = instance;
    this.#names = names;
    this.#raw = instance.call(make);
    this.#generation = instance.generation;
  }

  /** @internal Makes it anew in another instance of the same engine. */
  protected abstract remake(engine: RawEngine): R;

  /** @internal The part inside the live instance; made again when that is a new one. */
  rawFor(engine: RawEngine, instance: Instance): R {
    const { option, freed, otherEngine } = this.#names;
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", freed);
    if (instance !== this.#instance) throw new HearkenError("E_OPTION", `option ${option}: ${otherEngine}`, { field: option });
    if (this.#raw === undefined || this.#generation !== instance.generation) {
      this.#raw = this.remake(engine);
      this.#generation = instance.generation;
    }
    return this.#raw;
  }

  /** @internal Runs `work` on the live instance. */
  protected use<T>(work: (engine: RawEngine, raw: R) => T): T {
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", this.#names.freed);
    return this.#instance.call((engine) => work(engine, this.rawFor(engine, this.#instance)));
  }

  /** Gives the memory back. Safe to call twice. */
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
}
