// One wasm instance with one root object in it, and what happens when it traps.
//
// A trap (WebAssembly.RuntimeError, stack overflow) leaves the memory of an instance in an unknown
// state. Such an instance is never called again: it is dropped, the call fails with E_TRAP, and the
// next call makes a fresh one from what the first was made of.

import { fromBoundary, HearkenError } from "./errors.js";
import type { RawEngine } from "./glue.js";

/** What every root object of a wasm module has. */
export interface Root {
  free(): void;
  /** Forgets the pointer without calling into wasm; for poisoned instances. */
  __destroy_into_raw(): number;
}

/** A fresh root object and the memory it lives in. */
export interface Started<R extends Root> {
  raw: R;
  memory: WebAssembly.Memory;
}

/** Owns the wasm side of one `Engine` or `Insight`. */
export class Instance<R extends Root = RawEngine> {
  readonly #start: () => Started<R>;
  #raw: R | undefined;
  #memory: WebAssembly.Memory | undefined;
  #generation = 0;
  #freed = false;

  /** Makes the instance at once, so that a bad model or taxonomy fails here. `start` is called again after a trap. */
  constructor(start: () => Started<R>) {
    this.#start = start;
    this.call(() => undefined);
  }

  /** Counts the instances made so far; handles of an earlier generation are void. */
  get generation(): number {
    return this.#generation;
  }

  /** True after `free`. */
  get freed(): boolean {
    return this.#freed;
  }

  /** Bytes of wasm memory in use by the instance; 0 when there is none. */
  get memoryBytes(): number {
    return this.#memory?.buffer.byteLength ?? 0;
  }

  /** Memory of the live instance, for tests of traps. */
  get memory(): WebAssembly.Memory | undefined {
    return this.#memory;
  }

  /** Runs `work` on the live root object. Errors come out typed; a trap drops the instance. */
  call<T>(work: (raw: R) => T): T {
    if (this.#freed) throw new HearkenError("E_ENGINE_FREED", "it was freed; load a new one");
    try {
      return work((this.#raw ??= this.#fresh()));
    } catch (error) {
      const typed = fromBoundary(error);
      if (typed) throw typed;
      if (!isTrap(error)) throw error;
      this.#drop();
      throw new HearkenError("E_TRAP", "the wasm instance failed and was replaced; this call has no result", {}, { cause: error });
    }
  }

  /** Frees the root object and lets go of the instance and its memory. Safe to call twice. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    const raw = this.#raw;
    this.#raw = undefined;
    this.#memory = undefined;
    raw?.free();
  }

  #fresh(): R {
    const { raw, memory } = this.#start();
    this.#memory = memory;
    this.#generation += 1;
    return raw;
  }

  #drop(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    this.#memory = undefined;
    try {
      // Takes the object out of the finaliser's hands without calling into the poisoned wasm.
      raw?.__destroy_into_raw();
    } catch {
      // The instance is unreachable from here on; nothing more can be released.
    }
  }
}

/** Traps, and the two names engines give to running out of stack. */
function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return true;
  return error instanceof Error && error.name === "InternalError";
}
