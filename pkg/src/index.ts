// Everything a caller can name. Each runtime's entry adds the wasm to `Engine.load`.

export { Engine, type BatchOptions, type TriageOptions } from "./engine.js";
export { Batch, FLAG_MEANINGFUL, FLAG_RELIABLE, FLAG_TRUNCATED, type BatchRow, type Columns, type EngineInfo } from "./batch.js";
export { CompiledPolicy } from "./policy.js";
export { Rollup } from "./rollup.js";
export { HearkenError, type ErrorDetails } from "./errors.js";
export { DEFAULT_TEXT_BYTES, MAX_TEXT_BYTES } from "./limits.js";
export type { LoadOptions, WasmSource } from "./load.js";
export type * from "./types.js";
