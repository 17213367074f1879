// What gathers in a wasm instance and is lost with it: it cannot be made again, as a handle can.

import { HearkenError } from "./errors.js";
import type { RawEngine } from "./glue.js";
import type { Instance, Root } from "./instance.js";

/** How a kind of gatherer is named in errors. */
export interface GatheredNames {
  freed: string;
  lost: string;
}

/** Belongs to the wasm instance that made it; `free` it, or let it go with the instance. */
export abstract class Gathered<R extends { free(): void }, Made extends Root = RawEngine> implements Disposable {
  /** @internal */
  protected readonly instance: Instance<Made>;
  readonly #names: GatheredNames;
  readonly #raw: R;
  readonly #generation: number;
  #freed = false;

  /** @internal */
  protected constructor(instance: Instance<Made>, names: GatheredNames, make: (root: Made) => R) {
    this.instance = instance;
    this.#names = names;
    this.#raw = instance.call(make);
    this.#generation = instance.generation;
  }

  /** @internal Neither freed by itself nor with its instance. */
  protected get live(): boolean {
    return !this.#freed && !this.instance.freed;
  }

  /** @internal Runs `work` on the part inside the live instance. */
  protected use<T>(work: (raw: R) => T): T {
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", this.#names.freed);
    return this.instance.call(() => {
      if (this.#generation === this.instance.generation) return work(this.#raw);
      throw new HearkenError("E_TRAP", this.#names.lost);
    });
  }

  /** Gives the memory back. Safe to call twice. */
  free(): void {
    if (this.#freed) return;
    const held = this.live && this.#generation === this.instance.generation;
    this.#freed = true;
    if (held) this.#raw.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }
}
