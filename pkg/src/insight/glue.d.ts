// What build.mjs makes of the wasm-bindgen glue of insight (dist/wasm/insight.js), as ../glue.d.ts says.

import type { Report } from "../types.js";

export interface RawRollup {
  add(record: object): void;
  merge(other: RawRollup): void;
  report(): Report;
  free(): void;
}

export interface RawInsight {
  readonly version: string;
  rollup(): RawRollup;
  askReply(question: string, input: object): unknown;
  free(): void;
  /** Forgets the pointer without calling into wasm; for poisoned instances. */
  __destroy_into_raw(): number;
}

export interface Glue {
  initSync(options: { module: WebAssembly.Module }): { memory: WebAssembly.Memory };
  RawInsight: new () => RawInsight;
}

/** A fresh copy of the glue, not yet bound to an instance. */
export function createGlue(): Glue;
