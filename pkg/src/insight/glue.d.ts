// What build.mjs makes of the wasm-bindgen glue of insight (dist/wasm/insight.js), as ../glue.d.ts says.

import type { Report } from "../types.js";

/** What became of the records of one call of `addColumns`. */
export interface RawAdded {
  added: number;
  refused: number;
  errors: { row: number; code: string; message: string; field: string }[];
}

export interface RawRollup {
  add(record: unknown): void;
  addColumns(length: number, labels: string[], columns: Record<string, Float64Array>): RawAdded;
  merge(other: RawRollup): void;
  report(): Report;
  ask(question: string, input: unknown): unknown;
  askAgainst(question: string, before: RawRollup, input: unknown): unknown;
  share(options: unknown): RawRollup;
  facts(): unknown;
  toBytes(): Uint8Array<ArrayBuffer>;
  toJson(): unknown;
  free(): void;
}

export interface RawInsight {
  readonly version: string;
  rollup(options: unknown): RawRollup;
  readRollup(bytes: Uint8Array): RawRollup;
  readRollupJson(json: unknown): RawRollup;
  ask(question: string, input: unknown): unknown;
  care(question: string, input: unknown): unknown;
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
